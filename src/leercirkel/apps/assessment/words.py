"""Codes of core in the words of the page's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leercirkel.core import subjects

MOMENTS: dict[str, Any] = {"B": _("begin"), "M": _("midden"), "E": _("eind")}
"""Short, as on a tab; the letter stands beside it."""


def moment_choices() -> list[tuple[str, str]]:
    """The moments to choose from, in the language of the page: a form asks for them each time it is made."""
    return [(code, f"{code} · {name}") for code, name in MOMENTS.items()]


NOT_TAKEN: dict[str, Any] = {
    "ill": _("ziek"),
    "exempt": _("ontheffing"),
    "too_hard": _("te moeilijk"),
    "just_arrived": _("net gestart"),
    "moved": _("verhuisd"),
    "other": _("anders"),
}
"""core.expected.NOT_TAKEN in the language of the page."""


def subject_name(code: str) -> str:
    """The name of a subject."""
    return subjects.label(code, "en" if get_language() == "en" else "nl")


def test_name(subject: str, instrument: str) -> str:
    """A test as people name it: the subject, and the instrument where that says more."""
    return f"{subject_name(subject)} · {instrument}" if instrument else subject_name(subject)
