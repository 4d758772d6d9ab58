"""What changed between two reports of one round: the cells of which the count is another one now."""

from __future__ import annotations

from leercirkel.analysis.answers.evidence import key_of
from leercirkel.analysis.answers.goals import in_round, whole_cells
from leercirkel.analysis.answers.wording import Round, main_tier_of
from leercirkel.analysis.model import OverviewCell, SchoolReport
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """Pupils with a result; and on the main tier how many were judged and reached it (None without a norm)."""

    counted: int
    judged: int | None
    reached: int | None


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """One group on one test; `before` or `now` None: it was not there."""

    group: str | None
    subject: str
    instrument: str
    before: Count | None
    now: Count | None


def changed_cells(before: SchoolReport, now: SchoolReport) -> tuple[ChangedCell, ...]:
    """Of both reports, which are of one round, the cells of groups whose counts differ, by group and subject."""
    one, other = _counts(before), _counts(now)
    found = [
        ChangedCell(key[0], key[1], key[2], one.get(key), other.get(key))
        for key in one.keys() | other.keys()
        if one.get(key) != other.get(key)
    ]
    return tuple(sorted(found, key=lambda cell: (cell.group or "", cell.subject, cell.instrument)))


def _counts(report: SchoolReport) -> dict[tuple[str | None, str, str, str], Count]:
    round_ = Round(report.school_year, report.moment, report.method.main_tiers)
    out = {}
    for cell in whole_cells(in_round(report.overview, round_)):
        key = cell.group, cell.subject, cell.instrument, str(sorted(map(str, key_of(cell).items())))
        out[key] = _count(cell, round_)
    return out


def _count(cell: OverviewCell, round_: Round) -> Count:
    tier = main_tier_of(cell, round_)
    return Count(cell.counted, tier.counted if tier else None, tier.reached if tier else None)
