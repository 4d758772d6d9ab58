"""From the files of an invented school to the verdicts on its interventions, by the command that schools use."""

from __future__ import annotations

import json
from pathlib import Path

from leercirkel.cli import main
from leercirkel.demo import write_files


def verdicts_of(directory: Path, school: str, years: int, seed: int) -> dict[str, list[str]]:
    """Intervention → the verdict of each of its periods."""
    write_files(directory, school=school, years=years, seed=seed)  # type: ignore[arg-type]
    files = {
        "--rosters": sorted(directory.glob("EDEX-*.xml")), "--results": sorted(directory.glob("resultaten-*")),
        "--standards": [directory / "normen.toml"], "--calendar": [directory / "toetsen.toml"],
        "--norms": [directory / "normtabel-demo-lvs.csv"], "--pupils": [directory / "kenmerken.csv"],
        "--interventions": [directory / "aanpakken.toml"], "--out": [directory / "rapport.json"],
    }  # fmt: skip
    assert main(["report", *(str(part) for name, paths in files.items() for part in (name, *paths))]) == 0
    report = json.loads((directory / "rapport.json").read_text(encoding="utf-8"))
    return {i["name"]: [p["verdict"] for p in i["periods"]] for i in report["interventions"]}
