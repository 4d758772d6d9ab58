"""What the interventions of the round before brought, counted by the analysis, and what the team made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from leercirkel.analysis.model.round_effect import RoundEffect
from leercirkel.analysis.round_effect import effects_of
from leercirkel.analysis.special import special_schools
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.assessment.selectors import enrolments_frame
from leercirkel.apps.cycle.models import CycleRun, Intervention, Judgement
from leercirkel.apps.cycle.selectors.begun import begun
from leercirkel.apps.cycle.selectors.interventions import undertaken
from leercirkel.apps.cycle.selectors.rounds import round_before
from leercirkel.apps.insight.selectors.ground import ground_at
from leercirkel.engines.memory import MemoryEngine


@dataclass(frozen=True, slots=True)
class Brought:
    """An intervention of the round before, its effect between the two rounds, and the team's judgement of it."""

    row: Intervention
    effect: RoundEffect
    judged: Judgement | None


def brought(sight: Sight, run: CycleRun, only: Intervention | None = None) -> list[Brought]:
    """What each intervention of the round before brought between that round and this one; the same for whoever looks.

    Computed by the analysis on the figures of the whole school as they are now. `only`: of this one alone. Without
    names. The number of queries does not grow with the interventions.
    """
    before = round_before(run)
    if before is None:
        return []
    rows = list(begun(sight).filter(run=before))
    rows = [row for row in rows if only is None or row.pk == only.pk]
    if not rows:
        return []
    school = run.school
    done = undertaken(sight, school)
    by_name = {(one.name, one.start): one for one in done.interventions}
    asked = [by_name[row.name, row.start] for row in rows]
    ground = ground_at(sight, school).ground
    special = any(row["special"] for row in MemoryEngine().rows(special_schools(ground.rows)))
    whole = replace(sight, extents={Right.SEE_FIGURES: Extent(schools=frozenset({school.pk}))})
    effects = effects_of(
        MemoryEngine(), ground.rows, enrolments_frame(whole, school, Right.SEE_FIGURES), asked,
        moments=((before.school_year, before.moment), (run.school_year, run.moment)), others=done.interventions,
        norms=() if special else ground.norms, carried_out_from=done.carried_out_from,
    )  # fmt: skip
    judged = judgements(run)
    return [Brought(row, effect, judged.get(row.pk)) for row, (effect,) in zip(rows, effects, strict=True)]


def judgements(run: CycleRun) -> Mapping[int, Judgement]:
    """Intervention → what the team decided in this round. One query."""
    return {one.intervention_id: one for one in Judgement.objects.filter(run=run)}


def to_judge(sight: Sight, run: int) -> QuerySet[Intervention]:
    """The interventions of other rounds of the school of this round, where the user works on rounds as a whole."""
    schools = sight.extent(Right.WRITE_ANALYSIS).schools & sight.extent(Right.SEE_FIGURES).schools
    found = begun(sight).filter(school_id__in=schools, school__rounds=run)
    return found.exclude(run=run)
