"""Small EDEXML files by hand, and what a reader says of them."""

from __future__ import annotations

from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.edexml.reader import read
from leercirkel.exchange.problems import Problem

SCHOOL = "<schooljaar>2025-2026</schooljaar><peildatum>2025-10-01</peildatum><brincode>99XX</brincode>"
GROUPS = (
    '<groep key="G4"><naam>Vier</naam><jaargroep>4</jaargroep></groep>'
    '<groep key="G5"><naam>Vijf</naam><jaargroep>5</jaargroep></groep>'
    '<groep key="GC"><naam>Vier vijf</naam><jaargroep>C</jaargroep></groep>'
    '<samengestelde_groep key="PLUS"><naam>Plus</naam></samengestelde_groep>'
)
PUPIL = "<roepnaam>Noor</roepnaam><geboortedatum>2016-03-01</geboortedatum>"


def edex(
    pupils: str = f'<leerling key="1">{PUPIL}<jaargroep>4</jaargroep></leerling>',
    *,
    school: str = SCHOOL,
    groups: str = GROUPS,
    staff: str = "",
    locations: str = "",
) -> bytes:
    """A file with every block on a line of its own: school 2, locations 3, groups 4, pupils 5, staff 6."""
    return (
        "<EDEX xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\n"
        f"<school>{school}</school>\n<vestigingen>{locations}</vestigingen>\n<groepen>{groups}</groepen>\n"
        f"<leerlingen>{pupils}</leerlingen>\n<leerkrachten>{staff}</leerkrachten></EDEX>"
    ).encode()


def pupil(fields: str, key: str = "1") -> bytes:
    return edex(f'<leerling key="{key}">{PUPIL}{fields}</leerling>')


def roster_of(data: bytes) -> Roster:
    roster, _ = read(data, "EDEX.xml")
    assert roster is not None
    return roster


def only_pupil(data: bytes) -> Pupil:
    pupils = roster_of(data).pupils
    assert len(pupils) == 1
    return pupils[0]


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in read(data, "EDEX.xml")[1]]


def problem(data: bytes, code: str) -> Problem:
    found = [problem for problem in read(data, "EDEX.xml")[1] if problem.code == code]
    assert len(found) == 1, found
    return found[0]
