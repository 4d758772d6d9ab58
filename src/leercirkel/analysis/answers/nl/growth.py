"""Z17–Z19 in Dutch: growth of the pupils who stayed, and what joiners and leavers did to the mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leercirkel.analysis.answers.facts import Composition, Growth, LowButGrowing
from leercirkel.analysis.answers.nl.places import place
from leercirkel.analysis.answers.nl.words import amount, at_moment, topic
from leercirkel.core.dutch import decimal, listed, number_word

Variants = list[list[str]]

_VERDICTS = {
    "more": "Dat is meer dan we verwachtten.",
    "less": "Dat is minder dan we verwachtten.",
    "fits": "Dat past bij wat we verwachtten.",
}


def _moved(f: Growth | Composition, decimals: int, verb: str) -> str:
    """ "groeiden gemiddeld 8 punten", "gingen gemiddeld 2 punten achteruit", "bleven gemiddeld gelijk"."""
    number = decimal(abs(f.growth), decimals)
    if number == "0":
        return "bleven gemiddeld gelijk"
    if f.growth < 0:
        return f"gingen gemiddeld {amount(number, f.unit)} achteruit"
    return verb.format(amount(number, f.unit))


def growth(f: Growth) -> Variants:
    """Growth of the stayers, against what was expected where the norms say so."""
    moved = _moved(f, f.decimals, "groeiden gemiddeld {}")
    interval = ""
    if f.low is not None and f.high is not None:
        what = "" if moved.startswith("groeiden") else "groei "
        interval = f" ({what}waarschijnlijk tussen {decimal(f.low, f.decimals)} en {decimal(f.high, f.decimals)})"
    expected = "" if f.expected is None else f"Verwacht was {decimal(f.expected, f.decimals)}."
    verdict = "" if f.verdict is None else _VERDICTS[f.verdict]
    who = f"{place(f.where).head}, {topic(f.topic)}: de {number_word(f.stayers)} leerlingen die er"
    return [
        [f"{who} {at_moment(f.since)} ook al waren, {moved}{interval}.", expected, verdict],
        [f"{who} toen ook al waren, {moved}{interval}.", expected, verdict],
        [f"{who} toen ook al waren, {moved}.", expected, verdict],
    ]


def proud_of_growth(f: Growth) -> Variants:
    """What follows "Hier mogen we trots op zijn:" of growth beyond what was expected."""
    moved = _moved(f, f.decimals, "gemiddeld {}")
    who = f"{place(f.where).where} groeiden {number_word(f.stayers)} leerlingen bij {topic(f.topic)}"
    return [[f"{who} {moved}, meer dan we verwachtten."]]


def low_but_growing(f: LowButGrowing) -> Variants:
    """Below the goal, but growing."""
    who, how = place(f.where), "meer dan verwacht" if f.more else "zoals verwacht"
    begins, sits, grows = who.verb("begon", "begonnen"), who.verb("zit", "zitten"), who.verb("groeit", "groeien")
    told = f"{topic(f.topic)}: {who.name} {begins} lager en {sits} nog onder het doel, maar {grows} {how}."
    return [[told, "Het aanbod slaat aan; de afstand is er nog."]]


def composition(f: Composition) -> Variants:
    """The mean moved because of who came and went."""
    who = {"wie erbij kwam": f.joined, "wie wegging": f.left, "wie nu geen uitslag heeft": f.without_result}
    cause = f"dat komt vooral door {listed([f'{words} ({number_word(n)})' for words, n in who.items() if n > 0])}"
    way = "omhoog" if f.change > 0 else "omlaag"
    moved = amount(decimal(abs(f.change), 1), f.unit)
    opening = f"{topic(f.topic)}: het gemiddelde van {place(f.where).name} ging {moved} {way}."
    stayed = f"de {number_word(f.stayers)} blijvers {_moved(f, 1, 'gingen {} vooruit')}"
    return [[opening, f"{cause}: {stayed}."], [opening, f"{cause}.", f"{stayed}."]]


SAY: dict[type, Callable[[Any], Variants]] = {Growth: growth, LowButGrowing: low_but_growing, Composition: composition}
