"""What every part of the report needs to know: thresholds, main tiers, standards, and what may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leercirkel.analysis.answers.places import natural_key
from leercirkel.analysis.answers.wording import limit_of
from leercirkel.analysis.model import OverviewCell, SchoolReport, TierResult
from leercirkel.core.records import dataclass
from leercirkel.core.standards import Standard, Tier
from leercirkel.core.subjects import SUBJECTS
from leercirkel.documents.texts import Language, Texts, texts_of

View = dict[str, Any]
"""What a template gets: texts, numbers, lists and SVG, ready to be laid out."""

OLDEST = 99.0
"""Didactic age of a group of which none is known: it comes last."""


@dataclass(frozen=True, slots=True)
class Context:
    """The report with its standards as dataclasses again, and the texts of the language it is made in."""

    report: SchoolReport
    standards: tuple[Standard, ...]
    texts: Texts

    def hidden(self, counted: int) -> bool:
        """Whether there is no number to tell. What may not leave the team is no longer in a report for the board
        (`analysis.disclosure`); the team sees small numbers, without a verdict."""
        return counted == 0

    def few(self, counted: int) -> bool:
        """Whether a group this small gets no verdict and no bar."""
        return counted < self.report.method.no_verdict_below

    def tiny(self, counted: int) -> bool:
        """Whether a mean change of so few pupils says nothing, also to the team: no effect and no growth is told."""
        return counted < self.report.method.no_number_below

    @property
    def tells_absent(self) -> bool:
        """Whether the report tells who has no result: to the team, not to a board."""
        return self.report.audience != "board"

    def size(self, cells: Iterable[OverviewCell]) -> str:
        """How many pupils a group has; for a board, of how many there is a result."""
        if self.tells_absent:
            return self.texts.pupils(max(c.expected for c in cells))
        return self.texts.results_of_pupils(max(c.counted for c in cells))

    @property
    def too_small(self) -> str:
        """What stands where there is no number."""
        return self.texts.none

    @property
    def fewer(self) -> str:
        """What is said of a number that is not told because it is of few pupils."""
        return self.texts.fewer_than(self.report.method.no_number_below)

    @property
    def audience(self) -> str:
        """For whom the report is, as it says on every page."""
        board, least = self.report.audience == "board", self.report.method.no_number_below
        return self.texts.audience(board=board, least=least)

    def main_tier(self, cell: OverviewCell) -> TierResult | None:
        """The tier that the overview is about: the school's main one, else "basis", else the first for all pupils."""
        return main_tier_of(cell, self.report.method.main_tiers)

    def threshold(self, cell: OverviewCell, tier: TierResult) -> str:
        """ "DLE 20 of hoger", "minstens niveau III", "AVI E4" or "de eigen lijn"."""
        return self.texts.threshold(limit_of(cell, tier, self.standards))

    def of_round(self, cells: Iterable[OverviewCell]) -> list[OverviewCell]:
        """The cells of the round that the report is about."""
        wanted = (self.report.school_year, self.report.moment)
        return [c for c in cells if (c.school_year, c.moment) == wanted]


def context_of(report: SchoolReport, language: Language = "nl") -> Context:
    """The report with its standards read back from plain dicts; one that cannot be read is left out. `language`: that
    of the texts."""
    found = []
    for entry in report.standards:
        try:
            fields = dict(entry)
            tiers = tuple(Tier(**t) for t in fields.pop("tiers"))  # type: ignore[attr-defined]
            found.append(Standard(tiers=tiers, **fields))  # type: ignore[arg-type]
        except (KeyError, TypeError):
            continue
    return Context(report, tuple(found), texts_of(language))


def main_tier_of(cell: OverviewCell, main_tiers: Mapping[str, str]) -> TierResult | None:
    """The tier of a cell that counts most: the school's main one, else "basis", else the first for all pupils."""
    tiers = [t for t in cell.tiers if t.scope == "all"] or list(cell.tiers)
    for wanted in (main_tiers.get(cell.subject), "basis"):
        found = next((t for t in tiers if t.name == wanted), None)
        if found:
            return found
    return tiers[0] if tiers else None


def subject_order(code: str) -> tuple[int, str]:
    """Subjects in the usual order; declared ones after them."""
    return (SUBJECTS.index(code) if code in SUBJECTS else len(SUBJECTS), code)


@dataclass(frozen=True, slots=True)
class GroupTest:
    """One group on one test: the group as a whole, and its grades when it combines some."""

    whole: OverviewCell
    grades: tuple[OverviewCell, ...]


def group_tests(cells: Sequence[OverviewCell]) -> list[GroupTest]:
    """Cells of one group, one entry per test and version; the largest cell of a test is the whole group. A grade with
    every result of the group says nothing beside it."""
    by_test: dict[tuple[str, str, str], list[OverviewCell]] = {}
    for cell in cells:
        by_test.setdefault((cell.subject, cell.instrument, cell.version), []).append(cell)
    out = []
    for same in by_test.values():
        whole, *rest = sorted(same, key=lambda c: (c.grade is not None, -c.expected))
        grades = [c for c in rest if c.expected < whole.expected and c.counted < whole.counted]
        out.append(GroupTest(whole, tuple(sorted(grades, key=lambda c: (c.grade or 0, c.didactic_age_band or "")))))
    return sorted(out, key=lambda t: (subject_order(t.whole.subject), t.whole.instrument, t.whole.version))


def groups_of(cells: Iterable[OverviewCell]) -> dict[str, list[OverviewCell]]:
    """Cells by group, in the order of a school: as people count when every name has a number ("Groep 10" after "Groep
    9", "3/4A" before "3/4B"), else the youngest first, by didactic age, else by grade."""
    by_group: dict[str, list[OverviewCell]] = {}
    for cell in cells:
        if cell.group is not None:
            by_group.setdefault(cell.group, []).append(cell)

    numbered = all(any(c.isdecimal() for c in name) for name in by_group)

    def place(item: tuple[str, list[OverviewCell]]) -> tuple[float, int, Any]:
        if numbered:
            return 0, 0, natural_key(item[0])
        age = min((c.didactic_age for c in item[1] if c.didactic_age is not None), default=OLDEST)
        return round(age), min((c.grade for c in item[1] if c.grade), default=9), natural_key(item[0])

    return dict(sorted(by_group.items(), key=place))
