"""The files as files: the same seed gives the same bytes, and the layouts are the promised ones."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from leercirkel.demo import norms, write_files
from leercirkel.demo.people import respelled


def contents(directory: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(directory.iterdir())}


@pytest.mark.parametrize("school", ["sbo", "bao", "bao-units"])
def test_the_same_seed_gives_the_same_bytes_in_another_process(school: Any, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    code = f"from pathlib import Path; from leercirkel.demo import write_files; write_files(Path({str(there)!r}), school={school!r}, years=3, seed=7)"  # noqa: E501

    write_files(here, school=school, years=3, seed=7)
    env = os.environ | {"PYTHONHASHSEED": "4242", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=env)

    assert contents(here) == contents(there)


def test_another_seed_gives_other_pupils_and_results(make_school: Any) -> None:
    one, two = contents(make_school("sbo", 4, 1).directory), contents(make_school("sbo", 4, 2).directory)

    assert one.keys() == two.keys()
    assert all(one[name] != two[name] for name in one if name.startswith(("EDEX", "resultaten")))
    assert one["normen.toml"] == two["normen.toml"]


def test_there_is_a_roster_and_a_result_file_for_every_year(sbo: Any) -> None:
    names = {p.name for p in sbo.directory.iterdir()}

    assert names == {
        *(f"EDEX-{y}-{y + 1}.xml" for y in range(2023, 2027)),
        "resultaten-2023-2024.xlsx",
        "resultaten-2024-2025.xml",
        "niet-gemaakt-2024-2025.csv",
        *(f"observaties-{y}-{y + 1}-M-{g}.csv" for y in range(2023, 2027) for g in ("mussen",)),
        *(f"observaties-{y}-{y + 1}-E-{g}.csv" for y in range(2023, 2026) for g in ("mussen",)),
        "resultaten-2025-2026.csv",
        "resultaten-2026-2027.csv",
        "resultaten-avi-2023-2025.xlsx",
        "normen.toml",
        "toetsen.toml",
        "kenmerken.csv",
        "aanpakken.toml",
        "normtabel-demo-lvs.csv",
    }


def test_one_year_is_enough(tmp_path: Path) -> None:
    paths = write_files(tmp_path / "nieuw", school="bao", years=1, seed=3)

    assert [p.name for p in paths if p.name.startswith(("EDEX", "res"))] == [
        "EDEX-2026-2027.xml",
        "resultaten-2026-2027.csv",
    ]
    assert all(p.exists() for p in paths)


def test_no_year_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        write_files(tmp_path, school="bao", years=0, seed=1)


def test_the_last_school_year_can_be_chosen(tmp_path: Path) -> None:
    paths = write_files(tmp_path, school="sbo", years=2, seed=1, last_school_year=2028)

    assert "EDEX-2028-2029.xml" in {p.name for p in paths}
    assert "EDEX-2026-2027.xml" not in {p.name for p in paths}


def test_the_newest_csv_has_a_bom_and_the_one_before_is_windows_1252(sbo: Any) -> None:
    newest = (sbo.directory / "resultaten-2026-2027.csv").read_bytes()
    before = (sbo.directory / "resultaten-2025-2026.csv").read_bytes()

    assert newest.startswith(b"\xef\xbb\xbf")
    assert not before.startswith(b"\xef\xbb\xbf")
    with pytest.raises(UnicodeDecodeError):
        before.decode("utf-8")


def test_scores_are_written_with_a_decimal_comma(bao: Any) -> None:
    scores = [r["vaardigheidsscore"] for r in bao.table("resultaten-2026-2027.csv") if r["vak"] == "spelling"]

    assert any("," in s for s in scores)
    assert not any("." in s for s in scores)


def test_the_common_line_of_the_sbo_and_a_line_for_every_destination_stand_in_the_norms(sbo: Any) -> None:
    standards = tomllib.loads((sbo.directory / "normen.toml").read_text(encoding="utf-8"))["standard"]
    spelling = [s for s in standards if s["subject"] == "spelling"]
    common = next(s for s in spelling if s["scope"] == "all")
    kader = next(s for s in spelling if s["scope"] == "destination:VMBO_KB")

    assert [(t["name"], t["dl_factor"], t["target_share"]) for t in common["tiers"]] == [
        ("minimum", 0.2867, 0.9), ("basis", 0.43, 0.75), ("hoog", 0.602, 0.25),
    ]  # fmt: skip
    assert kader["dle"][0] == 30
    assert kader["tiers"][1]["dl_factor"] == 0.65
    assert [s["scope"] for s in spelling].count("care") == 1
    assert len(spelling) == 1 + 11 + 1


def test_the_calendar_expects_no_end_test_of_group_8_and_no_comprehension_in_m3(bao: Any) -> None:
    tests = tomllib.loads((bao.directory / "toetsen.toml").read_text(encoding="utf-8"))["test"]

    assert all(8 not in t["grades"] for t in tests if t["moment"] == "E")
    assert [t["grades"][0] for t in tests if t["subject"] == "begrijpend_lezen" and t["moment"] == "M"] == [4]
    assert min(g for t in tests for g in t["grades"]) == 3


@pytest.mark.parametrize("scale", norms.scales(2026), ids=lambda s: s.name)
def test_a_printed_score_gives_the_dle_back_that_it_was_made_for(scale: norms.Scale) -> None:
    assert [norms.dle_text(scale, norms.score_for_dle(scale, d)) for d in range(1, 61)] == [
        str(d) for d in range(1, 61)
    ]
    assert norms.dle_text(scale, norms.score_for_dle(scale, -2.0)) == "<1"
    assert norms.dle_text(scale, norms.score_for_dle(scale, 71.0)) == ">60"


def test_a_score_on_the_bound_has_the_higher_level() -> None:
    scale = norms.scale_for("rekenen", 2026, 2026)
    bound = dict(norms.level_bounds(scale, 6, "M"))["III"]

    assert norms.level(scale, 6, "M", bound) == "III"
    assert norms.level(scale, 6, "M", bound - 1) == "IV"


@pytest.mark.parametrize("name", ["Yasmine", "Daan", "Noor", "Fien", "Bo"])
def test_a_respelled_name_is_another_spelling(name: str) -> None:
    assert respelled(name) != name
