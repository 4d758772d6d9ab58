"""Taking back what imports remember: the next file asks again. What was imported stays as it is."""

from __future__ import annotations

from django.db import transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.models import PupilMatch, SourceMapping
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind


@transaction.atomic
def forget_answer(*, answer: PupilMatch, by: User) -> None:
    """Who a file means by this name or number is asked again."""
    log.record(
        Kind.REMOVED, by=by, school=answer.school_id, pupil=answer.pupil_id, about=answer, purpose="import_answer"
    )
    answer.delete()


@transaction.atomic
def forget_source(*, source: SourceMapping, by: User) -> None:
    """The columns of the next file of this source are proposed anew."""
    log.record(Kind.REMOVED, by=by, school=source.school_id, about=source, purpose="import_source")
    source.delete()
