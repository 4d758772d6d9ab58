"""What selectors give, shaped for the pages: and the one place where a count becomes too small to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leercirkel.apps.access.presenters import STATES, state_of
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.organisation.actions import check_may_have_account
from leercirkel.apps.organisation.models import Group, GroupTeacher, Guardianship, School
from leercirkel.apps.organisation.selectors import Period, Step
from leercirkel.core.calendar import school_year_label
from leercirkel.exchange.problems import SEVERITY_LABELS, Problem

SMALLEST = 5
"""Fewer pupils than this are no number outside the team (docs/domein/privacy.md)."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in a list. `size` is None when this user may not know it; `named`: it opens by name."""

    group: Group
    size: int | None
    teachers: Sequence[GroupTeacher]
    named: bool

    @property
    def size_text(self) -> str:
        """The number, or that it is not shown: because it is too small, or because it would tell another one."""
        return _("niet getoond") if self.size is None else str(self.size)


def told(size: int | None) -> str:
    """A number of pupils of a school as it may be told."""
    return _("minder dan %d") % SMALLEST if size is None else str(size)


def may_tell(size: int) -> int | None:
    """A number of pupils for who is not in the team; none and enough may be told."""
    return size if size == 0 or size >= SMALLEST else None


def group_rows(
    groups: Sequence[Group],
    sizes: Mapping[int, int],
    teachers: Mapping[int, Sequence[GroupTeacher]],
    named: frozenset[int],
) -> list[GroupRow]:
    """All groups of a school year (of one school or more) as rows, with their sizes as far as these may be told.

    `named` are the ids of groups whose pupils the user may see by name.
    """
    hidden = not_told(groups, sizes, named)
    return [
        GroupRow(group, None if group.pk in hidden else sizes[group.pk], teachers.get(group.pk, ()), group.pk in named)
        for group in groups
    ]


def not_told(groups: Sequence[Group], sizes: Mapping[int, int], named: frozenset[int]) -> set[int]:
    """Ids of groups whose size is not told: those that are too small, and of a school with such a class as many of the
    next smallest as it takes so that the school's total does not tell it (docs/domein/privacy.md)."""
    small = [group for group in groups if group.pk not in named and may_tell(sizes[group.pk]) is None]
    hidden = {group.pk for group in small}
    classes = [group for group in groups if group.kind == Group.Kind.BASE and group.pk not in named]
    for school in {group.school_id for group in small if group.kind == Group.Kind.BASE}:
        own = sorted((group for group in classes if group.school_id == school), key=lambda g: (sizes[g.pk], g.pk))
        chosen = [group for group in own if group.pk in hidden]
        rest = iter(group for group in own if group.pk not in hidden and sizes[group.pk])
        while not _safe([sizes[group.pk] for group in chosen]) and (more := next(rest, None)) is not None:
            chosen.append(more)
        hidden |= {group.pk for group in chosen}
    return hidden


def _safe(sizes: Sequence[int]) -> bool:
    """Whether the sum of sizes that are not told tells none of them: not one alone, not fewer than five together, and
    of small ones only not as many as when each has one or each has four."""
    whole, many = sum(sizes), len(sizes)
    only_one_way = max(sizes, default=0) < SMALLEST and whole in (many, (SMALLEST - 1) * many)
    return many > 1 and whole >= SMALLEST and not only_one_way


def in_use(rows: Sequence[GroupRow]) -> list[GroupRow]:
    """Without the groups that have no pupil and no teacher on the day of counting: these have gone."""
    return [row for row in rows if row.size != 0 or row.teachers]


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school beside the others of its board."""

    school: School
    pupils: int | None
    groups: int
    mean: str

    @property
    def pupils_text(self) -> str:
        """The number, or that it is too small to tell."""
        return told(self.pupils)


def school_rows(schools: Sequence[School], pupils: Mapping[int, int], groups: Mapping[int, int]) -> list[SchoolRow]:
    """Schools as rows, with the mean size of their classes as a whole number."""
    rows = []
    for school in schools:
        number, classes = pupils.get(school.pk, 0), groups.get(school.pk, 0)
        mean = str(round(number / classes)) if classes and number >= SMALLEST else "–"
        rows.append(SchoolRow(school, may_tell(number), classes, mean))
    return rows


def step_text(step: Step | None) -> str:
    """What stands out in a school year of a career, in words."""
    words = {
        Step.SAME: _("zelfde leerjaar nog een keer"),
        Step.SKIPPED: _("leerjaar overgeslagen"),
        Step.LOWER: _("lager leerjaar dan het jaar ervoor"),
    }
    return words[step] if step else ""


@dataclass(frozen=True, slots=True)
class CareerRow:
    """One line of a career."""

    period: Period
    year: str
    step: str


def career_rows(periods: Sequence[Period]) -> list[CareerRow]:
    """A career as lines."""
    return [CareerRow(period, school_year_label(period.school_year), step_text(period.step)) for period in periods]


def worst_first(problems: Sequence[Problem]) -> list[tuple[str, Problem]]:
    """Problems of a file with the word for how bad they are, errors first."""
    order = list(SEVERITY_LABELS)
    return [(SEVERITY_LABELS[each.severity], each) for each in sorted(problems, key=lambda p: order.index(p.severity))]


@dataclass(frozen=True, slots=True)
class ParentAccount:
    """What the account of someone who cares for a pupil is, and what stands in the way of seeing this pupil."""

    state: str
    """none, invited, late, active, or off (access.presenters.state_of); "ended" with an account whose role ended."""
    label: Any
    why_not: str
    """Why this person may not see this pupil by an account; empty when they may."""

    @property
    def may(self) -> bool:
        """Whether what is known of this person lets them see this pupil."""
        return not self.why_not

    @property
    def waits(self) -> bool:
        """Whether someone was invited who has not come."""
        return self.state in ("invited", "late")


def parent_account(tie: Guardianship) -> ParentAccount:
    """The account of one row of selectors.with_accounts."""
    try:
        check_may_have_account(tie)
        why_not = ""
    except Refused as refused:
        why_not = str(refused)
    user = tie.guardian.user
    if user is None:
        return ParentAccount("none", _("geen account"), why_not)
    state = state_of(user)
    if state != "off" and not getattr(tie, "is_parent", False):
        return ParentAccount("ended", _("rol beëindigd: opent niets"), why_not)
    return ParentAccount(state, STATES[state], why_not)
