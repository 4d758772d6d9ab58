"""Pages of plans."""

from leercirkel.apps.groupplan.views.fixing import booklet, fix, fix_mine, next_block, paper, reopen, version
from leercirkel.apps.groupplan.views.lists import make, plans
from leercirkel.apps.groupplan.views.plan import plan
from leercirkel.apps.groupplan.views.setup import (
    setup,
    setup_area,
    setup_area_end,
    setup_area_rule,
    setup_arrangement,
    setup_arrangement_end,
    setup_rule,
    setup_start,
)
from leercirkel.apps.groupplan.views.writing import goal, goal_new, most_groups, move, text

__all__ = [
    "booklet",
    "fix",
    "fix_mine",
    "goal",
    "goal_new",
    "make",
    "most_groups",
    "move",
    "next_block",
    "paper",
    "plan",
    "plans",
    "reopen",
    "setup",
    "setup_area",
    "setup_area_end",
    "setup_area_rule",
    "setup_arrangement",
    "setup_arrangement_end",
    "setup_rule",
    "setup_start",
    "text",
    "version",
]
