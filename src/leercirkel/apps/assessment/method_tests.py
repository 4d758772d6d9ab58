"""Goals of a block as a teacher writes them, and categories that goals of a subject belong to."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from leercirkel.exchange.lists.values import is_nothing, percent

MAX_GOALS = 12
MAX_TEXT = 200

CATEGORIES: dict[str, tuple[str, ...]] = {
    "rekenen": ("getallen", "verhoudingen", "meten en meetkunde", "verbanden"),
    "spelling": ("luisterwoorden", "regelwoorden", "weetwoorden", "werkwoorden"),
    "begrijpend_lezen": ("begrijpen", "interpreteren", "evalueren", "samenvatten", "opzoeken"),
    "taalverzorging": ("grammatica", "interpunctie", "werkwoordspelling", "andere spelling"),
}
"""Usual categories per subject, as a suggestion: a school writes its own. Those of arithmetic and reading are the
domains of the Referentiekader taal en rekenen (2009); see docs/domein/methodetoetsen.md."""


class Unreadable(ValueError):
    """The goals as they were written: with what is wrong, for who wrote them."""


def goals_of(text: str) -> dict[str, str]:
    """Goal → its category, from one goal a line: "getallen: rekenen tot 1000", or the goal alone.

    Raises Unreadable with every fault: no goal, too many, one twice, one too long.
    """
    found: dict[str, str] = {}
    faults = []
    for line in text.splitlines():
        before, colon, after = (" ".join(part.split()) for part in line.partition(":"))
        goal, category = (after, before) if colon and after else (before, "")
        if not goal:
            continue
        if goal.casefold() in {each.casefold() for each in found}:
            faults.append(_("Het doel ‘%s’ staat er twee keer.") % goal[:40])
        elif len(goal) > MAX_TEXT or len(category) > MAX_TEXT:
            faults.append(_("Een doel of categorie is te lang: hoogstens %d tekens.") % MAX_TEXT)
        found[goal] = category
    if not found:
        faults.append(_("Schrijf minstens één doel."))
    if len(found) > MAX_GOALS:
        faults.append(_("Hoogstens %d doelen in een blok.") % MAX_GOALS)
    if faults:
        raise Unreadable(" ".join(faults))
    return found


def goals_text(goals: Mapping[str, str]) -> str:
    """Goals and categories as `goals_of` reads them."""
    return "\n".join(f"{category}: {goal}" if category else goal for goal, category in goals.items())


def read_percent(text: str) -> tuple[float | None, str]:
    """The percentage in a cell (85, 85%, 17/20), None for nothing, and what is wrong with it."""
    if is_nothing(text):
        return None, ""
    found = percent(text)
    if found is None:
        return None, _("Schrijf 85, 85% of 17/20; laat leeg wie de toets niet maakte.")
    if found > 100:
        return None, _("Een percentage goed ligt tussen 0 en 100. Schrijf punten als 17/20.")
    return found, ""


def percent_text(value: float) -> str:
    """A percentage as people write it: whole where it is whole."""
    return f"{round(value, 1):g}".replace(".", ",")
