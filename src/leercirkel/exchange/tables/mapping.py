"""A mapping: which column of a source means what. Kept as TOML, reusable for every file of that source."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any

from leercirkel.core.records import dataclass
from leercirkel.exchange import toml_tables
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.tables.headers import DUTCH, FIELDS, RESULT_FIELDS, TEST_FIELDS

DATE_FORMATS: tuple[str, ...] = ("dd-mm-jjjj", "mm-dd-jjjj", "jjjj-mm-dd")
_TOP = ("files", "columns", "constants", "values", "wide", "date_format", "decimal")
_ADVICE = "Vergelijk met het voorbeeld in docs/domein/toetsbestanden.md."


@dataclass(frozen=True, slots=True)
class WideColumn:
    """One column of a wide table: the field it fills (score, level …) and the test it belongs to, as constants."""

    header: str
    field: str
    constants: Dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns of a file mean.

    `columns`: field → header as it stands in the file. `constants`: field → value for every row that has none of its
    own. `values`: field → (delivered text → text to read instead), compared without capitals. `date_format`: one of
    DATE_FORMATS, None: Dutch or ISO. `decimal`: "," or ".", None: whichever stands there. `wide`: the result columns of
    a table with a row per pupil; empty for a table with a row per result. `files`: patterns of the names of the files
    it is meant for ("cito-*.xlsx"); empty: any file.
    """

    columns: Dict[str, str] = dataclasses.field(default_factory=dict)
    constants: Dict[str, str] = dataclasses.field(default_factory=dict)
    values: Dict[str, Dict[str, str]] = dataclasses.field(default_factory=dict)
    date_format: str | None = None
    decimal: str | None = None
    wide: tuple[WideColumn, ...] = ()
    files: tuple[str, ...] = ()


def mapping_for(name: str, mappings: Sequence[Mapping]) -> Mapping | None:
    """The mapping with a pattern that fits the file's name; else the first one that is meant for any file."""
    fitting = (m for m in mappings if any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in m.files))
    return next(fitting, None) or next((m for m in mappings if not m.files), None)


def read_mapping(data: bytes, name: str) -> tuple[Mapping | None, list[Problem]]:
    """The mapping in these bytes, or None with every reason why it cannot be used. Never raises."""
    text, problems = toml_tables.decode(data, name)
    if text is None:
        return None, problems
    raw, faults = toml_tables.parse(text, name)
    problems += faults
    if raw is None:
        return None, problems
    checker = _Checker(name, problems)
    for key in raw:
        if key not in _TOP:
            checker.fault("mapping-unknown-field", f"“{shorten(key, 30)}” is onbekend.", _hint(key, _TOP), key)
    wide = checker.table(raw, "wide")
    columns = checker.texts(checker.table(raw, "columns"), FIELDS, "[columns]")
    columns |= checker.texts({k: v for k, v in wide.items() if k != "column"}, FIELDS, "[wide]")
    mapping = Mapping(
        columns=columns,
        constants=checker.texts(checker.table(raw, "constants"), FIELDS, "[constants]"),
        values={
            key: checker.texts(table, None, f"[values.{key}]")
            for key, table in checker.known(checker.table(raw, "values"), FIELDS, "[values]").items()
        },
        date_format=checker.choice(raw, "date_format", DATE_FORMATS),
        decimal=checker.choice(raw, "decimal", (",", ".")),
        wide=checker.wide_columns(wide.get("column", [])),
        files=checker.patterns(raw.get("files", [])),
    )
    results = (*mapping.columns, *mapping.constants, *(c.field for c in mapping.wide))
    if not any(f in results for f in RESULT_FIELDS):
        checker.fault("mapping-no-result", "Er staat geen kolom met resultaten in (score, level, dle, avi …).", _ADVICE)
    if not {"pupil_key", "surname", "name"} & set(mapping.columns):
        checker.fault("mapping-no-pupil", "Er staat geen kolom in die de leerling aanwijst.",
                      "Noem onder [columns] pupil_key, of surname met first_name en birth_date.")  # fmt: skip
    return (None if checker.faulty else mapping), problems


