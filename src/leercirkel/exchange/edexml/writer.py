"""Writing EDEXML 2.1: what a pupil-tracking system needs, in the order of the standard, and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from leercirkel.exchange.edexml.codes import GENDERS, ROLES
from leercirkel.exchange.edexml.model import Group, Location, Pupil, Roster, Staff
from leercirkel.exchange.edexml.reader import read
from leercirkel.exchange.problems import Problem

_ROOT: Final = (
    '<EDEX xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="EDEXML.structuur.xsd">'
)
_BRIN: Final = re.compile(r"([0-9]{2}[A-Z]{2})([0-9]{2})")
_FLEMISH: Final = re.compile(r"[0-9]{2,6}")
_GENDER_CODES: Final = {meaning: code for code, meaning in GENDERS.items() if meaning is not None}
# Warnings of the reader that mean that the schema of the standard would not accept the file.
_OUTSIDE_STANDARD: Final = frozenset(
    {"longer-than-standard", "name-missing", "grade-unknown", "grade-combination", "group-grade-missing"}
)


def write(roster: Roster, *, author: str | None = None) -> bytes:
    """The roster as EDEXML 2.1 in UTF-8; reading it back gives the same roster, except `file` and the lines.

    Per pupil: names, birth date, gender, start of grade 3, grade, groups, location, dates of entry and leaving, ECK iD.
    `author` is the name of the system that makes the file. Raises ValueError when the standard cannot carry the roster
    (no pupils, a reference to nothing, a prefix without a surname, a name with double spaces …); the text says where.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _ROOT,
        *_school(roster, author),
        *_section("vestigingen", [line for location in roster.locations for line in _location(location)]),
        *_section("groepen", [line for group in roster.groups for line in _group(group)]),
        *_section("leerlingen", [line for pupil in roster.pupils for line in _pupil(pupil)]),
        *_section("leerkrachten", _staff_lines(roster)),
        "</EDEX>",
        "",
    ]
    data = "\n".join(lines).encode("utf-8")
    _check(roster, data)
    return data


def _school(roster: Roster, author: str | None) -> Iterator[str]:
    yield "  <school>"
    yield _text(4, "schooljaar", f"{roster.school_year:04d}-{roster.school_year + 1:04d}")
    yield from _date(4, "peildatum", roster.reference_date)
    if match := _BRIN.fullmatch(roster.school):
        yield _text(4, "brincode", match[1])
        yield _text(4, "dependancecode", match[2])
    elif roster.school:
        yield _text(4, "instellingsnummer" if _FLEMISH.fullmatch(roster.school) else "schoolkey", roster.school)
    if roster.created_on is not None:
        yield _text(4, "aanmaakdatum", f"{roster.created_on.isoformat()}T00:00:00")
    if author:
        yield _text(4, "auteur", author[:128])
    yield _text(4, "xsdversie", "2.1")
    yield "  </school>"


