"""Talk sheets: of pupils whose results the user may see, and of own children what was shared."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from leercirkel.analysis.lines import judged
from leercirkel.analysis.model import PupilSheet
from leercirkel.analysis.pupils import pupil_sheets
from leercirkel.analysis.report import NothingToReport, main_tiers_of, round_of
from leercirkel.analysis.sittings import sittings
from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.known import keys_of, known_pupils
from leercirkel.apps.assessment.selectors import inputs_of
from leercirkel.apps.insight.models import SharedSheet, TalkNotes
from leercirkel.apps.organisation.models import Group, Pupil, School
from leercirkel.apps.organisation.selectors import children_of, groups_of, in_group, pupils_of
from leercirkel.core.calendar import school_year_label
from leercirkel.documents.talk_sheet.view import View, view_of
from leercirkel.exchange.first_names import first_names

Round = tuple[int, str]


def sheets_of(
    sight: Sight, school: School, school_year: int | None = None, moment: str | None = None
) -> tuple[Round | None, dict[int, PupilSheet]]:
    """The round (the newest, or the one asked for) and a sheet per pupil whose results the user may see: pupil → sheet.

    The same sheets as `leercirkel talk-sheets` makes. No round when no result counts.
    """
    given = inputs_of(sight, school, Right.SEE_RESULTS)
    engine = given.inputs.engine
    rows = sittings(given.inputs)
    try:
        of_round = round_of(engine, rows, school_year, moment)
    except NothingToReport:
        return None, {}
    found = pupil_sheets(
        engine, rows, judged(engine, rows, given.standards), main_tiers=main_tiers_of(given.standards, given.main_tier),
        of_round=of_round, names=first_names(known_pupils(school).rosters), norms=given.norms,
    )  # fmt: skip
    ids = {key: pupil for pupil, key in keys_of(school).items()}
    return of_round, {ids[sheet.pupil]: sheet for sheet in found}


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
    _round, sheets = sheets_of(sight, group.school, *of_round)
    seats = in_group(sight, group).order_by("pupil__sort_key").values_list("pupil", flat=True)
    return {pupil: sheets[pupil] for pupil in seats if pupil in sheets}


def sheet_of(view: View) -> dict[str, Any]:
    """The one sheet in a view."""
    sheets: Sequence[dict[str, Any]] = view["sheets"]
    return sheets[0]
