"""What the columns of a table mean (or the test codes of a message): what is proposed, and what somebody made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl
from django.utils.translation import gettext as _

from leercirkel.apps.assessment.wizard.reading import Upload, signature_of
from leercirkel.core import subjects
from leercirkel.exchange import result_files
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.tables import reader
from leercirkel.exchange.tables.guess import Proposal, canonical_proposal, propose
from leercirkel.exchange.tables.headers import DUTCH, FIELDS, RESULT_FIELDS
from leercirkel.exchange.tables.layout import Sheet
from leercirkel.exchange.tables.mapping import DATE_FORMATS, Mapping, WideColumn, mapping_to_toml
from leercirkel.exchange.uwlr import reader as uwlr

NOT_READ, ONE_TEST = "", "toets:"
"""What a column may be beside a field: not read, or the result of one test ("toets:score")."""
CONSTANTS = ("subject", "instrument", "version", "school_year", "moment")
OF_TEST = ("subject", "instrument", "test_level", "moment", "school_year")
NOTHING = "telt-niet"
SAMPLES, _LONG = 3, 30
"""So many different texts of a column are shown."""
_PART = re.compile(r'onderdeel "([^"…]*)"')


@dataclass(frozen=True, slots=True)
class Line:
    """A column of a file: what stands in it, what it means (`chosen`), and of one test which (`of_test`)."""

    number: int
    header: str
    samples: tuple[str, ...]
    chosen: str
    doubtful: bool
    of_test: Dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"kolom-{self.number}"

    @property
    def shown(self) -> str:
        """What stands in it, on one line."""
        return " · ".join(self.samples)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file as its form shows them. `doubts`: why somebody is asked."""

    signature: str
    lines: tuple[Line, ...]
    doubts: tuple[str, ...]
    constants: Dict[str, str]
    date_format: str
    decimal: str
    own: bool
    """Somebody chose these; else they are as proposed."""

    @property
    def doubtful(self) -> tuple[Line, ...]:
        """What is asked."""
        return tuple(line for line in self.lines if line.doubtful)

    @property
    def certain(self) -> tuple[Line, ...]:
        """What was recognised from its header."""
        return tuple(line for line in self.lines if not line.doubtful)


@dataclass(frozen=True, slots=True)
class Code:
    """A test code that a message does not explain. `number` is its place in the form."""

    number: int
    code: str
    part: str | None
    message: str

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"code-{self.number}"


def columns_of(upload: Upload, remembered: Mapping | None = None) -> tuple[Columns | None, list[Problem]]:
    """The columns of a table; None with the reason when it cannot be opened."""
    own = upload.mapping if isinstance(upload.mapping, Mapping) else remembered
    sheet, problems = reader.opened_sheet(upload.content, upload.name, own)
    if sheet is None:
        return None, problems
    proposal = canonical_proposal(sheet) or propose(sheet)
    used = proposal.mapping if own is None else own
    return _shown(sheet, proposal, used, own is not None), problems


def chosen(columns: Columns, given: Dict[str, str]) -> Columns:
    """The same columns with what the form says."""
    lines = tuple(
        Line(
            line.number, line.header, line.samples, given.get(line.name, line.chosen), line.doubtful,
            {name: given[key].strip() for name in OF_TEST if given.get(key := f"{line.name}-{name}", "").strip()},
        )
        for line in columns.lines
    )  # fmt: skip
    constants = {name: given[key].strip() for name in CONSTANTS if given.get(key := f"vast-{name}", "").strip()}
    form = given.get("datum", "") if given.get("datum", "") in DATE_FORMATS else ""
    decimal = given.get("komma", "") if given.get("komma", "") in (",", ".") else ""
    return Columns(columns.signature, lines, columns.doubts, constants, form, decimal, own=True)


def faults(columns: Columns) -> list[str]:
    """Why these choices cannot be used; empty when they can."""
    twice = [line.chosen for line in columns.lines if line.chosen in FIELDS]
    told = [
        _("Twee kolommen zijn allebei %(field)s. Kies er een.") % {"field": DUTCH[name]}
        for name in dict.fromkeys(twice) if twice.count(name) > 1
    ]  # fmt: skip
    told += [
        _("Kies bij “%(column)s” het vak van de toets.") % {"column": line.header}
        for line in columns.lines
        if line.chosen.startswith(ONE_TEST) and "subject" not in line.of_test
    ]
    if not told:
        _made, problems = result_files.read_mapping(toml_of(columns).encode(), _("Deze keuze"))
        told = [problem.message for problem in problems if problem.severity == "error"]
    return told


