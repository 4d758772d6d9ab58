"""The table of signal values that a board loads: read whole or refused, and which line a school goes by."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.open_data import advices, open_data, weightings

from leercirkel.analysis.benchmark.compare import Comparison, compared
from leercirkel.analysis.benchmark.definition import Definition
from leercirkel.exchange.duo import signals

WEIGHTS = {"99ZA00": 24.9, "99ZB00": 25.0, "99ZC00": 29.9, "99ZD00": 30.0}


@pytest.fixture(scope="module")
def country() -> Comparison:
    given = {(name, 2024): {"havo": 5, "vmbo_k": 5} for name in WEIGHTS}
    data = open_data(advices=advices(given), weightings=weightings(WEIGHTS))
    return compared(data, Definition(years=(2024,), least_years=1))


def table(tmp_path: Path, text: str) -> signals.Signals:
    path = tmp_path / "signaal.csv"
    path.write_text(text, encoding="utf-8")
    return signals.read(path)


def test_a_school_goes_by_the_highest_line_that_is_not_above_its_weighting(tmp_path: Path, country: Comparison) -> None:
    given = table(tmp_path, "schoolweging;signaleringswaarde\n30;49,5%\n25;55,2\n\n")

    found = signals.values_of(country, {}, given)

    assert found == pytest.approx({"99ZA00": 0.552, "99ZB00": 0.552, "99ZC00": 0.552, "99ZD00": 0.495})


def test_without_a_table_and_with_few_schools_there_is_no_value(country: Comparison) -> None:
    assert signals.values_of(country, {}, None) == {}


def test_a_share_in_place_of_a_percentage_is_refused(tmp_path: Path) -> None:
    with pytest.raises(signals.SignalsFault, match="rij 3, signaleringswaarde: schrijf een percentage"):
        table(tmp_path, "schoolweging;signaleringswaarde\n25;55,2\n30;0,495\n")
