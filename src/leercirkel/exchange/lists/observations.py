"""Observation lists of groups 1 and 2 (CSV or XLSX): domain × pupil, a stage. See docs/gebruik/observaties.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

import polars as pl

from leercirkel.core.calendar import moment_of, school_year_of
from leercirkel.core.records import dataclass
from leercirkel.exchange.lists.layout import OBSERVATIONS, Entry, doubtful
from leercirkel.exchange.lists.layout import read as read_list
from leercirkel.exchange.lists.values import Looker, is_nothing, stage
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.tables.words import moment as moment_in_words

MAX_STAGES: Final = 15
MAX_STAGE: Final = 60

TABLE: Final[dict[str, Any]] = {
    "row": pl.Int64,
    "pupil_key": pl.String,
    "school_year": pl.Int32,
    "taken_on": pl.Date,
    "moment": pl.String,
    "list": pl.String,
    "domain": pl.String,
    "stage": pl.String,
}
"""Columns and dtypes of the observations of one file."""


@dataclass(frozen=True, slots=True)
class ObservationTable:
    """The observations in one file; `frame` has the columns of `TABLE`. `school`, `eck_ids`: as in a ResultTable."""

    file: str
    frame: pl.DataFrame
    school: str = ""
    eck_ids: Mapping[str, str] = field(default_factory=dict, repr=False)


def read(data: bytes, name: str) -> tuple[ObservationTable | None, list[Problem]]:
    """The observations in a teacher's list and everything that is wrong with it; None when nothing can be read.

    A stage is kept as it is written, a number as "3". A list of more than MAX_STAGES different stages is an error: it
    holds scores, of which nobody can be counted by stage. Never raises.
    """
    found, problems = read_list(data, name, OBSERVATIONS)
    if found is None:
        return None, problems
    looker = Looker(name)
    filled = [entry for entry in found.entries if not is_nothing(entry.value)]
    rows = [row for entry in filled if (row := _row(entry, looker, sheet=found.sheet)) is not None]
    stages: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        stages[row["list"]].add(row["stage"])
    for title in sorted(title for title, used in stages.items() if len(used) > MAX_STAGES):
        message = f'Lijst "{shorten(title, 40)}" heeft {len(stages[title])} verschillende waarden; dat zijn geen fasen.'
        problems.append(Problem("error", name, "stages-too-many", message, "Vul per domein een fase in, bijvoorbeeld 1 "
                                "tot en met 5, of een woord.", None, "fase"))  # fmt: skip
        rows = [row for row in rows if row["list"] != title]
    if not rows and not any(p.severity == "error" for p in (*looker.problems, *problems)):
        problems.append(Problem("error", name, "no-rows", "Er staat geen enkele observatie in deze lijst.",
                                "Kies een gevuld bestand."))  # fmt: skip
    table = (
        ObservationTable(name, pl.DataFrame(rows, schema=TABLE, orient="row"))
        if rows and not doubtful(problems)
        else None
    )
    return table, looker.finish(problems)


def _row(entry: Entry, looker: Looker, *, sheet: bool) -> dict[str, Any] | None:
    title = looker.read("lijst", entry, lambda text: text or None, "text-too-long", "De naam van de lijst is te lang.",
                        "Schrijf de naam van de lijst.")  # fmt: skip
    taken_on = looker.day(entry, sheet=sheet)
    moment = None
    if entry.told.get("moment"):
        moment = looker.read("moment", entry, moment_in_words, "moment-unknown", "Dit moment kennen wij niet.",
                             "Schrijf B, M of E, of laat het leeg: dan volgt het uit de datum.")  # fmt: skip
    elif taken_on is not None:
        moment = moment_of(taken_on)
    if not entry.item or len(entry.item) > 200:
        looker.fault(entry, "domain-missing", "Het domein ontbreekt of is te lang.", "Vul het domein in.", "domein")
        return None
    if len(entry.value) > MAX_STAGE:
        looker.fault(entry, "stage-too-long", f"Een fase is hier langer dan {MAX_STAGE} tekens.",
                     "Vul een fase in, geen beschrijving.", entry.title)  # fmt: skip
        return None
    if title is None or taken_on is None or moment is None:
        return None
    return {
        "row": entry.row, "pupil_key": entry.pupil, "school_year": school_year_of(taken_on), "taken_on": taken_on,
        "moment": moment, "list": title, "domain": entry.item, "stage": stage(entry.value),
    }  # fmt: skip
