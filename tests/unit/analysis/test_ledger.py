"""What was learned is told to a team in lines and to a board in counts, and never points at one teacher."""

from __future__ import annotations

from leercirkel.analysis.ledger import LedgerLine, explanation_counts, for_team, found, measure_counts


def line(groups: str = "a", codes: tuple[str, ...] = (), **more: object) -> LedgerLine:
    return LedgerLine(2026, "M", "rekenen", "Zes van de 14.", frozenset(groups), codes, **more)  # type: ignore[arg-type]


def test_what_points_at_a_teacher_stands_in_no_line_about_one_group() -> None:
    one, several = for_team([line("a", ("teacher_change", "weeks_short")), line("abcde", ("teacher_change",))])

    assert {one.codes, several.codes} == {("weeks_short",), ("teacher_change",)}


def test_an_explanation_is_counted_from_five_groups_on() -> None:
    four = [line(group, ("feedback_short",)) for group in "abcd"]

    assert explanation_counts(four) == ()
    assert explanation_counts([*four, line("d", ("feedback_short",))]) == ()
    assert [(c.code, c.groups) for c in explanation_counts([*four, line("e", ("feedback_short",))])] == [
        ("feedback_short", 5)
    ]


def test_an_intervention_for_several_findings_brought_its_effect_once() -> None:
    lines = [
        line("a", key="1", measure="regrouping", took_part=frozenset("abc"), verdict="more"),
        line("b", key="1", measure="regrouping", took_part=frozenset("abc"), verdict="more"),
        line("c", key="2", measure="regrouping", took_part=frozenset("de"), verdict="undecided"),
    ]

    (count,) = measure_counts(lines)

    assert (count.groups, count.more, count.undecided, count.less) == (5, 1, 1, 0)


def test_interventions_of_fewer_than_five_groups_are_not_counted() -> None:
    assert measure_counts([line(key="1", measure="regrouping", took_part=frozenset("abcd"), verdict="more")]) == ()


def test_every_word_must_occur_somewhere_whatever_its_accents() -> None:
    lines = [line(codes=("automation_short",), intervention="Elke dag één minuut"), line(intervention="Lezen")]

    assert found(lines, "automatiseren een") == (lines[0],)
    assert found(lines, "dag lezen") == ()
    assert found(lines, "") == tuple(lines)


def test_the_newest_come_first() -> None:
    old, end = LedgerLine(2025, "E", "rekenen"), LedgerLine(2026, "E", "rekenen")
    begun = LedgerLine(2026, "B", "")

    assert for_team([old, begun, line(), end]) == (end, line(), begun, old)
