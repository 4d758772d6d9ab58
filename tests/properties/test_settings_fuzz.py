"""No bytes make a reader of the school's own files raise or hang, and every problem says what and what to do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leercirkel.exchange.calendar import reader as calendar
from leercirkel.exchange.growth_norms import reader as growth_norms
from leercirkel.exchange.interventions import reader as interventions
from leercirkel.exchange.marks import reader as marks
from leercirkel.exchange.marks.writer import write as write_marks
from leercirkel.exchange.normtables import reader as normtables
from leercirkel.exchange.normtables.writer import write as write_norms
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.exchange.registry import check, recognise
from leercirkel.exchange.standards import reader as standards

Reader = Callable[[bytes, str], tuple[Any, list[Problem]]]


def read_marks(data: bytes, name: str) -> tuple[Any, list[Problem]]:
    return marks.read(data, name, "99XX00")


KINDS = ["standard", "test", "holiday", "intervention", "agreement", "growth_norm"]
READERS: list[Reader] = [
    standards.read,
    calendar.read_all,
    normtables.read,
    read_marks,
    interventions.read,
    growth_norms.read,
]

# by name, so that a failing example can be read
LARGE = {"LONG": "9" * 4_000, "HEX": "0x" + "f" * 4_000}
VALUES = st.recursive(
    st.sampled_from(
        ["1", "-1", "0.75", "75", "nan", "inf", "true", "1e300", "LONG", "HEX", '""', "'basis'", "'M'",
         "'E4'", "'III'", "'1F'", "'rekenen'", "'dle'", "'avi'", "'level'", "'destination:PRO'", "'2025-2026'",
         "'02-30'", "'01-15'", "2025-01-01", "2026-01-01T10:00:00", "10:00:00", "{}", "[]",
         "'\\u0000'", "'''\n[[standard]]\n'''"]
    ).map(lambda word: LARGE.get(word, word)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: "[" + ", ".join(items) + "]"),
        st.lists(
            st.tuples(st.sampled_from(
                ["name", "threshold", "dl_factor", "target_share", "from", "until", "goal", "of"]), inner),
            max_size=4, unique_by=lambda pair: pair[0],
        ).map(lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}"),
    ),
    max_leaves=12,
)  # fmt: skip
KEYS = ["subject", "moment", "grades", "didactic_age", "dle", "quantity", "scope", "school_years", "instrument",
        "tiers", "window", "standard", "test", "x.y", "'a b'", "name", "from", "until", "weeks_planned", "weeks_given",
        "groups", "instruction_groups", "pupils", "selected", "observed", "school_year", "text", "done", "group",
        "carried_out_from", "to", "version", "pupils", "coefficients", "prior", "knots", "outer", "scores"]  # fmt: skip
LINES = st.one_of(
    st.tuples(st.sampled_from(KEYS), VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    st.sampled_from(
        [
            "[[standard]]",
            "[[growth_norm]]",
            "[[growth_norm.prior]]",
            "[[test]]",
            "[[intervention]]",
            "[[agreement]]",
            "[[standard.tiers]]",
            "[test.window]",
            "[standard]",
            "# regel",
            "",
        ]
    ),
)
TOML = st.lists(LINES, max_size=14).map("\n".join)
CELLS = st.one_of(
    st.sampled_from(["", "1", "5", "pupil", "level", "dle", "sem", "mean_sd", "V", "III", "-", "1,5", "2025-08-01",
                     "31-02-2025", "PRO", "ja", "basis/kader", "9" * 400, '"', "=1+1", "\u0000", "ë", "<5", ">60"]),
    st.text(max_size=12),
)  # fmt: skip
MARK_HEADER = "leerlingnummer;vanaf;tot;bestemming;zorg"
NORM_HEADER = ";".join(normtables.COLUMNS)


def checked(value: Any, problems: list[Problem]) -> None:
    assert value is not None or has_errors(problems) or problems, "nothing read and nothing said"
    for problem in problems:
        assert problem.message.strip()
        assert problem.advice.strip()
        assert problem.file == "bestand"
        assert problem.row is None or problem.row >= 1
        assert problem.value is None or len(problem.value) <= 60
        assert "\n" not in problem.message


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(reader: Reader, data: bytes) -> None:
    checked(*reader(data, "bestand"))


@settings(max_examples=300, deadline=None)
@given(text=TOML)
def test_any_settings_text_is_read_or_refused(text: str) -> None:
    for reader in (standards.read, calendar.read, interventions.read, growth_norms.read):
        value, problems = reader(text.encode("utf-8", "replace"), "bestand")
        if not problems:
            assert value is not None


@settings(max_examples=200, deadline=None)
@given(
    lines=st.lists(LINES, max_size=10),
    kind=st.sampled_from(KINDS),
)
def test_any_standard_or_test_is_read_or_refused(lines: list[str], kind: str) -> None:
    unique = {line.partition(" = ")[0]: line for line in lines if " = " in line}
    text = f"[[{kind}]]\n" + "\n".join(unique.values())
    readers = {
        "standard": standards.read, "test": calendar.read, "holiday": calendar.read_all,
        "growth_norm": growth_norms.read,
    }  # fmt: skip
    reader = readers.get(kind, interventions.read)

    checked(*reader(text.encode("utf-8", "replace"), "bestand"))


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=15), max_size=8), header=st.sampled_from([MARK_HEADER, NORM_HEADER, ""]))
def test_any_table_is_read_or_refused(rows: list[list[str]], header: str) -> None:
    data = "\n".join([header, *(";".join(row) for row in rows)]).encode("utf-8", "replace")

    for reader in (normtables.read, read_marks):
        checked(*reader(data, "bestand"))


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.tuples(st.sampled_from("123"), st.dates(), st.sampled_from(["", "PRO", "HAVO"]),
                               st.sampled_from(["", "ja", "nee"])), max_size=8))  # fmt: skip
def test_marks_never_hold_two_destinations_on_one_day_and_survive_writing(rows: list[tuple[Any, ...]]) -> None:
    lines = [f"{pupil};{day.isoformat()};;{destination};{care}" for pupil, day, destination, care in rows]

    frame, _ = read_marks("\n".join([MARK_HEADER, *lines]).encode(), "bestand")

    if frame is None:
        return
    for kind in ("destination", "care"):
        known = frame.drop_nulls(kind).sort("pupil", "from").rows(named=True)
        for one, two in pairwise(known):
            if one["pupil"] == two["pupil"] and one[kind] != two[kind]:
                assert one["until"] is not None
                assert one["until"] < two["from"]
    again, problems = read_marks(write_marks(frame), "bestand")
    assert problems == []
    assert again is not None
    assert again.rows() == frame.rows()


@settings(max_examples=100, deadline=None)
@given(bounds=st.lists(st.floats(-1000, 1000).map(lambda x: round(x, 4)), min_size=4, max_size=4, unique=True))
def test_norm_tables_survive_writing(bounds: list[float]) -> None:
    low = sorted(bounds)
    lines = [f"Demo;1;rekenen;pupil;5;M;I-V;level;{bound};{label};;;;x"
             for bound, label in zip(["", *low], ["V", "IV", "III", "II", "I"], strict=True)]  # fmt: skip

    tables, problems = normtables.read("\n".join([NORM_HEADER, *lines]).encode(), "bestand")

    assert problems == []
    assert tables is not None
    assert [row.lower_bound for row in tables[0].rows[1:]] == low
    assert normtables.read(write_norms(tables), "bestand") == (tables, [])


@given(
    data=st.binary(max_size=300), start=st.sampled_from([b"", b"<EDEX>", b"PK\x03\x04", b"[[standard]]\n", b"a;b\n"])
)
def test_any_file_is_recognised_and_checked(data: bytes, start: bytes) -> None:
    assert recognise(start + data, "bestand").reason
    for problem in check([(start + data, "bestand")]):
        assert problem.message.strip()


MARK_LINES = (b"\n1;2025-01-01;;PRO;", b"\n1;2025-01-01;;HAVO;")
NORM_LINE = b"\nD%d;1;rekenen;pupil;5;M;I-V;level;1;V;;;;x"
HOSTILE = {
    "dotted keys": b"a." * 200_000 + b"a = 1",
    "nested arrays": b"a = " + b"[" * 200_000,
    "nested tables": b"a = " + b"{b = " * 50_000,
    "many tables": b"[[standard]]\n" * 30_000,
    "many unknown fields": b"[[standard]]\n" + b"\n".join(b"f%d = 1" % n for n in range(30_000)),
    "many moments": b"[[standard]]\nmoment = [" + b'"M",' * 100_000 + b"]",
    "a long line": b"[[standard]]\nsubject = '" + b"x" * 400_000 + b"'",
    "brackets": b"[" * 400_000,
    "many lines": b"\n" * 400_000,
    "headers": MARK_HEADER.encode() + b";x" * 10_000,
    "many wrong marks": MARK_HEADER.encode() + b"\n1;1;1;1;1" * 20_000,
    "a long cell": MARK_HEADER.encode() + b"\n" + b"9" * 1_000_000 + b";2025-01-01;;PRO;",
    "one pupil": MARK_HEADER.encode() + b"".join(MARK_LINES) * 4_500,
    "a norm row": NORM_HEADER.encode() + (NORM_LINE % 1) * 20_000,
    "norm tables": NORM_HEADER.encode() + b"".join(NORM_LINE % n for n in range(9_000)),
    "unclosed tag": b"<EDEX " + b"<!" * 50_000,
}  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused(data: bytes) -> None:
    for reader in READERS:
        value, problems = reader(data, "bestand")
        checked(value, problems)
        assert has_errors(problems)
    assert check([(data, "bestand")])
