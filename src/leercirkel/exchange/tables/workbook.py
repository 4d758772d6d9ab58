"""XLSX in: the archive is inspected and packed anew before the spreadsheet reader sees a byte of it.

What the reader gets is exactly what was inspected: an archive that says one thing in its directory and another in its
body, or that holds two parts of one name, cannot pass.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import fastexcel
import polars as pl

from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables.archive import Part, packed, part_of
from leercirkel.exchange.tables.cells import OLE, Cells, Limits, megabytes, refusal

T = TypeVar("T")

# The reader logs what it finds odd; the user hears it from us, as problems.
logging.getLogger("calamine").addHandler(logging.NullHandler())

_SAVE_AS = "Open het in uw spreadsheetprogramma en sla het op als .xlsx."
_AGAIN = "Maak de export opnieuw."
# Parts that hold no cells: pictures, charts, themes, notes, macros, print settings.
_KEPT = re.compile(r"\[Content_Types\]\.xml|.*\.rels|xl/[^/]+\.xml|xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# These two go to the engine of Polars as well, which has other ideas of \s and \w than Python has of bytes.
_S = r"[ \t\r\n\f\v]"
_WIDE_OR_LONG = rf"r{_S}*={_S}*[\"']{_S}*(?:[A-Za-z]{{2,}}[0-9]|[A-Za-z][0-9]{{6}})"
# A cell whose first attribute is not its reference: programs write the reference first.
_MAYBE_BARE = rf"<(?:[A-Za-z0-9_.\-]+:)?c(?:{_S}*/?>|{_S}+[^r/> \t\r\n\f\v]|{_S}+r[^= \t\r\n\f\v])"
_LETTERS = re.compile(rb"r\s*=\s*[\"']\s*([A-Za-z]+)[0-9]")
_DIGITS = re.compile(rb"r\s*=\s*[\"']\s*[A-Za-z]+([0-9]+)")
_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])")
_ROW_NUMBER = re.compile(rb"""(?:[^>"']|"[^"]*"|'[^']*')*?\sr\s*=\s*["']\s*\+?([0-9]+)""")
_BARE_CELL = re.compile(rb"<(?:[\w.-]+:)?c(?=[\s/>])(?![^>]*\sr\s*=)")
_STRING_INDEX = re.compile(rb"v\s*>\s*([0-9]+)\s*<")
_MAX_TEXT = 1 << 28
_SMALL, _PIECE = 1 << 16, 1 << 21


def read_workbook(data: bytes, name: str, limits: Limits) -> tuple[Cells | None, list[Problem]]:
    """The cells of the first sheet that has data, every cell as text (dates as ``2026-01-15 00:00:00``)."""
    return _opened(data, name, limits, _first_sheet)


def read_sheets(data: bytes, name: str, limits: Limits) -> tuple[dict[str, Cells] | None, list[Problem]]:
    """The cells of every sheet by its name, as `read_workbook` gives those of one."""
    return _opened(data, name, limits, _every_sheet)


def _opened(
    data: bytes,
    name: str,
    limits: Limits,
    take: Callable[[bytes, dict[str, bytes], str, Limits], tuple[T | None, list[Problem]]],
) -> tuple[T | None, list[Problem]]:
    if data.startswith(OLE):
        return None, _old_or_locked(data, name)
    found, refused = _unpacked(data, name, limits)
    parts = {path: part.content for path, part in found.items()}
    refused = refused or _inspected(parts, name, limits)
    if refused:
        return None, refused
    try:
        return take(packed(found), parts, name, limits)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic in the reader's Rust code is not an Exception
        return None, refusal(name, "workbook-damaged", "Dit Excel-bestand is beschadigd of geen echt .xlsx.", _SAVE_AS)


def _old_or_locked(data: bytes, name: str) -> list[Problem]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        message = "Dit Excel-bestand is met een wachtwoord beveiligd."
        return refusal(name, "password", message, "Haal het wachtwoord eraf en sla het opnieuw op.")
    return refusal(name, "old-excel", "Dit is een Excel-bestand van voor 2007 (.xls).", _SAVE_AS)


def _unpacked(data: bytes, name: str, limits: Limits) -> tuple[dict[str, Part], list[Problem]]:
    """The parts that hold cells; or the reason to refuse the archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            refused = _refuse_directory(entries, name, limits)
            if refused:
                return {}, refused
            kept = [entry for entry in entries if _KEPT.fullmatch(entry.filename)]
            if sum(entry.compress_size for entry in kept) > len(data):
                raise zipfile.BadZipFile  # parts over each other: every one of them may be as large as the file
            for entry in kept:
                archive.open(entry).close()  # what stands before the part in the file must agree with the directory
        return {entry.filename: part_of(data, entry) for entry in kept}, []
    except Exception:  # zipfile raises a dozen kinds on a mutilated archive
        return {}, refusal(name, "workbook-damaged", "Dit Excel-bestand is afgebroken of beschadigd.", _AGAIN)


def _inspected(parts: dict[str, bytes], name: str, limits: Limits) -> list[Problem]:
    """The reason to refuse a workbook of these parts, if there is one."""
    if not any(part.startswith("xl/worksheets/") for part in parts):
        return refusal(name, "no-workbook", "Dit is een zipbestand, maar geen Excel-werkmap (.xlsx).", _SAVE_AS)
    for part in parts.values():
        # UTF-16 would hide the words below from us; no program writes workbooks in it
        # looking for one byte first is many times quicker than for a word, and few sheets hold an exclamation mark
        declares = b"!" in part and (b"<!DOCTYPE" in part or b"<!ENTITY" in part)
        if declares or b"\x00" in part[:256]:
            message = "In dit Excel-bestand staan definities (DOCTYPE of ENTITY) die er niet in horen."
            return refusal(name, "xml-doctype", message, "Vertrouw dit bestand niet; maak de export opnieuw.")
    return _refuse_size(parts, name, limits)


def _refuse_directory(entries: list[zipfile.ZipInfo], name: str, limits: Limits) -> list[Problem]:
    unpacked, stored = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if any(e.flag_bits & 1 for e in entries):
        return refusal(name, "password", "Dit bestand is met een wachtwoord beveiligd.", "Haal het wachtwoord eraf.")
    bomb = unpacked > limits.unpacked or (unpacked > 1 << 20 and unpacked > limits.ratio * max(1, stored))
    if bomb or len(entries) > limits.parts:
        return refusal(
            name, "zip-bomb",
            f"Uitgepakt is dit bestand {megabytes(unpacked)} in {len(entries)} delen; dat is te veel.",
            "Vertrouw dit bestand niet. Is het van uzelf: maak een export per schooljaar, zonder opmaak.",
        )  # fmt: skip
    if len({e.filename.casefold() for e in entries}) < len(entries) or any(
        e.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for e in entries
    ):
        return refusal(name, "workbook-damaged", "Dit Excel-bestand is niet goed ingepakt.", _SAVE_AS)
    return []


def _unreferenced(part: bytes, limits: Limits) -> tuple[int, int]:
    """Columns and rows that cells without a reference of their own can span: such cells follow on from their row's
    number. Columns 0 when there are none or when they cannot make the table too large."""
    if not _somewhere(_MAYBE_BARE, part):
        return 0, 0
    rows = _ROW.split(part)[1:]
    numbers = (_ROW_NUMBER.match(row) for row in rows)
    height = max((int(number[1][:9]) for number in numbers if number), default=0)
    height = max(height, len(rows))
    # every cell has a bracket, and finding brackets is quick: only a sheet that could be too large is looked at closely
    if height * max((row.count(b"<") for row in rows), default=0) <= limits.cells:
        return 0, height
    if b"<!" in part:  # a remark may hold a row that is none: all cells could stand in one row
        return len(_BARE_CELL.findall(part)), height
    return max(len(_BARE_CELL.findall(row)) for row in rows), height


def _refuse_size(parts: dict[str, bytes], name: str, limits: Limits) -> list[Problem]:
    """Two cells in far corners make a table of billions; one long text used by every cell does the same."""
    longest, texts = _shared_texts(parts)
    for part in parts.values():  # a workbook may keep its sheets anywhere
        width, height = 26, 99_999
        if width * height > limits.cells or _somewhere(_WIDE_OR_LONG, part):
            width = max((_column_number(letters) for letters in set(_LETTERS.findall(part))), default=0)
            height = max((int(digits[:9]) for digits in set(_DIGITS.findall(part))), default=0)
        bare_width, bare_height = _unreferenced(part, limits)
        width, height = max(width, bare_width), max(height, bare_height)
        if width > limits.columns:
            return refusal(
                name, "too-many-columns", f"Een werkblad heeft meer dan {limits.columns} kolommen.",
                "Laat alleen de kolommen staan die u nodig hebt.",
            )  # fmt: skip
        if height > 1_048_576 or width * height > limits.cells:
            return refusal(
                name, "too-many-cells", f"Een werkblad is te groot: {height} rijen van {width} kolommen.",
                "Haal losse cellen ver buiten de tabel weg, of maak een export per schooljaar.",
            )  # fmt: skip
        # counting takes time on a large sheet: only when the text could be too much at all
        possible = longest * len(part) > _MAX_TEXT and longest * part.count(b"<") > _MAX_TEXT
        if possible and _text_size(part, texts) > _MAX_TEXT:
            message = "Een heel lange tekst staat in dit bestand in heel veel cellen."
            return refusal(name, "too-much-text", message, "Haal kolommen met toelichtingen weg.")
    return []


def _somewhere(pattern: str, part: bytes) -> bool:
    """True when the pattern, which holds no "<" but as its first character, is found in the part."""
    start = 0
    while start < len(part):
        # a piece at a time, or the copies would be as large as the sheet
        end = part.find(b"<", start + _PIECE)
        piece = part[start : end if end >= 0 else len(part)]
        if _found(pattern, piece):
            return True
        start += len(piece)
    return False


def _found(pattern: str, piece: bytes) -> bool:
    if len(piece) > _SMALL:
        try:
            text = pl.Series([piece], dtype=pl.Binary).cast(pl.String)
        except pl.exceptions.PolarsError:  # not UTF-8
            pass
        else:
            # the engine of Polars passes over a large sheet in a fifth of the time of Python's
            return bool(text.str.contains(pattern)[0])
    return re.search(pattern.encode(), piece) is not None


def _shared_texts(parts: dict[str, bytes]) -> tuple[int, list[int]]:
    """The longest shared text and the length of each, in bytes of XML."""
    tables = (part for path, part in parts.items() if not path.startswith("xl/worksheets/"))
    lengths = [len(text) for part in tables for text in re.split(rb"<(?:\w+:)?si\b", part)[1:]]
    return max(lengths, default=0), lengths


def _text_size(part: bytes, lengths: list[int]) -> int:
    used = Counter(_STRING_INDEX.findall(part))
    return sum(n * lengths[int(i)] for i, n in used.items() if len(i) < 9 and int(i) < len(lengths))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:5].upper():
        number = number * 26 + letter - 64
    return number


