"""A StandardsFile → TOML, as `standards.reader` reads it back (docs/gebruik/eigen-normen.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from leercirkel.core.calendar import school_year_label
from leercirkel.core.method_tests import DEFAULT_BOUNDS
from leercirkel.core.standards import Tier
from leercirkel.exchange.standards.entries import Entry, entries_of
from leercirkel.exchange.standards.model import StandardsFile

NOTHING = "# Nog geen normen."
"""A file must not be empty."""


def write(file: StandardsFile) -> str:
    """The TOML text of these standards. Reading it back gives the same standards in the same order and the same
    choices of the school; only where they came from (the file and its lines) is new.

    Each tier stands on a line of its own, so that a problem of the reader names the tier.
    """
    blocks = [*_top(file), *("\n".join(_block(entry)) for entry in entries_of(file.standards))]
    return "\n\n".join(blocks or [NOTHING]) + "\n"


def _top(file: StandardsFile) -> Iterator[str]:
    lines = [
        f"{key} = {_text(value)}"
        for key, value in (
            ("school_name", file.school_name),
            ("school_type", file.school_type),
            ("main_tier", file.main_tier),
        )
        if value
    ]
    if file.care is not None:
        lines.append(f"care = {_list(_text(kind) for kind in file.care)}")
    if lines:
        yield "\n".join(lines)
    if file.method_bounds != DEFAULT_BOUNDS:
        bounds = file.method_bounds
        yield f"[method_tests]\nsufficient_from = {bounds.sufficient_from!r}\ngood_from = {bounds.good_from!r}"


def _block(entry: Entry) -> Iterator[str]:
    standard = entry.standard
    yield "[[standard]]"
    yield f"subject = {_text(standard.subject)}"
    yield f"quantity = {_text(standard.quantity)}"
    if entry.moments:
        yield f"moment = {_list(_text(moment) for moment in entry.moments)}"
    if standard.grades is not None:
        yield f"grades = {_list(str(grade) for grade in standard.grades)}"
    if standard.didactic_age is not None:
        yield f"didactic_age = {_list(str(age) for age in standard.didactic_age)}"
    if standard.own_dle is not None:
        yield f"dle = {_list(_number(end) for end in standard.own_dle)}"
    if standard.scope != "all":
        yield f"scope = {_text(standard.scope)}"
    if standard.school_years is not None:
        yield f"school_years = {_list(_text(school_year_label(year)) for year in standard.school_years)}"
    if standard.instrument is not None:
        yield f"instrument = {_text(standard.instrument)}"
    yield "tiers = ["
    for tier in standard.tiers:
        yield f"  {{name = {_text(tier.name)}, {_limit(tier)}, target_share = {_number(tier.target_share)}}},"
    yield "]"


def _limit(tier: Tier) -> str:
    if tier.dl_factor is not None:
        return f"dl_factor = {_number(tier.dl_factor)}"
    if isinstance(tier.threshold, str):
        return f"threshold = {_text(tier.threshold)}"
    return f"threshold = {_number(tier.threshold or 0.0)}"


def _number(value: float) -> str:
    """As short as reads back to the same number."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _list(items: Iterable[str]) -> str:
    return "[" + ", ".join(items) + "]"


def _text(value: str) -> str:
    """A basic string: JSON writes it the same, but for the one control character that it leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
