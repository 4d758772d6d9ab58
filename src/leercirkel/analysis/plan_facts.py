"""What a plan for a group takes from the results: facts of each pupil for clustering, and goals counted in children.

Everything is taken from the sittings and lines of the whole school (`analysis.some_pupils.Ground`), so that each number
is the one of the school's report. Rules: `docs/domein/groepsplannen.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import narwhals as nw

from leercirkel.analysis.clustering import PupilFacts, Tiers
from leercirkel.analysis.ground import Ground
from leercirkel.analysis.sittings import COUNTED
from leercirkel.analysis.some_pupils import Round
from leercirkel.core import destinations
from leercirkel.core.calendar import MOMENTS
from leercirkel.core.didactic_age import CAP
from leercirkel.core.levels import scale_and_rank
from leercirkel.core.method_tests import MethodBounds
from leercirkel.core.reading import avi_rank
from leercirkel.core.records import dataclass
from leercirkel.core.reference import reference_rank
from leercirkel.core.standards import Quantity, Standard, Tier

MONTHS_PER_HALF_YEAR = 5

_ROW = (
    "pupil", "school_year", "moment", "instrument", "version", "grade", "dl", "destination", "score", "level",
    "level_scale", "level_rank", "dle", "dle_operator", "avi", "avi_rank", "reference_rank", "taken_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """One pupil in one subject: the newest result, what clustering goes by, and the row the goals are counted from.
    `measure` and `limit`: of the main tier that held (`limit` a label or a number, None without a norm of its own)."""

    facts: PupilFacts
    row: Mapping[str, Any]
    measure: Quantity | None
    limit: str | None


def tiers_of(standards: Iterable[Standard], subject: str, main: str | None) -> Tiers:
    """The tiers of a subject by what they ask: the smaller the share that must reach it, the higher it lies; the
    nearest to the main one first. Norms for pupils with extra support alone are left out."""
    shares: dict[str, float] = {}
    for standard in standards:
        if standard.subject == subject and standard.scope != "care":
            for tier in standard.tiers:
                shares.setdefault(tier.name, tier.target_share)
    if main not in shares:
        main = "basis" if "basis" in shares else next(iter(shares), None)
    if main is None:
        return Tiers()
    by_share = sorted(shares, key=lambda name: (abs(shares[name] - shares[main]), name))
    higher = tuple(name for name in by_share if shares[name] < shares[main])
    lower = tuple(name for name in by_share if shares[name] > shares[main])
    return Tiers(main, higher, lower)


def share_of(standards: Iterable[Standard], subject: str, tier: str) -> float:
    """The share (0-1) of the pupils that is to reach a tier; 0.75 where no standard has it."""
    for standard in standards:
        if standard.subject == subject and standard.scope != "care":
            for one in standard.tiers:
                if one.name == tier:
                    return one.target_share
    return 0.75


def known_of(ground: Ground, subject: str, until: Round) -> dict[str, Known]:
    """Pupil → what the newest result in this subject says, up to the round and less than a year old. Of several tests
    of one moment that with a norm goes first, then by name."""
    tiers = tiers_of(ground.standards, subject, ground.main_tiers.get(subject))
    rows = ground.rows.filter((nw.col("subject") == subject) & (nw.col("status") == COUNTED))
    lines: dict[tuple[Any, ...], dict[str, dict[str, Any]]] = {}
    for line in ground.engine.rows(ground.lines.filter(nw.col("subject") == subject)):
        if not line["care_line"]:
            lines.setdefault(_key(line), {})[line["tier"]] = line
    found: dict[str, list[tuple[Any, dict[str, Any]]]] = {}
    last = _order(*until)
    for row in ground.engine.rows(rows.select(*_ROW)):
        at = _order(row["school_year"], row["moment"])
        if last - len(MOMENTS) < at <= last:
            order = (at, bool(lines.get(_key(row))), _reversed(row["instrument"]))
            found.setdefault(row["pupil"], []).append((order, row))
    return {pupil: _known(of, lines, tiers) for pupil, of in found.items()}


def _reversed(name: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in name)


def _order(school_year: int, moment: str) -> int:
    return school_year * len(MOMENTS) + MOMENTS.index(moment)


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("pupil", "school_year", "moment", "instrument"))


def _known(
    found: list[tuple[Any, dict[str, Any]]], lines: Mapping[tuple[Any, ...], dict[str, dict[str, Any]]], tiers: Tiers
) -> Known:
    found.sort(key=lambda one: one[0])
    (at, *_), row = found[-1]
    before = [one for order, one in found if order[0] < at and one["instrument"] == row["instrument"]]
    of_row = lines.get(_key(row), {})
    of_before = lines.get(_key(before[-1]), {}) if before else {}
    main = of_row.get(tiers.main or "")
    destination = row["destination"]
    facts = PupilFacts(
        measured=True,
        tiers={name: bool(line["reached"]) for name, line in of_row.items()} or None,
        level=_fifth(row),
        dle=row["dle"],
        line=None if destination is None else destinations.rank(destination),
        below_before=bool(of_before) and not any(line["reached"] for line in of_before.values()),
    )
    limit = None
    if main is not None:
        own = main["threshold_low"] is None
        limit = f"{main['dl_factor'] * main['dl']:g}" if own else _written(main["threshold_low"])
    return Known(facts, row, main["measure"] if main else None, limit)


def _written(threshold: float | str) -> str:
    """A threshold as a plan keeps it: "101", "4.5", "III"."""
    try:
        return f"{float(threshold):g}"
    except ValueError:
        return str(threshold)


def _fifth(row: Mapping[str, Any]) -> int | None:
    """The level as 1 (highest) to 5 on either scale; V- counts as V, I+ as I."""
    rank = row["level_rank"]
    return None if rank is None else 6 - min(5, max(1, int(rank)))


MethodRow = tuple[int, str, str, float]
"""Pupil, block, goal and percentage right of a method test."""


def method_counts(rows: Iterable[MethodRow], bounds: MethodBounds) -> dict[int, tuple[int, int]]:
    """Pupil → goals of method tests, and those insufficient by the school's bounds. The rows come by day: when a goal
    was tested again, the last time counts."""
    last = {(pupil, block, goal): percent for pupil, block, goal, percent in rows}
    counts: dict[int, tuple[int, int]] = {}
    for (pupil, _block, _goal), percent in last.items():
        of, below = counts.get(pupil, (0, 0))
        counts[pupil] = of + 1, below + (percent < bounds.sufficient_from)
    return counts


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tier asks of one pupil at the coming round, and whether the newest result reaches that already (None: they
    cannot be compared). `threshold` None: a line of the pupil's own, by learning time."""

    quantity: Quantity
    threshold: str | None
    reached: bool | None


