"""The answers to the six questions: what was computed, and beside it what the school says itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from leercirkel.analysis.answers import QUESTIONS
from leercirkel.analysis.answers.order import COVER
from leercirkel.analysis.model import Answer, Evidence, SchoolReport
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.insight.models import AnswerText
from leercirkel.apps.insight.selectors.reports import report_of
from leercirkel.apps.organisation.models import School

OWN_TEXT = "S0"
"""The template of an answer that a person wrote."""


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """One question. `own`: the newest text of the school, None without one. `gone` and `new`: the computed sentences
    that changed since it was written."""

    question: str
    computed: tuple[Answer, ...]
    own: AnswerText | None
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the figures say something else since the text was written."""
        return bool(self.gone or self.new)


def answers_of(
    sight: Sight, school: School, school_year: int | None = None, moment: str | None = None
) -> tuple[QuestionAnswer, ...]:
    """The questions about a round with what was computed and what the school says; empty without results. Own texts
    only for who sees the whole school: they may be about any part of it."""
    report = report_of(sight, school, school_year, moment)
    return () if report is None else questions_of(report, own_texts(sight, school, report))


def questions_of(report: SchoolReport, own: Mapping[str, AnswerText]) -> tuple[QuestionAnswer, ...]:
    """The questions in their order."""
    return tuple(_question(question, report, own.get(question)) for question in QUESTIONS)


def own_texts(sight: Sight, school: School, report: SchoolReport) -> dict[str, AnswerText]:
    """Question → the newest text of the school on the report's round, where it has one. One query."""
    if not sight.may_at(Right.SEE_FIGURES, school.pk):
        return {}
    newest = _versions(school, report).order_by("question", "-number").distinct("question").select_related("made_by")
    return {row.question: row for row in newest if row.text}


def versions_of(sight: Sight, school: School, report: SchoolReport, question: str) -> list[AnswerText]:
    """All that the school said to a question about the report's round, the newest first."""
    if not sight.may_at(Right.SEE_FIGURES, school.pk):
        return []
    return list(_versions(school, report).filter(question=question).order_by("-number").select_related("made_by"))


def _versions(school: School, report: SchoolReport) -> QuerySet[AnswerText]:
    return AnswerText.objects.filter(school=school, school_year=int(report.school_year[:4]), moment=report.moment)


def sentences(answers: Sequence[Answer], language: str) -> list[str]:
    """What was computed, in this language."""
    return [answer.text_en if language == "en" else answer.text for answer in answers]


def _question(question: str, report: SchoolReport, own: AnswerText | None) -> QuestionAnswer:
    computed = tuple(answer for answer in report.answers if answer.question == question)
    if own is None:
        return QuestionAnswer(question, computed, None)
    now, then = sentences(computed, own.language), own.computed.splitlines()
    gone = tuple(text for text in then if text not in now)
    new = tuple(text for text in now if text not in then)
    return QuestionAnswer(question, computed, own, gone, new)


def with_own_texts(report: SchoolReport, own: Mapping[str, AnswerText]) -> SchoolReport:
    """The report that begins with what the school says itself. Every computed answer stays in it: those on a question
    that the school answered come after the others of the cover."""
    if not own:
        return report
    cover, rest = report.answers[:COVER], report.answers[COVER:]
    said = [
        Answer(question, OWN_TEXT, own[question].text, _evidence(report, question), own[question].text)
        for question in QUESTIONS
        if question in own
    ]
    other = [answer for answer in cover if answer.question not in own]
    same = [answer for answer in cover if answer.question in own]
    return replace(report, answers=(*said, *other, *same, *rest))


def _evidence(report: SchoolReport, question: str) -> tuple[Evidence, ...]:
    found = [each for answer in report.answers[:COVER] if answer.question == question for each in answer.evidence]
    return tuple(found)
