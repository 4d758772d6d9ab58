"""Finds words in a template that no translation will reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

NAMES = frozenset({"Leercirkel"})
"""What is the same in every language."""
SILENT = frozenset({"code", "kbd", "script", "style", "svg"})
ATTRIBUTES = frozenset({"alt", "aria-label", "placeholder", "title"})

_TRANSLATED = re.compile(r"\{%-?\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}", re.DOTALL)
_COMMENT = re.compile(r"\{%\s*comment\b.*?endcomment\s*%\}|\{#.*?#\}", re.DOTALL)
_CLASS = re.compile(r"\{%\s*block width\s*%\}.*?\{%\s*endblock.*?%\}", re.DOTALL)
"""What alone.html takes as a class."""
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")


def of(template: str) -> list[str]:
    """The words on screen, or heard, that stand in a template as they are; not within <b translate="no">."""
    for pattern in (_COMMENT, _CLASS, _TRANSLATED, _TAG):
        template = pattern.sub("", template)
    reader = _Reader()
    reader.feed(template)
    reader.close()
    return [text for text in reader.found if set(_WORD.findall(text)) - NAMES]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT or ("translate", "no") in attrs:
            self.silent.append(tag)
        self.found += self._attributes(attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.found.append(data.strip())

    def _attributes(self, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
        return (value for name, value in attrs if name in ATTRIBUTES and value)
