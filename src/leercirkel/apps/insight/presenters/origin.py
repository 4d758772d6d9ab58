"""One delivered result, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone, translation
from django.utils.dateformat import format as date_format
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.assessment.models import ImportBatch, Result
from leercirkel.core import subjects

REASONS: dict[str, Any] = {
    "ill": gettext_lazy("ziek"),
    "exempt": gettext_lazy("ontheffing"),
    "too_hard": gettext_lazy("te moeilijk"),
    "just_arrived": gettext_lazy("net gestart"),
    "moved": gettext_lazy("verhuisd"),
    "other": gettext_lazy("anders"),
}


def facts_of(result: Result) -> list[tuple[str, str]]:
    """What was delivered and where it came from, as label and value; what was not delivered is not there."""
    return [(label, value) for label, value in (*_delivered(result), *_brought(result.batch, result)) if value]


def subject_of(result: Result) -> str:
    """The name of the subject in the language of the user."""
    return subjects.label(result.subject, "en" if translation.get_language() == "en" else "nl")


def _delivered(result: Result) -> Iterator[tuple[str, str]]:
    yield _("Toets"), " ".join(part for part in (result.instrument, result.version) if part)
    yield _("Gemaakte toets"), result.test_level
    yield _("Afgenomen op"), date_format(result.taken_on, "j F Y") if result.taken_on else ""
    yield _("Score"), _number(result.score)
    yield _("Niveau"), result.level
    yield "DLE", f"{result.dle_operator.replace('=', '')}{_number(result.dle)}" if result.dle is not None else ""
    yield _("Percentiel"), _number(result.percentile)
    yield "AVI", result.avi
    yield _("Referentieniveau"), result.reference_level
    yield _("Niet gemaakt"), str(REASONS.get(result.not_taken, ""))


def _brought(batch: ImportBatch, result: Result) -> Iterator[tuple[str, str]]:
    file, _colon, row = result.source.rpartition(":")
    by_hand = batch.origin == ImportBatch.Origin.HAND
    yield _("Bestand"), "" if by_hand else file
    yield _("Rij"), "" if by_hand else row
    yield (
        (_("Ingevoerd op") if by_hand else _("Ingelezen op")),
        date_format(timezone.localtime(batch.made_at), "j F Y, H:i"),
    )
    yield _("Door"), batch.made_by.name if batch.made_by else ""


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else number_format(value)
