"""How figures are said: Dutch numbers, singular and plural, and intervals that agree with the verdict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leercirkel.analysis.model import TierResult
from leercirkel.core.verdicts import judge_share
from leercirkel.documents.texts import texts_of

words = texts_of("nl")


def tier(reached: int, counted: int, target: float = 0.75) -> TierResult:
    j = judge_share(reached, counted, target)
    return TierResult("basis", "all", 20.0, target, counted, reached, j.share, j.low, j.high, j.goal_count,
                      j.reached_goal, j.verdict)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "said"), [(20.0, "20,0"), (4.55, "4,6"), (-3.04, "−3,0"), (-0.04, "0,0"), (None, "–"), (1234.5, "1234,5")]
)
def test_numbers_have_a_comma_and_one_decimal(value: float | None, said: str) -> None:
    assert words.number(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(4.2, "+4,2"), (-3.0, "−3,0"), (0.0, "0,0"), (0.04, "0,0"), (0.05, "+0,1")]
)
def test_differences_have_a_sign_unless_they_are_nothing(value: float, said: str) -> None:
    assert words.signed(value) == said


@pytest.mark.parametrize(("n", "said"), [(0, "0 leerlingen"), (1, "1 leerling"), (15, "15 leerlingen")])
def test_one_pupil_is_singular(n: int, said: str) -> None:
    assert words.pupils(n) == said


def test_dates_and_moments_are_said_in_words() -> None:
    assert words.day("2027-03-03") == "3 maart 2027"
    assert words.day("") == ""
    assert words.moment("2026-2027", "M") == "midden 2026-2027"


def test_from_twenty_pupils_the_interval_is_in_percentages() -> None:
    t = tier(62, 103)

    assert words.between(t.low, t.high, t.counted, t.verdict) == "52% en 68%"


def test_below_twenty_pupils_the_interval_is_in_pupils() -> None:
    t = tier(9, 14)

    assert words.between(t.low, t.high, t.counted, t.verdict) == "5 en 12"


@given(st.integers(10, 19), st.data(), st.sampled_from([0.25, 0.5, 0.75, 0.8, 0.9]))
def test_an_interval_in_pupils_agrees_with_the_verdict_and_the_goal(n: int, data: st.DataObject, target: float) -> None:
    t = tier(data.draw(st.integers(0, n)), n, target)
    assert t.low is not None
    assert t.high is not None
    assert t.goal_count is not None

    low, high = (int(end) for end in words.ends(t.low, t.high, n, t.verdict))

    assert 0 <= low <= t.reached <= high <= n
    if t.verdict == "below":
        assert high < t.goal_count
    elif t.verdict == "above":
        assert low >= t.goal_count
    else:
        assert low <= t.goal_count <= high


def test_the_goal_sentence_holds_every_figure_and_agrees_in_number() -> None:
    assert words.goal_sentence(tier(6, 15)) == (
        "6 van de 15 leerlingen haalden het doel; ons doel was 12: doel niet gehaald. Waarschijnlijk tussen 4 en 9; "
        "norm 75%: duidelijk onder de norm."
    )
    assert words.goal_sentence(tier(1, 10)).startswith("1 van de 10 leerlingen haalde het doel")


def test_a_small_group_gets_no_verdict_in_its_sentence() -> None:
    said = words.goal_sentence(tier(7, 9))

    assert "te klein" in said
    assert "tussen" not in said


def test_a_name_is_one_line_and_never_empty() -> None:
    assert words.name("  de\n Uilen\t") == "de Uilen"
    assert words.name(" \x00 ") == "zonder naam"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("PRO", "praktijkonderwijs"),
        ("VMBO_BB", "vmbo-basis"),
        ("VSO_ARBEID", "vso-arbeid"),
        ("VSO_DAGBESTEDING_ARBEIDSMATIG", "vso-dagbesteding (arbeidsmatig)"),
    ],
)
def test_a_destination_is_written_with_a_hyphen_and_without_a_comma(code: str, said: str) -> None:
    assert words.destination(code) == said


def test_a_negative_number_has_a_real_minus() -> None:
    assert (words.plain(-1.0), words.number(-1.0, 0), words.number(-1.0)) == ("−1", "−1", "−1,0")
