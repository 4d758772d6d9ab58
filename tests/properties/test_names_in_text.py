"""Names in free text: every whole word that is one is found, nothing else is, and what is left out is found no more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leercirkel.core.other_names import names_in, without_names

LETTERS = st.characters(categories=("Lu", "Ll"))
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=8).filter(lambda name: name != "s"), max_size=6)
"""Not the s of "Daans", which stays when Daan is left out."""
AROUND = st.text(st.characters(categories=("P", "Zs", "S")), min_size=1, max_size=3)


@given(text=st.text(max_size=80), names=NAMES)
def test_only_names_that_were_asked_for_are_found_and_they_stand_in_the_text(text: str, names: list[str]) -> None:
    found = names_in(text, names)

    assert set(found) <= set(names)
    assert all(name in text for name in found)
    assert len(set(found)) == len(found)


@given(before=st.text(max_size=30), after=st.text(max_size=30), around=AROUND, name=st.text(LETTERS, min_size=1))
def test_a_name_between_other_than_letters_is_found(before: str, after: str, around: str, name: str) -> None:
    assert names_in(f"{before} {around}{name}{around} {after}", [name]) == (name,)


@given(name=st.text(LETTERS, min_size=1), more=st.text(LETTERS, min_size=1), around=AROUND)
def test_a_part_of_a_longer_word_is_no_name(name: str, more: str, around: str) -> None:
    for word in (name + more if more != "s" else name + "ss", more + name):
        assert names_in(f"{around}{word}{around}", [name]) == ()


@given(text=st.text(max_size=80), names=NAMES)
def test_what_was_left_out_is_found_no_more(text: str, names: list[str]) -> None:
    assert names_in(without_names(text, names, "…"), names) == ()


@given(text=st.text(max_size=80), names=NAMES)
def test_the_order_of_the_names_does_not_matter(text: str, names: list[str]) -> None:
    assert names_in(text, names) == names_in(text, list(reversed(names)))
