"""Every setting that the program reads is explained to who runs it, and every explained setting is read."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\b(?:LEERCIRKEL_[A-Z][A-Z_]*[A-Z]|DATABASE(?:_OWNER)?_URL)\b")
INSIDE = {"LEERCIRKEL_SUPERVISED"}  # how one of our processes tells another


def names(paths: list[Path]) -> set[str]:
    return {name for path in paths for name in NAME.findall(path.read_text(encoding="utf-8"))}


def test_every_setting_is_explained_and_every_explained_setting_exists() -> None:
    read = names([*ROOT.glob("src/**/*.py")]) - INSIDE

    explained = names([ROOT / "docs" / "beheer" / "instellingen.md"])

    assert sorted(read - explained) == []
    assert sorted(explained - read) == []


def test_the_installed_files_set_nothing_that_does_not_exist() -> None:
    files = [p for p in (ROOT / "deploy").rglob("*") if p.is_file()]

    assert sorted(names(files) - names([*ROOT.glob("src/**/*.py")])) == []