@dataclass(slots=True)
class _Checker:
    name: str
    problems: list[Problem]
    faulty: bool = False

    def fault(self, code: str, message: str, advice: str, key: str | None = None, value: object = None) -> None:
        self.faulty = True
        shown = None if value is None else toml_tables.text_of(value)
        field_name = None if key is None else shorten(key, 30)
        self.problems.append(Problem("error", self.name, code, message, advice, None, field_name, shown))

    def table(self, raw: dict[str, Any], key: str) -> dict[str, Any]:
        value = raw.get(key, {})
        if isinstance(value, dict):
            return value
        self.fault("mapping-form", f"{key} hoort een tabel te zijn: [{key}].", _ADVICE, key, value)
        return {}

    def known(self, table: dict[str, Any], choices: tuple[str, ...], label: str) -> dict[str, Any]:
        for key, value in table.items():
            if key not in choices:
                message = f"{label}: “{shorten(key, 30)}” is geen veld dat wij kennen."
                self.fault("mapping-unknown-field", message, _hint(key, choices), key)
            elif not isinstance(value, str | int | float | dict):
                self.fault("mapping-form", f"{label}: bij {key} hoort tekst.", _ADVICE, key, value)
        return {k: v for k, v in table.items() if k in choices}

    def texts(self, table: object, choices: tuple[str, ...] | None, label: str) -> dict[str, str]:
        if not isinstance(table, dict):
            self.fault("mapping-form", f"{label} hoort een tabel te zijn.", _ADVICE, None, table)
            return {}
        kept = table if choices is None else self.known(table, choices, label)
        made: dict[str, str] = {}
        for key, value in kept.items():
            if not isinstance(value, str | int | float) or isinstance(value, bool) or (choices and value == ""):
                self.fault("mapping-form", f"{label}: bij {shorten(key, 30)} hoort tekst.", _ADVICE, key, value)
            else:
                made[key] = value if isinstance(value, str) else toml_tables.text_of(value)
        return made

    def choice(self, raw: dict[str, Any], key: str, choices: tuple[str, ...]) -> str | None:
        value = raw.get(key)
        if value is None or value in choices:
            return value
        one = toml_tables.one_of(f'"{c}"' for c in choices)
        self.fault("mapping-form", f"{key} hoort {one} te zijn.", _ADVICE, key, value)
        return None

    def patterns(self, raw: object) -> tuple[str, ...]:
        if isinstance(raw, list) and all(isinstance(item, str) and item for item in raw):
            return tuple(raw)
        message = 'files hoort een lijst te zijn, bijvoorbeeld ["cito-*.xlsx"].'
        self.fault("mapping-form", message, _ADVICE, "files", raw)
        return ()

    def wide_columns(self, raw: object) -> tuple[WideColumn, ...]:
        if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
            self.fault("mapping-form", "column hoort met dubbele haken te staan: [[wide.column]].", _ADVICE, "wide")
            return ()
        made = []
        for number, item in enumerate(raw, 1):
            label = f"[[wide.column]] {number}"
            texts = self.texts(item, ("header", "field", *TEST_FIELDS), label)
            header, target = texts.pop("header", None), texts.pop("field", None)
            if header is None or target not in RESULT_FIELDS:
                fields = toml_tables.one_of(RESULT_FIELDS)
                self.fault("mapping-form", f"{label}: noem header en field ({fields}).", _ADVICE, "field", target)
                continue
            made.append(WideColumn(header, target, texts))
        return tuple(made)


def _hint(key: str, choices: tuple[str, ...]) -> str:
    meant = toml_tables.suggestion(key, choices) or {v: k for k, v in DUTCH.items()}.get(key.casefold())
    return f"Bedoelde u {meant}?" if meant in choices else f"Bekend zijn: {toml_tables.one_of(choices)}."


def mapping_to_toml(mapping: Mapping) -> str:
    """The mapping as a TOML text that read_mapping gives back unchanged, with a Dutch remark at each field."""
    lines = ["# Welke kolom wat betekent. Links ons veld, rechts de kop in het bestand."]
    if mapping.files:
        lines.append(f"files = [{', '.join(_text(pattern) for pattern in mapping.files)}]")
    if mapping.date_format:
        lines.append(f"date_format = {_text(mapping.date_format)}")
    if mapping.decimal:
        lines.append(f"decimal = {_text(mapping.decimal)}")
    for title, table in (("columns", mapping.columns), ("constants", mapping.constants)):
        if table:
            lines += ["", f"[{title}]"]
            lines += [f"{key} = {_text(value)}  # {DUTCH.get(key, key)}" for key, value in table.items()]
    for key, table in mapping.values.items():
        lines += ["", f"[values.{key}]", *(f"{_text(old)} = {_text(new)}" for old, new in table.items())]
    for column in mapping.wide:
        lines += ["", "[[wide.column]]", f"header = {_text(column.header)}", f"field = {_text(column.field)}"]
        lines += [f"{key} = {_text(value)}" for key, value in column.constants.items()]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in escaped) + '"'
