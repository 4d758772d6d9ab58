"""An engine by its name, and what is said when it cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from leercirkel.engines.choose import EngineAbsent, engine, java_version


def java(folder: Path, says: str) -> Path:
    """A program named java that tells this version."""
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("says", "version"),
    [('openjdk version "17.0.15" 2025-04-15', 17), ('java version "1.8.0_401"', 8), ('openjdk version "25"', 25),
     ("no such thing", None)],
)  # fmt: skip
def test_the_version_of_java_is_read_as_java_tells_it(tmp_path, says, version) -> None:
    assert java_version(str(java(tmp_path, says))) == version


def test_without_java_spark_is_refused_in_words(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(EngineAbsent, match=r"Java 17 of nieuwer nodig; er is geen Java gevonden"):
        engine("spark")


def test_a_java_that_is_too_old_is_named(tmp_path, monkeypatch) -> None:
    java(tmp_path, 'openjdk version "11.0.2"')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(EngineAbsent, match="Java 11 is gevonden"):
        engine("spark")


def test_another_name_is_no_engine() -> None:
    with pytest.raises(ValueError, match="pandas"):
        engine("pandas")