def toml_of(columns: Columns) -> str:
    """The mapping that was chosen, as it is kept."""
    wide = tuple(
        WideColumn(line.header, line.chosen.removeprefix(ONE_TEST), dict(line.of_test))
        for line in columns.lines
        if line.chosen.startswith(ONE_TEST) and line.chosen.removeprefix(ONE_TEST) in RESULT_FIELDS
    )
    fields = {line.chosen: line.header for line in columns.lines if line.chosen in FIELDS}
    return mapping_to_toml(
        Mapping(
            columns=fields, constants=dict(columns.constants), date_format=columns.date_format or None,
            decimal=columns.decimal or None, wide=wide,
        )
    )  # fmt: skip


def meanings() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column can mean, for its list of choices."""
    of_one = [
        (f"{ONE_TEST}{name}", _("%(what)s van één toets") % {"what": DUTCH[name]})
        for name in RESULT_FIELDS if name != "not_taken"
    ]  # fmt: skip
    return [
        ("", [(NOT_READ, _("niet lezen"))]),
        (_("Van de rij"), [(name, DUTCH[name].replace("_", " ")) for name in FIELDS]),
        (_("Een kolom per toets"), of_one),
    ]


def codes_of(upload: Upload, problems: Sequence[Problem]) -> tuple[Code, ...]:
    """The test codes of a message that somebody has to explain."""
    found = [problem for problem in problems if problem.code == "test-unknown" and problem.value]
    made = []
    for number, problem in enumerate(found):
        part = _PART.search(problem.message)
        made.append(Code(number, problem.value or "", part[1] if part else None, problem.message))
    return tuple(made)


def codes_toml(before: str, codes: Sequence[Code], given: Dict[str, str]) -> str:
    """What was known of test codes, with what the form says of these; those without an answer are left out."""
    blocks = [before.strip()] if before.strip() else []
    for code in codes:
        said = given.get(code.name, "")
        lines = ["[[uwlr]]", f"code = {_text(code.code)}"]
        if code.part is not None:
            lines.append(f"part = {_text(code.part)}")
        if said == NOTHING:
            lines.append('counts_as = "nothing"')
        elif said in subjects.LABELS:
            lines.append(f"subject = {_text(said)}")
            instrument = given.get(f"{code.name}-toets", "").strip()
            lines += [f"instrument = {_text(instrument)}"] if instrument else []
        else:
            continue
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def uwlr_problems(upload: Upload) -> list[Problem]:
    """What is wrong with a message."""
    codes = [upload.mapping] if upload.mapping is not None else []
    return uwlr.read_all(upload.content, upload.name, [c for c in codes if not isinstance(c, Mapping)])[1]


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _shown(sheet: Sheet, proposal: Proposal, used: Mapping, own: bool) -> Columns:
    by_header = {header.casefold(): name for name, header in used.columns.items()}
    wide = {column.header.casefold(): column for column in used.wide}
    doubts = () if own else proposal.doubts
    lines = []
    for number, (column, header) in enumerate(sheet.headers.items()):
        one = wide.get(header.casefold())
        meant = f"{ONE_TEST}{one.field}" if one else by_header.get(header.casefold(), NOT_READ)
        asked = any(f"“{header}”" in doubt for doubt in doubts) or (bool(doubts) and meant == NOT_READ)
        lines.append(
            Line(number, header, _samples(sheet.frame[column]), meant, asked, dict(one.constants) if one else {})
        )
    constants = {name: value for name, value in used.constants.items() if name in CONSTANTS}
    if "subject" in constants:
        constants["subject"] = subjects.parse(constants["subject"]) or constants["subject"]
    signature = signature_of("table", sheet.headers.values())
    told = tuple(f"{doubt.partition(';')[0].rstrip('.')}." for doubt in doubts)
    return Columns(signature, tuple(lines), told, constants, used.date_format or "", used.decimal or "", own)


def _samples(values: pl.Series) -> tuple[str, ...]:
    found = values.head(500).drop_nulls().unique(maintain_order=True).head(SAMPLES)
    return tuple(shorten(value, _LONG) for value in found)
