"""Result tables in: bytes to typed rows and every problem at once. No input raises or hangs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import field

import polars as pl

from leercirkel.core.records import dataclass
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.exchange.tables import checks, parse, wide
from leercirkel.exchange.tables.cells import DEFAULT_LIMITS, Limits, refusal
from leercirkel.exchange.tables.guess import canonical, propose
from leercirkel.exchange.tables.headers import RESULT_FIELDS
from leercirkel.exchange.tables.layout import Sheet, open_sheet, repeated
from leercirkel.exchange.tables.mapping import Mapping

_ROSTER = re.compile(rb"<\s*(?:[\w.\-]{1,60}:)?(?:EDEX|leerlinggegevens(?:_antwoord)?)[\s/>]", re.IGNORECASE)

_TOGETHER = 100_000
"""Rows that go through together, about: more of them only take memory."""


@dataclass(frozen=True, slots=True)
class ResultTable:
    """The results in one file that can be used: `frame` has the columns and dtypes of `parse.TABLE`.

    `row` is the row as the user's program shows it, the first row of the file being 1. A row with an error is not here;
    a value that could not be used is null. `not_taken` holds a code of core.expected, `dle` months with its operator.
    `school`: BRIN and location when the file says of which school it is. `eck_ids`: pupil key → ECK iD where the file
    gives both; only for finding the pupil, never shown.
    """

    file: str
    frame: pl.DataFrame
    school: str = ""
    eck_ids: Dict[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of which every column is understood: `raw` has its cells as text under the names of fields.

    `problems`: what is wrong with it so far, not yet with its rows. `sheet`: see cells.Cells.
    """

    file: str
    mapping: Mapping
    sheet: bool
    raw: pl.DataFrame
    problems: list[Problem]


