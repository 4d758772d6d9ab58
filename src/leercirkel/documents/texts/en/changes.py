"""Trends, the same pupils followed back, growth and learning yield in English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from leercirkel.core import english
from leercirkel.documents.texts.common import size_step
from leercirkel.documents.texts.en.words import Words


class Changes(Words):
    """What stands in and around the charts over time."""

    directions: ClassVar[dict[str, str]] = {
        "up": "Rises over the years.",
        "down": "Falls over the years.",
        "none": "No rise or fall to be seen.",
    }
    too_few_a_year = "Too few pupils a year to see a direction."
    not_three_years = "Not yet three years on one version."
    norm_label = "our aim"
    break_label = "new test version"
    pupils_short = "pupils"
    star = "*\u00a0new test version."
    joined = "joined"
    left = "left"
    together = "together"

    # --------------------------------------------------------------------------------------------------------- trends

    def trend_key(self, *, shares: bool) -> str:
        """How to read the charts of a test."""
        unit = " (number or %)" if shares else ""
        return f"Mark = this time, bar = probably between{unit}, line = 2 or 3 years together."

    def trend_norm(self, share: float, tier: str | None) -> str:
        """The one standard of all charts of a test."""
        return f"Our standard: {self.percentage(share)} of the pupils reach the goal “{self.tier(tier or '')}”."

    def not_drawn_trends(self, who: Sequence[str], few: int) -> str:
        """The trends of too few pupils to draw."""
        return f"Not drawn, fewer than two years with {few} pupils or more: {self.listed(who)}."

    def mean_unit(self, quantity: str | None) -> str:
        """Above a chart of means."""
        return f"Mean in {self.unit(quantity)}, without a standard."

    def short_pupils(self, n: int) -> str:
        """Below a year of means: "27 pupils"."""
        return f"{n} {self.pupils_short}"

    def year_without(self, year: str, *, anew: bool) -> str:
        """A year without a number, for a screen reader."""
        return f"{self._year(year, anew=anew)} no pupils"

    def year_reached(self, year: str, k: int, n: int, *, anew: bool) -> str:
        """A year of a share, for a screen reader."""
        return f"{self._year(year, anew=anew)} {k} of the {n}"

    def year_mean(self, year: str, mean: float | None, n: int, *, anew: bool) -> str:
        """A year of a mean, for a screen reader."""
        return f"{self._year(year, anew=anew)} mean {self.number(mean)} of {self.pupils(n)}"

    def _year(self, year: str, *, anew: bool) -> str:
        return f"{year} on a new version of the test" if anew else year

    def trend_said(self, who: str, subject: str, share: float | None, years: Sequence[str]) -> str:
        """The whole chart; `share`: the target share, None for means."""
        what = "mean" if share is None else f"share that reached the goal, standard {self.percentage(share)}"
        return f"{who}, {self.subject_within(subject)}, {what}, per school year: {'; '.join(years)}."

    def pool_reached(self, years: int, k: int, n: int, goal: int | None) -> str:
        """The years together that end last."""
        return f"{self._together(years)}: {k} of the {n}, goal {goal}."

    def pool_mean(self, years: int, mean: float | None) -> str:
        """The mean of the years together that end last."""
        return f"{self._together(years)}: mean {self.number(mean)}."

    def _together(self, years: int) -> str:
        return f"{english.sentence(english.counted(years, 'year', 'years'))} together"

    def trend_caption(self, subject: str, instrument: str, who: str) -> str:
        """What the table below a chart is about."""
        return f"{self.subject(subject)} ({self.instrument(instrument)}), {who.lower()}, per school year"

    def table_of(self, who: str) -> str:
        """After "Table", for who does not see the chart it belongs to."""
        return f"for {who}"

    def trend_link(self, subject: str) -> str:
        """What a link to the trends of a subject says."""
        return f"trend in {self.subject_within(subject)}"

    def trend_heads(self, *, share: bool) -> list[str]:
        """The heads of the table below a chart."""
        what = "Reached the goal" if share else "Mean (n)"
        return ["School year", what, "Probably between", "Together"]

    # ------------------------------------------------------------------------------------------------ the same pupils

    def stayers_noun(self, n: int) -> str:
        """What so many pupils who stayed are called."""
        return english.agree(n, "stayer", "stayers")

    def not_drawn(self, stayers: str) -> str:
        """A comparison of too few pupils; `stayers`: "12" or "fewer than 5"."""
        return (
            f"{english.sentence(stayers)} pupils also had a result on this test a year before; their growth is not "
            "shown."
        )

    def grew(self, growth: float, quantity: str | None, ends: tuple[float, float] | None) -> str:
        """ "+4.2 points, probably between +1.0 and +7.4"."""
        text = f"{self.signed(growth)} {self.unit(quantity)}"
        if ends is None:
            return text
        return f"{text}, probably between {self.both(*map(self.signed, ends))}"

    def flow_said(
        self, subject: str, change: str, stayers: int, grew: str, joined: tuple[int, float], left: tuple[int, float]
    ) -> str:
        """The whole chart of a difference: `change` with its unit, of joiners and leavers how many and their effect."""
        return (
            f"{self.subject(subject)}: the mean changed by {change}. The {self.pupils(stayers)} who also had a result "
            f"last time grew {grew}; {joined[0]} joined: {self.signed(joined[1])}; {left[0]} left: "
            f"{self.signed(left[1])}."
        )

    def stayers_note(self, grew: str) -> str:
        """Below the chart: the growth of those who stayed."""
        return f"Stayers {grew}."

    def expected_note(self, growth: float) -> str:
        """Below the chart: what was expected."""
        return f"Expected {self.signed(growth)}."

    def real_note(self, up: int, down: int, n: int) -> str:
        """Below the chart: who clearly gained or lost."""
        back = f", {down} down" if down else ""
        return f"{up} of the {n} clearly up{back}."

    def present_note(self, n: int) -> str:
        """Below the chart: who left the comparison but not the group."""
        return f"Of those under “left”, {n} {english.agree(n, 'is', 'are')} still in the group, without a result."

    # -------------------------------------------------------------------------------------------- growth, in one line

    def clearly_up(self, n: int) -> str:
        """ "3 went clearly up"."""
        return f"{n} went clearly up"

    def clearly_down(self, n: int) -> str:
        """After those who gained: "2 down"."""
        return f"{n} down"

    def against_expected(self, z: float) -> str:
        """How growth compares with what was expected: in words by size (0.2, 0.5 and 0.8 SD), with the figure."""
        step, way = size_step(z), "less" if z < 0 else "more"
        if not step:
            return "growth about as expected"
        return f"{('slightly ', '', 'much ')[step - 1]}{way} than expected ({self.number(abs(z), 2)} sd)"

    def only_clear(self, since: str, n: int, clear: Sequence[str]) -> str:
        """Who clearly gained or lost, without a mean."""
        return f"Since the {since}, of {self.pupils(n)}: {', '.join(clear)}."

    def growth(
        self, since: str, n: int, mean: float, quantity: str, ends: tuple[float, float] | None, clear: Sequence[str]
    ) -> str:
        """The growth of a group since an earlier moment."""
        verb = "grew" if n == 1 else "grew on average"
        text = f"Since the {since}, {self.pupils(n)} {verb} {self.number(mean)} {self.unit(quantity)}"
        if ends is not None:
            text += f" (probably between {self.both(*map(self.number, ends))})"
        return f"{text}; {', '.join(clear)}." if clear else f"{text}."

    def steps(self, since: str, at_least_one: int, n: int, half: int) -> str:
        """Growth in levels. `half`: what at least half of the pupils did, in levels up (or down); 0 says nothing."""
        text = f"{at_least_one} of the {self.pupils(n)} went up at least one AVI level since the {since}"
        if half:
            way = "up" if half > 0 else "down"
            text += f"; at least half went {way} {english.counted(abs(half), 'level', 'levels')} or more"
        return f"{text}."

    def learning_yield(self, n: int, median: float, uneven: int) -> str:
        """The learning yield of a group; `uneven`: pupils who differ much from another subject."""
        text = f"Learning yield: half of {self.pupils(n)} have {self.number(median, 2)} or more"
        return f"{text}; {uneven} with a large difference from another subject." if uneven else f"{text}."

    # ----------------------------------------------------------------- growth among pupils with the same earlier scores

    def growth_place(self, percentile: int, earlier: Sequence[str], pupils: int, years: tuple[str, str]) -> str:
        """The growth percentile of one pupil, and what it means. `earlier`: moments, oldest first."""
        score = "the same earlier score" if len(earlier) == 1 else "the same earlier scores"
        return (
            f"Growth compared with pupils with {score} ({self.listed(earlier)}): {_ordinal(percentile)} percentile of "
            f"{self.pupils(pupils)} from {self._norm_years(years)}. Of 100 of them, about {percentile} scored lower."
        )

    def growth_place_between(self, low: int, high: int, *, wide: bool) -> str:
        """How far the tests can be off; `wide`: so far that it says little."""
        text = f"The tests can be off: probably between {self.both(str(low), str(high))}."
        return f"{text} So this says little about one pupil." if wide else text

    growth_place_unsure = "How far the tests can be off is not known; for one pupil that is soon tens of percentiles."

    def growth_place_lacking(self, earlier: Sequence[str]) -> str:
        """Why there is no growth percentile: an earlier score is lacking."""
        return (
            "Growth compared with other pupils cannot be told: it takes a score of the "
            f"{self.listed(earlier)}, on the same test and in the group that belongs to it."
        )

    def growth_place_outside(self, earlier: Sequence[str]) -> str:
        """Why there is no growth percentile: nobody in the norm scored like this."""
        return (
            f"Growth compared with other pupils cannot be told: a score of the {self.listed(earlier)} lies outside "
            "those of the pupils that the growth norm was made of."
        )

    def growth_middle(self, n: int, of: int, median: float, low: float, high: float) -> str:
        """The median growth percentile of a group. `of`: pupils with a score. What it is: `growth_legend`."""
        ends = self.both(self.plain(low), self.plain(high))
        return f"Growth percentile {self.plain(median)}, probably between {ends} ({self._part(n, of)})."

    def growth_few(self, n: int, of: int) -> str:
        """Too few growth percentiles for a median."""
        return f"Growth percentile: too few to say anything ({self._part(n, of)})."

    growth_legend = (
        "Growth percentile: where the middle pupil of the group stands among pupils with the same earlier scores. Of "
        "all pupils that is 50. It tells how unusual the growth is, not whether it is enough or what it comes from."
    )

    def _part(self, n: int, of: int) -> str:
        return self.pupils(n) if n == of else f"{n} of {self.pupils(of)}"

    def _norm_years(self, years: tuple[str, str]) -> str:
        return years[0] if years[0] == years[1] else f"{years[0]} to {years[1]}"


def _ordinal(n: int) -> str:
    """ "1st", "12th", "23rd"."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"
