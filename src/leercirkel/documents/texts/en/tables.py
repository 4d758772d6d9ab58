"""The overview, the groups, their pupils, method tests and observations in English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from leercirkel.analysis.model import SubjectGap
from leercirkel.core import english
from leercirkel.documents.texts.en.words import Words


class Tables(Words):
    """What stands in and around the tables of one round."""

    change_real: ClassVar[dict[str, str]] = {"up": "clearly up", "down": "clearly down"}

    def groups_counted(self, n: int) -> str:
        """ "1 group", "12 groups"."""
        return f"{n} {english.agree(n, 'group', 'groups')}"

    def withheld_sign(self, sign: str, least: int) -> str:
        """What the sign of a cell means that would give away another."""
        return f"{sign} not shown: a figure about fewer than {least} pupils could be worked out from it"

    def version(self, version: str) -> str:
        """ "version 2", where a group took more than one."""
        return f"version {version}"

    def mean(self, value: float) -> str:
        """ "mean 24.3"."""
        return f"mean {self.number(value)}"

    def goal_of(self, goal: int | None) -> str:
        """How many should reach the goal: "goal 11"."""
        return f"goal {goal}"

    def of_all(self, n: int) -> str:
        """After the number that reached the goal: "of 14"."""
        return f"of {self.count(n)}"

    def too_few_key(self, least: int) -> str:
        """The mark of too few pupils, in the key of the overview."""
        return f"{self.verdicts['too_few']} (fewer than {least})"

    def line_key(self, norm: str) -> str:
        """How to read a bar; `norm`: the target share, where it is the same everywhere."""
        share = f" ({norm})" if norm else ""
        return f"line = our standard{share} · bar = probably between · dot = this time"

    def without_page(self, groups: Sequence[str]) -> str:
        """Which groups have no page of their own, and why."""
        verb = english.agree(len(groups), "has", "have")
        return f"{self.listed(groups)} {verb} no page: no pupils with a result."

    def part_of_group(self, grade: int | None, band: str | None) -> str:
        """A grade of a combination group, in the row below it."""
        return f"of which grade {grade}" if grade else f"of which DL {band or '–'}"

    def no_result_of(self, expected: int) -> str:
        """A test that nobody has a result of."""
        return f"No result for {self.pupils(expected)}."

    def spread(self, sd: float) -> str:
        """ "spread 6.1"."""
        return f"spread {self.number(sd)}"

    def censored(self, n: int) -> str:
        """ "2 off the scale"."""
        return f"{n} off the scale"

    def per_level(self, levels: dict[str, int]) -> str:
        """The bar of levels, for a screen reader."""
        return f"Pupils per level: {self.counts(levels)}."

    def short_threshold(self, threshold: str) -> str:
        """The threshold without "at least": in a column of goals that is understood ("level III", "DLE 20")."""
        return threshold.removeprefix("at least ").removesuffix(" or higher")

    def results_of(self, group: str) -> str:
        """What the table of a group's tests is about."""
        return f"Results of {group}"

    def pupils_caption(self, group: str) -> str:
        """What the table of a group's pupils is about."""
        return f"The pupils of {group}"

    def pupils_of(self, group: str) -> str:
        """Above the pupils of a group by name."""
        return f"{group}: the pupils"

    def since(self, moment: str) -> str:
        """ "since the middle of 2025-2026"."""
        return f"since the {moment}"

    def pupils_note(self, *, triangle: bool, star: bool) -> str:
        """How to read the table of pupils by name."""
        text = (
            "Bold: goal reached. Small: the score, and the difference from last time on the same version of the test"
            " (AVI: in steps)."
        )
        if triangle:
            text += " Triangle: that difference is more than the test can be off."
        return f"{text} Asterisk: goals of their own." if star else text

    def subjects_differ(self, gap: SubjectGap) -> str:
        """That two subjects of one pupil differ."""
        return gap.text_en

    def method_bounds(self, sufficient: float, good: float) -> str:
        """What sufficient and good mean in a method test."""
        low, high = (english.decimal(value, 1) for value in (sufficient, good))
        return (
            f"Sufficient from {low}% right, good from {high}%. Reached means sufficient or good. A method test is "
            "about what has just been taught: it does not count towards the standards and cannot be compared with "
            "another."
        )

    def list_title(self, group: str, about: str) -> str:
        """ "Groep 5: arithmetic", above a table of method tests or observations."""
        return f"{group}: {about}"
