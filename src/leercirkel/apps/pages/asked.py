"""What an address or a form names by number, as an object of ours can have it."""

from __future__ import annotations

_LONGEST = 18
"""More digits than this are no number of a row: they would not fit in 64 bits."""


def number(text: str | None) -> int | None:
    """The whole number that the text is, in plain digits; None for anything else, and for more than 64 bits hold.

    `str.isdigit` is not enough: "²" is a digit that `int` refuses, and so is a row of thousands of digits.
    """
    if text is None or not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST):
        return None
    return int(text)


def words(text: str | None) -> str:
    """The text without NUL, which no database takes, and with lines as the browser counts them: it sends two characters
    for the end of a line and counts one, so that what fits in a field would be too long here."""
    return (text or "").replace("\0", "").replace("\r\n", "\n")
