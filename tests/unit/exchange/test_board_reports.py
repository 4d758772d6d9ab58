"""Earlier reports for the board are read back exactly, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.boards import classes, published
from tests.support.sample_report import sample_report

from leercirkel.documents.json_report import to_json
from leercirkel.exchange.board_reports import read

BOARD = replace(sample_report(groups=3, years=2), audience="board")
DATA = to_json(BOARD)


def changed(**values: Any) -> bytes:
    return json.dumps(json.loads(DATA) | values).encode()


def test_what_was_told_comes_back_exactly() -> None:
    report = classes({"Groep 5": (5, 14), "Groep 6": (6, 12), "Groep 7": (7, 3)}).for_board()
    assert report is not None

    assert read(to_json(report), "bord.json") == (published(report), [])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{}", "report-not-recognised"),
        (b"[]", "report-not-recognised"),
        (b"{", "json-malformed"),
        (b"", "file-empty"),
        (changed(schema="leercirkel/report/2"), "report-other-version"),
        (changed(schema="iets/anders"), "report-not-recognised"),
        (changed(audience="team"), "report-not-for-board"),
        (changed(overview=[{"group": "5"}]), "report-damaged"),
        (changed(overview=3), "report-damaged"),
        (changed(as_of=None), "report-damaged"),
    ],
)
def test_another_file_is_a_problem_with_what_to_do(data: bytes, code: str) -> None:
    told, problems = read(data, "bord.json")

    assert told is None
    assert [(p.severity, p.file) for p in problems] == [("error", "bord.json")]
    assert problems[0].code == code
    assert problems[0].advice


def test_a_report_of_another_school_is_a_problem() -> None:
    told, problems = read(DATA, "bord.json", "99ZZ00")

    assert told is None
    assert [(p.severity, p.code) for p in problems] == [("error", "report-other-school")]
    assert "andere school" in problems[0].message
    assert read(DATA, "bord.json", BOARD.school)[1] == []


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(DATA)), st.integers(0, 60))
def test_no_damage_gives_a_traceback(part: bytes, at: int, length: int) -> None:
    told, problems = read(DATA[:at] + part + DATA[at + length :], "bord.json")

    assert (told is None) == bool(problems)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["overview", "totals", "grade_trend", "growth", "learning_yield", "withheld", "interventions"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["group", "tiers", "points", "x"]), inner),
        max_leaves=6,
    ),
)
def test_no_value_in_the_place_of_a_list_gives_a_traceback(name: str, value: Any) -> None:
    told, problems = read(changed(**{name: value}), "bord.json")

    assert (told is None) == bool(problems)
