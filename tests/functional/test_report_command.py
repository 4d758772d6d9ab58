"""`leercirkel report` on real files: right against figures counted by hand, whole or not at all, clear in failing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import fastexcel
import jsonschema
import openpyxl
import pytest
from tests.support import by_hand

from leercirkel.documents.json_report import schema

LEERCIRKEL = [sys.executable, "-m", "leercirkel.cli"]


def leercirkel(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONWARNINGS": "error"}
    return subprocess.run(
        [*LEERCIRKEL, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False, env=environment
    )


def report_arguments(folder: Path, *out: Path) -> list[object]:
    return [
        "report", "--rosters", *folder.glob("EDEX-*.xml"), "--results", *folder.glob("resultaten-*"),
        "--standards", folder / "normen.toml", "--calendar", folder / "toetsen.toml",
        "--norms", folder / "normtabel-demo-lvs.csv", "--pupils", folder / "kenmerken.csv",
        *(part for path in out for part in ("--out", path)),
    ]  # fmt: skip


@pytest.fixture(scope="module", params=["sbo", "bao"])
def school(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, dict[str, Any]]:
    """Two years of an invented school (all CSV), and the report on it."""
    folder = tmp_path_factory.mktemp(request.param)
    made = leercirkel("demo-files", folder, "--school", request.param, "--years", 2, "--seed", 3)
    assert made.returncode == 0, made.stderr
    done = leercirkel(
        *report_arguments(folder, *(folder / f"rapport.{form}" for form in ("json", "pdf", "html", "xlsx")))
    )
    assert done.returncode == 0, done.stderr
    return request.param, folder, json.loads((folder / "rapport.json").read_text(encoding="utf-8"))


def cells(report: dict[str, Any], subject: str, instrument: str = "DEMO-LVS") -> dict[str, dict[str, Any]]:
    """Whole groups of the report's round: group → cell."""
    now = [
        c for c in report["overview"]
        if (c["school_year"], c["moment"]) == (report["school_year"], report["moment"])
        and (c["subject"], c["instrument"]) == (subject, instrument)
    ]  # fmt: skip
    many = {c["group"] for c in now if sum(o["group"] == c["group"] for o in now) > 1}
    return {c["group"]: c for c in now if c["group"] not in many or c["grade"] is None}


def basis(cell: dict[str, Any]) -> tuple[int, int]:
    tier = next(t for t in cell["tiers"] if t["name"] == "basis" and t["scope"] == "all")
    return tier["reached"], tier["counted"]


def test_the_report_is_about_the_newest_round(school) -> None:
    _, _, report = school

    assert (report["schema"], report["school_year"], report["moment"]) == ("leercirkel/report/1", "2026-2027", "M")


def test_every_group_reaches_what_counting_by_hand_gives(school) -> None:
    kind, folder, report = school
    files = by_hand.read(folder)

    for subject in ("rekenen", "spelling"):
        by_count = (
            by_hand.own_lines_reached(files, subject, "M") if kind == "sbo"
            else by_hand.levels_reached(files, subject, "M", "III")
        )  # fmt: skip
        found = {group: basis(cell) for group, cell in cells(report, subject).items()}
        assert len(found) >= 6
        assert found == by_count


def test_means_and_reasons_are_those_in_the_files(school) -> None:
    _, folder, report = school
    files = by_hand.read(folder)
    words = {"ziek": "ill", "ontheffing": "exempt", "te moeilijk": "too_hard", "net gestart": "just_arrived"}

    found = cells(report, "rekenen")

    assert {g: c["mean"] for g, c in found.items()} == pytest.approx(by_hand.mean_score(files, "rekenen", "M"))
    noted = by_hand.reasons(files, "rekenen", "M")
    assert sum(sum(reasons.values()) for reasons in noted.values()) > 0
    for group, cell in found.items():
        assert cell["not_taken"] == {words[w]: n for w, n in noted.get(group, {}).items()}
        assert cell["expected"] == cell["counted"] + cell["missing"] + sum(cell["not_taken"].values())


