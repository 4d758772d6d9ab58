"""What all plans of a school are made with: arrangements, rules and figures, fetched once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from leercirkel.analysis.clustering import Proposal, Rule, proposals
from leercirkel.apps.groupplan.models import Arrangement, PlanPupil, WrittenPlan
from leercirkel.apps.groupplan.selectors.figures import AreaFigures

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Choices:
    """A school's arrangements, the most ahead first, with the place of the usual one."""

    arrangements: tuple[Arrangement, ...]
    usual: int

    @property
    def usual_one(self) -> Arrangement:
        """The one for whoever no rule says anything of."""
        return self.arrangements[self.usual]


def choices_of(arrangements: list[Arrangement]) -> Choices:
    """The first is usual when none says so. There is at least one (actions.start_with_proposals)."""
    usual = next((place for place, one in enumerate(arrangements) if one.usual), 0)
    return Choices(tuple(arrangements), usual)


def propose(
    figures: AreaFigures | None, rule: Rule, choices: Choices, pupils: Mapping[int, str], most: int | None
) -> dict[int, Proposal]:
    """Pupil → proposal, of pupils with their grade who are taught together. Without figures (observation goals)
    everyone has the usual arrangement."""
    if figures is None:
        return {pupil: Proposal(choices.usual, None, ("none",)) for pupil in pupils}
    facts = {f"{pupil:012d}": figures.facts(pupil) for pupil in pupils}
    made = proposals(
        facts, figures.norm.tiers, rule, places=len(choices.arrangements), usual=choices.usual, most_groups=most
    )
    return {int(pupil): one for pupil, one in made.items()}


def apply(row: PlanPupil, proposal: Proposal, choices: Choices, basis: Mapping[str, Any]) -> bool:
    """Puts a proposal in a row; what the teacher chose otherwise stays. Whether anything changed."""
    proposed = choices.arrangements[proposal.place]
    own_cluster = bool(row.cluster) and row.cluster != row.basis.get("cluster", "")
    cluster = LETTERS[(proposal.group - 1) % len(LETTERS)] if proposal.group else ""
    fresh = {
        **basis, "why": list(proposal.why), "cluster": cluster, "was": row.basis.get("was"),
        "standing": None if proposal.standing is None else int(proposal.standing),
    }  # fmt: skip
    before = (row.arrangement_id, row.proposed_id, row.cluster, row.basis)
    if row.arrangement_id is None or row.arrangement_id == row.proposed_id:
        row.arrangement = proposed
    if not own_cluster:
        row.cluster = cluster
    row.proposed, row.basis = proposed, fresh
    return before != (row.arrangement_id, row.proposed_id, row.cluster, row.basis)


def moved(plan: WrittenPlan, by: Any) -> None:
    """Marks a plan as changed: revision, who and when. Changes of the program itself (None) name nobody else."""
    plan.revision += 1
    plan.changed_at = timezone.now()
    if by is not None:
        plan.changed_by = by
