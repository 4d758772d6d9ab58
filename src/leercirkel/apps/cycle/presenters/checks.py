"""Looks on the way, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.cycle.models import Check
from leercirkel.core.method_tests import GoalTally


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One look. `state`: done, due (its day has come) or planned; `day`: when somebody looked, else the day for it."""

    row: Check
    day: str
    said: str
    state: str


def check_lines(rows: Iterable[Check]) -> list[CheckLine]:
    """As lines, by day."""
    today = clock.today()
    return [
        CheckLine(
            row, date_format(timezone.localtime(row.done_at) if row.done_at else row.on, "j F"), in_words(row),
            "done" if row.done_at else "due" if row.on <= today else "planned",
        )
        for row in rows
    ]  # fmt: skip


def in_words(row: Check) -> str:
    """What was seen: in children, and in the words of who looked. Empty when nobody did."""
    parts = []
    if row.of:
        told = {"reached": row.reached, "of": row.of, "goal": row.test}
        parts.append(_("%(reached)d van de %(of)d voldoende of goed op “%(goal)s”") % told)
    if row.seen:
        parts.append(row.seen)
    return ". ".join(part.rstrip(".") for part in parts)


def on_the_way(rows: Iterable[Check]) -> str:
    """Of looks whose day has come, in one line for a talk: what was seen, and on which day nobody looked yet. Empty
    without any."""
    found = list(rows)
    seen = [said for row in found if row.done_at and (said := in_words(row))]
    parts = [_("Onderweg gezien: %s.") % ". ".join(seen)] if seen else []
    parts += [_("Op %s zouden we kijken.") % date_format(row.on, "j F") for row in found if not row.done_at]
    return " ".join(parts)


def goal_choices(tallies: Iterable[GoalTally]) -> list[tuple[str, str]]:
    """The goals to choose from, each with how many have reached it."""
    return [
        (
            one.goal,
            _("%(goal)s: %(reached)d van de %(of)d voldoende of goed")
            % {"goal": one.goal, "reached": one.sufficient + one.good, "of": one.counted},
        )
        for one in tallies
    ]
