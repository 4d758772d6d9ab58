"""The line of one pupil on one test: what can be drawn in one quantity, and the chart with what it says."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.model import PupilPoint, PupilTest
from leercirkel.core.reading import AVI_LEVELS, avi_rank
from leercirkel.documents.charts.own_line import own_line
from leercirkel.documents.texts import Texts

COUNTED = "counted"

Drawn = tuple[PupilPoint, float, str]
"""A moment, its value in the quantity of the line, and the value as it is written."""


def drawn(test: PupilTest, most: int) -> list[Drawn]:
    """The last moments (at most so many) that can be drawn in one quantity: AVI levels where there are any, else scores
    or exactly known DLEs, whichever there are more of."""
    counted = [p for p in test.points if p.status == COUNTED]
    scores = [(p, p.score, f"{p.score:.0f}") for p in counted if p.score is not None]
    matter = [(p, p.dle, f"{p.dle:.0f}") for p in counted if p.dle is not None and p.dle_operator == "="]
    cards = [(p, float(avi_rank(p.avi)), p.avi) for p in counted if p.avi in AVI_LEVELS]
    found: Sequence[Drawn] = cards or (scores if len(scores) >= len(matter) else matter)
    return list(found[-most:])


def small_line(texts: Texts, test: PupilTest, most: int = 5) -> str:
    """A small chart as SVG; empty with fewer than two moments. Its label says every figure."""
    points = drawn(test, most)
    if len(points) < 2:
        return ""
    versions = [p.version for p, _, _ in points]
    marks = [
        (f"{p.moment} {texts.short_year(p.school_year)}", value, said, i > 0 and versions[i] != versions[i - 1])
        for i, (p, value, said) in enumerate(points)
    ]
    told = "; ".join(f"{texts.moment(p.school_year, p.moment)} {said}" for p, _, said in points)
    width = 60.0 * len(points) + 30.0
    return own_line(marks, f"{texts.subject(test.subject)}, {texts.instrument(test.instrument)}: {told}", width=width)
