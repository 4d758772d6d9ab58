"""How a school does its rounds."""

from __future__ import annotations

from leercirkel.apps.cycle.models import CycleSettings


def habits_of(school: int) -> CycleSettings:
    """What a school set up, or the defaults, not saved. One query."""
    return CycleSettings.objects.filter(school_id=school).first() or CycleSettings(school_id=school)
