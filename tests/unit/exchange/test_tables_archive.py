from __future__ import annotations

import io
import zipfile

import pytest

from leercirkel.exchange.tables.archive import packed, part_of

LARGE = bytes(range(256)) * 20_000
CONTENTS = {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/blad é.xml": LARGE, "xl/leeg.xml": b""}


def archive(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, content in CONTENTS.items():
            target.writestr(name, content)
    return buffer.getvalue()


def entries(data: bytes) -> list[zipfile.ZipInfo]:
    return zipfile.ZipFile(io.BytesIO(data)).infolist()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_new_archive_holds_the_same_parts(method: int) -> None:
    data = archive(method)

    made = zipfile.ZipFile(io.BytesIO(packed({e.filename: part_of(data, e) for e in entries(data)})))

    assert made.testzip() is None
    assert {name: made.read(name) for name in made.namelist()} == CONTENTS


def test_a_large_part_is_taken_over_compressed() -> None:
    data = archive(zipfile.ZIP_DEFLATED)

    made = packed({e.filename: part_of(data, e) for e in entries(data)})

    assert len(made) < len(LARGE) / 10


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize(("field", "by"), [("file_size", -1), ("file_size", 1), ("compress_size", -9), ("CRC", -1)])
def test_a_part_that_is_not_what_the_directory_says_is_refused(method: int, field: str, by: int) -> None:
    data = archive(method)
    entry = entries(data)[1]
    setattr(entry, field, getattr(entry, field) + by)

    with pytest.raises(zipfile.BadZipFile):
        part_of(data, entry)


def test_an_entry_that_points_at_no_part_is_refused() -> None:
    data = archive(zipfile.ZIP_DEFLATED)
    entry = entries(data)[0]
    entry.header_offset = len(data) - 10

    with pytest.raises(zipfile.BadZipFile):
        part_of(data, entry)
