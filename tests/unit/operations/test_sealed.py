"""A sealed file is read back as it was written, or not at all."""

from __future__ import annotations

import io
import os
import struct
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leercirkel.operations import sealed
from leercirkel.operations.errors import OperationError

KEY = bytes(range(32))
HEAD = len(sealed.MAGIC) + 32 + 8


def written(path: Path, *pieces: bytes) -> bytes:
    with path.open("wb") as file:
        out = sealed.Writer(file, KEY)
        for piece in pieces:
            out.write(piece)
        out.close()
    return path.read_bytes()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    return b"".join(sealed.read(io.BytesIO(data), key))


@pytest.mark.parametrize("size", [0, 1, sealed.BLOCK - 1, sealed.BLOCK, sealed.BLOCK + 1, 3 * sealed.BLOCK])
def test_what_was_written_is_read(tmp_path: Path, size: int) -> None:
    contents = os.urandom(size)

    data = written(tmp_path / "f", contents[: size // 3], contents[size // 3 :])

    assert opened(data) == contents


def test_nothing_of_the_contents_stands_in_the_file_and_two_files_share_nothing(tmp_path: Path) -> None:
    contents = b"Sanne de Wit" * 1000

    one, other = written(tmp_path / "a", contents), written(tmp_path / "b", contents)

    assert b"Sanne" not in one
    assert one[len(sealed.MAGIC) : len(sealed.MAGIC) + 32] != other[len(sealed.MAGIC) : len(sealed.MAGIC) + 32]
    assert one[HEAD + 4 : HEAD + 64] != other[HEAD + 4 : HEAD + 64]


def test_another_key_is_told_apart_from_damage(tmp_path: Path) -> None:
    data = written(tmp_path / "f", b"contents")

    with pytest.raises(OperationError, match=f"andere sleutel gemaakt: sleutel {sealed.key_id(KEY)}"):
        opened(data, bytes(32))


def test_another_kind_of_file_is_told() -> None:
    with pytest.raises(OperationError, match="geen back-up van Leercirkel"):
        opened(b"%PDF-1.7 and so on, and so on, and so on, and so on")


def blocks(data: bytes) -> list[bytes]:
    out, at = [], HEAD
    while at < len(data):
        size = struct.unpack(">I", data[at : at + 4])[0] + 4
        out.append(data[at : at + size])
        at += size
    return out


def test_blocks_cannot_be_left_out_doubled_swapped_or_taken_from_another_file(tmp_path: Path) -> None:
    contents = os.urandom(3 * sealed.BLOCK + 5)
    data, other = written(tmp_path / "a", contents), written(tmp_path / "b", contents)
    head, (a, b, c, d), (w, *_) = data[:HEAD], blocks(data), blocks(other)

    for changed in ([a, b, c], [a, b, d], [b, c, d], [a, c, b, d], [a, b, b, c, d], [w, b, c, d], [a, b, c, d, d], []):
        with pytest.raises(OperationError, match=r"beschadigd of niet volledig"):
            opened(head + b"".join(changed))


@given(st.data())
@settings(max_examples=200)
def test_no_changed_byte_and_no_shorter_file_is_read(data: st.DataObject) -> None:
    whole = _WHOLE
    at = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.integers(1, 255))
    changed = whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :]

    for broken in (changed, whole[:at]):
        with pytest.raises(OperationError):
            opened(broken)


def _whole() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return written(Path(folder) / "f", b"a small file of a few lines\n" * 5)


_WHOLE = _whole()
