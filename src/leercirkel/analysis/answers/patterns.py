"""Incidental or structural (Z14, Z15): is this the first time, or do we see it again and again?

Structural is the same side of the goal at three measurements in a row or more, this time beyond chance, or the same
clear verdict at two in a row. Incidental is something new after measurements that showed the opposite, also at
this moment a year ago. A row is of one version of one test; measurements with too few pupils for a verdict break it.
Rule and source: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.facts import Incidental, Structural, Topic
from leercirkel.analysis.answers.goals import in_round, tier_figures, whole_cells
from leercirkel.analysis.answers.places import where_of
from leercirkel.analysis.answers.wording import Finding, Round, finding, main_tier_of, topic_of_test
from leercirkel.analysis.model import OverviewCell, TierResult
from leercirkel.core import calendar

FACTS_IN_A_ROW = 3
VERDICTS_IN_A_ROW = 2
LAST_GRADE = 8

COMPARABLE = 2
"""A moment at which fewer than one in this many of the school's pupils took the test (group 8 in autumn) is no
measurement of the school."""

Judged = tuple[OverviewCell, TierResult]

When = tuple[int, int]
"""First year of the school year and place of the moment in it: sorts measurements in time."""


class History:
    """All cells of all years, by test with their place in time, and how many groups each grade was in each year."""

    def __init__(self, cells: Sequence[OverviewCell]) -> None:
        self.by_test: dict[tuple[str, str], list[tuple[When, OverviewCell]]] = defaultdict(list)
        self.moments: dict[str, list[OverviewCell]] = defaultdict(list)
        self._groups: dict[tuple[str, int | None], set[str | None]] = defaultdict(set)
        for cell in cells:
            self.by_test[cell.subject, cell.instrument].append((_when(cell), cell))
            self.moments[cell.subject].append(cell)
            self._groups[cell.school_year, cell.grade].add(cell.group)

    def is_one_group(self, cell: OverviewCell) -> bool:
        """Whether the cell's grade sat in one group in its school year."""
        return len(self._groups[cell.school_year, cell.grade]) == 1


def pattern_findings(overview: Sequence[OverviewCell], totals: Sequence[OverviewCell], round_: Round) -> list[Finding]:
    """At most one finding per cell of the round that can be judged.

    The school's totals are followed over all measurements of the subject; a group over those of the same children:
    earlier moments of this school year in the same group, and before that the one group a grade lower, as long as
    each of those grades is one group.
    """
    found = []
    for cells in (totals, overview):
        now, history = whole_cells(in_round(cells, round_)), History(cells)
        for cell in now:
            tests = [c.instrument for c in now if (c.group, c.subject) == (cell.group, cell.subject)]
            topic = topic_of_test(cell.subject, cell.instrument, tests)
            found += _of_cell(_row(cell, history, round_), topic, round_, _moments_of(cell, history))
    return found


def _row(cell: OverviewCell, history: History, round_: Round) -> list[Judged]:
    """This measurement and the ones before it, newest first, as far as they follow each other on the same version of
    the test and can be judged."""
    row: list[Judged] = []
    for candidate in measurements(cell, history):
        tier = main_tier_of(candidate, round_)
        if tier is None or tier.reached_goal is None or tier.counted < round_.policy.no_verdict_below:
            break
        if candidate.version != cell.version or (row and _year(row[-1][0]) - _year(candidate) > 1):
            break
        row.append((candidate, tier))
    return row


def measurements(cell: OverviewCell, history: History) -> list[OverviewCell]:
    """This cell and the earlier ones of the same test, newest first: of the school, or of the same children."""
    now = _when(cell)
    per_moment: dict[When, OverviewCell] = {}
    for when, c in history.by_test[cell.subject, cell.instrument]:
        if when >= now or not _same_pupils(c, cell, now[0] - when[0], history):
            continue
        known = per_moment.get(when)
        if known is None or (c.counted, c.version) > (known.counted, known.version):
            per_moment[when] = c
    return [cell] + [per_moment[when] for when in sorted(per_moment, reverse=True)]


