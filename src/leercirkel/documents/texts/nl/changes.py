"""Trends, the same pupils followed back, growth and learning yield in Dutch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from leercirkel.core import dutch
from leercirkel.documents.texts.common import size_step
from leercirkel.documents.texts.nl.words import Words


class Changes(Words):
    """What stands in and around the charts over time."""

    directions: ClassVar[dict[str, str]] = {
        "up": "Stijgt over de jaren.",
        "down": "Daalt over de jaren.",
        "none": "Geen stijging of daling te zien.",
    }
    too_few_a_year = "Te weinig leerlingen per jaar om een richting te zien."
    not_three_years = "Nog geen drie jaar op één toetsversie."
    norm_label = "onze norm"
    break_label = "nieuwe toetsversie"
    pupils_short = "lln"
    star = "*\u00a0nieuwe toetsversie."
    joined = "erbij"
    left = "weg"
    together = "samen"

    # --------------------------------------------------------------------------------------------------------- trends

    def trend_key(self, *, shares: bool) -> str:
        """How to read the charts of a test."""
        unit = " (aantal of %)" if shares else ""
        return f"Teken = deze keer, balk = waarschijnlijk tussen{unit}, lijn = 2 of 3 jaar samen."

    def trend_norm(self, share: float, tier: str | None) -> str:
        """The one standard of all charts of a test."""
        return f"Onze norm: {self.percentage(share)} van de leerlingen haalt het doel “{self.tier(tier or '')}”."

    def not_drawn_trends(self, who: Sequence[str], few: int) -> str:
        """The trends of too few pupils to draw."""
        return f"Niet getekend, minder dan twee jaren met {few} leerlingen of meer: {self.listed(who)}."

    def mean_unit(self, quantity: str | None) -> str:
        """Above a chart of means."""
        return f"Gemiddelde in {self.unit(quantity)}, zonder norm."

    def short_pupils(self, n: int) -> str:
        """Below a year of means: "27 lln"."""
        return f"{n} {self.pupils_short}"

    def year_without(self, year: str, *, anew: bool) -> str:
        """A year without a number, for a screen reader."""
        return f"{self._year(year, anew=anew)} geen leerlingen"

    def year_reached(self, year: str, k: int, n: int, *, anew: bool) -> str:
        """A year of a share, for a screen reader."""
        return f"{self._year(year, anew=anew)} {k} van de {n}"

    def year_mean(self, year: str, mean: float | None, n: int, *, anew: bool) -> str:
        """A year of a mean, for a screen reader."""
        return f"{self._year(year, anew=anew)} gemiddeld {self.number(mean)} van {self.pupils(n)}"

    def _year(self, year: str, *, anew: bool) -> str:
        return f"{year} op een nieuwe toetsversie" if anew else year

    def trend_said(self, who: str, subject: str, share: float | None, years: Sequence[str]) -> str:
        """The whole chart; `share`: the target share, None for means."""
        what = "gemiddelde" if share is None else f"aandeel dat het doel haalt, norm {self.percentage(share)}"
        return f"{who}, {self.subject_within(subject)}, {what}, per schooljaar: {'; '.join(years)}."

    def pool_reached(self, years: int, k: int, n: int, goal: int | None) -> str:
        """The years together that end last."""
        return f"{self._together(years)}: {k} van de {n}, doel {goal}."

    def pool_mean(self, years: int, mean: float | None) -> str:
        """The mean of the years together that end last."""
        return f"{self._together(years)}: gemiddeld {self.number(mean)}."

    def _together(self, years: int) -> str:
        return f"{dutch.sentence(dutch.number_word(years))} jaar samen"

    def trend_caption(self, subject: str, instrument: str, who: str) -> str:
        """What the table below a chart is about."""
        return f"{self.subject(subject)} ({self.instrument(instrument)}), {who.lower()}, per schooljaar"

    def table_of(self, who: str) -> str:
        """After "Tabel", for who does not see the chart it belongs to."""
        return f"bij {who}"

    def trend_link(self, subject: str) -> str:
        """What a link to the trends of a subject says."""
        return f"trend {self.subject_within(subject)}"

    def trend_heads(self, *, share: bool) -> list[str]:
        """The heads of the table below a chart."""
        what = "Haalde het doel" if share else "Gemiddelde (n)"
        return ["Schooljaar", what, "Waarschijnlijk tussen", "Jaren samen"]

    # ------------------------------------------------------------------------------------------------ the same pupils

    def stayers_noun(self, n: int) -> str:
        """What so many pupils who stayed are called."""
        return dutch.agree(n, "blijver", "blijvers")

    def not_drawn(self, stayers: str) -> str:
        """A comparison of too few pupils; `stayers`: "12" or "minder dan 5"."""
        return (
            f"{dutch.sentence(stayers)} leerlingen hadden een jaar eerder ook al een uitslag op deze toets; "
            "de groei tonen we niet."
        )

    def grew(self, growth: float, quantity: str | None, ends: tuple[float, float] | None) -> str:
        """ "+4,2 punten, waarschijnlijk tussen +1,0 en +7,4"."""
        text = f"{self.signed(growth)} {self.unit(quantity)}"
        if ends is None:
            return text
        return f"{text}, waarschijnlijk tussen {self.both(*map(self.signed, ends))}"

    def flow_said(
        self, subject: str, change: str, stayers: int, grew: str, joined: tuple[int, float], left: tuple[int, float]
    ) -> str:
        """The whole chart of a difference: `change` with its unit, of joiners and leavers how many and their effect."""
        return (
            f"{self.subject(subject)}: het gemiddelde veranderde {change}. De {self.pupils(stayers)} die er bij de "
            f"vorige meting ook waren groeiden {grew}; {joined[0]} erbij: {self.signed(joined[1])}; {left[0]} weg: "
            f"{self.signed(left[1])}."
        )

    def stayers_note(self, grew: str) -> str:
        """Below the chart: the growth of those who stayed."""
        return f"Blijvers {grew}."

    def expected_note(self, growth: float) -> str:
        """Below the chart: what was expected."""
        return f"Verwacht {self.signed(growth)}."

    def real_note(self, up: int, down: int, n: int) -> str:
        """Below the chart: who clearly gained or lost."""
        back = f", {down} achteruit" if down else ""
        return f"{up} van de {n} duidelijk vooruit{back}."

    def present_note(self, n: int) -> str:
        """Below the chart: who left the comparison but not the group."""
        return f"Van “weg” {dutch.agree(n, 'zit', 'zitten')} er {n} nog in de groep, zonder uitslag."

    # -------------------------------------------------------------------------------------------- growth, in one line

    def clearly_up(self, n: int) -> str:
        """ "3 gingen duidelijk vooruit"."""
        return f"{n} {dutch.agree(n, 'ging', 'gingen')} duidelijk vooruit"

    def clearly_down(self, n: int) -> str:
        """After those who gained: "2 achteruit"."""
        return f"{n} achteruit"

    def against_expected(self, z: float) -> str:
        """How growth compares with what was expected: in words by size (0.2, 0.5 and 0.8 SD), with the figure."""
        step, way = size_step(z), "minder" if z < 0 else "meer"
        if not step:
            return "groei ongeveer zoals verwacht"
        return f"{('iets ', '', 'veel ')[step - 1]}{way} dan verwacht ({self.number(abs(z), 2)} sd)"

    def only_clear(self, since: str, n: int, clear: Sequence[str]) -> str:
        """Who clearly gained or lost, without a mean."""
        return f"Sinds {since}, van {self.pupils(n)}: {', '.join(clear)}."

    def growth(
        self, since: str, n: int, mean: float, quantity: str, ends: tuple[float, float] | None, clear: Sequence[str]
    ) -> str:
        """The growth of a group since an earlier moment."""
        verb = dutch.agree(n, "groeide", "groeiden")
        text = f"Sinds {since} {verb} {self.pupils(n)} gemiddeld {self.number(mean)} {self.unit(quantity)}"
        if ends is not None:
            text += f" (waarschijnlijk tussen {self.both(*map(self.number, ends))})"
        return f"{text}; {', '.join(clear)}." if clear else f"{text}."

    def steps(self, since: str, at_least_one: int, n: int, half: int) -> str:
        """Growth in levels. `half`: what at least half of the pupils did, in levels up (or down); 0 says nothing."""
        verb = dutch.agree(at_least_one, "ging", "gingen")
        text = f"{at_least_one} van de {self.pupils(n)} {verb} sinds {since} minstens één AVI-niveau omhoog"
        if half:
            way = "omhoog" if half > 0 else "omlaag"
            text += f"; minstens de helft ging {dutch.counted(abs(half), 'niveau', 'niveaus')} of meer {way}"
        return f"{text}."

    def learning_yield(self, n: int, median: float, uneven: int) -> str:
        """The learning yield of a group; `uneven`: pupils who differ much from another subject."""
        text = f"Leerrendement: de helft van {self.pupils(n)} heeft {self.number(median, 2)} of meer"
        return f"{text}; bij {uneven} een groot verschil met een ander vak." if uneven else f"{text}."

    # ----------------------------------------------------------------- growth among pupils with the same earlier scores

    def growth_place(self, percentile: int, earlier: Sequence[str], pupils: int, years: tuple[str, str]) -> str:
        """The growth percentile of one pupil, and what it means. `earlier`: moments, oldest first."""
        score = "dezelfde eerdere score" if len(earlier) == 1 else "dezelfde eerdere scores"
        lower = dutch.agree(percentile, "scoorde", "scoorden")
        return (
            f"Groei vergeleken met leerlingen met {score} ({self.listed(earlier)}): {percentile}e percentiel van "
            f"{self._thousands(pupils)} leerlingen uit {self._norm_years(years)}. Van de 100 {lower} er ongeveer "
            f"{percentile} lager."
        )

    def growth_place_between(self, low: int, high: int, *, wide: bool) -> str:
        """How far the tests can be off; `wide`: so far that it says little."""
        text = f"De toetsen kunnen ernaast zitten: waarschijnlijk tussen {self.both(str(low), str(high))}."
        return f"{text} Over één leerling zegt dit dus weinig." if wide else text

    growth_place_unsure = (
        "Hoe ver de toetsen ernaast kunnen zitten is niet bekend; bij één leerling is dat al gauw "
        "tientallen percentielen."
    )

    def growth_place_lacking(self, earlier: Sequence[str]) -> str:
        """Why there is no growth percentile: an earlier score is lacking."""
        return (
            "Groei vergeleken met andere leerlingen is niet te zeggen: daarvoor is een score nodig van "
            f"{self.listed(earlier)}, op dezelfde toets en in de groep die erbij hoort."
        )

    def growth_place_outside(self, earlier: Sequence[str]) -> str:
        """Why there is no growth percentile: nobody in the norm scored like this."""
        return (
            f"Groei vergeleken met andere leerlingen is niet te zeggen: een score van {self.listed(earlier)} ligt "
            "buiten die van de leerlingen van wie de groeinorm is gemaakt."
        )

    def growth_middle(self, n: int, of: int, median: float, low: float, high: float) -> str:
        """The median growth percentile of a group. `of`: pupils with a score. What it is: `growth_legend`."""
        ends = self.both(self.plain(low), self.plain(high))
        return f"Groeipercentiel {self.plain(median)}, waarschijnlijk tussen {ends} ({self._part(n, of)})."

    def growth_few(self, n: int, of: int) -> str:
        """Too few growth percentiles for a median."""
        return f"Groeipercentiel: te weinig om iets te zeggen ({self._part(n, of)})."

    growth_legend = (
        "Groeipercentiel: waar de middelste leerling van de groep staat tussen leerlingen met dezelfde eerdere scores. "
        "Van alle leerlingen is dat 50. Het zegt hoe bijzonder de groei is, niet of die genoeg is of waardoor die komt."
    )

    def _part(self, n: int, of: int) -> str:
        return self.pupils(n) if n == of else f"{n} van {self.pupils(of)}"

    def _thousands(self, n: int) -> str:
        return f"{n:,}".replace(",", ".")

    def _norm_years(self, years: tuple[str, str]) -> str:
        return years[0] if years[0] == years[1] else f"{years[0]} tot en met {years[1]}"
