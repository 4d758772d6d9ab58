"""Two standards that hold for the same pupil: the report would not know which of the two to use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from leercirkel.core.records import dataclass
from leercirkel.core.standards import Standard
from leercirkel.exchange.problems import Problem, shorten


@dataclass(frozen=True, slots=True)
class Written:
    """One `[[standard]]` as the file has it: its name in messages, its line, and its moments (None: every moment)."""

    label: str
    row: int | None
    moments: tuple[str, ...] | None
    standard: Standard


def find_overlaps(written: list[Written], file: str) -> list[Problem]:
    """An error for each standard that holds for the same results as an earlier one, with the same tier name.

    Two standards meet when subject, quantity and scope are the same and moment, instrument, school year, grade,
    didactic age and own DLE can all be met by one result; a dimension that one of them leaves open meets everything.
    """
    problems = []
    seen: dict[tuple[str, str, str], list[Written]] = defaultdict(list)
    for one in written:
        earlier = seen[(one.standard.subject, one.standard.quantity, one.standard.scope)]
        names = {tier.name for tier in one.standard.tiers}
        other = next((w for w in earlier if _meet(w, one) and any(t.name in names for t in w.standard.tiers)), None)
        earlier.append(one)
        if other is None:
            continue
        tier = next(t.name for t in other.standard.tiers if t.name in names)
        message = (
            f'{one.label} en {other.label} gelden voor dezelfde leerlingen met dezelfde trede "{shorten(tier, 30)}".'
        )
        advice = "Begrens een van de twee (moment, groepen, DL, schooljaar) of geef de trede een andere naam."
        problems.append(Problem("error", file, "standards-overlap", message, advice, one.row))
    return problems


def _meet(one: Written, two: Written) -> bool:
    a, b = one.standard, two.standard
    return (
        _share(one.moments, two.moments)
        and (a.instrument is None or b.instrument is None or a.instrument == b.instrument)
        and _share(a.school_years, b.school_years)
        and _share(a.grades, b.grades)
        and (
            a.didactic_age is None
            or b.didactic_age is None
            or max(a.didactic_age[0], b.didactic_age[0]) <= min(a.didactic_age[1], b.didactic_age[1])
        )
        and (
            a.own_dle is None or b.own_dle is None or max(a.own_dle[0], b.own_dle[0]) < min(a.own_dle[1], b.own_dle[1])
        )
    )


def _share(a: Collection[object] | None, b: Collection[object] | None) -> bool:
    return a is None or b is None or any(item in b for item in a)
