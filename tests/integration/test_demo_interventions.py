"""The truths built into the invented schools come out: effects where there is one, chance where there is none.

A verdict on an effect of nothing is wrong in one school of ten by the nature of a 90% interval, so that other seeds may
say something else there; what was built in large enough to be seen comes out for other seeds too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.support.demo_effects import verdicts_of

SBO = {
    "Voortgezet lezen: voor, samen en zelf": ["more"],
    "Spelling met een app": ["undecided"],
    "Extra leeshulp voor de laagste scoorders": ["undecided"],
    "Rekenen: elke dag automatiseren": ["not_carried_out"],
    "Herindeling van de instructiegroepen rekenen": ["undecided"],
    "SOVA-training": ["no_measure"],
}
BAO = {
    "Nieuwe rekenmethode als proef": ["less", "more"],
    "Spelling met een app": ["undecided"],
    "Extra leeshulp voor de laagste scoorders": ["undecided"],
    "SOVA-training": ["no_measure"],
}
CERTAIN = {
    "Voortgezet lezen: voor, samen en zelf",
    "Rekenen: elke dag automatiseren",
    "Herindeling van de instructiegroepen rekenen",
    "Nieuwe rekenmethode als proef",
    "SOVA-training",
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int, int], dict[str, Any]]:
    def make(school: str, years: int, seed: int) -> dict[str, Any]:
        directory: Path = tmp_path_factory.mktemp(f"{school}-{years}-{seed}")
        return verdicts_of(directory, school, years, seed)

    return make


@pytest.mark.parametrize(("school", "years"), [("sbo", 4), ("sbo", 8), ("bao", 4), ("bao", 8)])
def test_the_verdicts_are_those_of_the_truth(verdicts: Any, school: str, years: int) -> None:
    assert verdicts(school, years, 1) == (SBO if school == "sbo" else BAO)


@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("school", ["sbo", "bao"])
def test_what_can_be_seen_is_seen_in_other_schools_too(verdicts: Any, school: str, seed: int) -> None:
    expected = SBO if school == "sbo" else BAO

    found = verdicts(school, 4, seed)

    assert {n: v for n, v in found.items() if n in CERTAIN} == {n: v for n, v in expected.items() if n in CERTAIN}


def test_a_school_with_one_year_of_files_has_interventions_and_nothing_to_measure_them_with(verdicts: Any) -> None:
    found = verdicts("bao", 1, 1)

    assert {v for said in found.values() for v in said} == {"no_measure"}
