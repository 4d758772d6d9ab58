"""Possible explanations of results, as a team chooses from them: `docs/domein/verklaringen.md`.

Order: what the school itself has in hand first. A code is stable, it stands in the database for years; a school may
add explanations in its own words beside these.
"""

from __future__ import annotations

from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """One possible explanation.

    `of_pupils`: it is a feature of the pupils; when only such are chosen, ask what the school can do differently.
    `of_one_teacher`: it points at the teacher of a group, so it is never told of one group outside the talk it came
    from, only counted over at least `TOLD_FROM_GROUPS` groups.
    """

    text: str
    text_en: str
    of_pupils: bool = False
    of_one_teacher: bool = False


TOLD_FROM_GROUPS = 5
"""Explanations that point at one teacher are only told as a count over at least this many groups."""

EXPLANATIONS: dict[str, Explanation] = {
    "instruction_short": Explanation("te weinig instructie", "too little instruction", of_one_teacher=True),
    "instruction_ineffective": Explanation("instructie niet effectief", "instruction not effective",
                                           of_one_teacher=True),
    "feedback_short": Explanation("te weinig directe feedback", "too little direct feedback", of_one_teacher=True),
    "practice_short": Explanation("te weinig tijd om meteen in te oefenen", "too little time for guided practice"),
    "automation_short": Explanation("te weinig tijd om te automatiseren", "too little time to make facts automatic"),
    "not_convergent": Explanation("niet convergent gedifferentieerd", "no convergent differentiation",
                                  of_one_teacher=True),
    "content_unfinished": Explanation("leerstof niet tot het eind behandeld", "content not taught to the end"),
    "manual_not_followed": Explanation("handleiding niet goed gevolgd", "manual not followed well",
                                       of_one_teacher=True),
    "timetable_short": Explanation("te weinig tijd op het rooster", "too little time in the timetable"),
    "weeks_short": Explanation("te weinig effectieve weken", "too few effective weeks"),
    "time_lost": Explanation("veel tijd verloren gegaan", "much time lost"),
    "goals_low": Explanation("doelen te laag", "goals too low"),
    "goals_missed": Explanation("doelen niet gehaald", "goals not reached"),
    "method_poor": Explanation("methode niet goed", "teaching method not good"),
    "method_gaps": Explanation("methode heeft hiaten", "teaching method has gaps"),
    "material_short": Explanation("te weinig materiaal voor wie meer nodig heeft", "too little material for pupils "
                                  "who need more"),
    "teacher_change": Explanation("wisseling van leerkrachten", "change of teachers", of_one_teacher=True),
    "duo_not_aligned": Explanation("duo-leerkrachten niet op elkaar afgestemd", "teachers of a duo not aligned",
                                   of_one_teacher=True),
    "pupils_off_task": Explanation("leerlingen te weinig taakgericht", "pupils not on task enough", of_pupils=True),
    "many_with_support": Explanation("veel leerlingen met extra ondersteuning in de groep", "many pupils with extra "
                                     "support in the group", of_pupils=True),
}  # fmt: skip
"""Code → explanation; the order in which they are offered."""


def only_of_pupils(codes: tuple[str, ...], own_words: bool) -> bool:
    """Whether nothing but features of the pupils was chosen; explanations in own words may be anything, so with
    `own_words` it is never said."""
    return bool(codes) and not own_words and all(EXPLANATIONS[code].of_pupils for code in codes)
