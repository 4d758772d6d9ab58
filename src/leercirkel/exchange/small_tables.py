"""Small tables of known columns (pupil marks, norm tables) from CSV or XLSX: rows of text with their row numbers."""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Iterable, Mapping, Sequence

from leercirkel.core.records import dataclass
from leercirkel.core.text import squeezed
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.tables.cells import Limits, is_workbook
from leercirkel.exchange.tables.lines import split_rows
from leercirkel.exchange.toml_tables import one_of, suggestion

LIMITS = Limits(file=8 * 1024 * 1024, unpacked=64 * 1024 * 1024, columns=200, cells=2_000_000)
MAX_CELL = 500
MAX_PROBLEMS = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number (the header is mostly row 1) and the text of each known column, stripped."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class SmallTable:
    """The rows below the header. `sheet`: they come from a workbook, where dates may be day counts."""

    lines: tuple[Line, ...]
    sheet: bool


_WORKBOOKS = "leercirkel.exchange.tables.workbook"
"""Only loaded for a workbook: it needs libraries that take long to load."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file as text, all of one length; row 1 of the file comes first. `sheet`: see SmallTable."""

    rows: Sequence[Sequence[str | None]]
    sheet: bool


def read_rows(data: bytes, name: str) -> tuple[Rows | None, list[Problem]]:
    """The cells of a small CSV or XLSX file as text, or None with the reason."""
    if len(data) > LIMITS.file:
        message = "Dit bestand is veel te groot voor deze lijst (meer dan 8 MB)."
        return None, [Problem("error", name, "file-too-large", message, "Controleer of u het goede bestand hebt.")]
    if not data.strip():
        return None, [Problem("error", name, "file-empty", "Het bestand is leeg.", "Kies een gevuld bestand.")]
    if is_workbook(data):
        cells, problems = importlib.import_module(_WORKBOOKS).read_workbook(data, name, LIMITS)
        return cells and Rows(cells.frame.rows(), sheet=True), problems
    rows, problems = split_rows(data, name, LIMITS)
    return (None if rows is None else Rows(rows, sheet=False)), problems


def read_lines(
    data: bytes, name: str, columns: Mapping[str, Sequence[str]], required: Iterable[str]
) -> tuple[SmallTable | None, list[Problem]]:
    """The rows of a file whose header has at least the `required` columns; None when it has not.

    `columns`: our name → the spellings that mean it (capitals, spaces and points do not count). A column we do not
    know is a notice, or a warning when it looks like a slip of the pen for one that is absent.
    """
    found, problems = read_rows(data, name)
    if found is None:
        return None, problems
    rows = found.rows
    start = next((i for i, row in enumerate(rows) if any((c or "").strip() for c in row)), None)
    if start is None:
        problems.append(Problem("error", name, "file-empty", "Het bestand is leeg.", "Kies een gevuld bestand."))
        return None, problems
    known = {squeezed(word): key for key, words in columns.items() for word in (key, *words)}
    heads = [(c or "").strip()[:MAX_CELL] for c in rows[start]]
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        key = known.get(squeezed(head))
        if key in places:
            message = f'De kolom "{shorten(head, 30)}" staat er twee keer.'
            problems.append(Problem("error", name, "column-twice", message, "Haal er een weg.", start + 1, key))
        elif key is not None:
            places[key] = place
    problems += _strange_columns(heads, known, places, name, start + 1)
    missing = [key for key in required if key not in places]
    if missing:
        message = (
            f"Er ontbreken kolommen: {one_of(missing)}." if len(missing) > 1 else f"De kolom {missing[0]} ontbreekt."
        )
        advice = f"De eerste rij hoort deze kolommen te noemen: {', '.join(columns)}."
        problems.append(Problem("error", name, "column-missing", message, advice, start + 1, missing[0]))
        return None, problems
    lines = []
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = {key: (row[place] or "").strip() for key, place in places.items()}
        if any(cells.values()):
            lines.append(Line(number, cells))
    if not lines:
        message = "Onder de kolomnamen staat niets."
        problems.append(Problem("error", name, "no-rows", message, "Kies een gevuld bestand.", start + 1))
        return None, problems
    return SmallTable(tuple(lines), found.sheet), problems


def _strange_columns(
    heads: Sequence[str], known: Mapping[str, str], places: Mapping[str, int], name: str, row: int
) -> list[Problem]:
    problems = []
    absent = [key for key in dict.fromkeys(known.values()) if key not in places]
    strange = [head for head in heads if head and squeezed(head) not in known]
    for head in strange[:20]:
        guess = suggestion(head, absent) if absent else None
        message = f'De kolom "{shorten(head, 30)}" is onbekend en niet gebruikt.'
        advice = f'Bedoelde u "{guess}"?' if guess else "U hoeft niets te doen."
        problems.append(Problem("warning" if guess else "notice", name, "column-unknown", message, advice, row,
                                shorten(head, 30)))  # fmt: skip
    return problems


def limited(problems: list[Problem], name: str) -> list[Problem]:
    """At most MAX_PROBLEMS records, and one that counts the rest: a wrong file of 100,000 rows must stay readable."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    rest = len(problems) - MAX_PROBLEMS
    message = f"Er zijn nog {rest} meldingen over dit bestand."
    severity = "error" if any(p.severity == "error" for p in problems[MAX_PROBLEMS:]) else "notice"
    return [*problems[:MAX_PROBLEMS], Problem(severity, name, "more-problems", message, "Los eerst deze op.")]  # type: ignore[arg-type]


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file as Dutch spreadsheet programs open it without asking: semicolons, UTF-8 with a byte order mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
