"""What is entered by hand: why, and how a test is named in an address and a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from leercirkel.core.calendar import MOMENTS
from leercirkel.core.subjects import CODE

CATCH_UP = "catch_up"
NOT_TAKEN = "not_taken"
"""Of a batch that tells why a test was not taken."""
METHOD_TEST, OBSERVATION = "method_test", "observation"
"""Of a batch with a list that a teacher filled in."""
MARK = "mark"
"""Of a batch with destinations or support."""

REASONS: dict[str, Any] = {
    CATCH_UP: _("inhaaltoets"),
    "correction": _("correctie"),
    "newcomer": _("nieuwe leerling met oude gegevens"),
    "own_level": _("toets op maat"),
    "other": _("anders"),
}
"""Why a result is entered by hand: what can be chosen, the first one by itself."""

KINDS: dict[str, Any] = {
    **REASONS,
    NOT_TAKEN: _("reden van niet maken"),
    METHOD_TEST: _("methodetoets"),
    OBSERVATION: _("observatie"),
    MARK: _("kenmerk van een leerling"),
}
"""All reasons of a batch that was made by hand (ImportBatch.reason)."""

OTHER = "andere"
"""In an address: a test that is not in the calendar."""


@dataclass(frozen=True, slots=True)
class TestName:
    """A test of the calendar, as it stands in an address: "M.rekenen.Demo-LVS"."""

    moment: str
    subject: str
    instrument: str

    @property
    def code(self) -> str:
        """The text for an address; `parse` reads it back."""
        return f"{self.moment}.{self.subject}.{self.instrument}"

    @property
    def key(self) -> tuple[str, str, str]:
        """As core.progress.TestKey."""
        return self.moment, self.subject, self.instrument


def parse(code: str) -> TestName | None:
    """The test of an address, or None."""
    moment, _dot, rest = code.partition(".")
    subject, _dot, instrument = rest.partition(".")
    if moment not in MOMENTS or not CODE.fullmatch(subject) or not instrument or len(instrument) > 200:
        return None
    return TestName(moment, subject, instrument)
