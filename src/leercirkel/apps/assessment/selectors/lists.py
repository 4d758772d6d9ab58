"""Lists that teachers fill in, as far as a sight reaches: method tests by block, observations by moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.models import MethodResult, Observation
from leercirkel.apps.assessment.selectors.frames import ALL_SUBJECTS, seen_of
from leercirkel.apps.assessment.selectors.settings import standards_of
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership, Pupil, School
from leercirkel.apps.organisation.selectors import counting_day, groups_with_any, pupils_of
from leercirkel.core.calendar import MOMENTS
from leercirkel.core.method_tests import Answered, MethodBounds
from leercirkel.exchange.histories import GRADES

EITHER = (Right.SEE_RESULTS, Right.WRITE_RESULTS)
YOUNGEST = 2
"""The highest grade that is observed."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a method in one group: when it was last made, by how many pupils, on how many goals."""

    subject: str
    block: str
    last: date
    pupils: int
    goals: int


@dataclass(frozen=True, slots=True)
class Stage:
    """What was seen of one pupil in one domain."""

    pupil: int
    moment: str
    list: str
    domain: str
    stage: str
    taken_on: date


def groups_of_lists(sight: Sight, school_year: int | None = None) -> list[Group]:
    """The classes of which the user sees results, and of instruction groups one's own; by school and name."""
    own = {pk for right in EITHER for pk in sight.extent(right).group_ids}
    found = groups_with_any(sight, EITHER, school_year).select_related("school")
    ordered = found.order_by("school__name", "kind", "position", "name")
    return [each for each in ordered if each.kind == Group.Kind.BASE or each.pk in own]


def members(sight: Sight, group: Group, rights: Iterable[Right] = EITHER) -> list[Pupil]:
    """Who is in a group on its counting day, as far as one of these rights reaches them; by name."""
    day = counting_day(group.school_year)
    model: type[Enrolment] | type[GroupMembership] = Enrolment if group.kind == Group.Kind.BASE else GroupMembership
    inside = model.objects.filter(group=group, during__contains=day)
    ids = [row.pupil_id for row in inside.only("pupil_id")]
    found: dict[int, Pupil] = {}
    for right in rights:
        found |= {pupil.pk: pupil for pupil in pupils_of(sight, right).filter(pk__in=ids)}
    return sorted(found.values(), key=lambda pupil: (pupil.sort_key, pupil.pk))


@dataclass(frozen=True, slots=True)
class Allowed:
    """Of whom which subjects may be seen, or written: subject ("" for all) → ids of pupils, None for the school."""

    seen: Mapping[str, frozenset[int] | None]

    def may(self, pupil: int, subject: str) -> bool:
        """Whether this subject of this pupil is among them."""
        found = (self.seen.get(each, frozenset()) for each in (ALL_SUBJECTS, subject))
        return any(pupils is None or pupil in pupils for pupils in found)

    def all_subjects(self, pupils: Iterable[int]) -> bool:
        """Whether every subject of one of these pupils is."""
        of_all = self.seen.get(ALL_SUBJECTS, frozenset())
        return of_all is None or any(pupil in of_all for pupil in pupils)


def allowed(sight: Sight, group: Group, rights: Iterable[Right] = EITHER) -> Allowed:
    """What any of these rights reaches at the school of the group."""
    together: dict[str, frozenset[int] | None] = {}
    for right in rights:
        for subject, pupils in seen_of(sight, group.school, right).items():
            before = together.get(subject, frozenset())
            together[subject] = None if before is None or pupils is None else before | pupils
    return Allowed(together)


def bounds_of(group: Group) -> MethodBounds:
    """From which percentages a goal is sufficient and good, by the standards of the school."""
    return standards_of(group.school, (group.school_year,)).method_bounds


def method_rows(group: Group, pupils: Collection[int], those: Allowed) -> list[MethodResult]:
    """The method tests of these pupils in the school year of the group: of each goal the last one. One query."""
    rows = MethodResult.objects.filter(school=group.school_id, school_year=group.school_year, pupil__in=pupils)
    given = [row for row in rows.order_by("taken_on", "source", "id") if those.may(row.pupil_id, row.subject)]
    last = {(row.pupil_id, row.subject, row.block, row.goal): row for row in given}
    return sorted(last.values(), key=lambda row: (row.subject, row.taken_on, row.block, row.pk))


