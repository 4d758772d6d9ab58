"""What we must not have is not there after reading, nor on the way: not in the roster, not in a problem."""

from __future__ import annotations

import gc
import types
from pathlib import Path

import pytest

from leercirkel.exchange import safe_xml
from leercirkel.exchange.edexml.codes import PRIVATE
from leercirkel.exchange.edexml.collect import Collector
from leercirkel.exchange.edexml.reader import read

DATA = Path(__file__).parents[2] / "data" / "edexml"
SECRET = "geheim-7391"


def reachable_strings(root: object) -> set[str]:
    """Every string that can be reached from an object, other than through code and modules."""
    seen: set[int] = set()
    strings: set[str] = set()
    queue = [root]
    while queue:
        found = queue.pop()
        if id(found) in seen or isinstance(found, type | types.ModuleType | types.FunctionType):
            continue
        seen.add(id(found))
        if isinstance(found, str):
            strings.add(found)
        queue.extend(gc.get_referents(found))
    return strings


def with_secret_in(field: str, value: str = SECRET) -> bytes:
    private = f"<{field} soort='{value}'>{value}<diep>{value}</diep></{field}><!-- {value} --><?pi {value}?>"
    return (
        f"<EDEX><school><schooljaar>2025-2026</schooljaar>{private}</school>{private}"
        f"<groepen><groep key='G'><naam>G</naam><jaargroep>4</jaargroep>{private}</groep>{private}</groepen>"
        f"<leerlingen><leerling key='1' {field}='{value}'><roepnaam>N{private}</roepnaam>"
        f"<geboortedatum>fout{private}</geboortedatum>"
        f"{private}<groep key='ZZ'>{private}</groep><p:{field} xmlns:p='urn:p'>{value}</p:{field}>"
        "</leerling></leerlingen>"
        f"<leerkrachten><leerkracht key='1'>{private}<roepnaam>K</roepnaam></leerkracht></leerkrachten></EDEX>"
    ).encode()


class Spy(Collector):
    """A collector that remembers every string of content that the parser ever hands over."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def end(self, tag: str, text: str | None) -> None:
        if text is not None:
            self.seen.append(text)
        super().end(tag, text)


@pytest.mark.parametrize("field", sorted(PRIVATE | {"toevoegingen", "onbekend_veld"}))
def test_a_private_field_is_nowhere_in_the_result(field: str) -> None:
    roster, problems = read(with_secret_in(field), "EDEX.xml")

    strings = reachable_strings((roster, problems))
    assert roster is not None
    assert "N" in strings
    assert not [text for text in strings if SECRET in text]


@pytest.mark.parametrize("field", sorted(PRIVATE | {"toevoegingen", "onbekend_veld"}))
def test_the_text_of_a_private_field_is_never_made(field: str) -> None:
    spy = Spy()

    assert safe_xml.parse(with_secret_in(field), "EDEX.xml", spy) is None

    assert "N" in spy.seen
    assert not [text for text in reachable_strings(vars(spy)) if SECRET in text]


def test_the_fields_that_were_dropped_are_named_without_their_values() -> None:
    _, problems = read(with_secret_in("bsn"), "EDEX.xml")

    notices = [problem for problem in problems if problem.code == "private-fields-dropped"]
    assert len(notices) == 1
    assert "bsn" in notices[0].message
    assert notices[0].value is None


@pytest.mark.parametrize("cut", [b"</bsn>", b"7391<diep>", b"<diep>"])
def test_a_file_that_breaks_inside_a_private_field_does_not_tell_it(cut: bytes) -> None:
    data = with_secret_in("bsn")

    _, problems = read(data[: data.index(cut)], "EDEX.xml")

    assert [problem.code for problem in problems] == ["xml-truncated"]
    assert SECRET[:6] not in str(problems)


@pytest.mark.parametrize(
    ("sample", "secrets"),
    [
        ("edexml_1.03.xml", ["900000001", "0.25", "Verzonnenstad"]),
        ("edexml_2.0.xml", ["900000002", "blok-school"]),
        ("edexml_2.1.xml", ["900000003", "4321", "tess.grutto", "voorbeeld.test", "9999ZZ", "0,3", "XA", "XB"]),
    ],
)
def test_the_private_values_of_the_samples_are_gone(sample: str, secrets: list[str]) -> None:
    data = (DATA / sample).read_bytes()

    strings = reachable_strings(read(data, sample))

    for secret in secrets:
        assert secret.encode() in data
        assert not [text for text in strings if secret in text]


@pytest.mark.parametrize(
    "block",
    [
        "<toevoegingen><geheimadres>{}</geheimadres></toevoegingen>",
        "<toevoegingen><lev:adres xmlns:lev='urn:x' geheim_adres='{}'><straat>{}</straat></lev:adres></toevoegingen>",
        "<adresAfgeschermd>{}</adresAfgeschermd>",
    ],
)
def test_a_restricted_address_is_told_and_nothing_of_it_is_kept(block: str) -> None:
    data = (
        "<EDEX><school><schooljaar>2025-2026</schooljaar></school><leerlingen><leerling key='1'><roepnaam>N</roepnaam>"
        f"{block.format(SECRET, SECRET)}</leerling></leerlingen></EDEX>"
    ).encode()

    roster, problems = read(data, "x.xml")

    assert [p.row for p in problems if p.code == "restricted-address"] == [1]
    assert not any(SECRET in text for text in reachable_strings([roster, problems]))


def test_a_block_without_an_address_is_no_restricted_address() -> None:
    block = "<toevoegingen><geheim>ja</geheim><adres>x</adres></toevoegingen>"
    data = (
        "<EDEX><school><schooljaar>2025-2026</schooljaar></school><leerlingen><leerling key='1'>"
        f"<roepnaam>N</roepnaam>{block}</leerling></leerlingen></EDEX>"
    ).encode()

    assert "restricted-address" not in {p.code for p in read(data, "x.xml")[1]}
