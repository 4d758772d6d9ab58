"""Colours that can be read, and one set of them for pages, charts and paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leercirkel import config
from leercirkel.documents.charts.palette import SCREEN, contrast

FOLDER = Path(config.__file__).parent / "static" / "leercirkel"
STYLES = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.css")}
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLES["tokens.css"]))

ON_LIGHT = ("ink", "soft", "brand", "brand-dark", "above", "below", "below-dark")
GROUNDS = ("paper", "card", "head")
PAIRS = [(text, ground) for text in ON_LIGHT for ground in GROUNDS] + [
    ("brand", "brand-soft"),
    ("brand-dark", "brand-soft"),
    ("ink", "brand-soft"),
    ("ink", "above-soft"),
    ("ink", "below-soft"),
    ("ink", "below-faint"),
    ("below-dark", "below-faint"),
    ("soft", "hair"),
    ("card", "brand"),
    ("card", "brand-dark"),
    ("card", "below"),
    ("card", "below-dark"),
]


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    assert contrast(TOKENS[text], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
def test_marks_and_the_edges_of_what_can_be_filled_in_stand_out(ground: str) -> None:
    for mark in ("above", "below", "undecided", "edge", "brand"):
        assert contrast(TOKENS[mark], TOKENS[ground]) >= 3
    assert max(contrast(TOKENS[ring], TOKENS[ground]) for ring in ("focus", "ink")) >= 3
    assert contrast(TOKENS["focus"], TOKENS["ink"]) >= 3  # the two rings around what has the focus


def test_charts_and_pages_have_the_same_colours() -> None:
    for name in ("ink", "soft", "line", "hair", "brand", "above", "below", "undecided"):
        assert TOKENS[name] == getattr(SCREEN, name)


def test_every_colour_comes_from_a_token_and_every_token_that_is_used_is_there() -> None:
    known = set(re.findall(r"--([a-z0-9-]+):", STYLES["tokens.css"]))
    for name, style in STYLES.items():
        assert set(re.findall(r"var\(--([a-z0-9-]+)\)", style)) <= known, name
        if name not in {"tokens.css", "print.css"}:
            assert set(re.findall(r"#[0-9a-f]{3,6}\b", style)) <= {"#fff"}, name


def test_no_style_asks_anything_from_elsewhere() -> None:
    for style in STYLES.values():
        assert "@import" not in style
        assert "http" not in style