def method_percents(school: School, school_year: int, subject: str) -> list[tuple[int, str, str, float]]:
    """Pupil, block, goal and percentage of every method test in a subject, by day. Of the whole school: what is shown
    of it, the caller decides. One query."""
    rows = MethodResult.objects.filter(school=school, school_year=school_year, subject=subject, percent__isnull=False)
    return list(rows.order_by("taken_on", "source", "id").values_list("pupil_id", "block", "goal", "percent"))


def method_since(
    pupils: Collection[int], subjects: Iterable[str], since: date, until: date
) -> list[tuple[int, str, float]]:
    """Pupil, goal and percentage of the method tests of these pupils between two days, both included, by day. One
    query."""
    rows = MethodResult.objects.filter(pupil__in=pupils, subject__in=list(subjects), taken_on__range=(since, until))
    found = rows.filter(percent__isnull=False).order_by("taken_on", "source", "id")
    return list(found.values_list("pupil_id", "goal", "percent"))


def blocks_of(rows: Iterable[MethodResult]) -> list[Block]:
    """The blocks in these rows, the last one first."""
    found: dict[tuple[str, str], list[MethodResult]] = {}
    for row in rows:
        found.setdefault((row.subject, row.block), []).append(row)
    made = [
        Block(subject, block, max(r.taken_on for r in of), len({r.pupil_id for r in of}), len({r.goal for r in of}))
        for (subject, block), of in found.items()
    ]
    return sorted(made, key=lambda each: (each.last, each.subject), reverse=True)


def answered(rows: Iterable[MethodResult]) -> list[Answered]:
    """These rows as core takes them; a goal that has a category in one row has it in all."""
    given = list(rows)
    known = {(row.subject, row.goal): row.category for row in given if row.category}
    return [Answered(r.pupil_id, r.goal, known.get((r.subject, r.goal), ""), r.percent) for r in given]


def observed(group: Group, pupils: Collection[int]) -> list[Stage]:
    """What was seen of these pupils in the school year of the group; of each domain the last one of a moment."""
    rows = Observation.objects.filter(school=group.school_id, school_year=group.school_year, pupil__in=pupils)
    rows = rows.filter(moment__in=MOMENTS).order_by("taken_on", "source", "id")
    last = {
        (row.pupil_id, row.moment, row.list, row.domain): Stage(
            row.pupil_id, row.moment, row.list, row.domain, row.stage, row.taken_on
        )
        for row in rows
    }
    return list(last.values())


def lists_known(group: Group) -> dict[str, list[str]]:
    """Observation lists of this school with their domains, the one used last first. One query."""
    rows = Observation.objects.filter(school=group.school_id, school_year__gte=group.school_year - 2)
    found: dict[str, list[str]] = {}
    for title, domain in rows.order_by("-school_year", "list", "id").values_list("list", "domain"):
        of = found.setdefault(title, [])
        if domain not in of:
            of.append(domain)
    return found


def youngest(sight: Sight, group: Group, rights: Iterable[Right] = EITHER) -> list[Pupil]:
    """The members of a group who are observed: of grades 1 and 2, or without a grade."""
    found = members(sight, group, rights)
    day = counting_day(group.school_year)
    seats = Enrolment.objects.filter(pupil__in=[p.pk for p in found], during__contains=day)
    grades = {pupil: GRADES.get(grade) for pupil, grade in seats.values_list("pupil_id", "grade")}
    return [pupil for pupil in found if (grades.get(pupil.pk) or 0) <= YOUNGEST]


def observed_groups(sight: Sight) -> list[Group]:
    """The classes of this school year with anyone of grade 1 or 2 in them, or anyone who was observed."""
    found = [group for group in groups_of_lists(sight, clock.school_year()) if group.kind == Group.Kind.BASE]
    seats = Enrolment.objects.filter(group__in=found, during__contains=clock.today())
    observed_here = Observation.objects.filter(
        school__in={group.school_id for group in found}, school_year=clock.school_year()
    )
    young = Q(grade__in=[str(grade) for grade in range(1, YOUNGEST + 1)])
    ids = set(seats.filter(young | Q(pupil__in=observed_here.values("pupil"))).values_list("group_id", flat=True))
    return [group for group in found if group.pk in ids]
