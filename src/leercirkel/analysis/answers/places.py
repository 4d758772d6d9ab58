"""Where a result belongs: a group, a grade, a didactic-age band, a destination or the whole school."""

from __future__ import annotations

import re

from leercirkel.analysis.answers.facts import SCHOOL, Where
from leercirkel.analysis.model import CohortTrend, GradeTrend, OverviewCell
from leercirkel.core.records import dataclass

MOST_WORDS = 4
"""A longer name is cut off: the sentence around it must stay readable."""


@dataclass(frozen=True, slots=True)
class Place:
    """Who a sentence is about, in one language. `head` opens a finding ("groep 5"), `name` stands inside a sentence,
    `where` says where it happened ("in groep 5", "bij de Uilen"), `plural` decides the verb ("de Uilen halen")."""

    head: str
    name: str
    where: str
    plural: bool = False

    def verb(self, singular: str, plural: str) -> str:
        """The form of the verb that goes with the name."""
        return plural if self.plural else singular


def where_of(result: OverviewCell | GradeTrend | CohortTrend) -> Where:
    """Whom a result is about."""
    if not isinstance(result, GradeTrend):
        return SCHOOL if result.group is None else Where("group", result.group)
    if result.grade is not None:
        return Where("grade", result.grade)
    if result.didactic_age_band is not None:
        return Where("band", result.didactic_age_band.removeprefix("DL").strip())
    if result.destination is not None:
        return Where("destination", result.destination)
    return SCHOOL


def key_of_place(where: Where) -> str | None:
    """What the order of answers goes by: the name of a group, "grade 5", "band 11-20"; None for the school."""
    if where.kind in ("school", "group"):
        return None if where.value is None else str(where.value)
    return f"{where.kind} {where.value}"


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts "Groep 10" after "Groep 9"."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def said_words(name: str) -> list[str]:
    """The words of a name from a file that may stand in a sentence: without what would end it, cut off when long."""
    words = re.sub(r"[.!?:;]+(?=\s|$)", "", " ".join(name.split())).replace("’", "'").split()
    if len(words) > MOST_WORDS:
        words = [*words[: MOST_WORDS - 1], words[MOST_WORDS - 1].rstrip(",") + "…"]
    return words
