"""Destinations and care marks of the invented schools."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import pytest

from leercirkel.core.destinations import direction


def iso(text: str) -> str:
    return "-".join(reversed(text.split("-")))


def by_pupil(school: Any) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in school.table("kenmerken.csv"):
        found[row["leerlingnummer"]].append(row)
    return found


def test_the_destinations_of_the_sbo_are_those_described(sbo: Any) -> None:
    marks = by_pupil(sbo)
    final = Counter(marks[p["key"]][-1]["bestemming"] for p in sbo.on_1_october(2026))

    expected = {"VSO_DAGBESTEDING_ARBEIDSMATIG": 1, "VSO_ARBEID": 5, "VSO_VERVOLGONDERWIJS": 3, "PRO": 42,
                "VMBO_BB": 34, "VMBO_KB": 19, "VMBO_GL_TL": 6, "HAVO": 1, "": 4}  # fmt: skip
    assert sum(final.values()) == 115
    assert all(abs(final[code] - n) <= 2 for code, n in expected.items()), final


def changed_in(school: Any, year: int) -> Counter[str | None]:
    """How many destinations went up and down within a school year."""
    directions: Counter[str | None] = Counter()
    for rows in by_pupil(school).values():
        for before, after in pairwise(rows):
            if before["bestemming"] and f"{year}-08-01" <= iso(after["vanaf"]) <= f"{year + 1}-07-31":
                directions[direction(before["bestemming"], after["bestemming"])] += 1
    return directions


def test_six_destinations_go_up_and_five_down_in_the_last_year(sbo: Any) -> None:
    changed = changed_in(sbo, 2026)

    assert (changed["up"], changed["down"]) == (6, 5)


def test_in_other_years_about_as_many_change_and_no_two_years_are_the_same(sbo: Any) -> None:
    found = [changed_in(sbo, year) for year in (2023, 2024, 2025, 2026)]

    assert all(2 <= each["up"] <= 9 and 1 <= each["down"] <= 8 for each in found), found
    assert len({(each["up"], each["down"]) for each in found}) == 4


def test_periods_of_a_pupil_follow_each_other_without_gap_or_overlap(sbo: Any) -> None:
    for rows in by_pupil(sbo).values():
        assert all(row["zorg"] in ("opp", "opp+ihp") for row in rows)
        for before, after in pairwise(rows):
            assert iso(before["vanaf"]) <= iso(before["tot"]) < iso(after["vanaf"])


def test_nothing_in_the_marks_lies_after_the_day_of_the_demonstration(sbo: Any) -> None:
    assert max(iso(r["vanaf"]) for r in sbo.table("kenmerken.csv")) <= "2027-03-02"


def test_nine_pupils_of_the_bao_have_an_opp(bao: Any) -> None:
    here = {p["key"] for p in bao.pupils(2026)}
    marked = {r["leerlingnummer"] for r in bao.table("kenmerken.csv") if r["zorg"] == "opp"}

    assert len(marked & here) == 9
    assert len(marked - here) >= 3


def test_nine_pupils_of_the_sbo_have_a_plan_of_their_own(sbo: Any) -> None:
    rows = [r for r in sbo.table("kenmerken.csv") if "ihp" in r["zorg"]]
    assert len({r["leerlingnummer"] for r in rows}) == 9
    assert all(not r["tot"] for r in rows)


@pytest.mark.parametrize("kind", ["bao", "units"])
@pytest.mark.parametrize("year", [2024, 2026])
def test_fourteen_others_have_a_plan_of_some_months(kind: str, year: int, request: pytest.FixtureRequest) -> None:
    rows = request.getfixturevalue(kind).table("kenmerken.csv")
    short = {r["leerlingnummer"] for r in rows if r["zorg"] == "hgpd" and r["vanaf"] == f"01-10-{year}"}

    assert len(short) == 14
    assert not short & {r["leerlingnummer"] for r in rows if r["zorg"] == "opp"}


@pytest.mark.parametrize("kind", ["sbo", "bao", "units"])
def test_every_destination_has_a_reason(kind: str, request: pytest.FixtureRequest) -> None:
    rows = [r for r in request.getfixturevalue(kind).table("kenmerken.csv") if r["bestemming"]]

    assert rows
    assert all(r["reden"] for r in rows)
