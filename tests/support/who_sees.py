"""Who of the users of support/world.py sees which things there: written by hand, from what the jobs are for
(docs/domein/rollen.md), not taken from the code that is tried."""

from __future__ import annotations

from tests.support.world import ROLES, TEACHERS

Seen = dict[str, set[str]]
"""Per user the things, by short name, that open."""

KANTELAAR = {"5", "6", "rekenen", "next", "past"}
GROUP_5 = {"noor", "daan", "mila", "milo", "secret", "new"}
GROUP_6 = {"yassin", "informed", "uninformed", "closed", "untold"}
SCHOOL = GROUP_5 | GROUP_6 | {"left"}
NOBODY: set[str] = set()


def each(users: set[str], things: set[str]) -> Seen:
    """The same things for all these users."""
    return {user: set(things) for user in users}


TEACH_5, TEACH_6 = {"teacher", "duo"}, {"teacher6", "substitute"}
TEACHES_NOW = {**each(TEACH_5, GROUP_5), **each(TEACH_6, GROUP_6)}
OTHERS = {"teacher_b": {"bo", "bas"}, "teacher_x": {"xena", "xander"}}
HEADS = {"head": SCHOOL, "head_b": {"bo", "bas"}, "head_x": {"xena", "xander"}}

PUPILS: Seen = {
    **TEACHES_NOW,
    **OTHERS,
    **HEADS,
    "teacher_rekenen": {"noor", "yassin"},
    "learning_coordinator": GROUP_6,
    "learning_team": GROUP_6,
    "trend_analyst": SCHOOL,
    "care_director": SCHOOL,
    "social_worker": {"yassin", "untold", "new"},
    "network_contact": {"yassin", "informed"},
}
RESULT_PUPILS: Seen = {user: pupils for user, pupils in PUPILS.items() if user != "social_worker"}
CONTACTS: Seen = {
    **TEACHES_NOW,
    **OTHERS,
    **HEADS,
    "care_director": SCHOOL,
    "social_worker": {"yassin", "untold", "new"},
}
PUBLISHED: Seen = {
    **TEACHES_NOW,
    **OTHERS,
    **HEADS,
    "care_director": SCHOOL,
    "guardian": {"mila", "milo"},
    "guardian_x": {"xena"},
}
WRITES_CONTACTS: Seen = {"care_director": SCHOOL, **HEADS}

WRITES_RESULTS: Seen = {
    **TEACHES_NOW,
    **OTHERS,
    "teacher_rekenen": {"noor", "yassin"},
    "trend_analyst": SCHOOL,
}
ROUND_GROUPS: Seen = {
    **each(TEACH_5, {"5"}),
    **each(TEACH_6 | {"learning_coordinator", "learning_team"}, {"6"}),
    "teacher_rekenen": {"rekenen"},
    **each({"trend_analyst", "care_director", "head"}, KANTELAAR),
    **each({"teacher_b", "head_b"}, {"b5"}),
    **each({"teacher_x", "head_x"}, {"x5"}),
    "network_contact": NOBODY,
}
"""Groups of which the user sees results by name."""
FILLED_IN: Seen = {user: groups for user, groups in ROUND_GROUPS.items() if user in WRITES_RESULTS}
NOTED: Seen = {
    **each(TEACH_5, {"5/noor"}),
    **each(TEACH_6, {"6/yassin"}),
    "teacher_rekenen": {"rekenen/noor"},
    "trend_analyst": {"5/noor", "6/yassin"},
    "teacher_b": {"b5/bo"},
    "teacher_x": {"x5/xena"},
}

