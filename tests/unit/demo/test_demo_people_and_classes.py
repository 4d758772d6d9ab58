"""Who is in the invented schools: sizes, movement, and the careers behind the didactic age."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest


def test_the_sbo_has_115_pupils_in_eight_named_classes_on_1_october(sbo: Any) -> None:
    pupils = sbo.on_1_october(2026)

    assert len(pupils) == 115
    assert Counter(p["klas"] for p in pupils) == {
        "Mussen": 12, "Merels": 13, "Spechten": 14, "Uilen": 15, "Reigers": 15, "Valken": 15, "Kraanvogels": 15,
        "Zwaluwen": 16,
    }  # fmt: skip


def test_the_sbo_has_the_grades_that_are_described_on_1_october(sbo: Any) -> None:
    grades = Counter(int(p["jaargroep"]) for p in sbo.on_1_october(2026))

    assert grades[1] + grades[2] == 6
    assert [grades[g] for g in range(3, 9)] == [10, 15, 19, 21, 22, 22]


def test_two_thirds_of_the_sbo_are_boys(sbo: Any) -> None:
    pupils = sbo.pupils(2026)

    assert 0.58 < sum(p["geslacht"] == "1" for p in pupils) / len(pupils) < 0.75


def test_the_bao_has_the_classes_that_are_described_on_1_october(bao: Any) -> None:
    classes = Counter(p["klas"] for p in bao.on_1_october(2026))

    assert classes == {
        "1/2A": 18, "1/2B": 17, "Groep 3": 27, "Groep 4": 26, "Groep 5": 29, "Groep 6": 28, "Groep 7": 31,
        "Groep 8": 32,
    }  # fmt: skip


def test_the_kleuter_classes_of_the_bao_have_about_24_and_23_pupils_before_summer(bao: Any) -> None:
    sizes = sorted(
        sum(p["klas"] == f"1/2{letter}" and "uitstroomdatum" not in p for p in bao.pupils(2025)) for letter in "AB"
    )

    assert all(21 <= size <= 27 for size in sizes)


def test_the_kleuter_classes_of_the_bao_grow_during_the_year(bao: Any) -> None:
    kleuters = [p for p in bao.pupils(2025) if p["klas"].startswith("1/2") and p["jaargroep"] == "1"]

    assert sum(p["instroomdatum"] > "2025-10-01" for p in kleuters) == 12


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_about_27_pupils_join_the_sbo_in_a_year_and_as_many_leave(sbo: Any, year: int) -> None:
    pupils, after = sbo.pupils(year), {p["key"] for p in sbo.pupils(year + 1)}

    joined = [p for p in pupils if p["instroomdatum"] >= f"{year}-08-01"]
    left = [p for p in pupils if p["key"] not in after]

    assert 24 <= len(joined) <= 30
    assert 24 <= len(left) <= 31
    assert sum(p["jaargroep"] == "8" for p in left) == sum(p["jaargroep"] == "8" for p in pupils)


def test_pupils_join_the_sbo_in_every_month_that_is_described(sbo: Any) -> None:
    months = Counter(p["instroomdatum"][5:7] for p in sbo.pupils(2025) if p["instroomdatum"] >= "2025-08-01")

    assert {m: months[m] for m in ("10", "11", "01", "02", "03", "04", "05")} == {
        "10": 2, "11": 3, "01": 3, "02": 3, "03": 2, "04": 1, "05": 1,
    }  # fmt: skip
    assert 11 <= months["08"] <= 13


@pytest.mark.parametrize("year", range(2019, 2026))
def test_about_six_older_pupils_join_and_six_leave_the_bao_in_a_year(bao: Any, year: int) -> None:
    pupils, after = bao.pupils(year), {p["key"] for p in bao.pupils(year + 1)}

    joined = [p for p in pupils if p["instroomdatum"] >= f"{year}-08-01" and p["jaargroep"] != "1"]
    left = [p for p in pupils if p["key"] not in after and p["jaargroep"] != "8"]

    assert len(joined) == 6
    assert len(left) == 6


def test_a_leaver_during_the_year_is_in_the_roster_with_the_leaving_date(sbo: Any) -> None:
    left = [p["uitstroomdatum"] for p in sbo.pupils(2026) if "uitstroomdatum" in p]

    assert len(left) == 2
    assert all("2026-10-01" < day < "2027-03-02" for day in left)


def test_nobody_joins_after_the_day_of_the_export(sbo: Any) -> None:
    assert max(p["instroomdatum"] for p in sbo.pupils(2026)) <= "2027-03-02"


def test_about_a_quarter_of_the_sbo_had_more_lessons_than_the_grade_says(sbo: Any) -> None:
    repeated = [
        p
        for p in sbo.pupils(2026)
        if "start_ondw_jgr3" in p and int(p["start_ondw_jgr3"][:4]) < 2026 - int(p["jaargroep"]) + 3
    ]

    assert 15 <= len(repeated) <= 35


def test_some_starts_of_group_3_are_unknown_to_the_sbo(sbo: Any) -> None:
    unknown = [p for p in sbo.pupils(2026) if "start_ondw_jgr3" not in p and int(p["jaargroep"]) >= 3]

    assert 1 <= len(unknown) <= 14


def test_kleuters_have_no_start_of_group_3(bao: Any) -> None:
    assert all("start_ondw_jgr3" not in p for p in bao.pupils(2026) if p["jaargroep"] in "12")


def test_about_two_per_cent_of_the_bao_repeats_a_grade(bao: Any) -> None:
    before = {p["key"]: p["jaargroep"] for p in bao.pupils(2024) if int(p["jaargroep"]) >= 3}
    again = [p for p in bao.pupils(2025) if before.get(p["key"]) == p["jaargroep"]]

    assert 3 <= len(again) <= 4


def test_a_pupil_keeps_name_and_birthday_over_the_years(sbo: Any) -> None:
    seen: dict[str, set[tuple[str, str, str]]] = {}
    for year in range(2023, 2027):
        for p in sbo.pupils(year):
            seen.setdefault(p["key"], set()).add((p["roepnaam"], p["achternaam"], p["geboortedatum"]))

    assert all(len(names) == 1 for names in seen.values())


@pytest.mark.parametrize("kind", ["sbo", "bao", "units"])
def test_there_is_one_pair_of_twins(kind: str, request: pytest.FixtureRequest) -> None:
    pupils = request.getfixturevalue(kind).pupils(2026)
    same = Counter((p["achternaam"], p["geboortedatum"]) for p in pupils)

    assert [n for n in same.values() if n > 1] == [2]


def test_the_sbo_has_nine_reading_and_eight_rekenen_groups_across_classes(sbo: Any) -> None:
    text = (sbo.directory / "EDEX-2026-2027.xml").read_text(encoding="utf-8")

    assert text.count("<naam>lezen ") == 9
    assert text.count("<naam>rekenen ") == 8
