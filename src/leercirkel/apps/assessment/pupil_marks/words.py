"""Marks in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from leercirkel.apps.assessment.models import PupilMark
from leercirkel.apps.assessment.standards.words import language
from leercirkel.core import destinations

SUPPORT: dict[str, Any] = {
    "nee": _("geen extra ondersteuning"),
    "ja": _("extra ondersteuning"),
    "opp": _("OPP"),
    "hgpd": _("HGPD"),
    "ihp": _("IHP"),
}
CHOICES = ("nee", "opp", "hgpd", "ihp", "opp+ihp", "hgpd+opp", "ja")
"""Kinds of support that can be chosen, as `reader.care_text` writes them."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One line of the history. `kept`: it counts; otherwise `gone_at` and `gone_by` say since when it does not."""

    mark: PupilMark
    destination: str
    support: str
    kept: bool
    gone_at: Any
    gone_by: str


def support_words(care: str) -> str:
    """Kinds of support: "OPP en IHP", written with a plus where there are two."""
    return " + ".join(str(SUPPORT.get(kind, kind)) for kind in care.split("+")) if care else ""


def destination_words(code: str) -> str:
    """The name of a destination; empty when there is none."""
    return destinations.label(code, language()) if code else ""


def support_choices() -> list[tuple[str, str]]:
    """What can be chosen, with its words."""
    return [(care, support_words(care)) for care in CHOICES]


def destination_choices() -> list[tuple[str, str]]:
    """Every destination, with its name."""
    return [(code, destination_words(code)) for code in destinations.DESTINATIONS]


def row_of(mark: PupilMark) -> MarkRow:
    """One line of the history in words."""
    gone = mark.replaced_by
    return MarkRow(
        mark,
        destination_words(mark.destination),
        support_words(mark.care),
        gone is None,
        gone.made_at if gone else None,
        gone.made_by.name if gone and gone.made_by else "",
    )
