"""Forms of support for a teacher and of interventions by a school, and what to look at in a lesson.

The lists follow the quality card on leading by results (docs/domein/cyclus.md). Codes are stable.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

SUPPORT: dict[str, tuple[str, str]] = {
    "extra_hands": ("extra handen in de klas", "extra hands in class"),
    "coaching": ("coaching door de intern begeleider", "coaching by the care coordinator"),
    "peer_group": ("intervisie met collega's", "peer consultation"),
    "head": ("meekijken en bespreken met de directeur", "supervision by the head"),
    "co_teaching": ("co-teaching", "co-teaching"),
    "visit": ("bij een collega kijken", "visiting a colleague"),
    "plan_help": ("hulp bij het maken van het groepsplan", "help with making the group plan"),
}
"""Code → Dutch, English: support for a teacher."""

SCHOOL_MEASURES: dict[str, tuple[str, str]] = {
    "training_subject": ("scholing in het vak", "training in the subject"),
    "training_instruction": ("scholing effectieve instructie", "training in effective instruction"),
    "training_differentiation": ("scholing differentiatie", "training in differentiation"),
    "regrouping": ("andere indeling van groepen", "regrouping"),
    "individual_help": ("hulp voor individuele leerlingen", "help for individual pupils"),
    "after_school": ("extra tijd buiten schooltijd", "extra time outside school hours"),
}
"""Code → Dutch, English: what a school as a whole may do."""

LESSON_POINTS: dict[str, tuple[str, str]] = {
    "review": ("begint met een terugblik", "begins with a review"),
    "goals": ("noemt de doelen van de les", "names the goals of the lesson"),
    "small_steps": ("werkt in kleine stappen", "works in small steps"),
    "practice_each_step": ("laat na elke stap oefenen", "has each step practised"),
    "explains": ("legt duidelijk uit en doet voor", "explains clearly and models"),
    "active_practice": ("laat leerlingen actief oefenen", "has pupils practise actively"),
    "checks": ("gaat na of iedereen het begrijpt", "checks that everyone understands"),
    "guided_use": ("begeleidt het toepassen", "guides application"),
    "feedback": ("geeft steeds feedback", "gives feedback all the time"),
    "convergent": ("differentieert convergent", "differentiates convergently"),
    "automation": ("neemt tijd om te automatiseren", "takes time to make facts automatic"),
    "little_lost": ("verliest weinig tijd", "loses little time"),
    "corrects": ("kijkt het werk na", "corrects the work"),
}
"""Code → Dutch, English: what to look at in a lesson."""


def seen_in(points: Iterable[str], visits: Collection[Collection[str]]) -> dict[str, int]:
    """Point that was agreed → in how many visits it was seen. `visits`: per visit the points that were seen; a point
    that is no longer agreed does not count."""
    return {point: sum(point in seen for seen in visits) for point in points}
