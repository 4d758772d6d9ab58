"""`leercirkel talk-sheets`, as a teacher calls it."""

from __future__ import annotations

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
        (("--group", "Kabouters"), "deze groep is er in deze ronde niet. Wel: "),
        (("--pupil", "bestaat-niet"), "deze leerling heeft in deze ronde geen toets"),
        (("--school-year", "1999-2000"), "geen resultaten die tellen"),
    ],
)
def test_who_is_not_there_is_told_and_nothing_is_written(school: Path, tmp_path: Path, capsys, more, said) -> None:
    code = sheets(school, tmp_path / "niets.pdf", *more)

    assert code == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "niets.pdf").exists()


def test_only_a_pdf_is_made(school: Path, tmp_path: Path, capsys) -> None:
    assert sheets(school, tmp_path / "bladen.docx") == 2
    assert "bestand op .pdf" in capsys.readouterr().err