def _same_pupils(candidate: OverviewCell, cell: OverviewCell, back: int, history: History) -> bool:
    """`back`: how many school years the candidate was before the cell."""
    if cell.group is None:
        return candidate.group is None and COMPARABLE * candidate.expected >= cell.expected
    if back == 0:
        return (candidate.group, candidate.grade) == (cell.group, cell.grade)
    if cell.grade is None or candidate.grade != cell.grade - back:
        return False
    return history.is_one_group(cell) and history.is_one_group(candidate)


def _of_cell(row: Sequence[Judged], topic: Topic, round_: Round, moments: Sequence[str]) -> list[Finding]:
    if len(row) < 2:
        return []
    now, tier = row[0]
    facts = _length([t.reached_goal for _, t in row])
    clear = tier.verdict in ("above", "below")
    verdicts = _length([t.verdict for _, t in row]) if clear else 0
    side = "above" if tier.reached_goal else "below"
    if (facts >= FACTS_IN_A_ROW and tier.verdict == side) or verdicts >= VERDICTS_IN_A_ROW:
        return [_structural(row[:facts], topic, round_)]
    same_season = [t for c, t in row if c.moment == now.moment]
    seasonal = len(same_season) > 1 and same_season[1].reached_goal == tier.reached_goal
    if facts == 1 and not seasonal and (clear or now.group is None):
        return _incidental(row, topic, round_, moments)
    return []


def _length(values: Sequence[object]) -> int:
    """How many of the values, from the newest back, are equal to the newest."""
    return next((i for i, value in enumerate(values) if value != values[0]), len(values))


def _structural(row: Sequence[Judged], topic: Topic, round_: Round) -> Finding:
    now, tier = row[0]
    reached = bool(tier.reached_goal)
    whens = tuple(round_.when(c.school_year, c.moment) for c, _ in reversed(row))
    fact = Structural(where_of(now), topic, reached, tier.reached, tier.counted, tier.goal_count or 0, whens)
    return finding(
        "incidental_or_structural",
        "Z14",
        fact,
        [evidence(c, **tier_figures(t)) for c, t in row],
        kind="pattern",
        place=now.group,
        subject=now.subject,
        good=reached,
        weight=len(row) + (0.0 if reached else 100.0) + (10.0 if tier.verdict in ("above", "below") else 0.0),
        proud=reached,
    )


def _incidental(row: Sequence[Judged], topic: Topic, round_: Round, moments: Sequence[str]) -> list[Finding]:
    """Z15, when there is a next measurement of these children to wait for."""
    now, tier = row[0]
    following = _next(now, moments)
    if following is None:
        return []
    reached = bool(tier.reached_goal)
    several = len(row) > 2 and row[2][1].reached_goal != tier.reached_goal
    counts = tier.reached, tier.counted, tier.goal_count or 0
    fact = Incidental(where_of(now), topic, reached, *counts, several, round_.when(*following))
    proof = [evidence(c, **tier_figures(t)) for c, t in row[:FACTS_IN_A_ROW]]
    return [
        finding(
            "incidental_or_structural", "Z15", fact, proof,
            kind="incidental", place=now.group, subject=now.subject, good=reached,
            weight=1.0 if tier.verdict in ("above", "below") else 0.0,
        )
    ]  # fmt: skip


def _moments_of(cell: OverviewCell, history: History) -> list[str]:
    """The moments at which the school takes a test in this subject, in the order of the year."""
    same = history.moments[cell.subject]
    taken = {c.moment for c in same if cell.group is not None or COMPARABLE * c.expected >= cell.expected}
    return [m for m in calendar.MOMENTS if m in taken]


def _next(cell: OverviewCell, moments: Sequence[str]) -> tuple[str, str] | None:
    """School year and moment of the next measurement; None for the last grade, whose pupils leave."""
    if cell.grade == LAST_GRADE and cell.moment != "B":
        return None
    later = moments[moments.index(cell.moment) + 1 :]
    first = _year(cell)
    return (cell.school_year, later[0]) if later else (calendar.school_year_label(first + 1), moments[0])


def _year(cell: OverviewCell) -> int:
    return _first_year(cell.school_year)


@lru_cache(maxsize=256)
def _first_year(school_year: str) -> int:
    first = calendar.parse_school_year(school_year)
    if first is None:
        raise ValueError(f"{school_year!r} is not a school year")
    return first


def _when(cell: OverviewCell) -> When:
    return _year(cell), calendar.MOMENTS.index(cell.moment)
