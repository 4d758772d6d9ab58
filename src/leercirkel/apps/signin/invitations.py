"""Invitations: a secret link to someone who gets an account, good for seven days and for one time.

Only the hash of the secret is kept. The link itself is made when the message is sent, or when a manager asks for it to
hand it over by another way; making one ends the one before.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from leercirkel.apps.access.models import Assignment, Invitation, User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.signin import outbox
from leercirkel.apps.signin.journal import note
from leercirkel.apps.signin.models import Mail

VALID = timedelta(days=7)


class InvitationError(Exception):
    """The link opens nothing; which kind says what to do about it."""


class Unknown(InvitationError):
    """There is no such invitation: the link is not whole, or a newer one was sent, or it was withdrawn."""


class Expired(InvitationError):
    """It is older than seven days."""


class Used(InvitationError):
    """It was accepted already."""


class AlreadyThere(Exception):
    """This address has an account that is in use: it needs rights, not an invitation."""


@transaction.atomic
def invite(*, by: User | None, email: str, name: str, assignments: Iterable[Assignment] = ()) -> Invitation:
    """Makes a user who cannot sign in yet, with these rights, and has a link sent.

    `assignments` are rows without a user, not yet saved; whether `by` may give them is for the caller to decide.
    Someone who was invited before and did not come keeps the account and gets a new link, also when that invitation
    was withdrawn. Raises AlreadyThere when the
    account is in use. `by` is None only for the first user of an installation.
    """
    user = User.objects.select_for_update().filter(email=email.strip().lower()).first()
    if user is None:
        user = User.objects.create_user(email, name)
    elif withdrawn(user):
        user.is_active = True
        user.save(update_fields=["is_active"])
    elif not waiting(user):
        raise AlreadyThere
    for assignment in assignments:
        assignment.user, assignment.made_by = user, by
        assignment.save()
        log.record(
            Kind.RIGHTS_GIVEN,
            by=by,
            about=assignment,
            school=assignment.school_id,
            board=assignment.board_id,
            purpose=assignment.bundle.code,
        )
    invitation = _renew(user, by)
    note(Kind.USER_INVITED, user, by=by)
    outbox.ask(Mail.Kind.INVITATION, user)
    return invitation


def waiting(user: User) -> bool:
    """Whether the user was invited and has not come yet."""
    return user.is_active and Invitation.objects.filter(user=user, accepted_at=None).exists()


def withdrawn(user: User) -> bool:
    """Whether the user was invited and never came, and the invitation was taken back."""
    return not (user.is_active or user.last_login or Invitation.objects.filter(user=user).exists())


@transaction.atomic
def resend(*, by: User, user: User) -> Invitation:
    """Has a new link sent, good for another seven days; the one before ends. Raises AlreadyThere after acceptance."""
    if not waiting(user):
        raise AlreadyThere
    invitation = _renew(user, by)
    note(Kind.USER_INVITED, user, by=by, purpose="again")
    outbox.ask(Mail.Kind.INVITATION, user)
    return invitation


@transaction.atomic
def withdraw(*, by: User | None, user: User) -> None:
    """Ends the invitation: its link opens nothing, nor does the account. Raises AlreadyThere after acceptance."""
    if not waiting(user):
        raise AlreadyThere
    Invitation.objects.filter(user=user).delete()
    user.is_active = False
    user.save(update_fields=["is_active"])
    note(Kind.USER_CHANGED, user, by=by, purpose="invitation_withdrawn")


def new_link(invitation: Invitation) -> str:
    """A new secret link, the only place where it stands; good for seven days from now."""
    secret = secrets.token_urlsafe(32)
    invitation.token_hash, invitation.expires_at = key(secret), timezone.now() + VALID
    invitation.save(update_fields=["token_hash", "expires_at"])
    return str(settings.ADDRESS) + reverse("invitation_link", args=[secret])


@transaction.atomic
def hand_over(invitation: Invitation) -> str:
    """A new link, to be given by another way than mail: a message that waits is not sent, as it would end this one."""
    Mail.objects.filter(user=invitation.user, kind=Mail.Kind.INVITATION, sent_at=None).delete()
    return new_link(invitation)


def key(secret: str) -> str:
    """What an invitation is found by: the hash of the secret in its link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find(key: str) -> Invitation:
    """The invitation of a key. Raises Unknown, Used or Expired."""
    invitation = Invitation.objects.select_related("user").filter(token_hash=key).first()
    if invitation is None or not invitation.user.is_active:
        raise Unknown
    if invitation.accepted_at:
        raise Used
    if invitation.expires_at <= timezone.now():
        raise Expired
    return invitation


@transaction.atomic
def accept(*, key: str, password: str) -> User:
    """Gives the invited user a password; the link opens nothing after that. Raises Unknown, Used or Expired."""
    Invitation.objects.select_for_update().filter(token_hash=key).first()
    invitation = find(key)
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    came(user)
    return user


def came(user: User) -> None:
    """Notes that an invited user has come, by the link or through the school's own provider."""
    if Invitation.objects.filter(user=user, accepted_at=None).update(accepted_at=timezone.now()):
        note(Kind.USER_CHANGED, user, by=user, purpose="invitation_accepted")


def _renew(user: User, by: User | None) -> Invitation:
    """An invitation whose link nobody has yet."""
    fresh = {"token_hash": key(secrets.token_urlsafe(32)), "expires_at": timezone.now() + VALID, "made_by": by}
    return Invitation.objects.update_or_create(user=user, defaults={**fresh, "accepted_at": None})[0]
