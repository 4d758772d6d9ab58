"""Z21–Z28 and Z30 in English: destinations, what interventions brought, subjects of one pupil, agreements.

Names of interventions, goals that were observed and agreements are the school's own words and stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leercirkel.analysis.answers.en.places import place
from leercirkel.analysis.answers.en.words import amount, at_moment, limit, moment, pupils, subject, topic
from leercirkel.analysis.answers.facts import (
    SCHOOL,
    Agreed,
    DestinationLine,
    DestinationsChanged,
    Effect,
    EffectWithoutFigures,
    Goal,
    InTwoParts,
    NoEffect,
    NotCarriedOut,
    Seen,
    SubjectsDiffer,
)
from leercirkel.core import destinations
from leercirkel.core.english import agree, counted, decimal, k_of_n, listed, number_word

Variants = list[list[str]]

_NOTHING_YET = "So we say nothing about the effect yet."
_DONE = {"done": "That was done.", "partly": "That was partly done.", "not_done": "That was not done."}


def destination_line(f: DestinationLine) -> Variants:
    """Pupils of one destination against their line."""
    who = f"pupils with destination {destinations.label(str(f.where.value), 'en')}"
    fact = f"of the {f.n} {who}, {f.k} {agree(f.k, 'is', 'are')} on or above their line for {{}}."
    if f.k == f.n:
        fact = f"all {f.n} {who} are on or above their line for {{}}."
    elif f.k == 0:
        fact = f"of the {f.n} {who}, nobody is on or above their line for {{}}."
    below = ""
    if f.two_below is not None and f.k < f.n:
        many = number_word(f.two_below) if f.two_below else "nobody"
        verb = agree(f.two_below or 1, "was", "were")
        below = f"{many} {verb} below it two measurements in a row."
    strength = f"That is clearly {f.side} our standard." if f.side else ""
    return [[fact.format(topic(t)), below, strength] for t in (f.topic, f.topic.bare)]


def destinations_changed(f: DestinationsChanged) -> Variants:
    """How many destinations changed, and which one counts here."""
    ways = {"up": f.up, "down": f.down, "otherwise": f.changed - f.up - f.down}
    how = listed([f"{number_word(n)} {way}" for way, n in ways.items() if n > 0])
    told = f"for {pupils(f.changed)} the destination was changed this year ({how})."
    return [[told, "We compare with the destination that the year began with."]]


def effect(f: Effect) -> Variants:
    """Growth beyond what was expected, and how much the difference says."""
    if f.lowest:
        return _of_the_lowest(f)
    expected = decimal(f.expected, f.decimals)
    heads = _heads(f)
    if f.verdict == "more":
        interval = f"probably between {decimal(f.low, f.decimals)} and {decimal(f.high, f.decimals)}"
        fact = f"they {_grew(f)}; without it we counted on {expected}."
        return [[f"{h}.", fact, f"The difference ({interval}) is larger than chance."] for h in heads]
    facts = [f"{h}: they {_grew(f)}; expected: {expected}." for h in heads]
    if f.verdict == "less":
        return [[fact, "Growth fell behind, also when we allow for chance."] for fact in facts]
    only = f"It does not mean that the approach does not work: with {f.counted} pupils we see only large differences."
    return [[fact, "That difference may be chance.", only] for fact in facts]


def effect_without_figures(f: EffectWithoutFigures) -> Variants:
    """On which side of chance the growth lies, without the means it rests on."""
    when = f" from {moment(f.since)} to {moment(f.until)}" if f.since and f.until else ""
    who = pupils(f.counted)
    if f.verdict == "more":
        return [[f"{f.name}: {who} grew more than expected{when}.", "The difference is larger than chance."]]
    if f.verdict == "less":
        return [
            [f"{f.name}: {who} grew less than expected{when}.", "Growth fell behind, also when we allow for chance."]
        ]
    only = f"It does not mean that the approach does not work: with {f.counted} pupils we see only large differences."
    return [[f"{f.name}: {who} grew about as expected{when}.", "The difference may be chance.", only]]


_PARTS = {"less": "growth fell behind", "more": "growth was larger than expected",
          "undecided": "the difference may be chance"}  # fmt: skip


def in_two_parts(f: InTwoParts) -> Variants:
    """An intervention measured twice: both parts, then what each says."""
    first, second = f.first, f.second
    if first.verdict == second.verdict:
        strength = f"Both times {_PARTS[first.verdict]}."
    else:
        strength = f"First {_PARTS[first.verdict]}, then {_PARTS[second.verdict]}."
    if not isinstance(first, Effect) or not isinstance(second, Effect):
        least = "" if first.counted == second.counted else "at least "
        return [[f"{first.name}, measured for {least}{pupils(min(first.counted, second.counted))}.", strength]]
    facts = [f"they {_grew(part)}; expected: {decimal(part.expected, part.decimals)}." for part in (first, second)]
    heads = [f"{h}: " for h in _heads(first)[2:]]
    later = f"after that, until {moment(second.until)}: " if second.until else "after that: "
    return [[head + facts[0], later + facts[1], strength] for head in heads]


def _heads(f: Effect) -> list[str]:
    """ "16 weeks of extra leestijd for 24 pupils", with and without when and how many were measured."""
    weeks = "" if f.weeks is None else f"{counted(f.weeks, 'week', 'weeks')} of "
    who = f"{weeks}{f.name} for {'the ' if f.lowest else ''}{pupils(f.pupils)}"
    both = f" ({number_word(f.counted)} with two results)" if f.counted != f.pupils else ""
    when = f", from {moment(f.since)} to {moment(f.until)}" if f.since and f.until else ""
    return [f"{who}{both}{when}", f"{who}{when}", f"{f.name}{when}", f.name]


def _grew(f: Effect) -> str:
    number = decimal(abs(f.growth), f.decimals)
    if number == "0":
        return "stayed the same"
    return f"fell back {amount(number, f.unit)}" if f.growth < 0 else f"grew {amount(number, f.unit)}"


def _of_the_lowest(f: Effect) -> Variants:
    """The lowest scorers: they score higher the next time anyhow."""
    number = decimal(abs(f.difference), f.decimals)
    less = " less" if f.difference < 0 else ""
    what = "almost nothing" if number == "0" else f"about {amount(number, f.unit)}{less}"
    rest = {
        "more": "and that is larger than chance.",
        "less": "also when we allow for chance.",
        "undecided": "and that may be chance; that does not mean it does not work.",
    }[f.verdict]
    mean = "Those who score lowest once mostly score higher the next time, also without help."
    heads = [f"{h} with the lowest results." for h in _heads(f)[:2]] + [f"{h}." for h in _heads(f)[2:]]
    return [[h, mean, f"We count only what comes on top: {what}, {rest}"] for h in heads]


def not_carried_out(f: NotCarriedOut) -> Variants:
    """Given too little to be judged."""
    given = f"{number_word(f.given)} of the {counted(f.planned, 'week', 'weeks')}"
    return [[f"{f.name}: this approach was given in {given}.", _NOTHING_YET]]


def no_effect(f: NoEffect) -> Variants:
    """Nothing can be said, and why."""
    why = {
        "too_few": "too few pupils have a result before and after.",
        "nothing_to_compare": "there are too few other pupils to compare with.",
        "no_measure": "there is no test that measures this, or no result before and after.",
    }[f.why]
    return [[f"{f.name}: {why}", _NOTHING_YET]]


def seen(f: Seen) -> Variants:
    """What observers saw."""
    by = f", by {counted(f.observers, 'observer', 'observers')}" if f.observers else ""
    told = f"the goal was seen in {k_of_n(f.reached, f.of)}{by}"
    tail = "That is a count, not a verdict: there is nothing to compare it with."
    return [[f"{f.name}: {told} ({f.goal}).", tail], [f"{f.name}: {told}.", tail]]


def subjects_differ(f: SubjectsDiffer) -> Variants:
    """One pupil, two subjects."""
    months = f"{f.months} {agree(f.months, 'month', 'months')}"
    about = "at least" if f.at_least else "about"
    told = f"{f.name or 'this pupil'} is {about} {months} further in {subject(f.ahead)} than in {subject(f.behind)}."
    return [[told, "That is more than the tests can be off."]]


def agreed(f: Agreed) -> Variants:
    """What was agreed on, whether it was done, what was seen since."""
    when = "last time" if f.when is None else at_moment(f.when)
    told = [f"{when} we agreed: {f.text}.", _DONE[f.done]]
    return [[*told, f"After that we saw: {since}." if since else ""] for since in _since(f.since)]


def _since(f: Goal | None) -> list[str]:
    if f is None:
        return [""]
    where = "" if f.where == SCHOOL else f" {place(f.where).where}"
    about = f"in {subject(f.topic.subject)} {k_of_n(f.k, f.n)} pupils"
    return [f"{about}{where} reached {limit(f.limit)} (goal {f.goal})", f"{about} reached {limit(f.limit)}", ""]


SAY: dict[type, Callable[[Any], Variants]] = {
    DestinationLine: destination_line,
    DestinationsChanged: destinations_changed,
    Effect: effect,
    NotCarriedOut: not_carried_out,
    EffectWithoutFigures: effect_without_figures,
    InTwoParts: in_two_parts,
    NoEffect: no_effect,
    Seen: seen,
    SubjectsDiffer: subjects_differ,
    Agreed: agreed,
}