def test_cohorts_of_single_grade_groups_are_those_of_the_definition_and_add_up(school) -> None:
    kind, folder, report = school
    steps = [c for c in report["cohort_trend"] if (c["from"], c["to"]) == ("M", "M") and c["growth"] is not None]
    assert steps
    for c in steps:
        assert c["total_change"] == pytest.approx(c["growth"] + c["joiner_effect"] - c["leaver_effect"], abs=1e-9)
    if kind == "bao":
        row = next(c for c in steps if (c["group"], c["subject"]) == ("Groep 6", "rekenen"))
        want = by_hand.cohort(by_hand.read(folder), "Groep 6", "rekenen")
        assert {name: row[name] for name in want} == pytest.approx(want)


def test_the_json_keeps_its_contract(school) -> None:
    _, _, report = school
    schema = json.loads(resources.files("leercirkel.documents").joinpath("schema/report-1.json").read_text("utf-8"))

    jsonschema.Draft202012Validator(schema).validate(report)


def test_the_workbook_has_the_same_figures_as_the_json(school) -> None:
    _, folder, report = school
    rows = fastexcel.read_excel(folder / "rapport.xlsx").load_sheet("Overzicht").to_polars().to_dicts()

    for subject, label in (("rekenen", "Rekenen"), ("spelling", "Spelling")):
        whole = [r for r in rows if (r["Vak"], r["Wie"]) == (label, "hele groep") and r["Haalde het doel"] is not None]
        found = {r["Groep"]: (r["Haalde het doel"], r["Telt mee"]) for r in whole}
        assert len(found) >= 6
        assert found == {g: basis(c) for g, c in cells(report, subject).items()}


def test_the_same_files_give_the_same_report_in_any_order(school, tmp_path: Path) -> None:
    _, folder, _ = school
    arguments = report_arguments(folder, tmp_path / "again.json")
    rosters = sorted(folder.glob("EDEX-*.xml"), reverse=True)
    arguments[2 : 2 + len(rosters)] = rosters

    done = leercirkel(*arguments)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "again.json").read_bytes() == (folder / "rapport.json").read_bytes()


def test_an_earlier_round_can_be_asked_for(school, tmp_path: Path) -> None:
    _, folder, _ = school
    arguments = report_arguments(folder, tmp_path / "e.json")

    done = leercirkel(*arguments, "--school-year", "2025-2026", "--moment", "E")

    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))
    assert (report["school_year"], report["moment"]) == ("2025-2026", "E")


def test_bad_files_give_every_problem_in_dutch_and_no_report(school, tmp_path: Path) -> None:
    _, folder, _ = school
    roster = folder / "EDEX-2026-2027.xml"
    broken = tmp_path / "kapot.csv"
    broken.write_text("leerlingnummer;vak;toets;afnamedatum;moment;vaardigheidsscore\n1;rekenen;X;31-02-2027;M;8x\n")
    standards = tmp_path / "normen.toml"
    standards.write_text('[[standard]]\nsubject = "rekenen"\nquantity = "score"\n')
    out = tmp_path / "rapport.pdf"

    rosters = ("--rosters", roster, tmp_path / "weg.xml")
    done = leercirkel("report", *rosters, "--results", broken, "--standards", standards, "--out", out)

    assert done.returncode == 1
    for name in ("weg.xml", "kapot.csv, rij 2, afnamedatum", "kapot.csv, rij 2, vaardigheidsscore", "normen.toml"):
        assert name in done.stderr
    assert "Er is geen rapport gemaakt" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.iterdir()) == sorted([broken, standards])


def test_results_without_a_roster_of_that_year_are_explained(school, tmp_path: Path) -> None:
    _, folder, _ = school
    results = folder / "resultaten-2026-2027.csv"

    rosters, standards = ("--rosters", folder / "EDEX-2025-2026.xml"), ("--standards", folder / "normen.toml")
    done = leercirkel("report", *rosters, "--results", results, *standards, "--out", tmp_path / "r.json")

    assert done.returncode == 1
    assert "EDEXML-bestand" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--out", "rapport.docx"], ".pdf, .json, .html of .xlsx"),
        (["--out", "r.pdf", "--school-year", "2026"], "2025-2026"),
    ],
)
def test_a_wrong_command_line_is_told_before_anything_is_read(arguments, message) -> None:
    done = leercirkel("report", "--rosters", "a.xml", "--results", "b.csv", "--standards", "c.toml", *arguments)

    assert done.returncode == 2
    assert message in done.stderr


