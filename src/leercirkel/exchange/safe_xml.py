"""Reading XML that nobody vouches for: bounded in size, depth and time, and without the text we must not keep.

Every XML format of the field goes through `parse`. It stands on expat from the standard library and not on lxml, for
two reasons: expat hands over text only while we ask for it, so the content of an element that nobody wants (a citizen
service number, say) never becomes a string of ours; and it knows the line of every element without building a tree.
A file with a DOCTYPE is refused before the first declaration in it is read, which ends entity expansion and external
entities at once; no file or address is ever opened on behalf of a file.
"""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path
from typing import NoReturn, Protocol
from xml.parsers import expat

from leercirkel.exchange.problems import Problem, shorten

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 500_000
MAX_TEXT = 4096
"""Characters of one element that are handed over; one more tells the sink that the text was longer."""

_DECLARED = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"'>]{1,40})[\"']")
# Names of Python codecs → what expat is told. Latin-1 is read as Windows-1252, as browsers do: a file from Windows that
# says ISO-8859-1 has its curly quotes and euro sign there. A file that says UTF-16 but plainly is not (a known slip of
# .NET programs) is read as UTF-8, which is checked byte by byte.
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "ascii": "utf-8",
    "iso8859-1": "windows-1252",
    "cp1252": "windows-1252",
    "iso8859-15": "iso-8859-15",
    "cp1250": "windows-1250",
    "cp1254": "windows-1254",
}
_SIGNATURES = {
    b"PK\x03\x04": "een zip- of Excel-bestand (.xlsx)",
    b"\xd0\xcf\x11\xe0": "een oud Excel- of Word-bestand (.xls, .doc)",
    b"%PDF": "een PDF",
    b"\x1f\x8b": "een gecomprimeerd bestand (.gz)",
    b"{": "een JSON-bestand",
    b"[": "een JSON-bestand",
}


class Sink(Protocol):
    """What receives the elements of a file. Tags come without namespace or prefix; lines count from 1."""

    def start(self, tag: str, attributes: dict[str, str], line: int) -> bool:
        """An element begins; true asks for its text (that of its children is never part of it)."""

    def end(self, tag: str, text: str | None) -> None:
        """An element ends; `text` is None unless it was asked for, and holds at most MAX_TEXT + 1 characters."""


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_limited(path: Path, limit: int = MAX_BYTES) -> bytes | Problem:
    """The bytes of a regular file of at most `limit` bytes, else the problem with it. Its size is looked at first."""
    name = path.name
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _problem(name, "file-unreadable", "Dit is geen gewoon bestand.", "Kies een bestand, geen map.")
        if status.st_size > limit:
            return too_large(name, status.st_size, limit)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError):
        advice = "Kijk of het bestand bestaat en of u het mag lezen."
        return _problem(name, "file-unreadable", "Het bestand kan niet worden gelezen.", advice)
    return data if len(data) <= limit else too_large(name, len(data), limit)


def too_large(name: str, size: int, limit: int = MAX_BYTES) -> Problem:
    """The problem of a file of `size` bytes where `limit` are read."""
    message = f"Het bestand is te groot: {_megabytes(size)}; er wordt ten hoogste {_megabytes(limit)} gelezen."
    advice = "Een uitwisselbestand van één school is veel kleiner. Exporteer opnieuw, per school en schooljaar."
    return _problem(name, "file-too-large", message, advice)


def parse(data: bytes, name: str, sink: Sink, *, expected: str = "een XML-bestand") -> Problem | None:
    """Feeds the elements of `data` to `sink`; None when the whole file was read, else the one reason it was not.

    `name` is the file name for the problem, `expected` completes "Kies …" in the advice. Never raises for any `data`;
    what `sink` itself raises passes through. What a sink gathered before a problem is incomplete and not to be used.
    """
    try:
        encoding = _encoding(data, name, expected)
        _feed(data, name, sink, encoding)
    except _Refused as refusal:
        return refusal.problem
    return None


