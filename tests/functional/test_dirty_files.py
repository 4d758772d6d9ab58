"""`leercirkel check` names what is planted in the dirty files of an invented school, and does not see it elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leercirkel.cli import main
from leercirkel.demo.dirty import ADDRESS

ROSTER, RESULTS = "EDEX-2026-2027.xml", "resultaten-2026-2027.csv"

PLANTED = {
    ("twins", ROSTER, "achternaam"),
    ("first-name-differs", ROSTER, "roepnaam"),
    ("pupil-enrolled-twice", ROSTER, "leerling/@key"),
    ("date-in-holiday", RESULTS, "afnamedatum"),
    ("avi-cards", "avi-kaarten-2026-2027.csv", "avi"),
    ("group-renamed", ROSTER, "groep/naam"),
    ("roster-twice", "EDEX-2026-2027-oktober.xml", None),
    ("teacher-gone", ROSTER, "leerkracht/@key"),
    ("restricted-address", ROSTER, None),
    ("test-level-far", RESULTS, "toetsniveau"),
    ("reason-missing", "kenmerken.csv", "reden"),
    ("done-missing", "aanpakken.toml", "done"),
    ("intervention-not-evaluated", "aanpakken.toml", "weeks_given"),
}
WITHOUT_ROW = {"group-renamed", "roster-twice", "teacher-gone"}
"""A group and a member of staff have no line in what is kept of a roster."""

ALREADY = {"sbo": {"twins", "date-in-holiday", "test-level-far"}, "bao": {"twins"}, "bao-units": {"twins"}}
"""What the clean files have too: such is every school."""


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, Any]], str]:
    code = main(["check", "--json", *(str(path) for path in sorted(folder.iterdir()))])
    shown = capsys.readouterr().out
    return code, json.loads(shown)["problems"], shown


@pytest.fixture(params=list(ALREADY))
def school(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_planted_fault_is_named_with_its_place_and_what_to_do(school: str, tmp_path: Path, capsys: Any) -> None:
    assert main(["demo-files", str(tmp_path), "--school", school, "--years", "2", "--dirty"]) == 0
    capsys.readouterr()

    code, problems, shown = checked(tmp_path, capsys)

    assert code == 0, "nothing here makes a report wrong, so nothing is an error"
    assert {(p["code"], p["file"], p["field"]) for p in problems} >= PLANTED
    for problem in problems:
        if problem["code"] in {code for code, _, _ in PLANTED}:
            assert problem["message"]
            assert problem["advice"]
            assert (problem["row"] is None) == (problem["code"] in WITHOUT_ROW)
    assert ADDRESS.split()[0] not in shown
    assert "9999ZZ" not in shown


def test_clean_files_have_none_of_it_but_what_every_school_has(school: str, tmp_path: Path, capsys: Any) -> None:
    assert main(["demo-files", str(tmp_path), "--school", school, "--years", "2"]) == 0
    capsys.readouterr()

    code, problems, _ = checked(tmp_path, capsys)

    assert code == 0
    assert {p["code"] for p in problems} & {code for code, _, _ in PLANTED} == ALREADY[school]


def test_a_report_on_dirty_files_is_made(school: str, tmp_path: Path, capsys: Any) -> None:
    assert main(["demo-files", str(tmp_path), "--school", school, "--years", "2", "--dirty"]) == 0
    given = {
        "--rosters": sorted(tmp_path.glob("EDEX-*.xml")),
        "--results": [*sorted(tmp_path.glob("resultaten-*")), tmp_path / "avi-kaarten-2026-2027.csv"],
        "--standards": [tmp_path / "normen.toml"], "--calendar": [tmp_path / "toetsen.toml"],
        "--pupils": [tmp_path / "kenmerken.csv"], "--interventions": [tmp_path / "aanpakken.toml"],
        "--out": [tmp_path / "rapport.json"],
    }  # fmt: skip

    assert main(["report", *(str(part) for name, paths in given.items() for part in (name, *paths))]) == 0

    report = json.loads((tmp_path / "rapport.json").read_text(encoding="utf-8"))
    assert not [a for a in report["agreements"] if "nakijken" in a["text"]]
    assert [o for o in report["overview"] if o["instrument"] == "AVI"]
