"""What is wrong with a file, as records: every reader reports all problems at once and never raises for bad input."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Literal

from leercirkel.core.records import dataclass

Severity = Literal["error", "warning", "notice"]

SEVERITY_LABELS: dict[Severity, str] = {"error": "fout", "warning": "let op", "notice": "ter info"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file, in Dutch, for the person who has to mend it.

    `code` is stable and meant for programs (kebab-case, e.g. ``date-unreadable``); `message` says what is wrong and
    `advice` what to do. `row` counts from 1 as the user's program shows it: the line of a text or XML file, the row of
    a sheet (the header is row 1). `value` is the offending value as text, cut at 60 characters, and never a field that
    must not be kept (BSN, origin): leave it None there.
    """

    severity: Severity
    file: str
    code: str
    message: str
    advice: str
    row: int | None = None
    field: str | None = None
    value: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The record as a plain dict, for JSON."""
        return asdict(self)


def shorten(value: object, limit: int = 60) -> str:
    """The value as text fit for a message: one line, at most `limit` characters, control characters shown as ·."""
    text = str(value)[: limit + 1]
    text = "".join(ch if ch.isprintable() else "·" for ch in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def has_errors(problems: Iterable[Problem]) -> bool:
    """True when at least one problem is an error."""
    return any(p.severity == "error" for p in problems)
