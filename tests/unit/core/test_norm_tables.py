"""Norm tables as data: docs/domein/normen.md. The scales are invented."""

from dataclasses import replace
from datetime import date
from math import inf

import pytest

from leercirkel.core.dle import Dle
from leercirkel.core.norm_faults import incomplete, validate, validate_all
from leercirkel.core.norms import (
    Kind,
    NormRow,
    NormTable,
    PopulationMismatch,
    classify,
    dle_of,
    lookup,
    mean_sd,
    merge,
    percentile_of,
    sem,
    z_score,
)


def table(kind: Kind, *rows: tuple[float, str]) -> NormTable:
    lines = tuple(NormRow(bound, label) for bound, label in rows)
    return NormTable("DEMO-LVS", "1.0", "rekenen", "pupil", 5, "M", "demo", kind, lines, source_note="verzonnen")


LEVELS = table("level", (0, "V"), (100, "IV"), (120, "III"), (140.5, "II"), (160, "I"))
LETTERS = table("level", (-inf, "E"), (90, "D"), (110, "C"), (130, "B"), (150, "A"))
DLES = table("dle", (0, "<1"), (40, "1"), (60, "10"), (80, "20"), (99, ">60"))
PERCENTILES = table("percentile", (10, "1"), (50, "50"), (90, "99"))
MEAN_SD = table("mean_sd", (130, "mean"), (20, "sd"))
SEM = table("sem", (4.5, "sem"))


@pytest.mark.parametrize(
    ("score", "level"), [(160, "I"), (159.99, "II"), (140.5, "II"), (140.4, "III"), (100, "IV"), (99, "V"), (-5, "V")]
)
def test_a_score_on_the_bound_belongs_to_the_higher_level(score: float, level: str) -> None:
    assert classify(score, LEVELS, "pupil") == level


def test_a_table_may_draw_the_bound_the_other_way() -> None:
    exclusive = replace(LEVELS, boundary="lower_exclusive")

    assert (classify(160, exclusive, "pupil"), classify(160.1, exclusive, "pupil")) == ("II", "I")


def test_a_group_mean_is_never_classified_with_a_table_for_pupils() -> None:
    with pytest.raises(PopulationMismatch):
        classify(130, LEVELS, "group_mean")
    with pytest.raises(PopulationMismatch):
        z_score(130, MEAN_SD, "group_mean")
    with pytest.raises(PopulationMismatch):
        percentile_of(50, PERCENTILES, "group_mean")


def test_a_pupil_is_never_classified_with_a_table_for_group_means() -> None:
    groups = replace(LEVELS, population="group_mean")

    assert classify(130, groups, "group_mean") == "III"
    with pytest.raises(PopulationMismatch):
        classify(130, groups, "pupil")
    with pytest.raises(PopulationMismatch):
        dle_of(50, replace(DLES, population="group_mean"))


@pytest.mark.parametrize(
    ("score", "dle"), [(39, Dle(1, "<")), (40, Dle(1)), (85, Dle(20)), (120, Dle(60, ">")), (-3, Dle(1, "<"))]
)
def test_a_score_has_a_dle_that_may_be_censored(score: float, dle: Dle) -> None:
    assert dle_of(score, DLES) == dle


def test_below_a_table_of_exact_dles_the_dle_is_less_than_the_lowest() -> None:
    exact = table("dle", (40, "5"), (60, "10"))

    assert (dle_of(39, exact), dle_of(40, exact)) == (Dle(5, "<"), Dle(5))


def test_a_percentile_below_the_table_is_not_made_up() -> None:
    assert (percentile_of(50, PERCENTILES, "pupil"), percentile_of(9, PERCENTILES, "pupil")) == (50.0, None)


def test_mean_sd_and_measurement_error_are_looked_up() -> None:
    assert mean_sd(MEAN_SD) == (130, 20)
    assert sem(SEM) == 4.5
    assert z_score(140, MEAN_SD, "pupil") == 0.5


def test_a_table_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError):
        classify(100, DLES, "pupil")
    with pytest.raises(ValueError):
        sem(MEAN_SD)
    with pytest.raises(ValueError):
        mean_sd(LEVELS)
    with pytest.raises(ValueError):
        classify(float("nan"), LEVELS, "pupil")


def _find(tables: list[NormTable], **other: object) -> NormTable | None:
    key: dict[str, object] = {
        "instrument": "DEMO-LVS", "version": "1.0", "subject": "rekenen", "population": "pupil", "grade": 5,
        "moment": "M", "kind": "level", "on": date(2026, 1, 20),
    }  # fmt: skip
    return lookup(tables, **{**key, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        {"version": "2.0"},
        {"population": "group_mean"},
        {"grade": 6},
        {"moment": "E"},
        {"kind": "dle"},
        {"subject": "spelling"},
        {"instrument": "X"},
    ],
)
def test_a_table_for_another_key_is_never_used(other: dict[str, object]) -> None:
    assert _find([LEVELS]) == LEVELS
    assert _find([LEVELS], **other) is None


