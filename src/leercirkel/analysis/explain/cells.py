"""Pointing at one figure of a report: `overview[group=groep 5,subject=rekenen].tiers[basis].share`.

A part in brackets chooses one record of a list: by its place (`[3]`), by the values of its fields
(`[group=groep 5,moment=M]`), or by its name (`[basis]`). School year and moment may be left out where they are those
of the report's round. After a dict comes a key: `not_taken.ill`, `levels.III`.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping, Sequence
from typing import Any

from leercirkel.analysis.explain.formula import Record
from leercirkel.core.records import dataclass

KEYS: dict[str, tuple[str, ...]] = {
    "overview": ("group", "grade", "subject", "school_year", "moment", "instrument", "version"),
    "totals": ("subject", "school_year", "moment", "instrument", "version"),
    "grade_trend": ("grade", "didactic_age_band", "destination", "subject", "instrument", "moment"),
    "cohort_trend": (
        "group", "subject", "school_year", "from_school_year", "from", "to", "instrument", "version", "quantity",
    ),
    "growth": (
        "group", "subject", "school_year", "from_school_year", "from_moment", "to_moment", "instrument", "quantity",
    ),
    "growth_percentiles": ("group", "subject", "school_year", "moment", "instrument", "version"),
    "learning_yield": ("group", "subject", "school_year", "moment"),
    "destination_changes": ("school_year",),
    "test_advices": ("school_year",),
    "interventions": ("name", "subject"),
    "periods": ("from_school_year", "from_moment", "to_school_year", "to_moment"),
    "method_tests": ("group", "grade", "subject", "block", "goal", "school_year"),
    "observations": ("group", "grade", "list", "domain", "school_year", "moment"),
    "tiers": ("name", "scope"),
    "points": ("school_year", "moment", "version"),
    "pupils": ("name", "group", "pupil"),
    "tests": ("subject", "instrument"),
    "pools": ("school_years",),
}  # fmt: skip
"""List → the fields that single out a record in it."""

_STEP = re.compile(r"(?P<name>[^.\[\]]+)(?:\[(?P<choice>[^\]]*)\])?(?:\.|$)")
_PAIRS = re.compile(r",\s*(?=[a-z_]+\s*=)")
_MOST_NAMED = 8

ALONE = ("pool", "difference", "growth")
"""Records that are no list: there is one, or none."""

COUNTED_BY_KEY = ("not_taken", "levels", "categories", "stages", "advices")
"""Fields that hold a number of pupils per key."""


class CellError(ValueError):
    """The cell is not in this report; the message says in Dutch what is there instead."""


@dataclass(frozen=True, slots=True)
class Found:
    """One figure: where it is (in full), its value, its record (the records around it behind it), and the list and
    field under which its formula stands."""

    cell: str
    value: Any
    record: Mapping[str, Any]
    place: str
    field: str


def find(report: Record, cell: str) -> Found:
    """The figure that `cell` points at in a JSON report. Raises CellError."""
    steps = _steps(cell)
    here: Any = report
    records: list[Mapping[str, Any]] = []
    path: list[str] = []
    lists: list[str] = []
    field = ""
    for place, (name, choice) in enumerate(steps):
        if not isinstance(here, Mapping) or name not in here:
            raise CellError(_absent(here, name, lists, field, board=report.get("audience") == "board"))
        here = here[name]
        field = field if field in COUNTED_BY_KEY else name
        if isinstance(here, list) and (choice is not None or place < len(steps) - 1):
            here = _chosen(report, here, name, choice or "")
            records.append(here)
            lists.append(name)
            path.append(f"{name}[{_selector(name, here)}]")
        elif isinstance(here, Mapping) and name in ALONE:
            records.append(here)
            lists.append(name)
            path.append(name)
        else:
            path.append(name)
    if isinstance(here, Mapping | list):
        raise CellError(f"{cell} is nog geen getal; kies daarin: {_named(_fields(here))}.")
    return Found(".".join(path), here, ChainMap(*(dict(r) for r in reversed(records))), ".".join(lists), field)


def _steps(cell: str) -> list[tuple[str, str | None]]:
    steps, at = [], 0
    for hit in _STEP.finditer(cell.strip()):
        if hit.start() != at:
            break
        steps.append((hit["name"].strip(), hit["choice"]))
        at = hit.end()
    if not steps or at != len(cell.strip()):
        raise CellError(f"“{cell}” is geen vakje. Zo wel: overview[group=groep 5,subject=rekenen].tiers[basis].share")
    return steps


def _chosen(report: Record, records: Sequence[Any], name: str, choice: str) -> Any:
    if choice.strip().lstrip("-").isdigit():
        number = int(choice)
        if not 0 <= number < len(records):
            raise CellError(f"{name} heeft {len(records)} regels: kies 0 tot en met {len(records) - 1}.")
        return records[number]
    wanted = _wanted(choice, name)
    unknown = [key for key in wanted if records and key not in records[0]]
    if unknown:
        raise CellError(f"{name} heeft geen veld {', '.join(unknown)}; wel: {_named(KEYS.get(name, ()))}.")
    fits = [r for r in records if all(_text(r[key]) == value for key, value in wanted.items())]
    if not fits:  # "groep 5" for "Groep 5"
        fits = [r for r in records if all(_text(r[key]).casefold() == v.casefold() for key, v in wanted.items())]
    of_round = {"school_year": report["school_year"], "moment": report["moment"], "to": report["moment"]}
    of_round["to_moment"] = report["moment"]
    for key, value in of_round.items():
        now = [r for r in fits if r.get(key) == value]
        if len(fits) > 1 and key not in wanted and now:
            fits = now
    if len(fits) != 1:
        raise CellError(_ambiguous(name, choice, fits or _nearest(records, wanted), bool(fits)))
    return fits[0]


def _nearest(records: Sequence[Any], wanted: Mapping[str, str]) -> list[Any]:
    """The records, those that have most of what was asked for in front."""
    return sorted(records, key=lambda r: -sum(_text(r[key]).casefold() == v.casefold() for key, v in wanted.items()))


def _wanted(choice: str, name: str) -> dict[str, str]:
    if not choice.strip():
        return {}
    if "=" not in choice:
        first = KEYS.get(name, ("name",))[0]
        return {first: choice.strip()}
    pairs = (part.split("=", 1) for part in _PAIRS.split(choice))
    return {key.strip(): value.strip() for key, value in pairs}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "+".join(str(v) for v in value)
    return "" if value is None else str(value)


def _selector(name: str, record: Mapping[str, Any]) -> str:
    keys = [key for key in KEYS.get(name, ()) if record.get(key) not in (None, "")]
    return ",".join(f"{key}={_text(record[key])}" for key in keys)


def _ambiguous(name: str, choice: str, records: Sequence[Mapping[str, Any]], several: bool) -> str:
    why = "past op meer dan één regel" if several else "staat niet in dit rapport"
    shown = "".join(f"\n  {name}[{_selector(name, r)}]" for r in records[:_MOST_NAMED])
    more = f"\n  … en nog {len(records) - _MOST_NAMED}" if len(records) > _MOST_NAMED else ""
    return f"{name}[{choice}] {why}. Kies uit:{shown}{more}"


def _absent(here: Any, name: str, lists: Sequence[str], field: str, *, board: bool) -> str:
    if field in COUNTED_BY_KEY and board and not here:
        return f"{field} staat hier niet in een rapport voor het bestuur."
    if field in COUNTED_BY_KEY:
        return f"Bij {field} staat geen “{name}”: dat is geen enkele leerling. Wel: {_named(_fields(here))}."
    where = f"{lists[-1]} heeft" if lists else "Dit rapport heeft"
    return f"{where} geen “{name}”; wel: {_named(_fields(here))}."


def _fields(here: Any) -> list[str]:
    if isinstance(here, Mapping):
        return [str(key) for key in here]
    return [f"regel {i}" for i in range(len(here))] if isinstance(here, list) else []


def _named(names: Sequence[str]) -> str:
    return ", ".join(names) if names else "niets"
