"""The lists a team chooses from: explanations, support and lesson points."""

from __future__ import annotations

from leercirkel.core.explanations import EXPLANATIONS, only_of_pupils
from leercirkel.core.support import LESSON_POINTS, SCHOOL_MEASURES, SUPPORT


def test_there_are_twenty_explanations_and_those_of_the_pupils_come_last() -> None:
    of_pupils = [one.of_pupils for one in EXPLANATIONS.values()]

    assert len(EXPLANATIONS) == 20
    assert of_pupils == sorted(of_pupils)


def test_every_choice_is_said_in_two_languages_and_once() -> None:
    for texts in ([(e.text, e.text_en) for e in EXPLANATIONS.values()], *(list(d.values()) for d in LISTS)):
        assert all(nl and en for nl, en in texts)
        assert len({nl for nl, _en in texts}) == len(texts)


LISTS = (SUPPORT, SCHOOL_MEASURES, LESSON_POINTS)


def test_only_features_of_pupils_asks_for_what_the_school_can_do() -> None:
    assert only_of_pupils(("pupils_off_task", "many_with_support"), False)
    assert not only_of_pupils(("pupils_off_task", "weeks_short"), False)
    assert not only_of_pupils(("pupils_off_task",), True)
    assert not only_of_pupils((), False)