def test_names_are_only_in_a_report_that_was_asked_to_have_them(tmp_path: Path) -> None:
    leercirkel("demo-files", tmp_path, "--school", "sbo", "--years", 1, "--seed", 4)
    plain, named = tmp_path / "zonder.json", tmp_path / "met.json"

    leercirkel(*report_arguments(tmp_path, plain))
    leercirkel(*report_arguments(tmp_path, named), "--names")

    without, with_names = (json.loads(path.read_text(encoding="utf-8")) for path in (plain, named))
    first_names = {pupil["name"] for pupil in with_names.pop("pupils")}
    assert len(first_names) > 50
    assert without.pop("pupils") == []
    assert without == with_names


def test_the_language_is_that_of_every_form_that_has_one(school) -> None:
    _, folder, _ = school
    page, book = folder / "english.html", folder / "english.xlsx"

    done = leercirkel(*report_arguments(folder, page), "--out", book, "--language", "en")

    assert done.returncode == 0, done.stderr
    assert '<html lang="en">' in page.read_text(encoding="utf-8")
    assert openpyxl.load_workbook(book).sheetnames[0] == "Answers"


def test_the_form_for_the_board_holds_nothing_of_fewer_than_five(school) -> None:
    _, folder, team = school
    out = folder / "bord.json"

    done = leercirkel(*report_arguments(folder, out, folder / "bord.pdf"), "--for", "board")

    assert done.returncode == 0, done.stderr
    board = json.loads(out.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema()).validate(board)
    assert (team["audience"], board["audience"]) == ("team", "board")
    assert team["withheld"] == []
    assert board["withheld"]
    cells = [*board["overview"], *board["totals"]]
    assert all(c["counted"] == 0 or c["counted"] >= 5 for c in cells)
    assert all((c["expected"], c["missing"], c["not_taken"]) == (c["counted"], 0, {}) for c in cells if c["counted"])
    assert not {a["template"] for a in board["answers"]} & {"Z07", "Z08"}
    assert 0 < len(board["overview"]) <= len(team["overview"])
    assert board["method"]["files"] == []

    again = leercirkel(*report_arguments(folder, folder / "bord2.json"), "--for", "board", "--earlier", out)

    assert again.returncode == 0, again.stderr
    assert json.loads((folder / "bord2.json").read_text(encoding="utf-8")) == board


def test_no_goal_of_fewer_than_five_care_pupils_is_told_to_a_board(tmp_path: Path) -> None:
    """A special school, where two measurements in a row below the line make a care pupil."""
    made = leercirkel("demo-files", tmp_path, "--school", "sbo", "--years", 4, "--seed", 7)
    assert made.returncode == 0, made.stderr

    done = leercirkel(*report_arguments(tmp_path, tmp_path / "bord.json"), "--for", "board")
    whole = leercirkel(*report_arguments(tmp_path, tmp_path / "team.json"))

    assert (done.returncode, whole.returncode) == (0, 0), done.stderr
    told, team = (
        [
            t
            for name in ("overview", "totals")
            for c in json.loads((tmp_path / file).read_text(encoding="utf-8"))[name]
            for t in c["tiers"]
        ]
        for file in ("bord.json", "team.json")
    )
    assert any(0 < t["counted"] < 5 for t in team if t["scope"] == "care")
    assert any(t["scope"] == "care" for t in told)
    assert all(t["counted"] >= 5 for t in told)


def test_an_earlier_report_of_another_school_is_an_error(school) -> None:
    _, folder, _ = school
    out = folder / "bord-hier.json"
    assert leercirkel(*report_arguments(folder, out), "--for", "board").returncode == 0
    other = folder / "bord-elders.json"
    other.write_text(json.dumps(json.loads(out.read_text(encoding="utf-8")) | {"school": "99ZZ99"}), encoding="utf-8")

    done = leercirkel(*report_arguments(folder, folder / "y.json"), "--for", "board", "--earlier", other)

    assert done.returncode == 1
    assert "andere school" in done.stderr
    assert not (folder / "y.json").exists()


def test_earlier_reports_belong_to_the_form_for_the_board(school) -> None:
    _, folder, _ = school

    wrong = leercirkel(*report_arguments(folder, folder / "x.json"), "--earlier", folder / "rapport.json")
    team = leercirkel(
        *report_arguments(folder, folder / "x.json"), "--for", "board", "--earlier", folder / "rapport.json"
    )

    assert (wrong.returncode, team.returncode) == (2, 1)
    assert "--for board" in wrong.stderr
    assert "niet gemaakt voor het bestuur" in team.stderr
    assert not (folder / "x.json").exists()
