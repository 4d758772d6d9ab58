"""What a group is called in an English sentence: as the school writes it ("Groep 5", "Uilen"), and one thing."""

from __future__ import annotations

from leercirkel.analysis.answers.facts import Where
from leercirkel.analysis.answers.places import Place, said_words
from leercirkel.core import destinations

_SCHOOL = Place(head="the whole school", name="our school", where="at our school")


def group_place(group: str) -> Place:
    """The group with this name; a name that is only a code gets the word before it: "group 5a"."""
    name = " ".join(said_words(group)) or "an unnamed group"
    if name[0].isdigit() or len(name) < 3 or not name[0].isalpha():
        name = f"group {name}"
    return Place(head=name, name=name, where=f"in {name}")


def place(where: Where) -> Place:
    """A group, a grade, a didactic-age band, a destination, or the whole school."""
    if where.kind == "group":
        return group_place(str(where.value))
    if where.kind == "grade":
        return Place(f"grade {where.value}", f"grade {where.value}", f"in grade {where.value}")
    if where.kind == "band":
        band = f"DL {where.value}"
        return Place(band, band, f"at {band}")
    if where.kind == "destination":
        label = f"destination {destinations.label(str(where.value), 'en')}"
        return Place(label, label, f"for {label}")
    return _SCHOOL
