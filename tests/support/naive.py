"""The analyses once more, written as plainly as possible: loops over dictionaries, no frames. Only for comparison."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import fmean, stdev
from typing import Any

Row = dict[str, Any]


def seat_on(enrolments: list[Row], pupil: str, year: int) -> Row | None:
    """The only enrolment of a pupil in a year (the naive school has no moves within a year)."""
    return next((e for e in enrolments if e["pupil"] == pupil and e["school_year"] == year), None)


def overview(results: list[Row], enrolments: list[Row], threshold: float, target: float) -> dict[Any, Row]:
    """Per (year, group): expected, counted, missing, ill, mean, sd, reached — one subject and moment, no retakes."""
    tests: dict[Any, dict[str, Row]] = defaultdict(dict)
    for result in results:
        seat = seat_on(enrolments, result["pupil"], result["school_year"])
        if seat is not None:
            tests[result["school_year"], seat["group"]][result["pupil"]] = result
    out = {}
    for (year, group), taken in tests.items():
        seated = [e for e in enrolments if e["school_year"] == year and e["group"] == group]
        scores = [r["score"] for r in taken.values() if r.get("not_taken") is None]
        days = [r["taken_on"] for r in taken.values() if r.get("not_taken") is None]
        expected = set(taken)
        if scores:
            window = [e for e in seated if e["from"] <= max(days) and e["until"] >= min(days)]
            if 2 * len(scores) >= len(window):
                expected |= {e["pupil"] for e in window if e["grade"] > 2}
        reasons = Counter(r["not_taken"] for r in taken.values() if r.get("not_taken"))
        out[year, group] = {
            "expected": len(expected),
            "counted": len(scores),
            "missing": len(expected) - len(scores) - sum(reasons.values()),
            "not_taken": dict(reasons),
            "mean": fmean(scores) if scores else None,
            "sd": stdev(scores) if len(scores) > 1 else None,
            "reached": sum(s >= threshold for s in scores),
            "goal": next(k for k in range(len(scores) + 1) if k >= target * len(scores) - 1e-9) if scores else None,
        }
    return out


def cohorts(results: list[Row], enrolments: list[Row], *, special: bool = False) -> dict[Any, Row]:
    """Per (year, group): the decomposition against the same moment a year earlier, by the definition in words.

    `special`: a former group goes on as one, whatever the grades in it."""
    scored = [r for r in results if r.get("not_taken") is None and seat_on(enrolments, r["pupil"], r["school_year"])]
    value = {(r["pupil"], r["school_year"]): r["score"] for r in scored}
    seats = {(e["pupil"], e["school_year"]): e for e in enrolments}
    out = {}
    for year, group in {(e["school_year"], e["group"]) for e in enrolments}:
        here = [e for e in enrolments if e["school_year"] == year and e["group"] == group]
        now = {e["pupil"]: value[e["pupil"], year] for e in here if (e["pupil"], year) in value}
        grades = {e["grade"] for e in here}
        peers = {e["group"] for e in enrolments if e["school_year"] == year and e["grade"] in grades}
        if len(grades) == 1 and len(peers) == 1:
            before = _grade_below(value, seats, year, next(iter(grades)))
        else:
            before = _wherever_they_sat(value, seats, year, group, now, special)
        tested = {e["grade"] for e in here if e["pupil"] in now}
        untested = {e["pupil"] for e in here if e["grade"] not in tested}
        if not special and not (len(grades) == 1 and len(peers) == 1):
            gone = before.keys() - {e["pupil"] for e in here}
            untested |= {p for p in gone if seats[p, year - 1]["grade"] + 1 not in tested}
        before = {p: v for p, v in before.items() if p not in untested}
        if now and before:
            out[year, group] = _decomposed(now, before)
    return out


def _grade_below(value: Any, seats: Any, year: int, grade: int) -> dict[str, float]:
    return {p: v for (p, y), v in value.items() if y == year - 1 and seats[p, y]["grade"] == grade - 1}


def _wherever_they_sat(value: Any, seats: Any, year: int, group: str, now: Any, special: bool) -> dict[str, float]:
    before = {p: value[p, year - 1] for p in now if (p, year - 1) in value}
    for (pupil, when), score in value.items():
        seat = seats[pupil, when]
        if when != year - 1 or seat["grade"] == 8:
            continue
        above = {e["group"] for (_, y), e in seats.items() if y == year and e["grade"] == seat["grade"] + 1}
        sole = [
            g for g in above if {e["grade"] for (_, y), e in seats.items() if y == year and e["group"] == g}
            == {seat["grade"] + 1} and len(above) == 1
        ]  # fmt: skip
        if not sole and _successor(seats, seat, year, special) == group:
            before[pupil] = score
    return before


def _successor(seats: Any, seat: Row, year: int, special: bool) -> str | None:
    """Where most of those who sat there with this pupil (in a special school: of the group) sit a year later."""
    went = Counter(
        seats[p, year]["group"]
        for (p, y), e in seats.items()
        if y == year - 1 and e["group"] == seat["group"] and (p, year) in seats
        and (special or e["grade"] == seat["grade"])
    )  # fmt: skip
    return max(went, key=lambda g: (went[g], g)) if went else None


def _decomposed(now: dict[str, float], before: dict[str, float]) -> Row:
    stayers = now.keys() & before.keys()
    row: Row = {
        "stayers": len(stayers), "joiners": len(now) - len(stayers), "leavers": len(before) - len(stayers),
        "total": fmean(now.values()) - fmean(before.values()), "growth": None,
    }  # fmt: skip
    if stayers:
        s1, s0 = fmean(now[p] for p in stayers), fmean(before[p] for p in stayers)
        row |= {"growth": s1 - s0, "joiner": fmean(now.values()) - s1, "leaver": fmean(before.values()) - s0}
    return row