def read(
    data: bytes, name: str, mapping: Mapping | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[ResultTable | None, list[Problem]]:
    """The results in a CSV or XLSX file and all its problems; None when the file as a whole cannot be read.

    Without `mapping` the header must be our own, or one of which every needed column is recognised without doubt;
    a notice then tells how the columns were read.
    """
    opened, problems = open_results(data, name, mapping, limits)
    return (None, problems) if opened is None else read_rows([opened], limits)[0]


def open_results(
    data: bytes, name: str, mapping: Mapping | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[Opened | None, list[Problem]]:
    """The first half of `read`: a file as far as its columns, or None with all that is wrong with it."""
    sheet, problems = opened_sheet(data, name, mapping, limits)
    if sheet is None:
        return None, problems
    return open_rows(sheet, problems, name, mapping, limits)


def opened_sheet(
    data: bytes, name: str, mapping: Mapping | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[Sheet | None, list[Problem]]:
    """The table in a file before anything in it has a meaning, or None with the one reason."""
    head = data[:8192].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<") and _ROSTER.search(head):
        return None, refusal(
            name, "roster-as-results", "Dit is een leerlingenlijst (EDEXML), geen bestand met resultaten.",
            "Geef dit bestand mee bij de leerlingenlijsten: --rosters.",
        )  # fmt: skip
    known = [*mapping.columns.values(), *(c.header for c in mapping.wide)] if mapping else []
    return open_sheet(data, name, known, limits)


def open_rows(
    sheet: Sheet, problems: list[Problem], name: str, mapping: Mapping | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[Opened | None, list[Problem]]:
    """As `open_results`, of a table that was opened with these problems."""
    if mapping is None:
        mapping, told = _own_mapping(sheet, name)
    else:
        told = _fits(sheet, mapping, name)
        if not mapping.files and has_errors(told) and canonical(sheet) is not None:
            mapping, told = _own_mapping(sheet, name)  # a mapping meant for other files among these
    problems = problems + told
    if mapping is None or has_errors(told):
        return None, problems
    raw = wide.folded(parse.translated(wide.long_rows(sheet, mapping), mapping))
    if raw.height * len(parse.TABLE) > 3 * limits.cells:
        advice = "Maak een export per schooljaar."
        return None, problems + refusal(name, "too-many-cells", "Deze tabel bevat te veel resultaten.", advice)
    return Opened(name, mapping, sheet.sheet, raw, problems), []


def read_rows(opened: Sequence[Opened], limits: Limits = DEFAULT_LIMITS) -> list[tuple[ResultTable, list[Problem]]]:
    """The second half of `read`: the results of each of these files and all its problems, in the order given.

    Files that write dates and numbers alike go through together: a query costs more than the rows in it.
    """
    alike: dict[tuple[bool, str | None, str | None, int], list[int]] = {}
    rows: dict[tuple[bool, str | None, str | None], int] = defaultdict(int)
    for place, one in enumerate(opened):
        way = (one.sheet, one.mapping.date_format, one.mapping.decimal)
        rows[way] += one.raw.height
        alike.setdefault((*way, rows[way] // _TOGETHER), []).append(place)
    read: dict[int, tuple[ResultTable, list[Problem]]] = {}
    for places in alike.values():
        read.update(zip(places, _together([opened[place] for place in places], limits), strict=True))
    return [read[place] for place in range(len(opened))]


def _together(opened: Sequence[Opened], limits: Limits) -> Iterator[tuple[ResultTable, list[Problem]]]:
    first = opened[0]
    form, decimal = first.mapping.date_format, first.mapping.decimal
    raw = pl.concat([one.raw for one in opened], how="diagonal") if len(opened) > 1 else first.raw
    made = parse.typed(raw, form, decimal, sheet=first.sheet)
    parts = [checks.Part(one.file, one.mapping, one.raw.height) for one in opened]
    counted, outcome = checks.run(made, parts, form, limits.cell)
    frame = parse.finished(counted)
    start = 0
    for one, (height, faults) in zip(opened, outcome, strict=True):
        yield ResultTable(one.file, frame.slice(start, height)), one.problems + faults
        start += height


def _own_mapping(sheet: Sheet, name: str) -> tuple[Mapping | None, list[Problem]]:
    own = canonical(sheet)
    if own is not None:
        return own, _fits(sheet, own, name)
    proposal = propose(sheet)
    if proposal.doubts:
        return None, [Problem(
            "error", name, "mapping-needed", "Wij weten niet zeker wat de kolommen van dit bestand betekenen: "
            + " ".join(proposal.doubts), "Maak een mapping met: leercirkel mapping guess BESTAND. Kijk hem na en geef "
            "hem mee met --mapping.", sheet.header_row,
        )]  # fmt: skip
    unfit = _fits(sheet, proposal.mapping, name)
    if unfit:
        return None, unfit
    told = "De kolommen zijn zo gelezen: " + " ".join(proposal.explanation)
    advice = "Klopt dit niet, maak dan een mapping met: leercirkel mapping guess BESTAND."
    return proposal.mapping, [Problem("notice", name, "columns-recognised", told, advice, sheet.header_row)]


def _fits(sheet: Sheet, mapping: Mapping, name: str) -> list[Problem]:
    """What keeps a mapping from being used on this file."""
    row = sheet.header_row
    problems = [
        Problem("error", name, "column-missing", f"De kolom “{header}” staat niet in dit bestand.",
                "Verbeter de kop in de mapping, of gebruik de mapping die bij deze bron hoort.", row, header)
        for header in mapping.columns.values() if not sheet.column(header)
    ]  # fmt: skip
    absent = [c.header for c in mapping.wide if not sheet.column(c.header)]
    if absent and len(absent) == len(mapping.wide):
        problems.append(Problem(
            "error", name, "column-missing", "Geen van de resultaatkolommen uit de mapping staat in dit bestand.",
            "Gebruik de mapping die bij deze bron hoort.", row, absent[0],
        ))  # fmt: skip
    else:
        problems += [
            Problem("warning", name, "column-missing", f"De kolom “{header}” staat niet in dit bestand.",
                    "Is deze toets niet gemaakt, dan hoeft u niets te doen.", row, header) for header in absent
        ]  # fmt: skip
    problems += [
        Problem("error", name, "header-twice", f"De kop “{header}” staat boven meer dan één kolom.",
                "Geef elke kolom een eigen kop.", row, header)
        for header in repeated(sheet, [*mapping.columns.values(), *(c.header for c in mapping.wide)])
    ]  # fmt: skip
    problems += [
        Problem("error", name, "wide-twice", f"De kolom “{c.header}” vult hetzelfde veld van dezelfde toets als een "
                "andere kolom.", "Geef ze in de mapping een ander moment, schooljaar of veld.", row, c.header)
        for c in wide.twice(mapping)
    ]  # fmt: skip
    return problems + _lacks(mapping, name, row)


def _lacks(mapping: Mapping, name: str, row: int) -> list[Problem]:
    """Fields without which no row can count: said once, not for every row."""
    per_row = {*mapping.columns, *mapping.constants}

    def given(*fields: str) -> bool:
        in_every_test = bool(mapping.wide) and all(any(f in c.constants for f in fields) for c in mapping.wide)
        return in_every_test or any(f in per_row for f in fields)

    faults = []
    if not given("pupil_key", "surname", "name"):
        faults.append(("pupil-missing", "Er is geen kolom met leerlingnummers of namen.", "Neem het nummer op."))
    if not mapping.wide and not given(*RESULT_FIELDS):
        faults.append(("result-missing", "Er is geen kolom met resultaten.", "Neem de scores of niveaus op."))
    if not given("taken_on", "school_year"):
        faults.append(("date-missing", "Er is geen kolom met afnamedata en geen schooljaar.",
                       "Neem de afnamedatum op, of zet school_year in de mapping."))  # fmt: skip
    if not given("subject", "instrument"):
        faults.append(("subject-missing", "Er is geen kolom met het vak.",
                       'Neem het vak op, of zet in de mapping onder [constants]: subject = "rekenen".'))  # fmt: skip
    return [Problem("error", name, code, message, advice, row) for code, message, advice in faults]
