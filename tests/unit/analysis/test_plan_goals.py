"""Goals of a plan in children, and their sentences in Dutch and English."""

from __future__ import annotations

import pytest

from leercirkel.analysis.clustering import Tiers
from leercirkel.analysis.plan_facts import Asked
from leercirkel.analysis.plan_goals import (
    GoalCount,
    as_threshold,
    goal_of,
    sentence_of_groups,
    sentence_of_mastery,
    sentence_of_no_change,
    sentence_of_pupil_goal,
    sentence_of_step,
    sentence_of_test_goal,
    tier_for,
)


def _asked(*reached: bool | None, threshold: str | None = "20") -> list[Asked | None]:
    return [Asked("dle", threshold, one) for one in reached]


def test_a_goal_is_the_smallest_whole_number_of_children_that_reaches_the_share():
    goal = goal_of(_asked(True, True, True, True, False, False, False, None), 0.75)

    assert goal == GoalCount("dle", "20", 4, 6, 8, 1)


def test_a_goal_is_never_less_than_what_is_reached_already():
    goal = goal_of(_asked(True, True, True, True), 0.5)

    assert goal is not None
    assert goal.to_reach == 4


def test_without_a_norm_there_is_no_test_goal():
    assert goal_of([None, None], 0.75) is None


def test_the_sentence_says_it_in_children():
    goal = GoalCount("dle", "20", 4, 6, 8, 0)

    assert sentence_of_test_goal(goal, "basis", "rekenen", ("2026-2027", "E")) == (
        "Eind 2026-2027 halen minstens 6 van de 8 leerlingen van basis DLE 20 of hoger voor rekenen. Nu zijn dat er 4."
    )
    assert sentence_of_test_goal(goal, "", "arithmetic", ("2026-2027", "E"), "en") == (
        "At the end of 2026-2027, at least 6 of the 8 pupils reach DLE 20 or higher for arithmetic. Now it is 4."
    )


def test_an_arrangement_works_towards_the_tier_it_is_meant_for():
    tiers = Tiers("basis", ("hoog",), ("minimum",))

    assert [tier_for(place, 1, tiers) for place in range(4)] == ["hoog", "basis", "minimum", "minimum"]
    assert tier_for(3, 1, Tiers("basis")) == "basis"


def test_other_sentences():
    assert sentence_of_mastery("de tafels van 2, 5 en 10 uit het hoofd.", "80% goed op de bloktoets", 3) == (
        "Eind maart kunnen deze leerlingen de tafels van 2, 5 en 10 uit het hoofd. We zien dat aan 80% goed op de "
        "bloktoets."
    )
    assert sentence_of_step(["Mila", "Jaylin"], "lezen vier keer per week extra") == (
        "Elke leerling gaat minstens één AVI-niveau omhoog; Mila en Jaylin lezen vier keer per week extra."
    )
    assert sentence_of_groups(
        [("groep A", "rekenen tot 100"), ("groep B", "rekenen tot 1000")], ["pro", "basis", "kader"]
    ) == (
        "Twee instructies, drie tempo's: groep A werkt aan rekenen tot 100 en groep B werkt aan rekenen tot 1000; het "
        "tempo verschilt per lijn (pro, basis, kader)."
    )
    assert sentence_of_no_change("Noor gaat naar de basisgroep") == (
        "We gaan door met dit plan. Anders is alleen: Noor gaat naar de basisgroep."
    )
    assert sentence_of_no_change("") == "We gaan door met dit plan."


def test_one_pupil_is_not_told_as_one_of_one():
    goal = GoalCount("level", "III", 0, 1, 1, 0)

    assert sentence_of_test_goal(goal, "intensief", "spelling", ("2026-2027", "E")) == (
        "Eind 2026-2027 haalt de leerling van intensief minstens niveau III voor spelling. Nu nog niet."
    )


