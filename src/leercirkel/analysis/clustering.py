"""Which arrangement to propose for a pupil, and which instruction groups to make of a class.

Rules and sources: `docs/domein/groepsplannen.md`. It proposes; the teacher chooses. What goes in are results and the
school's own norm, nothing else: no IQ, no origin, no language at home. Pure: the same facts give the same proposal, in
whatever order the pupils come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any, Literal

from leercirkel.core.records import dataclass

By = Literal["goal", "level", "yield"]
BAND = 10.0
"""Months of DLE that are taught as one level: what the average pupil learns in a school year."""
LOWEST_LEVEL, HIGHEST_LEVEL = 5, 1
METHOD_SHARE = 0.5
FEWEST_METHOD_GOALS = 3
"""Fewer goals of method tests say too little to propose something else by."""


class Standing(IntEnum):
    """Where a pupil stands towards the school's own goal, from most to least ahead."""

    AHEAD = -1
    REACHED = 0
    MINIMUM = 1
    BELOW = 2


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """What is known of one pupil in one subject. `tiers`: name → whether the tier was reached, of the tiers that hold
    for this pupil. `level`: 1 (highest) to 5. `line`: place of the expected destination, higher is further, None
    unknown. `below_before`: no tier was reached at the moment before either. `method_of`, `method_below`: goals of
    method tests of this period, and those that were insufficient. `measured`: there is a result at all."""

    measured: bool = False
    tiers: Mapping[str, bool] | None = None
    level: int | None = None
    dle: float | None = None
    line: int | None = None
    below_before: bool = False
    method_of: int = 0
    method_below: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """How a school lets arrangements be proposed: the settings of one form.

    `by`: the distance to the own norm, the national level, or (special schools) level and expected yield.
    `method_share`: from which part (0-1) of insufficient goals in method tests one step more instruction is proposed;
    None: method tests do not count. `twice`: the most intensive arrangement only for who was below every tier twice.
    `most_groups`: how many instruction groups a teacher usually runs.
    """

    by: By = "goal"
    method_share: float | None = METHOD_SHARE
    twice: bool = True
    most_groups: int = 3


@dataclass(frozen=True, slots=True)
class Tiers:
    """The school's tiers by what they ask: `higher` than the main one (for fewer pupils), and `lower` (the minimum)."""

    main: str | None = None
    higher: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """`place`: of the arrangement, 0 the most ahead. `standing` None: nothing to go by. `why`: codes, the first what it
    was proposed by (goal, level, none), then what moved it (method, once). `group`: number of the instruction group,
    from 1, where these are made by level and yield; None for who has no DLE."""

    place: int
    standing: Standing | None
    why: tuple[str, ...]
    group: int | None = None


@dataclass(frozen=True, slots=True)
class InstructionGroup:
    """Pupils who get one instruction: DLE from `low` to below `high`, and the destinations that set the pace."""

    number: int
    low: float
    high: float
    lines: tuple[int, ...]
    size: int


def rule_of(written: Mapping[str, Any], special: bool = False) -> Rule:
    """A rule as a school's settings hold it; what is absent is the proposal. Raises ValueError on what cannot be."""
    share = written.get("method_share", METHOD_SHARE)
    by = written.get("by", "yield" if special else "goal")
    if by not in ("goal", "level", "yield"):
        raise ValueError(f"{by!r} is no way to propose arrangements")
    if share is not None and not 0 < float(share) <= 1:
        raise ValueError(f"a share lies between 0 and 1, not {share}")
    most = int(written.get("most_groups", 3))
    if not 1 <= most <= 8:
        raise ValueError(f"a teacher runs 1 to 8 groups, not {most}")
    return Rule(by, None if share is None else float(share), bool(written.get("twice", True)), most)


def proposals(
    facts: Mapping[str, PupilFacts],
    tiers: Tiers,
    rule: Rule,
    *,
    places: int,
    usual: int,
    most_groups: int | None = None,
) -> dict[str, Proposal]:
    """Pupil → proposal, of pupils who are taught together. `places`: how many arrangements the school has, `usual`:
    the place of the usual one. `most_groups` of this teacher goes before the rule's.

    Never more instruction groups than that: arrangements farthest from the usual one go along with their neighbour;
    where groups are made by level and yield (`by` "yield") the nearest of these are taken together.
    """
    standings = {pupil: standing_of(one, tiers, rule) for pupil, one in facts.items()}
    levels = {pupil: (one.dle if one.measured else None, one.line) for pupil, one in facts.items()}
    most = most_groups or rule.most_groups
    return placed(standings, levels, rule, places=places, usual=usual, most=most)


def placed(
    standings: Mapping[str, tuple[Standing | None, tuple[str, ...]]],
    levels: Mapping[str, tuple[float | None, int | None]],
    rule: Rule,
    *,
    places: int,
    usual: int,
    most: int,
) -> dict[str, Proposal]:
    """`proposals` from the standing of each pupil with its reasons, and from DLE and line: for another number of
    groups nothing else is needed."""
    by_yield = rule.by == "yield"
    allowed = range(places) if by_yield else taught(places, usual, max(1, most))
    numbers = groups_by_yield(levels, most)[1] if by_yield else {}
    found = {}
    for pupil in sorted(standings):
        standing, why = standings[pupil]
        place = usual if standing is None else min(max(usual + standing, 0), places - 1)
        found[pupil] = Proposal(_nearest(place, allowed), standing, why, numbers.get(pupil))
    return found


