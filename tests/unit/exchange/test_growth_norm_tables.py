"""The file of growth norms: written and read back, and refused when something in it cannot be right."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leercirkel.analysis.growth_norms.cohort import NormTable, NormTest, Occasion
from leercirkel.analysis.growth_norms.model import curves, norm_of
from leercirkel.exchange import norm_files
from leercirkel.exchange.growth_norms import contents, reader, writer


@pytest.fixture(scope="module")
def table() -> NormTable:
    """A norm with two earlier scores."""
    chance = np.random.default_rng(1)
    ability = chance.standard_normal(600)
    earlier = np.rint(100 + 10 * (ability[:, None] + 0.5 * chance.standard_normal((600, 2))))
    norm = norm_of(earlier, np.rint(120 + 10 * (ability + 0.5 * chance.standard_normal(600))), fewest=0)
    test = NormTest("rekenen", 'LVS "nieuw"', "")
    return NormTable(test, Occasion(6, "M"), (Occasion(5, "E"), Occasion(5, "M")), (2021, 2024), norm)


def test_a_table_is_read_back_as_it_was_written(table) -> None:
    other = replace(table, to=Occasion(7, "M"))
    read, problems = reader.read(writer.write([other, table]), "groei.toml")

    assert problems == []
    assert read is not None
    assert len(read) == 2
    one = read[1]
    assert (one.test, one.to, one.earlier, one.school_years) == (
        table.test, table.to, table.earlier, table.school_years,
    )  # fmt: skip
    assert one.norm.pupils == 600
    earlier = np.array([[95.0, 90.0], [130.0, 70.0], [20.0, 500.0]])
    assert curves(one.norm, earlier) == pytest.approx(curves(table.norm, earlier), abs=1e-6)


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ('subject = "rekenen"', 'subject = ""', "subject"),
        ('to = "6/M"', 'to = "6"', "to"),
        ('from = ["5/E", "5/M"]', 'from = ["5/M", "5/E"]', "from"),
        ('from = ["5/E", "5/M"]', 'from = ["5/E"]', "prior"),
        ('from = ["5/E", "5/M"]', 'from = "5/E"', "from"),
        ('["2021-2022", "2024-2025"]', '["2024-2025", "2021-2022"]', "school-years"),
        ("pupils = 600", "pupils = -3", "pupils"),
        ("coefficients = [", "coefficients = [ [1.0],", "coefficients"),
        ("coefficients = [", "coefficients = [ 5,", "coefficients"),
        ("outer = [", "outer = [ 900.0,", "prior"),
        ("knots = [", "knots = [ 900.0,", "prior"),
        ("pupils = 600", "pupils = 600\nmade_by = 1", "unknown-field"),
        ("[[growth_norm]]", "[[growth_norm]", "toml-syntax"),
    ],
)
def test_what_cannot_be_right_is_refused_whole_with_the_place(table, was, becomes, code) -> None:
    text = writer.write([table]).decode()
    assert was in text

    read, problems = reader.read(text.replace(was, becomes, 1).encode(), "groei.toml")

    assert read is None
    assert code in [problem.code for problem in problems]
    assert all(problem.file == "groei.toml" and problem.severity == "error" for problem in problems)


def test_numbers_without_end_are_no_numbers(table) -> None:
    text = writer.write([table]).decode()
    first = text.index("  [") + 3

    read, problems = reader.read((text[:first] + "inf, " + text[text.index(",", first) + 2 :]).encode(), "groei.toml")

    assert read is None
    assert [problem.code for problem in problems] == ["coefficients"]


def test_the_same_norm_twice_is_refused_with_the_line_of_the_second(table) -> None:
    data = writer.write([table, table])

    read, problems = reader.read(data, "groei.toml")

    assert read is None
    (problem,) = problems
    second = data.decode().splitlines().index("[[growth_norm]]", 1)
    assert (problem.code, problem.field) == ("twice", "to")
    assert problem.row is not None
    assert problem.row > second


def test_percentiles_that_fall_where_they_should_rise_are_refused(table) -> None:
    turned = replace(table, norm=replace(table.norm, coefficients=table.norm.coefficients[::-1]))

    read, problems = reader.read(writer.write([turned]), "groei.toml")

    assert read is None
    assert [(problem.code, problem.field) for problem in problems] == [("order", "coefficients")]


def test_every_fault_of_every_norm_is_told_at_once(table) -> None:
    wrong = writer.write([table, replace(table, to=Occasion(7, "M"))]).decode()
    wrong = wrong.replace('"rekenen"', "5", 1).replace("pupils = 600", "pupils = 0").replace('"7/M"', '"zeven"')

    read, problems = reader.read(wrong.encode(), "groei.toml")

    assert read is None
    assert [(problem.code, problem.message.split(":")[0]) for problem in problems] == [
        ("subject", "groeinorm 1"), ("pupils", "groeinorm 1"), ("to", "groeinorm 2"), ("pupils", "groeinorm 2"),
    ]  # fmt: skip
    assert all(problem.row is not None for problem in problems)


def test_a_file_of_norms_is_read_by_what_is_in_it(table) -> None:
    growth, _ = norm_files.read(writer.write([table]), "tabel.txt")
    head = "instrument;subject;population;kind;lower_bound;label;grade;moment"
    plain, _ = norm_files.read(f"{head}\nD;rekenen;pupil;sem;4;sem;5;M\n".encode(), "tabel.csv")
    other, problems = norm_files.read(b"[[standard]]\n", "normen.toml")

    assert growth is not None
    assert plain is not None
    assert (len(growth.growth), growth.tables, growth.count) == (1, (), 1)
    assert (plain.growth, plain.count) == ((), 1)
    assert other is None
    assert [problem.code for problem in problems] == ["no-growth_norm"]


def test_what_is_odd_in_norms_that_are_used_together_is_told(table) -> None:
    fewer = replace(table, norm=replace(table.norm, pupils=600))
    enough = replace(fewer, norm=replace(table.norm, pupils=3000))
    at = {('LVS "nieuw"', "", "rekenen", grade, moment) for grade, moment in ((6, "M"), (5, "E"), (5, "M"))}

    assert contents.odd([enough], at) == []
    assert "gemaakt van 600 leerlingen" in contents.odd([fewer], at)[0]
    assert "meetfout niet bekend" in contents.odd([enough], at - {('LVS "nieuw"', "", "rekenen", 5, "E")})[0]
    assert "er is een nieuwere in gebruik" in contents.odd([enough, fewer], at)[0]
