"""The report of one school: worked out once, kept until something of it changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import NothingToReport
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.selectors import seen_of
from leercirkel.apps.insight.selectors.documents import report_to_write
from leercirkel.apps.organisation.models import School

KEPT = 64
"""So many reports a process keeps; one of a school of 400 pupils takes about a megabyte."""


class _Kept:
    """The newest reports of this process, by school, version, round and who may see what."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, SchoolReport | None] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> tuple[bool, SchoolReport | None]:
        with self._lock:
            if key not in self._found:
                return False, None
            self._found.move_to_end(key)
            return True, self._found[key]

    def put(self, key: Hashable, report: SchoolReport | None) -> None:
        with self._lock:
            self._found[key] = report
            while len(self._found) > KEPT:
                self._found.popitem(last=False)


_kept = _Kept()


def report_of(
    sight: Sight, school: School, school_year: int | None = None, moment: str | None = None
) -> SchoolReport | None:
    """The report of the newest round (or of this one) on all results whose figures the user may see, without names.

    None when no result counts. The same report that `leercirkel report` makes of the same data. Kept per process until
    a transaction changed something that figures are made of (assessment.changes).
    """
    seen = seen_of(sight, school, Right.SEE_FIGURES)
    whose = tuple(sorted((subject, pupils) for subject, pupils in seen.items()) if seen else ())
    key = (school.pk, version_of(school.pk), school_year, moment, whose)
    found, report = _kept.get(key)
    if not found:
        report = _made(sight, school, school_year, moment)
        _kept.put(key, report)
    return report


def _made(sight: Sight, school: School, school_year: int | None, moment: str | None) -> SchoolReport | None:
    try:
        report, _given = report_to_write(sight, school, school_year, moment, Right.SEE_FIGURES)
    except NothingToReport:
        return None
    return report