def test_looking_back_the_sentence_does_not_say_how_many_reached_it_when_it_was_made():
    many, one = GoalCount("dle", "20", 4, 6, 8, 0), GoalCount("level", "III", 0, 1, 1, 0)

    assert sentence_of_test_goal(many, "", "rekenen", ("2026-2027", "E"), now=False) == (
        "Eind 2026-2027 halen minstens 6 van de 8 leerlingen DLE 20 of hoger voor rekenen."
    )
    for goal in (many, one):
        assert "Now" not in sentence_of_test_goal(goal, "", "arithmetic", ("2026-2027", "E"), "en", now=False)
        assert "Nu" not in sentence_of_test_goal(goal, "", "rekenen", ("2026-2027", "E"), now=False)


def test_nobody_and_one_are_said_as_people_say_it():
    none, one = GoalCount("level", "III", 0, 3, 4, 0), GoalCount("level", "III", 1, 3, 4, 0)

    assert sentence_of_test_goal(none, "", "spelling", ("2026-2027", "E")).endswith("voor spelling. Nu nog niemand.")
    assert sentence_of_test_goal(one, "", "spelling", ("2026-2027", "E")).endswith("voor spelling. Nu is dat er één.")


def test_all_of_them_are_not_told_as_six_of_six():
    when = ("2026-2027", "E")
    six, four = GoalCount("dle", "20", 6, 6, 6, 0), GoalCount("dle", "20", 4, 6, 6, 0)

    assert sentence_of_test_goal(six, "basis", "rekenen", when) == (
        "Eind 2026-2027 halen alle 6 leerlingen van basis DLE 20 of hoger voor rekenen. Dat is nu al zo."
    )
    assert sentence_of_test_goal(four, "", "rekenen", when).endswith("Nu zijn dat er 4.")
    two = GoalCount("dle", "20", 0, 2, 2, 0)
    assert "halen beide leerlingen van basis DLE" in sentence_of_test_goal(two, "basis", "rekenen", when)
    assert sentence_of_test_goal(six, "", "arithmetic", when, "en") == (
        "At the end of 2026-2027, all 6 pupils reach DLE 20 or higher for arithmetic. It is so already."
    )


def test_a_goal_that_is_reached_already_says_so():
    goal = GoalCount("dle", "20", 7, 7, 8, 0)

    assert sentence_of_test_goal(goal, "", "rekenen", ("2026-2027", "E")).endswith("Nu zijn dat er al 7.")


@pytest.mark.parametrize(
    ("now", "to_reach", "of", "said"),
    [(4, 6, 8, "Bij de start waren dat er 4."), (1, 6, 8, "Bij de start was dat er één."),
     (0, 6, 8, "Bij de start nog niemand."), (6, 6, 6, "Dat was bij de start al zo."),
     (0, 1, 1, "Bij de start nog niet.")],
)  # fmt: skip
def test_a_fixed_plan_does_not_call_its_start_now(now: int, to_reach: int, of: int, said: str):
    goal = GoalCount("dle", "20", now, to_reach, of, 0)

    assert sentence_of_test_goal(goal, "", "rekenen", ("2026-2027", "E"), fixed=True).endswith(said)


def test_a_goal_of_one_pupil_names_the_pupil():
    when = ("2026-2027", "E")

    assert sentence_of_pupil_goal("Noor", "dle", "20.25", "rekenen", when) == (
        "Eind 2026-2027 haalt Noor DLE 21 of hoger voor rekenen."
    )
    assert sentence_of_pupil_goal("Noor", "level", "III", "spelling", when, "en") == (
        "At the end of 2026-2027, Noor reaches at least level III for spelling."
    )
    assert sentence_of_mastery("de tafel van 7", "80% goed", 1, name="Noor") == (
        "Eind januari kan Noor de tafel van 7. We zien dat aan 80% goed."
    )


@pytest.mark.parametrize(
    ("quantity", "typed", "kept"),
    [("dle", "DLE 20,5", "20.5"), ("score", " 101 ", "101"), ("level", "iii", "III"), ("level", "b", "B"),
     ("avi", "avi m4", "M4"), ("avi", "M9", None), ("reference", "1f", "1F"), ("score", "veel", None),
     ("score", "0", None), ("score", "nan", None), ("level", "VI", None), ("reference", "4F", None),
     ("oops", "1", None)],
)  # fmt: skip
def test_a_threshold_is_taken_as_standards_have_it_or_not_at_all(quantity: str, typed: str, kept: str | None):
    assert as_threshold(quantity, typed) == kept
