"""Who may change a school's test calendar."""

from __future__ import annotations

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.organisation.models import School


def may_edit(sight: Sight, school: School) -> bool:
    """Whether the user may change the calendar of this school: who keeps its settings, and who enters results of the
    whole school. A teacher of groups may not: what is expected of everyone is not decided by one."""
    return sight.may_at(Right.MANAGE_SETTINGS, school.pk) or sight.may_at(Right.WRITE_RESULTS, school.pk)
