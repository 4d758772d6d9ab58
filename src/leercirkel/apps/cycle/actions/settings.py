"""What a school sets up for its rounds."""

from __future__ import annotations

from django.db import transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.models import CycleSettings
from leercirkel.apps.organisation.models import School

HABITS = ("day_notes_weeks", "dictation", "interim_percent", "final_weeks")


@transaction.atomic
def set_habits(*, school: School, by: User | None, **habits: int | bool) -> CycleSettings:
    """Keeps these settings (of HABITS); what is not given stays. What changed stands in the log.

    Raises ValueError for another name.
    """
    if unknown := set(habits) - set(HABITS):
        raise ValueError(f"no such settings: {sorted(unknown)}")
    row, _ = CycleSettings.objects.select_for_update().get_or_create(school=school)
    changes = {name: [getattr(row, name), value] for name, value in habits.items() if getattr(row, name) != value}
    for name, (_before, value) in changes.items():
        setattr(row, name, value)
    if changes:
        row.save(update_fields=list(changes))
        log.record(Kind.CHANGED, by=by, school=school.pk, about=row, purpose="habits", changes=changes)
    return row
