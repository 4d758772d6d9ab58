"""Looking back on a plan: what is counted, and how it is said."""

from __future__ import annotations

from leercirkel.analysis.look_back import (
    GoalOutcome,
    LookBack,
    NoteCount,
    Reached,
    is_met,
    mastered_of,
    moves,
    notes_in_short,
    sentences_of,
)

EMPTY = LookBack((), 0, 0, (), 0)


def goal(text: str, met: bool | None) -> GoalOutcome:
    return GoalOutcome(1, text, None, None, met, True)


def test_what_was_reached_is_told_in_goals_with_those_that_were_not() -> None:
    """G6 of the house's own words."""
    goals = (
        goal("a", True),
        goal("b", True),
        goal("c", True),
        goal("klokkijken op de minuut. We zien dat aan x.", False),
    )

    said = sentences_of(LookBack(goals, 0, 0, (), 0))

    assert said == ["Van de vier doelen zijn er drie gehaald.", "Niet gehaald: klokkijken op de minuut."]
    assert sentences_of(LookBack(goals, 0, 0, (), 0), listed=True) == ["Van de vier doelen zijn er drie gehaald."]
    assert sentences_of(LookBack(goals, 0, 0, (), 0), "en", listed=True) == ["Of the four goals, three were reached."]
    assert sentences_of(LookBack(goals, 0, 0, (), 0), "en") == [
        "Of the four goals, three were reached.",
        "Not reached: klokkijken op de minuut.",
    ]


def test_one_goal_and_none_reached_read_as_people_say_it() -> None:
    assert sentences_of(LookBack((goal("a", True),), 0, 0, (), 0)) == ["Het doel is gehaald."]
    assert sentences_of(LookBack((goal("a", False),), 0, 0, (), 0)) == ["Het doel is niet gehaald: a."]
    assert sentences_of(LookBack((goal("a", True), goal("b", None)), 0, 0, (), 0))[0] == "Eén doel is gehaald."
    assert sentences_of(LookBack((goal("a", False), goal("b", False)), 0, 0, (), 0))[0] == (
        "Van de twee doelen zijn er geen gehaald."
    )


def test_a_goal_that_nobody_knows_of_is_not_counted_but_told() -> None:
    said = sentences_of(LookBack((goal("a", True), goal("b", True), goal("c", None)), 0, 0, (), 0))

    assert said == ["Van de twee doelen zijn er twee gehaald.", "Van één doel weten we het nog niet."]


def test_without_anything_nothing_is_said() -> None:
    assert sentences_of(EMPTY) == []
    assert sentences_of(EMPTY, "en") == []


def test_moves_count_who_is_in_both_plans() -> None:
    """Pupil 1 goes up, 2 and 3 go down, 4 stays, 5 came, 6 left."""
    assert moves({1: 2, 2: 0, 3: 1, 4: 1, 6: 0}, {1: 1, 2: 1, 3: 2, 4: 1, 5: 0}) == (1, 2)


def test_notes_are_counted_by_phrase_and_own_words_are_only_a_number() -> None:
    notes = [
        (1, "werkte goed door"),
        (1, "werkte goed door"),
        (2, "werkte goed door"),
        (2, "vroeg hulp"),
        (3, "Noor …"),
    ]

    counts, own = notes_in_short(notes, ["werkte goed door", "vroeg hulp", "was moe"])

    assert counts == (NoteCount("werkte goed door", 3, 2), NoteCount("vroeg hulp", 1, 1))
    assert own == 1
    said = sentences_of(LookBack((), 1, 2, counts, own))
    assert said == [
        "Eén leerling ging naar een aanbod met meer uitdaging en twee leerlingen gingen naar een aanbod met meer "
        "instructie.",
        "Genoteerd: werkte goed door (3 keer, bij twee leerlingen); vroeg hulp (1 keer, bij één leerling).",
        "Eén notitie in eigen woorden.",
    ]


def test_of_fewer_pupils_the_same_part_is_asked() -> None:
    """6 of 8 is 5.25 of 7, so 6; and 3 of 4."""
    assert is_met(6, 7, 6, 8) is True
    assert is_met(5, 7, 6, 8) is False
    assert is_met(3, 4, 6, 8) is True
    assert is_met(8, 10, 6, 8) is True
    assert is_met(5, 10, 6, 8) is False


def test_without_a_result_or_a_number_nobody_knows() -> None:
    assert is_met(None, None, 6, 8) is None
    assert is_met(0, 0, 6, 8) is None
    assert is_met(3, 4, None, None) is None


def test_mastery_goes_by_the_goals_of_method_tests_that_the_text_names_and_the_last_time() -> None:
    """Pupil 1 has it the second time; pupil 2 lacks one of both goals."""
    rows = [(1, "tafel van 2", 60.0), (1, "tafel van 2", 85.0), (2, "tafel van 2", 90.0), (2, "Tafel van 5", 70.0)]
    text = "Deze leerlingen kennen de tafel van 2 en de tafel van 5."

    assert mastered_of(text, [*rows, (3, "klokkijken", 10.0)], 80) == Reached(1, 2)
    assert mastered_of("lezen", rows, 80) is None


def test_what_is_kept_reads_back_the_same() -> None:
    back = LookBack((goal("a", None),), 1, 0, (NoteCount("was moe", 2, 1),), 3)

    assert LookBack.read(back.written()) == back
    assert LookBack.read({}) == EMPTY
