"""Text to paste into another system, in Dutch."""

from __future__ import annotations

from leercirkel.documents.texts.nl.words import Words


class Paste(Words):
    """What a pupil or a group is told of in plain lines."""

    paste_pupils = "Per leerling"
    paste_more = "Wat zien we?"
    paste_gap = "Verschil tussen vakken"
    paste_first = "eerste uitslag op deze toets"
    paste_same = "even hoog als de vorige keer"

    def paste_title(self, about: str, moment: str) -> str:
        """The first line: "Toetsresultaten midden 2026-2027, Noor"."""
        return f"Toetsresultaten {moment}, {about}" if about else f"Toetsresultaten {moment}"

    def paste_now(self, value: str) -> str:
        """The result of the round."""
        return f"nu: {value}"

    def paste_before(self, moment: str, value: str) -> str:
        """The result before it."""
        return f"vorige keer ({moment}): {value}"

    def paste_score(self, value: str) -> str:
        """A score beside a level."""
        return f"score {value}"

    def paste_change(self, amount: str, quantity: str, real: str | None, *, up: bool) -> str:
        """How much it changed, and whether that is more than the test can be off."""
        if quantity == "avi":
            unit = "AVI-stap" if amount == "1" else "AVI-stappen"
        else:
            unit = self.unit(quantity, 1.0 if amount == "1" else 2.0)
        sure = {"up": ", duidelijk vooruit", "down": ", duidelijk achteruit", "within_error": ", kan toeval zijn"}
        return f"verschil: {amount} {unit} {'hoger' if up else 'lager'}{sure.get(real or '', '')}"

    def paste_not_taken(self, reason: str) -> str:
        """Why there is no result."""
        return reason if reason == self.not_yet else f"niet gemaakt: {reason}"

    def paste_without_result(self, reasons: str) -> str:
        """Who of a group has no result."""
        return f"zonder uitslag: {reasons}"

    def paste_counted(self, n: int) -> str:
        """How many have a result, where the school has no goal."""
        return f"{self.pupils(n)} met een uitslag; geen eigen norm"
