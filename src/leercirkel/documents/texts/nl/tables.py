"""The overview, the groups, their pupils, method tests and observations in Dutch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from leercirkel.analysis.model import SubjectGap
from leercirkel.core import dutch
from leercirkel.documents.texts.nl.words import Words


class Tables(Words):
    """What stands in and around the tables of one round."""

    change_real: ClassVar[dict[str, str]] = {"up": "duidelijk vooruit", "down": "duidelijk achteruit"}

    def groups_counted(self, n: int) -> str:
        """ "1 groep", "12 groepen"."""
        return f"{n} {dutch.agree(n, 'groep', 'groepen')}"

    def withheld_sign(self, sign: str, least: int) -> str:
        """What the sign of a cell means that would give away another."""
        return f"{sign} niet getoond: anders is een cijfer over minder dan {least} leerlingen uit te rekenen"

    def version(self, version: str) -> str:
        """ "versie 2", where a group took more than one."""
        return f"versie {version}"

    def mean(self, value: float) -> str:
        """ "gemiddeld 24,3"."""
        return f"gemiddeld {self.number(value)}"

    def goal_of(self, goal: int | None) -> str:
        """How many should reach the goal: "doel 11"."""
        return f"doel {goal}"

    def of_all(self, n: int) -> str:
        """After the number that reached the goal: "van 14"."""
        return f"van {self.count(n)}"

    def too_few_key(self, least: int) -> str:
        """The mark of too few pupils, in the key of the overview."""
        return f"{self.verdicts['too_few']} (minder dan {least})"

    def line_key(self, norm: str) -> str:
        """How to read a bar; `norm`: the target share, where it is the same everywhere."""
        share = f" ({norm})" if norm else ""
        return f"streep = onze norm{share} · balk = waarschijnlijk tussen · stip = deze keer"

    def without_page(self, groups: Sequence[str]) -> str:
        """Which groups have no page of their own, and why."""
        verb = dutch.agree(len(groups), "heeft", "hebben")
        return f"{self.listed(groups)} {verb} geen bladzijde: geen leerlingen met een uitslag."

    def part_of_group(self, grade: int | None, band: str | None) -> str:
        """A grade of a combination group, in the row below it."""
        return f"waarvan groep {grade}" if grade else f"waarvan DL {band or '–'}"

    def no_result_of(self, expected: int) -> str:
        """A test that nobody has a result of."""
        return f"Geen uitslag van {self.pupils(expected)}."

    def spread(self, sd: float) -> str:
        """ "spreiding 6,1"."""
        return f"spreiding {self.number(sd)}"

    def censored(self, n: int) -> str:
        """ "2 buiten de schaal"."""
        return f"{n} buiten de schaal"

    def per_level(self, levels: dict[str, int]) -> str:
        """The bar of levels, for a screen reader."""
        return f"Leerlingen per niveau: {self.counts(levels)}."

    def short_threshold(self, threshold: str) -> str:
        """The threshold without "at least": in a column of goals that is understood ("niveau III", "DLE 20")."""
        return threshold.removeprefix("minstens ").removesuffix(" of hoger")

    def results_of(self, group: str) -> str:
        """What the table of a group's tests is about."""
        return f"Uitslagen van {group}"

    def pupils_caption(self, group: str) -> str:
        """What the table of a group's pupils is about."""
        return f"De leerlingen van {group}"

    def pupils_of(self, group: str) -> str:
        """Above the pupils of a group by name."""
        return f"{group}: de leerlingen"

    def since(self, moment: str) -> str:
        """ "sinds midden 2025-2026"."""
        return f"sinds {moment}"

    def pupils_note(self, *, triangle: bool, star: bool) -> str:
        """How to read the table of pupils by name."""
        text = (
            "Vet: doel gehaald. Klein: de score, en het verschil met de vorige keer op dezelfde toetsversie"
            " (AVI: in stappen)."
        )
        if triangle:
            text += " Driehoek: dat verschil is groter dan de toets ernaast kan zitten."
        return f"{text} Sterretje: eigen doelen." if star else text

    def subjects_differ(self, gap: SubjectGap) -> str:
        """That two subjects of one pupil differ."""
        return gap.text

    def method_bounds(self, sufficient: float, good: float) -> str:
        """What sufficient and good mean in a method test."""
        low, high = (dutch.decimal(value, 1) for value in (sufficient, good))
        return (
            f"Voldoende vanaf {low}% goed, goed vanaf {high}%. Gehaald is voldoende of goed. Een methodetoets "
            "gaat over wat net is geleerd: hij telt niet mee bij de normen en is niet te vergelijken met een andere."
        )

    def list_title(self, group: str, about: str) -> str:
        """ "Groep 5: rekenen", above a table of method tests or observations."""
        return f"{group}: {about}"
