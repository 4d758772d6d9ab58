"""The six questions as their page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace

from leercirkel.analysis.answers import QUESTIONS, QUESTIONS_EN
from leercirkel.analysis.explain.reference import reference
from leercirkel.analysis.model import Evidence
from leercirkel.apps.insight.models import AnswerText
from leercirkel.apps.insight.presenters.links import Links
from leercirkel.apps.insight.presenters.school import places
from leercirkel.apps.insight.selectors.answers import QuestionAnswer
from leercirkel.documents.report.context import Context
from leercirkel.documents.report.parts.cover import why

FIRST = 6
"""So many sentences of a question are shown at once; the others open below them."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A computed sentence with its evidence: what it says, and where that leads (empty for nowhere)."""

    text: str
    why: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its computed sentences and the school's own text."""

    code: str
    label: str
    url: str
    first: Sequence[Sentence]
    more: Sequence[Sentence]
    own: AnswerText | None
    gone: Sequence[str]
    new: Sequence[str]
    changed: bool


def questions(context: Context, links: Links, found: Sequence[QuestionAnswer]) -> list[Question]:
    """All questions, in their order."""
    return [question(context, links, one) for one in found]


def question(context: Context, links: Links, found: QuestionAnswer) -> Question:
    """One question."""
    texts = context.texts
    said = [
        Sentence(texts.name(texts.answer(answer)), _why(context, links, answer.evidence)) for answer in found.computed
    ]
    return Question(
        found.question, label(context, found.question), links.page("insight-answer", question=slug(found.question)),
        said[:FIRST], said[FIRST:], found.own, found.gone, found.new, found.changed,
    )  # fmt: skip


def label(context: Context, code: str) -> str:
    """The question as a reader asks it."""
    return (QUESTIONS_EN if context.texts.language == "en" else QUESTIONS)[code]


def slug(code: str) -> str:
    """The code as it stands in an address."""
    return code.replace("_", "-")


def _why(context: Context, links: Links, evidence: Sequence[Evidence]) -> list[tuple[str, str]]:
    """A line for each piece of evidence that the report holds, with its figure or the place where it stands."""
    known = places(context, links)
    out = []
    for one in evidence:
        line = why(context, one)
        if line is not None:
            out.append((line["text"], _figure(links, one) or known.get(line["to"], ("", ""))[1]))
    return out


def _figure(links: Links, evidence: Evidence) -> str:
    """Where the figure of a sentence comes from; empty where it is more than one."""
    if evidence.kind in ("overview", "totals") and evidence.figures.get("tier"):
        tier = f"tiers[name={evidence.figures['tier']},scope=all]"
        return links.figure(f"{reference(evidence.kind, SimpleNamespace(**evidence.key))}.{tier}.reached")
    if evidence.kind == "cohort_trend":
        return links.figure(f"{reference(evidence.kind, SimpleNamespace(**evidence.key))}.growth")
    return ""
