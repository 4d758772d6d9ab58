"""What staff call a group in a sentence: "groep 5", "de Uilen", "instructiegroep rekenen 2"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leercirkel.analysis.model import CohortTrend, GradeTrend, OverviewCell
from leercirkel.core import destinations

MOST_WORDS = 4
"""A longer name is cut off: the sentence around it must stay readable."""

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


@dataclass(frozen=True, slots=True)
class Place:
    """Who a sentence is about. `head` opens a finding ("groep 5"), `name` stands inside a sentence, `where` says
    where it happened ("in groep 5", "bij de Uilen"), `plural` decides the verb ("de Uilen halen")."""

    head: str
    name: str
    where: str
    plural: bool = False

    def verb(self, singular: str, plural: str) -> str:
        """The form of the verb that goes with the name."""
        return plural if self.plural else singular


SCHOOL = Place(head="de hele school", name="onze school", where="op onze school")


def group_place(group: str) -> Place:
    """The group with this name, lower case inside a sentence, with an article where people say one."""
    name, plural = _spoken(group)
    in_it = name.split()[0] in _COMMON_NOUNS or name.removeprefix("de ") in _PARTS_OF_SCHOOL
    return Place(head=name, name=name, where=f"{'in' if in_it else 'bij'} {name}", plural=plural)


def place_of(result: OverviewCell | GradeTrend | CohortTrend) -> Place:
    """The place a result is about: a group, a grade, a didactic-age band, a destination, or the whole school."""
    if not isinstance(result, GradeTrend):
        return SCHOOL if result.group is None else group_place(result.group)
    if result.grade is not None:
        return Place(f"groep {result.grade}", f"groep {result.grade}", f"in groep {result.grade}")
    if result.didactic_age_band is not None:
        band = f"DL {result.didactic_age_band.removeprefix('DL').strip()}"
        return Place(band, band, f"bij {band}")
    if result.destination is not None:
        label = destinations.LABELS.get(result.destination, result.destination)
        return Place(f"uitstroom {label}", f"uitstroom {label}", f"bij uitstroom {label}")
    return SCHOOL


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts "Groep 10" after "Groep 9"."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def _spoken(group: str) -> tuple[str, bool]:
    """The name as it is said, and whether it is a plural."""
    words = re.sub(r"[.!?:;]+(?=\s|$)", "", " ".join(group.split())).replace("’", "'").split()
    if not words:
        return "een groep zonder naam", False
    if len(words) > MOST_WORDS:
        words = [*words[: MOST_WORDS - 1], words[MOST_WORDS - 1].rstrip(",") + "…"]
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
