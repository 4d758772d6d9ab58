"""Reading EDEXML 1.03, 2.0 and 2.1, and the pupil data of UWLR, which are the same elements in a namespace."""

from __future__ import annotations

from pathlib import Path

from leercirkel.exchange.edexml.collect import Collector
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.edexml.notices import tell_about, tell_what_was_passed_over
from leercirkel.exchange.edexml.people import Known, read_groups, read_locations, read_pupils, read_staff
from leercirkel.exchange.edexml.report import Report
from leercirkel.exchange.edexml.school import read_school
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.safe_xml import parse, read_limited

_EXPECTED = "een EDEXML-bestand (EDEX.XML) uit het leerlingadministratiesysteem"
_OTHER_KINDS = {
    "dossier": "een overstapdossier (OSO)",
    "leerresultaten_verzoek": "een bericht met leerresultaten (UWLR)",
    "toetsdefinities": "een lijst toetsdefinities (UWLR)",
    "html": "een webpagina; misschien was u niet meer aangemeld toen u het bestand ophaalde",
    "schema": "een XML-schema",
}


def read(data: bytes, name: str) -> tuple[Roster | None, list[Problem]]:
    """The roster in the file and everything that is wrong with it, all at once; never raises, whatever `data` is.

    The roster is None when there is nothing to go on: no readable XML, another kind of file, no school year, no pupils.
    With errors of single fields the roster is there without those values, so that a caller can still check other files
    against it; whoever computes with it must first look at `problems.has_errors`. `name` is the file's name, for the
    problems and for `Roster.file`. Rules: docs/domein/edexml.md.
    """
    collected = Collector()
    refusal = parse(data, name, collected, expected=_EXPECTED)
    if refusal is not None:
        return None, [refusal]
    report = Report(name)
    if not collected.found_root:
        return None, [_other_kind(collected.root or "", name)]
    roster = _roster(collected, name, report)
    tell_what_was_passed_over(collected, report)
    if roster is not None:
        tell_about(roster, report)
    return roster, report.finish()


def load(path: Path) -> tuple[Roster | None, list[Problem]]:
    """As `read`, from a file whose size is looked at before it is opened; `Roster.file` is the bare file name."""
    data = read_limited(path)
    return (None, [data]) if isinstance(data, Problem) else read(data, path.name)


def _roster(collected: Collector, name: str, report: Report) -> Roster | None:
    records = collected.records
    school = read_school(collected.school, report)
    locations = read_locations(records["vestigingen"], report)
    groups = read_groups(records["groepen"], report)
    known = Known({group.key: group for group in groups}, frozenset(location.key for location in locations))
    pupils = read_pupils(records["leerlingen"], known, school, report)
    staff = read_staff(records["leerkrachten"], known, report)
    if not pupils:
        message = "Het bestand bevat geen leerlingen die gelezen kunnen worden."
        advice = f"Exporteer opnieuw, met leerlingen; kies {_EXPECTED}."
        report.add("error", "no-pupils", message, advice, row=collected.sections.get("leerlingen"), field="leerlingen")
    if school.year is None or not pupils:
        return None
    return Roster(
        school=school.key,
        school_year=school.year,
        reference_date=school.reference_date,
        created_on=school.created_on,
        groups=groups,
        pupils=pupils,
        staff=staff,
        locations=locations,
        file=name,
    )


def _other_kind(root: str, name: str) -> Problem:
    kind = _OTHER_KINDS.get(root, f"een ander soort XML (het begint met <{shorten(root, 40)}>)")
    return Problem("error", name, "not-edexml", f"Dit is geen EDEXML maar {kind}.", f"Kies {_EXPECTED}.", 1, root[:60])
