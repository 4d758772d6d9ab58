"""Reports as the board's page needs them, kept in the database until something of them changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import leercirkel
from leercirkel import __version__
from leercirkel.analysis.disclosure import Published
from leercirkel.analysis.model import SchoolReport
from leercirkel.apps.assessment.changes import versions_of
from leercirkel.apps.assessment.selectors import code_of
from leercirkel.apps.insight.models import KeptReport
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.organisation.models import School
from leercirkel.core.rules import versions
from leercirkel.documents.json_report import to_json
from leercirkel.exchange import board_reports

CALCULATION = ("core", "analysis", "engines", "exchange", "documents")
"""The parts of the program that figures, and what is said of them, depend on."""


def as_text(version: tuple[int, int]) -> str:
    """A version of a school's figures as what is kept has it: another program or rule makes another version too."""
    return "-".join((*map(str, version), _program()))


@cache
def _program() -> str:
    """What figures are worked out by: the rules, and every line of the calculation, for a rule may stay what it was
    while what is kept gets another form."""
    told = sha256(json.dumps([__version__, versions()], sort_keys=True).encode())
    program = Path(leercirkel.__file__).parent
    for module in sorted(path for part in CALCULATION for path in (program / part).rglob("*.py")):
        told.update(module.read_bytes())
    return told.hexdigest()[:12]


def totals_only(report: SchoolReport) -> str:
    """A board's report as the page with schools beside each other keeps it: the totals, as JSON."""
    bare = replace(
        report, overview=(), grade_trend=(), cohort_trend=(), growth=(), learning_yield=(), destination_changes=(),
        answers=(), standards=(), interventions=(), agreements=(), method_tests=(), observations=(), test_advices=(),
        pupils=(), kept=(), withheld=tuple(one for one in report.withheld if one.kind == "totals"),
    )  # fmt: skip
    return to_json(bare).decode()


@dataclass(frozen=True, slots=True)
class KeptTotals:
    """A school's totals as a board may have them; `told` None where nothing was measured. `holds`: nothing changed
    since."""

    told: Published | None
    holds: bool


def kept_for_board(schools: Sequence[School]) -> dict[int, KeptTotals]:
    """School → what is kept of it, also where it no longer holds. Two queries, however many schools."""
    versions = versions_of([school.pk for school in schools])
    codes = {school.pk: code_of(school) for school in schools}
    return {
        row.school_id: KeptTotals(_read(row, codes[row.school_id]), row.version == as_text(versions[row.school_id]))
        for row in KeptReport.objects.filter(school__in=schools, page=KeptReport.Page.BOARD, asked="")
    }


def _read(row: KeptReport, code: str) -> Published | None:
    """What the row tells; read once per process."""
    if not row.report:
        return None
    return _reading.get((row.school_id, row.version, row.made_at), lambda: _parsed(row.report, code))


def _parsed(report: str, code: str) -> Published | None:
    return board_reports.read(report.encode(), "bestuur", code)[0]


_reading: Kept[Published | None] = Kept(256)
