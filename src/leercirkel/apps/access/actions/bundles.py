"""Changing what a role may do at one school, and going back to the standard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from leercirkel.apps.access import notices
from leercirkel.apps.access.managing import check_keeps_manager, check_manages, has_or_will_have
from leercirkel.apps.access.models import Assignment, Bundle, BundleRight, User
from leercirkel.apps.access.refusals import Mixed, ToYourself
from leercirkel.apps.access.rights import WITH_NAMES, Reach, Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import School

Pairs = set[tuple[str, str]]


@transaction.atomic
def change_bundle(
    *, by: User, sight: Sight, school: School, code: str, rights: Iterable[tuple[Right, Reach]]
) -> Bundle:
    """Gives a role at a school exactly these rights. The first time the school gets its own version of the role, which
    everyone who has the role there then has; other schools and the board keep the standard.

    Raises NotYours; ToYourself when `by` has this role or will have it; Mixed when it would manage users and show
    pupils; LastManager. Bundle.DoesNotExist for a code that is not there.
    """
    check_manages(sight, board=school.board_id, school=school.pk)
    wanted = {(right.value, reach.value) for right, reach in rights}
    _check_mixed(wanted)
    standard = Bundle.objects.get(code=code, school=None)
    own = Bundle.objects.filter(code=code, school=school).first()
    _check_not_own(by, own or standard, school)
    if own is None:
        own = _copy(standard, school)
        Assignment.objects.filter(bundle=standard, school=school).update(bundle=own)
    before = pairs(own)
    for right, reach in before - wanted:
        own.rights.filter(right=right, reach=reach).delete()
    BundleRight.objects.bulk_create(
        BundleRight(bundle=own, right=right, reach=reach) for right, reach in sorted(wanted - before)
    )
    if _manages(before) and not _manages(wanted):
        check_keeps_manager(board=school.board_id, school=school.pk)
    notices.tell_bundle(school, code, wanted - before, by=by)
    changes = {"added": [[], _plain(wanted - before)], "removed": [_plain(before - wanted), []]}
    log.record(Kind.BUNDLE_CHANGED, by=by, about=own, purpose=code, changes=changes, **_where(school))
    return own


@transaction.atomic
def reset_bundle(*, by: User, sight: Sight, school: School, code: str) -> None:
    """Gives a role at a school the standard rights again; nothing when it has these. Raises as change_bundle."""
    check_manages(sight, board=school.board_id, school=school.pk)
    own = Bundle.objects.filter(code=code, school=school).first()
    if own is None:
        return
    _check_not_own(by, own, school)
    standard = Bundle.objects.get(code=code, school=None)
    managed, added = _manages(pairs(own)), pairs(standard) - pairs(own)
    Assignment.objects.filter(bundle=own, school=school).update(bundle=standard)
    log.record(Kind.BUNDLE_CHANGED, by=by, about=own, purpose=f"{code}_standard", **_where(school))
    own.delete()
    notices.tell_bundle(school, code, added, by=by)
    if managed:
        check_keeps_manager(board=school.board_id, school=school.pk)


def pairs(bundle: Bundle) -> Pairs:
    """The rights of a role with their reach, as codes."""
    return set(bundle.rights.values_list("right", "reach"))


def _copy(standard: Bundle, school: School) -> Bundle:
    own = Bundle.objects.create(school=school, code=standard.code, name=standard.name, about=standard.about)
    BundleRight.objects.bulk_create(
        BundleRight(bundle=own, right=row.right, reach=row.reach) for row in standard.rights.all()
    )
    return own


def _check_not_own(by: User, bundle: Bundle, school: School) -> None:
    has = Assignment.objects.filter(has_or_will_have(), user=by, bundle=bundle, school=school)
    if has.exists():
        raise ToYourself


def _check_mixed(wanted: Pairs) -> None:
    names = {right.value for right in WITH_NAMES}
    if any(right == Right.MANAGE_USERS for right, _ in wanted) and any(right in names for right, _ in wanted):
        raise Mixed


def _manages(found: Pairs) -> bool:
    return (Right.MANAGE_USERS.value, Reach.ALL.value) in found


def _plain(found: Pairs) -> list[str]:
    return sorted(f"{right}@{reach}" for right, reach in found)


def _where(school: School) -> dict[str, Any]:
    return {"school": school.pk, "board": school.board_id}