def asked_of(
    known: Known | None, standards: Sequence[Standard], subject: str, tier: str, towards: Round, grade: int | None
) -> Asked | None:
    """What the tier will ask of this pupil in the round `towards`, in which it is in this grade; None without a norm.

    The learning time by then is that of the newest result plus five months per half year (docs/domein/leertijd.md). A
    norm of an earlier school year holds until there is a newer one; one for the destination goes before that for all.
    """
    found = _tier_of(known, standards, subject, tier, towards, grade)
    if found is None:
        return None
    quantity, one = found
    row = known.row if known else {}
    threshold = None if one.threshold is None else _written(one.threshold)
    return Asked(quantity, threshold, _reaches(row, quantity, one, towards) if row else None)


def aim_of(
    known: Known | None, standards: Sequence[Standard], tiers: Tiers, subject: str, towards: Round, grade: int | None
) -> Asked | None:
    """What one pupil can work towards by the round `towards`: what the least demanding tier asks that is not reached
    yet. Of a line of the pupil's own the number that it is by then. None when all are reached, or without a norm."""
    for tier in (*reversed(tiers.lower), tiers.main, *tiers.higher):
        asked = asked_of(known, standards, subject, tier, towards, grade) if tier else None
        if asked is None or asked.reached or tier is None:
            continue
        threshold = asked.threshold
        if threshold is None and known is not None and (dl := _dl_at(known.row, towards)) is not None:
            held = _tier_of(known, standards, subject, tier, towards, grade)
            threshold = _written((held[1].dl_factor or 0.0) * dl) if held else None
        if threshold is not None:
            return replace(asked, threshold=threshold)
    return None


