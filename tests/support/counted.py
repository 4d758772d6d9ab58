"""What people do at a page, counted: clicks, typed characters, numbers that they type over, pages and what a plan asks.

A link, a button or a box is one click; choosing from a list is two (open it, choose); choosing files is two (open the
window, choose). A number is typed over when the system knew it: it stood on any page that anybody in the round had
open before. Signing in, reading and scrolling are not counted as clicks.
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


def numbers_in(text: str) -> set[str]:
    """The numbers in a text, a decimal comma and point being the same."""
    return {number.replace(",", ".") for number in NUMBER.findall(text)}


@dataclass(slots=True)
class Count:
    """The sums of everybody in one round. `clicks` by what they were for; `exceptions`: of these for a human choice
    that differs from the proposal; `seen`: every number that was shown to anybody; `pages`: how many were opened, by
    what for."""

    clicks: Counter[str] = field(default_factory=Counter)
    exceptions: int = 0
    typed: int = 0
    retyped: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    pages: Counter[str] = field(default_factory=Counter)

    @property
    def all_clicks(self) -> int:
        """Every click, exceptions included."""
        return self.clicks.total()


@dataclass(slots=True)
class Person:
    """One person at one window, whose deeds go into the sums. `step`: what the next
    clicks are counted under."""

    page: Page
    count: Count
    step: str = ""

    def __post_init__(self) -> None:
        self.page.on("domcontentloaded", lambda _page: self.count.pages.update([self.step]))

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

    def fill(self, what: Locator, text: str, *, exception: bool = False) -> None:
        """Types a text; the click into the field counts."""
        self.look()
        what.fill(text)
        self.count.clicks[self.step] += 1
        self.count.exceptions += 1 if exception else 0
        self.count.typed += len(text)
        self.count.retyped += sorted(numbers_in(text) & self.count.seen)

    def fetch(self, link: Locator) -> bytes:
        """A document behind a link."""
        self.look()
        with self.page.expect_download() as fetched:
            link.click()
        self.count.clicks[self.step] += 1
        return Path(fetched.value.path()).read_bytes()

    def look(self) -> None:
        """Remembers the numbers on the page, those in its fields too."""
        shown = self.page.locator("body").inner_text()
        fields = self.page.locator("input:visible, textarea:visible").evaluate_all("all => all.map(one => one.value)")
        self.count.seen |= numbers_in("\n".join([shown, *fields]))


SECONDS = {
    "pages": 15,
    "pupils as in the last plan": 5,
    "pupils placed differently": 45,
    "goals": 30,
    "texts to read": 30,
    "exceptions": 60,
    "sentences written": 60,
}
"""What one of each is assumed to take in thought, in seconds: an assumption, nobody was timed."""


@dataclass(slots=True)
class Thought:
    """What the pages of one plan put before its teacher, counted. `per_plan`: of each plan, by the names of SECONDS."""

    per_plan: list[Counter[str]] = field(default_factory=list)

    def minutes(self, plan: Counter[str]) -> float:
        """Of one plan, at the assumed seconds."""
        return sum(SECONDS[name] * number for name, number in plan.items()) / 60

    def of_four(self) -> tuple[float, float]:
        """Four plans as the mean plan, and four as the heaviest one: minutes at the assumed seconds."""
        each = [self.minutes(plan) for plan in self.per_plan]
        return 4 * sum(each) / len(each), 4 * max(each)

    def mean(self, name: str) -> float:
        """How many of these a plan has, on average."""
        return sum(plan[name] for plan in self.per_plan) / len(self.per_plan)
