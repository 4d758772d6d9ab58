"""A plan as it was fixed: from its own content, whatever the plan says now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from leercirkel.apps.groupplan.models import PlanGoal, PlanVersion, PlanVersionPupil
from leercirkel.apps.groupplan.presenters import words
from leercirkel.apps.groupplan.proposals import REASONS, SECTIONS
from leercirkel.apps.organisation.called import called
from leercirkel.apps.organisation.models import Pupil
from leercirkel.core import dutch


@dataclass(frozen=True, slots=True)
class FixedPupil:
    """A pupil in a fixed version."""

    pupil: Pupil
    cluster: str
    result: str
    reason: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FixedCluster:
    """An arrangement of a fixed version."""

    name: str
    goals: tuple[str, ...]
    pupils: tuple[FixedPupil, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class FixedPage:
    """A fixed version for its page."""

    area: str
    group: str
    starts: date
    ends: date
    together: tuple[str, ...]
    clusters: tuple[FixedCluster, ...]
    parts: tuple[tuple[str, str], ...]


def page_of(
    version: PlanVersion, rows: Sequence[PlanVersionPupil], shown: Mapping[int, Pupil],
    files: Mapping[int, frozenset[str] | None],
) -> FixedPage:  # fmt: skip
    """A version for its page; of pupils who are not in `shown` only how many. `files`: of whom phrases are shown, and
    of which kinds (None: all)."""
    content = version.content
    goals: dict[str, list[str]] = {}
    for goal in content.get("goals", ()):
        goals.setdefault(goal["arrangement"], []).append(_goal(goal, content["area"], shown))
    names = dict.fromkeys([*goals, *(row.content.get("arrangement", "") for row in rows)])
    clusters = []
    for name in names:
        of = [row for row in rows if row.content.get("arrangement", "") == name]
        seen = [_pupil(row, shown[row.pupil_id], files.get(row.pupil_id, NONE)) for row in of if row.pupil_id in shown]
        seen.sort(key=lambda one: one.pupil.sort_key)
        if name or of:
            clusters.append(FixedCluster(name, tuple(goals.get(name, ())), tuple(seen), len(of) - len(seen)))
    parts = [(str(label), content.get("texts", {}).get(code, "")) for code, label in SECTIONS.items()]
    starts, ends = (date.fromisoformat(content[name]) if name in content else version.fixed_at.date() for name in
                    ("starts", "ends"))  # fmt: skip
    return FixedPage(
        content.get("area", ""), content.get("group", ""), starts, ends, tuple(goals.get("", ())), tuple(clusters),
        tuple((label, text) for label, text in parts if text),
    )  # fmt: skip


def _goal(goal: Mapping[str, Any], area: str, shown: Mapping[int, Pupil]) -> str:
    if goal["kind"] != PlanGoal.Kind.TEST or goal["text"]:
        ids = goal.get("named", ())
        names = called(shown.values())
        who = [names[pk] for pk in ids if pk in shown]
        rest = len(ids) - len(who)
        return words.named(str(goal["text"]), dutch.listed([*who, *([words.nobody(rest)] if rest else [])]))
    return words.test_goal_text(goal, goal["arrangement"], area, now=True, fixed=True)


NONE: frozenset[str] = frozenset()


def _pupil(row: PlanVersionPupil, pupil: Pupil, kinds: frozenset[str] | None) -> FixedPupil:
    content = row.content
    own = pupil.first_name or str(pupil)
    phrases = tuple(text for kind, text in content.get("phrases", ()) if kinds is None or kind in kinds)
    phrases += tuple(words.named(text, own) for text in content.get("needs", ()))
    reason = str(REASONS.get(content.get("reason", ""), ""))
    return FixedPupil(pupil, content.get("cluster", ""), words.result_words(content.get("basis", {})), reason, phrases)
