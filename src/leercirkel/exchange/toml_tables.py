"""TOML files that school staff write by hand: read without surprises, with the line of every table and field.

`tomllib` gives values but no line numbers. A reader that wants to say "regel 14" looks the lines up here, in the text.
The limits keep a hostile file from costing memory: dotted keys cost the square of their depth.
"""

from __future__ import annotations

import difflib
import math
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import Any

from leercirkel.core.records import dataclass
from leercirkel.exchange.problems import Problem, Severity, shorten

MAX_BYTES = 512 * 1024
MAX_DOTS_IN_LINE = 100
MAX_TABLES = 1000
MAX_UNKNOWN = 20

_HEADER = re.compile(r"\s*\[\[?\s*([\w.\-\"' ]+?)\s*\]\]?\s*(?:#.*)?$")
_FIELD = re.compile(r"\s*[\"']?([\w\-]+)[\"']?\s*[=.]")
# What Dutch hands write out of habit, tried on the line of the fault before the parser's own words.
_HABITS = (
    (re.compile(r"=\s*[+-]?[0-9]+,[0-9]"), "een kommagetal schrijft u hier met een punt: 0.75"),
    (re.compile("[“”„‘’]"), 'gebruik rechte aanhalingstekens ("), niet de gekrulde van een tekstverwerker'),
    (re.compile(r"^\s*[\w\-]+\s*:"), "achter de naam hoort een =-teken, geen dubbele punt"),
)
_SYNTAX = (
    ("Cannot overwrite", "deze naam staat er twee keer"),
    ("Cannot declare", "deze tabel staat er al"),
    ("Duplicate inline table key", "deze naam staat twee keer tussen dezelfde accolades"),
    ("Expected '='", "achter de naam hoort een =-teken"),
    ("Invalid value", "achter het =-teken staat geen geldige waarde; tekst hoort tussen aanhalingstekens"),
    ("Unclosed array", "er ontbreekt een ] of een komma in een lijst"),
    ("Unclosed inline table", "er ontbreekt een } of een komma tussen accolades"),
    ("Unterminated string", "er ontbreekt een aanhalingsteken"),
    ("Invalid initial character for a key", "zet alles tussen { en } op één regel, zonder komma voor de }"),
    ("Invalid statement", "hier hoort een naam met een =-teken te staan"),
    ('Expected "\'"', "er ontbreekt een aanhalingsteken"),
    ("Expected newline", "hier hoort de regel te eindigen"),
    ("Illegal character", "er staat een teken dat hier niet mag, vaak een ontbrekend aanhalingsteken"),
    ("Unescaped '\\'", "schrijf een schuine streep naar links als \\\\"),
    ("Expected ']", "er ontbreekt een ] achter de naam van de tabel"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file: its values, where it stands, and the list to which its problems are added.

    `rows` gives the line of each field that could be found (see `item_table` for lists); `row` is that of the header.
    """

    file: str
    label: str
    values: dict[str, Any]
    problems: list[Problem]
    row: int | None = None
    rows: dict[str, int] = field(default_factory=dict)

    def report(
        self, severity: Severity, code: str, message: str, advice: str, key: str | None = None, value: object = None
    ) -> None:
        """Add a problem of this table; `key` also gives it the line of that field."""
        row = self.rows.get(key, self.row) if key else self.row
        shown = None if value is None else text_of(value)
        text = f"{self.label}: {message}" if self.label else message
        self.problems.append(Problem(severity, self.file, code, text, advice, row, key and shorten(key, 30), shown))

    def error(self, code: str, message: str, advice: str, key: str | None = None, value: object = None) -> None:
        """Add an error of this table."""
        self.report("error", code, message, advice, key, value)


def text_of(value: object) -> str:
    """A TOML value fit for a message; containers are named, not shown, since they may be nested without end."""
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        parts = [text_of(v) if not isinstance(v, list | dict) else "…" for v in value[:8]]
        return shorten("[" + ", ".join(parts) + (", …]" if len(value) > 8 else "]"))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= 10**30:
        return "een zeer groot getal"  # str() refuses an int of more than 4300 digits
    return shorten(value)


def is_number(value: object) -> bool:
    """True for a finite int or float that fits a float; a bool is not a number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 10**15 and math.isfinite(value)


def is_whole(value: object) -> bool:
    """True for an int (not a bool) of an ordinary size."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9


def suggestion(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` was most probably meant to be, or None."""
    found = difflib.get_close_matches(word.casefold()[:60], list(choices), n=1, cutoff=0.65)
    return found[0] if found else None


def one_of(choices: Iterable[str]) -> str:
    """The choices as Dutch text: "a, b of c"."""
    items = list(choices)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " of " + items[-1]


def decode(data: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """The text of a settings file (UTF-8, or Windows-1252 with a warning), or None with the reason."""

    def refuse(code: str, message: str, advice: str) -> tuple[None, list[Problem]]:
        return None, [Problem("error", name, code, message, advice)]

    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1024 / 1024:.1f} MB".replace(".", ",")
        return refuse("file-too-large", f"Dit bestand is {size}; zo groot is een instellingenbestand nooit.",
                      "Controleer of u het goede bestand hebt gekozen.")  # fmt: skip
    if not data.strip():
        return refuse("file-empty", "Het bestand is leeg.", "Kies een gevuld bestand.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return refuse("encoding", "Het bestand is opgeslagen als UTF-16.", "Sla het opnieuw op als UTF-8.")
    if b"\x00" in data:
        return refuse("not-text", "Dit is geen tekstbestand.", "Kies het bestand dat op .toml eindigt.")
    problems: list[Problem] = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        row = data.count(b"\n", 0, fault.start) + 1
        text = data.decode("cp1252", errors="replace")
        message = "Het bestand is niet opgeslagen als UTF-8; gelezen als Windows-tekst."
        advice = "Controleer letters met accenten en sla het op als UTF-8."
        problems.append(Problem("warning", name, "encoding", message, advice, row))
    # tomllib takes \n and \r\n only; a lone \r is an old Mac line end
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def parse(text: str, name: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The values of a TOML text, or None with one problem that gives the line of the fault."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MAX_DOTS_IN_LINE:
            advice = "Haal deze regel weg of verdeel hem over meer regels."
            return None, [Problem("error", name, "too-nested", "Deze regel heeft te veel punten.", advice, number)]
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as fault:
        row = _row_of_fault(str(fault), text)
        line = text.split("\n")[row - 1].strip()[:500]
        why = next((dutch for habit, dutch in _HABITS if habit.search(line)), None)
        why = why or next((dutch for english, dutch in _SYNTAX if english in str(fault)), "de schrijfwijze klopt niet")
        advice = "Kijk op deze regel en de regel erboven; vergelijk met het voorbeeld in de handleiding."
        return None, [Problem("error", name, "toml-syntax", f"Het bestand is niet te lezen: {why}.", advice, row,
                              None, shorten(line) or None)]  # fmt: skip
    except (RecursionError, ValueError, OverflowError):
        message = "Het bestand is niet te lezen: te diep genest of een getal dat veel te lang is."
        return None, [Problem("error", name, "toml-syntax", message, "Vergelijk met het voorbeeld in de handleiding.")]


def _row_of_fault(message: str, text: str) -> int:
    """The line that tomllib names; for a name given twice, which it does not place, the line of the second one."""
    place = re.search(r"at line (\d+)", message)
    if place:
        return min(int(place.group(1)), text.count("\n") + 1)
    if "Cannot overwrite" in message:
        seen: set[str] = set()
        for number, line in enumerate(text.split("\n"), 1):
            hit = _FIELD.match(line[:200])
            if line.lstrip().startswith("["):
                seen = set()
            elif hit and hit.group(1) in seen:
                return number
            elif hit:
                seen.add(hit.group(1))
    return text.rstrip().count("\n") + 1


def tables(text: str, data: dict[str, Any], header: str, word: str, name: str, problems: list[Problem]) -> list[Table]:
    """The `[[header]]` tables with their lines; `word` is what one is called in messages ("norm")."""
    found = data.get(header)
    advice = f"Zet boven elke {word} een regel met [[{header}]]."
    if found is None or found == []:
        problems.append(Problem("error", name, f"no-{header}", f"Er staat geen [[{header}]] in het bestand.", advice))
        return []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        message = f"{header} hoort met dubbele haken te staan: [[{header}]]."
        first = next((n for n, title in _headers(text) if title == header), None)
        problems.append(Problem("error", name, f"{header}-form", message, advice, first, header))
        return []
    if len(found) > MAX_TABLES:
        message = f"Er staan {len(found)} tabellen in het bestand; meer dan {MAX_TABLES} is niet aannemelijk."
        problems.append(Problem("error", name, "too-many-tables", message, "Verdeel het bestand."))
        return []
    starts = [n for n, title in _headers(text) if title == header]
    lines = text.split("\n")
    made = []
    for index, values in enumerate(found):
        row: int | None = None
        rows: dict[str, int] = {}
        if len(starts) == len(found):
            row = starts[index]
            rows = _field_rows(lines, row, starts[index + 1] if index + 1 < len(starts) else len(lines) + 1)
        made.append(Table(name, f"{word} {index + 1}", values, problems, row, rows))
    return made


def check_keys(table: Table, known: Sequence[str]) -> None:
    """Report every field that is not known, with the one that was probably meant."""
    unknown = [key for key in table.values if key not in known]
    for key in unknown[:MAX_UNKNOWN]:
        guess = suggestion(key, known)
        advice = f'Bedoelde u "{guess}"?' if guess else f"Bekend zijn: {one_of(known)}."
        table.error("unknown-field", f'het veld "{shorten(key, 30)}" is onbekend.', advice, key)
    if len(unknown) > MAX_UNKNOWN:
        message = f"nog {len(unknown) - MAX_UNKNOWN} andere velden zijn onbekend."
        table.error("unknown-field", message, f"Bekend zijn: {one_of(known)}.")


def _headers(text: str) -> list[tuple[int, str]]:
    if "[" not in text:
        return []
    lines = enumerate(text.split("\n"), 1)
    hits = ((n, _HEADER.match(line)) for n, line in lines if line.lstrip().startswith("[") and len(line) < 500)
    return [(n, re.sub(r"[\s\"']", "", hit.group(1))) for n, hit in hits if hit]


def _field_rows(lines: list[str], start: int, stop: int) -> dict[str, int]:
    """Lines of the fields of one table; "tiers[1]" is the second sub-table or inline table under `tiers`."""
    rows: dict[str, int] = {}
    counts: dict[str, int] = {}
    inside = current = ""
    for number in range(start + 1, min(stop, len(lines) + 1)):
        line = lines[number - 1]
        header = _HEADER.match(line) if line.lstrip().startswith("[") and len(line) < 500 else None
        hit = _FIELD.match(line[:200])
        if header:
            current = header.group(1).rpartition(".")[2].strip()
            rows.setdefault(current, number)
            inside = f"{current}[{counts.get(current, 0)}]"
            counts[current] = counts.get(current, 0) + 1
            rows[inside] = number
        elif hit:
            current = current if inside else hit.group(1)
            rows.setdefault(f"{inside}.{hit.group(1)}" if inside else hit.group(1), number)
        if not inside and current and not line.lstrip().startswith("#"):
            for _ in range(line.count("{")):
                rows[f"{current}[{counts.get(current, 0)}]"] = number
                counts[current] = counts.get(current, 0) + 1
    return rows


def item_table(table: Table, key: str, index: int, values: dict[str, Any], label: str) -> Table:
    """The table of one item in a list of tables ("the second tier"), with its own lines where they could be found."""
    place = f"{key}[{index}]"
    rows = {name.removeprefix(place + "."): row for name, row in table.rows.items() if name.startswith(place + ".")}
    row = table.rows.get(place, table.rows.get(key, table.row))
    return Table(table.file, f"{table.label}, {label}", values, table.problems, row, rows)
