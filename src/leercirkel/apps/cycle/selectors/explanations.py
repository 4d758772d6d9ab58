"""The findings of a round that a user may explain, and what was chosen earlier for the like ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from leercirkel.analysis.ledger import LedgerLine, for_team, without_own_words
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import CycleRun, Finding
from leercirkel.apps.cycle.selectors.ledger import entries_of
from leercirkel.apps.cycle.selectors.rounds import leads, of_own_groups

EARLIER = 3
"""How many earlier ones stand beside a finding."""


def rounds_to_explain(sight: Sight) -> QuerySet[CycleRun]:
    """The rounds of schools where the user writes the analysis, or has a group to plan for."""
    own = sight.extent(Right.WRITE_PLAN)
    reached = Q(school__in=sight.extent(Right.WRITE_ANALYSIS).schools | own.schools)
    return CycleRun.objects.filter(reached | Q(school__groups__in=own.group_ids), school__in=sight.schools).distinct()


def findings_to_explain(sight: Sight) -> QuerySet[Finding]:
    """The findings that were taken over, but for those about one pupil: of the whole school for who writes its
    analysis, else of the own groups. With their explanations; two queries."""
    own = sight.extent(Right.WRITE_PLAN)
    reached = Q(school__in=sight.extent(Right.WRITE_ANALYSIS).schools)
    reached |= of_own_groups(own) | Q(group__isnull=False, school__in=own.schools)
    found = Finding.objects.filter(reached, school__in=sight.schools, state=Finding.State.ACCEPTED, gone=False)
    found = found.exclude(level=Finding.Level.PUPIL).select_related("group", "run").prefetch_related("explanations")
    return found.order_by("-talk", "group", "rank", "pk")


def earlier(sight: Sight, run: CycleRun, findings: Iterable[Finding]) -> Mapping[str, tuple[LedgerLine, ...]]:
    """Like-key → what was chosen and done for the like finding in earlier rounds of the school, the newest first. What
    was said in own words about one group only for who works on rounds for the whole school."""
    likes = {finding.like for finding in findings} - {""}
    if not likes:
        return {}
    entries = [entry for entry in entries_of([run.school_id], but=run) if entry.like in likes]
    found = {}
    for like in likes:
        lines = for_team(e.line for e in entries if e.like == like and (e.line.codes or e.line.intervention))
        found[like] = lines if leads(sight, run.school_id) else without_own_words(lines)
    return {like: tuple(line for line in lines if line.taught)[:EARLIER] for like, lines in found.items()}
