"""Z01–Z11 in English: goals of one round, who is absent, what stays undecided, one subject or more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leercirkel.analysis.answers.en.places import place
from leercirkel.analysis.answers.en.words import limit, pupils, reasons, subject, topic
from leercirkel.analysis.answers.facts import (
    SCHOOL,
    Broad,
    Goal,
    LeftOut,
    Missing,
    Nobody,
    OneSubject,
    OwnGoals,
    Together,
    TooFewToNumber,
    Topic,
    Undecided,
    Where,
)
from leercirkel.core.english import agree, k_of_n, listed, number_word, percent

Variants = list[list[str]]

_TOLD_APART = 2
"""So far apart at most, each number that it can become is named; further apart only the ends."""
_WE_LOOK = "we look at the pupils themselves."
_NOT_ONE_METHOD = "Then we do not look for the explanation in one teaching method."


def heads(where: Where, of: Topic, mark: str = ": ") -> tuple[str, str]:
    """ "Groep 5, arithmetic (AVI): " and, shorter, "Groep 5, arithmetic: "."""
    head = place(where).head
    return f"{head}, {topic(of)}{mark}", f"{head}, {topic(of.bare)}{mark}"


def goal(f: Goal) -> Variants:
    """Fact and goal in children, then how much it says."""
    both = heads(f.where, f.topic)
    fact = f"{k_of_n(f.k, f.n)} pupils reached {limit(f.limit)}"
    aim = f"our goal was {k_of_n(f.goal, f.n)}"
    if f.outcome == "small":
        small = "these are too few" if f.where == SCHOOL else "the group is too small"
        return [[f"{h}{fact}.", f"For a verdict {small}; {_WE_LOOK}"] for h in both]
    if f.outcome == "all":
        return [[f"{h}all {f.n} pupils reached {limit(f.limit)}.", "Our goal is reached; it cannot be higher."]
                for h in both]  # fmt: skip
    if f.outcome == "above":
        return [[f"{h}{fact}.", f"{aim}.", "That is clearly above our standard."] for h in both]
    if f.outcome == "below":
        tail = "That is clearly below our standard; so large a difference is seldom chance."
        return [[f"{h}{fact}.", f"{aim}.", tail] for h in both]
    if f.outcome == "reached":
        spare = f.k - f.goal
        gap = f"There {agree(spare, 'was', 'were')} {pupils(spare)} to spare" if spare else "It was just enough"
        tail = f"{gap}, so next time it may turn out otherwise."
        whole = [[f"{h}{fact}; {aim}.", "Goal reached.", tail] for h in both]
        return [*whole, [f"{both[1]}{fact}.", f"{aim}: reached.", tail]]
    short = f"we were {pupils(f.goal - f.k)} short."
    tail = f"With {f.n} pupils that may be chance." if f.where == SCHOOL else f"In a group of {f.n} that may be chance."
    whole = [[f"{h}{fact}; {aim}.", short, tail] for h in both]
    return [*whole, [f"{both[1]}{fact}.", f"{aim}; {short}", tail]]


def proud_of_goal(f: Goal) -> Variants:
    """What follows "Something to be proud of:" when all reached it or the count lies above the standard."""
    about, reached = subject(f.topic.subject), limit(f.limit)
    whose = "" if f.where == SCHOOL else f" {place(f.where).where}"
    if f.outcome == "all":
        return [[f"all {f.n} pupils{whose} reached {reached} in {about}.", "Our goal is reached; it cannot be higher."]]
    share = percent(f.k, f.n) if f.where == SCHOOL else None
    who = f"{k_of_n(f.k, f.n)} pupils{whose}" + (f" ({share})" if share else "")
    aim = f"Our goal was {k_of_n(f.goal, f.n)}."
    return [[f"{who} reached {reached} in {about}.", aim, "That is clearly above our standard."]]


def own_goals(f: OwnGoals) -> Variants:
    """Pupils who are held against a goal of their own."""
    k, n = number_word(f.k), number_word(f.n)
    who = f"{n} pupils with a goal of their own"
    told = f"of the {who} in {{}}, {k} reached that goal."
    if f.k == f.n:
        told = f"all {who} in {{}} reached that goal."
    elif f.k == 0:
        told = f"none of the {who} in {{}} reached that goal."
    aim = f"Our goal was {k_of_n(f.goal, f.n)}"
    rest = {
        "small": f"These are too few for a verdict; {_WE_LOOK}",
        "all": "",
        "above": f"{aim}; this is clearly above it.",
        "below": f"{aim}; so large a difference is seldom chance.",
        "reached": f"{aim}: reached.",
        "missed": f"{aim}; that difference may be chance.",
    }[f.outcome]
    head = place(f.where).head
    return [[f"{head}: {told.format(topic(t))}", rest] for t in (f.topic, f.topic.bare)]


def too_few(f: TooFewToNumber) -> Variants:
    """Tests that may not be numbered."""
    tail = f"there are too few results to put in figures; {_WE_LOOK}"
    head = place(f.where).head
    return [[f"{head}: for {listed([subject(s) for s in f.subjects])} {tail}"], [f"{head}: for many tests {tail}"]]


def missing(f: Missing) -> Variants:
    """Who may still get a result."""
    told = f"{pupils(f.m)} {agree(f.m, 'has', 'have')} no result yet"
    come = f"Once {agree(f.m, 'it is', 'they are')} in, {_from_to(f.low, f.high)}"
    outcome = f"{come} of the {f.total} pupils reach {limit(f.limit)}."
    both = heads(f.where, f.topic)
    why = ", ".join(reasons(f.reasons))
    return [*[[f"{h}{told} ({why}).", outcome] for h in both], [f"{both[1]}{told}.", outcome]]


def _from_to(low: int, high: int) -> str:
    """ "11 or 12", and from three apart on "between 9 and 12": how many that can become."""
    if low == 0:
        return f"at most {high}"
    few = high - low <= _TOLD_APART
    return listed([str(n) for n in range(low, high + 1)], "or") if few else f"between {low} and {high}"


def nobody(f: Nobody) -> Variants:
    """A whole group without a result."""
    told = f"none of the {f.m} pupils has a result"
    both, why = heads(f.where, f.topic), ", ".join(reasons(f.reasons))
    return [*[[f"{h}{told} ({why})."] for h in both], [f"{both[1]}{told}."]]


def left_out(f: LeftOut) -> Variants:
    """Who does not count here, and why."""
    told, why = f"{pupils(f.x)} {agree(f.x, 'does', 'do')} not count here", listed(reasons(f.reasons))
    tail = f"{agree(f.x, 'Growth', 'Their own growth')} is shown per pupil."
    both = heads(f.where, f.topic, " – ")
    apart = [[f"{h}{told}.", f"These are {why}.", tail] for h in both] if len(f.reasons) > 1 else []
    return [*[[f"{h}{told}: {why}.", tail] for h in both], *apart]


def undecided(f: Undecided) -> Variants:
    """Most parts undecided, and what years together show."""
    said = f"for {k_of_n(f.a, f.b)} parts our groups are too small to say anything for certain."
    if f.where != SCHOOL:
        head = place(f.where).head
        said = f"{head}: for {k_of_n(f.a, f.b)} parts the group is too small to say anything for certain."
    if f.shown is not None:
        return [[said, v] for v in _together(f.shown)]
    more = "There are no more years yet to put together"
    if f.years:
        more = f"Even {number_word(f.years)} years together do not decide it"
    return [[said, f"{more}; we look at what each pupil needs."]]


def _together(f: Together) -> list[str]:
    years = f"{number_word(f.years)} years together do show something"
    amount = "too few" if f.below else "more than enough"
    where = place(f.where).where
    at = f"in {subject(f.subject)}" if f.where == SCHOOL else f"{where}, in {subject(f.subject)},"
    full = f"{years}: {at} {amount} pupils reach our goal"
    counts = f"({k_of_n(f.reached, f.judged)}, goal {f.goal})"
    return [f"{full} {counts}.", f"{full}.", f"{years}: {where} {amount} pupils reach our goal."]


def one_subject(f: OneSubject) -> Variants:
    """It is this subject only."""
    opening = f"{place(f.where).head}: in one of the {number_word(f.b)} subjects the goal is not reached."
    here = place(f.where).where
    return [[opening, f"It is only {subject(f.subject)}.", f"In the other subjects we do not see it {here}."]]


def broad(f: Broad) -> Variants:
    """It is most subjects, or none."""
    parts = f"{number_word(f.a)} of the {number_word(f.b)} subjects"
    if f.a in (0, f.b):
        parts = f"all {number_word(f.b)} subjects"
    told = f"{place(f.where).name} {'misses' if f.a else 'reaches'} the goal"
    return [[f"The picture is broad: in {parts} {told}.", _NOT_ONE_METHOD]]


SAY: dict[type, Callable[[Any], Variants]] = {
    Goal: goal,
    OwnGoals: own_goals,
    TooFewToNumber: too_few,
    Missing: missing,
    Nobody: nobody,
    LeftOut: left_out,
    Undecided: undecided,
    OneSubject: one_subject,
    Broad: broad,
}
