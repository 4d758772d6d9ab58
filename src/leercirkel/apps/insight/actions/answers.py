"""What the school itself says beside the computed answers. Nothing is lost: every text is a new version."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from leercirkel.analysis.answers import QUESTIONS
from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.insight.models import AnswerText
from leercirkel.apps.organisation.models import School

_ONE_AT_A_TIME = 5_170_421_741


class ChangedMeanwhile(Exception):
    """Somebody else wrote a version since this one was opened."""


@transaction.atomic
def write_answer(
    *,
    school: School,
    school_year: int,
    moment: str,
    question: str,
    text: str,
    computed: str,
    language: str,
    by: User,
    after: int | None = None,
    put_back: int | None = None,
) -> AnswerText:
    """A new version of the school's own text; an empty one gives the word back to what was computed.

    `computed`: the sentences beside it now, one per line. `after`: the number of the version that was open (0 for
    none); raises ChangedMeanwhile when another one came since. Raises ValueError for an unknown question.
    """
    if question not in QUESTIONS:
        raise ValueError(f"{question} is no question")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME % 2**31, school.pk])
    versions = AnswerText.objects.filter(school=school, school_year=school_year, moment=moment, question=question)
    last = int(versions.aggregate(last=Max("number"))["last"] or 0)
    if after is not None and after != last:
        raise ChangedMeanwhile
    made = AnswerText.objects.create(
        school=school, school_year=school_year, moment=moment, question=question, number=last + 1, language=language,
        text=text.strip(), computed=computed, put_back=put_back, made_by=by,
    )  # fmt: skip
    log.record(Kind.CHANGED if last else Kind.CREATED, by=by, school=school.pk, about=made, purpose=question)
    return made