def to_practise(rows: Iterable[tuple[int, str, float]], bounds: MethodBounds, most: int) -> tuple[str, ...]:
    """The goals of method tests (pupil, goal, percentage; by day, of one pupil) that were insufficient the last time,
    those tested last first, at most so many."""
    last: dict[str, float] = {}
    for _pupil, goal, percent in rows:
        last.pop(goal, None)
        last[goal] = percent
    below = [goal for goal, percent in last.items() if goal and percent < bounds.sufficient_from]
    return tuple(reversed(below))[:most]


def _tier_of(
    known: Known | None, standards: Sequence[Standard], subject: str, tier: str, towards: Round, grade: int | None
) -> tuple[Quantity, Tier] | None:
    row = known.row if known else {}
    best: tuple[tuple[bool, int], Quantity, Tier] | None = None
    for standard in standards:
        if standard.subject != subject or standard.scope == "care" or not _fits(standard, row, towards, grade):
            continue
        for one in standard.tiers:
            rank = standard.destination is not None, max(standard.school_years or (0,))
            if one.name == tier and (best is None or rank >= best[0]):
                best = rank, standard.quantity, one
    return None if best is None else best[1:]


def _fits(standard: Standard, row: Mapping[str, Any], towards: Round, grade: int | None) -> bool:
    year, moment = towards
    years, own = standard.school_years, standard.own_dle
    return (
        standard.moment in (None, moment)
        and (years is None or min(years) <= year)
        and (standard.grades is None or grade in standard.grades)
        and (not row or standard.instrument in (None, row["instrument"]))
        and (standard.destination is None or standard.destination == row.get("destination"))
        and (own is None or own[0] <= (row.get("dle") or 0.0) < own[1])
        and (standard.didactic_age is None or _within(standard.didactic_age, row, towards))
    )


def _dl_at(row: Mapping[str, Any], towards: Round) -> int | None:
    if row.get("dl") is None:
        return None
    halves: int = 2 * (towards[0] - row["school_year"]) + (towards[1] == "E") - (row["moment"] == "E")
    months: int = int(row["dl"]) + MONTHS_PER_HALF_YEAR * max(0, halves)
    return min(CAP, months)


def _within(ages: tuple[int, int], row: Mapping[str, Any], towards: Round) -> bool:
    dl = _dl_at(row, towards) if row else None
    return dl is not None and ages[0] <= dl <= ages[1]


def _reaches(row: Mapping[str, Any], quantity: Quantity, tier: Tier, towards: Round) -> bool | None:
    if quantity in ("score", "dle"):
        dl = _dl_at(row, towards)
        if tier.threshold is None and (dl is None or tier.dl_factor is None):
            return None
        limit = float(tier.threshold) if tier.threshold is not None else (tier.dl_factor or 0.0) * (dl or 0)
        value, operator = row[quantity], row["dle_operator"] if quantity == "dle" else "="
        if value is None or (operator == ">" and value < limit) or (operator == "<" and value > limit):
            return None
        return bool(value >= limit) and operator != "<"
    label = str(tier.threshold)
    if quantity == "level":
        scale, rank = scale_and_rank(label)
        return None if row["level_scale"] != scale else bool(row["level_rank"] >= rank)
    value = row["avi_rank"] if quantity == "avi" else row["reference_rank"]
    wanted = avi_rank(label) if quantity == "avi" else reference_rank(label)
    return None if value is None else bool(value >= wanted)
