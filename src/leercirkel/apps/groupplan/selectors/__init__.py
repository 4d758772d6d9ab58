"""Plans for groups as far as a sight reaches, and what they are made from."""

from leercirkel.apps.groupplan.selectors.members import Seat, Target, seats_of, targets_of
from leercirkel.apps.groupplan.selectors.reach import (
    READS,
    led_schools,
    may_write,
    phrases_shown,
    plans_of,
    pupils_shown,
    writable,
)
from leercirkel.apps.groupplan.selectors.setup import (
    areas_of,
    arrangements_of,
    has_own_rule,
    rule_of_area,
    schools_to_set_up,
)

__all__ = [
    "READS",
    "Seat",
    "Target",
    "areas_of",
    "arrangements_of",
    "has_own_rule",
    "led_schools",
    "may_write",
    "phrases_shown",
    "plans_of",
    "pupils_shown",
    "rule_of_area",
    "schools_to_set_up",
    "seats_of",
    "targets_of",
    "writable",
]
