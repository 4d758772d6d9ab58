from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from leercirkel import cli
from leercirkel.analysis.open_data import ADVICE_CODES, LARGEST, SMALLEST, TABLES
from leercirkel.demo.open_data import LAST_SCHOOL_YEAR, write_open_data
from leercirkel.exchange.duo.reader import read
from leercirkel.exchange.duo.store import Store

SCHOOLS = 220


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("open-data")
    write_open_data(folder, schools=SCHOOLS, years=7, seed=3)
    return folder


@pytest.fixture(scope="module")
def store(files: Path) -> Store:
    folder = files.parent / f"{files.name}-store"
    added = [str(path) for path in sorted(files.iterdir())]
    assert cli.main(["duo", "add", *added, "--school-year", str(LAST_SCHOOL_YEAR), "--store", str(folder)]) == 0
    return Store(folder)


def test_every_invented_file_is_read_without_a_word(files: Path) -> None:
    for path in sorted(files.iterdir()):
        made, problems = read(path.read_bytes(), path.name, LAST_SCHOOL_YEAR)
        assert made is not None
        assert problems == [], path.name
        assert made.left_out == 0


def test_the_files_fill_every_table_of_the_store(store: Store) -> None:
    assert all(store.frame(table).collect().height > SCHOOLS / 2 for table in TABLES)


def test_the_same_number_makes_the_same_country(files: Path, tmp_path: Path) -> None:
    write_open_data(tmp_path, schools=SCHOOLS, years=7, seed=3)

    csv = [path for path in sorted(files.iterdir()) if path.suffix in (".csv", ".ods")]
    assert len(csv) > 15
    assert all(path.read_bytes() == (tmp_path / path.name).read_bytes() for path in csv)


def test_no_invented_school_can_exist(store: Store) -> None:
    brins = store.frame("schools").collect()["brin"].unique().to_list()

    assert all(re.fullmatch(r"(8[5-9]|9\d)[A-Z]{2}", brin) for brin in brins)


def test_counts_hold_together_over_files_also_where_they_are_hidden(store: Store) -> None:
    key = ["brin", "location", "school_year"]
    advised = store.frame("advices").group_by(key).agg(pl.col("low", "high").sum()).collect()
    totals = store.frame("end_totals").collect().join(advised, on=key)
    least = totals["taken_low"] + totals["exempt_low"]
    most = totals["taken_high"] + totals["exempt_high"]

    assert totals.height > 5 * SCHOOLS
    assert ((least <= totals["high"]) & (most >= totals["low"])).all()
    old = totals.filter(pl.col("grade8").is_not_null())
    assert (old["grade8"] == old["low"]).all()


def test_small_counts_are_hidden_since_2022_and_shown_before(store: Store) -> None:
    advices = store.frame("advices").collect()
    hidden = advices.filter(pl.col("low") < pl.col("high"))

    assert hidden["school_year"].min() == 2022
    assert set(hidden.select("low", "high").unique().rows()) == {(SMALLEST, LARGEST)}
    assert 0.3 < (advices.filter(school_year=2024)["low"] != advices.filter(school_year=2024)["high"]).mean() < 0.6
    assert set(advices["advice"]) == set(ADVICE_CODES)


def test_there_is_no_end_test_in_the_year_without_one_and_no_level_of_a_special_school(store: Store) -> None:
    assert 2019 not in store.frame("end_scores").collect()["school_year"].to_list()
    assert store.frame("reference_levels").collect()["kind"].unique().to_list() == ["bo"]


def test_weightings_find_their_location_only_where_it_is_certain(store: Store) -> None:
    weightings = store.frame("weightings").collect()
    schools = store.frame("schools").filter(pl.col("school_year") == LAST_SCHOOL_YEAR, kind="bo").collect()
    several = schools.group_by("brin").len().filter(pl.col("len") > 1)["brin"].implode()

    certain = weightings.filter(match="one_location")
    assert certain.height > 0.7 * weightings.height
    assert certain.filter(pl.col("brin").is_in(several)).is_empty()
    assert weightings.filter(pl.col("brin").is_in(several))["location"].null_count() > 0


def test_hard_populations_have_lower_shares_and_higher_disadvantage(store: Store) -> None:
    mean = store.frame("weightings").filter(pl.col("years") == 3, pl.col("location").is_not_null()).collect()
    scores = store.frame("disadvantage").filter(~pl.col("threshold"), pl.col("part") == "all").collect()
    shares = store.frame("judgements").filter(pl.col("level") == "1S/2F").collect()
    both = mean.join(scores, on=["brin", "location"]).join(shares, on=["brin", "location"], suffix="_reached")

    assert both.select(pl.corr("weighting", pl.col("score") / pl.col("pupils_right"))).item() > 0.8
    assert both.select(pl.corr("weighting", "share")).item() < -0.5


def test_files_are_made_by_the_command_and_its_limits_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["demo-files", str(tmp_path / "land"), "--open-data", "--schools"]

    assert cli.main([*command, "20", "--years", "2"]) == 0
    assert "leercirkel duo add" in capsys.readouterr().out
    assert cli.main([*command, "0"]) == 2
    assert cli.main([*command, "9000"]) == 2
    assert "8000" in capsys.readouterr().err
