"""The tables on the rule pages say what the code does: who changes one must change the other."""

from datetime import date
from pathlib import Path

import pytest

from leercirkel.analysis.funnel import limits
from leercirkel.core.didactic_age import by_grade, months_into_year
from leercirkel.core.effect_cells import DEFAULT_EFFECT_POLICY
from leercirkel.core.effect_power import visible_with
from leercirkel.core.expected import NOT_TAKEN
from leercirkel.core.learning_yield import half_width
from leercirkel.core.levels import LOWEST_PERCENTILE, NATIONAL_SHARE
from leercirkel.core.verdicts import goal_count, share_verdict

PAGES = Path(__file__).parents[3] / "docs" / "domein"


def rows(page: str, first_cell: str) -> list[list[str]]:
    """The cells of every table line on a page whose first cell begins with these words, without marks."""
    lines = (PAGES / page).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip(" *`") for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [line for line in cells if line[0].startswith(first_cell)]


@pytest.mark.parametrize("counted", [10, 20, 30, 60])
def test_the_table_of_funnel_limits_is_right(counted: int) -> None:
    (row,) = [line for line in rows("scholen-naast-elkaar.md", str(counted)) if line[0] == str(counted)]
    found = limits(counted, 0.75)

    assert row[1:] == [f"{found.low} t/m {found.high}", f"{found.outer_low} t/m {found.outer_high}"]


@pytest.mark.parametrize("norm", ["75%", "90%", "50%"])
def test_the_table_of_verdicts_is_right(norm: str) -> None:
    target = int(norm.rstrip("%")) / 100
    found = rows("statistiek.md", norm)

    assert found
    for _, counted_text, goal, below, above in found:
        counted = int(counted_text)
        verdicts = [share_verdict(reached, counted, target) for reached in range(counted + 1)]
        first_above = str(verdicts.index("above")) if "above" in verdicts else "–"
        assert [goal, below, above] == [str(goal_count(counted, target)), str(verdicts.count("below") - 1), first_above]


@pytest.mark.parametrize("convention", ["in_progress", "completed"])
def test_the_table_of_months_is_right(convention: str) -> None:
    (row,) = (line for line in rows("leertijd.md", convention) if len(line) == 13)
    days = [date(2025, month, 15) for month in (9, 10, 11, 12)] + [date(2026, month, 15) for month in range(1, 9)]

    assert row[1:] == [str(months_into_year(day, convention)) for day in days]  # type: ignore[arg-type]


def test_the_worked_examples_are_right() -> None:
    days = {
        "groep 6, eind maart": (date(2026, 3, 31), 6),
        "begin groep 8": (date(2025, 9, 1), 8),
        "groep 7, februari": (date(2026, 2, 1), 7),
    }
    for name, (day, grade) in days.items():
        (row,) = rows("leertijd.md", name)
        assert row[2:] == [str(by_grade(day, grade)), str(by_grade(day, grade, "completed"))]


def test_the_noise_table_is_right() -> None:
    (dls,) = rows("leertijd.md", "DL")
    (noise,) = rows("leertijd.md", "±")

    assert noise[1:] == [str(round(100 * half_width(int(dl)))) for dl in dls[1:]]


def test_the_tables_of_levels_are_right() -> None:
    for scale, shift in (("A-E", 0), ("I-V", 4)):
        for place, label in enumerate(reversed(LOWEST_PERCENTILE[scale])):
            row = rows("niveaus.md", "ABCDE"[place])[0]
            lowest = int("".join(c if c.isdigit() else " " for c in row[shift + 1]).split()[0])
            assert [row[shift], lowest] == [label, LOWEST_PERCENTILE[scale][label]]
            assert row[shift + 2] == f"{NATIONAL_SHARE[scale][label]:.0%}"


def test_the_reasons_are_all_there() -> None:
    assert {code: rows("verwachte-toetsen.md", code)[0][1] for code in NOT_TAKEN} == NOT_TAKEN


def test_the_numbers_of_the_effect_are_right() -> None:
    p = DEFAULT_EFFECT_POLICY
    told = {
        "een jaargroep telt mee vanaf": f"{p.comparable} leerlingen in {p.class_years} klassen",
        "eigen helling vanaf": f"{p.own_line} leerlingen",
        "toeval van een klas in een jaar": f"{p.class_shock:.2f} SD".replace(".", ","),
        "toeval van de hele school in een jaar": f"{p.year_shock:.2f} SD".replace(".", ","),
    }

    assert {name: rows("effect.md", name)[0][1] for name in told} == told


def test_the_table_of_what_can_be_seen_is_right() -> None:
    found = [row for row in rows("effect.md", "") if len(row) == 9 and row[0].isdigit()]

    assert len(found) >= 8
    for pupils, classes, others, shock, *told in found:
        seen = visible_with(
            int(pupils), int(classes), 0 if others == "–" else int(others), class_shock=float(shock.replace(",", "."))
        )
        chances = [f"{100 * chance:.0f}%" for _, chance in seen.chances]
        assert told == [f"{seen.half:.2f}".replace(".", ","), *chances, f"{seen.smallest:.2f}".replace(".", ",")]
