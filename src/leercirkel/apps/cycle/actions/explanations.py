"""Tying explanations to findings."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.actions.findings import ChangedMeanwhile
from leercirkel.apps.cycle.actions.names import check_names
from leercirkel.apps.cycle.models import ChosenExplanation, CycleRun, Finding
from leercirkel.core.explanations import EXPLANATIONS


class RoundClosed(Refused):
    """What was explained in a round that is closed stays as it was."""

    text = _("Deze ronde is gesloten; er is niets meer te wijzigen.")


class SaysNothing(Refused):
    """Neither an explanation of the list nor own words."""

    text = _("Kies een verklaring, of schrijf er zelf een.")


@transaction.atomic
def choose_explanation(*, finding: Finding, code: str = "", own_text: str = "", by: User) -> ChosenExplanation:
    """Ties an explanation of the list, or one in own words, to a finding; one that is there already stays as it is.

    Whether `by` may is for the caller (selectors.findings_to_explain). Raises SaysNothing, NamesAPupil and
    RoundClosed.
    """
    own_text = own_text.strip()
    if code not in EXPLANATIONS and not (code == "" and own_text):
        raise SaysNothing
    _open(finding)
    check_names(own_text, school=finding.school_id, group=finding.group_id)
    chosen, new = ChosenExplanation.objects.get_or_create(
        finding=finding, code=code, own_text="" if code else own_text,
        defaults={"school_id": finding.school_id, "chosen_by": by},
    )  # fmt: skip
    if new:
        log.record(Kind.CREATED, by=by, school=finding.school_id, about=chosen, purpose=code)
    return chosen


@transaction.atomic
def argue(
    *, explanation: ChosenExplanation, supports: str, refutes: str, by: User, was: tuple[str, str] | None = None
) -> None:
    """What speaks for it, and what would refute it. `was`: the two texts that the user began with.

    Raises RoundClosed, NamesAPupil, and ChangedMeanwhile when these are others by now: nothing is written then.
    """
    about = explanation.finding
    _open(about)
    held = ChosenExplanation.objects.select_for_update().get(pk=explanation.pk)
    new, now = (supports.strip(), refutes.strip()), (held.supports, held.refutes)
    if new == now:
        return
    if was is not None and (was[0].strip(), was[1].strip()) != now:
        raise ChangedMeanwhile
    check_names("\n".join(new), school=held.school_id, group=about.group_id)
    held.supports, held.refutes = new
    held.save(update_fields=["supports", "refutes"])
    log.record(Kind.CHANGED, by=by, school=held.school_id, about=held, purpose=held.code)


@transaction.atomic
def drop_explanation(*, explanation: ChosenExplanation, by: User) -> None:
    """Takes it away again. Raises RoundClosed."""
    _open(explanation.finding)
    number = explanation.pk
    explanation.delete()
    explanation.pk = number
    log.record(Kind.REMOVED, by=by, school=explanation.school_id, about=explanation, purpose=explanation.code)


def _open(finding: Finding) -> None:
    """Locks the round: it cannot be closed between the look and the writing."""
    run = CycleRun.objects.select_for_update().get(pk=finding.run_id)
    if run.closed_at is not None:
        raise RoundClosed
