"""The results of one group: a class or an instruction group, as far as a sight reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from leercirkel.analysis import some_pupils
from leercirkel.analysis.model import GroupPercentile, OverviewCell, PupilSheet
from leercirkel.analysis.some_pupils import Round, RoundOf
from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.selectors import MarksOn, marks_on
from leercirkel.apps.insight.selectors.ground import SchoolGround, ground_at
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.organisation.models import Enrolment, Group, GroupMembership, Pupil
from leercirkel.apps.organisation.selectors import counting_day, groups_with_any, pupils_of
from leercirkel.core.expected import CalendarTest
from leercirkel.core.standards import Standard

EITHER = (Right.SEE_RESULTS, Right.SEE_FIGURES)
ALL_SUBJECTS = ""

NAME = "⟦naam⟧"
"""Stands for the first name in what is kept of a pupil: the page fills it in, hidden or not."""


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group in one round, whoever looks. `own`: the group as it was in a round of its own school year; else its
    pupils of now, taken together, in a round when they sat elsewhere.

    `pupils`: everyone who is in the group or was to take a test in it, by id, with the sheet (None: no test was to be
    taken in the round). `kept`: what was made of it for pages.
    """

    rounds: tuple[RoundOf, ...]
    round: Round
    own: bool
    cells: tuple[OverviewCell, ...]
    pupils: Mapping[int, PupilSheet | None]
    main_tiers: Mapping[str, str]
    marks: Mapping[int, MarksOn]
    """Destination and support as they hold on the counting day."""
    standards: tuple[Standard, ...]
    calendar: tuple[CalendarTest, ...]
    name: str
    """Of the group in reports."""
    growth: tuple[GroupPercentile, ...] = ()
    """Growth among pupils with the same earlier scores, by test."""
    kept: dict[Any, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class GroupReach:
    """What a user may see of a group: `named`, its pupils (else counts alone); `subjects`, None for all."""

    named: bool
    subjects: frozenset[str] | None

    def shows(self, subject: str) -> bool:
        """Whether this subject may be seen."""
        return self.subjects is None or subject in self.subjects


KEPT = 160
"""So many groups a process keeps; one with its page takes some 250 kB."""

_kept: Kept[GroupFigures | None] = Kept(KEPT)


def result_groups(sight: Sight) -> QuerySet[Group]:
    """The groups of which the user may see results, by pupil or as figures."""
    return groups_with_any(sight, EITHER).filter(school_id__in=sight.pupil_schools).select_related("school")


def group_reach(sight: Sight, group: Group) -> GroupReach:
    """What of this group the user may see; without a query. An instruction group is about its own subject alone."""
    named = _subjects(sight, Right.SEE_RESULTS, group)
    seen = named if named is not None else _subjects(sight, Right.SEE_FIGURES, group) or frozenset()
    subjects = None if ALL_SUBJECTS in seen else seen
    if group.kind == Group.Kind.INSTRUCTION and group.subject:
        subjects = frozenset({group.subject}) if subjects is None or group.subject in subjects else frozenset()
    return GroupReach(named is not None, subjects)


def _subjects(sight: Sight, right: Right, group: Group) -> frozenset[str] | None:
    extent = sight.extent(right)
    if group.school_id in extent.schools:
        return frozenset({ALL_SUBJECTS})
    return frozenset(subject for pk, subject in extent.groups if pk == group.pk) or None


def group_figures(
    sight: Sight, group: Group, school_year: int | None = None, moment: str | None = None
) -> GroupFigures | None:
    """The figures of the round that was asked for, else of the newest one with more than a few results; None when
    none of the pupils has a result. Kept until the school's figures change, or the day.

    Of the whole group whoever looks: what is shown of it goes by `group_reach` and `pupils_shown`.
    """
    version = version_of(group.school_id)
    key = (group.pk, version, clock.today(), school_year, moment)
    return _kept.get(key, lambda: _made(sight, group, ground_at(sight, group.school, version), school_year, moment))


def pupils_shown(sight: Sight, figures: GroupFigures) -> list[Pupil]:
    """The pupils of the group whose results the user may see, by name. One query."""
    shown = pupils_of(sight, Right.SEE_RESULTS).filter(pk__in=list(figures.pupils))
    return list(shown.order_by("sort_key", "pk").only("pk", "school_id", "first_name", "prefix", "surname", "sort_key"))


def _made(
    sight: Sight, group: Group, at: SchoolGround, school_year: int | None, moment: str | None
) -> GroupFigures | None:
    ground, name = at.ground, at.classes.get(group.pk, group.name)
    base = group.kind == Group.Kind.BASE
    members = {at.keys[pk] for pk in _members(group) if pk in at.keys}
    seated = some_pupils.seated_in(ground, name, group.school_year) if base else frozenset()
    rounds = some_pupils.rounds_of(ground, members | seated)
    fits = [r for r in rounds if school_year in (None, r.school_year) and moment in (None, r.moment)]
    chosen = next((r for r in fits if r.large), fits[0] if fits else None)
    if chosen is None:
        return None if school_year is None and moment is None else _made(sight, group, at, None, None)
    of_round = (chosen.school_year, chosen.moment)
    own = base and chosen.school_year == group.school_year
    subject = group.subject if group.kind == Group.Kind.INSTRUCTION else None
    sheets = {s.pupil: s for s in some_pupils.sheets_of(ground, members | seated, of_round, _Named())}
    if own:
        cells = some_pupils.cells_of_group(ground, name, of_round)
        growth = some_pupils.growth_of_group(ground, name, of_round)
        there = {key for key, sheet in sheets.items() if sheet.group == name}
    else:
        cells = some_pupils.cells_of_pupils(ground, members, name, of_round, subject)
        growth = some_pupils.growth_of_pupils(ground, members, name, of_round, subject)
        there = set()
    pupils = {at.ids[key]: sheets.get(key) for key in sorted(members | there)}
    marks = marks_on(pupils, counting_day(group.school_year))
    return GroupFigures(
        rounds,
        of_round,
        own,
        cells,
        pupils,
        ground.main_tiers,
        marks,
        tuple(ground.standards),
        tuple(at.calendar),
        name,
        growth,
    )


class _Named(dict[str, str]):
    """Every pupil's first name: what stands in its place."""

    def get(self, key: str, default: Any = None) -> str:
        return NAME


def _members(group: Group) -> list[int]:
    """Who is in the group on its counting day. One query."""
    day = counting_day(group.school_year)
    model: Any = Enrolment if group.kind == Group.Kind.BASE else GroupMembership
    rows = model.objects.filter(group=group, during__contains=day)
    return list(rows.values_list("pupil_id", flat=True))
