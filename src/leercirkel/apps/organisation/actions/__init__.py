"""Writing to the organisation: each action in one transaction, with its event in the log."""

from leercirkel.apps.organisation.actions.guardians import (
    CaresAlready,
    UnknownPupils,
    add_guardian,
    add_known_guardian,
    change_guardian,
    load_guardians,
    remove_guardian,
)
from leercirkel.apps.organisation.actions.parent_accounts import check_may_have_account, end_account, give_account
from leercirkel.apps.organisation.actions.rosters import (
    ManyLeave,
    OlderRoster,
    OtherSchool,
    OwnGroups,
    PlanDecided,
    PlanOutdated,
    QuestionsOpen,
    RosterRefused,
    confirm_roster,
    discard_plan,
    expire_plans,
    load_roster,
    plan_roster,
    renew_plan,
)
from leercirkel.apps.organisation.actions.schools import create_board, create_school

__all__ = [
    "CaresAlready",
    "UnknownPupils",
    "add_guardian",
    "add_known_guardian",
    "change_guardian",
    "check_may_have_account",
    "end_account",
    "give_account",
    "load_guardians",
    "remove_guardian",
    "ManyLeave",
    "OlderRoster",
    "OtherSchool",
    "OwnGroups",
    "PlanDecided",
    "PlanOutdated",
    "QuestionsOpen",
    "RosterRefused",
    "confirm_roster",
    "create_board",
    "create_school",
    "discard_plan",
    "expire_plans",
    "load_roster",
    "plan_roster",
    "renew_plan",
]
