"""Parts of a zip archive, unpacked within bounds, and put into a new archive that says about them what we found.

The new archive takes over the compressed bytes of a large part as they are, after they were unpacked here to the end:
that costs no second compression, and its reader can only find what was inspected.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping

from leercirkel.core.records import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UTF8 = 0x800
_FIRST_OF_1980 = 0x21
_LARGE = 1 << 22


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an archive: what it holds, and the same as it is stored there with `method` (deflated or not)."""

    content: bytes
    stored: bytes
    method: int


def part_of(data: bytes, entry: zipfile.ZipInfo) -> Part:
    """The part that `entry` of the directory of `data` points at.

    Never unpacks more than one byte beyond the size in the directory. Raises zipfile.BadZipFile or zlib.error when
    the part is not what the directory says: another size, another check sum, cut off.
    """
    start = entry.header_offset
    header = data[start : start + _LOCAL.size]
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile(entry.filename)
    name_length, extra_length = _LOCAL.unpack(header)[-2:]
    start += _LOCAL.size + name_length + extra_length
    stored = content = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        content = unpacker.decompress(stored, entry.file_size + 1)
        if not unpacker.eof:
            raise zipfile.BadZipFile(entry.filename)
        stored = stored[: len(stored) - len(unpacker.unused_data)]
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise zipfile.BadZipFile(entry.filename)
    return Part(content, stored, entry.compress_type)


def packed(parts: Mapping[str, Part]) -> bytes:
    """A zip archive of these parts, by name, and of nothing else."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for path, part in parts.items():
        name = path.encode()
        # unpacked is read faster; but the reader copies an archive some times over before it opens it
        method, stored = (
            (part.method, part.stored) if len(part.content) > _LARGE else (zipfile.ZIP_STORED, part.content)
        )
        sizes = (zlib.crc32(part.content), len(stored), len(part.content), len(name))
        common = (_VERSION, _UTF8, method, 0, _FIRST_OF_1980, *sizes, 0)
        directory += [_CENTRAL.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, at), name]
        pieces += [_LOCAL.pack(b"PK\x03\x04", *common), name, stored]
        at += _LOCAL.size + len(name) + len(stored)
    listed = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listed), at, 0)
    return b"".join([*pieces, listed, end])
