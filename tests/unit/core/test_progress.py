"""How far a round is: who took a test, who has a reason, and who is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from leercirkel.core.expected import CalendarTest
from leercirkel.core.progress import AHEAD, OPEN, OVER, Cell, Sat, Seat, progress, total

M, WINDOW = "M", ((1, 15), (2, 15))
REKENEN = CalendarTest("rekenen", "Demo", M, (5, 6), None, WINDOW)
FIRST, LAST = date(2026, 8, 1), date(2027, 7, 31)


def seat(pupil: int, group: int = 1, grade: int | None = 5) -> Seat:
    return Seat(pupil, group, grade, FIRST, LAST)


def sat(pupil: int, not_taken: str = "") -> Sat:
    return Sat(pupil, M, "rekenen", "Demo", not_taken)


def only(*cells: Cell) -> Cell:
    (cell,) = cells
    return cell


def test_everyone_is_in_one_of_three_lists_and_together_they_are_who_was_expected() -> None:
    seats = [seat(number) for number in (4, 3, 2, 1)]

    cell = only(*progress([REKENEN], seats, [sat(3), sat(2, "ill"), sat(9)], 2026))

    assert (cell.taken, dict(cell.reasons), cell.waiting) == ((3,), {"ill": (2,)}, (4, 1))
    assert (cell.expected, total([cell])) == (4, total([cell]))
    assert total([cell]).waiting == 2


def test_a_result_goes_before_a_reason_whichever_came_first() -> None:
    for told in ([sat(1, "ill"), sat(1)], [sat(1), sat(1, "ill")]):
        assert only(*progress([REKENEN], [seat(1)], told, 2026)).taken == (1,)


def test_of_two_reasons_the_last_holds_and_an_unknown_one_is_other() -> None:
    told = [sat(1, "ill"), sat(1, "exempt"), sat(2, "zomaar")]

    cell = only(*progress([REKENEN], [seat(1), seat(2)], told, 2026))

    assert dict(cell.reasons) == {"exempt": (1,), "other": (2,)}


def test_who_is_of_another_grade_or_left_before_the_window_is_not_waited_for() -> None:
    gone = replace(seat(2), last=date(2027, 1, 14))
    came = replace(seat(3), first=date(2027, 2, 15))

    cell = only(*progress([REKENEN], [seat(1, grade=7), gone, came], [], 2026))

    assert cell.waiting == (3,)


def test_who_changed_groups_within_the_window_counts_in_the_last_one() -> None:
    seats = [replace(seat(1), last=date(2027, 1, 31)), replace(seat(1, group=2), first=date(2027, 2, 1))]

    assert only(*progress([REKENEN], seats, [], 2026)).group == 2


def test_a_test_that_was_agreed_for_a_pupil_is_expected_whatever_the_grade() -> None:
    cell = only(*progress([REKENEN], [seat(1, grade=8)], [], 2026, own=[(1, (M, "rekenen", "Demo"))]))

    assert cell.waiting == (1,)


def test_who_is_done_with_a_test_is_left_out_unless_there_is_a_result() -> None:
    done = {(1, "rekenen", "Demo"), (2, "rekenen", "Demo")}

    cell = only(*progress([REKENEN], [seat(1), seat(2)], [sat(2)], 2026, done_with=done))

    assert (cell.taken, cell.waiting) == ((2,), ())


def test_didactic_age_counts_on_the_first_day_of_the_window() -> None:
    test = replace(REKENEN, grades=None, didactic_age=(25, 25))
    seats = [replace(seat(1, grade=None), first_year_in_group3=2024), seat(2, grade=None)]

    assert only(*progress([test], seats, [], 2026)).waiting == (1,)


def test_a_window_is_ahead_until_its_first_day_and_over_after_its_last() -> None:
    cell = only(*progress([REKENEN], [seat(1)], [], 2026))

    days = [date(2027, 1, 14), date(2027, 1, 15), date(2027, 2, 15), date(2027, 2, 16)]
    assert [cell.phase(day) for day in days] == [AHEAD, OPEN, OPEN, OVER]


def test_two_lines_for_the_same_test_are_one_cell_with_the_widest_window() -> None:
    later = replace(REKENEN, grades=(7,), window=((2, 1), (2, 28)))

    cell = only(*progress([REKENEN, later], [seat(1), seat(2, grade=7)], [], 2026))

    assert cell.waiting == (1, 2)
    assert cell.window == (date(2027, 1, 15), date(2027, 2, 28))
