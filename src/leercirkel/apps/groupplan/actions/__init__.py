"""Writing plans: setting up, drafts, changing, fixing."""

from leercirkel.apps.groupplan.actions.drafts import Made, make_drafts, next_block
from leercirkel.apps.groupplan.actions.fixing import fix, fix_all, reopen
from leercirkel.apps.groupplan.actions.held import save_text
from leercirkel.apps.groupplan.actions.setup import (
    end_area,
    end_arrangement,
    follow_all,
    save_area,
    save_arrangement,
    save_rule,
    start_with_proposals,
)
from leercirkel.apps.groupplan.actions.writing import (
    add_goal,
    add_need,
    add_step,
    change_goal,
    mastery_text,
    move_pupil,
    remove_goal,
    set_most_groups,
)

__all__ = [
    "Made",
    "add_goal",
    "add_need",
    "add_step",
    "change_goal",
    "end_area",
    "end_arrangement",
    "fix",
    "fix_all",
    "follow_all",
    "make_drafts",
    "mastery_text",
    "move_pupil",
    "next_block",
    "remove_goal",
    "reopen",
    "save_area",
    "save_arrangement",
    "save_rule",
    "save_text",
    "set_most_groups",
    "start_with_proposals",
]
