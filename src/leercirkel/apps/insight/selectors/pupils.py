"""The results of one pupil, as far as a sight reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from leercirkel.analysis.one_pupil import PupilRecord, record_of
from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.models import PupilMark, Result
from leercirkel.apps.assessment.selectors import marks_on, seen_of
from leercirkel.apps.insight.selectors.ground import Version, ground_at
from leercirkel.apps.insight.selectors.groups import ALL_SUBJECTS, NAME
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.organisation.models import Pupil


@dataclass(frozen=True, slots=True)
class PupilFigures:
    """One pupil's record with the results as they were delivered, the newest first, and the marks.

    `subjects`: those that the user may see, None for all. `kept`: what was made of it for pages.
    """

    record: PupilRecord | None
    results: Sequence[Result]
    marks: Sequence[PupilMark]
    destination: str
    subjects: frozenset[str] | None
    kept: dict[Any, Any] = field(default_factory=dict, compare=False)

    def shows(self, subject: str) -> bool:
        """Whether this subject may be seen."""
        return self.subjects is None or subject in self.subjects


KEPT = 240
"""So many pupils a process keeps; one with its page takes some 120 kB."""

_kept: Kept[PupilFigures] = Kept(KEPT)


def pupil_figures(sight: Sight, pupil: Pupil) -> PupilFigures:
    """Everything of a pupil whose results the user may see (the caller took it from `pupils_of` with SEE_RESULTS).

    Who teaches one subject sees that subject, and no marks. Kept until the school's figures change, or the day.
    """
    subjects, version = _subjects(sight, pupil), version_of(pupil.school_id)
    key = (pupil.pk, version, clock.today(), subjects)
    return _kept.get(key, lambda: _made(sight, pupil, version, subjects))


def _made(sight: Sight, pupil: Pupil, version: Version, subjects: frozenset[str] | None) -> PupilFigures:
    held = marks_on([pupil.pk], clock.today()).get(pupil.pk)
    destination = held.destination if held and subjects is None else ""
    record = _record(sight, pupil, version, destination or None)
    narrowed = Q() if subjects is None else Q(subject__in=sorted(subjects))
    results = Result.objects.filter(narrowed, pupil=pupil, school_id=pupil.school_id).select_related("group")
    marks = PupilMark.objects.filter(pupil=pupil, school_id=pupil.school_id).order_by("-since", "-id")
    ordered = sorted(results, key=lambda r: (r.school_year, "BME".find(r.moment or "B"), r.pk), reverse=True)
    return PupilFigures(record, ordered, list(marks) if subjects is None else (), destination, subjects)


def _subjects(sight: Sight, pupil: Pupil) -> frozenset[str] | None:
    seen = seen_of(sight, pupil.school, Right.SEE_RESULTS)
    mine = {subject for subject, pupils in seen.items() if pupils is None or pupil.pk in pupils}
    return None if ALL_SUBJECTS in mine else frozenset(mine)


def _record(sight: Sight, pupil: Pupil, version: Version, destination: str | None) -> PupilRecord | None:
    at = ground_at(sight, pupil.school, version)
    key = at.keys.get(pupil.pk)
    return record_of(at.ground, key, NAME, destination) if key else None
