"""Standards that are written and read again are the same, whatever a school made of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from leercirkel.core.calendar import MOMENTS
from leercirkel.core.care import KINDS, SCHOOL_TYPES
from leercirkel.core.destinations import DESTINATIONS
from leercirkel.core.method_tests import MethodBounds
from leercirkel.core.standards import QUANTITIES, Standard, Tier
from leercirkel.core.subjects import SUBJECTS
from leercirkel.exchange.problems import has_errors
from leercirkel.exchange.standards.entries import Entry, entries_of, standards_of
from leercirkel.exchange.standards.model import StandardsFile
from leercirkel.exchange.standards.reader import read
from leercirkel.exchange.standards.tiers import LABELS
from leercirkel.exchange.standards.writer import write

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(str.strip).filter(bool)
SHARES = st.integers(0, 1000).map(lambda share: share / 1000) | st.floats(0, 1)
PAIRS = st.tuples(st.integers(0, 60), st.integers(0, 60))


def thresholds(quantity: str) -> st.SearchStrategy[dict[str, Any]]:
    if quantity in LABELS:
        return st.sampled_from(LABELS[quantity]).map(lambda label: {"threshold": label})
    fixed = st.floats(0, 60) if quantity == "dle" else st.floats(-500, 500)
    factor = st.floats(0.01, 2)
    return fixed.map(lambda limit: {"threshold": limit}) | factor.map(lambda by: {"dl_factor": by})


@st.composite
def entries(draw: st.DrawFn, number: int) -> Entry:
    """One entry; `number` is its own school year, so that no two entries hold for the same pupils."""
    quantity = draw(st.sampled_from(QUANTITIES))
    names = draw(st.lists(WORDS, min_size=1, max_size=4, unique=True))
    ages, dles = draw(st.none() | PAIRS), draw(st.none() | PAIRS)
    standard = Standard(
        subject=draw(st.sampled_from((*SUBJECTS, "schrijven"))),
        quantity=quantity,
        tiers=tuple(Tier(name, draw(SHARES), **draw(thresholds(quantity))) for name in names),
        grades=draw(st.none() | st.lists(st.integers(1, 8), min_size=1, unique=True).map(sorted).map(tuple)),
        didactic_age=None if ages is None else (min(ages), max(ages)),
        own_dle=None if dles is None or dles[0] == dles[1] else (float(min(dles)), float(max(dles))),
        scope=draw(st.sampled_from(("all", "care", *(f"destination:{code}" for code in DESTINATIONS)))),
        school_years=(2000 + number,),
        instrument=draw(st.none() | WORDS),
    )
    return Entry(standard, draw(st.sets(st.sampled_from(MOMENTS)).map(lambda s: tuple(m for m in MOMENTS if m in s))))


@st.composite
def files(draw: st.DrawFn) -> StandardsFile:
    made = [draw(entries(number)) for number in range(draw(st.integers(1, 5)))]
    tiers = [tier.name for entry in made for tier in entry.standard.tiers]
    low, high = sorted(draw(st.tuples(st.floats(1, 49), st.floats(50, 100))))
    return StandardsFile(
        school_name=draw(st.none() | WORDS),
        main_tier=draw(st.none() | st.sampled_from(tiers)),
        standards=standards_of(made),
        file="normen",
        method_bounds=MethodBounds(low, high),
        care=draw(st.none() | st.lists(st.sampled_from(KINDS), unique=True).map(tuple)),
        school_type=draw(st.none() | st.sampled_from(SCHOOL_TYPES)),
    )


@given(files())
@settings(deadline=20_000)
def test_what_was_written_is_read_back_the_same(file: StandardsFile) -> None:
    found, problems = read(write(file).encode(), "normen")

    assert found is not None
    assert not has_errors(problems), problems
    assert replace(found, standards=tuple(replace(one, source=None) for one in found.standards)) == file


@given(files())
def test_entries_give_their_standards_back_in_the_same_order(file: StandardsFile) -> None:
    assert standards_of(entries_of(file.standards)) == file.standards
