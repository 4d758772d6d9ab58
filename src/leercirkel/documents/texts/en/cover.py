"""The first page in English, and what stands on every page."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.model import Answer, TrendPoint, TrendPool
from leercirkel.core import english
from leercirkel.documents.texts.en.words import Words


class Cover(Words):
    """School, round, what was counted, and what answers rest on."""

    not_taken = "not taken, with a reason"
    guide_said = "Example: 9 of the 14 reached the goal of 11; probably between 5 and 12; may be chance."

    def title(self, about: str) -> str:
        """The title of the document; `about`: school and round."""
        return f"Results at a glance, {about}"

    def audience(self, *, board: bool, least: int) -> str:
        """For whom the report is, as it says on every page. `least`: what concerns fewer pupils is not for a board."""
        if board:
            return f"For the board: without names, without figures about fewer than {least} pupils"
        return "For the team: may contain small numbers"

    def kept(self, days: Sequence[str]) -> str:
        """Which figures are those of an earlier report for the board."""
        said = self.listed([self.day(day) for day in days])
        return f"Where fewer than five pupils have been added since, the earlier figures stand: as of {said}."

    def subtitle(self, moment: str, as_of: str, code: str) -> str:
        """Below the name of the school: the round, the day of its last result, and the school's code."""
        stand = f"as of {self.day(as_of)}" if as_of else ""
        return " · ".join(part for part in (self.sentence(moment), stand, code) if part)

    def groups_noun(self, n: int) -> str:
        """What so many groups are called."""
        return english.agree(n, "group", "groups")

    def subjects_noun(self, n: int) -> str:
        """What so many subjects are called."""
        return english.agree(n, "subject", "subjects")

    def results_noun(self, n: int) -> str:
        """What so many results are called."""
        return english.agree(n, "result", "results")

    def of_expected(self, expected: int) -> str:
        """ "of 90 expected results", after the number of results."""
        return f"of {self.count(expected)} expected {english.agree(expected, 'result', 'results')}"

    def more_parts(self, n: int) -> str:
        """How much more an answer rests on."""
        return f"And {english.counted(n, 'other result', 'other results')}."

    def cell_head(self, who: str, subject: str, instrument: str, moment: str) -> str:
        """What a line of evidence is about."""
        return f"{who}, {self.subject_within(subject)} ({self.instrument(instrument)}), {moment}"

    def with_result(self, head: str, counted: int) -> str:
        """Evidence without a goal."""
        return f"{head}: {self.pupils(counted)} with a result."

    def no_pupils(self, head: str) -> str:
        """Evidence without pupils."""
        return f"{head}: no pupils."

    def reached(self, head: str, k: int, n: int, goal: int | None, between: str) -> str:
        """Evidence with a goal; `between` is empty where the group is small."""
        text = f"{head}: {self.of(k, n)}, goal {goal}"
        return f"{text}, probably between {between}." if between else f"{text}."

    def trend_evidence(self, subject: str, who: str, points: Sequence[TrendPoint], pool: TrendPool | None) -> str:
        """The last years of a trend, and the years together that end there."""
        head = f"Trend in {self.subject_within(subject)}, {who}"
        text = ", ".join(f"{p.school_year}: {self.of(p.reached, p.judged)}" for p in points)
        if pool is not None:
            n = len(pool.school_years)
            years = f"{english.number_word(n)} {english.agree(n, 'year', 'years')}"
            text += f"; {years} together {self.of(pool.reached, pool.judged)}, goal {pool.goal_count}"
        return f"{head}; {text}." if text else f"{head}."

    def cohort_head(self, group: str, subject: str, since: str) -> str:
        """What a line about the same pupils is about."""
        return f"{self.group(group)}, {self.subject_within(subject)}, since the {since}"

    def few_stayers(self, head: str) -> str:
        """Too few pupils to compare."""
        return f"{head}: too few pupils who were there then as well."

    def stayers_grew(self, head: str, stayers: int, grew: str, joiners: int, leavers: int) -> str:
        """The growth of those who stayed (`grew`: "+4.2 points, …"), and how many came and went."""
        return f"{head}: {english.counted(stayers, 'stayer', 'stayers')} {grew}; {joiners} joined, {leavers} left."

    def effect_evidence(self, name: str, counted: str, growth: str, expected: str, difference: str) -> str:
        """What was measured of an intervention."""
        return (
            f"{name}: {counted} pupils with two results, growth {growth}, expected {expected}, difference probably "
            f"between {difference}."
        )

    def answer(self, answer: Answer) -> str:
        """An answer in words."""
        return answer.text_en
