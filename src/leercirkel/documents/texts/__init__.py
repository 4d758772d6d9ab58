"""Every text of the report, per language: `nl` and `en` hold the same names, and nothing else in `documents` holds a
sentence.

A part of the report decides what is said and passes the facts; the texts decide how. Rules: `docs/domein/zinnen.md`;
terms: `GLOSSARY.md`.
"""

from __future__ import annotations

from leercirkel.documents.texts.common import Language
from leercirkel.documents.texts.en import English
from leercirkel.documents.texts.nl import Dutch

Texts = Dutch | English

__all__ = ["Dutch", "English", "Language", "Texts", "texts_of"]

_ALL: dict[Language, Texts] = {"nl": Dutch(), "en": English()}


def texts_of(language: Language) -> Texts:
    """The texts in Dutch (nl) or English (en)."""
    return _ALL[language]
