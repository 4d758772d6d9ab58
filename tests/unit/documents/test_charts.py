"""Charts: what they show, that they stand alone, and that text from outside stays text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from leercirkel.documents.charts import SCREEN, FlowPart, TrendMark, flow, interval_cell, levels, mark, trend
from leercirkel.documents.charts.geometry import interval_geometry, round_step, ticks
from leercirkel.documents.charts.palette import contrast
from leercirkel.documents.texts import texts_of

DUTCH = texts_of("nl")

SVG = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> ElementTree.Element:
    """The SVG as a tree; the test made the text itself."""
    return ElementTree.fromstring(text)


def texts(root: ElementTree.Element) -> list[str]:
    return [t.text or "" for t in root.iter(f"{SVG}text")]


def year(i: int, share: float | None = 0.6, *, new_version: bool = False, pooled: float | None = 0.6) -> TrendMark:
    low, high = (None, None) if share is None else (share - 0.1, share + 0.1)
    return TrendMark(f"{i}-{i + 1}", "6 van 10", share, low, high, "undecided", pooled, new_version)


def pooled_paths(root: ElementTree.Element) -> list[str]:
    return [p.attrib["d"] for p in root.iter(f"{SVG}path") if p.attrib.get("stroke") == SCREEN.brand]


@pytest.mark.parametrize("share", [0.0, 0.25, 0.6, 1.0])
def test_positions_of_an_interval_cell_are_proportional_to_the_shares(share: float) -> None:
    found = interval_geometry(share, share, share, 0.75, width=208)

    assert found.dot == pytest.approx(4 + share * 200)
    assert found.norm == pytest.approx(154)


def test_a_share_outside_nothing_and_everything_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        interval_geometry(1.2, None, None, None)


def test_an_interval_cell_says_its_figures_to_a_screen_reader() -> None:
    root = parsed(interval_cell(0.6, 0.4, 0.8, 0.75, "undecided", "6 van de 10 leerlingen"))

    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "6 van de 10 leerlingen"
    assert root.find(f"{SVG}title").text == "6 van de 10 leerlingen"  # type: ignore[union-attr]


def test_without_an_interval_there_is_no_bar_but_the_norm_stands() -> None:
    strokes = [
        p.attrib["stroke"] for p in parsed(interval_cell(None, None, None, 0.75, "too_few", "x")).iter(f"{SVG}path")
    ]

    assert strokes == [SCREEN.track, SCREEN.ink]


def test_each_verdict_has_its_own_shape() -> None:
    shapes = {re.sub(r"#[0-9a-f]{6}", "", mark(v, "x")) for v in ("above", "below", "undecided", "too_few")}

    assert len(shapes) == 4


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '" onload="x', "]]>&", "\x00\x0b", "a\ud800b"])
def test_text_from_outside_stays_text(hostile: str) -> None:
    root = parsed(levels([(hostile, 4)], hostile, width=900))

    assert {e.tag for e in root.iter()} <= {f"{SVG}{name}" for name in ("svg", "title", "rect", "text")}
    assert set(root.attrib) == {"viewBox", "width", "height", "role", "aria-label", "font-family", "font-size"}


def test_a_chart_stands_alone_without_styles_scripts_or_variables() -> None:
    drawn = trend([year(20), year(21)], "x", axis=DUTCH.percentage, norm=0.75, norm_label="onze norm")

    assert not re.search(r"var\(|<style|<script|href|url\(|currentColor", drawn)


def test_the_pooled_line_is_broken_where_the_test_version_changes() -> None:
    points = [year(20), year(21), year(22, new_version=True), year(23)]

    drawn = parsed(trend(points, "x", axis=DUTCH.percentage, break_label="nieuwe toetsversie"))

    assert len(pooled_paths(drawn)) == 2
    assert "nieuwe toetsversie" in texts(drawn)


def test_the_pooled_line_does_not_bridge_a_year_without_a_pool() -> None:
    drawn = parsed(trend([year(20), year(21, pooled=None), year(22), year(23)], "x", axis=DUTCH.percentage))

    assert len(pooled_paths(drawn)) == 2


def test_a_year_without_a_number_has_no_point_but_keeps_its_place() -> None:
    drawn = parsed(trend([year(20), year(21, None, pooled=None)], "x", axis=DUTCH.percentage))

    assert len(list(drawn.iter(f"{SVG}circle"))) == 1
    assert "21-22" in texts(drawn)


def test_a_trend_of_one_year_can_be_drawn() -> None:
    assert "20-21" in texts(parsed(trend([year(20)], "x", axis=DUTCH.percentage)))


def test_a_trend_of_equal_means_has_an_axis() -> None:
    points = [TrendMark("20-21", "6", 12.0, None, None, "too_few")] * 2

    assert "12" in texts(parsed(trend(points, "x", bounds=None, axis=lambda v: f"{v:.0f}")))


def test_the_last_bar_of_a_flow_is_the_sum_of_its_parts() -> None:
    parts = [FlowPart(4.0, ("11",), 2.0, 6.0), FlowPart(-3.0, ("4",)), FlowPart(-0.5, ("2",))]

    words = texts(parsed(flow(parts, ("samen",), "x", write=DUTCH.signed)))

    assert [w for w in words if "," in w] == ["+4,0", "−3,0", "−0,5", "+0,5"]


def test_what_is_written_as_nothing_has_no_colour_of_a_direction() -> None:
    fills = [
        r.attrib["fill"]
        for r in parsed(flow([FlowPart(4.0, ()), FlowPart(-0.01, ())], (), "x", write=DUTCH.signed)).iter(f"{SVG}rect")
    ]

    assert fills == [SCREEN.brand, SCREEN.undecided, SCREEN.ink]


def test_a_flow_of_nothing_but_zeros_can_be_drawn() -> None:
    assert parsed(flow([FlowPart(0.0, ())], (), "x", write=DUTCH.signed)).tag == f"{SVG}svg"


def test_levels_fill_the_whole_bar_in_proportion() -> None:
    widths = [
        float(r.attrib["width"])
        for r in parsed(levels([("I", 6), ("II", 3), ("III", 0), ("IV", 1)], "x", width=100)).iter(f"{SVG}rect")
    ]

    assert widths == [59, 29, 9]


def test_empty_charts_are_refused() -> None:
    with pytest.raises(ValueError):
        levels([("I", 0)], "x")
    with pytest.raises(ValueError):
        trend([], "x", axis=DUTCH.percentage)
    with pytest.raises(ValueError):
        flow([], (), "x", write=DUTCH.signed)


@pytest.mark.parametrize(("span", "step"), [(1.0, 0.25), (10, 2.5), (7, 2), (0.3, 0.1), (0, 1), (80, 20)])
def test_axis_steps_are_round(span: float, step: float) -> None:
    assert round_step(span, 4) == pytest.approx(step)


def test_ticks_enclose_the_values() -> None:
    assert ticks(13.2, 24.9) == pytest.approx([10, 15, 20, 25])
    assert ticks(7, 7) == [7, 8]


@pytest.mark.parametrize("name", ["ink", "soft", "brand", "above", "below"])
def test_text_colours_can_be_read_on_paper_and_on_a_table_head(name: str) -> None:
    assert contrast(getattr(SCREEN, name), SCREEN.ground) >= 4.5
    assert contrast(getattr(SCREEN, name), "#f6f4ee") >= 4.5


@pytest.mark.parametrize("verdict", ["above", "below", "undecided", "too_few"])
def test_marks_stand_out_from_paper(verdict: str) -> None:
    assert contrast(SCREEN.of(verdict), SCREEN.ground) >= 3


def test_numbers_in_levels_can_be_read_on_every_shade() -> None:
    assert all(contrast(a, b) >= 4.5 for a, b in zip(SCREEN.levels, SCREEN.level_text, strict=True))


def test_two_dots_in_a_trend_have_ground_round_them_so_that_no_line_hides_them() -> None:
    points = [TrendMark("20-21", "6", 0.5, None, None, "too_few", pooled=0.5)] * 2

    drawn = list(parsed(trend(points, "x", axis=DUTCH.percentage)))
    halo = [i for i, e in enumerate(drawn) if e.get("stroke") == SCREEN.ground]
    line = max(i for i, e in enumerate(drawn) if e.get("stroke") == SCREEN.brand)

    assert len(halo) == 2
    assert all(i > line for i in halo)
    assert all(drawn[i + 1].tag == f"{SVG}circle" for i in halo)
