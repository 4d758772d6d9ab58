"""Every address of the application: who may open it (the others get 403), and of which things (of others: 404).

Written by hand, as support/who_sees.py; the things are those of support/world.py and support/things.py.

A new address needs a row in ADDRESSES, or tests/functional/test_every_address.py fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from tests.support.open_data import ELSEWHERE
from tests.support.things import Things
from tests.support.who_sees import (
    ANY_FIGURES,
    AT_B,
    AT_X,
    AUDIT,
    CASES,
    CHANGES_ALL,
    COMPARED,
    CONTACTS,
    EDITS_CALENDAR,
    EXPLAINS,
    EXPORTS,
    FIGURES,
    FILLED_IN,
    GROUPS,
    HEADS,
    IMPORTS,
    KANTELAAR,
    MANAGED,
    MEETINGS,
    NOBODY,
    NOTED,
    OTHERS,
    PLANS,
    PRINTS,
    PUBLISHED,
    PUPILS,
    REMEMBERED,
    REPORTS,
    RESULT_GROUPS,
    RESULT_PUPILS,
    RESULTS,
    ROSTERS,
    ROUND_GROUPS,
    SCHOOL,
    SCHOOL_FIGURES,
    SEARCHES,
    SHARED,
    SHARED_WITH,
    SHARES,
    TAKES_OUT,
    TALKS_OF_5,
    TASKS,
    TAUGHT,
    TEACH_5,
    TEACH_6,
    TEACHES_NOW,
    TEAMS,
    USERS,
    WRITES_ANALYSIS,
    WRITES_CONTACTS,
    WRITES_RESULTS,
    Seen,
    each,
)
from tests.support.world import World

Find = Callable[[World, Things, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Address:
    """One address. `who` passes the gate (None: everyone signed in); `things` what opens, per user; `others` what to
    try beside; `find` the parts of the path for a thing."""

    who: frozenset[str] | None = None
    things: Seen | None = None
    others: tuple[str, ...] = ()
    find: Find | None = None
    missing: dict[str, Any] = field(default_factory=dict)
    """The parts of the path of something that is nowhere."""
    open_to_all: bool = False
    same_for_all: bool = False
    """Says nothing of a school: a few users are enough."""


def for_(users: Any) -> Address:
    """For these users, of nothing in particular."""
    return Address(frozenset(users))


def of(things: Seen, others: tuple[str, ...], find: Find, **missing: Any) -> Address:
    """For who has any of these things, or none of them and yet a right."""
    return Address(frozenset(things), things, others, find, missing or {"pk": 999_999})


def _pk(kind: str) -> Find:
    return lambda world, more, name: {"pk": _row(world, more, kind, name).pk}


def _elsewhere(world: World, more: Things, name: str) -> dict[str, Any]:
    return {"pk": world.schools[name].pk, "code": ELSEWHERE}


def _row(world: World, more: Things, kind: str, name: str) -> Any:
    return more.rows[kind][name] if kind in more.rows else getattr(world, kind)[name]


def _pair(kind: str, row: str, part: str, of_row: Callable[[Any], int]) -> Find:
    """Two numbers: of a thing, and of a row of it. "a+b" is the row b under the thing a, where it does not belong."""

    def find(world: World, more: Things, name: str) -> dict[str, Any]:
        under, plus, own = name.partition("+")
        if plus:
            return {"pk": _row(world, more, kind, under).pk, part: _row(world, more, row, own).pk}
        found = _row(world, more, row, name)
        return {"pk": of_row(found), part: found.pk}

    return find


SIGNED_IN, ACCOUNT, OPEN = Address(), Address(same_for_all=True), Address(open_to_all=True, same_for_all=True)
PUPIL_OTHERS = ("noor", "yassin", "left", "bo", "xena")
GROUP_OTHERS = ("5", "6", "past", "b5", "x5")
SCHOOL_OTHERS = ("kantelaar", "pluimgaard", "zandloper")
CODED = {"code": "teacher"}


def _of_school(world: World, more: Things, name: str) -> dict[str, Any]:
    return {"school": world.schools[name].pk}


def _finding(world: World, more: Things, name: str) -> dict[str, Any]:
    return {"pk": more.rows["cyclerun"][name].pk, "finding": more.rows["finding"][name].pk}


def _begun(world: World, more: Things, name: str) -> dict[str, Any]:
    """The intervention that was begun in the round of a school."""
    run = more.rows["cyclerun"][name].pk
    return {"pk": run, "intervention": more.rows["weekgiven"][name].intervention_id}


def _check(world: World, more: Things, name: str) -> dict[str, Any]:
    return _begun(world, more, name) | {"check": more.rows["check"][name].pk}


def _begun_with(world: World, more: Things, name: str) -> dict[str, Any]:
    group = {"kantelaar": "5", "pluimgaard": "b5", "zandloper": "x5"}[name]
    return _begun(world, more, name) | {"group": world.groups[group].pk}


def _pupil_in_group(world: World, more: Things, name: str) -> dict[str, Any]:
    group, _slash, pupil = name.partition("/")
    return {"pk": world.groups[group].pk, "pupil": world.pupils[pupil].pk}


def _question(world: World, more: Things, name: str) -> dict[str, Any]:
    return {"pk": world.schools[name].pk, "question": "goals-reached"}


def _role_of_school(world: World, more: Things, name: str) -> dict[str, Any]:
    return {"school": world.schools[name].pk} | CODED


ROLE_AT: Seen = {
    "administrator": {"head", "duo"},
    "administrator_b": {"head_b"},
    "administrator_x": {"head_x"},
    "administrator_board": {"head", "duo", "head_b", "board"},
}
CASE_MEMBERS: Seen = {"care_director": {"yassin/social_worker", "untold/network_contact"}}
TEAM_MEMBERS: Seen = {
    **each(
        {"learning_coordinator", "head"},
        {"subject_team", "learning_team", "learning_coordinator", "care_director", "social_worker"},
    ),
    "care_director": {"care_director", "social_worker"},
    "head_b": NOBODY,
    "head_x": {"teacher_x"},
}
TEACHES: Seen = {
    **each({"learning_coordinator", "head"}, {"5/teacher", "6/substitute"}),
    "head_b": {"b5/teacher_b"},
    "head_x": {"x5/teacher_x"},
}
ITEMS: Seen = {
    **each({"learning_coordinator", "head"}, {"group-6", "informed"}),
    "care_director": {"informed"},
    "head_b": NOBODY,
    "head_x": {"item_x"},
}
TIES: Seen = {"care_director": {"noor", "new"}, "head": {"noor", "new"}, "head_b": NOBODY, "head_x": {"xena"}}

SETS_STANDARDS: Seen = {
    **each({"trend_analyst", "head"}, {"kantelaar"}),
    "head_b": {"pluimgaard"},
    "head_x": {"zandloper"},
}


def _standards(**parts: Any) -> Find:
    """A school's standards of this school year, with further parts of the path."""
    return lambda world, more, name: {"school": world.schools[name].pk, "year": 2026} | parts


