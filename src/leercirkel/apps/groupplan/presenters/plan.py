"""One plan: clusters with their pupils, goals, texts, and what is different from the last plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.analysis.clustering import mostly_downward
from leercirkel.apps.groupplan.models import Arrangement, GroupPlan, PlanGoal, PlanPupil
from leercirkel.apps.groupplan.presenters import words
from leercirkel.apps.groupplan.proposals import NAMES, REASONS, SECTIONS
from leercirkel.apps.organisation.called import called, same_first_name
from leercirkel.apps.organisation.models import Pupil
from leercirkel.apps.organisation.named import Named, said_of
from leercirkel.core import destinations, dutch


@dataclass(frozen=True, slots=True)
class Card:
    """A pupil in a plan. `moved`: chosen otherwise than proposed. `was`: the arrangement of the last plan, when it is
    another `now`. `own_plan`: the id of the plan of this pupil alone that runs in the area, where it may be seen."""

    row: int
    pupil: Pupil
    arrangement: int | None
    proposed: str
    moved: bool
    reason: str
    reason_words: str
    result: str
    why: str
    was: str
    now: str
    cluster: str
    came: bool
    own_plan: int | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """An arrangement with its pupils; `hidden`: pupils of it that the user may not see (any more)."""

    arrangement: Arrangement
    cards: tuple[Card, ...]
    hidden: int
    goals: tuple[Goal, ...]
    together: str
    """With whom it shares its instruction, when nobody is in it on purpose; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in words; of a test goal with its numbers to choose from. A goal about pupils: `ahead` and `after` are
    what stands around their names, `pupils` those who are shown and `hidden` how many are not; `kept` is the text to
    change."""

    pk: int
    kind: str
    label: str
    text: str
    kept: str
    ahead: str
    pupils: tuple[Pupil, ...]
    hidden: int
    after: str
    to_reach: int | None
    of: int | None
    test: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the plan in words."""

    code: str
    heading: str
    text: str
    url: str = ""
    """Where a change of it goes."""
    named: str = ""
    """That names of pupils may stand in it; empty when none do."""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything of a plan as its page shows it."""

    clusters: tuple[Cluster, ...]
    together: tuple[Goal, ...]
    parts: tuple[Part, ...]
    groups: str
    letters: tuple[str, ...]
    downward: bool
    moved: int
    different: tuple[Card, ...]
    count: int
    same_name: frozenset[int]
    """The pupils whose first name another in the plan has too: they are called in full."""


def page_of(
    plan: GroupPlan, rows: Sequence[PlanPupil], goals: Sequence[PlanGoal], arrangements: Sequence[Arrangement],
    shown: Mapping[int, Pupil], named: Mapping[str, Named] = MappingProxyType({}),
    own: Mapping[int, int] | None = None,
) -> Page:  # fmt: skip
    """A plan for its page; of pupils who are not in `shown` only how many. `named`: section → names that may stand
    there, for who writes it; `own`: pupil → the plan of that pupil alone (id)."""
    names = {one.pk: one.name for one in arrangements}
    place = {one.pk: number for number, one in enumerate(arrangements)}
    alone = own or {}
    cards = {
        row.pk: _card(row, shown[row.pupil_id], names, alone.get(row.pupil_id)) for row in rows if row.pupil_id in shown
    }
    made = []
    for one in arrangements:
        mine = [row for row in rows if row.arrangement_id == one.pk]
        seen = sorted((cards[r.pk] for r in mine if r.pk in cards), key=lambda c: (c.cluster, c.pupil.sort_key))
        of = tuple(_goal(goal, plan, shown) for goal in goals if goal.arrangement_id == one.pk)
        made.append(Cluster(one, tuple(seen), len(mine) - len(seen), of, ""))
    moves = [
        (place[row.proposed_id], place[row.arrangement_id])
        for row in rows
        if row.proposed_id in place and row.arrangement_id in place
    ]
    together = tuple(_goal(goal, plan, shown) for goal in goals if goal.arrangement_id is None)
    parts = tuple(
        Part(
            code,
            str(label),
            str(plan.texts.get(code, "")),
            reverse("plan-text", args=[plan.pk, code]),
            said_of([named[code]]) if code in named else "",
        )
        for code, label in SECTIONS.items()
    )
    letters = sorted({row.cluster for row in rows if row.cluster})
    return Page(
        tuple(made), together, parts, words.groups_words(instructions(rows)), tuple(letters), mostly_downward(moves),
        sum(one != other for one, other in moves), tuple(card for card in cards.values() if card.was), len(rows),
        same_first_name(shown.values()),
    )  # fmt: skip


def _card(row: PlanPupil, pupil: Pupil, names: Mapping[int, str], own: int | None) -> Card:
    was = row.basis.get("was")
    other = bool(was) and was != row.arrangement_id and was in names
    return Card(
        row.pk, pupil, row.arrangement_id, names.get(row.proposed_id or 0, ""), row.arrangement_id != row.proposed_id,
        row.reason, str(REASONS.get(row.reason, "")), words.result_words(row.basis), words.why_words(row.basis),
        names[was] if other else "", names.get(row.arrangement_id or 0, ""), row.cluster,
        row.came_from_id is not None, own,
    )  # fmt: skip


def _goal(goal: PlanGoal, plan: GroupPlan, shown: Mapping[int, Pupil]) -> Goal:
    ids = goal.named or ([goal.pupil_id] if goal.pupil_id else [])
    who = tuple(shown[pk] for pk in ids if pk in shown)
    hidden = len(ids) - len(who) if NAMES in goal.text else 0
    ahead, _found, after = goal.text.partition(NAMES)
    about = bool(ids) and NAMES in goal.text
    text = words.goal_text(goal, plan.area.name, fixed=plan.state == GroupPlan.State.FIXED)
    if about:
        names = called(shown.values())
        named = [names[pupil.pk] for pupil in who] + ([words.nobody(hidden)] if hidden else [])
        text = words.named(goal.text, dutch.listed(named))
    return Goal(
        goal.pk, goal.kind, str(goal.get_kind_display()), text, goal.text, ahead if about else "",
        who if about else (), hidden, after if about else "", goal.to_reach, goal.of, goal.kind == PlanGoal.Kind.TEST,
    )  # fmt: skip


def instructions(rows: Sequence[PlanPupil]) -> list[tuple[str, float, float, list[str]]]:
    """Letter, lowest and highest DLE and destinations of each instruction group. None where most pupils are in none
    (readers whose AVI counts have no DLE): a sentence about the plan would be about a few."""
    found: list[tuple[str, float, float, list[str]]] = []
    if 2 * sum(bool(row.cluster) for row in rows) < len(rows):
        return found
    for letter in sorted({row.cluster for row in rows if row.cluster}):
        of = [row.basis for row in rows if row.cluster == letter and row.basis.get("dle") is not None]
        lines = {basis["destination"] for basis in of if basis.get("destination")}
        if of:
            dles = [basis["dle"] for basis in of]
            ordered = sorted(lines, key=lambda code: (destinations.rank(code) or 0, code))
            found.append((letter, min(dles), max(dles), ordered))
    return found


def summary(plan: Any) -> str:
    """How many pupils and how many moved, of a plan with `pupils_in` and `moved_in` (selectors.listed)."""
    pupils: str = ngettext("%d leerling", "%d leerlingen", plan.pupils_in) % plan.pupils_in
    if not plan.moved_in:
        return pupils
    moved: str = ngettext("%d anders dan voorgesteld", "%d anders dan voorgesteld", plan.moved_in) % plan.moved_in
    return f"{pupils}, {moved}"


def kind_words(plan: GroupPlan) -> str:
    """ "groepsplan rekenen"."""
    return _("%(kind)s %(area)s") % {"kind": plan.get_kind_display(), "area": plan.area.name}
