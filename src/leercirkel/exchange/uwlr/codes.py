"""What a school says about test codes that a message does not explain: TOML with [[uwlr]] (docs/domein/uwlr.md)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Final, Literal, get_args

from leercirkel.core.records import dataclass
from leercirkel.exchange import fields
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.toml_tables import Table, check_keys, decode, one_of, parse, tables

CountsAs = Literal["result", "method_test", "nothing"]
TOP: Final = ("uwlr",)
FIELDS: Final = ("code", "part", "subject", "instrument", "version", "test_level", "moment", "counts_as")


@dataclass(frozen=True, slots=True)
class UwlrCode:
    """What results with this code are. `code` and `part` may hold * and ?; `part` None: the whole test.

    `counts_as` "result": a test of the pupil-tracking system, also when its score is a bare number; "method_test": a
    test of a method; "nothing": left out; None: an OSO result is the first, a bare score the second.
    """

    code: str
    part: str | None = None
    subject: str | None = None
    instrument: str | None = None
    version: str | None = None
    test_level: str | None = None
    moment: str | None = None
    counts_as: CountsAs | None = None

    def fits(self, code: str, part: str | None) -> bool:
        """Whether this is about the test with this code, and about this part of it."""
        same_part = part is None if self.part is None else part is not None and _like(part, self.part)
        return same_part and _like(code, self.code)


@dataclass(frozen=True, slots=True)
class UwlrCodes:
    """The codes of one file, in its order: the first that fits a result holds."""

    codes: tuple[UwlrCode, ...]


def _like(text: str, pattern: str) -> bool:
    return fnmatchcase(text.casefold(), pattern.casefold().replace("[", "[[]"))


def read(data: bytes, name: str) -> tuple[UwlrCodes | None, list[Problem]]:
    """The test codes in a TOML file, or None with every reason why it cannot be used. Never raises."""
    text, problems = decode(data, name)
    if text is None:
        return None, problems
    values, faults = parse(text, name)
    problems += faults
    if values is None:
        return None, problems
    check_keys(Table(name, "", values, problems), TOP)
    codes = [_one(table) for table in tables(text, values, "uwlr", "toetscode", name, problems)]
    if any(p.severity == "error" for p in problems):
        return None, problems
    return UwlrCodes(tuple(codes)), problems


def _one(table: Table) -> UwlrCode:
    check_keys(table, FIELDS)
    code = fields.required_text(table, "code", "de toetscode", 'code = "RW-3.0-*"')
    counts_as = table.values.get("counts_as")
    if counts_as is not None and counts_as not in get_args(CountsAs):
        choices = one_of(f'"{word}"' for word in get_args(CountsAs))
        table.error("counts-as-unknown", "dit is geen manier van tellen.", f"Kies {choices}.", "counts_as", counts_as)
    moments = fields.moments(table) or ()
    if len(moments) > 1:
        table.error("moment-form", "een toetscode hoort bij één moment.", 'Bijvoorbeeld: moment = "M"', "moment")
    subject = None if counts_as == "nothing" else fields.subject(table)
    part, instrument, version, level = (
        fields.optional_text(table, key, word)
        for key, word in (
            ("part", "het onderdeel"), ("instrument", "de toets"), ("version", "de versie"),
            ("test_level", "het toetsniveau"),
        )
    )  # fmt: skip
    moment = moments[0] if moments else None
    return UwlrCode(code or "", part, subject, instrument, version, level, moment, counts_as)
