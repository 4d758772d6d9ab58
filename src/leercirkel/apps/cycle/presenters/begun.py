"""Interventions of a round, shaped for the pages of steps 5 to 8."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from leercirkel.apps.cycle.models import CycleRun, Intervention
from leercirkel.apps.cycle.presenters.weeks import weeks_in_words
from leercirkel.core.support import SCHOOL_MEASURES
from leercirkel.documents.texts import Texts, texts_of

Weeks = Mapping[int, tuple[int | None, int | None]]


@dataclass(frozen=True, slots=True)
class BegunRow:
    """An intervention in words. `given`: "15 van de 16 weken", empty while nothing was said."""

    row: Intervention
    name: str
    measure: str
    subject: str
    who: str
    given: str
    because: tuple[str, ...]
    may_change: bool


def begun_rows(found: Iterable[Intervention], weeks: Weeks, mine: Collection[int] = ()) -> list[BegunRow]:
    """As rows; `of` stands on each (selectors.begun). `mine`: those that the user may change."""
    return [_row(one, weeks.get(one.pk), one.pk in mine) for one in found]


def _row(one: Intervention, weeks: tuple[int | None, int | None] | None, may_change: bool) -> BegunRow:
    texts = texts_in_use()
    measure = SCHOOL_MEASURES.get(one.kind, ("", ""))
    called = measure[texts.language == "en"] if one.name == measure[0] else one.name
    return BegunRow(
        one,
        called,
        "" if called in measure else measure[texts.language == "en"],
        texts.subject(one.subject) if one.subject else "",
        who_in_words(one),
        given_in_words(weeks),
        tuple(_said(each.finding, texts) for each in one.because.all()),
        may_change,
    )


def _said(finding: Any, texts: Texts) -> str:
    computed = finding.text_en if texts.language == "en" and finding.text_en else finding.text
    return str(finding.own_text or computed)


def who_in_words(one: Intervention) -> str:
    """The groups, and how many pupils of other groups or of a part of one. No names of pupils."""
    groups = ", ".join(row.group.name for row in one.groups.all())
    pupils: int = one.of  # type: ignore[attr-defined]
    named = ngettext("%(n)d leerling", "%(n)d leerlingen", pupils) % {"n": pupils} if pupils else ""
    return " · ".join(part for part in (groups, named) if part)


def given_in_words(weeks: tuple[int | None, int | None] | None) -> str:
    """ "15 van de 16 weken": of the weeks of which something was said; empty when of none."""
    if weeks is None or weeks[0] is None:
        return ""
    return weeks_in_words(weeks[0], weeks[1])


def texts_in_use() -> Texts:
    """Words in the language of the page."""
    return texts_of("en" if get_language() == "en" else "nl")


def tabs_of(run: CycleRun, here: str) -> list[dict[str, Any]]:
    """From one of these pages of a round to the others."""
    pages = (
        ("round-undertaken", _("Aanpakken")),
        ("round-support", _("Afspraken met leerkrachten")),
        ("round-monitoring", _("Volgen")),
        ("round-effect", _("Wat leverde het op?")),
    )
    return [{"label": label, "url": reverse(name, args=[run.pk]), "here": name == here} for name, label in pages]
