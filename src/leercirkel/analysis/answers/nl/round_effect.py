"""Z32–Z34 in Dutch: who counts in an effect, what it rests on, and what could be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from leercirkel.analysis.answers.facts.round_effect import CanSee, RestsOn, WhoCounts
from leercirkel.analysis.answers.nl.words import amount, pupils
from leercirkel.core.dutch import agree, counted, decimal, listed, number_word

Variants = list[list[str]]

_WHY: dict[str, tuple[str, str]] = {
    "left": ("van school", "van school"),
    "no_result_before": ("zonder uitslag vooraf", "zonder uitslag vooraf"),
    "no_result_after": ("zonder uitslag na afloop", "zonder uitslag na afloop"),
    "other_test": ("met een andere toets", "met een andere toets"),
    "repeated": ("die bleef zitten of oversloeg", "die bleven zitten of oversloegen"),
    "nobody_to_compare": ("zonder anderen om mee te vergelijken", "zonder anderen om mee te vergelijken"),
}
"""What follows "één", and what follows a larger number."""


def who_counts(f: WhoCounts) -> Variants:
    """How many count, who do not, and who came later."""
    told = f"van de {pupils(f.pupils)} {agree(f.counted, 'telt', 'tellen')} er {number_word(f.counted)} mee"
    if f.counted == f.pupils:
        told = f"alle {pupils(f.pupils)} tellen mee" if f.pupils != 1 else "de ene leerling telt mee"
    why = listed([f"{number_word(n)} {agree(n, *_WHY[reason])}" for reason, n in f.reasons])
    later = ""
    if f.joined:
        came = agree(f.joined, "kwam er later bij en telt", "kwamen er later bij en tellen")
        later = f"{pupils(f.joined)} {came} niet mee."
    return [[f"{told}.", f"Niet: {why}." if why else "", later], [f"{told}.", "", later]]


def rests_on(f: RestsOn) -> Variants:
    """Where the expectation and the chance of classes come from."""
    number = decimal(f.shock, f.decimals)
    own = "Verwacht is wat leerlingen van onze school groeiden die even hoog begonnen en niet meededen."
    norm = "Verwacht is wat leerlingen in Nederland groeien die even hoog begonnen."
    shock = f"Wat een hele klas in een half jaar kan overkomen telt als toeval: ongeveer {amount(number, f.unit)}"
    told = (
        f", gezien bij {counted(f.classes, 'klas', 'klassen')} van onze school." if f.classes else ", een vaste waarde."
    )
    return [[own if f.source == "own_school" else norm, shock + told]]


def can_see(f: CanSee) -> Variants:
    """What shows with so many pupils."""
    often = _often(f.tenths)
    if f.sizes is None:
        names = ("een klein effect", "een middelgroot", "een groot")
        seen = ", ".join(f"{name} {how}" for name, how in zip(names, often, strict=False))
        return [[f"met {pupils(f.pupils)} zien we {seen}."]]
    sizes = [amount(decimal(size, f.decimals), f.unit) for size in f.sizes]
    seen = ", ".join(f"van {size} {how}" for size, how in zip(sizes, often, strict=True))
    least = "" if f.smallest is None else amount(decimal(f.smallest, f.decimals), f.unit)
    return [[f"hiermee zien we een verschil {seen}.", f"Vanaf {least} zien we het meestal." if least else ""]]


def _often(tenths: Sequence[int]) -> list[str]:
    """ "in drie van de tien keer", and after that "in zeven"."""
    found: list[str] = []
    for n in tenths:
        told = any("tien" in words for words in found)
        some = f"in {number_word(n)}" + ("" if told else " van de tien keer")
        found.append("bijna nooit" if n <= 0 else "bijna altijd" if n >= 10 else some)
    return found


SAY: dict[type, Callable[[Any], Variants]] = {WhoCounts: who_counts, RestsOn: rests_on, CanSee: can_see}
