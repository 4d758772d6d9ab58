"""What is wrong with an open-data file, gathered: of each kind of fault the first rows, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterable

from leercirkel.exchange.problems import Problem, Severity, shorten

SHOWN = 8
"""Rows of one fault in one column that are told one by one."""

AGAIN = "Download het bestand opnieuw en open het niet eerst in een spreadsheetprogramma."


class Told:
    """The problems of one file, and the numbers of the rows of which something was left out."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.rows: set[int] = set()

    def refuse(self, code: str, message: str, advice: str, field: str | None = None, value: object = None) -> None:
        """The file as a whole cannot be used."""
        shown = None if value is None else shorten(value)
        self.problems.append(Problem("error", self.file, code, message, advice, None, field, shown))

    def say(self, severity: Severity, code: str, message: str, advice: str, field: str | None = None) -> None:
        """Something about the file as a whole; it is used."""
        self.problems.append(Problem(severity, self.file, code, message, advice, None, field))

    def left_out(
        self, code: str, message: str, advice: str, rows: Iterable[tuple[int, object]], field: str | None = None
    ) -> None:
        """Cells or rows that cannot be read, each with its row number and what it says; they are left out."""
        found = list(rows)
        self.rows.update(row for row, _ in found)
        for row, value in found[:SHOWN]:
            shown = None if value is None or value == "" else shorten(value)
            self.problems.append(Problem("warning", self.file, code, message, advice, row, field, shown))
        if len(found) > SHOWN:
            more = f"{message} Dat is zo in nog {len(found) - SHOWN} rijen."
            self.problems.append(Problem("warning", self.file, code, more, advice, found[SHOWN][0], field))
