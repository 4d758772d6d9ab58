"""Gathering the problems of one file, with a ceiling per kind so that a broken file cannot flood the reader."""

from __future__ import annotations

from dataclasses import dataclass, field

from leercirkel.exchange.problems import Problem, Severity, shorten

MAX_PER_CODE = 200


@dataclass(slots=True)
class Report:
    """The problems found so far in `file`; a kind of problem is listed at most MAX_PER_CODE times, then counted."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _severities: dict[str, Severity] = field(default_factory=dict)

    def add(
        self,
        severity: Severity,
        code: str,
        message: str,
        advice: str,
        *,
        row: int | None = None,
        field: str | None = None,
        value: object = None,
    ) -> None:
        """One problem more; `value` is shortened here and must never be a field of codes.PRIVATE."""
        count = self._counts.get(code, 0) + 1
        self._counts[code] = count
        self._severities[code] = severity
        if count <= MAX_PER_CODE:
            text = None if value is None else shorten(value)
            self.problems.append(Problem(severity, self.file, code, message, advice, row, field, text))

    def finish(self) -> list[Problem]:
        """All problems in the order of the file, those without a line first, and how many of a kind were left out."""
        listed = sorted(self.problems, key=lambda problem: problem.row or 0)
        for code, count in self._counts.items():
            if count > MAX_PER_CODE:
                message = f"Nog {count - MAX_PER_CODE} keer hetzelfde probleem ({code})."
                advice = "Los eerst de genoemde gevallen op en controleer daarna opnieuw."
                listed.append(Problem(self._severities[code], self.file, code, message, advice))
        return listed
