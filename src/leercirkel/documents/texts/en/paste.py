"""Text to paste into another system, in English."""

from __future__ import annotations

from leercirkel.documents.texts.en.words import Words


class Paste(Words):
    """What a pupil or a group is told of in plain lines."""

    paste_pupils = "Per pupil"
    paste_more = "What do we see?"
    paste_gap = "Difference between subjects"
    paste_first = "first result on this test"
    paste_same = "the same as the time before"

    def paste_title(self, about: str, moment: str) -> str:
        """The first line: "Test results middle of 2026-2027, Noor"."""
        return f"Test results {moment}, {about}" if about else f"Test results {moment}"

    def paste_now(self, value: str) -> str:
        """The result of the round."""
        return f"now: {value}"

    def paste_before(self, moment: str, value: str) -> str:
        """The result before it."""
        return f"time before ({moment}): {value}"

    def paste_score(self, value: str) -> str:
        """A score beside a level."""
        return f"score {value}"

    def paste_change(self, amount: str, quantity: str, real: str | None, *, up: bool) -> str:
        """How much it changed, and whether that is more than the test can be off."""
        if quantity == "avi":
            unit = "AVI step" if amount == "1" else "AVI steps"
        else:
            unit = self.unit(quantity, 1.0 if amount == "1" else 2.0)
        sure = {"up": ", clearly forward", "down": ", clearly back", "within_error": ", may be chance"}
        return f"difference: {amount} {unit} {'higher' if up else 'lower'}{sure.get(real or '', '')}"

    def paste_not_taken(self, reason: str) -> str:
        """Why there is no result."""
        return reason if reason == self.not_yet else f"not taken: {reason}"

    def paste_without_result(self, reasons: str) -> str:
        """Who of a group has no result."""
        return f"without a result: {reasons}"

    def paste_counted(self, n: int) -> str:
        """How many have a result, where the school has no goal."""
        return f"{self.pupils(n)} with a result; no standard of the school"
