"""What people do at a page, counted: clicks, typed characters, and numbers that they type over from a page.

A link, a button or a box is one click; choosing from a list is two (open it, choose); choosing files is two (open the
window, choose). A number is typed over when it stood on any page that this person had open before. Signing in, reading
and scrolling are not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
CHOICE, FILES = 2, 2


@dataclass(slots=True)
class Count:
    """The sums of everybody in one round. `clicks` by what they were for; `exceptions`: of these for a human choice
    that differs from the proposal."""

    clicks: Counter[str] = field(default_factory=Counter)
    exceptions: int = 0
    typed: int = 0
    retyped: list[str] = field(default_factory=list)

    @property
    def all_clicks(self) -> int:
        """Every click, exceptions included."""
        return self.clicks.total()


@dataclass(slots=True)
class Person:
    """One person at one window, whose deeds go into the sums. `step`: what the clicks are for now."""

    page: Page
    count: Count
    step: str = ""
    seen: set[str] = field(default_factory=set)

    def click(self, what: Locator) -> None:
        """A link, a button, or a box."""
        self.look()
        what.click()
        self.count.clicks[self.step] += 1

    def choose(self, what: Locator, value: str, *, exception: bool = False) -> None:
        """Another value of a list."""
        self.look()
        what.select_option(value)
        self.count.clicks[self.step] += CHOICE
        self.count.exceptions += CHOICE if exception else 0

    def give(self, what: Locator, files: Sequence[Path]) -> None:
        """Files for a field."""
        what.set_input_files(list(files))
        self.count.clicks[self.step] += FILES

    def fill(self, what: Locator, text: str) -> None:
        """Types a text; the click into the field counts."""
        self.look()
        what.fill(text)
        self.count.clicks[self.step] += 1
        self.count.typed += len(text)
        self.count.retyped += [number for number in NUMBER.findall(text) if number in self.seen]

    def look(self) -> None:
        """Remembers the numbers on the page."""
        self.seen.update(NUMBER.findall(self.page.locator("body").inner_text()))
