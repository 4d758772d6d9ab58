"""Who is taught what where: from classes and instruction groups to the plans that are to be made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from leercirkel.apps.groupplan.models import GroupPlan, PlanArea, PlanChoice
from leercirkel.apps.groupplan.proposals import BEGINNERS, LEAVERS, OBSERVED, WITHOUT_PLAN
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership, School


@dataclass(frozen=True, slots=True)
class Seat:
    """The class of a pupil on a day and the grade (a code of edexml; "8")."""

    group: int
    grade: str


@dataclass(frozen=True, slots=True)
class Target:
    """A plan to be made: one area, a class or an instruction group, and its pupils with their grade."""

    area: PlanArea
    group: Group
    kind: GroupPlan.Kind
    pupils: Mapping[int, str]


def seats_of(school: School, school_year: int, day: date) -> dict[int, Seat]:
    """Pupil → class and grade on a day. One query."""
    rows = Enrolment.objects.filter(
        school=school, during__contains=day, group__school_year=school_year, group__kind=Group.Kind.BASE
    )
    return {
        pupil: Seat(group, grade or of_group)
        for pupil, group, grade, of_group in rows.values_list("pupil_id", "group_id", "grade", "group__grade")
    }


def targets_of(
    school: School, school_year: int, day: date, areas: Iterable[PlanArea], *, without_leavers: bool = False
) -> list[Target]:
    """The plans of a school year. Where there are instruction groups for a subject of the area, these replace the class
    for who is in one; who is in none stays with the class, unless it was chosen that this pupil needs no plan of the
    area. Classes of groups 1 and 2 have observation goals, in the areas that are observed; in the others only who is in
    group 3 or later has a plan, also where most of the class is younger. `without_leavers`: not for
    group 8, which has left by then. Four queries."""
    seats = seats_of(school, school_year, day)
    if without_leavers:
        seats = {pupil: seat for pupil, seat in seats.items() if seat.grade != LEAVERS}
    groups = {group.pk: group for group in Group.objects.filter(school=school, school_year=school_year)}
    taught: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    members = GroupMembership.objects.filter(school=school, during__contains=day, group__school_year=school_year)
    for pupil, group in members.values_list("pupil_id", "group_id"):
        if pupil in seats and group in groups:
            taught[groups[group].subject][group].add(pupil)
    without = PlanChoice.objects.filter(school=school, school_year=school_year, reason__in=WITHOUT_PLAN)
    chosen = set(without.values_list("area_id", "pupil_id"))
    found = []
    for area in areas:
        of_area: dict[int, set[int]] = defaultdict(set)
        for subject in area.subjects:
            for group, pupils in taught[subject].items():
                of_area[group] |= pupils
        elsewhere = set().union(*of_area.values()) if of_area else set()
        for pupil, seat in seats.items():
            if pupil not in elsewhere and (area.pk, pupil) not in chosen:
                of_area[seat.group].add(pupil)
        for group in sorted(of_area, key=lambda pk: (groups[pk].kind, groups[pk].position, groups[pk].name, pk)):
            grades = {pupil: seats[pupil].grade for pupil in sorted(of_area[group])}
            target = _target(area, groups[group], grades)
            found += [target] if target else []
    return found


def _target(area: PlanArea, group: Group, grades: Mapping[int, str]) -> Target | None:
    if group.kind == Group.Kind.BASE:
        older = {pupil: grade for pupil, grade in grades.items() if grade not in BEGINNERS}
        if area.subjects[0] not in OBSERVED:
            grades = older
        elif 2 * len(older) < len(grades):
            return Target(area, group, GroupPlan.Kind.OBSERVATION, grades)
        if not grades:
            return None
    kind = GroupPlan.Kind.BLOCK if area.form == PlanArea.Form.BLOCK else GroupPlan.Kind.PLAN
    return Target(area, group, kind, grades)
