"""An invented country: frames as the analyses take them, and every school itself whatever the number of schools."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from leercirkel.analysis.frames import ENROLMENTS, MARKS, RESULTS, checked
from leercirkel.demo.national.files import SCHOOLS_A_FILE, school_code, school_frames, write_national

SCHEMAS = {"results": RESULTS, "enrolments": ENROLMENTS, "marks": MARKS}


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """Twelve schools."""
    folder = tmp_path_factory.mktemp("country")
    write_national(folder, schools=12, seed=3)
    return folder


def frame(folder, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / name / "*.parquet")


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_parquet_has_exactly_the_columns_and_dtypes_of_the_frames(country, name: str) -> None:
    read = frame(country, name)

    assert checked(read, SCHEMAS[name]).collect_schema().names() == read.columns


def test_a_school_is_the_same_whatever_the_number_of_schools(country, tmp_path) -> None:
    write_national(tmp_path, schools=5, seed=3)

    for name in SCHEMAS:
        few, many = frame(tmp_path, name), frame(country, name)
        assert_frame_equal(few, many.filter(pl.col("school").is_in(few["school"].unique().implode())))


def test_another_seed_is_another_country() -> None:
    assert not school_frames(0, 3).results.equals(school_frames(0, 4).results)


def test_schools_are_sorted_and_lie_fifty_in_a_file(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("leercirkel.demo.national.files.SCHOOLS_A_FILE", 2)
    heard: list[tuple[int, int]] = []

    write_national(tmp_path, schools=5, seed=3, progress=lambda done, of: heard.append((done, of)))

    files = sorted((tmp_path / "results").glob("*.parquet"))
    assert [path.name for path in files] == [f"schools-0000{n}.parquet" for n in (0, 2, 4)]
    assert [pl.read_parquet(path)["school"].unique().sort().to_list() for path in files] == [
        [school_code(0), school_code(1)], [school_code(2), school_code(3)], [school_code(4)],
    ]  # fmt: skip
    assert pl.concat(pl.read_parquet(path) for path in files)["school"].is_sorted()
    assert heard == [(2, 5), (4, 5), (5, 5)]
    assert SCHOOLS_A_FILE == 50


def test_codes_of_schools_sort_as_their_numbers_and_are_six_long() -> None:
    codes = [school_code(number) for number in range(0, 40_000, 7)]

    assert codes == sorted(set(codes))
    assert {len(code) for code in codes} == {6}


def test_results_look_like_those_of_a_country(country) -> None:
    results = frame(country, "results")
    real = results.filter(pl.col("not_taken").is_null())

    shares = real["level"].drop_nulls().value_counts(normalize=True)
    assert all(0.1 < share < 0.32 for share in shares["proportion"])
    assert 0.9 < real.height / results.height < 0.99
    assert real.filter(pl.col("instrument") == "AVI").select(pl.col("avi").is_not_null().all()).item()
    absent = results.filter(~pl.col("not_taken").is_null())
    assert absent.select("score", "level", "dle", "avi").null_count().row(0) == (absent.height,) * 4


def test_every_result_belongs_to_a_pupil_in_a_group_of_that_year(country) -> None:
    keys = ["school", "pupil", "school_year"]

    stray = frame(country, "results").join(frame(country, "enrolments"), on=keys, how="anti")

    assert stray.height == 0


@pytest.mark.parametrize("schools", [0, 40_001])
def test_only_as_many_schools_as_there_are_codes(tmp_path, schools: int) -> None:
    with pytest.raises(ValueError, match="schools"):
        write_national(tmp_path, schools=schools, seed=1)
