"""A new version of a test, or another test (Z16): the line begins again. Rules: `docs/domein/zinnen.md`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from leercirkel.analysis.answers.evidence import evidence
from leercirkel.analysis.answers.facts import SCHOOL, NewVersion
from leercirkel.analysis.answers.places import where_of
from leercirkel.analysis.answers.trends import is_current
from leercirkel.analysis.answers.wording import Finding, Round, finding
from leercirkel.analysis.model import GradeTrend


def version_findings(trends: Sequence[GradeTrend], round_: Round) -> list[Finding]:
    """Per subject and school year one finding: where the version changed, or an instrument follows another one.

    Only changes within the trends of this round's moment; the grades are named when neither the school as a whole nor
    all of them changed then.
    """
    current = [t for t in trends if is_current(t, round_)]
    of_line: dict[tuple[object, ...], list[GradeTrend]] = defaultdict(list)
    for trend in trends:
        of_line[_line(trend)].append(trend)
    changed: dict[tuple[str, str, bool], list[GradeTrend]] = defaultdict(list)
    for trend in current:
        points = sorted(trend.points, key=lambda p: p.school_year)
        breaks = [p.school_year for p in points if p.new_version]
        if breaks:
            changed[trend.subject, breaks[-1], False].append(trend)
        elif points and any(_older(other, trend, points[0].school_year) for other in of_line[_line(trend)]):
            changed[trend.subject, points[0].school_year, True].append(trend)
    found = []
    for (subject, since, other_test), those in sorted(changed.items(), key=lambda item: item[0]):
        all_changed = any(where_of(t) == SCHOOL for t in those) or len(those) == sum(
            t.subject == subject for t in current
        )
        found.append(_told(subject, since, those, other_test, all_changed))
    return found


def _older(other: GradeTrend, trend: GradeTrend, since: str) -> bool:
    """Whether `other`, of the same line, is on another instrument and ended before this one began."""
    return (
        other.instrument != trend.instrument and bool(other.points) and max(p.school_year for p in other.points) < since
    )


def _line(t: GradeTrend) -> tuple[object, ...]:
    return t.grade, t.didactic_age_band, t.destination, t.subject, t.moment


def _told(subject: str, since: str, those: Sequence[GradeTrend], other_test: bool, all_changed: bool) -> Finding:
    wheres = () if all_changed else tuple(dict.fromkeys(where_of(t) for t in those))
    proof = [evidence(t, since=since, version=_version(t)) for t in those]
    fact = NewVersion(subject, since, wheres, other_test)
    return finding("trend", "Z16", fact, proof, kind="break", place=None, subject=subject)


def _version(trend: GradeTrend) -> str:
    return max(trend.points, key=lambda p: p.school_year).version
