"""Names of people as lists sort them."""

from __future__ import annotations

from leercirkel.exchange.tables.names import words

LONGEST = 640
"""Room for three names of 200 letters, some of which become two (ß → ss)."""
_NEXT = "  "
"""Between the parts: sorts before the one space within a name, so that Jan Berg comes before Anna Berg Jansen."""


def sort_key(surname: str | None, prefix: str | None, first_name: str | None) -> str:
    """Surname, then first name, then tussenvoegsel; without accents, capitals and punctuation.

    Sorted by its bytes (collation "C"), so that every database gives the same list. Who has no surname stands under
    the first name.
    """
    parts = (" ".join(words(part)) for part in (surname, first_name, prefix))
    return _NEXT.join(part for part in parts if part)[:LONGEST]
