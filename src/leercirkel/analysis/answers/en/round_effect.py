"""Z32–Z34 in English: who counts in an effect, what it rests on, and what could be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from leercirkel.analysis.answers.en.words import amount, pupils
from leercirkel.analysis.answers.facts.round_effect import CanSee, RestsOn, WhoCounts
from leercirkel.core.english import agree, counted, decimal, listed, number_word

Variants = list[list[str]]

_WHY: dict[str, str] = {
    "left": "left the school",
    "no_result_before": "without a result before",
    "no_result_after": "without a result after",
    "other_test": "with another test",
    "repeated": "who repeated or skipped",
    "nobody_to_compare": "without others to compare with",
}


def who_counts(f: WhoCounts) -> Variants:
    """How many count, who do not, and who came later."""
    told = f"of the {pupils(f.pupils)}, {number_word(f.counted)} {agree(f.counted, 'counts', 'count')}"
    if f.counted == f.pupils:
        told = f"all {pupils(f.pupils)} count" if f.pupils != 1 else "the one pupil counts"
    why = listed([f"{number_word(n)} {_WHY[reason]}" for reason, n in f.reasons])
    later = ""
    if f.joined:
        later = f"{pupils(f.joined)} came later and {agree(f.joined, 'does', 'do')} not count."
    return [[f"{told}.", f"Not: {why}." if why else "", later], [f"{told}.", "", later]]


def rests_on(f: RestsOn) -> Variants:
    """Where the expectation and the chance of classes come from."""
    number = decimal(f.shock, f.decimals)
    own = "Expected is what pupils of our school grew who began as high and did not take part."
    norm = "Expected is what pupils in the Netherlands grow who began as high."
    shock = f"What may befall a whole class in half a year counts as chance: about {amount(number, f.unit)}"
    told = f", seen in {counted(f.classes, 'class', 'classes')} of our school." if f.classes else ", a fixed value."
    return [[own if f.source == "own_school" else norm, shock + told]]


def can_see(f: CanSee) -> Variants:
    """What shows with so many pupils."""
    often = _often(f.tenths)
    if f.sizes is None:
        names = ("a small effect", "a medium one", "a large one")
        seen = ", ".join(f"{name} {how}" for name, how in zip(names, often, strict=False))
        return [[f"with {pupils(f.pupils)} we see {seen}."]]
    sizes = [amount(decimal(size, f.decimals), f.unit) for size in f.sizes]
    seen = ", ".join(f"of {size} {how}" for size, how in zip(sizes, often, strict=True))
    least = "" if f.smallest is None else amount(decimal(f.smallest, f.decimals), f.unit)
    return [[f"with this we see a difference {seen}.", f"From {least} on we usually see it." if least else ""]]


def _often(tenths: Sequence[int]) -> list[str]:
    """ "three times in ten", and after that "seven"."""
    found: list[str] = []
    for n in tenths:
        told = any("ten" in words.split() for words in found)
        some = number_word(n) if told else f"{counted(n, 'time', 'times')} in ten"
        found.append("hardly ever" if n <= 0 else "nearly always" if n >= 10 else some)
    return found


SAY: dict[type, Callable[[Any], Variants]] = {WhoCounts: who_counts, RestsOn: rests_on, CanSee: can_see}
