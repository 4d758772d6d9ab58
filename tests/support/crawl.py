"""Follows the links of pages, as someone who clicks on everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.urls import resolve

PER_SHAPE = 2
"""So many pages of one shape: of the pupils of a list the first two."""


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def links(page: str, here: str = "/") -> list[str]:
    """Where a page leads to within the application, in its order."""
    reader = _Links()
    reader.feed(page)
    absolute = [urldefrag(urljoin(here, each)).url for each in reader.found if not each.startswith(("mailto:", "tel:"))]
    return [each for each in dict.fromkeys(absolute) if each.startswith("/") and not each.startswith("/static/")]


def shape(address: str) -> str:
    """The pattern of the address, and what is asked in the question: not whose, and not the answers."""
    parts = urlsplit(address)
    path = resolve(parts.path).route
    asked = "&".join(sorted(key for key, _value in parse_qsl(parts.query, keep_blank_values=True)))
    return f"/{path}?{asked}" if asked else f"/{path}"


def crawl(get: Callable[[str], str], each: int = PER_SHAPE, without: Iterable[str] = ()) -> dict[str, str]:
    """Every page that links lead to from the start page, by address: at most `each` of one shape. `get` gives the page
    as HTML; shapes in `without` are left out."""
    pages: dict[str, str] = {}
    seen: Counter[str] = Counter(dict.fromkeys(without, each))
    waiting = ["/"]
    while waiting:
        address = waiting.pop(0)
        if address in pages or seen[shape(address)] >= each:
            continue
        seen[shape(address)] += 1
        pages[address] = get(address)
        waiting += links(pages[address], address)
    return pages
