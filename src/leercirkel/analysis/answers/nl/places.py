"""What staff call a group in a sentence: "groep 5", "de Uilen", "instructiegroep rekenen 2"."""

from __future__ import annotations

import re

from leercirkel.analysis.answers.facts import Where
from leercirkel.analysis.answers.places import Place, said_words
from leercirkel.core import destinations

_COMMON_NOUNS = frozenset(
    {
        "groep", "instructiegroep", "stamgroep", "jaargroep", "niveaugroep", "basisgroep", "combinatiegroep",
        "leesgroep", "rekengroep", "taalgroep", "schakelgroep", "unit", "klas", "schakelklas", "taalklas", "plusklas",
        "leerjaar", "leerplein", "cluster",
    }
)  # fmt: skip
"""Names that begin with one of these need no article: "unit 5-6"."""

_PARTS_OF_SCHOOL = frozenset(["onderbouw", "middenbouw", "bovenbouw"])
_PEOPLE = frozenset(["juf", "juffrouw", "meester", "mevrouw", "meneer", "team"])
_ABBREVIATED = re.compile(r"(?:gr|grp|groep)[.\s_-]*(?=\d)", re.IGNORECASE)

_SCHOOL = Place(head="de hele school", name="onze school", where="op onze school")


def group_place(group: str) -> Place:
    """The group with this name, lower case inside a sentence, with an article where people say one."""
    name, plural = _spoken(group)
    in_it = name.split()[0] in _COMMON_NOUNS or name.removeprefix("de ") in _PARTS_OF_SCHOOL
    return Place(head=name, name=name, where=f"{'in' if in_it else 'bij'} {name}", plural=plural)


def place(where: Where) -> Place:
    """A group, a grade, a didactic-age band, a destination, or the whole school."""
    if where.kind == "group":
        return group_place(str(where.value))
    if where.kind == "grade":
        return Place(f"groep {where.value}", f"groep {where.value}", f"in groep {where.value}")
    if where.kind == "band":
        band = f"DL {where.value}"
        return Place(band, band, f"bij {band}")
    if where.kind == "destination":
        label = f"uitstroom {destinations.label(str(where.value))}"
        return Place(label, label, f"bij {label}")
    return _SCHOOL


def _spoken(group: str) -> tuple[str, bool]:
    """The name as it is said, and whether it is a plural."""
    words = said_words(group)
    if not words:
        return "een groep zonder naam", False
    name, first = " ".join(words), words[0].casefold()
    abbreviated = _ABBREVIATED.match(name)
    if abbreviated:
        return f"groep {name[abbreviated.end() :]}", False
    if first in ("de", "het", "'t"):
        article = "het" if first != "de" else "de"
        return f"{article} {' '.join(words[1:])}".strip(), first == "de" and _looks_plural(words[-1])
    if first in _COMMON_NOUNS:
        return " ".join([first, *words[1:]]), False
    if first in _PARTS_OF_SCHOOL or first == "kleuters":
        return " ".join(["de", first, *words[1:]]), first == "kleuters"
    if first in _PEOPLE or any(c.isdigit() for c in name) or len(name) < 3 or not name[0].isalpha():
        return f"groep {name}", False
    return f"de {name}", _looks_plural(words[-1])


def _looks_plural(word: str) -> bool:
    """Group names are mostly animals in the plural: Uilen, Reigers, Mussen."""
    return len(word) > 3 and word.casefold().endswith(("en", "s", "'s"))