def _standards_version(world: World, more: Things, name: str) -> dict[str, Any]:
    return {"school": world.schools[name].pk, "pk": more.rows["standards"][name].pk}


DOSSIERS: Seen = {
    **TEACHES_NOW,
    **OTHERS,
    **HEADS,
    "care_director": SCHOOL,
    "social_worker": {"yassin", "untold"},
    "network_contact": {"yassin"},
}
WRITTEN: Seen = DOSSIERS | each({"social_worker", "network_contact"}, NOBODY)
WRITTEN_TAKEN: Seen = {user: WRITTEN.get(user, NOBODY) for user in EXPORTS}
WRITES_MARKS: Seen = {**TEACHES_NOW, **OTHERS, "care_director": SCHOOL, "teacher_rekenen": NOBODY}
MARKED: Seen = {user: seen & {"noor", "bo", "xena"} for user, seen in WRITES_MARKS.items()}
MARKED_GROUPS: Seen = {
    **each(TEACH_5, {"5"}),
    **each(TEACH_6, {"6"}),
    "teacher_rekenen": NOBODY,
    "teacher_b": {"b5"},
    "teacher_x": {"x5"},
    "care_director": {"5", "6", "next"},
}


ADDS_FINDINGS: Seen = {
    **WRITES_ANALYSIS,
    **each({*TEACH_5, *TEACH_6}, {"kantelaar"}),
    "teacher_rekenen": {"kantelaar"},
    "teacher_b": {"pluimgaard"},
    "teacher_x": {"zandloper"},
}
DECIDES_ON_NOOR: Seen = {
    **each({*TEACH_5, "trend_analyst", "care_director", "head"}, {"kantelaar"}),
    **each({*TEACH_6, "teacher_rekenen", "learning_coordinator"}, NOBODY),
    **each(AT_B, {"pluimgaard"}),
    **each(AT_X, {"zandloper"}),
}
"""On a finding about a pupil of group 5."""


def _talk_of_round(**more: int) -> Find:
    return lambda world, things, name: {
        "pk": things.rows["cyclerun"][name].pk,
        "talk": things.rows["roundmeeting"][name].pk,
        **more,
    }


def _finding_of_round(world: World, more: Things, name: str) -> dict[str, Any]:
    found = more.rows["finding"][name]
    return {"pk": found.run_id, "finding": found.pk}


def _norm_file(world: World, more: Things, name: str) -> dict[str, Any]:
    return {"school": world.schools[name].pk, "pk": more.rows["norms"][name].pk}


WRITES_PLANS: Seen = {
    **each(TEACH_5 | {"care_director"}, {"kantelaar"}),
    **each(TEACH_6 | {"teacher_rekenen"}, NOBODY),
    "teacher_b": {"pluimgaard"},
    "teacher_x": {"zandloper"},
}
"""Plans by their school: each is of group 5 there."""
READS_PLANS: Seen = {
    **WRITES_PLANS,
    **each({"trend_analyst", "head"}, {"kantelaar"}),
    "learning_coordinator": NOBODY,
    "head_b": {"pluimgaard"},
    "head_x": {"zandloper"},
}


