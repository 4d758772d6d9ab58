"""Names of people as they are compared: accents, capitals, punctuation and the place of a prefix do not count."""

from __future__ import annotations

import re
import unicodedata

# letters that Unicode does not take apart into a base letter and a mark
_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_WORD = re.compile(r"[^\W_]+")

Words = tuple[str, ...]


def words(text: str | None) -> Words:
    """The words of a name, lower case, without accents: "D'Hóndt-van Ës" → d, hondt, van, es."""
    if not text:
        return ()
    plain = text.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain.translate(_WHOLE))
        plain = "".join(c for c in apart if not unicodedata.combining(c))
    return tuple(_WORD.findall(plain))


def surname_forms(surname: str | None, prefix: str | None) -> frozenset[Words]:
    """The ways in which one surname is delivered: with the tussenvoegsel before or behind it, or without it.

    Each as sorted words, so that "Berg, van den" and "van den Berg" are one.
    """
    own, before = words(surname), words(prefix)
    return frozenset(tuple(sorted(form)) for form in (own, own + before) if form)


def full_forms(surname: str | None, prefix: str | None, first_name: str | None) -> frozenset[Words]:
    """The ways in which surname and first name stand in one cell: "Jan van den Berg", "Berg, Jan van den" …"""
    own, before, first = words(surname), words(prefix), words(first_name)
    if not own or not first:
        return frozenset()
    return frozenset(
        {
            first + before + own,
            before + own + first,
            own + first + before,
            own + before + first,
            first + own,
            own + first,
        }
    )


def same_first_name(one: Words, other: Words) -> bool:
    """Whether two spellings may be one first name: equal, one the start of the other ("Jan" and "Jan Willem"), or an
    initial of it ("J." and "Jan")."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    whole = "".join(one) == "".join(other) or long[: len(short)] == short
    initial = all(len(word) == 1 for word in one) or all(len(word) == 1 for word in other)
    return whole or (initial and one[0][0] == other[0][0])
