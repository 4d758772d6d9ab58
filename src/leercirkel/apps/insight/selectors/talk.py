"""Talk sheets: of pupils whose results the user may see, and of own children what was shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from leercirkel.analysis import some_pupils
from leercirkel.analysis.model import PupilSheet
from leercirkel.analysis.report import NothingToReport, round_of
from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors import seen_of
from leercirkel.apps.insight.models import SharedSheet, TalkNotes
from leercirkel.apps.insight.selectors.ground import ground_at
from leercirkel.apps.insight.selectors.groups import ALL_SUBJECTS
from leercirkel.apps.organisation.models import Enrolment, Group, Pupil, School
from leercirkel.apps.organisation.selectors import children_of, groups_of, in_group, pupils_of
from leercirkel.core.calendar import school_year_label
from leercirkel.documents.talk_sheet.view import View, view_of
from leercirkel.exchange.edexml import model as edexml
from leercirkel.exchange.first_names import first_names

Round = tuple[int, str]


def sheets_of(
    sight: Sight,
    school: School,
    pupils: Collection[int],
    school_year: int | None = None,
    moment: str | None = None,
    *,
    names: Mapping[int, str] | None = None,
) -> tuple[Round | None, dict[int, PupilSheet]]:
    """The round (the newest of the school, or the one asked for) and a sheet per pupil whose results the user may see,
    of the subjects that the user may see: pupil → sheet.

    The same sheets as `leercirkel talk-sheets` makes. No round when no result counts. A pupil who was to take no test
    in the round has no sheet. `names`: how pupils are called (None: by first name; "": not at all).
    """
    at = ground_at(sight, school)
    try:
        of_round = round_of(at.ground.engine, at.ground.rows, school_year, moment)
    except NothingToReport:
        return None, {}
    seen = seen_of(sight, school, Right.SEE_RESULTS)
    subjects = {pupil: _subjects(seen, pupil) for pupil in pupils if pupil in at.keys}
    keys = [at.keys[pupil] for pupil, shown in subjects.items() if shown != frozenset()]
    called = _names(school, pupils) if names is None else names
    by_key = {at.keys[pupil]: name for pupil, name in called.items() if pupil in at.keys}
    found = {at.ids[sheet.pupil]: sheet for sheet in some_pupils.sheets_of(at.ground, keys, of_round, by_key)}
    return of_round, {pupil: _shown(found[pupil], subjects[pupil]) for pupil in subjects if pupil in found}


def _names(school: School, pupils: Collection[int]) -> dict[int, str]:
    """First names, told apart within a class as `first_names` does. One query."""
    classes = Enrolment.objects.filter(pupil__in=pupils, school=school).values("group")
    rows = Enrolment.objects.filter(group__in=classes, school=school)
    of_year: dict[int, list[edexml.Pupil]] = defaultdict(list)
    for pk, group, year, first, surname in rows.values_list(
        "pupil", "group", "group__school_year", "pupil__first_name", "pupil__surname"
    ):
        person = edexml.Pupil(key=str(pk), stable_key=True, first_name=first, surname=surname, group=str(group))
        of_year[year].append(person)
    rosters = [
        edexml.Roster(school.brin, year, reference_date=None, created_on=None, groups=(), pupils=tuple(people))
        for year, people in of_year.items()
    ]
    return {int(key): name for key, name in first_names(rosters).items()}


def _subjects(seen: Mapping[str, Collection[int] | None], pupil: int) -> frozenset[str] | None:
    """Of which subjects the user may see this pupil's results; None for all."""
    mine = {subject for subject, pupils in seen.items() if pupils is None or pupil in pupils}
    return None if ALL_SUBJECTS in mine else frozenset(mine)


def _shown(sheet: PupilSheet, subjects: frozenset[str] | None) -> PupilSheet:
    """The sheet of these subjects alone: without the difference between subjects, and saying nothing of support or
    destination (whose pupils are not compared with the country: so here nobody is)."""
    if subjects is None:
        return sheet
    tests = tuple(test for test in sheet.tests if test.subject in subjects)
    return replace(sheet, tests=tests, difference=None, care=True, destination=None)


def view_of_sheets(
    school: School, of_round: Round, sheets: Mapping[int, PupilSheet], notes: Mapping[int, Mapping[str, str]]
) -> View:
    """Everything the sheets say, with what people wrote for each pupil; in the order given."""
    view = view_of(
        list(sheets.values()), school=school.name, school_year=school_year_label(of_round[0]), moment=of_round[1],
        notes=[notes.get(pupil, {}) for pupil in sheets],
    )  # fmt: skip
    return dict(view)


def notes_of(pupils: Collection[int], of_round: Round) -> dict[int, dict[str, str]]:
    """Pupil → what was written last for this round. One query."""
    rows = TalkNotes.objects.filter(pupil__in=pupils, school_year=of_round[0], moment=of_round[1]).order_by("pk")
    return dict(rows.values_list("pupil", "texts"))


def version_of_notes(pupil: int, of_round: Round) -> int:
    """Which version of what was written holds; 0 when nothing was. One query."""
    rows = TalkNotes.objects.filter(pupil=pupil, school_year=of_round[0], moment=of_round[1])
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def notes_shown(sight: Sight, pupils: Collection[int], of_round: Round) -> dict[int, dict[str, str]]:
    """As `notes_of`, of pupils of whom the user shares something with parents or sees what was shared: who only sees
    results does not read what the school tells parents, or what the child said."""
    mine: set[int] = set()
    for right in (Right.PUBLISH, Right.SEE_PUBLISHED):
        mine.update(pupils_of(sight, right).filter(pk__in=pupils).order_by().values_list("pk", flat=True))
    return notes_of(mine, of_round) if mine else {}


def shared_of(pupil: Pupil) -> QuerySet[SharedSheet]:
    """What was shared of this pupil, also what was withdrawn: for who may share."""
    return SharedSheet.objects.filter(pupil=pupil).select_related("made_by", "withdrawn_by").order_by("-made_at")


def shared_with(sight: Sight) -> QuerySet[SharedSheet]:
    """What was shared with the user as a parent, and what colleagues may see of that; nothing that was withdrawn."""
    pupils = pupils_of(sight, Right.SEE_PUBLISHED)
    rows = SharedSheet.objects.filter(pupil__in=pupils.order_by().values("pk"), withdrawn_at=None)
    return rows.select_related("pupil", "school").order_by("-made_at")


def children_with_sheets(sight: Sight) -> list[tuple[Pupil, list[SharedSheet]]]:
    """A parent's children, each with what was shared."""
    children = list(children_of(sight).select_related("school"))
    shared: dict[int, list[SharedSheet]] = {}
    for sheet in shared_with(sight).filter(pupil__in=children):
        shared.setdefault(sheet.pupil_id, []).append(sheet)
    return [(child, shared.get(child.pk, [])) for child in children]


def groups_to_print(sight: Sight) -> QuerySet[Group]:
    """The classes of this school year of which the user may take results out of the system."""
    return groups_of(sight, Right.EXPORT, clock.school_year()).filter(kind=Group.Kind.BASE).select_related("school")


def sheets_of_group(sight: Sight, group: Group, of_round: Round) -> dict[int, PupilSheet]:
    """The sheets of who is in this class, by name."""
    seats = in_group(sight, group).order_by("pupil__sort_key").values_list("pupil", flat=True)
    _round, sheets = sheets_of(sight, group.school, list(seats), *of_round)
    return sheets


def sheet_of(view: View) -> dict[str, Any]:
    """The one sheet in a view."""
    sheets: Sequence[dict[str, Any]] = view["sheets"]
    return sheets[0]
