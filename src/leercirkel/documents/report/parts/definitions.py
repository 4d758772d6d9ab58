"""What the words in the report mean and by which formulas its figures are made."""

from __future__ import annotations

from leercirkel.core import dutch
from leercirkel.core.didactic_age import CONVENTION_LABELS
from leercirkel.core.quantiles import normal_quantile
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, View


def topic(title: str, *text: str) -> View:
    """A title with its paragraphs; line ends in the text are spaces."""
    return {"title": title, "text": [" ".join(paragraph.split()) for paragraph in text]}


def topics(context: Context) -> list[View]:
    """The definitions, with the thresholds of this report's policy."""
    m = context.report.method
    sure, z = words.percentage(m.confidence), words.number(normal_quantile(m.confidence), 3)
    convention = dict[str, str](**CONVENTION_LABELS).get(m.dl_convention, m.dl_convention)
    return [
        topic(
            "Doel in leerlingen",
            """Een eigen norm zegt welk deel van de leerlingen een doel moet halen. Ons doel is het kleinste hele
            aantal leerlingen dat aan dat deel komt: 75% van 14 is 10,5, dus 11 leerlingen. Gelijk aan de norm is
            gehaald, en bij elk doel hoort “of hoger”. We vergelijken vóór het afronden. Een aantal staat vet als het
            doel gehaald is.""",
        ),
        topic(
            "Waarschijnlijk tussen",
            f"""Een kleine groep valt de ene keer hoger uit dan de andere, ook als het onderwijs gelijk blijft. Daarom
            staat bij elk aandeel het interval van Wilson ({sure}). Met k van n leerlingen, p = k ÷ n en z = {z}:
            (p + z² ÷ 2n ± z × √(p(1 − p) ÷ n + z² ÷ 4n²)) ÷ (1 + z² ÷ n). Bij een gemiddelde staat het t-interval
            ({sure}): gemiddelde ± t × spreiding ÷ √n, met n − 1 vrijheidsgraden.""",
            """Vanaf 20 leerlingen staan de grenzen in procenten, daaronder in hele leerlingen. Die ronden we naar
            binnen af als het oordeel duidelijk is en anders naar buiten, zodat getal en oordeel bij elkaar passen.""",
        ),
        topic(
            "Oordeel",
            """Duidelijk boven de norm: het hele interval ligt boven de norm. Duidelijk onder de norm: het hele
            interval ligt eronder. Kan toeval zijn: de norm ligt in het interval. Niet bewezen is niet hetzelfde als
            niet waar.""",
        ),
        topic(
            "Kleine groepen",
            f"Onder de {m.no_verdict_below} leerlingen staat er alleen een aantal, zonder oordeel.",
            _small(context),
        ),
        topic(
            "Trend",
            f"""Een trend vergelijkt dezelfde jaargroep op hetzelfde meetmoment, met elk jaar andere kinderen. De lijn
            is drie kalenderjaren samen: alle leerlingen van die jaren op één hoop. Bij een nieuwe toetsversie begint
            de lijn opnieuw; we tellen en vergelijken niet over die grens heen. Stijgt of daalt staat er alleen als
            het interval van de helling nul niet bevat, met minstens drie jaar van
            {m.no_verdict_below} leerlingen of meer op één versie.""",
        ),
        topic(
            "DLE, didactische leeftijd en leerrendement",
            f"""Didactische leeftijd (DL) telt maanden onderwijs vanaf groep 3, tien per schooljaar; hier:
            {convention}. {_estimated(m.didactic_ages_estimated)} Leerrendement is DLE ÷ DL; onder DL 10 laten we het
            weg, omdat het dan vooral meetruis is. Een DLE buiten de schaal (“>60”) telt mee bij het doel, maar niet
            in een gemiddelde.""",
        ),
        topic(
            "Groei",
            """Groei is het verschil tussen twee metingen van dezelfde leerling op dezelfde toetsversie, gemiddeld
            over de leerlingen die beide keren een uitslag hebben. Duidelijk vooruit of achteruit: het verschil is
            groter dan de meetfout uit het normbestand van de school toelaat. De verwachting is de gemiddelde groei van
            leerlingen die toen hetzelfde scoorden, in standaarddeviaties (sd). Wie de ene keer het laagst scoort,
            scoort de volgende keer meestal hoger, ook zonder extra hulp.""",
        ),
    ]


def effect_topic(context: Context) -> list[View]:
    """How the effect of an intervention was measured; nothing without interventions."""
    if not context.report.interventions:
        return []
    return [
        topic(
            "Wat leverde een aanpak op?",
            """Verschil = groei van wie meededen − de groei die hun beginniveau liet verwachten. De verwachting is een
            rechte lijn door leerlingen van de eigen school die niet meededen: zelfde jaargroep, toetsversie en
            momenten, in alle jaren die er zijn. Zo telt de weg terug naar het gemiddelde, na een lage score, niet als
            effect. Het interval bevat het toeval van de leerlingen, van hun klas in dat jaar en van de lijn zelf.""",
            """Loten deden we niet: verschilden de leerlingen in iets anders dan hun score, dan zit dat in het
            verschil. Niet uitgevoerd: te weinig van de afgesproken weken gegeven; dan zeggen we niets over effect.""",
        )
    ]


def _estimated(n: int) -> str:
    if not n:
        return "Bij elke leerling stond het begin van groep 3 in de bestanden."
    return f"Bij {dutch.counted(n, 'leerling is', 'leerlingen is')} het begin van groep 3 geschat."


def _small(context: Context) -> str:
    """What became of small numbers: the team has them, the board does not."""
    least = context.report.method.no_number_below
    if context.report.audience == "team":
        return f"""Dit rapport is voor het team: ook aantallen onder de {least} staan erin. Maak voor wie daarbuiten
            staat de vorm voor het bestuur."""
    return f"""Dit rapport is voor het bestuur. Wat over minder dan {least} leerlingen gaat, staat er niet in, en ook
        niet wat het zou verraden door optellen en aftrekken. Daarom zijn er geen gemiddelde groei en geen
        vergelijking van blijvers, nieuwkomers en vertrokkenen."""
