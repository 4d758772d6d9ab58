"""What the report of a school says of each of its groups, for the pages of groups."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import get_args

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.insight.selectors.reports import report_of
from leercirkel.apps.insight.selectors.shared import shared
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import school_year_label
from leercirkel.documents.report.context import context_of
from leercirkel.documents.report.parts.group_answers import group_answers
from leercirkel.documents.texts import Language

Sentences = Mapping[str, Mapping[str, Sequence[str]]]
"""Language → group as reports name it → what its page in the report says."""

_kept: Kept[Sentences] = Kept(128)


def sentences_of_groups(sight: Sight, school: School, school_year: int, moment: str) -> Sentences:
    """What the report of this round says of its groups, kept until a figure changes and shared by the processes: who
    finds nothing kept makes the whole report. Empty when nothing was measured in the round.

    For who sees the figures of the whole school; raises PermissionError for another one.
    """
    if not sight.may_at(Right.SEE_FIGURES, school.pk):
        raise PermissionError(school.pk)
    version, what = version_of(school.pk), f"groups {school_year}-{moment}"
    return _kept.get(
        (school.pk, version, what),
        lambda: json.loads(
            shared(school.pk, what, version, lambda: json.dumps(_made(sight, school, school_year, moment)).encode())
        ),
    )


def _made(sight: Sight, school: School, school_year: int, moment: str) -> Sentences:
    report = report_of(sight, school, school_year, moment)
    if report is None or (report.school_year, report.moment) != (school_year_label(school_year), moment):
        return {}
    return {language: group_answers(context_of(report, language)) for language in get_args(Language)}
