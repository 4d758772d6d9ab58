"""Destinations (Z21, Z22): who is on the line, who was below it twice in a row, and what changed in the year.

Rules and templates: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.facts import DestinationLine, DestinationsChanged
from leercirkel.analysis.answers.places import key_of_place, where_of
from leercirkel.analysis.answers.trends import is_current
from leercirkel.analysis.answers.wording import Finding, Round, finding, topic_of_test
from leercirkel.analysis.model import DestinationChanges, GradeTrend


def destination_findings(
    trends: Sequence[GradeTrend], changes: Sequence[DestinationChanges], round_: Round
) -> list[Finding]:
    """Per destination and test one finding on this round's line, and one on the changes of this school year.

    With fewer pupils than the policy gives a number for, nothing is told.
    """
    found = []
    current = [t for t in trends if t.destination is not None and is_current(t, round_)]
    for trend in current:
        tests = [t.instrument for t in current if (t.destination, t.subject) == (trend.destination, trend.subject)]
        if any(p.school_year == round_.school_year and p.judged for p in trend.points):
            found += _line(trend, [*tests], round_)
    return found + [f for change in changes for f in _changed(change, round_)]


def _line(trend: GradeTrend, tests: Sequence[str], round_: Round) -> list[Finding]:
    point = next(p for p in trend.points if p.school_year == round_.school_year)
    if point.judged < max(round_.policy.no_number_below, 1):
        return []
    side = None
    if point.judged >= round_.policy.no_verdict_below and point.verdict in ("above", "below"):
        side = point.verdict
    where = where_of(trend)
    topic = topic_of_test(trend.subject, trend.instrument, tests)
    fact = DestinationLine(where, topic, point.reached, point.judged, point.two_below, side)
    figures = {"reached": point.reached, "judged": point.judged, "two_below": point.two_below, "verdict": point.verdict}
    weight = (point.two_below or 0) / point.judged + (1.0 if side == "below" else 0.0)
    return [
        finding(
            "which_groups", "Z21", fact, [evidence(trend, **figures)],
            kind="line", place=key_of_place(where), subject=trend.subject, good=side == "above", weight=weight,
        )
    ]  # fmt: skip


def _changed(change: DestinationChanges, round_: Round) -> list[Finding]:
    if change.school_year != round_.school_year or change.changed < max(round_.policy.no_number_below, 1):
        return []
    fact = DestinationsChanged(change.changed, change.up, change.down)
    proof = evidence(change, changed=change.changed, up=change.up, down=change.down)
    return [finding("which_groups", "Z22", fact, [proof], kind="destinations", place=None)]
