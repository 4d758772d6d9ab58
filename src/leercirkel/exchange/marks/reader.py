"""Pupil marks (CSV or XLSX) → the marks frame of the analyses. The format is described in docs/gebruik/kenmerken.md."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Literal

import polars as pl

from leercirkel.core import destinations
from leercirkel.core.care import MARKED
from leercirkel.core.records import dataclass
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.small_tables import Line, SmallTable, limited, read_lines
from leercirkel.exchange.tables.words import day
from leercirkel.exchange.toml_tables import one_of, suggestion

SCHEMA: dict[str, Any] = {
    "school": pl.String,
    "pupil": pl.String,
    "from": pl.Date,
    "until": pl.Date,
    "destination": pl.String,
    "care": pl.Boolean,
}
"""`analysis.frames.MARKS` in the dtypes of Polars."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "leerlingnummer": ("leerling nr", "leerlingnr", "ll nummer", "leerlingcode"),
    "vanaf": ("van", "begindatum", "ingangsdatum", "datum vanaf"),
    "tot": ("tot en met", "t/m", "einddatum", "datum tot"),
    "bestemming": ("uitstroombestemming", "uitstroomprofiel"),
    "zorg": ("opp", "zorgleerling", "zorgkenmerk"),
    "reden": ("onderbouwing", "motivatie", "toelichting"),
}
YES = {"ja", "j", "yes", "true", "waar", "1", "x"}
NO = {"nee", "n", "no", "false", "onwaar", "0"}
UNDECIDED = {"nog niet te bepalen", "nog niet bepaald", "onbekend", "geen", "-"}
ANY_KIND = "ja"
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)

