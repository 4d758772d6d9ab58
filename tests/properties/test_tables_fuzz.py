"""No input raises, hangs or is read without a word: bytes, mutated CSV, mutated workbooks, mutated mappings."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.result_tables import GOOD, HEADER, SHEET, csv, row, tampered, xlsx

from leercirkel.analysis.frames import RESULTS, checked
from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.tables import reader, text
from leercirkel.exchange.tables.cells import DEFAULT_LIMITS
from leercirkel.exchange.tables.guess import guess
from leercirkel.exchange.tables.headers import FIELDS, RESULT_FIELDS, TEST_FIELDS
from leercirkel.exchange.tables.mapping import DATE_FORMATS, Mapping, WideColumn, mapping_to_toml, read_mapping
from leercirkel.exchange.tables.matching import match
from leercirkel.exchange.tables.parse import TABLE

QUICK = settings(deadline=20_000, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
CSV = csv(row(), row(vak="BL", reden_niet_gemaakt="ziek", vaardigheidsscore="", niveau="", dle=""), row(dle=">60"))
BOOK = xlsx(
    [HEADER.split(";"), [GOOD.get(name, "") for name in HEADER.split(";")], ["7", None, None, date(2015, 1, 1)]]
)
PARTS = zipfile.ZipFile(io.BytesIO(BOOK)).namelist()
ROSTER = Roster(
    "99XX00", 2025, None, None, (), (Pupil("101", True, "Berg", "van den", "Jan", birth_date=date(2015, 4, 3)),)
)

WORDS = st.sampled_from([
    "", " ", "0", "-1", "101", "104,5", "1.234,5", "9" * 400, "1e999", "nan", ">60", "<", "II", "A", "E4", "Plus", "1F",
    "rekenen", "RW", "DMT", "AVI", "ziek", "M", "M6", "beheersing", "Frustratie",
    "M4 instructie, E4 beheersing", "20-01-2026", "2026-01-20", "31-02-2026", "01-01-0001", "99999",
    "2025-2026", "groep 7", '"', '""', "\n", ";", "\u0000", "\ufeff", "İ", "ß", "\U0001f600", "=1+1", "#101",
])  # fmt: skip
CELLS = st.one_of(WORDS, st.text(max_size=12))
HEADERS = st.one_of(
    st.sampled_from(HEADER.split(";")),
    st.sampled_from(
        [
            "Lln.nr",
            "Naam",
            "Vak",
            "Datum",
            "Score",
            "RW M6 VS",
            "DMT E4 2024-2025",
            "AVI M3",
            "AVI-kaart E4",
            "bl e5 niveau",
        ]
    ),
    CELLS,
)


def sound(data: bytes, mapping: Mapping | None = None) -> None:
    """The promises of the reader: a whole frame or one error at least, every problem complete, nothing raised."""
    table, problems = reader.read(data, "f", mapping)
    if table is None:
        assert any(p.severity == "error" for p in problems)
    else:
        assert dict(table.frame.schema) == TABLE
        assert table.frame["row"].null_count() == 0
        frame, _ = match([table], [ROSTER])
        checked(frame, RESULTS)
    for problem in problems:
        assert problem.message
        assert problem.advice
        assert problem.file == "f"
        assert len(problem.value or "") <= 60
    made, told = guess(data, "f")
    assert told
    assert read_mapping(mapping_to_toml(made).encode(), "m")[0] in (made, None)


def mutated(base: bytes) -> st.SearchStrategy[bytes]:
    """The file with a few runs of bytes replaced, doubled or cut."""
    edit = st.tuples(
        st.integers(0, len(base)), st.integers(0, 40), st.one_of(st.binary(max_size=8), WORDS.map(str.encode))
    )

    def apply(edits: list[tuple[int, int, bytes]]) -> bytes:
        data = base
        for at, length, new in edits:
            data = data[:at] + new + data[at + length :]
        return data

    return st.lists(edit, min_size=1, max_size=6).map(apply)


@QUICK
@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    sound(data)


@QUICK
@given(mutated(CSV))
def test_no_mutated_csv_raises(data: bytes) -> None:
    sound(data)


@QUICK
@given(
    st.lists(HEADERS, min_size=1, max_size=10),
    st.lists(st.lists(CELLS, max_size=11), max_size=6),
    st.sampled_from(";,\t"),
)
def test_no_table_of_words_raises(header: list[str], rows: list[list[str]], delimiter: str) -> None:
    lines = [delimiter.join(header), *(delimiter.join(cells) for cells in rows)]
    sound("\n".join(lines).encode("utf-8", "surrogatepass"))


@QUICK
@given(mutated(BOOK))
def test_no_mutated_archive_raises(data: bytes) -> None:
    sound(data)


@QUICK
@given(st.data())
def test_no_workbook_with_a_mutated_part_raises(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from([SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", *PARTS]))
    content = zipfile.ZipFile(io.BytesIO(BOOK)).read(part)
    new = data.draw(mutated(content))

    sound(tampered(BOOK, lambda name, old: new if name == part else old))


TEXTS = st.one_of(HEADERS, st.text(max_size=8))
MAPPINGS = st.builds(
    Mapping,
    columns=st.dictionaries(st.sampled_from(FIELDS), HEADERS, max_size=6),
    constants=st.dictionaries(st.sampled_from(FIELDS), CELLS, max_size=4),
    values=st.dictionaries(st.sampled_from(FIELDS), st.dictionaries(CELLS, CELLS, max_size=3), max_size=3),
    date_format=st.sampled_from([None, *DATE_FORMATS]),
    decimal=st.sampled_from([None, ",", "."]),
    wide=st.lists(
        st.builds(WideColumn, HEADERS, st.sampled_from(RESULT_FIELDS),
                  st.dictionaries(st.sampled_from(TEST_FIELDS), CELLS, max_size=3)),
        max_size=4,
    ).map(tuple),
)  # fmt: skip


@QUICK
@given(MAPPINGS, st.sampled_from([CSV, BOOK]))
def test_no_mapping_makes_the_reader_raise(mapping: Mapping, data: bytes) -> None:
    sound(data, mapping)


@QUICK
@given(MAPPINGS)
def test_every_mapping_that_is_accepted_comes_back_unchanged(mapping: Mapping) -> None:
    made, problems = read_mapping(mapping_to_toml(mapping).encode(), "m")

    assert made == mapping or any(p.severity == "error" for p in problems)


@QUICK
@given(st.one_of(st.binary(max_size=200), mutated(mapping_to_toml(Mapping(
    {"pupil_key": "a", "score": "b"}, {"subject": "rekenen"}, {"subject": {"x": "y"}}, "dd-mm-jjjj", ",",
    (WideColumn("c", "level", {"moment": "M"}),),
)).encode())))  # fmt: skip
def test_no_mapping_file_raises(data: bytes) -> None:
    made, problems = read_mapping(data, "m")

    assert made is not None or any(p.severity == "error" for p in problems)


@QUICK
@given(st.lists(st.lists(st.text("ab é'.<", max_size=4), min_size=2, max_size=4), min_size=1, max_size=8))
def test_quotes_make_no_difference_to_what_is_read(rows: list[list[str]]) -> None:
    plain = "\n".join(";".join(cells) for cells in rows)
    quoted = "\n".join(";".join(f'"{cell}"' for cell in cells) for cells in rows)

    def cells_of(content: str) -> list[tuple[Any, ...]]:
        cells, _ = text.read_text(content.encode(), "f", DEFAULT_LIMITS)
        assert cells is not None
        return cells.frame.with_columns(pl.all().fill_null("")).rows()

    one, other = cells_of(plain), cells_of(quoted)
    assert one == other[: len(one)]
    assert all(not any(cells) for cells in other[len(one) :])


@QUICK
@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.sampled_from(["%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y%m%d"]))
def test_every_plausible_day_is_read_back(day: date, form: str) -> None:
    table, _ = reader.read(csv(row(geboortedatum="", afnamedatum=day.strftime(form), moment="")), "f")

    assert table is not None
    assert table.frame["taken_on"].to_list() == [day]


@QUICK
@given(st.floats(0, 1999, allow_nan=False), st.sampled_from(",."))
def test_every_plausible_score_is_read_back(score: float, sign: str) -> None:
    written = f"{score:.2f}".replace(".", sign)

    table, _ = reader.read(csv(row(vaardigheidsscore=written)), "f")

    assert table is not None
    assert table.frame["score"].to_list() == [float(f"{score:.2f}")]
