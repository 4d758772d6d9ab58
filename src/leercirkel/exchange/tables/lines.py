"""CSV as rows of text: what the bytes, the delimiter and the lines of a text file are, without being told."""

from __future__ import annotations

import csv
import re

from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.cells import Limits, refusal

_SAMPLE = 64 * 1024
_SAMPLE_LINES = 30
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# "Ã«" is what "ë" becomes when UTF-8 is read as Windows-1252 and saved again
_TWICE_ENCODED = re.compile("Ã[" + re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")) + "]")
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')


def split_rows(data: bytes, name: str, limits: Limits) -> tuple[list[list[str]] | None, list[Problem]]:
    """The rows of a CSV file, all of one length: UTF-8, Windows-1252 or UTF-16 with BOM; semicolon, tab or comma;
    quotes per RFC 4180.

    Row numbers are those of a spreadsheet program: a quoted cell with a line end in it does not start a new row.
    """
    text, delimiter, problems = opened(data, name, limits)
    if text is None:
        return None, problems
    rows, refused = quoted(text, delimiter, name, limits) if '"' in text else _plain(text, delimiter, name, limits)
    return (None, refused) if rows is None else (rows, problems)


def opened(data: bytes, name: str, limits: Limits) -> tuple[str | None, str, list[Problem]]:
    """The text of a CSV file with its delimiter, lines ending in a newline only and no empty ones at the end; or the
    reason why it cannot be read."""
    text, problems = decode(data, name)
    if text is None:
        return None, "", problems
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    refused = too_wide(1, text.count("\n") + 1, name, limits)
    if refused:
        return None, "", refused
    hint = _EXCEL_HINT.match(text)
    if hint:
        text = text[hint.end() :]
    return text, hint[1] if hint and hint[1] in ";,\t|" else sniff_delimiter(text), problems


def decode(data: bytes, name: str) -> tuple[str | None, list[Problem]]:
    """The text in these bytes, or None with the reason; a warning where letters were damaged before we got them."""
    encoding = next((e for bom, e in _BOMS if data.startswith(bom)), None)
    if encoding != "utf-16" and b"\x00" in data:
        return None, refusal(
            name, "nul-bytes", "In dit bestand staan tekens die in een tekstbestand niet voorkomen (NUL).",
            "Open het in uw spreadsheetprogramma en sla het op als .xlsx of als CSV UTF-8.",
        )  # fmt: skip
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as fault:
        if encoding:
            return None, _undecodable(name, data.count(b"\n", 0, fault.start) + 1)
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as worse:
            return None, _undecodable(name, data.count(b"\n", 0, worse.start) + 1)
    if "\x00" in text:
        return None, _undecodable(name, text.count("\n", 0, text.index("\x00")) + 1)
    damage = text.find("\ufffd")
    twice = None if damage >= 0 else _TWICE_ENCODED.search(text)
    if damage >= 0 or twice:
        place = damage if twice is None else twice.start()
        return text, [Problem(
            "warning", name, "letters-damaged", "Letters met accenten zijn in dit bestand beschadigd.",
            "Maak de export opnieuw en kies UTF-8; op naam worden deze leerlingen niet gevonden.",
            text.count("\n", 0, place) + 1, None, text[max(0, place - 10) : place + 10].strip(),
        )]  # fmt: skip
    return text, []


def _undecodable(name: str, row: int) -> list[Problem]:
    return refusal(
        name, "encoding-unknown", "De tekens in dit bestand zijn niet te lezen: geen UTF-8 en geen Windows-tekst.",
        "Maak de export opnieuw als CSV UTF-8 of als .xlsx.", row,
    )  # fmt: skip


def sniff_delimiter(text: str) -> str:
    """Semicolon, tab or comma: the first two when nearly every line has one, since a comma is also a decimal sign."""
    sample = _QUOTED.sub("", text[:_SAMPLE])
    lines = [line for line in sample.split("\n")[:_SAMPLE_LINES] if line.strip()]
    best, most = ",", 0
    for delimiter in (";", "\t"):
        counts = sorted(line.count(delimiter) for line in lines)
        usual = counts[len(counts) // 2] if counts else 0
        if usual > most:
            best, most = delimiter, usual
    if most == 0 and not any("," in line for line in lines):
        return ";"
    return best


def _plain(text: str, delimiter: str, name: str, limits: Limits) -> tuple[list[list[str]] | None, list[Problem]]:
    """A text without any quote: every line is a row."""
    lines = text.split("\n")
    width = max(line.count(delimiter) for line in lines) + 1
    refused = too_wide(width, len(lines), name, limits)
    return (None, refused) if refused else (_padded([line.split(delimiter) for line in lines], width), [])


def quoted(text: str, delimiter: str, name: str, limits: Limits) -> tuple[list[list[str]] | None, list[Problem]]:
    """A text with quotes, by the letter of RFC 4180: a quote that is never closed would silently swallow rows."""
    rows: list[list[str]] = []
    width = 0
    reader = csv.reader((line + "\n" for line in text.split("\n")), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append(row)
            width = max(width, len(row))
            if width > limits.columns:
                break
    except csv.Error as fault:
        if "field larger" in str(fault):
            return None, refusal(
                name, "cell-too-long", "In deze rij is een cel veel te lang, of er ontbreekt een aanhalingsteken.",
                "Zoek het aanhalingsteken dat niet wordt gesloten en haal het weg.", len(rows) + 1,
            )  # fmt: skip
        return None, refusal(
            name, "quotes", "In deze rij kloppen de aanhalingstekens niet.",
            'Zet om elke tekst twee aanhalingstekens of geen; binnen een tekst schrijft u er twee: "".', len(rows) + 1,
        )  # fmt: skip
    refused = too_wide(width, len(rows), name, limits)
    if refused:
        return None, refused
    return _padded(rows, width), []


def _padded(rows: list[list[str]], width: int) -> list[list[str]]:
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def too_wide(width: int, height: int, name: str, limits: Limits) -> list[Problem]:
    """The reason to refuse a table of these sizes, if there is one."""
    if width > limits.columns:
        return refusal(
            name, "too-many-columns", f"Deze tabel heeft meer dan {limits.columns} kolommen.",
            "Laat bij het exporteren alleen de kolommen staan die u nodig hebt.",
        )  # fmt: skip
    if width * height > limits.cells:
        return refusal(
            name, "too-many-cells", f"Deze tabel is te groot: {height} rijen van {width} kolommen.",
            "Maak een export per schooljaar.",
        )  # fmt: skip
    return []
