"""Proposals made again from what is kept with the pupils of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.clustering import Proposal, Rule, Standing, Tiers, placed
from leercirkel.apps.groupplan.actions.context import Choices
from leercirkel.apps.groupplan.models import PlanPupil
from leercirkel.core import destinations


def proposed_again(
    rows: Sequence[PlanPupil], tiers: Tiers, rule: Rule, choices: Choices, most: int
) -> dict[int, Proposal]:
    """Pupil → proposal for another number of instructions, from the standing, DLE and destination kept in `basis`."""
    standings, levels = {}, {}
    for row in rows:
        standing = row.basis.get("standing")
        key = f"{row.pupil_id:012d}"
        standings[key] = (None if standing is None else Standing(standing), tuple(row.basis.get("why", ("none",))))
        line = destinations.rank(row.basis["destination"]) if row.basis.get("destination") else None
        levels[key] = (row.basis.get("dle"), line)
    made = placed(standings, levels, rule, places=len(choices.arrangements), usual=choices.usual, most=most)
    return {int(pupil): one for pupil, one in made.items()}
