"""What the words in the report mean, by which formulas its figures are made, and by which standards, in English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from leercirkel.core import english
from leercirkel.documents.texts.en.words import Words

Topic = tuple[str, tuple[str, ...]]
"""A title with its paragraphs; line ends in these are spaces."""

_SEVERITIES = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "notice": ("notice", "notices")}

_CONVENTIONS = {
    "in_progress": "the current month counts",
    "completed": "only completed months count",
    "nominal_moment": "B, M and E count as 0, 5 and 10 months",
}


class Method(Words):
    """Definitions, the worked example, standards, files and problems."""

    quantities: ClassVar[dict[str, str]] = {
        "score": "score", "dle": "DLE", "level": "level", "avi": "AVI", "reference": "reference level",
    }  # fmt: skip
    any_test = "all tests"
    any_moment = "any"

    def goal_topic(self) -> Topic:
        """The goal in pupils."""
        return "Goal in pupils", (
            """A standard is what our school wants for itself: which share of the pupils should reach a goal. Our goal
            is the smallest whole number of pupils that makes up that share: 75% of 14 is 10.5, so 11 pupils. Equal to
            the standard is reached, and every goal means “or higher”. We compare before rounding. A number is bold
            when the goal is reached.""",
            """A level (I to V or A to E) is the place among pupils in the country, I and A the highest; an AVI level
            (M3 to E8) is the most difficult text that a pupil reads well, named after the middle or end of a grade;
            1F, 1S and 2F are national reference levels for the end of primary school.""",
        )

    def interval_topic(self, sure: str, z: str) -> Topic:
        """Intervals; `sure`: how often they hold ("90%"), `z`: the quantile that belongs to it."""
        return "Probably between", (
            f"""The results of a small group are higher one time than another, even when the teaching stays the same.
            That is why every share has its Wilson interval ({sure}). With k of n pupils, p = k ÷ n and z = {z}:
            (p + z² ÷ 2n ± z × √(p(1 − p) ÷ n + z² ÷ 4n²)) ÷ (1 + z² ÷ n). A mean has its t interval ({sure}):
            mean ± t × spread ÷ √n, with n − 1 degrees of freedom.""",
            """From 20 pupils the limits are percentages, below that whole pupils. Those we round inwards when the
            verdict is clear and outwards when it is not, so that number and verdict agree.""",
        )

    def verdict_topic(self) -> Topic:
        """What a verdict says."""
        return "Verdict", (
            """Clearly above standard: the whole interval lies above our standard. Clearly below standard: the whole
            interval lies below it. May be chance: the standard lies within the interval. Not proven is not the
            same as not true.""",
        )

    def small_topic(self, few: int, least: int, *, board: bool) -> Topic:
        """What became of small numbers: the team has them, the board does not."""
        whom = f"""This report is for the team: it also has numbers below {least}. Make the form for the board for
            anyone outside the team."""
        if board:
            whom = f"""This report is for the board. What concerns fewer than {least} pupils is left out, and so is
            what would give it away by adding and subtracting. That is why there is no mean growth and no comparison of
            pupils who stayed, joined and left."""
        return "Small groups", (f"Below {few} pupils there is only a number, without a verdict.", whom)

    def trend_topic(self, few: int) -> Topic:
        """What a trend compares."""
        return "Trend", (
            f"""A trend compares the same grade at the same moment of the year, with other children every year. The
            line is three calendar years together: all pupils of those years as one. With a new version of the test the
            line begins again; we do not add up or compare across that break. Rises or falls is said only when the
            interval of the slope does not contain zero, with at least three years of {few} pupils or more on one
            version.""",
        )

    def age_topic(self, convention: str, estimated: int) -> Topic:
        """DLE, didactic age and learning yield. `estimated`: pupils whose start in grade 3 was estimated."""
        counted = _CONVENTIONS.get(convention, convention)
        start = "For every pupil the files told when grade 3 began."
        if estimated:
            start = f"For {english.counted(estimated, 'pupil', 'pupils')} the start of grade 3 was estimated."
        return "DLE, didactic age and learning yield", (
            f"""Didactic age (DL) counts months of teaching from the start of grade 3, in which children turn seven:
            ten a school year; here: {counted}. {start} DLE is the number of months of teaching after which the average
            pupil reaches this score. Learning yield is DLE ÷ DL; below DL 10 we leave it out, because it would mostly
            be measurement noise. A DLE off the scale (“>60”) counts towards the goal, but not in a mean.""",
        )

    def growth_topic(self) -> Topic:
        """What growth is."""
        return "Growth", (
            """Growth is the difference between two results of the same pupil on the same version of the test, averaged
            over the pupils with a result both times. Clearly up or down: the difference is larger than the measurement
            error in the school's norm file allows. Expected is the mean growth of pupils who had the same score at the
            time, in standard deviations (sd). Those who score lowest once mostly score higher the next time, also
            without extra help.""",
        )

    def growth_percentile_topic(self) -> Topic:
        """What a growth percentile is."""
        return "Growth percentile", (
            """Where the middle pupil of a group stands among pupils with the same earlier scores, by the growth norm of
            the school. Of all pupils that is 50. It tells how unusual the growth is, not whether it is enough or what
            it comes from. With fewer than ten pupils we say nothing.""",
        )

    def effect_topic(self) -> Topic:
        """How the effect of an intervention was measured."""
        return "What did an intervention bring?", (
            """Difference = growth of those who took part − the growth that their starting level made us expect. The
            expectation is a straight line through pupils of our own school who did not take part: same grade, test
            version and moments, in all years there are. So the way back to the mean after a low score does not count
            as an effect. The interval holds the chance of the pupils, of their class in that year and of the line
            itself.""",
            """Nobody was chosen by lot: if the pupils differed in anything but their score, that is part of the
            difference. Not carried out: too few of the planned weeks were given; then we say nothing about an
            effect.""",
        )

    def counting_topic(self, without_standard: int, changes: Sequence[tuple[str, int, int, int]]) -> Topic:
        """Who counts. `without_standard`: results without a standard; `changes`: school year, changed destinations, of
        these up and down."""
        text = [
            """Expected are the pupils who should have taken the test according to the test calendar; without a
            calendar, the pupils of a group of which at least half took the test. Expected = result + no result yet +
            not taken with a reason. A pupil without a result yet never counts as zero. Grades 1 and 2 are observed;
            grade 8 takes no final test of this series."""
        ]
        if without_standard:
            text.append(
                f"For {english.counted(without_standard, 'result', 'results')} in this round there is no standard; "
                "they count in the mean but not towards the goal."
            )
        text += [
            f"In {year} the destination (the kind of school after this one) was changed for "
            f"{english.counted(changed, 'pupil', 'pupils')} ({up} up, {down} down). We compare with the destination "
            "that the year began with."
            for year, changed, up, down in changes
        ]
        return "Who counts?", tuple(text)

    def decomposition_topic(self, example: str) -> Topic:
        """Where a difference comes from; `example`: worked out with figures of this report, or empty."""
        text = """Difference of the mean = growth of the stayers + effect of those who joined − effect of those who
            left. Stayers have a result both times. The effect of those who joined is the present mean with them minus
            that without them; the effect of those who left is the same, at the previous moment."""
        return "Where does a difference come from?", (text, example) if example else (text,)

    def example(
        self,
        about: tuple[str, str, str, str],
        means: tuple[float | None, float | None],
        counts: tuple[int, int, int],
        effects: tuple[float, float, float],
        quantity: str,
    ) -> str:
        """A difference worked out. `about`: group, subject, from and to moment; `counts` and `effects`: of those who
        stayed, joined and left."""
        group, subject, since, until = about
        stayers, joiners, leavers = counts
        growth, joined, left = effects
        return (
            f"Example: {self.name(group)}, {self.subject_within(subject)}, from the {since} to the {until}. The mean "
            f"went from {self.number(means[0])} to {self.number(means[1])}. Growth of "
            f"{english.counted(stayers, 'stayer', 'stayers')} {self.number(growth)} + effect of {joiners} who joined "
            f"{self._term(joined)} − effect of {leavers} who left {self._term(left)} = "
            f"{self.number(growth + joined - left)} {self.unit(quantity)}. Rounded to one decimal in this report; "
            "calculated without rounding."
        )

    def _term(self, value: float) -> str:
        return self.number(value) if value >= 0 else f"({self.number(value)})"

    def problems(self, counts: Sequence[tuple[str, int]]) -> str:
        """What reading the files gave, per severity."""
        parts = [f"{n} {english.agree(n, *_SEVERITIES.get(code, (code, code)))}" for code, n in counts if n]
        return f"On reading the files: {self.listed(parts)}." if parts else "Reading the files gave nothing to report."

    # ------------------------------------------------------------------------------------------- the school's standards

    def in_grades(self, grades: Sequence[int]) -> str:
        """ "grades 5 and 6"."""
        return f"{english.agree(len(grades), 'grade', 'grades')} {self.listed([str(g) for g in grades])}"

    def ages(self, low: int, high: int) -> str:
        """ "DL 11 to 20"."""
        return f"DL {low} to {high}"

    def own_dle(self, low: float, high: float | None) -> str:
        """Pupils by their own last DLE; `high` None: no upper end."""
        until = "" if high is None else f" and below {self.plain(high)}"
        return f"own last DLE from {self.plain(low)}{until}"

    def years_through(self, first: str, last: str) -> str:
        """ "2018-2019 to 2026-2027"."""
        return f"{first} to {last}"

    def for_destinations(self, codes: Sequence[str]) -> str:
        """ "destination vmbo-basic and vmbo-advanced"."""
        return f"destination {self.listed([self.destination(code) for code in codes])}"

    def standard_tier(self, name: str, share: float, limit: str) -> str:
        """ "Basis 75%: DLE 20"."""
        return f"{self.sentence(self.tier(name))} {self.percentage(share)}: {limit}"