def standing_of(facts: PupilFacts, tiers: Tiers, rule: Rule) -> tuple[Standing | None, tuple[str, ...]]:
    """Where a pupil stands and why. A better result, level or method test never gives a lower standing."""
    if not facts.measured:
        return None, ("none",)
    standing, why = None, "none"
    if rule.by != "level" and facts.tiers and tiers.main in facts.tiers:
        standing, why = _by_goal(facts, tiers), "goal"
    elif facts.level is not None:
        standing, why = _by_level(facts.level), "level"
    if standing is None:
        return None, ("none",)
    moved: list[str] = []
    if standing is Standing.BELOW and rule.twice and not facts.below_before:
        standing = Standing.MINIMUM
        moved.append("once")
    failing = rule.method_share is not None and facts.method_of >= FEWEST_METHOD_GOALS
    if failing and facts.method_below >= (rule.method_share or 0) * facts.method_of and standing < Standing.MINIMUM:
        standing = Standing(standing + 1)
        moved.append("method")
    return standing, (why, *moved)


def _by_goal(facts: PupilFacts, tiers: Tiers) -> Standing:
    reached = facts.tiers or {}
    if any(reached.get(name) for name in tiers.higher):
        return Standing.AHEAD
    if reached.get(tiers.main or ""):
        ahead = facts.level == HIGHEST_LEVEL and not any(name in reached for name in tiers.higher)
        return Standing.AHEAD if ahead else Standing.REACHED
    lower = [name for name in tiers.lower if name in reached]
    if any(reached[name] for name in lower):
        return Standing.MINIMUM
    return Standing.BELOW if lower or facts.level == LOWEST_LEVEL else Standing.MINIMUM


def _by_level(level: int) -> Standing:
    if level == HIGHEST_LEVEL:
        return Standing.AHEAD
    if level == LOWEST_LEVEL:
        return Standing.BELOW
    return Standing.MINIMUM if level == LOWEST_LEVEL - 1 else Standing.REACHED


def taught(places: int, usual: int, most: int) -> list[int]:
    """The places of the arrangements that are taught apart, when a teacher runs at most so many groups: the usual one,
    and then by turns the nearest below (who needs more instruction goes first) and the nearest above."""
    order = sorted(range(places), key=lambda place: (abs(place - usual), place < usual))
    return sorted(order[: max(1, most)])


def _nearest(place: int, allowed: Collection[int]) -> int:
    return min(allowed, key=lambda one: (abs(one - place), one))


def groups_by_yield(
    levels: Mapping[str, tuple[float | None, int | None]], most: int
) -> tuple[tuple[InstructionGroup, ...], dict[str, int]]:
    """Instruction groups by level and expected yield, and pupil → number of its group (highest level last).

    `levels`: pupil → DLE and the place of the destination. A cell is one level (`BAND` months of DLE) and one
    destination. As long as there are more than `most`, the two nearest are taken together: first cells of one level,
    whose pace then differs within the instruction, then levels next to each other; of equals the smallest, then the
    lowest. Who has no DLE is in no group.
    """
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for pupil, (dle, line) in levels.items():
        if dle is not None:
            cells[int(dle // BAND), -1 if line is None else line].append(pupil)
    groups = [[cell] for cell in sorted(cells)]
    while len(groups) > max(1, most):
        pairs = [(a, b) for a in range(len(groups)) for b in range(a + 1, len(groups))]
        a, b = min(pairs, key=lambda pair: _apart(groups[pair[0]] + groups[pair[1]], cells))
        groups[a] = sorted(groups[a] + groups.pop(b))
    groups.sort()
    made, numbers = [], {}
    for number, group in enumerate(groups, 1):
        bands, lines = [band for band, _ in group], sorted({line for _, line in group if line >= 0})
        pupils = [pupil for cell in group for pupil in cells[cell]]
        low, high = min(bands) * BAND, (max(bands) + 1) * BAND
        made.append(InstructionGroup(number, low, high, tuple(lines), len(pupils)))
        numbers.update(dict.fromkeys(pupils, number))
    return tuple(made), numbers


def _apart(cells: Sequence[tuple[int, int]], of: Mapping[tuple[int, int], Sequence[str]]) -> tuple[Any, ...]:
    """How far cells lie apart that would go together: levels, destinations, then how many pupils and which. Who has no
    destination that can be compared lies near everyone."""
    bands, lines = [band for band, _ in cells], [line for _, line in cells if line >= 0] or [0]
    size = sum(len(of[cell]) for cell in cells)
    return max(bands) - min(bands), max(lines) - min(lines), size, sorted(cells)


def mostly_downward(moves: Sequence[tuple[int, int]]) -> bool:
    """Whether most of the choices that differ from the proposal (place proposed, place chosen) go downward: then the
    page says so. At least two must, and more than half of those that differ."""
    different = [(proposed, chosen) for proposed, chosen in moves if proposed != chosen]
    down = sum(chosen > proposed for proposed, chosen in different)
    return down >= 2 and 2 * down > len(different)