def _feed(data: bytes, name: str, sink: Sink, encoding: str) -> None:
    parser = expat.ParserCreate(encoding)
    # Not buffer_text: pyexpat flushes its buffer while a handler is being changed, and a handler that changes itself
    # would then be called without end. The pieces are few anyway: text is asked for short fields only.
    depth = elements = size = 0
    collecting = 0  # the depth of the element whose text is being gathered; 0 when none is
    parts: list[str] = []
    sink_start, sink_end = sink.start, sink.end

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements, collecting, size
        depth += 1
        elements += 1
        line = parser.CurrentLineNumber
        if depth > MAX_DEPTH or elements > MAX_ELEMENTS:
            _refuse_shape(name, depth, line)
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        wanted = sink_start(tag, attributes, line)
        if collecting:
            parser.CharacterDataHandler = None
        elif wanted:
            collecting = depth
            size = 0
            parser.CharacterDataHandler = text

    def end(tag: str) -> None:
        nonlocal depth, collecting
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if collecting == depth:
            parser.CharacterDataHandler = None
            collecting = 0
            gathered = "".join(parts)[: MAX_TEXT + 1]
            parts.clear()
            sink_end(tag, gathered)
        else:
            sink_end(tag, None)
        depth -= 1

    def text(piece: str) -> None:
        nonlocal size
        parts.append(piece)
        size += len(piece)
        if size > MAX_TEXT:
            parser.CharacterDataHandler = None

    def doctype(*_: object) -> None:
        message = "Het bestand bevat een DOCTYPE. Daarin kan gevaarlijke inhoud staan, dus het wordt niet gelezen."
        advice = "Een gewone export heeft geen DOCTYPE. Exporteer opnieuw uit het leerlingadministratiesysteem."
        _refuse(name, "xml-doctype", message, advice, parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _Refused(_syntax_problem(error, parser.ErrorByteIndex, data, name)) from None
    finally:
        # Parser and handlers hold each other: without this, text of a refused file waits for the garbage collector.
        parts.clear()
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.StartDoctypeDeclHandler = None


def _encoding(data: bytes, name: str, expected: str) -> str:
    """The encoding to tell expat; raises _Refused for what cannot be XML."""
    if len(data) > MAX_BYTES:
        raise _Refused(too_large(name, len(data)))
    head = data[:512]
    if not head.strip() and not data.strip():
        _refuse(name, "file-empty", "Het bestand is leeg.", f"Exporteer opnieuw en kies {expected}.")
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        _refuse_encoding(name, "UTF-32")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    if head.startswith((b"<\0", b"\0<")):
        return "UTF-16LE" if head.startswith(b"<") else "UTF-16BE"
    for signature, kind in _SIGNATURES.items():
        if head.lstrip().startswith(signature):
            _refuse(name, "not-xml", f"Dit is geen XML maar {kind}.", f"Kies {expected}.")
    nul = data.find(b"\0")
    if nul >= 0:
        message = "Het bestand bevat nul-tekens (bytes met waarde 0) en is waarschijnlijk beschadigd."
        _refuse(name, "xml-nul-bytes", message, "Exporteer het bestand opnieuw.", data.count(b"\n", 0, nul) + 1)
    if not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<") and not data.lstrip().startswith(b"<"):
        message = "Dit is geen XML maar platte tekst (bijvoorbeeld CSV of het oude EDEX met vaste kolommen)."
        _refuse(name, "not-xml", message, f"Kies {expected}.")
    declared = _DECLARED.match(head)
    if declared is None:
        return "utf-8"
    label = declared[1].decode("ascii", "replace")
    try:
        codec = codecs.lookup(label).name
    except (LookupError, ValueError):
        codec = ""
    if codec not in _ENCODINGS:
        _refuse_encoding(name, label)
    return _ENCODINGS[codec]


_SYNTAX = {
    "xml-truncated": ("Het bestand houdt midden in de inhoud op.", "Exporteer of download het bestand opnieuw."),
    "xml-encoding": (
        "Hier staat een teken dat niet klopt met de tekencodering die het bestand noemt (waarschijnlijk Windows-1252).",
        "Exporteer opnieuw als UTF-8, of sla het bestand in een teksteditor op als UTF-8.",
    ),
    "xml-after-end": ("Na het einde van de XML staat nog meer inhoud.", "Exporteer het bestand opnieuw."),
    "xml-entity": (
        "Hier staat een verwijzing (&…;) die XML niet kent.",
        "Vervang haar door het teken zelf of exporteer het bestand opnieuw.",
    ),
    "xml-before-start": ("Voor de regel <?xml …?> staat nog iets.", "Verwijder wat ervoor staat en probeer opnieuw."),
    "xml-malformed": (
        "Het bestand is hier geen geldige XML: een label of teken klopt niet.",
        "Exporteer het bestand opnieuw; is het met de hand gewijzigd, herstel dan deze regel.",
    ),
}
_E = expat.errors.codes
_CODES = {
    _E[expat.errors.XML_ERROR_NO_ELEMENTS]: "xml-truncated",
    _E[expat.errors.XML_ERROR_UNCLOSED_TOKEN]: "xml-truncated",
    _E[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION]: "xml-truncated",
    _E[expat.errors.XML_ERROR_PARTIAL_CHAR]: "xml-truncated",
    _E[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]: "xml-after-end",
    _E[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "xml-entity",
    _E[expat.errors.XML_ERROR_BAD_CHAR_REF]: "xml-entity",
    _E[expat.errors.XML_ERROR_MISPLACED_XML_PI]: "xml-before-start",
    _E[expat.errors.XML_ERROR_UNKNOWN_ENCODING]: "xml-encoding",
    _E[expat.errors.XML_ERROR_INCORRECT_ENCODING]: "xml-encoding",
}


def _refuse_shape(name: str, depth: int, line: int) -> NoReturn:
    advice = "Dit is geen gewone export. Exporteer opnieuw."
    if depth > MAX_DEPTH:
        message = f"De elementen zijn meer dan {MAX_DEPTH} lagen diep in elkaar gezet."
        _refuse(name, "xml-too-deep", message, advice, line)
    _refuse(name, "xml-too-many-elements", f"Het bestand heeft meer dan {MAX_ELEMENTS} elementen.", advice, line)


def _syntax_problem(error: expat.ExpatError, position: int, data: bytes, name: str) -> Problem:
    code = _CODES.get(error.code, "xml-malformed")
    if code == "xml-malformed" and any(byte >= 0x80 for byte in data[max(position, 0) : position + 1]):
        code = "xml-encoding"
    message, advice = _SYNTAX[code]
    return _problem(name, code, message, advice, max(error.lineno, 1))


def _refuse_encoding(name: str, label: str) -> NoReturn:
    message = "Het bestand noemt een tekencodering die niet wordt gelezen."
    problem = Problem("error", name, "xml-encoding", message, "Exporteer opnieuw als UTF-8.", 1, None, shorten(label))
    raise _Refused(problem)


def _refuse(name: str, code: str, message: str, advice: str, row: int | None = None) -> NoReturn:
    raise _Refused(_problem(name, code, message, advice, row))


def _problem(name: str, code: str, message: str, advice: str, row: int | None = None) -> Problem:
    return Problem("error", name, code, message, advice, row)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"