def _first_sheet(data: bytes, parts: dict[str, bytes], name: str, limits: Limits) -> tuple[Cells | None, list[Problem]]:
    book = fastexcel.read_excel(data)
    small: tuple[str, pl.DataFrame] | None = None
    for sheet in book.sheet_names:
        frame = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()
        if frame.width * frame.height > limits.cells:
            message = f"Werkblad {sheet} is te groot."
            return None, refusal(name, "too-many-cells", message, "Maak een export per schooljaar.")
        frame.columns = [f"c{i}" for i in range(frame.width)]
        filled = sum(frame[column].null_count() < frame.height for column in frame.columns)
        if filled > 1 and frame.height > 1:
            return Cells(frame, sheet=True), _other_sheets(parts, sheet, name)
        if filled and small is None:
            small = sheet, frame
    if small is not None:
        return Cells(small[1], sheet=True), _other_sheets(parts, small[0], name)
    return None, refusal(name, "file-empty", "In dit Excel-bestand staat geen enkele gevulde cel.", _AGAIN)


def _every_sheet(
    data: bytes, parts: dict[str, bytes], name: str, limits: Limits
) -> tuple[dict[str, Cells] | None, list[Problem]]:
    book = fastexcel.read_excel(data)
    sheets: dict[str, Cells] = {}
    cells = 0
    for sheet in book.sheet_names:
        frame = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()
        cells += frame.width * frame.height
        if cells > limits.cells:
            message = f"Werkblad {sheet} is te groot."
            return None, refusal(name, "too-many-cells", message, "Maak een export per schooljaar.")
        frame.columns = [f"c{i}" for i in range(frame.width)]
        sheets[sheet] = Cells(frame, sheet=True)
    return sheets, []


def _other_sheets(parts: dict[str, bytes], sheet: str, name: str) -> list[Problem]:
    filled = sum(b"<v" in part or b"<is" in part for path, part in parts.items() if path.startswith("xl/worksheets/"))
    if filled < 2:
        return []
    return [Problem(
        "notice", name, "one-sheet", f"Alleen werkblad “{sheet}” is gelezen; ook andere werkbladen zijn gevuld.",
        "Staan daar ook resultaten: sla dat werkblad op als apart bestand.",
    )]  # fmt: skip
