from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.duo_files import (
    ADVICES,
    IDENTITY,
    advices,
    api,
    levels,
    ods,
    scores_2018,
    scores_2023,
    who,
    workbook,
)

from leercirkel.exchange.duo.reader import read
from leercirkel.exchange.duo.values import repaired

SOUND = (
    advices(f"{who()};0;<5;7;0;0;0;0;0;0;0;0;0", f"{who('99ZY')};0;1;7;0;0;0;0;0;0;0;0;0"),
    levels(f"{who()};<5;11;5;0;0;5;13;<5;5;12"),
    scores_2018(f"{who()};11;0;11;538,6;0; ;0; ;0; ;0; "),
    scores_2023(f"{who()};0;<5;NA;0;0;0;0;0;0;0;0;0;0"),
    api("INSTELLINGSCODE,VESTIGINGSCODE,TYPE_PO,PEILJAAR,ADVIES,AANTAL_LEERLINGEN", "99ZZ,00,BO,2024,9,12"),
    ods({"2024-2025": [["OVT", "schoolweging"], ["99ZZ|C1", 31.5]]}),
    workbook({"Tabel 1": [["School (BRIN vestiging)", "Achterstandsscore"], ["99ZZ00", 1]]}),
)
CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "<5", "NA", "0", "-1", "1e999", "nan", "inf", "9" * 40, "½", "\x00", '"', '""', ";", "\r"]
    ),
    st.text(max_size=8),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(SOUND)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data) - 1))
        what = draw(st.sampled_from(["set", "cut", "insert", "repeat"]))
        if what == "set":
            data[at] = draw(st.integers(0, 255))
        elif what == "cut":
            del data[at : at + draw(st.integers(1, 40))]
        elif what == "insert":
            data[at:at] = draw(st.binary(max_size=6))
        else:
            data[at:at] = data[at : at + 60]
        data = data or bytearray(b";")
    return bytes(data)


def _holds(data: bytes) -> None:
    made, problems = read(data, "bestand.csv", 2020)
    assert made is not None or any(problem.severity == "error" for problem in problems)
    for problem in problems:
        assert problem.message
        assert problem.advice
    if made is not None:
        for table in ("advices", "reference_levels", "pupils"):
            frame = made.tables.get(table)
            if frame is not None:
                assert frame.filter(frame["low"] > frame["high"]).is_empty()
                assert frame["low"].null_count() == frame["brin"].null_count() == 0


@settings(deadline=None, max_examples=150)
@given(damaged())
def test_a_damaged_file_is_read_or_told_and_never_raises(data: bytes) -> None:
    _holds(data)


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    _holds(data)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(CELLS, min_size=20, max_size=30), max_size=5))
def test_any_cells_under_the_right_columns_are_read_or_told(rows: list[list[str]]) -> None:
    head = f"PEILDATUM_LEERLINGEN;PRIKDATUM;{IDENTITY};{ADVICES}"
    _holds("\n".join([head, *(";".join(row) for row in rows)]).encode("utf-8", "replace"))


@given(st.text(max_size=20))
def test_repairing_a_name_never_raises_and_leaves_plain_text_alone(name: str) -> None:
    again, flag = repaired(name)

    assert (again == name) or flag == "name_repaired"
    if name.isascii():
        assert (again, flag) == (name, "")
