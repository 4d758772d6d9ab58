"""From a fact to its sentences, in Dutch and in English.

A sentence has at most 25 words and a finding at most three sentences: of the variants that a language gives, the
fullest that fits is taken. English begins at the variant that Dutch took, so it never tells more than Dutch does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from leercirkel.analysis.answers import en, nl
from leercirkel.analysis.answers.facts import Fact
from leercirkel.core import dutch, english

MOST_WORDS = 25
MOST_SENTENCES = 3


def texts(fact: Fact) -> tuple[str, str]:
    """What is said of a fact, in Dutch and in English."""
    chosen, text = fitting(nl.SAY[type(fact)](fact), dutch.sentence)
    _, text_en = fitting(en.SAY[type(fact)](fact)[chosen:], english.sentence)
    return text, text_en


def fitting(variants: Sequence[Sequence[str]], capital: Callable[[str], str]) -> tuple[int, str]:
    """Position and text of the first variant that is short enough; of the last one when none is.

    A variant is a list of sentences; empty ones are left out and each gets its capital.
    """
    text, last = "", len(variants) - 1
    for i, variant in enumerate(variants):
        text = " ".join(capital(s) for s in variant if s)
        if short(text):
            return i, text
    return last, text


def short(text: str) -> bool:
    """Whether a text has no more sentences, and no longer ones, than a finding may have."""
    parts = sentences_of(text)
    return len(parts) <= MOST_SENTENCES and all(len(s.split()) <= MOST_WORDS for s in parts)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text: what ends in a full stop, question or exclamation mark before a space. What stands
    between “ and ” are words of the school, and stays whole."""
    text = text.strip()
    quoted = [m.span() for m in re.finditer("“[^”]*”", text)]
    found, start = [], 0
    for gap in re.finditer(r"(?<=[.?!])\s+", text):
        if not any(a < gap.start() < b for a, b in quoted):
            found.append(text[start : gap.start()])
            start = gap.end()
    return [s for s in (*found, text[start:]) if s]
