"""English words that all parts of the report share: verdicts, intervals, counts, reasons, names, moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from leercirkel.analysis.answers.en.places import group_place
from leercirkel.analysis.answers.en.words import REASONS, limit
from leercirkel.analysis.answers.facts import Limit
from leercirkel.analysis.model import GradeTrend, OverviewCell, TierResult
from leercirkel.core import advice, destinations, english, subjects
from leercirkel.documents.texts.common import Common, Language

VERDICTS: dict[str, str] = {
    "above": "clearly above standard",
    "below": "clearly below standard",
    "undecided": "may be chance",
    "too_few": "too few pupils",
}

PARTS_OF_YEAR: dict[str, str] = {"B": "start", "M": "middle", "E": "end"}

_REASONS = REASONS | {"other": "other reason"}
"""As they follow a number: "2 other reason"."""

TIERS: dict[str, str] = {
    "minimum": "minimum", "minimumdoel": "minimum goal", "basis": "basic", "basisdoel": "basic goal", "hoog": "high",
    "hoog doel": "high goal", "eigen doel": "own goal", "fundamenteel": "fundamental", "streef": "target",
}  # fmt: skip
"""The names of tiers that the handbook gives; another name is the school's own, and stays."""

_UNITS: dict[str | None, tuple[str, str]] = {"dle": ("DLE", "DLE"), "score": ("point", "points")}


class Words(Common):
    """What stands in more than one part."""

    language: ClassVar[Language] = "en"
    decimal_mark = "."
    thousands_mark = ","

    verdicts = VERDICTS
    parts_of_year = PARTS_OF_YEAR
    unnamed = "no name"
    school = "School"
    whole_school = "Whole school"
    none = "none"
    no_result = "no result"
    not_yet = "no result yet"
    no_standard = "no standard set"
    all_pupils = "all pupils"
    extra_support = "extra support"
    and_ = "and"

    def group(self, group: str) -> str:
        """The group as it stands at the head of a row, as the school writes it: "Groep 5", "Uilen"."""
        plain = self.name(group)
        head = group_place(plain).head if len(plain) < 3 else plain
        return head[:1].upper() + head[1:]

    def in_grade(self, group: str, grade: int | None) -> str:
        """A group with one of its grades: "Uilen, grade 5"; the group alone without one."""
        return self.group(group) + (f", grade {grade}" if grade else "")

    def sentence(self, text: str) -> str:
        """The text with a capital first letter."""
        return english.sentence(text)

    def listed(self, items: Sequence[str]) -> str:
        """ "a, b and c"."""
        return english.listed(items)

    def subject(self, code: str) -> str:
        """ "Reading comprehension": the subject as a heading."""
        return english.sentence(subjects.label(code, "en"))

    def subject_within(self, code: str) -> str:
        """ "reading comprehension": the subject within a sentence."""
        return self.subject(code).lower()

    def moment(self, school_year: str, code: str) -> str:
        """ "middle of 2026-2027"."""
        part = PARTS_OF_YEAR.get(code)
        return f"{part} of {school_year}" if part else f"{code} {school_year}"

    def short_moment(self, school_year: str, code: str) -> str:
        """ "middle 26-27", for a narrow column."""
        return f"{PARTS_OF_YEAR.get(code, code)} {self.short_year(school_year)}"

    def day(self, iso: str) -> str:
        """ "3 March 2027", or an empty text when there is no date."""
        return english.day(date.fromisoformat(iso)) if iso else ""

    def pupils(self, n: int) -> str:
        """ "1 pupil", "15 pupils": in digits, for tables."""
        return f"{self.count(n)} {english.agree(n, 'pupil', 'pupils')}"

    def results_of_pupils(self, n: int) -> str:
        """ "15 with a result": for a board, which is not told who has none."""
        return f"{self.count(n)} with a result"

    def fewer_than(self, least: int) -> str:
        """ "fewer than 5"."""
        return f"fewer than {least}"

    def fewer_pupils_than(self, least: int) -> str:
        """ "fewer than 5 pupils"."""
        return f"fewer than {least} pupils"

    def unit(self, quantity: str | None, value: float = 2.0) -> str:
        """ "DLE", "point" or "points"."""
        one, more = _UNITS.get(quantity, ("", ""))
        return one if abs(value) == 1 else more

    def both(self, low: str, high: str) -> str:
        """The ends of an interval: "4 and 9"."""
        return f"{low} and {high}"

    def between(self, low: float | None, high: float | None, counted: int, verdict: str) -> str:
        """ "4 and 9" or "52% and 68%"; "–" without an interval."""
        if low is None or high is None:
            return "–"
        return self.both(*self.ends(low, high, counted, verdict))

    def of(self, k: int, n: int) -> str:
        """ "9 of 14"."""
        return f"{self.count(k)} of {self.count(n)}"

    def reason(self, code: str) -> str:
        """Why there is no result: "ill", "no result yet"."""
        return self.not_yet if code == "missing" else REASONS.get(code, code)

    def reasons(self, cell: OverviewCell) -> str:
        """Who has no result: "3 no result yet, 2 ill"; empty when everybody has one."""
        parts = [f"{cell.missing} {self.not_yet}"] if cell.missing else []
        parts += [f"{n} {_REASONS.get(code, code)}" for code, n in cell.not_taken.items() if n]
        return ", ".join(parts)

    def who(self, trend: GradeTrend) -> str:
        """Whom a trend is about: "Whole school", "Grade 5", "DL 20-29", "Destination: practical education"."""
        if trend.grade is not None:
            return f"Grade {trend.grade}"
        if trend.didactic_age_band is not None:
            return f"DL {trend.didactic_age_band.removeprefix('DL').strip()}"
        if trend.destination is not None:
            return f"Destination {self.destination(trend.destination)}"
        return self.whole_school

    def who_within(self, trend: GradeTrend) -> str:
        """The same within a sentence: "whole school", "DL 20-29"."""
        who = self.who(trend)
        return who if who.startswith("DL") else who.lower()

    def tier(self, name: str) -> str:
        """What a tier is called: the usual names in English, others as the school writes them."""
        return TIERS.get(name.strip().casefold(), self.name(name))

    def threshold(self, of: Limit) -> str:
        """ "DLE 20 or higher", "score 95 or higher", "at least level III", "AVI E4" or "their own line"."""
        return limit(of).replace("ability score", "score")

    def destination(self, code: str) -> str:
        """ "vmbo-basic", "special secondary (work)": no comma, so that it can stand in a list."""
        return destinations.LABELS_EN.get(code, self.name(code))

    def advice(self, code: str) -> str:
        """ "vmbo-advanced", "havo / vwo"."""
        return advice.label(code, "en")

    def goal_sentence(self, tier: TierResult) -> str:
        """The figures of one tier in full, as a screen reader says them."""
        k, n = tier.reached, tier.counted
        fact = "goal reached" if tier.reached_goal else "goal not reached"
        said = f"{k} of the {self.pupils(n)} reached the goal; our goal was {tier.goal_count}: {fact}."
        if tier.verdict == "too_few":
            return f"{said} The group is too small for a verdict."
        said += f" Probably between {self.between(tier.low, tier.high, n, tier.verdict)}"
        return f"{said}; standard {self.percentage(tier.target_share)}: {VERDICTS[tier.verdict]}."
