"""Dutch words that all parts of the report share: verdicts, intervals, counts, reasons, names, moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from leercirkel.analysis.answers.facts import Limit
from leercirkel.analysis.answers.nl.places import group_place
from leercirkel.analysis.answers.nl.words import REASONS, limit
from leercirkel.analysis.model import GradeTrend, OverviewCell, TierResult
from leercirkel.core import advice, destinations, dutch, subjects
from leercirkel.documents.texts.common import Common, Language

VERDICTS: dict[str, str] = {
    "above": "duidelijk boven de norm",
    "below": "duidelijk onder de norm",
    "undecided": "kan toeval zijn",
    "too_few": "te weinig leerlingen",
}

PARTS_OF_YEAR: dict[str, str] = {"B": "begin", "M": "midden", "E": "eind"}

_UNITS: dict[str | None, tuple[str, str]] = {"dle": ("DLE", "DLE"), "score": ("punt", "punten")}


class Words(Common):
    """What stands in more than one part."""

    language: ClassVar[Language] = "nl"
    decimal_mark = ","
    thousands_mark = ""

    verdicts = VERDICTS
    parts_of_year = PARTS_OF_YEAR
    unnamed = "zonder naam"
    school = "School"
    whole_school = "Hele school"
    none = "geen"
    no_result = "geen uitslag"
    not_yet = "nog geen uitslag"
    no_standard = "geen eigen norm"
    all_pupils = "alle leerlingen"
    extra_support = "extra ondersteuning"
    and_ = "en"

    def group(self, group: str) -> str:
        """The group as it stands at the head of a row: "Groep 5", "Uilen"."""
        plain = self.name(group)
        head = group_place(plain).head if len(plain) < 3 else plain
        return head[:1].upper() + head[1:]

    def in_grade(self, group: str, grade: int | None) -> str:
        """A group with one of its grades: "Uilen, groep 5"; the group alone without one."""
        return self.group(group) + (f", groep {grade}" if grade else "")

    def sentence(self, text: str) -> str:
        """The text with a capital first letter."""
        return dutch.sentence(text)

    def listed(self, items: Sequence[str]) -> str:
        """ "a, b en c"."""
        return dutch.listed(items)

    def subject(self, code: str) -> str:
        """ "Begrijpend lezen": the subject as a heading."""
        return dutch.sentence(subjects.label(code))

    def subject_within(self, code: str) -> str:
        """ "begrijpend lezen": the subject within a sentence."""
        return self.subject(code).lower()

    def moment(self, school_year: str, code: str) -> str:
        """ "midden 2026-2027"."""
        return f"{PARTS_OF_YEAR.get(code, code)} {school_year}"

    def short_moment(self, school_year: str, code: str) -> str:
        """ "midden 26-27", for a narrow column."""
        return f"{PARTS_OF_YEAR.get(code, code)} {self.short_year(school_year)}"

    def day(self, iso: str) -> str:
        """ "3 maart 2027", or an empty text when there is no date."""
        return dutch.day(date.fromisoformat(iso)) if iso else ""

    def pupils(self, n: int) -> str:
        """ "1 leerling", "15 leerlingen": in digits, for tables."""
        return f"{self.count(n)} {dutch.agree(n, 'leerling', 'leerlingen')}"

    def results_of_pupils(self, n: int) -> str:
        """ "15 met uitslag": for a board, which is not told who has none."""
        return f"{self.count(n)} met uitslag"

    def fewer_than(self, least: int) -> str:
        """ "minder dan 5"."""
        return f"minder dan {least}"

    def fewer_pupils_than(self, least: int) -> str:
        """ "minder dan 5 leerlingen"."""
        return f"minder dan {least} leerlingen"

    def unit(self, quantity: str | None, value: float = 2.0) -> str:
        """ "DLE", "punt" or "punten"."""
        one, more = _UNITS.get(quantity, ("", ""))
        return one if abs(value) == 1 else more

    def both(self, low: str, high: str) -> str:
        """The ends of an interval: "4 en 9"."""
        return f"{low} en {high}"

    def between(self, low: float | None, high: float | None, counted: int, verdict: str) -> str:
        """ "4 en 9" or "52% en 68%"; "–" without an interval."""
        if low is None or high is None:
            return "–"
        return self.both(*self.ends(low, high, counted, verdict))

    def of(self, k: int, n: int) -> str:
        """ "9 van 14"."""
        return f"{self.count(k)} van {self.count(n)}"

    def reason(self, code: str) -> str:
        """Why there is no result: "ziek", "nog geen uitslag"."""
        return self.not_yet if code == "missing" else REASONS.get(code, code)

    def reasons(self, cell: OverviewCell) -> str:
        """Who has no result: "3 nog geen uitslag, 2 ziek"; empty when everybody has one."""
        parts = [f"{cell.missing} {self.not_yet}"] if cell.missing else []
        parts += [f"{n} {REASONS.get(code, code)}" for code, n in cell.not_taken.items() if n]
        return ", ".join(parts)

    def who(self, trend: GradeTrend) -> str:
        """Whom a trend is about: "Hele school", "Groep 5", "DL 20-29", "Uitstroom praktijkonderwijs"."""
        if trend.grade is not None:
            return f"Groep {trend.grade}"
        if trend.didactic_age_band is not None:
            return f"DL {trend.didactic_age_band.removeprefix('DL').strip()}"
        if trend.destination is not None:
            return f"Uitstroom {self.destination(trend.destination)}"
        return self.whole_school

    def who_within(self, trend: GradeTrend) -> str:
        """The same within a sentence: "hele school", "DL 20-29"."""
        who = self.who(trend)
        return who if who.startswith("DL") else who.lower()

    def tier(self, name: str) -> str:
        """What a tier is called, as the school writes it."""
        return self.name(name)

    def threshold(self, of: Limit) -> str:
        """ "DLE 20 of hoger", "score 95 of hoger", "minstens niveau III", "AVI E4" or "de eigen lijn"."""
        return limit(of).replace("vaardigheidsscore", "score")

    def destination(self, code: str) -> str:
        """ "vmbo-basis", "vso-arbeid", "vso-dagbesteding (arbeidsmatig)": no comma, so that it can stand in a list."""
        return destinations.LABELS.get(code, self.name(code))

    def advice(self, code: str) -> str:
        """ "vmbo-kader", "havo / vwo"."""
        return advice.label(code, "nl")

    def goal_sentence(self, tier: TierResult) -> str:
        """The figures of one tier in full, as a screen reader says them."""
        k, n = tier.reached, tier.counted
        fact = "doel gehaald" if tier.reached_goal else "doel niet gehaald"
        verb = dutch.agree(k, "haalde", "haalden")
        said = f"{k} van de {self.pupils(n)} {verb} het doel; ons doel was {tier.goal_count}: {fact}."
        if tier.verdict == "too_few":
            return f"{said} Voor een oordeel is de groep te klein."
        said += f" Waarschijnlijk tussen {self.between(tier.low, tier.high, n, tier.verdict)}"
        return f"{said}; norm {self.percentage(tier.target_share)}: {VERDICTS[tier.verdict]}."