def _of_plan(row: str, part: str) -> Find:
    """A row of a plan; "a+b" is that of b under the plan of a, where it does not belong."""
    return _pair("groupplan", row, part, lambda found: found.plan_id)


def _plan_and(**parts: Any) -> Find:
    return lambda world, more, name: {"pk": more.rows["groupplan"][name].pk} | parts


def _set_up(row: str) -> Find:
    return lambda world, more, name: {"school": world.schools[name].pk, "pk": more.rows[row][name].pk}


READS_PUPIL_PLANS: Seen = {
    **each(TEACH_5, {"kantelaar"}),
    **each(TEACH_6 | {"social_worker", "network_contact"}, NOBODY),
    **each({"care_director", "head"}, {"kantelaar"}),
    **each(AT_B, {"pluimgaard"}),
    **each(AT_X, {"zandloper"}),
}
"""The plan of one pupil by the school: of a pupil of group 5 there."""
WRITES_PUPIL_PLANS: Seen = {
    **{user: seen for user, seen in READS_PUPIL_PLANS.items() if user in WRITES_PLANS},
    "teacher_rekenen": NOBODY,
}
OPENS_PUPIL_PLANS: Seen = {**{user: WRITTEN.get(user, NOBODY) for user in WRITES_PLANS}}


def _pupil_plan_and(**parts: Any) -> Find:
    return lambda world, more, name: {"pk": more.rows["pupilplan"][name].pk} | parts


OVERVIEWS: Seen = {
    **each(TEACH_5, {"5"}),
    **each(TEACH_6, {"6"}),
    "teacher_rekenen": {"rekenen"},
    **each({"care_director", "head"}, KANTELAAR),
    **each(AT_B, {"b5"}),
    **each(AT_X, {"x5"}),
    **each({"social_worker", "network_contact"}, NOBODY),
}
"""Groups of which the user sees the results and the file of the pupils, or writes their plan."""
NEEDS_WRITTEN: Seen = {
    **each(TEACH_5, {"5/noor"}),
    **each(TEACH_6, {"6/yassin"}),
    "teacher_rekenen": {"rekenen/noor"},
    "care_director": {"5/noor", "6/yassin", "rekenen/noor"},
    "teacher_b": {"b5/bo"},
    "teacher_x": {"x5/xena"},
}
NEEDS_OTHERS = ("5/noor", "6/yassin", "rekenen/noor", "b5/bo", "x5/xena", "5+yassin", "5+xena")


def _in_group(world: World, more: Things, name: str) -> dict[str, Any]:
    """A pupil in a group: "5/noor"; or "5+yassin", who is not in it."""
    group, _, pupil = name.replace("+", "/").partition("/")
    return {"pk": world.groups[group].pk, "pupil": world.pupils[pupil].pk}


def _phrase(world: World, more: Things, name: str) -> dict[str, Any]:
    """What is needed by the pupil with a group of a school, at a group of that school."""
    school, pupil, group = {
        "kantelaar": ("kantelaar", "noor", "5"),
        "zandloper": ("zandloper", "xena", "x5"),
        "pluimgaard": ("pluimgaard", "bo", "b5"),
    }[name]
    row = more.rows["pupilphrase"][school].pk
    return {"pk": world.groups[group].pk, "pupil": world.pupils[pupil].pk, "row": row}


