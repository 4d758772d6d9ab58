"""Writing in a draft of any plan, of a group or of one pupil. Nobody writes over what they have not seen."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan.actions.context import moved
from leercirkel.apps.groupplan.errors import Conflict, PlanRefused
from leercirkel.apps.groupplan.models import GroupPlan, PupilPlan, WrittenPlan
from leercirkel.apps.groupplan.proposals import LONGEST, PUPIL_SECTIONS, SECTIONS

AnyPlan = TypeVar("AnyPlan", GroupPlan, PupilPlan)
SECTIONS_OF = {GroupPlan: SECTIONS, PupilPlan: PUPIL_SECTIONS}


def open_plan(plan: AnyPlan) -> AnyPlan:
    """The plan, held until the transaction ends. Raises PlanRefused when it is fixed."""
    held = type(plan).objects.select_for_update(of=("self",)).select_related(*plan.HELD_WITH)
    found = held.get(pk=plan.pk)
    if found.state == WrittenPlan.State.FIXED:
        raise PlanRefused(_("Dit plan is vastgesteld. Kies eerst Wijzigen; dan komt er een volgende versie."))
    return found


def close(plan: GroupPlan | PupilPlan, by: User | None, *, also: tuple[str, ...] = (), **changes: Any) -> None:
    """Writes that the plan changed, and who did it. `also`: more fields to write than the texts."""
    moved(plan, by)
    plan.save(update_fields=["texts", "revision", "changed_by", "changed_at", *also])
    log.record(
        Kind.CHANGED, by=by, school=plan.school_id, pupil=getattr(plan, "pupil_id", None), about=plan, changes=changes
    )


@transaction.atomic
def save_text(*, plan: AnyPlan, section: str, text: str, base: str, by: User) -> AnyPlan:
    """One part of a plan. `base` is the text that the user began with: when somebody changed it since to something
    else, nothing is written and Conflict says what and who. Raises PlanRefused too."""
    if section not in SECTIONS_OF[type(plan)]:
        raise PlanRefused(_("Dit deel van het plan bestaat niet."))
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise PlanRefused(_("Hoogstens %d tekens, zodat het plan op één bladzijde past.") % LONGEST)
    held = open_plan(plan)
    now = str(held.texts.get(section, ""))
    if now not in (base.replace("\r\n", "\n").strip(), text):
        raise conflict(held, now)
    if now != text:
        held.texts = {**held.texts, section: text}
        close(held, by)
    return held


def unchanged(plan: GroupPlan | PupilPlan, now: str, was: str | None, text: str | None = None) -> None:
    """Raises Conflict when something in words says otherwise than the user began with (`was`), and than they write
    (`text`)."""
    if was is not None and " ".join(now.split()) != " ".join(was.split()) and (text is None or now != text.strip()):
        raise conflict(plan, now)


def conflict(plan: GroupPlan | PupilPlan, theirs: str) -> Conflict:
    """That somebody else changed it meanwhile."""
    return Conflict(theirs, plan.changed_by.name if plan.changed_by else "", plan.changed_at)
