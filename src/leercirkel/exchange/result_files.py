"""Files with results, whatever they look like inside: tables and teachers' lists (CSV, XLSX), UWLR messages, the
doorstroomtoets (JSON)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from leercirkel.core.records import dataclass
from leercirkel.exchange.doorstroomtoets import reader as doorstroom
from leercirkel.exchange.doorstroomtoets.advices import AdviceTable
from leercirkel.exchange.doorstroomtoets.reader import Delivery
from leercirkel.exchange.doorstroomtoets.tables import tables as newest
from leercirkel.exchange.lists import layout as lists
from leercirkel.exchange.lists import method_tests, observations
from leercirkel.exchange.lists.method_tests import MethodTable
from leercirkel.exchange.lists.observations import ObservationTable
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.tables import mapping as columns
from leercirkel.exchange.tables import reader as tables_reader
from leercirkel.exchange.tables.mapping import Mapping
from leercirkel.exchange.tables.reader import Opened, ResultTable
from leercirkel.exchange.uwlr import codes
from leercirkel.exchange.uwlr import reader as uwlr_reader
from leercirkel.exchange.uwlr.codes import UwlrCodes
from leercirkel.exchange.uwlr.reader import UwlrFile

AnyMapping = Mapping | UwlrCodes
"""What a school says about its files: which column means what, or what a test code stands for."""

ResultFile = ResultTable | UwlrFile | Delivery | MethodTable | ObservationTable
"""What one file with results holds."""

_UWLR = re.compile(rb"<\s*(?:[\w.\-]{1,60}:)?leerresultaten_verzoek[\s/>]")
_UWLR_TOML = re.compile(rb"^[ \t]*\[\[?[ \t]*uwlr[ \t]*\]", re.MULTILINE)
_HEAD = 64 * 1024


def read(data: bytes, name: str, mappings: Sequence[AnyMapping] = ()) -> tuple[ResultFile | None, list[Problem]]:
    """The results in a file and all its problems; None when the file as a whole cannot be read. Never raises."""
    return finished([opened(data, name, mappings)])[0]


def opened(
    data: bytes, name: str, mappings: Sequence[AnyMapping] = ()
) -> tuple[Opened | ResultFile | None, list[Problem]]:
    """The first half of `read`: all of it, but of a table only as far as its columns."""
    if is_uwlr(data):
        return uwlr_reader.read_all(data, name, [m for m in mappings if isinstance(m, UwlrCodes)])
    if doorstroom.is_json(data) or name.lower().endswith(".json"):
        return doorstroom.read(data, name)
    mapping = columns.mapping_for(name, [m for m in mappings if isinstance(m, Mapping)])
    sheet, problems = tables_reader.opened_sheet(data, name, mapping)
    if sheet is None:
        return None, problems
    layout = None if mapping is not None and mapping.files else lists.kind_of(sheet)
    if layout is lists.METHOD_TESTS:
        return method_tests.read(data, name)
    if layout is lists.OBSERVATIONS:
        return observations.read(data, name)
    return tables_reader.open_rows(sheet, problems, name, mapping)


def finished(
    halves: Sequence[tuple[Opened | ResultFile | None, list[Problem]]],
) -> list[tuple[ResultFile | None, list[Problem]]]:
    """The second half of `read`, of all files together, in the order given."""
    tables = iter(tables_reader.read_rows([half for half, _ in halves if isinstance(half, Opened)]))
    return [next(tables) if isinstance(half, Opened) else (half, problems) for half, problems in halves]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What all files with results hold together, by kind."""

    tables: list[ResultTable]
    method_tests: list[MethodTable]
    observations: list[ObservationTable]
    advices: list[AdviceTable]


def gathered(found: Sequence[ResultFile]) -> tuple[Gathered, list[Problem]]:
    """What all files hold, and what is wrong between files of the doorstroomtoets."""
    out = Gathered([], [], [], [])
    for one in found:
        for part in (one.results, one.method_tests) if isinstance(one, UwlrFile) else (one,):
            if isinstance(part, ResultTable):
                out.tables.append(part)
            elif isinstance(part, MethodTable):
                out.method_tests.append(part)
            elif isinstance(part, ObservationTable):
                out.observations.append(part)
    made, advices, problems = newest([one for one in found if isinstance(one, Delivery)])
    out.tables.extend(made)
    out.advices.extend(advices)
    return out, problems


def read_mapping(data: bytes, name: str) -> tuple[AnyMapping | None, list[Problem]]:
    """The mapping of columns or of test codes in these bytes, or None with every reason why it cannot be used."""
    if _UWLR_TOML.search(data):
        return codes.read(data, name)
    return columns.read_mapping(data, name)


def is_uwlr(data: bytes) -> bool:
    """Whether these bytes are XML with UWLR results, bare or in a SOAP envelope."""
    head = data[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") and _UWLR.search(head) is not None
