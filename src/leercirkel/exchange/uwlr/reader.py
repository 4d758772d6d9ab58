"""Reading UWLR 2.2 results (leerresultaten_verzoek, with or without its SOAP envelope). Rules: docs/domein/uwlr.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from typing import Any, Final

import polars as pl

from leercirkel.core.calendar import parse_school_year, school_year_label
from leercirkel.core.dutch import agree
from leercirkel.core.records import dataclass
from leercirkel.exchange.edexml.report import Report
from leercirkel.exchange.lists.method_tests import TABLE as GOALS
from leercirkel.exchange.lists.method_tests import MethodTable
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.safe_xml import parse as parse_xml
from leercirkel.exchange.tables import parse
from leercirkel.exchange.tables.mapping import Mapping
from leercirkel.exchange.tables.reader import Opened, ResultTable, read_rows
from leercirkel.exchange.uwlr.codes import UwlrCodes
from leercirkel.exchange.uwlr.collect import Collector, Record
from leercirkel.exchange.uwlr.goals import goal_of
from leercirkel.exchange.uwlr.meaning import Meaning, meaning

EXPECTED: Final = "een bestand met leerresultaten (UWLR) uit het toetssysteem"
NAMESPACE: Final = "http://www.edustandaard.nl/leerresultaten/2/leerresultaten"

FIELDS_OF_SCORES: Final[dict[str, str]] = {
    "IV": "level", "AE": "level", "DLE": "dle", "PERCENTIEL": "percentile", "RNTRM": "reference_level", "AVI": "avi",
}  # fmt: skip
"""Codes of reference scores that we know → our field. Where a result has both I–V and A–E, I–V holds."""

_NATIONAL: Final = ("", "landelijk")
_SOURCE: Final = Mapping(
    columns={"pupil_key": "leerlingid", "subject": "vakgebied", "instrument": "toetsnaam", "taken_on": "afnamedatum",
             "score": "vaardigheidsscore", "level": "waarde", "dle": "waarde", "percentile": "waarde",
             "reference_level": "waarde", "avi": "waarde"},
    decimal=".",
)  # fmt: skip
"""What the fields are called in the message, for the checks that result tables have in common."""

_BRIN: Final = re.compile(r"([0-9]{2}[A-Z]{2})([0-9]{2})?")
_ZONE: Final = re.compile(r"(?:Z|[+-][0-9]{2}:[0-9]{2})$")
_AGAIN: Final = "Vraag het bestand opnieuw op; blijft dit zo, meld het bij de leverancier."


@dataclass(frozen=True, slots=True)
class UwlrFile:
    """What one message holds: results of pupil-tracking tests, and of methods if it has any."""

    results: ResultTable
    method_tests: MethodTable | None


@dataclass(slots=True)
class _Reading:
    """What has been gathered from one message."""

    report: Report
    codes: Sequence[UwlrCodes]
    tests: dict[str, Record]
    rows: list[dict[str, str | int | None]] = field(default_factory=list)
    eck_ids: dict[str, str] = field(default_factory=dict)
    meanings: dict[tuple[str, str | None], Meaning] = field(default_factory=dict)
    unknown: dict[tuple[str, str | None], list[int]] = field(default_factory=dict)
    goals: list[dict[str, Any]] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    other_scores: Counter[str] = field(default_factory=Counter)


def read(data: bytes, name: str, codes: Sequence[UwlrCodes] = ()) -> tuple[ResultTable | None, list[Problem]]:
    """The results of the pupil-tracking tests in a UWLR file; as `read_all`."""
    found, problems = read_all(data, name, codes)
    return (None if found is None else found.results), problems


def read_all(data: bytes, name: str, codes: Sequence[UwlrCodes] = ()) -> tuple[UwlrFile | None, list[Problem]]:
    """The results in a UWLR file, of pupil-tracking tests and of methods, and everything that is wrong with it.

    None when the file as a whole cannot be read. `row` of a result is the line of its element. The same checks run as
    on result tables (dates, scores, levels). `codes`: what the school says about test codes. Never raises.
    """
    collected = Collector()
    refusal = parse_xml(data, name, collected, expected=EXPECTED)
    if refusal is not None:
        return None, [refusal]
    report = Report(name)
    if not collected.found_root:
        kind = shorten(collected.root or "", 40)
        return None, [Problem("error", name, "not-uwlr", f"Dit is geen bericht met leerresultaten (UWLR): het begint "
                              f"met <{kind}>.", f"Kies {EXPECTED}.", 1)]  # fmt: skip
    _tell_what_was_passed_over(collected, report)
    school = _school(collected, report)
    reading = _Reading(report, codes, _tests(collected.top, report))
    sittings = collected.top.of("toetsafname")
    for sitting in sittings:
        _read_sitting(sitting, reading)
    if not any(sitting.children for sitting in sittings):
        report.add("error", "no-rows", "Er staan geen resultaten in dit bestand.", _AGAIN, field="toetsafnames")
        return None, report.finish()
    _tell(reading)
    table, problems = _table(reading, name)
    problems += report.finish()
    _check_years(table, collected.top, name, problems)
    goals = pl.DataFrame(reading.goals, schema=GOALS, orient="row")
    methods = MethodTable(name, goals, school, reading.eck_ids) if reading.goals else None
    found = UwlrFile(ResultTable(name, table, school, reading.eck_ids), methods)
    return found, sorted(problems, key=lambda p: p.row or 0)


def _table(reading: _Reading, name: str) -> tuple[pl.DataFrame, list[Problem]]:
    fields = ("pupil_key", "subject", "instrument", "version", "test_level", "moment", "taken_on", "score", "level",
              "dle", "percentile", "reference_level", "avi")  # fmt: skip
    schema = {"row": pl.Int64, **dict.fromkeys(fields, pl.String)}
    raw = pl.DataFrame(reading.rows, schema=schema, orient="row")
    table, problems = read_rows([Opened(name, _SOURCE, False, parse.translated(raw, _SOURCE), [])])[0]
    return table.frame, problems


def _school(collected: Collector, report: Report) -> str:
    """BRIN and location of the school ("99XX00"), or an empty text; and what is wrong with the head of the message."""
    if collected.namespace and collected.namespace != NAMESPACE and "leerresultaten" in collected.namespace:
        report.add("warning", "uwlr-version", "Dit bericht is van een andere versie van UWLR dan 2.2.",
                   "Kijk de aantallen na; meld het als er iets niet klopt.", row=1,
                   value=collected.namespace)  # fmt: skip
    for school in collected.top.of("school")[:1]:
        year = school.text("schooljaar")
        if year is None or parse_school_year(year) is None:
            report.add("warning", "school-year-unreadable", "Het schooljaar van het bericht ontbreekt of klopt niet; "
                       "elk resultaat krijgt het schooljaar van zijn datum.", _AGAIN, row=school.line,
                       field="schooljaar", value=year)  # fmt: skip
        found = _BRIN.fullmatch((school.text("brincode") or "").upper())
        if found:
            return found[1] + (found[2] or school.text("dependancecode") or "00")[:2].rjust(2, "0")
    return ""


def _tests(top: Record, report: Report) -> dict[str, Record]:
    """The tests by code; of two with the same code the first holds."""
    found: dict[str, Record] = {}
    for test in top.of("toets"):
        code = test.text("toetscode")
        if code is None or len(code) > 256:
            report.add("error", "test-code-missing", "Van deze toets ontbreekt de code.", _AGAIN, row=test.line,
                       field="toetscode")  # fmt: skip
        elif code in found:
            message = f"Deze toetscode staat er al op regel {found[code].line}; alleen die beschrijving telt."
            report.add("warning", "duplicate-key", message, _AGAIN, row=test.line, field="toetscode", value=code)
        else:
            found[code] = test
    return found


def _read_sitting(sitting: Record, reading: _Reading) -> None:
    """The results of one pupil. The LAS key finds the pupil; the ECK iD where there is none, or a passing one (#)."""
    key, eck_id = sitting.text("leerlingid"), sitting.text("eckid")
    if eck_id is not None and (key is None or key.startswith("#")):
        key = eck_id
    if key is not None and eck_id is not None:
        reading.eck_ids[key] = eck_id
    for result in sitting.of("resultaat"):
        _read_result(result, key, reading)


def _read_result(result: Record, pupil: str | None, reading: _Reading) -> None:
    code, part = result.text("toetscode"), result.text("toetsonderdeelcode")
    if code is None:
        reading.report.add("error", "test-code-missing", "Bij dit resultaat ontbreekt de toetscode.", _AGAIN,
                           row=result.line, field="toetscode")  # fmt: skip
        return
    if (code, part) not in reading.meanings:
        reading.meanings[code, part] = meaning(code, part, reading.tests.get(code), reading.codes)
    what = reading.meanings[code, part]
    is_bare = "score" in result.fields
    if what.counts_as == "nothing":
        return
    if what.counts_as == "method_test" or (is_bare and what.counts_as is None):
        goal = goal_of(result, what, reading.tests.get(code), pupil)
        if goal is None:
            reading.bare.append(result.line)
        else:
            reading.goals.append(goal)
        return
    if what.subject is None:
        reading.unknown.setdefault((code, part), []).append(result.line)
        return
    if not what.whole:
        reading.parts.append(result.line)
        return
    row: dict[str, str | int | None] = {
        "row": result.line, "pupil_key": pupil, "subject": what.subject, "instrument": what.instrument,
        "version": result.text("versie") or what.version, "test_level": what.test_level, "moment": what.moment,
        "taken_on": _ZONE.sub("", result.text("afnamedatum") or "") or None,
        "score": result.text("vaardigheidsscore") or result.text("score"),
    }  # fmt: skip
    reading.rows.append(row | _reference_scores(result, reading))


def _reference_scores(result: Record, reading: _Reading) -> dict[str, str | int | None]:
    """Level, DLE, percentile, reference level and AVI; only where the comparison is with the whole country."""
    found: dict[str, str] = {}
    for score in result.of("referentiescore"):
        code = (score.text("codereferentiescore") or "").upper()
        group = (score.text("codevergelijkingsgroep") or "").casefold()
        value = score.text("waarde")
        if code not in FIELDS_OF_SCORES or group not in _NATIONAL:
            reading.other_scores[shorten(f"{code} {group}".strip() or "zonder code", 20)] += 1
        elif value is not None:
            found.setdefault(code, value)
    out: dict[str, str | int | None] = {}
    for code, target in FIELDS_OF_SCORES.items():
        if code in found:
            out.setdefault(target, found[code])
    return out


def _check_years(table: pl.DataFrame, top: Record, name: str, problems: list[Problem]) -> None:
    year = next((parse_school_year(s.text("schooljaar") or "") for s in top.of("school")), None)
    other = table.filter(pl.col("school_year") != year) if year is not None else table.clear()
    if other.height:
        message = (f"{_are(other.height)} volgens de datum niet van {school_year_label(year or 0)}, het "
                   "schooljaar van het bericht. Het schooljaar van de datum geldt.")  # fmt: skip
        problems.append(Problem("warning", name, "date-outside-school-year", message, "Kijk de datums na.",
                                other["row"].min(), "afnamedatum"))  # type: ignore[arg-type]  # fmt: skip


def _tell(reading: _Reading) -> None:
    report = reading.report
    for (code, part), lines in reading.unknown.items():
        of_part = f', onderdeel "{shorten(part, 30)}"' if part else ""
        known = "beschreven zonder bekend vak" if code in reading.tests else "niet beschreven in dit bestand"
        left_out = _results(len(lines), "telt", "tellen")
        message = f"Toets {shorten(code, 40)}{of_part} is {known}; {left_out} niet mee."
        advice = (
            f'Geef met --mapping een bestand mee met [[uwlr]], code = "{shorten(code, 40)}" en subject = "…"'
            ' (of counts_as = "nothing").'
        )
        report.add("error", "test-unknown", message, advice, row=lines[0], field="toetscode", value=code)
    if reading.bare:
        what = agree(len(reading.bare), "kale score is", "kale scores zijn")
        message = f"{len(reading.bare)} {what} niet gelezen: vak, datum of hoogste aantal punten ontbreekt."
        advice = 'Is het toch een LVS-toets, zet dan in de mapping bij [[uwlr]]: counts_as = "result".'
        report.add("notice", "bare-scores", message, advice, row=reading.bare[0], field="score")
    if reading.goals:
        message = f"{_are(len(reading.goals))} van een methodetoets: zie het overzicht daarvan."
        report.add("notice", "method-tests-read", message, "U hoeft niets te doen.", row=reading.goals[0]["row"])
    if reading.parts:
        message = f"{_are(len(reading.parts))} van een onderdeel van een toets; alleen het geheel telt."
        advice = "Wilt u een onderdeel als eigen vak, noem het dan in de mapping bij [[uwlr]] met part."
        report.add("notice", "parts-left-out", message, advice, row=reading.parts[0], field="toetsonderdeelcode")
    if reading.other_scores:
        codes = ", ".join(sorted(reading.other_scores)[:12])
        message = f"Deze soorten referentiescores worden niet gelezen: {codes}."
        report.add("notice", "scores-not-read", message, "U hoeft niets te doen.", field="codereferentiescore")


def _tell_what_was_passed_over(collected: Collector, report: Report) -> None:
    if collected.secret is not None:
        message = "In dit bestand staat de autorisatiesleutel van de koppeling van uw school. Zij is niet gelezen."
        report.add("warning", "coupling-key", message, "Haal het deel <Header> weg voordat u het bestand bewaart.",
                   row=collected.secret, field="autorisatie")  # fmt: skip
    if collected.private:
        message = f"Eigen blokken van de leverancier (toevoegingen) zijn overgeslagen: {len(collected.private)}."
        report.add("notice", "private-blocks", message, "U hoeft niets te doen.", row=collected.private[0],
                   field="toevoegingen")  # fmt: skip
    if collected.other_results:
        told = _results(len(collected.other_results), "heeft", "hebben")
        message = f"{told} een eigen vorm van de leverancier en wordt niet gelezen."
        report.add("warning", "other-results", message, "Vraag de leverancier om gewone resultaten (osoresultaat).",
                   row=collected.other_results[0], field="anderresultaat")  # fmt: skip
    for tag, line in list(collected.unknown.items())[:20]:
        report.add("notice", "unknown-element", "Dit element kennen wij niet; het is overgeslagen.",
                   "U hoeft niets te doen.", row=line, field=tag)  # fmt: skip


def _results(n: int, one: str, more: str) -> str:
    """ "1 resultaat telt", "3 resultaten tellen"."""
    return f"{n} {agree(n, 'resultaat', 'resultaten')} {agree(n, one, more)}"


def _are(n: int) -> str:
    return _results(n, "is", "zijn")
