"""The font of every document: Open Sans in static weights, from its package; never one of the machine."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

FAMILY = "Open Sans"

_BEYOND_ASCII = re.compile(r"[^\0-~]")
_INVISIBLE = {"Cf", "Cc", "Mn", "Me"}


class FontMissing(RuntimeError):
    """The package with the font is not installed or holds no fonts."""


@cache
def font_directory() -> Path:
    """Where the font files lie. Raises FontMissing. The package is found, not imported: that would load a picture
    library where there is one."""
    spec = find_spec("ttf_opensans")
    folder = Path(spec.origin).parent / "ttf" if spec and spec.origin else None
    if folder is None or not (folder / "OpenSans-Regular.ttf").is_file():
        raise FontMissing("the package ttf-opensans is needed to make a document")
    return folder


@cache
def coverage() -> frozenset[int]:
    """The code points that the font has a picture for, from its character map (OpenType `cmap`, format 4)."""
    data = (font_directory() / "OpenSans-Regular.ttf").read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    found: set[int] = set()
    for i in range(struct.unpack_from(">H", data, start + 2)[0]):
        at = start + struct.unpack_from(">HHI", data, start + 4 + 8 * i)[2]
        if struct.unpack_from(">H", data, at)[0] == 4:
            found |= _format_4(data, at)
    return frozenset(found)


def _format_4(data: bytes, at: int) -> set[int]:
    segments = struct.unpack_from(">H", data, at + 6)[0] // 2
    columns = [at + 14 + i * 2 * segments + (2 if i else 0) for i in range(4)]
    ends, starts, deltas, offsets = (struct.unpack_from(f">{segments}H", data, c) for c in columns)
    out: set[int] = set()
    for i, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code + deltas[i]
            if offsets[i]:
                place = columns[3] + 2 * i + offsets[i] + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0]
                glyph = glyph + deltas[i] if glyph else 0
            if glyph % 0x10000:
                out.add(code)
    return out


def printable(text: str) -> str:
    """The text with only what the font can show: accents joined to their letter, invisible characters left out, and
    U+FFFD for the rest (an emoji in the name of a group). A PDF/UA may not hold a letter without a picture."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    have = coverage()
    strange = {c for c in set(_BEYOND_ASCII.findall(text)) if ord(c) not in have}
    if not strange:
        return text
    return text.translate({ord(c): "" if unicodedata.category(c) in _INVISIBLE else "\ufffd" for c in strange})
