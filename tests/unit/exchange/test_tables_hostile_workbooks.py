from __future__ import annotations

import io
import re
import struct
import zipfile
from datetime import date

import pytest
from tests.support.result_tables import SHEET, refused, swapped, tampered, xlsx

from leercirkel.exchange.tables import reader
from leercirkel.exchange.tables.cells import Limits

NAMES = ["leerlingnummer", "achternaam", "vak", "afnamedatum", "vaardigheidsscore"]
ROWS: list[list[object]] = [[*NAMES], *([str(i), "Berg", "rekenen", date(2026, 1, 20), 90 + i] for i in range(1, 11))]
BOOK = xlsx(ROWS)
SPACES = b" " * 300_000_000


def unchanged(_name: str, content: bytes) -> bytes:
    return content


def with_far_cell(reference: bytes) -> bytes:
    row = re.sub(rb"[^0-9]", b"", reference)
    cell = b'<row r="' + row + b'"><c r="' + reference + b'"><v>1</v></c></row></sheetData>'
    return swapped(BOOK, b"</sheetData>", cell)


def test_the_untampered_workbook_is_read() -> None:
    table, problems = reader.read(tampered(BOOK, unchanged), "toets.xlsx")

    assert problems == []
    assert table is not None
    assert table.frame.height == 10


@pytest.mark.parametrize(
    "reference", [b"XFD1048576", b"XFD2", b"xfd2", b"AA1048576", b"A99999999999999999", b"ABCDEFG1"]
)
def test_a_cell_in_a_far_corner_does_not_cost_the_table_in_between(reference: bytes) -> None:
    assert refused(with_far_cell(reference), "toets.xlsx").code in ("too-many-cells", "too-many-columns")


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_a_doctype_in_any_part_is_refused(part: str) -> None:
    root = {SHEET: b"<worksheet", "xl/workbook.xml": b"<workbook", "xl/sharedStrings.xml": b"<sst"}[part]
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>' + root

    assert refused(swapped(BOOK, root, evil, part), "toets.xlsx").code == "xml-doctype"


def test_a_part_in_utf16_cannot_hide_a_doctype() -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.decode().encode("utf-16") if name == SHEET else content

    assert refused(tampered(BOOK, change), "toets.xlsx").code == "xml-doctype"


def test_a_zip_bomb_is_refused_on_its_directory() -> None:
    assert refused(tampered(BOOK, unchanged, xl__worksheets__sheet9=SPACES), "toets.xlsx").code == "zip-bomb"


def test_a_directory_that_lies_about_sizes_does_not_get_more_unpacked() -> None:
    data = bytearray(tampered(BOOK, unchanged, **{"xl__worksheets__sheet9.xml": SPACES}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)

    assert refused(bytes(data), "toets.xlsx").code == "workbook-damaged"


def test_a_check_sum_that_does_not_fit_is_damage() -> None:
    data = bytearray(BOOK)
    for header, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        found = data.index(header) + at
        data[found] ^= 0xFF

    assert refused(bytes(data), "toets.xlsx").code == "workbook-damaged"


def test_parts_that_lie_over_each_other_are_refused() -> None:
    directory = [m.start() for m in re.finditer(b"PK\x01\x02", BOOK)]
    data = bytearray(BOOK)
    for at in directory:
        data[at + 20 : at + 24] = struct.pack("<I", len(BOOK) - 1_000)

    assert refused(bytes(data), "toets.xlsx").code == "workbook-damaged"


def test_a_name_before_the_part_that_differs_from_the_directory_is_damage() -> None:
    data = BOOK.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet2.xml", 1)

    assert refused(data, "toets.xlsx").code == "workbook-damaged"


def test_thousands_of_parts_are_refused() -> None:
    data = tampered(BOOK, unchanged, **{f"deel{i}.xml": b"" for i in range(2_001)})

    assert refused(data, "toets.xlsx").code == "zip-bomb"


def test_two_parts_of_one_name_are_refused() -> None:
    data = tampered(BOOK, unchanged, **{"XL__workbook.xml": b"<workbook/>"})

    assert refused(data, "toets.xlsx").code == "workbook-damaged"


def test_one_long_text_in_every_cell_is_refused() -> None:
    strings = re.findall(rb"<si><t>(.*?)</t></si>", zipfile.ZipFile(io.BytesIO(BOOK)).read("xl/sharedStrings.xml"))
    row = b"<row>" + b'<c t="s"><v>%d</v></c>' % strings.index(b"rekenen") * 20 + b"</row>"
    data = swapped(BOOK, b"<t>rekenen</t>", b"<t>" + b"x" * 32_000 + b"</t>", "xl/sharedStrings.xml")

    assert refused(swapped(data, b"</sheetData>", row * 2_000 + b"</sheetData>"), "toets.xlsx").code == "too-much-text"


def test_a_cell_of_a_million_characters_is_an_error_in_its_row_only() -> None:
    data = swapped(BOOK, b"<t>Berg</t>", b"<t>" + b"x" * 1_000_000 + b"</t>", "xl/sharedStrings.xml")
    data = swapped(data, b'<c r="B2" t="s"><v>6</v></c>', b'<c r="B2" t="inlineStr"><is><t>Berg</t></is></c>')

    table, problems = reader.read(data, "toets.xlsx")

    assert table is not None
    assert table.frame["row"].to_list() == [2]
    assert [(p.code, p.row) for p in problems] == [("cell-too-long", row) for row in range(3, 12)]


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook_is_refused(share: float) -> None:
    assert refused(BOOK[: int(len(BOOK) * share)], "toets.xlsx").code == "workbook-damaged"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b't="s"><v>0</v>', b't="s"><v>99999999</v>'), (b'r="A2"', b'r="2A"'), (b'r="A2"', b'r="A0"'),
        (b"<sheetData>", b"<sheetDat"), (b"</worksheet>", b""), (b't="s"', b't="s" t="s"'),
    ],
)  # fmt: skip
def test_damage_inside_a_sheet_never_raises(old: bytes, new: bytes) -> None:
    table, problems = reader.read(swapped(BOOK, old, new), "toets.xlsx")

    assert table is not None or [p.severity for p in problems] == ["error"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04" + b"\x00" * 40, "workbook-damaged"),
    ],
)
def test_files_that_only_look_like_a_workbook_are_named_for_what_they_are(data: bytes, code: str) -> None:
    assert refused(data, "toets.xlsx").code == code


