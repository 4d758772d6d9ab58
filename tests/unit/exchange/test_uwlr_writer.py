"""What UWLR cannot carry is refused; what it can is in the order of the standard."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from lxml import etree

from leercirkel.exchange.tables.parse import TABLE
from leercirkel.exchange.uwlr.writer import CARRIED, write

ROW: dict[str, Any] = {
    "pupil_key": "101", "subject": "rekenen", "instrument": "Schelp", "version": "3.0", "test_level": "M5",
    "taken_on": date(2026, 1, 20), "moment": "M", "school_year": 2025, "score": 188.5, "level": "II", "dle": 60.0,
    "dle_operator": ">",
}  # fmt: skip


def written(*rows: dict[str, Any]) -> bytes:
    schema = {name: TABLE[name] for name in CARRIED}
    columns = {name: [row.get(name) for row in rows] for name in CARRIED}
    return write(pl.DataFrame(columns, schema=schema), school="99XX00", school_year=2025, created_on=date(2026, 2, 3))


def names(element: Any) -> list[str]:
    return [etree.QName(child).localname for child in element]


def test_elements_stand_in_the_order_of_the_standard() -> None:
    tree = etree.fromstring(written(ROW))
    school, sittings, tests = tree

    assert names(tree) == ["school", "toetsafnames", "toetsen"]
    assert names(school) == ["schooljaar", "brincode", "dependancecode", "aanmaakdatum", "xsdversie"]
    assert names(sittings[0]) == ["leerlingid", "resultaten"]
    assert names(sittings[0][1][0]) == ["afnamedatum", "toetscode", "versie", "osoresultaat"]
    assert names(tests[0]) == ["toetscode", "versie", "toetsnaam", "leerjaar", "vakgebied", "toetshierarchie"]


def test_results_of_one_pupil_stand_together_and_each_test_is_described_once() -> None:
    other = ROW | {"pupil_key": "102"}
    tree = etree.fromstring(written(ROW, other, ROW | {"taken_on": date(2025, 10, 1), "moment": "B"}))

    assert [len(sitting[1]) for sitting in tree[1]] == [2, 1]
    codes = [test[0].text for test in tree[2]]
    assert len(codes) == len(set(codes)) == 2


@pytest.mark.parametrize(
    "change",
    [{"taken_on": None}, {"pupil_key": None}, {"subject": "tekenen"}, {"instrument": ""}, {"instrument": "a  b"},
     {"instrument": "a\x0bb"}, {"school_year": 2024},
     {"score": None, "level": None, "dle": None, "dle_operator": None}],
)  # fmt: skip
def test_what_a_message_cannot_carry_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="UWLR cannot carry"):
        written(ROW | change)
