"""An account for a parent: the tie between someone who can sign in and someone who cares for a pupil.

What the account shows follows from what is known of the parent, every time anew (access/places.py). What is refused
here would show nothing anyway, or would give one account to two people.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.actions import end_parent, invite_parent
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Guardian, Guardianship


class ContactForbidden(Refused):
    """A court forbids contact with the pupil."""

    text = _("Er is een contactverbod. Deze persoon krijgt geen account voor deze leerling.")


class NoAuthority(Refused):
    """Information on request, for who has no authority, is a decision of the school (BW 1:377c), not an account."""

    text = _(
        "Deze persoon heeft geen gezag en krijgt daarom geen account. Vraagt deze persoon om informatie, dan beslist "
        "de school en geeft de school die zelf."
    )


class AuthorityUnknown(Refused):
    """Nothing is assumed of authority."""

    text = _("Het gezag is niet bekend. Leg het eerst vast; kijk het na in het gezagsregister.")


class HasAccount(Refused):
    """One account per parent."""

    text = _("Deze persoon heeft al een account.")


class OfAnotherParent(Refused):
    """Two who care for the same pupil do not share an account: each sees their own, and the log says who."""

    text = _(
        "Dit adres hoort al bij het account van een ander die voor deze leerling zorgt. Vraag om een eigen e-mailadres."
    )


def check_may_have_account(guardianship: Guardianship) -> None:
    """Raises ContactForbidden, NoAuthority or AuthorityUnknown when an account would not show this pupil."""
    if guardianship.no_contact:
        raise ContactForbidden
    if guardianship.authority == Guardianship.Authority.NO:
        raise NoAuthority
    if guardianship.authority != Guardianship.Authority.YES:
        raise AuthorityUnknown


@transaction.atomic
def give_account(*, guardianship: Guardianship, email: str, by: User) -> bool:
    """Gives a parent with authority an account at this address; True when a link was sent, False when the address has
    an account that is in use, which from now on shows the pupil too.

    The account is of the person: it shows every pupil of the school for whom they have authority. Raises what
    check_may_have_account raises, HasAccount, OfAnotherParent, and what invite_parent raises.
    """
    check_may_have_account(guardianship)
    guardian = Guardian.objects.select_for_update().get(pk=guardianship.guardian_id)
    if guardian.user_id is not None:
        raise HasAccount
    pupils = guardian.guardianships.values("pupil")
    others = Guardian.objects.filter(guardianships__pupil__in=pupils, user__email=email.strip().lower())
    if others.exclude(pk=guardian.pk).exists():
        raise OfAnotherParent
    user, sent = invite_parent(by=by, school=guardian.school, email=email, name=str(guardian))
    guardian.user = user
    guardian.save(update_fields=["user"])
    for tie in guardian.guardianships.order_by("pupil_id"):
        _record(tie, "parent_account", by)
    return sent


@transaction.atomic
def end_account(*, guardian: Guardian, by: User | None) -> None:
    """Unties the account from this person: at the next click it shows none of their pupils here. The role of a parent
    ends with it, unless the same account is of someone else who cares for a pupil of this school. Nothing happens when
    there is no account."""
    user = guardian.user
    if user is None:
        return
    guardian.user = None
    guardian.save(update_fields=["user"])
    for tie in guardian.guardianships.order_by("pupil_id"):
        _record(tie, "parent_account_ended", by)
    if not Guardian.objects.filter(school=guardian.school, user=user).exists():
        end_parent(by=by, school=guardian.school, user=user)


def _record(tie: Guardianship, purpose: str, by: User | None) -> None:
    changes = {"account": [None, None]}
    log.record(
        Kind.CHANGED, by=by, school=tie.school_id, pupil=tie.pupil_id, about=tie, purpose=purpose, changes=changes
    )
