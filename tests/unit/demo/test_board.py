"""The invented board: its people and teams are as many as told, fit its rosters, and the same seed gives the same."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leercirkel.cli import main
from leercirkel.demo.board import write_board
from leercirkel.exchange.edexml import reader as edexml_reader
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.guardians import reader as guardians_reader

TODAY = date(2027, 3, 2)
SCHOOLS = ("sbo", "bao", "bao-units")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=2, seed=1)
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))


def roster(folder: Path) -> Roster:
    path = folder / "EDEX-2026-2027.xml"
    found, problems = edexml_reader.read(path.read_bytes(), path.name)
    assert found is not None
    assert [p for p in problems if p.severity == "error"] == []
    return found


def teams(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "teams.toml").read_text(encoding="utf-8"))


def test_the_board_names_its_schools_and_each_has_a_folder(board: Path) -> None:
    told = tomllib.loads((board / "bestuur.toml").read_text(encoding="utf-8"))

    assert told["name"] == "Stichting Kadewijs"
    assert {(s["kind"], s["folder"]) for s in told["school"]} == {("sbo", "sbo"), ("bao", "bao"), ("bao", "bao-units")}
    assert all(len(s["brin"]) == 4 and len(s["location"]) == 2 for s in told["school"])


def test_the_files_end_on_the_day_of_the_demonstration(board: Path) -> None:
    for school in SCHOOLS:
        newest = roster(board / school)

        assert newest.school_year == 2026
        assert newest.reference_date == TODAY


def test_the_special_school_has_a_team_of_twenty_with_five_duos_and_one_teacher_who_left(board: Path) -> None:
    newest = roster(board / "sbo")
    classes = {g.key: g.name for g in newest.groups if not g.mixed}
    teachers: dict[str, int] = Counter(key for m in newest.staff for key in m.groups if key in classes)
    gone = [r for r in rows(board / "sbo" / "personeel.csv") if r["tot"].endswith("-2027")]

    assert len(newest.staff) == 20
    assert len([m for m in newest.staff if m.roles == ("LRK",)]) == 12
    assert sorted(teachers.values()) == [1, 1, 1, 2, 2, 2, 2, 2]
    assert [(r["tot"], r["groepen"]) for r in gone] == [("31-01-2027", "Merels")]
    assert gone[0]["personeelsnummer"] not in {m.key for m in newest.staff}


def test_the_staff_list_holds_everyone_in_the_roster_under_the_same_number_and_name(board: Path) -> None:
    for school in SCHOOLS:
        listed = {r["personeelsnummer"]: r for r in rows(board / school / "personeel.csv")}
        for member in roster(board / school).staff:
            assert listed[member.key]["achternaam"] == member.surname
            assert listed[member.key]["tot"] == ""


def test_authority_is_spread_as_described_and_every_pupil_has_someone(board: Path) -> None:
    found = rows(board / "sbo" / "ouders.csv")
    of_pupil: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in found:
        of_pupil[row["leerlingnummer"]].append(row)
    here = {p.key for p in roster(board / "sbo").pupils if p.left_on is None}

    kinds = Counter(
        "guardian" if any(r["relatie"] == "voogd" for r in own)
        else "one" if len(own) == 1
        else "together" if all(r["woont_bij"] == "ja" for r in own)
        else "apart"
        for own in of_pupil.values()
    )  # fmt: skip
    shares = {kind: count / len(of_pupil) for kind, count in kinds.items()}

    assert set(of_pupil) == here
    assert shares == pytest.approx({"together": 0.62, "apart": 0.24, "one": 0.11, "guardian": 0.03}, abs=0.02)
    assert [r["adres"] for r in found if r["geheim_adres"] == "ja"] == [""]
    assert len([r for r in found if r["contactverbod"] == "ja"]) == 1
    assert len({r["tolk"] for r in found if r["tolk"]}) > 1


def test_the_list_of_guardians_is_read_without_a_fault(board: Path) -> None:
    for school in SCHOOLS:
        path = board / school / "ouders.csv"

        lines, problems = guardians_reader.read(path.read_bytes(), path.name)

        assert lines is not None
        assert len(lines) == len(rows(path))
        assert [p for p in problems if p.severity != "notice"] == []


def test_teams_cases_and_meetings_name_people_pupils_and_classes_that_are_there(board: Path) -> None:
    for school in SCHOOLS:
        told, newest = teams(board / school), roster(board / school)
        staff = {r["personeelsnummer"] for r in rows(board / school / "personeel.csv") if not r["tot"]}
        pupils = {p.key for p in newest.pupils if p.left_on is None}
        classes = {g.name for g in newest.groups if not g.mixed}
        names = {team["name"] for team in told["team"]}

        assert Counter(team["kind"] for team in told["team"]) == {"learning": 3, "subject": 5, "support": 1}
        assert {key for team in told["team"] for key in team["members"]} <= staff
        assert sorted(g for team in told["team"] for g in team.get("groups", ())) == sorted(classes)
        assert {case["pupil"] for case in told["case"]} <= pupils
        assert {key for case in told["case"] for key in case["members"]} <= staff
        assert [m["day"] for m in told["meeting"]] == [TODAY, TODAY, date(2027, 3, 9)]
        assert {m["team"] for m in told["meeting"]} <= names
    assert len(teams(board / "sbo")["case"]) == 18


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_people(board: Path, tmp_path: Path) -> None:
    write_board(tmp_path / "again", years=2, seed=1)
    write_board(tmp_path / "other", years=2, seed=2)

    def content(folder: Path, name: str) -> list[bytes]:
        return [(folder / school / name).read_bytes() for school in SCHOOLS]

    for name in ("personeel.csv", "ouders.csv", "teams.toml"):
        assert content(tmp_path / "again", name) == content(board, name)
        assert content(tmp_path / "other", name) != content(board, name)


def test_fewer_years_have_the_same_team(board: Path, tmp_path: Path) -> None:
    write_board(tmp_path, years=1, seed=1)

    assert (tmp_path / "bao" / "personeel.csv").read_bytes() == (board / "bao" / "personeel.csv").read_bytes()


def test_the_command_writes_the_board_and_names_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["demo-files", str(tmp_path), "--board", "--years", "1"])

    assert code == 0
    shown = capsys.readouterr().out
    assert "bestuur.toml" in shown
    assert "sbo/personeel.csv" in shown