def test_a_zip_without_sheets_is_no_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("foto.jpg", b"x")

    assert refused(buffer.getvalue(), "toets.xlsx").code == "no-workbook"


def test_a_workbook_is_known_by_its_bytes_and_not_by_its_name() -> None:
    table, _ = reader.read(BOOK, "toets.csv")

    assert table is not None


def test_an_empty_workbook_is_refused() -> None:
    assert refused(xlsx([]), "toets.xlsx").code == "file-empty"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(unpacked=1_000), "zip-bomb"), (Limits(parts=3), "zip-bomb"), (Limits(columns=4), "too-many-columns"),
        (Limits(cells=20), "too-many-cells"), (Limits(file=1_000), "file-too-large"),
    ],
)  # fmt: skip
def test_every_limit_can_be_set(limits: Limits, code: str) -> None:
    table, problems = reader.read(BOOK, "toets.xlsx", limits=limits)

    assert (table, [p.code for p in problems]) == (None, [code])


@pytest.mark.parametrize("rows", [2, 3_000, 30_000])
def test_a_far_cell_is_found_behind_any_number_of_rows(rows: int) -> None:
    row = b'<row><c t="inlineStr"><is><t>' + "é".encode() * 40 + b"</t></is></c></row>"
    far = b'<row r="99"><c r="XFD99"><v>1</v></c></row>'

    data = swapped(BOOK, b"</sheetData>", row * rows + far + row * rows + b"</sheetData>")

    table, problems = reader.read(data, "toets.xlsx", limits=Limits(ratio=10_000))

    assert (table, [p.code for p in problems]) == (None, ["too-many-columns"])


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="60000000"><c><v>1</v></c></row>',
        b"<row r = '60000000' ><c/></row>",
        b'<row x=">" r="60000000"><c t="n"><v>1</v></c></row>',
        b'<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="60000000"><x:c/></x:row>',
        b'<row r="1000000"><c/>' + b"<c/>" * 900 + b"</row>",
        b'<row r="1000000"><c/>' + b"<!-- <row> --><c/>" * 900 + b"</row>",
    ],
)
def test_cells_without_a_reference_cannot_make_a_table_of_billions(row: bytes) -> None:
    assert refused(swapped(BOOK, b"</sheetData>", row + b"</sheetData>"), "toets.xlsx").code == "too-many-cells"


def test_cells_without_a_reference_in_a_common_sheet_are_read() -> None:
    table, problems = reader.read(swapped(BOOK, b' r="A2"', b""), "toets.xlsx")

    assert problems == []
    assert table is not None
    assert table.frame.height == 10