Attribute = Literal["destination", "care"]
NAMES: dict[Attribute, str] = {"destination": "bestemmingen", "care": "zorgkenmerken"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: from `since` until `until` (included; None: still holds) the pupil has this destination or care mark.

    `care`: the kinds of support (`core.care.MARKED`), "ja" for one that is not named; empty: none.
    """

    row: int
    pupil: str
    since: date
    until: date | None
    destination: str | None
    care: frozenset[str] | None


def read(
    data: bytes, name: str, school: str, care_kinds: Collection[str] | None = None
) -> tuple[pl.DataFrame | None, list[Problem]]:
    """The marks frame (exactly `analysis.frames.MARKS`), sorted by pupil and date, and everything wrong with the file.

    An empty cell says nothing about that mark. A mark without end holds until the next row that gives the pupil
    another one, so per pupil no day has two destinations. `care_kinds`: the kinds of support by which a pupil is a care
    pupil (None: every kind); "ja" always is one. A row with an error is left out; None when nothing could be
    read. Never raises.
    """
    table, problems = read_table(data, name)
    if table is None:
        return None, problems
    frame = frame_of(lines_of(table, name, problems), school, care_kinds, name, problems)
    return (None if frame.is_empty() else frame), limited(sorted(problems, key=lambda p: p.row or 0), name)


def read_table(data: bytes, name: str) -> tuple[SmallTable | None, list[Problem]]:
    """The rows of a file with the columns that a list of marks has; None when it has not."""
    table, problems = read_lines(data, name, COLUMNS, ("leerlingnummer", "vanaf"))
    if table is not None and not {"bestemming", "zorg"} & set(table.lines[0].cells):
        message = "Er is geen kolom bestemming en geen kolom zorg."
        problems.append(
            Problem("error", name, "column-missing", message, "Voeg een van de twee toe.", None, "bestemming")
        )
        return None, problems
    return table, problems


def lines_of(table: SmallTable, name: str, problems: list[Problem]) -> list[Mark]:
    """The marks of a file as they stand in it, in its order; what is wrong is added to `problems`."""
    return [m for line in table.lines if (m := _mark(line, name, table.sheet, problems)) is not None]


def frame_of(
    marks: Iterable[Mark],
    school: str,
    care_kinds: Collection[str] | None = None,
    name: str = "",
    problems: list[Problem] | None = None,
) -> pl.DataFrame:
    """The marks frame of these marks, each ended where the next of its kind begins; empty when there are none.

    `care_kinds` as in `read`. A mark that contradicts one before it is left out, and told of in `problems`.
    """
    return framed(closed(marks, name, problems), school, care_kinds)


def framed(marks: Iterable[Mark], school: str, care_kinds: Collection[str] | None = None) -> pl.DataFrame:
    """The marks frame of marks that `closed` gave; `care_kinds` as in `read`."""
    columns = [(school, m.pupil, m.since, m.until, m.destination, _counts(m.care, care_kinds)) for m in marks]
    return pl.DataFrame(columns, schema=SCHEMA, orient="row").sort("pupil", "from", "destination", "until")


def closed(marks: Iterable[Mark], name: str = "", problems: list[Problem] | None = None) -> list[Mark]:
    """The marks by pupil and day, each ended the day before the next of its kind; a row that says two things with
    different ends is two. One that contradicts one before it is left out, and told of in `problems`."""
    told = [] if problems is None else problems
    return [mark for pupil in _by_pupil(marks).values() for mark in _closed(pupil, name, told)]


def _counts(care: frozenset[str] | None, care_kinds: Collection[str] | None) -> bool | None:
    """Whether these kinds of support make a care pupil; None when the row says nothing of it."""
    if care is None or care_kinds is None:
        return None if care is None else bool(care)
    return ANY_KIND in care or not care.isdisjoint(care_kinds)


def _mark(line: Line, name: str, sheet: bool, problems: list[Problem]) -> Mark | None:
    before = len(problems)

    def error(code: str, message: str, advice: str, field: str) -> None:
        problems.append(Problem("error", name, code, message, advice, line.number, field, shorten(line.cells[field])))

    def read_day(field: str) -> date | None:
        text = line.cells.get(field, "")
        found = day(text, sheet=sheet) if 0 < len(text) <= 40 else None
        if text and (found is None or not FIRST_DAY <= found <= LAST_DAY):
            error("date-unreadable", "De datum is niet te lezen of kan niet kloppen.", "Schrijf 01-08-2025.", field)
            return None
        return found

    pupil = line.cells["leerlingnummer"]
    if not pupil or len(pupil) > 256:
        error("pupil-missing", "Het leerlingnummer ontbreekt.", "Neem het nummer over uit uw administratie.",
              "leerlingnummer")  # fmt: skip
    since, until = read_day("vanaf"), read_day("tot")
    if not line.cells["vanaf"]:
        error("date-missing", "De datum vanaf ontbreekt.", "Vul in vanaf welke dag dit geldt.", "vanaf")
    if since and until and until < since:
        error("dates-reversed", "De datum tot ligt voor de datum vanaf.", "Verwissel de twee of haal tot weg.", "tot")
    destination = _destination(line, error)
    if destination and line.cells.get("reden") == "":
        message = "Bij deze bestemming staat geen reden."
        problems.append(Problem("warning", name, "reason-missing", message, "Vul in waarop de bestemming rust; de "
                                "tekst zelf wordt niet gelezen.", line.number, "reden"))  # fmt: skip
    care = _care(line, error)
    if any(p.severity == "error" for p in problems[before:]) or since is None:
        return None
    if destination is None and care is None:
        message = "Deze rij zegt niets: bestemming en zorg zijn leeg."
        problems.append(Problem("notice", name, "mark-empty", message, "Vul een van de twee in of haal de rij weg.",
                                line.number))  # fmt: skip
        return None
    return Mark(line.number, pupil, since, until, destination, care)


def _destination(line: Line, error: Any) -> str | None:
    text = line.cells.get("bestemming", "")
    if not text or text.casefold() in UNDECIDED:
        return None
    code = destinations.parse(text) if len(text) <= 100 else None
    if code is None:
        guess = suggestion(text, [d.casefold() for d in destinations.DESTINATIONS])
        advice = f'Bedoelde u "{guess.upper()}"?' if guess else f"Kies één van {one_of(destinations.DESTINATIONS)}."
        error("destination-unknown", "Deze bestemming is onbekend.", advice, "bestemming")
    return code


def care_of(text: str) -> frozenset[str] | None:
    """The kinds of support in a cell that was read before ("opp+ihp"; "nee": none); None when it is empty."""
    words = _words(text)
    if not words:
        return None
    if len(words) == 1 and words[0] in NO:
        return frozenset()
    return frozenset(ANY_KIND if w in YES else w for w in words)


def care_text(care: frozenset[str] | None) -> str:
    """The kinds of support as `care_of` reads them back."""
    return "" if care is None else "+".join(sorted(care)) or "nee"


def _words(text: str) -> list[str]:
    return [w for w in re.split(r"[,+;/&\s]+", text[:100].casefold()) if w]


def _care(line: Line, error: Any) -> frozenset[str] | None:
    words = _words(line.cells.get("zorg", ""))
    unknown = any(w not in YES and w not in MARKED for w in words)
    if unknown and not (len(words) == 1 and words[0] in NO):
        advice = f'Vul "ja" of "nee" in, of welke ondersteuning: {one_of(MARKED)} (meer met een plus: opp+ihp).'
        error("care-unknown", "Bij zorg hoort ja, nee of een soort ondersteuning.", advice, "zorg")
        return None
    return care_of(line.cells.get("zorg", ""))


def _by_pupil(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda m: (m.pupil, m.since, m.row)):
        found[mark.pupil].append(mark)
    return found


def _closed(marks: list[Mark], name: str, problems: list[Problem]) -> list[Mark]:
    """The marks of one pupil, sorted, each ended the day before the next of its kind; split where the ends differ."""
    ends = {kind: _ends(marks, kind, name, problems) for kind in NAMES}
    out = []
    for mark in marks:
        has_destination, has_care = mark.row in ends["destination"], mark.row in ends["care"]
        if has_destination and has_care and ends["destination"][mark.row] != ends["care"][mark.row]:
            out.append(replace(mark, until=ends["destination"][mark.row], care=None))
            out.append(replace(mark, until=ends["care"][mark.row], destination=None))
        elif has_destination or has_care:
            until = ends["destination" if has_destination else "care"][mark.row]
            destination = mark.destination if has_destination else None
            out.append(replace(mark, until=until, destination=destination, care=mark.care if has_care else None))
    return out


def _ends(marks: list[Mark], kind: Attribute, name: str, problems: list[Problem]) -> dict[int, date | None]:
    """Row → last day of this kind of mark; a row that contradicts the one before it is an error and left out."""
    ends: dict[int, date | None] = {}
    kept: list[Mark] = []
    for mark in marks:
        value = getattr(mark, kind)
        if value is None:
            continue
        before = kept[-1] if kept else None
        clash = before is not None and getattr(before, kind) != value and (
            before.since == mark.since or (before.until is not None and before.until >= mark.since)
        )  # fmt: skip
        if before is not None and clash:
            who, on = shorten(mark.pupil, 20), f"{mark.since:%d-%m-%Y}"
            message = f"Leerling {who} heeft op {on} twee {NAMES[kind]} (zie ook rij {before.row})."
            problems.append(Problem("error", name, "marks-overlap", message, "Kijk de datums van de twee rijen na.",
                                    mark.row, "vanaf"))  # fmt: skip
            continue
        kept.append(mark)
        ends[mark.row] = mark.until
    for one, two in pairwise(kept):
        if one.until is None and one.since < two.since:
            ends[one.row] = two.since - timedelta(days=1)
    return ends
