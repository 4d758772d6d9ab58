"""What a school begins with when it has set nothing up: areas and arrangements, to keep or to change."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

AREAS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("rekenen", ("rekenen",)),
    ("begrijpend lezen en taal", ("begrijpend_lezen", "luisteren", "taalverzorging", "woordenschat")),
    ("technisch lezen", ("technisch_lezen",)),
    ("spelling", ("spelling",)),
)
"""Name → the subjects it draws on, the first is the one that goals and clusters go by."""

ARRANGEMENTS: tuple[str, ...] = ("verdiept", "basis", "intensief", "zeer intensief")
USUAL = 1

OBSERVED = frozenset({"rekenen", "begrijpend_lezen", "luisteren", "woordenschat", "taalverzorging"})
"""Areas of these subjects have observation goals in groups 1 and 2; the others begin in group 3."""
BEGINNERS = frozenset({"1", "2"})
LEAVERS = "8"

REASONS = {
    "daily_work": _("het dagelijks werk laat iets anders zien"),
    "observation": _("wat ik in de les zie"),
    "motivation": _("het kind wil en kan meer"),
    "needs": _("dit past bij wat het kind nodig heeft"),
    "opp": _("zo staat het in het OPP"),
    "conditions": _("ziek geweest of net begonnen"),
    "test": _("de toets past niet bij dit kind"),
    "groups": _("zo passen de instructies beter"),
}
"""Code → why a teacher chose another arrangement than was proposed. It may be left empty."""

OWN_PLAN = "own_plan"
WITHOUT_PLAN = {
    OWN_PLAN: _("de leerling heeft een eigen plan"),
    "opp": _("de leerling werkt aan eigen doelen uit het OPP"),
    "elsewhere": _("de leerling krijgt dit vak ergens anders"),
    "not_yet": _("de leerling krijgt dit vak nu niet"),
}
"""Code → why a pupil who is in no instruction group of an area gets no group plan for it."""
CLASS_PLAN = "class_plan"
"""The plan of the class is meant, also for one pupil."""

SECTIONS = {
    "content": _("Inhoud"),
    "approach": _("Aanpak in de les"),
    "time": _("Tijd"),
    "organisation": _("Organisatie"),
    "different": _("Anders dan het vorige plan"),
}
"""Part of a plan → its heading, in the order of the page and of paper."""
PUPIL_SECTIONS = {
    "seen": _("Wat we zelf zien"),
    "doing": _("Wat we doen: inhoud en aanpak"),
    "when": _("Wanneer, hoe vaak en hoe lang"),
    "who": _("Wie doet wat, en waar"),
    "talked": _("Besproken met leerling en ouders"),
    "different": _("Anders dan het vorige plan"),
}
"""The same of the plan of one pupil."""
TECHNICAL_READING = "technisch_lezen"
"""The subject that has levels of AVI."""
NAMES = "{namen}"
"""Where the names of pupils stand in a goal that is about them: names are not kept with a plan."""
LONGEST = 2000
"""Characters in one part, so that the plan stays one page."""
