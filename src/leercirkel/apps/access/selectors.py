"""Users, roles and rights, as far as someone manages them."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Prefetch, Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.managing import Place, current
from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import Board, Group, School, StaffMember


def roles_of(sight: Sight) -> QuerySet[Assignment]:
    """Roles, of any time, at the places where the user manages users."""
    extent = sight.extent(Right.MANAGE_USERS)
    here = Q(school_id__in=extent.schools) | Q(school=None, board_id__in=extent.boards)
    return Assignment.objects.filter(here)


def users_of(sight: Sight) -> QuerySet[User]:
    """Everyone who has, had or will have a role where the user manages users; also who was switched off."""
    return User.objects.filter(pk__in=roles_of(sight).order_by().values("user"))


def listed(sight: Sight, *, search: str = "", school: int | None = None, code: str = "") -> QuerySet[User]:
    """Users for the list, with `roles_here` (what they have today or will have, with place) and their invitation.

    Four queries, however many users. `search` in name or address; `school`: with a role there today, or for the whole
    of its board; `code`: with this role today.
    """
    today = clock.today()
    roles = roles_of(sight).filter(Q(during__contains=today) | Q(during__startswith__gt=today))
    roles = roles.select_related("bundle", "board", "school", "group").order_by("during", "pk")
    found = users_of(sight).select_related("invitation").prefetch_related(Prefetch("assignments", roles, "roles_here"))
    if search:
        found = found.filter(Q(name__icontains=search) | Q(email__icontains=search))
    if school is not None:
        there = Q(school=school) | Q(school=None, board__schools=school)
        found = found.filter(pk__in=roles_of(sight).filter(current(), there).order_by().values("user"))
    if code:
        found = found.filter(pk__in=roles_of(sight).filter(current(), bundle__code=code).order_by().values("user"))
    return found


def roles_at(sight: Sight, user: User) -> QuerySet[Assignment]:
    """All roles of one user where `sight` manages users, the latest first."""
    found = roles_of(sight).filter(user=user).select_related("bundle", "board", "school", "group", "made_by")
    return found.order_by("-during", "-pk")


def schools_of(sight: Sight) -> QuerySet[School]:
    """The schools whose users the user manages."""
    return School.objects.filter(pk__in=sight.extent(Right.MANAGE_USERS).schools).select_related("board")


def only_school(sight: Sight) -> School | None:
    """The school whose users the user manages, when it is one and no whole board."""
    extent = sight.extent(Right.MANAGE_USERS)
    return schools_of(sight).first() if len(extent.schools) == 1 and not extent.boards else None


def places_of(sight: Sight) -> list[Place]:
    """Where the user may give a role: whole boards first, then each school with its groups of this school year."""
    extent = sight.extent(Right.MANAGE_USERS)
    schools = list(schools_of(sight))
    groups: dict[int, list[Group]] = defaultdict(list)
    for group in Group.objects.filter(school__in=schools, school_year=clock.school_year()):
        groups[group.school_id].append(group)
    places = [Place(board) for board in Board.objects.filter(pk__in=extent.boards).order_by("name")]
    for school in schools:
        places.append(Place(school.board, school))
        places.extend(Place(school.board, school, group) for group in groups[school.pk])
    return places


def staff_without_account(sight: Sight) -> QuerySet[StaffMember]:
    """Who works at these schools and has no account yet."""
    here = StaffMember.objects.filter(school_id__in=sight.extent(Right.MANAGE_USERS).schools, user=None)
    return here.filter(during__contains=clock.today()).select_related("school").order_by("school__name", "surname")


def bundles_at(school: School) -> list[Bundle]:
    """The roles as they are at a school, by name: its own version where it has one, with their rights."""
    found = Bundle.objects.filter(Q(school=school) | Q(school=None)).prefetch_related("rights")
    by_code: dict[str, Bundle] = {}
    for bundle in sorted(found, key=lambda each: each.school_id is not None):
        by_code[bundle.code] = bundle
    return sorted(by_code.values(), key=lambda each: each.name)


def how_many_have(school: School) -> dict[str, int]:
    """Per role (code) how many users have it at this school today, the whole board's included."""
    at = Q(school=school) | Q(school=None, board=school.board)
    rows = Assignment.objects.filter(current(), at, user__is_active=True)
    found: dict[str, set[int]] = defaultdict(set)
    for code, user in rows.values_list("bundle__code", "user"):
        found[code].add(user)
    return {code: len(users) for code, users in found.items()}
