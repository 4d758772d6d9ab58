"""Z17–Z19 in English: growth of the pupils who stayed, and what joiners and leavers did to the mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leercirkel.analysis.answers.en.places import place
from leercirkel.analysis.answers.en.words import amount, at_moment, topic
from leercirkel.analysis.answers.facts import Composition, Growth, LowButGrowing
from leercirkel.core.english import decimal, listed, number_word

Variants = list[list[str]]

_VERDICTS = {
    "more": "That is more than we expected.",
    "less": "That is less than we expected.",
    "fits": "That fits what we expected.",
}


def _moved(f: Growth | Composition, decimals: int, verb: str) -> str:
    """ "grew by 8 points on average", "fell back by 2 points on average", "stayed the same on average"."""
    number = decimal(abs(f.growth), decimals)
    if number == "0":
        return "stayed the same on average"
    if f.growth < 0:
        return f"fell back by {amount(number, f.unit)} on average"
    return verb.format(amount(number, f.unit))


def growth(f: Growth) -> Variants:
    """Growth of the stayers, against what was expected where the norms say so."""
    moved = _moved(f, f.decimals, "grew by {} on average")
    interval = ""
    if f.low is not None and f.high is not None:
        what = "" if moved.startswith("grew") else "growth "
        interval = f" ({what}probably between {decimal(f.low, f.decimals)} and {decimal(f.high, f.decimals)})"
    expected = "" if f.expected is None else f"Expected was {decimal(f.expected, f.decimals)}."
    verdict = "" if f.verdict is None else _VERDICTS[f.verdict]
    head = f"{place(f.where).head}, {topic(f.topic)}: the {number_word(f.stayers)} pupils who were here"
    return [
        [f"{head} {at_moment(f.since)} {moved}{interval}.", expected, verdict],
        [f"{head} then {moved}{interval}.", expected, verdict],
        [f"{head} then {moved}.", expected, verdict],
    ]


def proud_of_growth(f: Growth) -> Variants:
    """What follows "Something to be proud of:" of growth beyond what was expected."""
    who = f"{place(f.where).where} {number_word(f.stayers)} pupils"
    return [[f"{who} {_moved(f, f.decimals, 'grew {} on average')} in {topic(f.topic)}, more than we expected."]]


def low_but_growing(f: LowButGrowing) -> Variants:
    """Below the goal, but growing."""
    how = "more than expected" if f.more else "as expected"
    told = f"{topic(f.topic)}: {place(f.where).name} began lower and is still below the goal, but is growing {how}."
    return [[told, "Our teaching works; the distance is still there."]]


def composition(f: Composition) -> Variants:
    """The mean moved because of who came and went."""
    who = {"who joined": f.joined, "who left": f.left, "who has no result now": f.without_result}
    cause = f"that is mostly because of {listed([f'{words} ({number_word(n)})' for words, n in who.items() if n > 0])}"
    way = "up" if f.change > 0 else "down"
    moved = amount(decimal(abs(f.change), 1), f.unit)
    opening = f"{topic(f.topic)}: the mean of {place(f.where).name} went {way} by {moved}."
    stayed = f"the {number_word(f.stayers)} who stayed {_moved(f, 1, 'gained {}')}"
    return [[opening, f"{cause}: {stayed}."], [opening, f"{cause}.", f"{stayed}."]]


SAY: dict[type, Callable[[Any], Variants]] = {Growth: growth, LowButGrowing: low_but_growing, Composition: composition}
