"""Test goals of a plan, counted in children, and the sentences of goals (`docs/domein/groepsplannen.md`).

A goal is told in children, never in a percentage: the smallest whole number that reaches the share the school set for
the tier, and never fewer than reach it already.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from leercirkel.analysis.answers import en, nl
from leercirkel.analysis.answers.facts import Limit
from leercirkel.analysis.clustering import Tiers
from leercirkel.analysis.plan_facts import Asked
from leercirkel.core import dutch, english, levels, reading, reference
from leercirkel.core.records import dataclass
from leercirkel.core.standards import Quantity
from leercirkel.core.verdicts import goal_count

Language = Literal["nl", "en"]

TOLD_OF = 5
"""Of so many pupils or more a number may be told to who is not of the team (`docs/domein/privacy.md`)."""


_MONTHS = tuple(dutch.month(number) for number in range(1, 13))
_BY_MONTH = re.compile(rf"Eind ({'|'.join(_MONTHS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GoalCount:
    """`to_reach` of the `of` pupils, of whom `now` reach it already; `unknown` of them have no result to compare.
    `threshold` None: each has a line of their own, of the `tier` (empty: the main one)."""

    quantity: Quantity
    threshold: str | None
    now: int
    to_reach: int
    of: int
    unknown: int
    tier: str = ""


def goal_of(asked: Iterable[Asked | None], share: float) -> GoalCount | None:
    """The goal of some pupils for one tier; None when the school has no norm for any of them. `share`: 0-1."""
    given = list(asked)
    held = [one for one in given if one is not None]
    if not held:
        return None
    quantity = sorted(one.quantity for one in held)[0]
    thresholds = {one.threshold for one in held}
    now = sum(one.reached is True for one in held)
    unknown = sum(one is None or one.reached is None for one in given)
    threshold = thresholds.pop() if len(thresholds) == 1 else None
    return GoalCount(quantity, threshold, now, max(now, goal_count(len(given), share)), len(given), unknown)


def tier_for(place: int, usual: int, tiers: Tiers) -> str | None:
    """The tier that an arrangement works towards: more ahead than the usual one a higher tier, below it the minimum,
    where the school has these; else the main one. Of several the one next to the main tier."""
    if place < usual and tiers.higher:
        return tiers.higher[0]
    return tiers.lower[0] if place > usual and tiers.lower else tiers.main


def said_dle(threshold: float) -> float:
    """A threshold in DLE as a teacher would say it: 20,25 → 21. A DLE is a number of whole months, so who has the next
    whole one is who reaches the threshold: never rounded down, which would call 20 enough. Only what is said is
    rounded; of the few tests that give parts of months 20,5 counts as reached as well."""
    return float(math.ceil(round(threshold, 6)))


def limit_words(quantity: Quantity, threshold: str | None, language: Language, tier: str = "") -> str:
    """ "DLE 20 of hoger", "minstens niveau III", "AVI E4"; of lines of their own "het eigen doel", with the name of the
    tier when it is not the main one. A DLE is said as `said_dle` has it; what counts goes by the threshold itself."""
    if threshold is None:
        own = "their own goal" if language == "en" else "het eigen doel"
        return f"{own} ({tier})" if tier else own
    value: float | str = threshold
    if quantity in ("score", "dle"):
        value = said_dle(float(threshold)) if quantity == "dle" else float(threshold)
    of = Limit(quantity, value)
    return en.words.limit(of) if language == "en" else nl.words.limit(of)


def sentence_of_test_goal(
    goal: GoalCount, arrangement: str, subject: str, when: tuple[str, str], language: Language = "nl", *,
    now: bool = True, fixed: bool = False,
) -> str:  # fmt: skip
    """G1. `arrangement`: its name, or empty for the whole group; `subject`: what it is called; `when`: school year
    ("2026-2027") and moment. `now`: with how many reach it at the moment the goal was made, which is not to be said
    when one looks back on it. `fixed`: the plan is read long after that moment, so it is not called now."""
    limit = limit_words(goal.quantity, goal.threshold, language, goal.tier)
    first = (_of_one if goal.of == 1 else _of_more)(goal, limit, arrangement, subject, when, language)
    return f"{first} {_already(goal, language, fixed)}" if now else first


def _already(goal: GoalCount, language: Language, fixed: bool) -> str:
    """How many reach it already: of a draft now, of a fixed plan at its start."""
    all_of_them = goal.now == goal.of
    if language == "en":
        if goal.of == 1 or all_of_them:
            return _ALL_OR_NOT_EN[fixed, all_of_them]
        count = str(goal.now) if goal.now else "nobody yet" if not fixed else "nobody"
        already = "already " if goal.now >= goal.to_reach and not fixed else ""
        return f"{'At the start it was' if fixed else 'Now it is'} {already}{count}."
    if goal.of == 1 or all_of_them:
        return _ALL_OR_NOT[fixed, all_of_them]
    if not goal.now:
        return "Bij de start nog niemand." if fixed else "Nu nog niemand."
    already = "al " if goal.now >= goal.to_reach else ""
    count = "één" if goal.now == 1 else str(goal.now)
    verb = dutch.agree(goal.now, "was dat", "waren dat") if fixed else dutch.agree(goal.now, "is dat", "zijn dat")
    return f"{'Bij de start' if fixed else 'Nu'} {verb} er {already}{count}."


_ALL_OR_NOT = {
    (False, True): "Dat is nu al zo.", (False, False): "Nu nog niet.",
    (True, True): "Dat was bij de start al zo.", (True, False): "Bij de start nog niet.",
}  # fmt: skip
_ALL_OR_NOT_EN = {
    (False, True): "It is so already.", (False, False): "Not yet now.",
    (True, True): "It was so at the start.", (True, False): "Not yet at the start.",
}  # fmt: skip


def _of_more(
    goal: GoalCount, limit: str, arrangement: str, subject: str, when: tuple[str, str], language: Language
) -> str:
    """The goal of two pupils or more; of all of them no "at least 6 of the 6"."""
    everyone = goal.to_reach == goal.of
    if language == "en":
        at = english.at_moment(*when)
        who = (
            ("both" if goal.of == 2 else f"all {goal.of}")
            if everyone
            else f"at least {english.k_of_n(goal.to_reach, goal.of)}"
        )
        of = f" of {arrangement}" if arrangement else ""
        return english.sentence(f"{at}, {who} pupils{of} reach {limit} for {subject}.")
    at = dutch.at_moment(*when)
    of = f" van {arrangement}" if arrangement else ""
    verb = dutch.agree(goal.to_reach, "haalt", "halen")
    who = (
        ("beide" if goal.of == 2 else f"alle {goal.of}")
        if everyone
        else f"minstens {dutch.k_of_n(goal.to_reach, goal.of)}"
    )
    return dutch.sentence(f"{at} {verb} {who} leerlingen{of} {limit} voor {subject}.")


def told_to_parents(of: int, whole: int | None = None) -> bool:
    """Whether a number of so many pupils may be told to the parents of one of them: that pupil alone, or at least
    TOLD_OF. `whole`: the number that is told of everyone together; then as many others must be left, or none."""
    rest = 0 if whole is None else whole - of
    return of == 1 or (of >= TOLD_OF and (rest <= 0 or rest >= TOLD_OF))


def sentence_of_limit(goal: GoalCount, subject: str, when: tuple[str, str], language: Language = "nl") -> str:
    """G1 without any number of pupils: what is worked towards, and by when."""
    limit = limit_words(goal.quantity, goal.threshold, language, goal.tier)
    if language == "en":
        return english.sentence(f"goal {english.at_moment(*when)}: {limit} for {subject}.")
    return dutch.sentence(f"doel voor {dutch.at_moment(*when)}: {limit} voor {subject}.")


def _of_one(
    goal: GoalCount, limit: str, arrangement: str, subject: str, when: tuple[str, str], language: Language
) -> str:
    """G1 where there is one pupil: no "1 of the 1"."""
    if language == "en":
        of = f" of {arrangement}" if arrangement else ""
        return english.sentence(f"{english.at_moment(*when)}, the pupil{of} reaches {limit} for {subject}.")
    of = f" van {arrangement}" if arrangement else ""
    return dutch.sentence(f"{dutch.at_moment(*when)} haalt de leerling{of} {limit} voor {subject}.")


def sentence_of_pupil_goal(
    name: str, quantity: Quantity, threshold: str, subject: str, when: tuple[str, str], language: Language = "nl"
) -> str:
    """The test goal in a plan of one pupil: "In juni 2027 haalt Noor DLE 20 of hoger voor rekenen." `when` as in
    `sentence_of_test_goal`."""
    limit = limit_words(quantity, threshold, language)
    if language == "en":
        return english.sentence(f"{english.at_moment(*when)}, {name} reaches {limit} for {subject}.")
    return dutch.sentence(f"{dutch.at_moment(*when)} haalt {name} {limit} voor {subject}.")


def as_threshold(quantity: str, text: str) -> str | None:
    """What somebody typed as a threshold, as standards have it ("20", "III", "E4", "1F"); None when it is none of that
    quantity. A decimal comma is taken for a point; a score or DLE is above 0 and below 1000."""
    if quantity in ("score", "dle"):
        try:
            value = float(text.casefold().replace("dle", "").replace(",", "."))
        except ValueError:
            return None
        return f"{value:g}" if 0 < value < 1000 else None
    read = {"level": levels.parse, "avi": reading.parse, "reference": reference.parse}.get(quantity)
    return read(text) if read else None


def sentence_of_mastery(
    content: str, proof: str, month: int | None, language: Language = "nl", *, name: str = ""
) -> str:
    """G2: what pupils master, and how that is seen. `month`: 1-12. `name`: of one pupil, in a plan of that pupil."""
    content, proof = content.strip().rstrip("."), proof.strip().rstrip(".")
    if language == "en":
        when = f"By the end of {english.month(month)}" if month else "At the end of this period"
        return f"{when} {name or 'these pupils'} can {content}." + (f" We see it by {proof}." if proof else "")
    when = f"Eind {dutch.month(month)}" if month else "Aan het eind van deze periode"
    who = f"kan {name}" if name else "kunnen deze leerlingen"
    return f"{when} {who} {content}." + (f" We zien dat aan {proof}." if proof else "")


def carried_on(text: str, was_ends: date, starts: date, ends: date) -> str:
    """A goal in words that goes on to a plan from `starts` to `ends`: "Eind maart kunnen …", where March is the month
    in which the former plan ended (`was_ends`) or lies outside the new period, begins with the month in which the new
    period ends. Another month, and every other text, stays. Dutch, as goals are kept."""
    found = _BY_MONTH.match(text)
    if found is None:
        return text
    number = _MONTHS.index(found[1].lower()) + 1
    first = starts.year * 12 + starts.month
    inside = {(first + more - 1) % 12 + 1 for more in range(ends.year * 12 + ends.month - first + 1)}
    return text if number in inside - {was_ends.month} else f"Eind {dutch.month(ends.month)}{text[found.end() :]}"


def sentence_of_step(names: Sequence[str], how: str, language: Language = "nl") -> str:
    """G3: every pupil goes at least one AVI level up; some read more for it."""
    if language == "en":
        first = "Every pupil goes up at least one AVI level"
        return f"{first}; {english.listed(names)} {how}." if names and how else f"{first}."
    first = "Elke leerling gaat minstens één AVI-niveau omhoog"
    return f"{first}; {dutch.listed(names)} {how}." if names and how else f"{first}."


def sentence_of_need(name: str, subject: str, help_given: str, purpose: str) -> str:
    """G4: what one pupil gets in a subject, from the OPP, and what it is needed for (may be empty). Dutch, as goals are
    kept."""
    help_given, purpose = help_given.strip().rstrip("."), purpose.strip().rstrip(".")
    first = f"{name} krijgt bij {subject} {help_given} (uit het OPP)."
    return f"{first} Dat is nodig voor {purpose}." if purpose else first


def sentence_of_groups(groups: Sequence[tuple[str, str]], lines: Sequence[str], language: Language = "nl") -> str:
    """G5: how many instructions and paces. `groups`: name and what it works on ("rekenen tot 100"), which may be
    empty; `lines`: the destinations that set the pace."""
    if language == "en":
        count = english.counted(len(groups), "instruction", "instructions")
        pace = english.counted(max(1, len(lines)), "pace", "paces")
        parts = [f"{name} works on {what}" if what else name for name, what in groups]
        tail = f"; the pace differs per line ({', '.join(lines)})" if len(lines) > 1 else ""
        return english.sentence(f"{count}, {pace}: {english.listed(parts)}{tail}.")
    count = dutch.counted(len(groups), "instructie", "instructies")
    pace = dutch.counted(max(1, len(lines)), "tempo", "tempo's")
    parts = [f"{name} werkt aan {what}" if what else name for name, what in groups]
    tail = f"; het tempo verschilt per lijn ({', '.join(lines)})" if len(lines) > 1 else ""
    return dutch.sentence(f"{count}, {pace}: {dutch.listed(parts)}{tail}.")


def sentence_of_no_change(different: str, language: Language = "nl") -> str:
    """G7: a plan that goes on, with what is different."""
    different = different.strip().rstrip(".")
    if language == "en":
        return f"We go on with this plan. Only different: {different}." if different else "We go on with this plan."
    return f"We gaan door met dit plan. Anders is alleen: {different}." if different else "We gaan door met dit plan."
