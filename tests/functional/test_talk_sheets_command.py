"""`leercirkel talk-sheets`, as a teacher calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from leercirkel.cli import main


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sbo")
    assert main(["demo-files", str(folder), "--school", "sbo", "--years", "2", "--seed", "2"]) == 0
    return folder


def sheets(school: Path, out: Path, *more: str) -> int:
    return main(
        [
            "talk-sheets", "--rosters", *map(str, school.glob("EDEX-*.xml")),
            "--results", *map(str, school.glob("resultaten-*")), "--standards", str(school / "normen.toml"),
            "--calendar", str(school / "toetsen.toml"), "--out", str(out), *more,
        ]
    )  # fmt: skip


def test_a_group_gets_a_page_per_pupil_with_the_first_name(school: Path, tmp_path: Path, capsys) -> None:
    code = sheets(school, tmp_path / "uilen.pdf", "--group", "Uilen")

    document = pypdfium2.PdfDocument((tmp_path / "uilen.pdf").read_bytes())
    texts = [page.get_textpage().get_text_range() for page in document]
    assert code == 0
    assert f"{len(texts)} bladen" in capsys.readouterr().out
    assert 10 <= len(texts) <= 16
    assert all("Uilen" in text and "Wat helpt thuis?" in text for text in texts)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--group", "Kabouters"), "van deze groep zijn er in deze ronde geen toetsen. Wel van: "),
        (("--pupil", "bestaat-niet"), "deze leerling heeft in deze ronde geen toets"),
        (("--school-year", "1999-2000"), "geen resultaten die tellen"),
    ],
)
def test_who_is_not_there_is_told_and_nothing_is_written(school: Path, tmp_path: Path, capsys, more, said) -> None:
    code = sheets(school, tmp_path / "niets.pdf", *more)

    assert code == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "niets.pdf").exists()


def test_a_group_is_found_however_it_is_written(school: Path, tmp_path: Path, capsys) -> None:
    assert sheets(school, tmp_path / "uilen.pdf", "--group", " uilen") == 0


def test_a_pupil_of_another_group_is_told_as_such(school: Path, tmp_path: Path, capsys) -> None:
    everybody = tmp_path / "alles.json"
    main(
        [
            "report", "--rosters", *map(str, school.glob("EDEX-*.xml")), "--standards", str(school / "normen.toml"),
            "--results", *map(str, school.glob("resultaten-*")), "--names", "--out", str(everybody),
        ]
    )  # fmt: skip
    pupil = next(p for p in json.loads(everybody.read_text(encoding="utf-8"))["pupils"] if p["group"] == "Valken")

    code = sheets(school, tmp_path / "een.pdf", "--group", "Uilen", "--pupil", pupil["pupil"])

    assert code == 1
    assert "deze leerling zit in Valken, niet in Uilen" in capsys.readouterr().err


def test_only_a_pdf_is_made(school: Path, tmp_path: Path, capsys) -> None:
    assert sheets(school, tmp_path / "bladen.docx") == 2
    assert "bestand op .pdf" in capsys.readouterr().err
