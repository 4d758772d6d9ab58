"""What the words in the report mean, by which formulas its figures are made, and by which standards, in Dutch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from leercirkel.core import dutch
from leercirkel.core.didactic_age import CONVENTION_LABELS
from leercirkel.documents.texts.nl.words import Words

Topic = tuple[str, tuple[str, ...]]
"""A title with its paragraphs; line ends in these are spaces."""

_SEVERITIES = {"error": ("fout", "fouten"), "warning": ("waarschuwing", "waarschuwingen"),
               "notice": ("opmerking", "opmerkingen")}  # fmt: skip


class Method(Words):
    """Definitions, the worked example, standards, files and problems."""

    quantities: ClassVar[dict[str, str]] = {
        "score": "score", "dle": "DLE", "level": "niveau", "avi": "AVI", "reference": "referentieniveau",
    }  # fmt: skip
    any_test = "alle toetsen"
    any_moment = "elk moment"

    def goal_topic(self) -> Topic:
        """The goal in pupils."""
        return "Doel in leerlingen", (
            """Een eigen norm zegt welk deel van de leerlingen een doel moet halen. Ons doel is het kleinste hele
            aantal leerlingen dat aan dat deel komt: 75% van 14 is 10,5, dus 11 leerlingen. Gelijk aan de norm is
            gehaald, en bij elk doel hoort “of hoger”. We vergelijken vóór het afronden. Een aantal staat vet als het
            doel gehaald is.""",
        )

    def interval_topic(self, sure: str, z: str) -> Topic:
        """Intervals; `sure`: how often they hold ("90%"), `z`: the quantile that belongs to it."""
        return "Waarschijnlijk tussen", (
            f"""Een kleine groep valt de ene keer hoger uit dan de andere, ook als het onderwijs gelijk blijft. Daarom
            staat bij elk aandeel het interval van Wilson ({sure}). Met k van n leerlingen, p = k ÷ n en z = {z}:
            (p + z² ÷ 2n ± z × √(p(1 − p) ÷ n + z² ÷ 4n²)) ÷ (1 + z² ÷ n). Bij een gemiddelde staat het t-interval
            ({sure}): gemiddelde ± t × spreiding ÷ √n, met n − 1 vrijheidsgraden.""",
            """Vanaf 20 leerlingen staan de grenzen in procenten, daaronder in hele leerlingen. Die ronden we naar
            binnen af als het oordeel duidelijk is en anders naar buiten, zodat getal en oordeel bij elkaar passen.""",
        )

    def verdict_topic(self) -> Topic:
        """What a verdict says."""
        return "Oordeel", (
            """Duidelijk boven de norm: het hele interval ligt boven de norm. Duidelijk onder de norm: het hele
            interval ligt eronder. Kan toeval zijn: de norm ligt in het interval. Niet bewezen is niet hetzelfde als
            niet waar.""",
        )

    def small_topic(self, few: int, least: int, *, board: bool) -> Topic:
        """What became of small numbers: the team has them, the board does not."""
        whom = f"""Dit rapport is voor het team: ook aantallen onder de {least} staan erin. Maak voor wie daarbuiten
            staat de vorm voor het bestuur."""
        if board:
            whom = f"""Dit rapport is voor het bestuur. Wat over minder dan {least} leerlingen gaat, staat er niet in,
            en ook niet wat het zou verraden door optellen en aftrekken. Daarom zijn er geen gemiddelde groei en geen
            vergelijking van blijvers, nieuwkomers en vertrokkenen."""
        return "Kleine groepen", (f"Onder de {few} leerlingen staat er alleen een aantal, zonder oordeel.", whom)

    def trend_topic(self, few: int) -> Topic:
        """What a trend compares."""
        return "Trend", (
            f"""Een trend vergelijkt dezelfde jaargroep op hetzelfde meetmoment, met elk jaar andere kinderen. De lijn
            is drie kalenderjaren samen: alle leerlingen van die jaren op één hoop. Bij een nieuwe toetsversie begint
            de lijn opnieuw; we tellen en vergelijken niet over die grens heen. Stijgt of daalt staat er alleen als
            het interval van de helling nul niet bevat, met minstens drie jaar van
            {few} leerlingen of meer op één versie.""",
        )

    def age_topic(self, convention: str, estimated: int) -> Topic:
        """DLE, didactic age and learning yield. `estimated`: pupils whose start in grade 3 was estimated."""
        counted = dict[str, str](**CONVENTION_LABELS).get(convention, convention)
        start = "Bij elke leerling stond het begin van groep 3 in de bestanden."
        if estimated:
            start = f"Bij {dutch.counted(estimated, 'leerling is', 'leerlingen is')} het begin van groep 3 geschat."
        return "DLE, didactische leeftijd en leerrendement", (
            f"""Didactische leeftijd (DL) telt maanden onderwijs vanaf groep 3, tien per schooljaar; hier:
            {counted}. {start} Leerrendement is DLE ÷ DL; onder DL 10 laten we het
            weg, omdat het dan vooral meetruis is. Een DLE buiten de schaal (“>60”) telt mee bij het doel, maar niet
            in een gemiddelde.""",
        )

    def growth_topic(self) -> Topic:
        """What growth is."""
        return "Groei", (
            """Groei is het verschil tussen twee metingen van dezelfde leerling op dezelfde toetsversie, gemiddeld
            over de leerlingen die beide keren een uitslag hebben. Duidelijk vooruit of achteruit: het verschil is
            groter dan de meetfout uit het normbestand van de school toelaat. De verwachting is de gemiddelde groei van
            leerlingen die toen hetzelfde scoorden, in standaarddeviaties (sd). Wie de ene keer het laagst scoort,
            scoort de volgende keer meestal hoger, ook zonder extra hulp.""",
        )

    def growth_percentile_topic(self) -> Topic:
        """What a growth percentile is."""
        return "Groeipercentiel", (
            """Waar de middelste leerling van een groep staat tussen leerlingen met dezelfde eerdere scores, volgens de
            groeinorm van de school. Van alle leerlingen is dat 50. Het zegt hoe bijzonder de groei is, niet of die
            genoeg is of waardoor die komt. Bij minder dan tien leerlingen zeggen we niets.""",
        )

    def effect_topic(self) -> Topic:
        """How the effect of an intervention was measured."""
        return "Wat leverde een aanpak op?", (
            """Verschil = groei van wie meededen − de groei die hun beginniveau liet verwachten. De verwachting is een
            rechte lijn door leerlingen van de eigen school die niet meededen: zelfde jaargroep, toetsversie en
            momenten, in alle jaren die er zijn. Zo telt de weg terug naar het gemiddelde, na een lage score, niet als
            effect. Het interval bevat het toeval van de leerlingen, van hun klas in dat jaar en van de lijn zelf.""",
            """Loten deden we niet: verschilden de leerlingen in iets anders dan hun score, dan zit dat in het
            verschil. Niet uitgevoerd: te weinig van de afgesproken weken gegeven; dan zeggen we niets over effect.""",
        )

    def counting_topic(self, without_standard: int, changes: Sequence[tuple[str, int, int, int]]) -> Topic:
        """Who counts. `without_standard`: results without a standard; `changes`: school year, changed destinations, of
        these up and down."""
        text = [
            """Verwacht zijn de leerlingen die de toets volgens de toetskalender hadden moeten maken; zonder kalender
            de leerlingen van een groep waarvan minstens de helft de toets maakte. Verwacht = uitslag + nog geen
            uitslag + niet gemaakt met een reden. Wie nog geen uitslag heeft telt nooit als nul. Groep 1 en 2 worden
            geobserveerd; groep 8 maakt geen eindtoets van dit volgsysteem."""
        ]
        if without_standard:
            text.append(
                f"Voor {dutch.counted(without_standard, 'uitslag', 'uitslagen')} in deze ronde is er geen eigen norm; "
                "die tellen wel in het gemiddelde en niet bij het doel."
            )
        text += [
            f"In {year} is bij {dutch.counted(changed, 'leerling', 'leerlingen')} de bestemming aangepast "
            f"({up} omhoog, {down} omlaag). We vergelijken met de bestemming waarmee het jaar begon."
            for year, changed, up, down in changes
        ]
        return "Wie telt mee?", tuple(text)

    def decomposition_topic(self, example: str) -> Topic:
        """Where a difference comes from; `example`: worked out with figures of this report, or empty."""
        text = """Verschil van het gemiddelde = groei van de blijvers + effect van wie erbij kwam − effect van wie
            wegging. Blijvers hebben beide keren een uitslag. Het effect van wie erbij kwam is het gemiddelde van nu
            met hen min dat zonder hen; het effect van wie wegging is hetzelfde, bij de vorige meting."""
        return "Waar komt een verschil vandaan?", (text, example) if example else (text,)

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
            f"Voorbeeld: {self.name(group)}, {self.subject_within(subject)}, van {since} naar {until}. Het "
            f"gemiddelde ging van {self.number(means[0])} naar {self.number(means[1])}. Groei van "
            f"{dutch.counted(stayers, 'blijver', 'blijvers')} {self.number(growth)} + effect van {joiners} erbij "
            f"{self._term(joined)} − effect van {leavers} weg {self._term(left)} = "
            f"{self.number(growth + joined - left)} {self.unit(quantity)}. In dit rapport afgerond op één decimaal; "
            "gerekend is zonder afronden."
        )

    def _term(self, value: float) -> str:
        return self.number(value) if value >= 0 else f"({self.number(value)})"

    def problems(self, counts: Sequence[tuple[str, int]]) -> str:
        """What reading the files gave, per severity."""
        parts = [f"{n} {dutch.agree(n, *_SEVERITIES.get(code, (code, code)))}" for code, n in counts if n]
        return f"Bij het inlezen: {self.listed(parts)}." if parts else "Bij het inlezen waren er geen bijzonderheden."

    # ------------------------------------------------------------------------------------------- the school's standards

    def in_grades(self, grades: Sequence[int]) -> str:
        """ "groep 5 en 6"."""
        return f"groep {self.listed([str(g) for g in grades])}"

    def ages(self, low: int, high: int) -> str:
        """ "DL 11 tot en met 20"."""
        return f"DL {low} tot en met {high}"

    def own_dle(self, low: float, high: float | None) -> str:
        """Pupils by their own last DLE; `high` None: no upper end."""
        until = "" if high is None else f" tot {self.plain(high)}"
        return f"eigen laatste DLE vanaf {self.plain(low)}{until}"

    def years_through(self, first: str, last: str) -> str:
        """ "2018-2019 t/m 2026-2027"."""
        return f"{first} t/m {last}"

    def for_destinations(self, codes: Sequence[str]) -> str:
        """ "uitstroom vmbo-basis en vmbo-kader"."""
        return f"uitstroom {self.listed([self.destination(code) for code in codes])}"

    def standard_tier(self, name: str, share: float, limit: str) -> str:
        """ "Basis 75%: DLE 20"."""
        return f"{self.sentence(self.tier(name))} {self.percentage(share)}: {limit}"
