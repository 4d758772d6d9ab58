"""The tests of a school year: who sat where, and what came of it, as core.progress takes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.known import known_pupils
from leercirkel.apps.assessment.models import OwnTest, Result
from leercirkel.apps.assessment.selectors.frames import ALL_SUBJECTS, seen_of
from leercirkel.apps.assessment.selectors.settings import calendar_of
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership, Pupil, School
from leercirkel.core.calendar import Holiday, school_year_end, school_year_start
from leercirkel.core.expected import CalendarTest, window_dates
from leercirkel.core.progress import AHEAD, Cell, Sat, Seat, TestKey, progress
from leercirkel.core.reading import AVI_LEVELS
from leercirkel.exchange.calendar.reader import Calendar
from leercirkel.exchange.histories import GRADES, starts_of_group3

NO_CALENDAR = Calendar((), ())


@dataclass(frozen=True, slots=True)
class Round:
    """The tests of one school year: the calendar, and of each test and group how far it is."""

    school_year: int
    tests: tuple[CalendarTest, ...]
    holidays: tuple[Holiday, ...]
    cells: tuple[Cell, ...]

    @property
    def moments(self) -> tuple[str, ...]:
        """The moments with a test, in the order of the year."""
        return tuple(moment for moment in ("B", "M", "E") if any(test.moment == moment for test in self.tests))

    def moment_of(self, day: date) -> str:
        """The moment that a day is about: the last one whose first window has begun, else the first; "" without."""
        begun = [m for m in self.moments if any(
            window_dates(test, self.school_year)[0] <= day for test in self.tests if test.moment == m
        )]  # fmt: skip
        return (begun or list(self.moments) or [""])[-1 if begun else 0]


def round_of(sight: Sight, school: School, school_year: int, groups: Collection[Group]) -> Round:
    """The calendar of a school year, with the progress of these groups of it.

    Of an instruction group the tests of its subject. Only what the user may see results of: of a teacher of one subject
    that subject. The number of queries does not depend on the number of groups or pupils.
    """
    calendar = calendar_of(school, (school_year,)) or NO_CALENDAR
    seats = _seats(school, school_year, calendar.tests)
    own = [
        (pupil, (moment, subject, instrument))
        for pupil, moment, subject, instrument in OwnTest.objects.filter(
            school=school, school_year=school_year
        ).values_list("pupil_id", "moment", "subject", "instrument")
    ]
    sat = _sat(school, school_year)
    plus = _plus(school, school_year)
    seen = _seen(sight, school)
    cells: list[Cell] = []
    members = _members([g for g in groups if g.kind == Group.Kind.INSTRUCTION])
    classes = {group.pk for group in groups if group.kind == Group.Kind.BASE}
    of_classes = [seat for seat in seats if seat.group in classes]
    cells += progress(calendar.tests, of_classes, sat, school_year, own=own, done_with=plus)
    for group in groups:
        if group.kind == Group.Kind.INSTRUCTION:
            tests = [test for test in calendar.tests if test.subject == group.subject]
            inside = [replace(seat, group=group.pk) for seat in seats if seat.pupil in members.get(group.pk, ())]
            cells += progress(tests, inside, sat, school_year, own=own, done_with=plus)
    kept = [narrowed for cell in cells if (narrowed := _narrowed(cell, seen)) is not None]
    return Round(school_year, calendar.tests, calendar.holidays, tuple(kept))


def _seen(sight: Sight, school: School) -> dict[str, frozenset[int] | None]:
    """Of whom the user may see or write results, by subject."""
    seen = dict(seen_of(sight, school, Right.SEE_RESULTS))
    for subject, pupils in seen_of(sight, school, Right.WRITE_RESULTS).items():
        before = seen.get(subject, frozenset())
        seen[subject] = None if before is None or pupils is None else before | pupils
    return seen


def _narrowed(cell: Cell, seen: dict[str, frozenset[int] | None]) -> Cell | None:
    """The cell with the pupils that may be seen; None when nobody is left."""
    of_all = seen.get(ALL_SUBJECTS, frozenset())
    of_subject = seen.get(cell.subject, frozenset())
    if of_all is None or of_subject is None:
        return cell
    mine = of_all | of_subject
    reasons = {code: tuple(p for p in pupils if p in mine) for code, pupils in cell.reasons.items()}
    kept = replace(
        cell,
        taken=tuple(p for p in cell.taken if p in mine),
        reasons={code: pupils for code, pupils in reasons.items() if pupils},
        waiting=tuple(p for p in cell.waiting if p in mine),
    )
    return kept if kept.expected else None


def _seats(school: School, school_year: int, tests: Sequence[CalendarTest]) -> list[Seat]:
    """Everyone in a class in this school year, by name."""
    start, end = school_year_start(school_year), school_year_end(school_year)
    rows = Enrolment.objects.filter(
        school=school, group__school_year=school_year, group__kind=Group.Kind.BASE, during__overlap=(start, end)
    )
    begun: dict[int, int | None] = {}
    if any(test.didactic_age for test in tests):
        known = known_pupils(school)
        starts, _ = starts_of_group3(known.rosters)
        begun = {known.ids[key]: found.year for key, found in starts.items()}
    return [
        Seat(
            pupil, group, GRADES.get(grade), max(start, during.lower),
            min(end, during.upper - timedelta(days=1) if during.upper else end), begun.get(pupil),
        )
        for pupil, group, grade, during in rows.order_by("pupil__sort_key", "pupil_id", "during").values_list(
            "pupil_id", "group_id", "grade", "during"
        )
    ]  # fmt: skip


def _members(groups: Sequence[Group]) -> dict[int, set[int]]:
    """Instruction group → who is in it now or was in this school year."""
    found: dict[int, set[int]] = {}
    if groups:
        for group, pupil in GroupMembership.objects.filter(group__in=groups).values_list("group_id", "pupil_id"):
            found.setdefault(group, set()).add(pupil)
    return found


def _sat(school: School, school_year: int) -> list[Sat]:
    rows = Result.objects.filter(school=school, school_year=school_year).exclude(moment="").order_by("taken_on", "id")
    return [Sat(*row) for row in rows.values_list("pupil_id", "moment", "subject", "instrument", "not_taken")]


def _plus(school: School, school_year: int) -> set[tuple[int, str, str]]:
    """Who has mastered AVI Plus in an earlier year, and so need not take it again."""
    rows = Result.objects.filter(school=school, school_year__lt=school_year, avi=AVI_LEVELS[-1])
    return set(rows.values_list("pupil_id", "subject", "instrument"))


def own_levels(school: School, school_year: int, pupils: Collection[int]) -> dict[tuple[int, TestKey], str]:
    """Pupil and test → the level that was agreed for this pupil."""
    rows = OwnTest.objects.filter(school=school, school_year=school_year, pupil__in=pupils)
    return {
        (pupil, (moment, subject, instrument)): level
        for pupil, moment, subject, instrument, level in rows.values_list(
            "pupil_id", "moment", "subject", "instrument", "test_level"
        )
    }


def overdue(cells: Sequence[Cell], today: date) -> dict[int, int]:
    """Group → how many results of a test whose window is over nobody has yet, nor a reason."""
    late: dict[int, int] = {}
    for cell in cells:
        if cell.waiting and today > cell.window[1]:
            late[cell.group] = late.get(cell.group, 0) + len(cell.waiting)
    return late


def tests_of_pupil(cells: Sequence[Cell], pupil: int, today: date) -> list[tuple[Cell, str]]:
    """The tests that this pupil was to take until now, each with "" (taken), a code of a reason, or "waiting"."""
    found = []
    for cell in cells:
        if cell.phase(today) == AHEAD:
            continue
        if pupil in cell.taken:
            found.append((cell, ""))
        elif pupil in cell.waiting:
            found.append((cell, "waiting"))
        else:
            found += [(cell, code) for code, pupils in cell.reasons.items() if pupil in pupils]
    return found


def pupils_of_cells(cells: Sequence[Cell]) -> list[Pupil]:
    """Everyone in these cells, by name. One query."""
    ids = {p for cell in cells for p in (*cell.taken, *cell.waiting, *(q for ps in cell.reasons.values() for q in ps))}
    return list(Pupil.objects.filter(pk__in=ids))
