"""The role of a parent: given and ended by who keeps parents, not only by who manages users.

That it can be is because this role gives nothing by itself: of whom someone is a parent, with authority and without a
no-contact order, decides what it shows (places.py). Whether `by` may do it is for the caller to decide.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from leercirkel.apps import clock
from leercirkel.apps.access.actions.roles import bundle_for
from leercirkel.apps.access.managing import has_or_will_have, has_roles_beside
from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.periods import ended, period
from leercirkel.apps.access.refusals import AccountOff, ReachesMore, ToYourself
from leercirkel.apps.access.rights import Reach
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import School
from leercirkel.apps.signin import actions as signing_in

PARENT = "guardian"


@transaction.atomic
def invite_parent(*, by: User, school: School, email: str, name: str) -> tuple[User, bool]:
    """Gives someone an account with the role of a parent at a school, and has a link sent; True when it was sent.

    An account that is in use gets the role and no link; who has the role already keeps it. Raises ToYourself,
    AccountOff, and ReachesMore when the school made the role one that shows more than own children.
    """
    address = email.strip().lower()
    if address == by.email:
        raise ToYourself
    bundle = bundle_for(PARENT, school.pk)
    if bundle.rights.exclude(reach=Reach.OWN_CHILDREN).exists():
        raise ReachesMore
    lasting = Assignment.objects.filter(user__email=address, school=school, bundle=bundle, during__endswith=None)
    has = lasting.filter(during__contains=clock.today()).exists()
    role = Assignment(bundle=bundle, board_id=school.board_id, school=school, during=period(clock.today()))
    try:
        return signing_in.invite(by=by, email=address, name=name, assignments=() if has else (role,)).user, True
    except signing_in.AlreadyThere:
        user = User.objects.get(email=address)
    if not user.is_active:
        raise AccountOff
    if not has:
        role.user, role.made_by = user, by
        role.save()
        where = {"school": school.pk, "board": school.board_id}
        changes = {"during": ["", str(role.during)]}
        log.record(Kind.RIGHTS_GIVEN, by=by, about=role, purpose=PARENT, changes=changes, **where)
    return user, False


@transaction.atomic
def end_parent(*, by: User | None, school: School, user: User) -> None:
    """Ends the role of a parent at a school at once. An invitation that nobody took up and that leads to nothing else
    any more is withdrawn: its link opens nothing."""
    yesterday = clock.today() - timedelta(days=1)
    where = {"school": school.pk, "board": school.board_id}
    for role in Assignment.objects.filter(has_or_will_have(), user=user, school=school, bundle__code=PARENT):
        before, number, left = str(role.during), role.pk, ended(role.during, yesterday)
        if left is None:
            role.delete()
            role.pk = number
        else:
            role.during = left
            role.save(update_fields=["during"])
        changes = {"during": [before, str(left or "")]}
        log.record(Kind.RIGHTS_TAKEN, by=by, about=role, purpose=PARENT, changes=changes, **where)
    if signing_in.waiting(user) and not has_roles_beside(user):
        signing_in.withdraw(by=by, user=user)