def test_the_table_that_was_valid_on_the_day_of_the_test_holds() -> None:
    old = replace(LEVELS, valid_until=date(2025, 7, 31))
    new = replace(LEVELS, valid_from=date(2025, 8, 1))

    assert _find([new, old]) == new
    assert _find([new, old], on=date(2025, 7, 31)) == old
    assert _find([new], on=date(2025, 7, 31)) is None


def test_a_table_for_the_grade_goes_before_one_for_all_grades() -> None:
    general = replace(LEVELS, grade=None, moment=None)

    assert _find([general, LEVELS]) == LEVELS
    assert _find([general, LEVELS], grade=7) == general


def test_two_scales_of_levels_are_two_tables() -> None:
    assert _find([LEVELS, LETTERS], level_scale="A-E") == LETTERS
    assert _find([LEVELS, LETTERS], level_scale="I-V") == LEVELS


def test_lines_of_a_file_become_tables_from_low_to_high() -> None:
    whole = [LEVELS, LETTERS, MEAN_SD]
    lines = [replace(t, rows=(row,)) for t in whole for row in reversed(t.rows)]

    merged = merge(lines)

    assert merged == [LEVELS, LETTERS, replace(MEAN_SD, rows=tuple(sorted(MEAN_SD.rows, key=lambda r: r.lower_bound)))]


@pytest.mark.parametrize("good", [LEVELS, LETTERS, DLES, PERCENTILES, MEAN_SD, SEM])
def test_a_good_table_has_no_faults(good: NormTable) -> None:
    assert validate(good) == []
    assert incomplete(good) == []


def test_percentile_100_exists() -> None:
    assert validate(table("percentile", (0, "0"), (40, "100"))) == []


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (table("level"), "geen regels"),
        (table("level", (0, "V"), (100, "IV"), (90, "III"), (140, "II"), (160, "I")), "lopen niet op"),
        (table("level", (0, "V"), (100, "IV"), (100, "III"), (140, "II"), (160, "I")), "lopen niet op"),
        (table("level", (0, "I"), (100, "II"), (120, "III"), (140, "IV"), (160, "V")), "niet van laag naar hoog"),
        (table("level", (0, "V"), (100, "IV"), (140, "II"), (160, "I")), "ontbreken niveaus: III"),
        (table("level", (0, "V"), (100, "IV"), (120, "C"), (140, "II"), (160, "I")), "niet van één schaal"),
        (
            table("level", (0, "V"), (90, "V"), (100, "IV"), (120, "III"), (140, "II"), (160, "I")),
            "V staat er 2 keer in",
        ),
        (table("level", (0, "V"), (100, "IV"), (-inf, "III"), (140, "II"), (160, "I")), "geen getal"),
        (table("dle", (0, "1"), (40, "1O")), "geen DLE"),
        (table("dle", (0, "5"), (40, "3")), "waarden lopen niet op"),
        (table("dle", (0, "5"), (40, ">20"), (50, "30")), "mogen open zijn"),
        (table("percentile", (0, "5"), (40, "101")), "geen percentiel"),
        (table("percentile", (0, "5"), (40, "5")), "5 staat er 2 keer in"),
        (table("mean_sd", (130, "mean")), "precies één regel"),
        (table("mean_sd", (130, "mean"), (0, "sd")), "kan niet 0 zijn"),
        (table("sem", (-1, "sem")), "kan niet -1 zijn"),
        (replace(LEVELS, grade=9), "Jaargroep 9"),
        (replace(LEVELS, moment="X"), "geen moment"),
        (replace(LEVELS, population="school"), "geen populatie"),  # type: ignore[arg-type]
        (replace(LEVELS, kind="cut"), "geen soort"),  # type: ignore[arg-type]
        (replace(LEVELS, boundary="upper"), "geen grensregel"),  # type: ignore[arg-type]
        (replace(LEVELS, subject=""), "vak ontbreekt"),
        (replace(LEVELS, valid_from=date(2026, 1, 1), valid_until=date(2025, 1, 1)), "houdt op"),
    ],
)
def test_every_fault_of_a_table_is_named(bad: NormTable, fault: str) -> None:
    assert any(fault in text for text in validate(bad)), validate(bad)


def test_a_table_without_version_or_source_can_be_used_but_is_not_complete() -> None:
    bare = replace(LEVELS, version="", source_note=" ")

    assert validate(bare) == []
    assert len(incomplete(bare)) == 2


def test_tables_for_one_key_may_neither_overlap_nor_leave_days_without_norm() -> None:
    old = replace(LEVELS, valid_until=date(2025, 7, 31))
    next_day = replace(LEVELS, valid_from=date(2025, 8, 1))
    too_early = replace(LEVELS, valid_from=date(2025, 7, 31))
    too_late = replace(LEVELS, valid_from=date(2025, 9, 1))

    assert validate_all([next_day, old, LETTERS]) == []
    assert "twee tabellen" in validate_all([old, too_early])[0]
    assert "tussen 31-07-2025 en 01-09-2025" in validate_all([old, too_late])[0]
    assert "twee tabellen" in validate_all([LEVELS, LEVELS])[0]


def test_the_faults_of_all_tables_carry_their_names() -> None:
    faults = validate_all([replace(LEVELS, grade=9)])

    assert faults == ["DEMO-LVS · 1.0 · rekenen · pupil · 9 · M · level: Jaargroep 9 bestaat niet."]
