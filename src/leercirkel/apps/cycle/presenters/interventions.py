"""Interventions and agreements, shaped for their page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from leercirkel.apps.cycle.models import Agreement, Intervention
from leercirkel.apps.cycle.presenters.weeks import weeks_in_words
from leercirkel.core.calendar import school_year_label
from leercirkel.documents.texts import Texts, texts_of


@dataclass(frozen=True, slots=True)
class InterventionRow:
    """An intervention. `given`: of the agreed weeks how many were given."""

    name: str
    subject: str
    start: date
    end: date
    who: str
    given: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement, after which round, and whether it was done."""

    text: str
    round: str
    about: str
    done: str


def intervention_rows(found: Iterable[Intervention]) -> list[InterventionRow]:
    """As rows; `of` stands on each (selectors.interventions_of)."""
    texts = _texts()
    return [
        InterventionRow(
            one.name, texts.subject(one.subject) if one.subject else "", one.start, one.end, _who(one), _given(one),
            _notes(one),
        )
        for one in found
    ]  # fmt: skip


def agreement_rows(found: Iterable[Agreement]) -> list[AgreementRow]:
    """As rows."""
    texts = _texts()
    return [
        AgreementRow(
            one.text,
            texts.moment(school_year_label(one.school_year), one.moment),
            ", ".join(part for part in (texts.subject(one.subject) if one.subject else "", one.group_name) if part),
            str(one.get_done_display()),
        )
        for one in found
    ]


def _texts() -> Texts:
    return texts_of("en" if get_language() == "en" else "nl")


def _who(one: Intervention) -> str:
    groups = ", ".join(row.group.name for row in one.groups.all())
    pupils: int = one.of  # type: ignore[attr-defined]
    named = ngettext("%(n)d leerling", "%(n)d leerlingen", pupils) % {"n": pupils} if pupils else ""
    return " · ".join(part for part in (groups, named) if part)


def _given(one: Intervention) -> str:
    if one.weeks_given is None:
        if one.weeks_planned is None:
            return _("niet bekend")
        words = ngettext(
            "%(planned)d week afgesproken, gegeven is niet bekend",
            "%(planned)d weken afgesproken, gegeven is niet bekend", one.weeks_planned,
        )  # fmt: skip
        return words % {"planned": one.weeks_planned}
    return weeks_in_words(one.weeks_given, one.weeks_planned)


def _notes(one: Intervention) -> tuple[str, ...]:
    notes = [_("gekozen zijn wie het laagst scoorde")] if one.selected_low else []
    if one.observed_goal:
        seen = {"goal": one.observed_goal, "reached": one.observed_reached, "of": one.observed_of}
        notes.append(_("gezien: %(goal)s, bij %(reached)s van de %(of)s") % seen)
    return tuple(notes)
