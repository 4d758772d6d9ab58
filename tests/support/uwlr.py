"""Small UWLR messages by hand, and what the reader says of them."""

from __future__ import annotations

from typing import Any

from leercirkel.exchange.problems import Problem
from leercirkel.exchange.uwlr.codes import UwlrCode, UwlrCodes
from leercirkel.exchange.uwlr.reader import read

TEST = (
    "<toets><toetscode>RW-M5</toetscode><versie>3.0</versie><toetsnaam>Zelfbedacht Rekenen M5</toetsnaam>"
    "<leerjaar>5</leerjaar><vakgebied>rekenen</vakgebied></toets>"
)
SCORE = "<osoresultaat><o:toetsscore><o:vaardigheidsscore>101.5</o:vaardigheidsscore></o:toetsscore></osoresultaat>"


def reference(code: str, value: str, group: str = "Landelijk") -> str:
    return (
        f"<o:referentiescore><o:codereferentiescore>{code}</o:codereferentiescore>"
        f"<o:codevergelijkingsgroep>{group}</o:codevergelijkingsgroep><o:waarde>{value}</o:waarde></o:referentiescore>"
    )


def result(inside: str = SCORE, *, code: str = "RW-M5", day: str = "2026-01-20", part: str = "") -> str:
    of_part = f"<toetsonderdeelcode>{part}</toetsonderdeelcode>" if part else ""
    test = f"<afnamedatum>{day}</afnamedatum><toetscode>{code}</toetscode>{of_part}"
    return f'<resultaat key="r1">{test}{inside}</resultaat>'


def sitting(*results: str, pupil: str = "<leerlingid>101</leerlingid>") -> str:
    return f"<toetsafname>{pupil}<resultaten>{''.join(results)}</resultaten></toetsafname>"


def message(sittings: str = "", *, tests: str = TEST, year: str = "2025-2026", school: str = "") -> bytes:
    school = school or "<brincode>99XX</brincode><dependancecode>00</dependancecode>"
    return (
        '<leerresultaten_verzoek xmlns="http://www.edustandaard.nl/leerresultaten/2/leerresultaten" '
        'xmlns:o="http://www.edustandaard.nl/oso_gegevensset/1.2/dossier">\n'
        f"<school><schooljaar>{year}</schooljaar>{school}<xsdversie>2.2</xsdversie></school>\n"
        f"<toetsafnames>{sittings or sitting(result())}</toetsafnames>\n"
        f"<toetsen>{tests}</toetsen></leerresultaten_verzoek>"
    ).encode()


def codes(*entries: UwlrCode) -> list[UwlrCodes]:
    return [UwlrCodes(entries)]


def rows(data: bytes, *entries: UwlrCode) -> list[dict[str, Any]]:
    table, problems = read(data, "uwlr.xml", codes(*entries))
    assert table is not None, problems
    return table.frame.to_dicts()


def only_row(data: bytes, *entries: UwlrCode) -> dict[str, Any]:
    found = rows(data, *entries)
    assert len(found) == 1, found
    return found[0]


def problem(data: bytes, code: str, *entries: UwlrCode) -> Problem:
    found = [p for p in read(data, "uwlr.xml", codes(*entries))[1] if p.code == code]
    assert len(found) == 1, found
    return found[0]
