"""Z12–Z16 and Z31 in Dutch: trends, what comes back, new versions, goals that may fit no longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from leercirkel.analysis.answers.nl.places import place
from leercirkel.analysis.answers.nl.words import at_moment, moment, subject, topic
from leercirkel.core.dutch import k_of_n, listed, number_word, ordinal

Variants = list[list[str]]

MOST_NAMED = 4
"""More measurements than this are not listed; the first is named ("sinds …")."""

_TEST_NAMES = {"rekenen": "de rekentoets", "spelling": "de spellingtoets", "woordenschat": "de woordenschattoets"}
_TIMES_OF_YEAR = {"B": "aan het begin van het jaar ", "M": "midden in het jaar ", "E": "aan het eind van het jaar "}


def _others(where: Where) -> str:
    """Whose results a trend compares: a grade has other children every year, a school only in part."""
    different = "deels" if where == SCHOOL or where.kind == "destination" else "steeds"
    return f"Het zijn wel {different} andere kinderen."


def _opening(f: Direction, of: Topic, whose: str = " van de leerlingen") -> str:
    where, about = place(f.where).where, topic(of)
    part = f"een {'groter' if f.up else 'kleiner'} deel{whose}"
    years = f"over {number_word(f.years)} jaar gezien"
    if f.told == "each_year":
        return f"{where} haalt elk jaar {part} ons doel voor {about}."
    if f.told == "ends":
        return f"{where} haalt {years} {part} ons doel voor {about}."
    between = f" ({f.first} tot en met {f.last})" if whose else ""
    return f"{where} {'stijgen' if f.up else 'dalen'} de uitslagen voor {about}, {years}{between}."


def direction(f: Direction) -> Variants:
    """Which part of the pupils reached the goal, up or down, with the counts and the school years that show it."""
    counts = [k_of_n(*c) for c in f.counts]
    ends, course = "", ""
    if f.told != "none":
        start, end = f"het ging van {counts[0]} ({f.first})", f"naar {counts[-1]} ({f.last})."
        between = f" via {listed(counts[1:-1])}" if f.told == "each_year" and len(counts) > 2 else ""
        ends, course = f"{start} {end}", f"{start}{between} {end}"
    others = _others(f.where)
    openings = [_opening(f, of) for of in (f.topic, f.topic.bare)]
    whole = [[o, counted, others] for o in openings for counted in (course, ends)]
    return [*whole, [_opening(f, f.topic.bare, ""), ends, others]]


def no_direction(f: NoDirection) -> Variants:
    """No trend; "op en neer" only when there was a rise and a fall."""
    story = {
        "up_and_down": "gaan op en neer",
        "rise": "lopen iets op, maar dat kan toeval zijn",
        "fall": "lopen iets terug, maar dat kan toeval zijn",
        "same": "blijven gelijk",
    }[f.course]
    what = "duidelijke stijging of daling" if f.course in ("rise", "fall") else "stijging en geen daling"
    closing = f"Over {number_word(f.years)} jaar samen zien we geen {what}."
    return [[f"{topic(f.topic)}: de uitslagen van {place(f.where).name} {story}.", closing]]


def _counts(f: Structural | Incidental) -> str:
    return f"({k_of_n(f.k, f.n)}, doel {f.goal})"


def _fact(f: Structural | Incidental) -> str:
    result = "gehaald" if f.reached else "niet gehaald"
    return f"{place(f.where).head}, {topic(f.topic)}: het doel is {result} {_counts(f)}."


def _again(f: Structural) -> str:
    names = [moment(w) for w in f.whens]
    row = f"({', '.join(names)})" if len(names) <= MOST_NAMED else f"(sinds {names[0]})"
    return f"dit zien we nu voor de {ordinal(len(names))} keer op rij {row}."


def structural(f: Structural) -> Variants:
    """What comes back every time."""
    missed = "Dat is geen uitschieter meer; hier hoort een verklaring bij."
    kept = "Dat is geen toeval meer; dit willen we vasthouden."
    return [[_fact(f), _again(f), kept if f.reached else missed]]


def proud_of_structural(f: Structural) -> Variants:
    """What follows "Hier mogen we trots op zijn:" of a goal reached again and again."""
    where = "" if f.where == SCHOOL else f"{place(f.where).where} "
    return [[f"{where}is het doel bij {topic(f.topic)} gehaald {_counts(f)}.", _again(f)]]


def incidental(f: Incidental) -> Variants:
    """Seen once."""
    before = f"De vorige {'keren' if f.several else 'keer'} zagen we dit niet."
    return [[_fact(f), before, f"Eén meting is nog geen patroon; {at_moment(f.again)} kijken we opnieuw."]]


def new_version(f: NewVersion) -> Variants:
    """The line begins again."""
    label = subject(f.subject)
    test = f"een nieuwe versie van {_TEST_NAMES.get(f.subject, f'de toets {label}')}"
    if f.other_test:
        test = f"een andere toets voor {label}"
    places = list(dict.fromkeys(place(w).where for w in f.wheres))
    wheres = (f" {listed(places)}", " in een deel van de groepen") if places else ("", "")
    closing = "De uitslagen van daarvoor kunnen we er niet naast leggen; de lijn begint opnieuw."
    return [[f"sinds {f.since} gebruiken we{where} {test}.", closing] for where in wheres]


def goal_fit(f: GoalFit) -> Variants:
    """A goal far exceeded, or never reached."""
    when, how = _TIMES_OF_YEAR.get(f.moment, ""), "ruim" if f.easy else "niet"
    head = f"{place(f.where).head}, {topic(f.topic)}"
    return [
        [
            f"{head}: dit doel haalden we {when}{number_word(f.years)} jaar op rij {how}.",
            "Past het nog?",
            f"Ons beste jaar gaf {k_of_n(f.k, f.n)}.",
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
