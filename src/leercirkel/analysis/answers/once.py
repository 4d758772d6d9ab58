"""The same pupils are told of once: what a part shows is left out where it is its whole.

One grade of a combination group, or one group of the school, may be all who took a test. Both have a row in the
figures; in words the group tells of its grade, and the school of its group. Rules: `docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leercirkel.analysis.answers.evidence import key_of, kind_of
from leercirkel.analysis.answers.wording import Finding
from leercirkel.analysis.model import Evidence, GradeTrend, OverviewCell

Key = tuple[Any, ...]


def told_once(
    findings: Iterable[Finding], cells: Sequence[OverviewCell], trends: Sequence[GradeTrend]
) -> list[Finding]:
    """The findings without those that say of a part, in the same figures, what another one says of its whole.

    `cells`: of groups and of the school. A part is its whole when it has every counted pupil of it: the part lies
    within it, so as many are the same ones. What is withheld is in neither, and takes nothing away.
    """
    whole = _wholes_of_cells(cells) | _wholes_of_trends(trends)
    in_order = sorted(findings, key=lambda f: any(_place(e.kind, e.key) in whole for e in f.answer.evidence))
    told: set[Key] = set()
    kept = []
    for finding in in_order:
        said = finding.answer.template, tuple(_of_whole(e, whole) for e in finding.answer.evidence)
        if said not in told:
            kept.append(finding)
        told.add(said)
    return kept


def _place(kind: str, key: Mapping[str, Any]) -> Key:
    return kind, *key.items()


def _of_whole(evidence: Evidence, whole: Mapping[Key, Key]) -> Key:
    """The evidence as that of the widest whole with the same pupils, and its figures."""
    place = _place(evidence.kind, evidence.key)
    while place in whole:
        place = whole[place]
    return place, *evidence.figures.items()


def _wholes_of_cells(cells: Sequence[OverviewCell]) -> dict[Key, Key]:
    """Of each cell that has every counted pupil of the next wider one: that one."""
    by_test: dict[Key, dict[str | None, list[OverviewCell]]] = {}
    for c in cells:
        test = c.school_year, c.moment, c.subject, c.instrument, c.version
        by_test.setdefault(test, {}).setdefault(c.group, []).append(c)
    found: dict[Key, Key] = {}
    for groups in by_test.values():
        school = groups.get(None, [])
        for group, members in groups.items():
            together = [c for c in members if c.grade is None] or members
            parts = [c for c in members if c.grade is not None] if together is not members else []
            wider = [(p, together) for p in parts] + ([(t, school) for t in together] if group is not None else [])
            for part, wholes in wider:
                if len(wholes) == 1 and part.counted == wholes[0].counted > 0:
                    found[_place(kind_of(part), key_of(part))] = _place(kind_of(wholes[0]), key_of(wholes[0]))
    return found


def _wholes_of_trends(trends: Sequence[GradeTrend]) -> dict[Key, Key]:
    """Of each trend of a grade, band or destination with every pupil of the school's in every year: that one."""
    school = {_line(t): t for t in trends if _is_school(t)}
    found = {}
    for t in trends:
        if not _is_school(t) and (whole := school.get(_line(t))):
            found[_place(kind_of(t), key_of(t))] = _place(kind_of(whole), key_of(whole))
    return found


def _is_school(trend: GradeTrend) -> bool:
    return trend.grade is None and trend.didactic_age_band is None and trend.destination is None


def _line(trend: GradeTrend) -> Key:
    points = tuple((p.school_year, p.version, p.counted, p.judged, p.reached) for p in trend.points)
    return trend.subject, trend.instrument, trend.moment, trend.quantity, trend.tier, points
