"""Z01–Z11 in Dutch: goals of one round, who is absent, what stays undecided, one subject or more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from leercirkel.analysis.answers.nl.places import place
from leercirkel.analysis.answers.nl.words import haalde, limit, pupils, reasons, subject, topic
from leercirkel.core.dutch import agree, k_of_n, listed, number_word, percent

Variants = list[list[str]]

_WE_LOOK = "we kijken naar de leerlingen zelf."
_TOLD_APART = 2
"""So far apart at most, each number that it can become is named; further apart only the ends."""
_NOT_ONE_METHOD = "Dan zoeken we de verklaring niet bij één methode."


def heads(where: Where, of: Topic, mark: str = ": ") -> tuple[str, str]:
    """ "groep 5, rekenen (AVI): " and, shorter, "groep 5, rekenen: "."""
    head = place(where).head
    return f"{head}, {topic(of)}{mark}", f"{head}, {topic(of.bare)}{mark}"


def goal(f: Goal) -> Variants:
    """Fact and goal in children, then how much it says."""
    both = heads(f.where, f.topic)
    fact = f"{k_of_n(f.k, f.n)} leerlingen {haalde(f.k)} {limit(f.limit)}"
    aim = f"ons doel was {k_of_n(f.goal, f.n)}"
    if f.outcome == "small":
        small = "zijn dat er te weinig" if f.where == SCHOOL else "is de groep te klein"
        return [[f"{h}{fact}.", f"Voor een oordeel {small}; {_WE_LOOK}"] for h in both]
    if f.outcome == "all":
        all_of = f"alle {f.n} leerlingen haalden {limit(f.limit)}."
        return [[h + all_of, "Ons doel is gehaald, hoger kan niet."] for h in both]
    if f.outcome == "above":
        return [[f"{h}{fact}.", f"{aim}.", "Dat ligt duidelijk boven onze norm."] for h in both]
    if f.outcome == "below":
        tail = "Dat ligt duidelijk onder onze norm; zo'n groot verschil is zelden toeval."
        return [[f"{h}{fact}.", f"{aim}.", tail] for h in both]
    if f.outcome == "reached":
        spare = f.k - f.goal
        gap = f"Het scheelde {pupils(spare)}" if spare else "Het was precies genoeg"
        tail = f"{gap}, dus de volgende keer kan het net anders uitvallen."
        whole = [[f"{h}{fact}; {aim}.", "Doel gehaald.", tail] for h in both]
        return [*whole, [f"{both[1]}{fact}.", f"{aim}: gehaald.", tail]]
    short = f"we kwamen {pupils(f.goal - f.k)} tekort."
    tail = (
        f"Bij {f.n} leerlingen kan dat toeval zijn."
        if f.where == SCHOOL
        else f"In een groep van {f.n} kan dat toeval zijn."
    )
    whole = [[f"{h}{fact}; {aim}.", short, tail] for h in both]
    return [*whole, [f"{both[1]}{fact}.", f"{aim}; {short}", tail]]


def proud_of_goal(f: Goal) -> Variants:
    """What follows "Hier mogen we trots op zijn:" when all reached it or the count lies above the norm."""
    about, reached = subject(f.topic.subject), limit(f.limit)
    whose = "" if f.where == SCHOOL else f" van {place(f.where).name}"
    if f.outcome == "all":
        return [
            [f"alle {f.n} leerlingen{whose} haalden bij {about} {reached}.", "Ons doel is gehaald, hoger kan niet."]
        ]
    share = percent(f.k, f.n) if f.where == SCHOOL else None
    who = f"{k_of_n(f.k, f.n)} leerlingen{whose}" + (f" ({share})" if share else "")
    aim = f"Ons doel was {k_of_n(f.goal, f.n)}."
    return [[f"{who} {haalde(f.k)} bij {about} {reached}.", aim, "Dat ligt duidelijk boven onze norm."]]


def own_goals(f: OwnGoals) -> Variants:
    """Pupils who are held against a goal of their own."""
    k, n = number_word(f.k), number_word(f.n)
    who = f"{n} leerlingen met een eigen doel"
    told = f"van de {who} voor {{}} {agree(f.k, 'haalde', 'haalden')} er {k} dat doel."
    if f.k == f.n:
        told = f"alle {who} voor {{}} haalden dat doel."
    elif f.k == 0:
        told = f"geen van de {who} voor {{}} haalde dat doel."
    aim = f"Ons doel was {k_of_n(f.goal, f.n)}"
    rest = {
        "small": f"Voor een oordeel zijn dat er te weinig; {_WE_LOOK}",
        "all": "",
        "above": f"{aim}; dit ligt daar duidelijk boven.",
        "below": f"{aim}; zo'n groot verschil is zelden toeval.",
        "reached": f"{aim}: gehaald.",
        "missed": f"{aim}; dat verschil kan toeval zijn.",
    }[f.outcome]
    head = place(f.where).head
    return [[f"{head}: {told.format(topic(t))}", rest] for t in (f.topic, f.topic.bare)]


def too_few(f: TooFewToNumber) -> Variants:
    """Tests that may not be numbered."""
    tail = f"zijn er te weinig uitslagen om ze in cijfers te noemen; {_WE_LOOK}"
    head = place(f.where).head
    return [[f"{head}: bij {listed([subject(s) for s in f.subjects])} {tail}"], [f"{head}: bij veel toetsen {tail}"]]


def missing(f: Missing) -> Variants:
    """Who may still get a result."""
    told = f"van {pupils(f.m)} is er nog geen uitslag"
    come = "Komt die erbij, dan" if f.m == 1 else "Komen die erbij, dan"
    outcome = f"{come} {_from_to(f.low, f.high)} van de {f.total} leerlingen {limit(f.limit)}."
    both = heads(f.where, f.topic)
    why = ", ".join(reasons(f.reasons))
    return [*[[f"{h}{told} ({why}).", outcome] for h in both], [f"{both[1]}{told}.", outcome]]


def _from_to(low: int, high: int) -> str:
    """ "halen er 11 of 12", and from three apart on "halen tussen de 9 en 12": how many that can become."""
    if low == 0:
        return f"{agree(high, 'haalt', 'halen')} hoogstens {high}"
    few = high - low <= _TOLD_APART
    return f"halen {listed([str(n) for n in range(low, high + 1)], 'of') if few else f'tussen de {low} en {high}'}"


def nobody(f: Nobody) -> Variants:
    """A whole group without a result."""
    told = f"van geen van de {f.m} leerlingen is er een uitslag"
    both, why = heads(f.where, f.topic), ", ".join(reasons(f.reasons))
    return [*[[f"{h}{told} ({why})."] for h in both], [f"{both[1]}{told}."]]


def left_out(f: LeftOut) -> Variants:
    """Who does not count here, and why."""
    told, why = f"{pupils(f.x)} {agree(f.x, 'telt', 'tellen')} hier niet mee", listed(reasons(f.reasons))
    tail = f"{agree(f.x, 'De', 'Hun')} eigen groei staat bij de leerling."
    both = heads(f.where, f.topic, " – ")
    apart = [[f"{h}{told}.", f"Dat zijn er {why}.", tail] for h in both] if len(f.reasons) > 1 else []
    return [*[[f"{h}{told}: {why}.", tail] for h in both], *apart]


def undecided(f: Undecided) -> Variants:
    """Most parts undecided, and what years together show."""
    said = f"bij {k_of_n(f.a, f.b)} onderdelen zijn onze groepen te klein om iets zeker te zeggen."
    if f.where != SCHOOL:
        head = place(f.where).head
        said = f"{head}: bij {k_of_n(f.a, f.b)} onderdelen is de groep te klein om iets zeker te zeggen."
    if f.shown is not None:
        return [[said, v] for v in _together(f.shown)]
    more = (
        f"Ook {number_word(f.years)} jaar samen geeft nog geen uitsluitsel"
        if f.years
        else "Meer jaren samen zijn er nog niet"
    )
    return [[said, f"{more}; we kijken per leerling wat nodig is."]]


def _together(f: Together) -> list[str]:
    years = f"{number_word(f.years)} jaar samen laat wel iets zien"
    amount = "te weinig" if f.below else "ruim genoeg"
    where = place(f.where).where
    about = subject(f.subject)
    at = f"bij {about} halen" if f.where == SCHOOL else f"{where} halen bij {about}"
    full = f"{years}: {at} {amount} leerlingen ons doel"
    counts = f"({k_of_n(f.reached, f.judged)}, doel {f.goal})"
    return [f"{full} {counts}.", f"{full}.", f"{years}: {where} halen {amount} leerlingen ons doel."]


def one_subject(f: OneSubject) -> Variants:
    """It is this subject only."""
    here = place(f.where).where if f.where == SCHOOL else f"bij {place(f.where).name}"
    opening = f"{place(f.where).head}: bij één van de {number_word(f.b)} vakken is het doel niet gehaald."
    return [[opening, f"Het zit alleen bij {subject(f.subject)}.", f"Bij de andere vakken zien we het {here} niet."]]


def broad(f: Broad) -> Variants:
    """It is most subjects, or none."""
    who = place(f.where)
    parts = f"{number_word(f.a)} van de {number_word(f.b)} vakken"
    if f.a in (0, f.b):
        parts = f"alle {number_word(f.b)} de vakken"
    end = " niet." if f.a else "."
    return [[f"Het beeld is breed: bij {parts} {who.verb('haalt', 'halen')} {who.name} het doel{end}", _NOT_ONE_METHOD]]


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
