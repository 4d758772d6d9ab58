"""Charts for a telephone: the newest is in sight, no words stand across each other, and nothing sticks out."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from leercirkel.documents.charts import NARROW, FunnelEdge, FunnelMark, LinePoint, TrendMark, funnel, pupil_line, trend
from leercirkel.documents.charts.svg import text_width
from leercirkel.documents.texts import texts_of

DUTCH = texts_of("nl")
SVG = "{http://www.w3.org/2000/svg}"
Words = tuple[str, float, float, float]


def words(drawn: str) -> list[Words]:
    """Each text of a chart: itself, where it begins and ends, and its base line."""
    found = []
    for each in ElementTree.fromstring(drawn).iter(f"{SVG}text"):
        said, x = each.text or "", float(each.attrib["x"])
        long = text_width(said)
        start = {"start": x, "middle": x - long / 2, "end": x - long}[each.attrib["text-anchor"]]
        found.append((said, start, start + long, float(each.attrib["y"])))
    return found


def touching(found: list[Words]) -> list[tuple[str, str]]:
    """Pairs of texts on about one line that overlap."""
    return [
        (a[0], b[0]) for i, a in enumerate(found) for b in found[:i]
        if abs(a[3] - b[3]) < 9 and a[1] < b[2] and b[1] < a[2]
    ]  # fmt: skip


@pytest.mark.parametrize("years", [2, 5, 8])
@pytest.mark.parametrize("width", [NARROW, 460.0])
def test_a_trend_has_its_newest_year_and_no_words_across_each_other(years: int, width: float) -> None:
    points = [
        TrendMark(f"{i}-{i + 1}", "106", 0.6, 0.5, 0.7, "undecided", 0.6, i == 18 + years)
        for i in range(19, 19 + years)
    ]

    found = words(trend(points, "x", axis=DUTCH.percentage, norm=0.75, norm_label="onze norm",
                        break_label="nieuwe toetsversie", note_label="lln", width=width))  # fmt: skip

    assert f"{18 + years}-{19 + years}" in [each[0] for each in found]
    assert touching(found) == []
    assert min(each[1] for each in found) >= 0
    assert max(each[2] for each in found) <= width


@pytest.mark.parametrize("moments", [2, 5, 8])
def test_a_line_of_a_pupil_names_its_lines_below_it_when_it_is_narrow(moments: int) -> None:
    points = [
        LinePoint(f"M {i}-{i + 1}", float(i), str(i), norm=14.0, destination=13.0) for i in range(20, 20 + moments)
    ]

    found = words(pupil_line(points, "x", norm_label="eigen norm", destination_label="uitstroom", axis=DUTCH.percentage,
                             width=NARROW))  # fmt: skip

    names = [each for each in found if each[0] in ("eigen norm", "uitstroom")]
    assert [each[3] for each in names] == [185, 185]
    assert f"M {19 + moments}-{20 + moments}" in [each[0] for each in found]
    assert touching(names + [each for each in found if each[0].startswith("M ")]) == []
    assert max(each[2] for each in found) <= NARROW


EDGES = [FunnelEdge(n, 0.55, 0.9, 0.5, 0.95) for n in range(5, 201, 5)]


@pytest.mark.parametrize("width", [NARROW, 560.0])
@pytest.mark.parametrize("norm", [0.75, None])
def test_names_of_schools_stand_beside_each_other_and_not_across_a_limit(width: float, norm: float | None) -> None:
    marks = [
        FunnelMark("Basisschool Het Regenwiel", 163, 0.48, 0.55, "undecided", FunnelEdge(163, 0.5, 0.6, 0.44, 0.66)),
        FunnelMark("Basisschool De Pluimgaard", 171, 0.64, 0.6, "undecided", FunnelEdge(171, 0.53, 0.65, 0.5, 0.7)),
    ]

    drawn = funnel(marks, EDGES if norm else [], norm, "x", axis=DUTCH.percentage, norm_label="onze norm", across="n",
                   width=width)  # fmt: skip

    found = words(drawn)
    assert {mark.name for mark in marks} <= {each[0] for each in found}
    assert touching(found) == []
    if norm is None:
        low, high = 16 + 204 * (1 - 0.44), 16 + 204 * (1 - 0.7)  # where the limits are between
        for name, start, end, base in found:
            across = name.startswith("Basis") and start < 171 / 200 * (width - 84) + 44 < end
            assert not (across and high < base < low)
