"""Result files in the layouts that schools meet: a semicolon file, a workbook with other headers, a wide workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import xlsxwriter  # type: ignore[import-untyped, unused-ignore]

from leercirkel.demo.people import respelled
from leercirkel.demo.scores import Result

Cell = str | float | date | None

REASONS = {"ill": "ziek", "exempt": "ontheffing", "too_hard": "te moeilijk", "just_arrived": "net gestart"}

SUBJECTS = {
    "rekenen": "Rekenen-Wiskunde",
    "begrijpend_lezen": "Begrijpend lezen",
    "technisch_lezen": "Technisch lezen",
    "spelling": "Spelling",
    "taalverzorging": "Taalverzorging",
    "woordenschat": "Woordenschat",
}
"""What the workbook calls the subjects."""

_FIXED_TIME = datetime(2027, 3, 2, 8, 0, tzinfo=UTC)
"""Written into workbooks instead of the clock, so that the same seed gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header and what stands in it."""

    header: str
    value: Callable[[Result], Cell]


def _surname(result: Result) -> str:
    person = result.seat.pupil.person
    return f"{person.prefix} {person.surname}" if person.prefix else person.surname


def _number(text: str | None) -> Cell:
    return float(text) if text and text.isdigit() else text


def _group(result: Result) -> str:
    return result.group_name or result.seat.group


class Layouts:
    """The layouts; `respelled_key` is the pupil whose first name the test system spells differently."""

    def __init__(self, respelled_key: str) -> None:
        self._respelled_key = respelled_key

    def first_name(self, result: Result) -> str:
        """The first name as the test system has it."""
        person = result.seat.pupil.person
        return respelled(person.first_name) if person.key == self._respelled_key else person.first_name

    def canonical(self) -> tuple[Column, ...]:
        """Our own header: such a file needs no mapping."""
        return (
            Column("leerlingnummer", lambda r: r.seat.pupil.key),
            Column("achternaam", _surname),
            Column("roepnaam", self.first_name),
            Column("geboortedatum", lambda r: r.seat.pupil.person.birth_date),
            Column("groep", _group),
            Column("jaargroep", lambda r: str(r.seat.grade)),
            Column("vak", lambda r: r.subject),
            Column("toets", lambda r: r.instrument),
            Column("versie", lambda r: r.version),
            Column("afnamedatum", lambda r: r.taken_on),
            Column("moment", lambda r: r.moment),
            Column("vaardigheidsscore", lambda r: r.score),
            Column("niveau", lambda r: r.level),
            Column("dle", lambda r: r.dle),
            Column("toetsniveau", lambda r: r.test_level),
            Column("instructiegroep", lambda r: r.instruction_group),
            Column("avi", lambda r: r.avi),
            Column("reden_niet_gemaakt", lambda r: REASONS.get(r.not_taken or "")),
        )

    def workbook(self) -> tuple[Column, ...]:
        """Headers as another system has them, numbers and dates as such; it does not know AVI."""
        return (
            Column("Lln.nr", lambda r: r.seat.pupil.key),
            Column("Voornaam", self.first_name),
            Column("Voorvoegsel", lambda r: r.seat.pupil.person.prefix),
            Column("Familienaam", lambda r: r.seat.pupil.person.surname),
            Column("Geb.datum", lambda r: r.seat.pupil.person.birth_date),
            Column("Klas", _group),
            Column("Leerjaar", lambda r: float(r.seat.grade)),
            Column("Vakgebied", lambda r: SUBJECTS[r.subject]),
            Column("Toetsnaam", lambda r: r.instrument),
            Column("Toetsversie", lambda r: r.version),
            Column("Toetsdatum", lambda r: r.taken_on),
            Column("Afnamemoment", lambda r: r.moment),
            Column("VS", lambda r: r.score),
            Column("Niv", lambda r: r.level),
            Column("Percentielscore", lambda r: None if r.percentile is None else float(r.percentile)),
            Column("DLE-waarde", lambda r: _number(r.dle)),
            Column("Toetsmoment", lambda r: r.test_level),
            Column("Reden niet gemaakt", lambda r: REASONS.get(r.not_taken or "")),
        )

    def wide_avi(self, results: Sequence[Result]) -> tuple[list[str], list[list[Cell]]]:
        """A row per pupil, a column per AVI round: header and rows. What was not taken is an empty cell."""
        rounds = sorted({(r.seat.school_year, "ME".index(r.moment), r.moment) for r in results})
        header = ["Leerlingnummer", "Roepnaam", "Achternaam", "Geboortedatum"]
        header += [f"AVI {moment} {year}-{year + 1}" for year, _, moment in rounds]
        place = {(year, moment): i for i, (year, _, moment) in enumerate(rounds)}
        rows: dict[str, list[Cell]] = {}
        for result in sorted(results, key=lambda r: int(r.seat.pupil.key)):
            person = result.seat.pupil.person
            start: list[Cell] = [person.key, self.first_name(result), _surname(result), person.birth_date]
            row = rows.setdefault(person.key, start + [None] * len(rounds))
            row[4 + place[result.seat.school_year, result.moment]] = result.avi
        return header, [row for row in rows.values() if any(row[4:])]


def _csv_text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.day:02d}-{value.month:02d}-{value.year}"
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else value


def csv_bytes(columns: Sequence[Column], results: Iterable[Result], encoding: str) -> bytes:
    """The results with a semicolon, a decimal comma and dd-mm-jjjj, in `encoding` (utf-8-sig: with a BOM)."""
    rows = ([_csv_text(c.value(r)) for c in columns] for r in results)
    return text_table([c.header for c in columns], rows).encode(encoding)


def text_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A semicolon table with Windows line ends."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def workbook_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet with real numbers and real dates. The bytes depend on the content only."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "constant_memory": False})
    book.set_properties({"created": _FIXED_TIME})
    sheet = book.add_worksheet("Resultaten")
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet.write_row(0, 0, header)
    sheet.freeze_panes(1, 0)
    for i, row in enumerate(rows, 1):
        for j, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                sheet.write_string(i, j, value)
            elif isinstance(value, float):
                sheet.write_number(i, j, value)
            else:
                sheet.write_datetime(i, j, value, day)
    book.close()
    return buffer.getvalue()


def workbook_of(columns: Sequence[Column], results: Iterable[Result]) -> bytes:
    """The results as a workbook with a row per result."""
    return workbook_bytes([c.header for c in columns], ([c.value(r) for c in columns] for r in results))
