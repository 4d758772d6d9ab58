"""The board's own lists (demo/board) as they are read back."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

RESULTS = ("resultaten-*", "niet-gemaakt-*", "doorstroomtoets-*", "methodetoets-*", "observaties-*")
"""Files with what pupils did: test results and lists of teachers."""


@dataclass(frozen=True, slots=True)
class SchoolFiles:
    """One school of the board and the folder with its files."""

    folder: Path
    brin: str
    location: str
    name: str
    kind: str

    def rosters(self) -> list[Path]:
        """The rosters, oldest first."""
        return sorted(self.folder.glob("EDEX-*.xml"))

    def results(self) -> list[Path]:
        """Every file with test results, and the lists of teachers."""
        return sorted(path for pattern in RESULTS for path in self.folder.glob(pattern))

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a list, by its headers."""
        text = (self.folder / name).read_text(encoding="utf-8-sig")
        return list(csv.DictReader(text.splitlines(), delimiter=";"))

    def teams(self) -> dict[str, list[dict[str, Any]]]:
        """Teams, cases and meetings."""
        return tomllib.loads((self.folder / "teams.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class BoardFiles:
    """The board and its schools."""

    name: str
    number: str
    schools: tuple[SchoolFiles, ...]


def read_board(folder: Path) -> BoardFiles:
    """What `bestuur.toml` in this folder tells."""
    told = tomllib.loads((folder / "bestuur.toml").read_text(encoding="utf-8"))
    schools = tuple(
        SchoolFiles(folder / one["folder"], one["brin"], one["location"], one["name"], one["kind"])
        for one in told["school"]
    )
    return BoardFiles(told["name"], told["number"], schools)


def day(text: str) -> date | None:
    """A date as 31-01-2027, or None."""
    return datetime.strptime(text, "%d-%m-%Y").date() if text else None  # noqa: DTZ007  (a day has no time zone)
