"""Z12–Z16 and Z31 in English: trends, what comes back, new versions, goals that may fit no longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leercirkel.analysis.answers.en.places import place
from leercirkel.analysis.answers.en.words import at_moment, moment, subject, topic
from leercirkel.analysis.answers.facts import (
    SCHOOL,
    Direction,
    GoalFit,
    Incidental,
    NewVersion,
    NoDirection,
    Structural,
    Topic,
    Where,
)
from leercirkel.core.english import k_of_n, listed, number_word, ordinal

Variants = list[list[str]]

MOST_NAMED = 4
"""More measurements than this are not listed; the first is named ("since …")."""

_TIMES_OF_YEAR = {"B": " at the start of the year", "M": " halfway through the year", "E": " at the end of the year"}


def _others(where: Where) -> str:
    """Whose results a trend compares: a grade has other children every year, a school only in part."""
    partly = "partly " if where == SCHOOL or where.kind == "destination" else ""
    return f"They are {partly}different children{'' if partly else ' every year'}."


def _opening(f: Direction, of: Topic, whose: str = " of the pupils") -> str:
    where, about = place(f.where).where, topic(of)
    part = f"a {'larger' if f.up else 'smaller'} share{whose} reaches our goal for {about}"
    years = f"seen over {number_word(f.years)} years"
    if f.told == "each_year":
        return f"{where} {part} every year."
    if f.told == "ends":
        return f"{where} {part}, {years}."
    between = f" ({f.first} to {f.last})" if whose else ""
    return f"{where} the results for {about} {'rise' if f.up else 'fall'}, {years}{between}."


def direction(f: Direction) -> Variants:
    """Which part of the pupils reached the goal, up or down, with the counts and the school years that show it."""
    counts = [f"{k} of {n}" for k, n in f.counts]
    ends, course = "", ""
    if f.told != "none":
        start, end = f"it went from {counts[0]} ({f.first})", f"to {counts[-1]} ({f.last})."
        between = f" through {listed(counts[1:-1])}" if f.told == "each_year" and len(counts) > 2 else ""
        ends, course = f"{start} {end}", f"{start}{between} {end}"
    others = _others(f.where)
    openings = [_opening(f, of) for of in (f.topic, f.topic.bare)]
    whole = [[o, counted, others] for o in openings for counted in (course, ends)]
    return [*whole, [_opening(f, f.topic.bare, ""), ends, others]]


def no_direction(f: NoDirection) -> Variants:
    """No trend; "up and down" only when there was a rise and a fall."""
    story = {
        "up_and_down": "go up and down",
        "rise": "rise a little, but that may be chance",
        "fall": "fall a little, but that may be chance",
        "same": "stay the same",
    }[f.course]
    what = "clear rise or fall" if f.course in ("rise", "fall") else "rise and no fall"
    closing = f"Over {number_word(f.years)} years together we see no {what}."
    return [[f"{topic(f.topic)}: the results of {place(f.where).name} {story}.", closing]]


def _counts(f: Structural | Incidental) -> str:
    return f"({k_of_n(f.k, f.n)}, goal {f.goal})"


def _fact(f: Structural | Incidental) -> str:
    result = "reached" if f.reached else "not reached"
    return f"{place(f.where).head}, {topic(f.topic)}: the goal is {result} {_counts(f)}."


def _again(f: Structural) -> str:
    names = [moment(w) for w in f.whens]
    since = f"{'' if f.whens[0].month else 'the '}{names[0]}"
    row = f"({', '.join(names)})" if len(names) <= MOST_NAMED else f"(since {since})"
    return f"this is the {ordinal(len(names))} time in a row {row}."


def structural(f: Structural) -> Variants:
    """What comes back every time."""
    missed = "That is no exception any more; it needs an explanation."
    kept = "That is no coincidence any more; we want to keep it so."
    return [[_fact(f), _again(f), kept if f.reached else missed]]


def proud_of_structural(f: Structural) -> Variants:
    """What follows "Something to be proud of:" of a goal reached again and again."""
    where = "" if f.where == SCHOOL else f"{place(f.where).where} "
    return [[f"{where}the goal for {topic(f.topic)} is reached {_counts(f)}.", _again(f)]]


def incidental(f: Incidental) -> Variants:
    """Seen once."""
    before = f"We did not see this the {'times' if f.several else 'time'} before."
    return [[_fact(f), before, f"One measurement is no pattern yet; {at_moment(f.again)} we look again."]]


def new_version(f: NewVersion) -> Variants:
    """The line begins again."""
    label = subject(f.subject)
    test = f"{'another test' if f.other_test else 'a new version of the test'} for {label}"
    places = list(dict.fromkeys(place(w).where for w in f.wheres))
    wheres = (f" {listed(places)}", " in some of the groups") if places else ("", "")
    closing = "Earlier results cannot be put beside the new ones; the line begins again."
    return [[f"since {f.since} we use {test}{where}.", closing] for where in wheres]


def goal_fit(f: GoalFit) -> Variants:
    """A goal far exceeded, or never reached."""
    when, how = _TIMES_OF_YEAR.get(f.moment, ""), "amply reached" if f.easy else "missed"
    head = f"{place(f.where).head}, {topic(f.topic)}"
    return [
        [
            f"{head}: we {how} this goal {number_word(f.years)} years in a row{when}.",
            "Does it still fit?",
            f"Our best year gave {k_of_n(f.k, f.n)}.",
        ]
    ]


SAY: dict[type, Callable[[Any], Variants]] = {
    Direction: direction,
    NoDirection: no_direction,
    Structural: structural,
    Incidental: incidental,
    NewVersion: new_version,
    GoalFit: goal_fit,
}
