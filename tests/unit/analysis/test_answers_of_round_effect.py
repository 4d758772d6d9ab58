"""What a page of a round says of an effect: what it brought, and what a reader needs to weigh it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from leercirkel.analysis.answers.of_round_effect import said_of, said_of_visible
from leercirkel.analysis.answers.say import short
from leercirkel.analysis.model.round_effect import RoundEffect
from leercirkel.core.effect_power import visible, visible_with

EFFECT = RoundEffect(
    name="extra leestijd", subject="technisch_lezen", instrument="DEMO", version="1", quantity="score",
    from_school_year="2025-2026", from_moment="M", to_school_year="2025-2026", to_moment="E",
    pupils=24, counted=21, not_counted=(("left", 2), ("no_result_before", 1)), joined=1,
    groups_before=("Groep 5",), groups_after=("Groep 5",), weeks_planned=16, weeks_given=16, carried_out_from=0.5,
    carried_out=True, selected_low=False, growth=9.0, expected=6.0, difference=3.0, low=1.0, high=5.0, sd=10.0,
    expected_from="own_school", class_shock=0.15, class_shock_from="own_school", own_classes=22, confidence=0.90,
    verdict="more", visible=visible(21, 1, 0.12, 30),
)  # fmt: skip


def test_an_effect_is_told_as_in_the_report_with_who_counts_what_it_rests_on_and_what_could_be_seen() -> None:
    said = said_of(EFFECT)

    assert said.brought.template == "Z23"
    assert said.brought.text == (
        "16 weken extra leestijd voor 24 leerlingen (21 met twee uitslagen). Ze groeiden 9 punten; zonder deze aanpak "
        "rekenden we op 6. Het verschil (waarschijnlijk tussen 1 en 5) is groter dan toeval."
    )
    assert [s.template for s in said.beside] == ["Z32", "Z33", "Z34"]
    assert "van school" in said.beside[0].text
    assert "ongeveer 2 punten, gezien bij 22 klassen" in said.beside[1].text
    assert "2 punten" in said.beside[2].text
    assert "6 punten" in said.beside[2].text
    assert all(short(text) for s in said.beside for text in (s.text, s.text_en))


def test_one_half_year_of_more_tells_from_when_to_when() -> None:
    said = said_of(replace(EFFECT, one_part=True), months={"M": 1, "E": 6})

    assert "van januari 2026 tot juni 2026" in said.brought.text
    assert "from January 2026 to June 2026" in said.brought.text_en


def test_what_was_not_carried_out_has_no_figure_beside_it() -> None:
    bare: dict[str, Any] = {"growth": None, "expected": None, "difference": None, "low": None, "high": None, "sd": None}
    stopped = replace(EFFECT, weeks_given=3, weeks_planned=12, carried_out=False, verdict="not_carried_out", **bare)

    said = said_of(stopped)

    assert said.brought.text.endswith("Over het effect zeggen we daarom nog niets.")
    assert "drie van de twaalf weken" in said.brought.text
    assert said.beside == ()


def test_too_few_pupils_are_told_without_what_an_interval_would_rest_on() -> None:
    said = said_of(replace(EFFECT, pupils=9, counted=6, verdict="too_few", low=None, high=None))

    assert "te weinig leerlingen" in said.brought.text
    assert [s.template for s in said.beside] == ["Z32", "Z34"]


@pytest.mark.parametrize("classes", [1, 2, 4])
def test_before_anything_is_measured_effects_are_small_medium_and_large(classes: int) -> None:
    said = said_of_visible(visible_with(24, classes))

    assert said.template == "Z34"
    assert [word in said.text for word in ("Met 24 leerlingen", "klein effect", "middelgroot", "groot")] == [True] * 4
    assert short(said.text)
