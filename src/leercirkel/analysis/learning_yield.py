"""Learning yield (leerrendement): DLE ÷ DL, per pupil and subject, and large differences between subjects.

The noise rule and the limit for a large difference are those of `core.learning_yield`; a censored DLE has no place in
a median of yields. DLEs of different instruments are never compared. See `docs/domein/leertijd.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

import narwhals as nw

from leercirkel.analysis.frames import Engine
from leercirkel.analysis.model import GroupYield
from leercirkel.analysis.sittings import COUNTED, Lazy
from leercirkel.core.calendar import school_year_label
from leercirkel.core.dle import Dle
from leercirkel.core.learning_yield import learning_yield, subject_differences


@dataclass(frozen=True, slots=True)
class PupilYield:
    """One pupil at one moment: subject → DLE and yield. `value` is None below DL 10, without DL or when censored."""

    pupil: str
    group: str
    school_year: int
    moment: str
    subject: str
    instrument: str
    dle: float
    censored: bool
    dl: int | None
    value: float | None
    withheld: Literal["no_dl", "dl_below_10"] | None
    differs_from: tuple[str, ...]  # other subjects on the same instrument, beyond noise


def pupil_yields(engine: Engine, rows: Lazy) -> list[PupilYield]:
    """The yield of every pupil with a DLE; in no particular order."""
    known = rows.filter((nw.col("status") == COUNTED) & ~nw.col("dle").is_null())
    columns = ("pupil", "group", "school_year", "moment", "subject", "instrument", "dle", "dle_operator", "dl")
    together: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in engine.rows(known.select(*columns)):
        together[row["pupil"], row["school_year"], row["moment"], row["instrument"]].append(row)
    return [yield_ for members in together.values() for yield_ in _pupil(members)]


def _pupil(members: list[dict[str, Any]]) -> list[PupilYield]:
    dles = {row["subject"]: Dle(row["dle"], row["dle_operator"]) for row in members}
    differs: dict[str, list[str]] = defaultdict(list)
    for difference in subject_differences(dles):
        differs[difference.higher].append(difference.lower)
        differs[difference.lower].append(difference.higher)
    out = []
    for row in members:
        dle = dles[row["subject"]]
        found = learning_yield(dle, row["dl"])
        out.append(
            PupilYield(
                row["pupil"],
                row["group"],
                row["school_year"],
                row["moment"],
                row["subject"],
                row["instrument"],
                row["dle"],
                dle.censored,
                row["dl"],
                None if dle.censored else found.value,
                found.withheld,
                tuple(sorted(differs[row["subject"]])),
            )
        )
    return out


def group_yields(pupils: Iterable[PupilYield]) -> tuple[GroupYield, ...]:
    """Yields by group, moment and subject: the median, and who is left out and why; sorted."""
    groups: dict[tuple[int, str, str, str], list[PupilYield]] = defaultdict(list)
    for p in pupils:
        groups[p.school_year, p.group, p.subject, p.moment].append(p)
    return tuple(_group(key, members) for key, members in sorted(groups.items()))


def _group(key: tuple[int, str, str, str], members: list[PupilYield]) -> GroupYield:
    school_year, group, subject, moment = key
    values = [p.value for p in members if p.value is not None]
    return GroupYield(
        group=group,
        school_year=school_year_label(school_year),
        moment=moment,
        subject=subject,
        counted=len(values),
        median=median(values) if values else None,
        dl_below_10=sum(p.withheld == "dl_below_10" and not p.censored for p in members),
        without_dl=sum(p.withheld == "no_dl" and not p.censored for p in members),
        censored=sum(p.censored for p in members),
        uneven_pupils=sum(bool(p.differs_from) for p in members),
    )
