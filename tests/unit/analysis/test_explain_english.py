"""Every formula can be told in English too."""

from __future__ import annotations

from leercirkel.analysis.explain.english import ENGLISH
from leercirkel.analysis.explain.formulas import FORMULAS
from leercirkel.core.rules import RULES


def test_every_name_formula_and_rule_has_its_english_and_nothing_else_has() -> None:
    formulas = [formula for of_place in FORMULAS.values() for formula in of_place.values()]
    said = {formula.name for formula in formulas} | {formula.text for formula in formulas}

    assert ENGLISH.keys() == said | {rule.title for rule in RULES.values()}


def test_no_english_text_is_the_dutch_one_but_for_words_that_are_the_same() -> None:
    assert {dutch for dutch, english in ENGLISH.items() if dutch == english} == set()
