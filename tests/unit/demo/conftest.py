"""The files of the invented schools, written once, and read back with nothing but the standard library."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from leercirkel.demo import write_files

Row = dict[str, str]


@dataclass(frozen=True)
class School:
    """A directory with the files of one school."""

    directory: Path

    def table(self, name: str, encoding: str = "utf-8-sig") -> list[Row]:
        text = (self.directory / name).read_bytes().decode(encoding)
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))

    def pupils(self, school_year: int) -> list[Row]:
        """The pupils of a roster: their fields as text, with the key, and the name of the class as `klas`."""
        root = ElementTree.parse(self.directory / f"EDEX-{school_year}-{school_year + 1}.xml").getroot()
        names = {g.attrib["key"]: g.findtext("naam", "") for g in root.iterfind("groepen/groep")}
        out = []
        for pupil in root.iterfind("leerlingen/leerling"):
            row = {child.tag: child.text or "" for child in pupil} | {"key": pupil.attrib["key"]}
            group = pupil.find("groep")
            row["klas"] = names[group.attrib["key"]] if group is not None else ""
            out.append(row)
        return out

    def on_1_october(self, school_year: int) -> list[Row]:
        day = f"{school_year}-10-01"
        return [
            p for p in self.pupils(school_year) if p["instroomdatum"] <= day and p.get("uitstroomdatum", "9999") >= day
        ]


@pytest.fixture(scope="session")
def make_school(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., School]:
    made: dict[tuple[str, int, int], School] = {}

    def make(school: str, years: int, seed: int) -> School:
        key = (school, years, seed)
        if key not in made:
            directory = tmp_path_factory.mktemp(f"{school}-{years}-{seed}")
            write_files(directory, school=school, years=years, seed=seed)  # type: ignore[arg-type]
            made[key] = School(directory)
        return made[key]

    return make


@pytest.fixture(scope="session")
def sbo(make_school: Callable[..., School]) -> School:
    return make_school("sbo", 4, 1)


@pytest.fixture(scope="session")
def bao(make_school: Callable[..., School]) -> School:
    return make_school("bao", 8, 1)


@pytest.fixture(scope="session")
def units(make_school: Callable[..., School]) -> School:
    return make_school("bao-units", 4, 1)