def _section(name: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  <{name}>"
        yield from lines
        yield f"  </{name}>"


def _location(location: Location) -> Iterator[str]:
    yield f"    <vestiging key={_quote(location.key)}>"
    yield _text(6, "naam", location.name)
    yield "    </vestiging>"


def _group(group: Group) -> Iterator[str]:
    tag = "samengestelde_groep" if group.mixed else "groep"
    yield f"    <{tag} key={_quote(group.key)}>"
    yield _text(6, "naam", group.name)
    if not group.mixed:
        yield _text(6, "jaargroep", group.grade)
    yield f"    </{tag}>"


def _pupil(pupil: Pupil) -> Iterator[str]:
    eck_id = f" eckid={_quote(pupil.eck_id)}" if pupil.eck_id else ""
    yield f"    <leerling key={_quote(pupil.key)}{eck_id}>"
    yield from _names(pupil.surname, pupil.prefix, pupil.initials, pupil.first_name)
    yield from _date(6, "geboortedatum", pupil.birth_date)
    if pupil.gender is not None:
        yield _text(6, "geslacht", _GENDER_CODES[pupil.gender])
    yield from _date(6, "start_ondw_jgr3", pupil.start_group3)
    if pupil.grade is not None:
        yield _text(6, "jaargroep", pupil.grade)
    if pupil.group is not None:
        yield f"      <groep key={_quote(pupil.group)}/>"
    if pupil.instruction_groups:
        yield "      <samengestelde_groepen>"
        for key in pupil.instruction_groups:
            yield f"        <samengestelde_groep key={_quote(key)}/>"
        yield "      </samengestelde_groepen>"
    if pupil.location is not None:
        yield f"      <vestiging key={_quote(pupil.location)}/>"
    yield from _date(6, "instroomdatum", pupil.enrolled_on)
    yield from _date(6, "uitstroomdatum", pupil.left_on)
    yield "    </leerling>"


def _staff_lines(roster: Roster) -> list[str]:
    mixed = {group.key for group in roster.groups if group.mixed}
    return [line for member in roster.staff for line in _staff(member, mixed)]


def _staff(member: Staff, mixed: set[str]) -> Iterator[str]:
    yield f"    <leerkracht key={_quote(member.key)}>"
    yield from _names(member.surname, member.prefix, None, member.first_name)
    for role in member.roles:
        yield _text(6, "rol" if role in ROLES else "rolomschrijving", role)
    if member.groups:
        yield "      <groepen>"
        for key in member.groups:
            yield f"        <{'samengestelde_groep' if key in mixed else 'groep'} key={_quote(key)}/>"
        yield "      </groepen>"
    yield "    </leerkracht>"


def _names(surname: str | None, prefix: str | None, initials: str | None, first_name: str | None) -> Iterator[str]:
    """The standard knows either a surname with what belongs to it, or a first name alone."""
    if surname is not None:
        yield _text(6, "achternaam", surname)
        if prefix is not None:
            yield _text(6, "voorvoegsel", prefix)
        if initials is not None:
            yield _text(6, "voorletters-1", initials)
    if first_name is not None:
        yield _text(6, "roepnaam", first_name)


def _date(indent: int, tag: str, day: date | None) -> Iterator[str]:
    if day is not None:
        yield _text(indent, tag, day.isoformat())


def _text(indent: int, tag: str, text: str) -> str:
    return f"{' ' * indent}<{tag}>{escape(text)}</{tag}>"


def _quote(key: str) -> str:
    return quoteattr(key)


def _check(roster: Roster, data: bytes) -> None:
    """Reads the file back: the only proof that a receiver will find in it what we meant."""
    back, problems = read(data, roster.file)
    wrong = [problem for problem in problems if problem.severity == "error" or problem.code in _OUTSIDE_STANDARD]
    if wrong:
        raise ValueError(f"EDEXML cannot carry this roster: {_describe(wrong[0])} ({len(wrong)} in all)")
    expected = without_lines(roster)
    found = None if back is None else without_lines(back)
    if found != expected:
        raise ValueError(f"EDEXML cannot carry this roster unchanged: {_difference(expected, found)}")


def without_lines(roster: Roster) -> Roster:
    """The roster as it would be if it came from no file: two rosters that say the same are then equal."""
    return replace(roster, file="", pupils=tuple(replace(pupil, row=None) for pupil in roster.pupils))


def _describe(problem: Problem) -> str:
    return f"{problem.code} at {problem.field or 'the file'} (line {problem.row or 1})"


def _difference(expected: Roster, found: Roster | None) -> str:
    if found is None:
        return "nothing could be read back"
    for name in ("pupils", "groups", "staff", "locations"):
        before, after = getattr(expected, name), getattr(found, name)
        if before != after:
            keys = [old.key for old, new in zip(before, after, strict=False) if old != new]
            return f"{name} {keys[:3]}"
    return "the school, its school year or its dates"
