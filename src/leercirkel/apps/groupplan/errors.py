"""What the rules of plans forbid."""

from __future__ import annotations

from datetime import datetime


class PlanRefused(Exception):
    """A change that the rules do not allow; the text says why, in words for the user."""


class Conflict(Exception):
    """Somebody else changed the same thing since the page was opened; nothing was written."""

    def __init__(self, theirs: str, who: str, when: datetime) -> None:
        super().__init__("changed meanwhile")
        self.theirs, self.who, self.when = theirs, who, when
