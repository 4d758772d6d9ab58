"""One figure, explained in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leercirkel.analysis.explain import Derivation
from leercirkel.analysis.explain.english import ENGLISH
from leercirkel.core import subjects
from leercirkel.documents.texts import Language

WORDS: dict[str, Any] = {
    "above": gettext_lazy("duidelijk boven de norm"),
    "below": gettext_lazy("duidelijk eronder"),
    "undecided": gettext_lazy("kan toeval zijn"),
    "too_few": gettext_lazy("te weinig leerlingen"),
    "up": gettext_lazy("omhoog"),
    "down": gettext_lazy("omlaag"),
    "flat": gettext_lazy("gelijk"),
    "more": gettext_lazy("meer dan verwacht"),
    "less": gettext_lazy("minder dan verwacht"),
}
"""Values that are codes."""


@dataclass(frozen=True, slots=True)
class Input:
    """A figure that this one is made of; `place` opens it in its turn."""

    name: str
    value: str
    place: str


@dataclass(frozen=True, slots=True)
class FigurePage:
    """What a figure is, its value, how it is made, from what, and by which version of which rule."""

    name: str
    about: str
    value: str
    formula: str
    inputs: tuple[Input, ...]
    again: str
    agrees: bool | None
    rule: str
    version: str
    page: str
    withheld: bool


def figure_page(found: Derivation) -> FigurePage:
    """The derivation in the language of the user."""
    return FigurePage(
        name=_said(found.name),
        about=about(found.cell),
        value=shown(found.value),
        formula=_said(found.formula),
        inputs=tuple(Input(_said(name), shown(value), place) for name, place, value in found.inputs),
        again="" if found.again is None else shown(found.again),
        agrees=found.agrees,
        rule=_said(found.rule),
        version=found.version or found.version_now,
        page=found.page,
        withheld=found.withheld,
    )


_ABOUT = re.compile(r"(group|grade|destination|subject|moment|school_year|name)=([^,\]]+)")


def about(cell: str) -> str:
    """Which group, subject, round and line a cell is of, in words."""
    language: Language = "en" if translation.get_language() == "en" else "nl"
    told = dict(_ABOUT.findall(cell))
    if "subject" in told:
        told["subject"] = subjects.label(told["subject"], language)
    if "grade" in told:
        told["grade"] = _("groep %s") % told["grade"] if "group" not in told else ""
    order = ("group", "grade", "destination", "subject", "name", "moment", "school_year")
    return " · ".join(told[key] for key in order if told.get(key))


def _said(text: str) -> str:
    return ENGLISH[text] if translation.get_language() == "en" else text


def shown(value: Any) -> str:
    """A value as people write it: whole numbers without decimals, others with at most four."""
    if value is None:
        return _("niet te berekenen")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, float):
        text = f"{value:.4f}".rstrip("0").rstrip(".")
        whole, _dot, rest = text.partition(".")
        return number_format(text, decimal_pos=len(rest)) if rest else whole
    if isinstance(value, dict):
        return ", ".join(f"{key} {n}" for key, n in value.items()) or _("geen")
    if isinstance(value, list):
        return ngettext("%d regel", "%d regels", len(value)) % len(value)
    return str(WORDS.get(value, value)) if isinstance(value, str) else str(value)
