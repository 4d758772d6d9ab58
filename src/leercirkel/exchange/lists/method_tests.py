"""Method tests (CSV or XLSX): goal × pupil, percentage right. The layout is in docs/gebruik/methodetoetsen.md."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

import polars as pl

from leercirkel.core import subjects
from leercirkel.core.calendar import school_year_of
from leercirkel.core.records import dataclass
from leercirkel.exchange.lists.layout import METHOD_TESTS, Entry, doubtful
from leercirkel.exchange.lists.layout import read as read_list
from leercirkel.exchange.lists.values import Looker, is_nothing, is_plain_number, percent
from leercirkel.exchange.problems import Problem

TABLE: Final[dict[str, Any]] = {
    "row": pl.Int64,
    "pupil_key": pl.String,
    "school_year": pl.Int32,
    "taken_on": pl.Date,
    "subject": pl.String,
    "block": pl.String,
    "goal": pl.String,
    "percent": pl.Float64,
}
"""Columns and dtypes of the method tests of one file."""


@dataclass(frozen=True, slots=True)
class MethodTable:
    """The method tests in one file; `frame` has the columns of `TABLE`. `school` and `eck_ids`: as in a ResultTable."""

    file: str
    frame: pl.DataFrame
    school: str = ""
    eck_ids: Mapping[str, str] = field(default_factory=dict, repr=False)


def read(data: bytes, name: str) -> tuple[MethodTable | None, list[Problem]]:
    """The method tests in a teacher's list and everything that is wrong with it; None when nothing can be read.

    A cell that says that the test was not taken is no row. In a workbook a cell of 85% holds 0.85: when no number of
    the file is above 1, they are read as parts of 1, with a notice. Never raises.
    """
    found, problems = read_list(data, name, METHOD_TESTS)
    if found is None:
        return None, problems
    looker = Looker(name)
    filled = [entry for entry in found.entries if not is_nothing(entry.value)]
    plain = [value for entry in filled if is_plain_number(entry.value) and (value := percent(entry.value)) is not None]
    fractions = found.sheet and bool(plain) and max(plain) <= 1 and any(0 < value < 1 for value in plain)
    if fractions:
        message = "De percentages staan als deel van 1 in het bestand (0,85 is 85%); zo zijn zij gelezen."
        problems.append(Problem("notice", name, "fractions", message, "U hoeft niets te doen.", filled[0].row))
    rows = [row for entry in filled if (row := _row(entry, looker, sheet=found.sheet, fractions=fractions)) is not None]
    if not rows and not any(p.severity == "error" for p in looker.problems):
        problems.append(Problem("error", name, "no-rows", "Er staat geen enkele uitslag in deze lijst.",
                                "Kies een gevuld bestand."))  # fmt: skip
    table = (
        MethodTable(name, pl.DataFrame(rows, schema=TABLE, orient="row")) if rows and not doubtful(problems) else None
    )
    return table, looker.finish(problems)


def _row(entry: Entry, looker: Looker, *, sheet: bool, fractions: bool) -> dict[str, Any] | None:
    subject = looker.read("vak", entry, subject_of, "subject-unknown", "Dit is geen naam van een vak.",
                          "Schrijf het vak, bijvoorbeeld rekenen of spelling.")  # fmt: skip
    block = looker.read("blok", entry, lambda text: text or None, "text-too-long", "Dit is te lang voor een blok.",
                        "Schrijf het blok, bijvoorbeeld: blok 3")  # fmt: skip
    taken_on = looker.day(entry, sheet=sheet)
    value = percent(entry.value)
    if value is not None and fractions and is_plain_number(entry.value):
        value = round(100 * value, 6)  # 0.57 is 57%, not 56.99999999999999%
    if not entry.item or len(entry.item) > 200:
        looker.fault(entry, "goal-missing", "Het doel ontbreekt of is te lang.", "Vul het doel in.", "doel")
        return None
    if value is None:
        looker.fault(entry, "number-unreadable", "Dit is geen percentage.", "Schrijf 85, 85% of 17/20; laat de cel "
                     "leeg als de toets niet is gemaakt.", entry.title, entry.value)  # fmt: skip
    elif value > 100:
        looker.fault(entry, "percent-implausible", "Een percentage goed ligt tussen 0 en 100.", "Schrijf punten als "
                     "17/20.", entry.title, entry.value)  # fmt: skip
    if subject is None or block is None or taken_on is None or value is None or value > 100:
        return None
    return {
        "row": entry.row, "pupil_key": entry.pupil, "school_year": school_year_of(taken_on), "taken_on": taken_on,
        "subject": subject, "block": block, "goal": entry.item, "percent": value,
    }  # fmt: skip


def subject_of(text: str) -> str | None:
    """The code of a subject; a subject that is not ours ("Taal", "Wereldoriëntatie") keeps its own name as a code."""
    known = subjects.parse(text)
    if known is not None:
        return known
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60]
    return code if subjects.CODE.fullmatch(code) else None
