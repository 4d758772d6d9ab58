"""What the answers say of each group, for its own page: what went well first, and no more than can be taken in."""

from __future__ import annotations

from leercirkel.analysis.answers.order import COVER
from leercirkel.analysis.model import Answer
from leercirkel.documents.report.context import Context

_OF_A_GROUP = ("overview", "cohort_trend", "agreements")
"""The kinds of evidence that an answer about one group has; with another kind it is about more."""

_PRIDE = "Z29"

MOST_ON_PAGE = 4
"""What comes after these are nearly always plain facts, which the table below them tells too."""


def group_answers(context: Context) -> dict[str, list[str]]:
    """Group → its answers in words, also those that stand on the cover. What a group is proud of is not said again in
    another sentence with the same evidence."""
    found: dict[str, list[tuple[int, Answer]]] = {}
    for place, answer in enumerate(context.report.answers):
        group = _group_of(context, answer)
        if group is not None:
            found.setdefault(group, []).append((place, answer))
    return {group: _told(context, answers) for group, answers in found.items()}


def _group_of(context: Context, answer: Answer) -> str | None:
    """The one group that the evidence of this round is about; None when it is about more, or about the school."""
    report = context.report
    named = set()
    for evidence in answer.evidence:
        if evidence.kind not in _OF_A_GROUP:
            return None
        key = evidence.key
        now = (key.get("school_year"), key.get("moment", key.get("to_moment"))) == (report.school_year, report.moment)
        if evidence.kind != "agreements" and now:
            named.add(key.get("group"))
    return str(named.pop()) if len(named) == 1 and None not in named else None


def _told(context: Context, answers: list[tuple[int, Answer]]) -> list[str]:
    proud = [a.evidence for _, a in answers if a.template == _PRIDE]
    kept = [(place, a) for place, a in answers if a.template == _PRIDE or a.evidence not in proud]
    # The answers of a group begin with its good news; one that was taken for the cover may be either.
    in_order = sorted(kept, key=lambda pair: (pair[1].template != _PRIDE, pair[0] < COVER, pair[0]))
    return [context.texts.name(context.texts.answer(a)) for _, a in in_order[:MOST_ON_PAGE]]
