"""OpenDocument spreadsheets in: every sheet as rows of text, bounded in size whatever the file says of itself."""

from __future__ import annotations

import io
import zipfile

from leercirkel.exchange import safe_xml
from leercirkel.exchange.duo.told import Told

MOST_BYTES = 256 * 1024 * 1024
MOST_CELLS = 2_000_000
MOST_COLUMNS = 200
_KIND = b"application/vnd.oasis.opendocument.spreadsheet"


def is_ods(data: bytes) -> bool:
    """True for a zip archive that says at its start that it is an OpenDocument spreadsheet."""
    return data.startswith(b"PK\x03\x04") and _KIND in data[:200]


def read(data: bytes, told: Told) -> dict[str, list[list[str]]] | None:
    """The sheets by name, without empty rows and columns at their ends; None with the reason in `told`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = archive.getinfo("content.xml")
            if entry.file_size > min(MOST_BYTES, 400 * max(1, entry.compress_size)):
                told.refuse("zip-bomb", "Uitgepakt is dit bestand veel te groot.", "Vertrouw dit bestand niet.")
                return None
            with archive.open(entry) as stream:
                content = stream.read(MOST_BYTES)
    except Exception:  # zipfile raises a dozen kinds on a mutilated archive
        told.refuse("workbook-damaged", "Dit ODS-bestand is beschadigd.", "Download het bestand opnieuw.")
        return None
    sink = _Sheets()
    try:
        problem = safe_xml.parse(content, told.file, sink, expected="een ODS-bestand")
    except _TooMuch:
        told.refuse("too-many-cells", "In dit ODS-bestand staan veel te veel cellen.", "Vertrouw dit bestand niet.")
        return None
    if problem is not None:
        told.problems.append(problem)
        return None
    return {name: _squared_off(rows) for name, rows in sink.sheets.items()}


def _squared_off(rows: list[list[str]]) -> list[list[str]]:
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


class _TooMuch(Exception):
    pass


class _Sheets:
    """Gathers cells. A cell or row may say that it stands there many times: how many is bounded."""

    def __init__(self) -> None:
        self.sheets: dict[str, list[list[str]]] = {}
        self._rows: list[list[str]] = []
        self._row: list[str] = []
        self._value: str | None = None
        self._texts: list[str] = []
        self._times = self._row_times = 1
        self._blank_cells = self._blank_rows = 0
        self._cells = 0
        self._in_cell = False

    def start(self, tag: str, attributes: dict[str, str], line: int) -> bool:
        """A sheet, row or cell begins; the text of its paragraphs is asked for."""
        if tag == "table":
            self._rows = self.sheets.setdefault(
                _attribute(attributes, "name")[:200] or f"blad {len(self.sheets) + 1}", []
            )
            self._blank_rows = 0
        elif tag == "table-row":
            self._row, self._blank_cells = [], 0
            self._row_times = _number(attributes, "number-rows-repeated")
        elif tag in ("table-cell", "covered-table-cell"):
            self._in_cell = True
            self._texts = []
            self._times = _number(attributes, "number-columns-repeated")
            number = _attribute(attributes, "value-type") in ("float", "percentage", "currency")
            self._value = _attribute(attributes, "value") if number else None
        elif tag == "p" and self._in_cell:
            return True
        return False

    def end(self, tag: str, text: str | None) -> None:
        """A paragraph, cell or row ends."""
        if tag == "p" and text is not None:
            self._texts.append(text)
        elif tag in ("table-cell", "covered-table-cell"):
            self._in_cell = False
            self._add_cell(self._value if self._value else "\n".join(self._texts).strip())
        elif tag == "table-row":
            self._add_row()

    def _add_cell(self, text: str) -> None:
        if not text:
            self._blank_cells += self._times
            return
        width = len(self._row) + self._blank_cells + self._times
        if width > MOST_COLUMNS:
            raise _TooMuch
        self._row += [""] * self._blank_cells + [text] * self._times
        self._blank_cells = 0

    def _add_row(self) -> None:
        if not self._row:
            self._blank_rows += self._row_times
            return
        self._cells += (self._blank_rows + self._row_times) * len(self._row)
        if self._cells > MOST_CELLS:
            raise _TooMuch
        self._rows += [[] for _ in range(self._blank_rows)]
        self._rows += [list(self._row) for _ in range(self._row_times)]
        self._blank_rows = 0


def _attribute(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _number(attributes: dict[str, str], name: str) -> int:
    text = _attribute(attributes, name)
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 else 1
