"""Teachers' lists by hand, as CSV and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.support.result_tables import xlsx

from leercirkel.exchange import result_files
from leercirkel.exchange.lists.method_tests import MethodTable
from leercirkel.exchange.lists.observations import ObservationTable
from leercirkel.exchange.problems import Problem

LONG = "leerlingnummer;groep;vak;blok;datum;doel;goed_procent\n"
HEAD = "vak;rekenen\nblok;Blok 3\ndatum;12-11-2025\n\n"
WIDE = HEAD + "leerlingnummer;naam;Splitsen tot 100;Klokkijken\n101;Noor Vos;85;50\n102;Sem Bos;60%;ziek\n"
OBSERVED = "leerlingnummer;groep;lijst;domein;moment;datum;fase\n"
WIDE_OBSERVED = (
    "lijst: Kijklijst jonge kind\ndatum;20-01-2026\nleerlingnummer;voornaam;Getalbegrip;Taal\n1;Noor;3;2,0\n2;Sem;;4\n"
)


def workbook(text: str) -> bytes:
    """The same list as a workbook with text cells."""
    return xlsx([line.split(";") for line in text.splitlines()])


def book(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with real numbers and dates."""
    return xlsx(rows)


def rows(data: bytes) -> list[dict[str, Any]]:
    """The rows of a list that is recognised and can be read."""
    found, problems = result_files.read(data, "lijst.csv")
    assert isinstance(found, MethodTable | ObservationTable), problems
    return found.frame.to_dicts()


def told(data: bytes) -> list[Problem]:
    return result_files.read(data, "lijst.csv")[1]


def problem(data: bytes, code: str) -> Problem:
    found = [p for p in told(data) if p.code == code]
    assert len(found) == 1, told(data)
    return found[0]