ADDRESSES: dict[str, Address] = {
    # the frame
    "start": SIGNED_IN,
    "language": OPEN,
    "names": ACCOUNT,
    "keys": ACCOUNT,
    "search": for_(SEARCHES),
    "styleguide": ACCOUNT,
    "styleguide-question": ACCOUNT,
    # signing in, and one's own account: what is not one's own is tried in tests/functional/test_second_factor.py
    **dict.fromkeys(
        (
            *("account_login", "mfa_authenticate", "mfa_login_webauthn", "account_inactive", "account_logout"),
            *("demo_sign_in", "invitation", "account_reset_password", "account_reset_password_done"),
            "account_reset_password_from_key_done",
        ),
        OPEN,
    ),
    "openid_connect_login": Address(open_to_all=True, same_for_all=True, missing={"provider_id": "nergens"}),
    "openid_connect_callback": Address(open_to_all=True, same_for_all=True, missing={"provider_id": "nergens"}),
    "invitation_link": Address(open_to_all=True, same_for_all=True, missing={"secret": "nergens"}),
    "account_reset_password_from_key": Address(
        open_to_all=True, same_for_all=True, missing={"uidb36": "1", "key": "set-x"}
    ),
    **dict.fromkeys(
        (
            *("account", "my_rights", "sessions", "device", "here", "lock", "unlock", "account_change_password"),
            *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_index"),
            *("factor_start", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_list_webauthn", "mfa_add_webauthn"),
            *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        ),
        ACCOUNT,
    ),
    "mfa_edit_webauthn": Address(same_for_all=True, missing={"pk": 999_999}),
    "mfa_remove_webauthn": Address(same_for_all=True, missing={"pk": 999_999}),
    # pupils and their parents
    "pupils": for_(PUPILS),
    "pupil": of(PUPILS, PUPIL_OTHERS, _pk("pupils")),
    "pupil-results": of(RESULT_PUPILS, PUPIL_OTHERS, _pk("pupils")),
    "pupil-looks": of(PUPILS, PUPIL_OTHERS, _pk("pupils")),
    "pupil-written": of(WRITTEN, PUPIL_OTHERS, _pk("pupils")),
    "pupil-written-paper": of(WRITTEN_TAKEN, PUPIL_OTHERS, _pk("pupils")),
    "pupil-contacts": of(CONTACTS, PUPIL_OTHERS, _pk("pupils")),
    "pupil-guardian-add": of(WRITES_CONTACTS, PUPIL_OTHERS, _pk("pupils")),
    "pupil-guardian": of(
        TIES,
        ("noor", "xena", "daan+noor", "noor+xena"),
        _pair("pupils", "guardianship", "row", lambda tie: tie.pupil_id),
        pk=999_999,
        row=999_999,
    ),
    "pupil-guardian-remove": of(
        TIES,
        ("noor", "xena", "daan+noor", "noor+xena"),
        _pair("pupils", "guardianship", "row", lambda tie: tie.pupil_id),
        pk=999_999,
        row=999_999,
    ),
    **dict.fromkeys(
        ("pupil-guardian-account", "pupil-guardian-account-again", "pupil-guardian-account-end"),
        of(
            TIES,
            ("noor", "xena", "daan+noor", "noor+xena"),
            _pair("pupils", "guardianship", "row", lambda tie: tie.pupil_id),
            pk=999_999,
            row=999_999,
        ),
    ),
    "pupil-guardian-from": of(WRITES_CONTACTS, PUPIL_OTHERS, _pk("pupils")),
    "authority-unknown": for_(WRITES_CONTACTS),
    "guardians-import": for_(WRITES_CONTACTS),
    "children": for_(PUBLISHED),
    # groups, schools, boards
    "groups": for_(GROUPS),
    "group": of(GROUPS, GROUP_OTHERS, _pk("groups")),
    "group-results": of(RESULT_GROUPS, GROUP_OTHERS, _pk("groups")),
    # what pupils need, and day notes
    "group-overview": of(OVERVIEWS, GROUP_OTHERS, _pk("groups")),
    "group-overview-say": of(NEEDS_WRITTEN, NEEDS_OTHERS, _in_group, pk=999_999, pupil=999_999),
    "group-overview-end": of(
        {
            **each(set(NEEDS_WRITTEN), NOBODY),
            **each({*TEACH_5, "care_director"}, {"kantelaar"}),
            "teacher_b": {"pluimgaard"},
            "teacher_x": {"zandloper"},
        },
        SCHOOL_OTHERS,
        _phrase,
        pk=999_999,
        pupil=999_999,
        row=999_999,
    ),
    "day-notes": for_(OVERVIEWS),
    "day-note-back": of(each(set(NEEDS_WRITTEN), NOBODY), SCHOOL_OTHERS, _pk("daynote")),
    "plan-phrases": for_(WRITES_ANALYSIS),
    "schools": for_(FIGURES),
    "school": of(FIGURES, SCHOOL_OTHERS, _pk("schools")),
    "board": for_({"board"}),
    "undertaken": for_(FIGURES),
    "undertaken-load": for_(WRITES_ANALYSIS),
    # rounds
    "rounds": for_(FIGURES),
    "round": of(FIGURES, SCHOOL_OTHERS, _pk("cyclerun")),
    "round-open": of(WRITES_ANALYSIS, SCHOOL_OTHERS, _of_school, school=999_999),
    **dict.fromkeys(
        ("round-hand-over", "round-close", "round-reopen", "round-take-in", "round-step"),
        of(WRITES_ANALYSIS, SCHOOL_OTHERS, _pk("cyclerun")),
    ),
    **dict.fromkeys(("round-goals", "round-results"), of(FIGURES, SCHOOL_OTHERS, _pk("cyclerun"))),
    "round-findings": of(FIGURES, SCHOOL_OTHERS, _pk("cyclerun")),
    "round-findings-accept": of(EXPLAINS, SCHOOL_OTHERS, _pk("cyclerun")),
    "round-finding-add": of(ADDS_FINDINGS, SCHOOL_OTHERS, _pk("cyclerun")),
    "round-finding": of(DECIDES_ON_NOOR, SCHOOL_OTHERS, _finding_of_round, pk=999_999, finding=999_999),
    # talks of a round
    "round-talks": of(FIGURES, SCHOOL_OTHERS, _pk("cyclerun")),
    "round-all-minutes": of(WRITES_ANALYSIS, SCHOOL_OTHERS, _pk("cyclerun")),
    "round-talks-plan": of(WRITES_ANALYSIS, SCHOOL_OTHERS, _pk("cyclerun")),
    "round-talk-prepare": of(EXPLAINS, SCHOOL_OTHERS, _pk("cyclerun")),
    **dict.fromkeys(
        ("round-talk", "round-talk-sheet"), of(TALKS_OF_5, SCHOOL_OTHERS, _talk_of_round(), pk=999_999, talk=999_999)
    ),
    "round-talk-minutes": of(
        TALKS_OF_5, SCHOOL_OTHERS, _talk_of_round(number=1), pk=999_999, talk=999_999, number=999_999
    ),
    # plans
    "plans": for_(READS_PLANS),
    "plans-make": Address(
        frozenset(WRITES_ANALYSIS),
        WRITES_ANALYSIS,
        SCHOOL_OTHERS,
        lambda world, more, name: {"run": more.rows["cyclerun"][name].pk},
        {"run": 999_999},
    ),
    # nobody of this world is in no instruction group; test_in_no_instruction_group.py has such pupils
    "plans-choose": of(
        dict.fromkeys(WRITES_ANALYSIS, NOBODY),
        SCHOOL_OTHERS,
        lambda world, more, name: {"row": more.rows["planpupil"][name].pk},
        row=999_999,
    ),
    # who leads rounds of one subject may do so, and does not see this pupil
    "plans-choice-back": of({**WRITES_ANALYSIS, "learning_coordinator": NOBODY}, SCHOOL_OTHERS, _pk("planchoice")),
    "plans-member-back": of(
        dict.fromkeys(WRITES_ANALYSIS, NOBODY), SCHOOL_OTHERS, lambda world, more, name: {"pk": 999_998}
    ),
    "plans-fix": for_(WRITES_PLANS),
    "plans-booklet": for_(WRITES_PLANS),
    "plans-setup-here": for_(WRITES_ANALYSIS),
    **dict.fromkeys(
        ("plans-setup", "plans-setup-start", "plans-setup-rule"),
        of(WRITES_ANALYSIS, SCHOOL_OTHERS, _of_school, school=999_999),
    ),
    **dict.fromkeys(
        ("plans-setup-area", "plans-setup-area-end", "plans-setup-area-rule"),
        of(WRITES_ANALYSIS, SCHOOL_OTHERS, _set_up("planarea"), school=999_999, pk=999_999),
    ),
    **dict.fromkeys(
        ("plans-setup-arrangement", "plans-setup-arrangement-end"),
        of(WRITES_ANALYSIS, SCHOOL_OTHERS, _set_up("arrangement"), school=999_999, pk=999_999),
    ),
    **dict.fromkeys(("plan", "plan-paper", "plan-evaluation"), of(READS_PLANS, SCHOOL_OTHERS, _pk("groupplan"))),
    "plan-version": of(READS_PLANS, SCHOOL_OTHERS, _plan_and(number=1), pk=999_999, number=1),
    **dict.fromkeys(
        ("plan-goal-new", "plan-most", "plan-fix", "plan-reopen", "plan-next-block", "plan-evaluation-save"),
        of(WRITES_PLANS, SCHOOL_OTHERS, _pk("groupplan")),
    ),
    # plans of single pupils
    "pupil-plans": of(WRITTEN, PUPIL_OTHERS, _pk("pupils")),
    "pupil-plan-open": of(OPENS_PUPIL_PLANS, PUPIL_OTHERS, _pk("pupils")),
    **dict.fromkeys(
        ("pupil-plan", "pupil-plan-paper", "pupil-plan-evaluation"),
        of(READS_PUPIL_PLANS, SCHOOL_OTHERS, _pk("pupilplan")),
    ),
    "pupil-plan-version": of(READS_PUPIL_PLANS, SCHOOL_OTHERS, _pupil_plan_and(number=1), pk=999_999, number=1),
    **dict.fromkeys(
        (
            *("pupil-plan-goal-new", "pupil-plan-days", "pupil-plan-fix", "pupil-plan-reopen", "pupil-plan-away"),
            "pupil-plan-evaluation-save",
        ),
        of(WRITES_PUPIL_PLANS, SCHOOL_OTHERS, _pk("pupilplan")),
    ),
    "pupil-plan-text": of(
        WRITES_PUPIL_PLANS, SCHOOL_OTHERS, _pupil_plan_and(section="doing"), pk=999_999, section="doing"
    ),
    "pupil-plan-goal": of(
        WRITES_PUPIL_PLANS,
        (*SCHOOL_OTHERS, "kantelaar+pluimgaard"),
        _pair("pupilplan", "pupilgoal", "goal", lambda found: found.plan_id),
        pk=999_999,
        goal=999_999,
    ),
    "plan-pupil-plan": of(WRITES_PLANS, SCHOOL_OTHERS, _pk("groupplan")),
    "plan-text": of(WRITES_PLANS, SCHOOL_OTHERS, _plan_and(section="content"), pk=999_999, section="content"),
    "plan-move": of(
        WRITES_PLANS, (*SCHOOL_OTHERS, "kantelaar+pluimgaard"), _of_plan("planpupil", "row"), pk=999_999, row=999_999
    ),
    "plan-goal": of(
        WRITES_PLANS, (*SCHOOL_OTHERS, "kantelaar+pluimgaard"), _of_plan("plangoal", "goal"), pk=999_999, goal=999_999
    ),
    "insight-board": for_({"board"}),
    # what is done in a round
    "round-undertaken": of(FIGURES, SCHOOL_OTHERS, _pk("cyclerun")),
    **dict.fromkeys(("round-support",), of(FIGURES, SCHOOL_OTHERS, _pk("cyclerun"))),
    "round-agree": of(EXPLAINS, SCHOOL_OTHERS, _pk("cyclerun")),
    **dict.fromkeys(
        ("round-agreed-done", "round-agreed-change", "round-visit"),
        of(
            {
                **dict.fromkeys(FIGURES, NOBODY),
                "teacher": {"kantelaar"},
                "teacher_b": {"pluimgaard"},
                "teacher_x": {"zandloper"},
            },
            SCHOOL_OTHERS,
            lambda world, more, name: {"pk": more.rows["cyclerun"][name].pk, "support": more.rows["support"][name].pk},
            pk=999_999,
            support=999_999,
        ),
    ),
    **dict.fromkeys(("round-monitoring", "round-effect"), of(FIGURES, SCHOOL_OTHERS, _pk("cyclerun"))),
    "round-week": of(CHANGES_ALL, SCHOOL_OTHERS, _begun, pk=999_999, intervention=999_999),
    "round-checks": of(CHANGES_ALL, SCHOOL_OTHERS, _begun, pk=999_999, intervention=999_999),
    "round-check": of(CHANGES_ALL, SCHOOL_OTHERS, _check, pk=999_999, intervention=999_999, check=999_999),
    **dict.fromkeys(
        ("round-judge", "round-go-on"),
        of(each(set(WRITES_ANALYSIS), NOBODY), SCHOOL_OTHERS, _begun, pk=999_999, intervention=999_999),
    ),
    "round-undertake": of(EXPLAINS, SCHOOL_OTHERS, _pk("cyclerun")),
    **dict.fromkeys(
        ("round-undertaking", "round-undertaking-end"),
        of(CHANGES_ALL, SCHOOL_OTHERS, _begun, pk=999_999, intervention=999_999),
    ),
    "round-undertaking-who": of(
        CHANGES_ALL, SCHOOL_OTHERS, _begun_with, pk=999_999, intervention=999_999, group=999_999
    ),
    # what explains the findings of a round, and what was learned
    "round-explanations": of(EXPLAINS, SCHOOL_OTHERS, _pk("cyclerun")),
    "round-explain": of(each(set(EXPLAINS), NOBODY), SCHOOL_OTHERS, _finding, pk=999_999, finding=999_999),
    "ledger": for_(FIGURES),
    "board-ledger": for_({"board"}),
    # schools beside others like them
    "comparable": for_(COMPARED),
    "comparable-school": of(COMPARED, SCHOOL_OTHERS, _pk("schools")),
    "comparable-other": of(COMPARED, SCHOOL_OTHERS, _elsewhere, pk=999_999, code=ELSEWHERE),
    # results of schools
    "insight-here": for_(FIGURES),
    **dict.fromkeys(
        ("insight-school", "insight-school-growth", "insight-school-method"),
        of(ANY_FIGURES, SCHOOL_OTHERS, _pk("schools")),
    ),
    **dict.fromkeys(
        ("insight-school-years", "insight-school-destinations", "insight-answers"),
        of(SCHOOL_FIGURES, SCHOOL_OTHERS, _pk("schools")),
    ),
    "insight-answer": of(WRITES_ANALYSIS, SCHOOL_OTHERS, _question, pk=999_999, question="goals-reached"),
    "rosters": for_(ROSTERS),
    **dict.fromkeys(
        ("roster-plan", "roster-confirm", "roster-renew", "roster-discard"),
        of(ROSTERS, ("plan", "plan_x"), _pk("plan")),
    ),
    # results by hand
    "result-history": for_(WRITES_RESULTS),
    "result-undo": of(each(set(WRITES_RESULTS), NOBODY), SCHOOL_OTHERS, _pk("importbatch")),
    "result-enter": for_(WRITES_RESULTS),
    "result-enter-pupil": of(WRITES_RESULTS, PUPIL_OTHERS, _pk("pupils")),
    "method-tests": for_(ROUND_GROUPS),
    "method-test": of(ROUND_GROUPS, GROUP_OTHERS, _pk("groups")),
    "method-fill": of(FILLED_IN, GROUP_OTHERS, _pk("groups")),
    "observations": for_(ROUND_GROUPS),
    "observation-fill": of(FILLED_IN, GROUP_OTHERS, _pk("groups")),
    **dict.fromkeys(
        ("test-calendar-edit", "test-calendar-test", "test-calendar-remove", "test-calendar-copy"),
        of(EDITS_CALENDAR, SCHOOL_OTHERS, _of_school, school=999_999),
    ),
    "test-calendar": for_(ROUND_GROUPS.keys() | MANAGED.keys()),
    "test-calendar-group": of(ROUND_GROUPS, GROUP_OTHERS, _pk("groups")),
    "test-calendar-note": of(
        NOTED, ("5/noor", "6/yassin", "b5/bo", "x5/xena"), _pupil_in_group, pk=999_999, pupil=999_999
    ),
    "result-correct": of(WRITES_RESULTS, PUPIL_OTHERS, _pk("result")),
    # teams, teachers, cases, meetings
    "teachers": for_(TAUGHT),
    "teachers-group": of(TAUGHT, GROUP_OTHERS, _pk("groups")),
    "teachers-end": of(
        TEACHES,
        ("5/teacher", "x5/teacher_x", "5+6/substitute", "5+x5/teacher_x"),
        _pair("groups", "teaches", "teacher", lambda row: row.group_id),
        pk=999_999,
        teacher=999_999,
    ),
    "teams": for_(TEAMS),
    "team-new": for_(TEAMS),
    **dict.fromkeys(
        ("team", "team-change", "team-end"),
        of(TEAMS, ("leerteam", "regiegroep", "support", "team_x"), _pk("team")),
    ),
    "team-member-end": of(
        TEAM_MEMBERS,
        ("subject_team", "social_worker", "teacher_x", "leerteam+subject_team", "leerteam+teacher_x"),
        _pair("team", "team_member", "member", lambda row: row.team_id),
        pk=999_999,
        member=999_999,
    ),
    "cases": for_(CASES),
    "case-open": for_(CASES),
    **dict.fromkeys(("case", "case-close"), of(CASES, ("yassin", "closed", "case_x"), _pk("case"))),
    **dict.fromkeys(
        ("case-member-end", "case-member-inform"),
        of(
            CASE_MEMBERS,
            ("yassin/social_worker", "case_x/teacher_x", "yassin+untold/social_worker", "yassin+case_x/teacher_x"),
            _pair("case", "case_member", "member", lambda row: row.case_id),
            pk=999_999,
            member=999_999,
        ),
    ),
    "meetings": SIGNED_IN,
    "tasks": SIGNED_IN,
    "task": Address(None, TASKS, SCHOOL_OTHERS, _pk("task"), {"pk": 999_999}),
    "meeting": Address(None, MEETINGS, ("leerteam", "support", "meeting_x"), _pk("meeting"), {"pk": 999_999}),
    "meeting-plan": for_(PLANS),
    **dict.fromkeys(
        ("meeting-change", "meeting-remove"), of(PLANS, ("leerteam", "support", "meeting_x"), _pk("meeting"))
    ),
    **dict.fromkeys(
        ("meeting-item-remove", "meeting-item-inform"),
        of(
            ITEMS,
            ("group-6", "informed", "item_x", "leerteam+informed", "leerteam+item_x"),
            _pair("meeting", "item", "item", lambda row: row.meeting_id),
            pk=999_999,
            item=999_999,
        ),
    ),
    # talk sheets, and what parents have of them
    "talk-sheet": of(RESULTS, PUPIL_OTHERS, _pk("pupils")),
    "talk-sheet-pdf": of(EXPORTS, PUPIL_OTHERS, _pk("pupils")),
    "talk-sheet-share": of(SHARES, PUPIL_OTHERS, _pk("pupils")),
    "talk-sheet-withdraw": of(
        SHARED,
        ("noor", "bo", "xena", "daan+noor", "noor+xena"),
        _pair("pupils", "shared_of_pupil", "shared", lambda shared: shared.pupil_id),
        pk=999_999,
        shared=999_999,
    ),
    **dict.fromkeys(("group-talk-sheets", "group-paste"), of(PRINTS, GROUP_OTHERS, _pk("groups"))),
    "pupil-paste": of(TAKES_OUT, PUPIL_OTHERS, _pk("pupils")),
    "shared-sheet": of(SHARED_WITH, SCHOOL_OTHERS, _pk("sharedsheet")),
    # reports, and where a number comes from
    "reports": for_(REPORTS),
    **dict.fromkeys(("report", "report-discard"), of(REPORTS, SCHOOL_OTHERS, _pk("job"))),
    "report-file": of(
        REPORTS,
        SCHOOL_OTHERS,
        lambda world, more, name: {"pk": _row(world, more, "job", name).pk, "name": "a.pdf"},
        pk=999_999,
        name="a.pdf",
    ),
    "figure": of(
        {**FIGURES, "board": {"kantelaar", "pluimgaard"}, "subject_team": {"kantelaar"}}, SCHOOL_OTHERS, _pk("schools")
    ),
    "result-origin": of(RESULTS, PUPIL_OTHERS, _pk("result")),
    # imports of results
    "import-remembered": for_(IMPORTS),
    "import-answer-forget": of(REMEMBERED, SCHOOL_OTHERS, _pk("pupilmatch")),
    "import-source-forget": of(REMEMBERED, SCHOOL_OTHERS, _pk("sourcemapping")),
    "imports": for_(IMPORTS),
    **dict.fromkeys(
        (
            *("import", "import-progress", "import-files", "import-pupils", "import-confirm", "import-resume"),
            *("import-discard", "import-undo"),
        ),
        of(IMPORTS, (*SCHOOL_OTHERS, "own"), _pk("batch")),
    ),
    **dict.fromkeys(
        ("import-file-remove", "import-columns"),
        of(
            IMPORTS,
            ("kantelaar", "own", "zandloper", "own+kantelaar", "own+zandloper"),
            _pair("batch", "upload", "upload", lambda upload: upload.batch_id),
            pk=999_999,
            upload=999_999,
        ),
    ),
    # destination and support
    **dict.fromkeys(("marks", "marks-upload"), for_(WRITES_MARKS)),
    "marks-group": of(MARKED_GROUPS, (*GROUP_OTHERS, "rekenen"), _pk("groups")),
    "pupil-marks": of(DOSSIERS, PUPIL_OTHERS, _pk("pupils")),
    "pupil-mark-add": of(WRITES_MARKS, PUPIL_OTHERS, _pk("pupils")),
    **dict.fromkeys(
        ("pupil-mark-correct", "pupil-mark-end", "pupil-mark-withdraw"),
        of(
            MARKED,
            ("noor", "xena", "daan+noor", "noor+xena"),
            _pair("pupils", "mark", "row", lambda mark: mark.pupil_id),
            pk=999_999,
            row=999_999,
        ),
    ),
    # what results are held against
    "standards": for_(FIGURES),
    **dict.fromkeys(
        ("standards-versions", "standards-compare"), of(FIGURES, SCHOOL_OTHERS, _of_school, school=999_999)
    ),
    **dict.fromkeys(
        ("standards-version", "standards-file"),
        of(FIGURES, SCHOOL_OTHERS, _standards_version, school=999_999, pk=999_999),
    ),
    **dict.fromkeys(
        (
            *("standards-draft", "standards-upload", "standards-preview", "standards-confirm", "standards-discard"),
            *("standards-choices", "standards-add"),
        ),
        of(SETS_STANDARDS, SCHOOL_OTHERS, _standards(), school=999_999, year=2026),
    ),
    "norm-tables": for_(FIGURES),
    "norm-add": of(SETS_STANDARDS, SCHOOL_OTHERS, _of_school, school=999_999),
    "norm-file": of(FIGURES, SCHOOL_OTHERS, _norm_file, school=999_999, pk=999_999),
    "norm-end": of(SETS_STANDARDS, SCHOOL_OTHERS, _norm_file, school=999_999, pk=999_999),
    "standards-subject": of(
        SETS_STANDARDS, SCHOOL_OTHERS, _standards(code="rekenen"), school=999_999, year=2026, code="rekenen"
    ),
    **dict.fromkeys(
        ("standards-edit", "standards-remove"),
        of(SETS_STANDARDS, SCHOOL_OTHERS, _standards(number=0), school=999_999, year=2026, number=0),
    ),
    "import-problems": of(IMPORTS, (*SCHOOL_OTHERS, "own"), _pk("batch")),
    # users and roles, the log
    "users": for_(USERS),
    "user_invite": for_(USERS),
    "user": of(USERS, ("teacher", "head_b", "head_x", "board", "nobody"), _pk("users")),
    "user_give_role": of(USERS, ("teacher", "head_b", "head_x", "board", "nobody"), _pk("users")),
    "user_end_role": of(
        ROLE_AT,
        ("head", "head_b", "head_x", "board", "duo+head", "duo+head_x"),
        _pair("users", "role", "role", lambda row: row.user_id),
        pk=999_999,
        role=999_999,
    ),
    "user_act": of(
        USERS,
        ("teacher", "head_b", "head_x", "board", "nobody"),
        lambda world, more, name: {"pk": world.users[name].pk, "do": "overal-afmelden"},
        pk=999_999,
        do="overal-afmelden",
    ),
    "role_schools": for_(MANAGED),
    "roles": of(MANAGED, SCHOOL_OTHERS, _of_school, school=999_999),
    **dict.fromkeys(
        ("role", "role_change", "role_reset"), of(MANAGED, SCHOOL_OTHERS, _role_of_school, school=999_999, **CODED)
    ),
    "notices": for_(AUDIT),
    "audit_schools": for_(AUDIT),
    "audit": of(AUDIT, SCHOOL_OTHERS, _of_school, school=999_999),
    "audit_export": of(AUDIT, SCHOOL_OTHERS, _of_school, school=999_999),
    "privacy": for_({"privacy_officer"}),
}


def hostile_parts(name: str, address: Address, number: str) -> list[str]:
    """The address with `number` in the place of each of its numbers, and of all of them."""
    numbers = [part for part, value in address.missing.items() if isinstance(value, int)]
    marks = {part: 7_000_001 + place for place, part in enumerate(numbers)}
    path = reverse(name, kwargs={**address.missing, **marks})
    found = [path.replace(str(mark), number) for mark in marks.values()]
    whole = path
    for mark in marks.values():
        whole = whole.replace(str(mark), number)
    others = {mark: str(address.missing[part]) for part, mark in marks.items()}
    for mark, value in others.items():
        found = [each.replace(str(mark), value) for each in found]
    return [*dict.fromkeys([*found, whole])] if numbers else []
