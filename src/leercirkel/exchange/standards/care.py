"""What a standards file says of care pupils: by which kinds of support, and what kind of school it is."""

from __future__ import annotations

from leercirkel.core.care import KINDS, SCHOOL_TYPES, SchoolType
from leercirkel.exchange.toml_tables import Table, one_of, text_of


def care_kinds(top: Table) -> tuple[str, ...] | None:
    """The kinds of support by which a pupil is a care pupil; None when the file does not say."""
    value = top.values.get("care")
    if value is None:
        return None
    words = [w.strip().casefold() if isinstance(w, str) else w for w in value] if isinstance(value, list) else None
    if words is None or len(words) > len(KINDS) or any(w not in KINDS for w in words):
        message = "wie bij de norm voor zorg hoort (care) is een lijst van soorten ondersteuning."
        top.error("care-kinds", message, f'Kies uit {one_of(KINDS)}. Bijvoorbeeld: care = ["opp", "hgpd"]', "care",
                  value)  # fmt: skip
        return None
    return tuple(dict.fromkeys(str(w) for w in words))


def school_type(top: Table) -> SchoolType | None:
    """The kind of school; None when the file does not say."""
    value = top.values.get("school_type")
    word = value.strip().casefold() if isinstance(value, str) else value
    for known in SCHOOL_TYPES:
        if word == known:
            return known
    if value is not None:
        message = f"{text_of(value)} is geen soort school."
        top.error("school-type-unknown", message, f"Kies {one_of(SCHOOL_TYPES)}.", "school_type", value)
    return None
