"""`leercirkel growth-norms`: from many schools to a table of norms, and from that table to pupils' percentiles."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from leercirkel.cli import main
from leercirkel.demo.national import write_national
from leercirkel.exchange.growth_norms import reader, writer


@pytest.fixture(scope="module")
def country(tmp_path_factory) -> Path:
    """Sixteen schools."""
    folder = tmp_path_factory.mktemp("country")
    write_national(folder, schools=16, seed=5)
    return folder


@pytest.fixture(scope="module")
def made(country, tmp_path_factory) -> Path:
    """A table of one subject."""
    out = tmp_path_factory.mktemp("made") / "groei.toml"
    assert main(["growth-norms", str(country), "--from", "5/M", "--to", "6/M", "--subject", "spelling",
                 "--out", str(out)]) == 0  # fmt: skip
    return out


def test_a_school_gets_its_percentiles_from_the_table_of_many(country, made, tmp_path, capsys) -> None:
    read, problems = reader.read(made.read_bytes(), made.name)
    assert problems == []
    assert read is not None
    (table,) = read

    assert main(["growth-norms", str(country), "--use", str(made), "--out", str(tmp_path / "groei.csv")]) == 0

    with (tmp_path / "groei.csv").open(encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    assert len(lines) == table.norm.pupils
    places = [int(line["groeipercentiel"]) for line in lines]
    assert median(places) == pytest.approx(50, abs=1)
    assert Counter(places)[1] + Counter(places)[99] < 0.05 * len(places)
    assert {(line["vak"], line["van"], line["naar"]) for line in lines} == {("spelling", "5/M", "6/M")}
    assert "groeipercentielen" in capsys.readouterr().out


def test_a_school_without_an_installation_uses_its_own_files(made, tmp_path, capsys) -> None:
    own = tmp_path / "school"
    assert main(["demo-files", str(own), "--school", "bao", "--years", "3"]) == 0
    capsys.readouterr()
    results = [str(path) for path in own.glob("resultaten-*")]

    code = main(["growth-norms", *results, "--rosters", *[str(path) for path in own.glob("EDEX-*")],
                 "--use", str(made), "--out", str(tmp_path / "groei.csv")])  # fmt: skip

    assert code == 0, capsys.readouterr().err
    with (tmp_path / "groei.csv").open(encoding="utf-8-sig") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    assert len(lines) >= 20
    assert {line["vak"] for line in lines} == {"spelling"}
    assert all(1 <= int(line["groeipercentiel"]) <= 99 for line in lines)


def test_a_table_of_another_test_is_told_by_name(country, made, tmp_path, capsys) -> None:
    other = tmp_path / "groei.toml"
    other.write_text(made.read_text(encoding="utf-8").replace('version = "1.0"', 'version = "9.9"'), encoding="utf-8")

    assert main(["growth-norms", str(country), "--use", str(other), "--out", str(tmp_path / "a.csv")]) == 1

    assert "spelling DEMO-LVS 9.9, van 5/M naar 6/M" in capsys.readouterr().err


def test_result_files_without_rosters_are_told_what_is_missing(tmp_path, capsys) -> None:
    file = tmp_path / "resultaten.csv"
    file.write_text("leerlingnummer\n", encoding="utf-8")

    assert main(["growth-norms", str(file), "--from", "5/M", "--to", "6/M", "--out", str(tmp_path / "a.toml")]) == 1

    assert "--rosters" in capsys.readouterr().err


def test_check_knows_a_table_of_growth_norms(made, capsys) -> None:
    assert main(["check", str(made)]) == 0

    assert "0 fouten" in capsys.readouterr().out


def test_batches_of_schools_give_the_same_norm(country, made, tmp_path) -> None:
    out = tmp_path / "groei.toml"

    assert main(["growth-norms", str(country), "--from", "5/M", "--to", "6/M", "--subject", "spelling",
                 "--batch", "7", "--out", str(out)]) == 0  # fmt: skip

    assert out.read_bytes() == made.read_bytes()


def test_a_cohort_that_is_too_small_is_refused_with_the_reason(country, tmp_path, capsys) -> None:
    out = tmp_path / "groei.toml"

    code = main(["growth-norms", str(country), "--from", "5/M", "--to", "6/M", "--priors", "3",
                 "--subject", "spelling", "--out", str(out)])  # fmt: skip

    told = capsys.readouterr()
    assert code == 1
    assert "geen norm" in told.out
    assert "er zijn er 4000 nodig" in told.out
    assert "geen normtabel" in told.err
    assert not out.exists()


def test_a_folder_that_is_not_there_is_told_before_the_work(country, tmp_path, capsys) -> None:
    out = tmp_path / "nergens" / "groei.toml"

    assert main(["growth-norms", str(country), "--from", "5/M", "--to", "6/M", "--out", str(out)]) == 1

    told = capsys.readouterr()
    assert "hier is niet te schrijven" in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--from", "5/M", "--to", "5/M"], "alle voor --to"),
        (["--from", "5/X", "--to", "6/M"], "jaargroep en moment"),
        (["--from", "5/M"], "--from en --to"),
        (["--from", "5/M", "--to", "6/M", "--batch", "0"], "--batch"),
        (["--use", "groei.toml", "--to", "6/M"], ".csv"),
    ],
)
def test_a_wrong_command_line_says_what_to_write(country, tmp_path, capsys, given, told) -> None:
    assert main(["growth-norms", str(country), *given, "--out", str(tmp_path / "groei.toml")]) == 2

    assert told in capsys.readouterr().err


def test_a_folder_without_results_and_a_table_that_is_none_are_told(country, tmp_path, capsys) -> None:
    wrong = tmp_path / "fout.toml"
    wrong.write_text("[[standard]]\n", encoding="utf-8")

    assert main(["growth-norms", str(tmp_path), "--from", "5/M", "--to", "6/M", "--out", str(tmp_path / "a.toml")]) == 1
    assert "results en geen map enrolments" in capsys.readouterr().err

    assert main(["growth-norms", str(country), "--use", str(wrong), "--out", str(tmp_path / "a.csv")]) == 1
    assert "[[growth_norm]]" in capsys.readouterr().err


def test_a_score_outside_the_norm_gets_no_percentile_and_that_is_told(country, made, tmp_path, capsys) -> None:
    (table,) = reader.read(made.read_bytes(), made.name)[0] or ()
    (spline,) = table.norm.splines
    low, high = spline.scores
    narrow = replace(spline, scores=(spline.knots[0] - 1, high))
    file = tmp_path / "smal.toml"
    file.write_bytes(writer.write([replace(table, norm=replace(table.norm, splines=(narrow,)))]))

    assert main(["growth-norms", str(country), "--use", str(file), "--out", str(tmp_path / "groei.csv")]) == 0

    with (tmp_path / "groei.csv").open(encoding="utf-8-sig") as lines:
        placed = len(list(csv.DictReader(lines, delimiter=";")))
    told = capsys.readouterr().out
    assert low < narrow.scores[0]
    assert 0.5 * table.norm.pupils < placed < table.norm.pupils
    assert f"{table.norm.pupils - placed} leerlingen hebben een eerdere score buiten die van de norm" in told


def test_a_report_of_files_has_the_growth_percentiles_of_groups_and_of_named_pupils(made, tmp_path, capsys) -> None:
    own = tmp_path / "school"
    assert main(["demo-files", str(own), "--school", "bao", "--years", "3"]) == 0
    files = {
        "--rosters": sorted(own.glob("EDEX-*.xml")), "--results": sorted(own.glob("resultaten-*")),
        "--standards": [own / "normen.toml"], "--norms": [own / "normtabel-demo-lvs.csv", made],
        "--out": [tmp_path / "rapport.json"],
    }  # fmt: skip
    given = [str(part) for name, paths in files.items() for part in (name, *paths)]

    assert main(["report", *given, "--names"]) == 0, capsys.readouterr().err

    report = json.loads((tmp_path / "rapport.json").read_text(encoding="utf-8"))
    (group,) = report["growth_percentiles"]
    assert group["subject"] == "spelling"
    assert group["counted"] >= 10
    assert 1 <= group["low"] <= group["median"] <= group["high"] <= 99
    of_pupils = [test["growth"] for pupil in report["pupils"] for test in pupil["tests"] if test["growth"]]
    placed = [one["percentile"] for one in of_pupils if one["percentile"] is not None]
    assert len(placed) == group["counted"]
    assert median(placed) == group["median"]
    assert all(one["low"] <= one["percentile"] <= one["high"] for one in of_pupils if one["percentile"] is not None)
    assert len(of_pupils) - len(placed) == group["not_placed"]
