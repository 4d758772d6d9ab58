"""Remarks in a standards file: a form writes the standards anew, and these are not part of them."""

from __future__ import annotations

import re

from leercirkel.exchange.standards.writer import NOTHING

_TEXTS = (r'"""(?:\\.|[^\\])*?"""', r"'''.*?'''", r'"(?:\\.|[^"\\\n])*"', r"'[^'\n]*'")
_TOKEN = re.compile("|".join([*_TEXTS, r"#[^\n]*"]), re.DOTALL)
"""A text, in which # is a sign like any other, or a remark."""


def comments(toml: str) -> list[str]:
    """The remarks (from # to the end of the line) of a TOML text, without those that the program itself writes."""
    found = (match[0] for match in _TOKEN.finditer(toml) if match[0].startswith("#"))
    return [remark for remark in found if remark.strip() != NOTHING]