WHOLE_SCHOOL = {user for user in TEACHERS if user not in ("teacher_b", "teacher_x")} | {
    *("learning_coordinator", "trend_analyst", "care_director", "head"),
}
AT_B, AT_X = {"teacher_b", "head_b"}, {"teacher_x", "head_x"}
FIGURES: Seen = {
    **each(WHOLE_SCHOOL, {"kantelaar"}),
    **each(AT_B, {"pluimgaard"}),
    **each(AT_X, {"zandloper"}),
    **each({"learning_team", "subject_team"}, NOBODY),
}
COMPARED: Seen = {**FIGURES, "board": {"kantelaar", "pluimgaard"}}
"""Of a whole school, from open data only: a board too, of its own schools."""
SCHOOL_FIGURES: Seen = {**FIGURES, "subject_team": {"kantelaar"}}
"""Of a whole school, if of one subject only."""
ANY_FIGURES: Seen = {**SCHOOL_FIGURES, "learning_team": {"kantelaar"}}
WRITES_ANALYSIS: Seen = {
    **each({"learning_coordinator", "trend_analyst", "care_director", "head"}, {"kantelaar"}),
    "head_b": {"pluimgaard"},
    "head_x": {"zandloper"},
}
EXPLAINS: Seen = {
    **each({*TEACH_5, *TEACH_6, "teacher_rekenen"}, {"kantelaar"}),
    **each(AT_B, {"pluimgaard"}),
    **each(AT_X, {"zandloper"}),
    **WRITES_ANALYSIS,
}
"""Of a round: who writes the analysis, or has groups to plan for."""
AGREED_WITH: Seen = {
    **dict.fromkeys(FIGURES, NOBODY),
    "teacher": {"kantelaar"},
    "teacher_b": {"pluimgaard"},
    "teacher_x": {"zandloper"},
}
"""Who an agreement with a teacher is between: the coaching of support/rounds.py."""
CHANGES_ALL: Seen = {**dict.fromkeys(EXPLAINS, NOBODY), **WRITES_ANALYSIS}
"""Of these, who changes an intervention of the whole school."""
TALKS_OF_5: Seen = {
    **dict.fromkeys({*FIGURES, *ROUND_GROUPS}, NOBODY),
    **each(TEACH_5, {"kantelaar"}),
    **each(AT_B, {"pluimgaard"}),
    **each(AT_X, {"zandloper"}),
    **WRITES_ANALYSIS,
}
"""The talk about group 5, and of one group of the other schools."""
GROUPS: Seen = {
    **each(WHOLE_SCHOOL, KANTELAAR),
    **each(AT_B, {"b5"}),
    **each(AT_X, {"x5"}),
    "learning_team": {"5", "6"},
    **each({"subject_team", "social_worker", "network_contact"}, NOBODY),
}
RESULT_GROUPS: Seen = {user: groups for user, groups in GROUPS.items() if user != "social_worker"}
TAUGHT: Seen = {
    **each({"learning_coordinator", "head"}, KANTELAAR - {"past"}),
    "head_b": {"b5"},
    "head_x": {"x5"},
}
TEAMS: Seen = {
    **each({"learning_coordinator", "head"}, {"leerteam", "regiegroep", "support"}),
    "care_director": {"support"},
    "head_b": NOBODY,
    "head_x": {"team_x"},
}
PLANS: Seen = {
    **each({"learning_coordinator", "head"}, {"leerteam", "leerteam_tomorrow", "support"}),
    "care_director": {"support"},
    "head_b": NOBODY,
    "head_x": {"meeting_x"},
}
EVERYONE = {*ROLES, "nobody"}
MEETINGS: Seen = {
    **each(EVERYONE, NOBODY),
    **PLANS,
    "learning_team": {"leerteam", "leerteam_tomorrow"},
    "social_worker": {"support"},
    "network_contact": {"support"},
    "teacher_x": {"meeting_x"},
}
TASKS: Seen = {
    **each(EVERYONE, NOBODY),
    **WRITES_ANALYSIS,
    "teacher": {"kantelaar"},
    "teacher_b": {"pluimgaard"},
    "teacher_x": {"zandloper"},
}
CASES: Seen = {"care_director": {"yassin", "untold", "closed"}}
ROSTERS: Seen = {
    **each({"trend_analyst", "head"}, {"plan"}),
    "head_b": NOBODY,
    "head_x": {"plan_x"},
}
IMPORTS: Seen = {
    **each({*TEACHES_NOW, *OTHERS, "teacher_rekenen"}, NOBODY),
    "teacher": {"own"},
    "trend_analyst": {"kantelaar", "own"},
}
"""Who imports for the whole school sees all its imports, a teacher only their own."""
REMEMBERED: Seen = {**dict.fromkeys(IMPORTS, NOBODY), "trend_analyst": {"kantelaar"}}
"""Who imports for the whole school looks through what imports remember, others what they answered themselves."""
AUDIT: Seen = {
    "head": {"kantelaar"},
    "head_b": {"pluimgaard"},
    "head_x": {"zandloper"},
    "privacy_officer": {"kantelaar", "pluimgaard"},
}
TOLD_OF: Seen = {"head": {"teacher"}, "privacy_officer": {"teacher"}, "head_x": {"teacher_x"}}
"""Accounts that got to see names: who is told reads their address, since a name can be made up."""
MANAGED: Seen = {
    "administrator": {"kantelaar"},
    "administrator_b": {"pluimgaard"},
    "administrator_x": {"zandloper"},
    "administrator_board": {"kantelaar", "pluimgaard"},
}


def _with_role(*places: str) -> set[str]:
    return {user for user, (_bundle, place) in ROLES.items() if place in places}


USERS: Seen = {
    "administrator": _with_role("kantelaar"),
    "administrator_b": _with_role("pluimgaard"),
    "administrator_x": _with_role("zandloper"),
    "administrator_board": _with_role("kantelaar", "pluimgaard", "kadewijs"),
}
SHARES: Seen = {**TEACHES_NOW, **OTHERS, **HEADS, "care_director": SCHOOL}
SHARED: Seen = {
    **each({*TEACH_5, "care_director", "head"}, {"noor"}),
    **each(TEACH_6, NOBODY),
    **each(AT_B, {"bo"}),
    **each(AT_X, {"xena"}),
}
SHARED_WITH: Seen = {
    **each({*TEACH_5, "care_director", "head"}, {"kantelaar"}),
    **each(TEACH_6, NOBODY),
    **each(AT_B, {"pluimgaard"}),
    **each(AT_X, {"zandloper"}),
    "guardian": NOBODY,
    "guardian_x": {"zandloper"},
}
PRINTS: Seen = {
    **each(TEACH_5, {"5"}),
    **each(TEACH_6, {"6"}),
    **each({"trend_analyst", "care_director", "head"}, {"5", "6"}),
    **each(AT_B, {"b5"}),
    **each(AT_X, {"x5"}),
    "teacher_rekenen": NOBODY,
}
TAKES_OUT: Seen = {**SHARES, "teacher_rekenen": {"noor", "yassin"}, "trend_analyst": SCHOOL}
RESULTS: Seen = {user: pupils for user, pupils in PUPILS.items() if user != "social_worker"}
EXPORTS: Seen = {**WRITES_RESULTS, **HEADS, "care_director": SCHOOL}
REPORTS: Seen = {**each({*FIGURES, *RESULTS, "board"}, NOBODY), "head": {"kantelaar"}}
EDITS_CALENDAR: Seen = {**each(set(WRITES_RESULTS), NOBODY), **MANAGED, "trend_analyst": {"kantelaar"}}
SEARCHES = PUPILS.keys() | FIGURES.keys() | TAUGHT.keys() | USERS.keys()
