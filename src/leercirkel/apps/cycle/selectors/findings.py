"""The findings of a round, as far as a sight reaches, and who may decide on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import Count, Q, QuerySet

from leercirkel.analysis.model import Evidence, SchoolReport
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.assessment.selectors.frames import ALL_SUBJECTS
from leercirkel.apps.cycle.frozen import thawed
from leercirkel.apps.cycle.models import CycleRun, Finding, Snapshot
from leercirkel.apps.cycle.selectors.rounds import OWN, leads, of_own_groups, schools_with_rounds
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.organisation.selectors import pupils_of
from leercirkel.exchange.built import Unfit, built

State = Finding.State


def findings_of(sight: Sight, run: CycleRun) -> QuerySet[Finding]:
    """The findings of a round that the user may see, in the order of their talks."""
    return findings_seen(sight).filter(run=run)


def findings_seen(sight: Sight) -> QuerySet[Finding]:
    """The findings of all rounds that the user may see.

    About the school: who works on the round as a whole. About a group: these, and who writes plans for the group or
    sees its results; for who teaches one subject to it, what is about that subject. About a pupil: only who may see
    the pupil's results in that subject.
    """
    here = schools_with_rounds(sight)
    led = here & sight.extent(Right.WRITE_ANALYSIS).schools
    whole = frozenset[int]().union(*(sight.extent(right).schools for right in OWN))
    mine = Q(school_id__in=whole)
    for right in OWN:
        mine |= of_own_groups(sight.extent(right))
    of_groups = Q(talk=Finding.Talk.GROUP) & mine
    reached = ~Q(level=Finding.Level.PUPIL) & (Q(school_id__in=led) | of_groups)
    reached |= Q(level=Finding.Level.PUPIL, pupil__isnull=False) & _pupils(sight)
    found = Finding.objects.filter(reached, school_id__in=here).select_related("group", "pupil", "run__school")
    return found.order_by("talk", "group__position", "group__name", "pupil__sort_key", "rank", "id")


def _pupils(sight: Sight) -> Q:
    """Findings about pupils whose results the user may see, by subject; without a query of its own."""
    extent = sight.extent(Right.SEE_RESULTS)
    reached = Q(school_id__in=extent.schools)
    for subject in sorted({ALL_SUBJECTS} | {subject for _, subject in extent.groups}):
        groups = frozenset(pair for pair in extent.groups if pair[1] == subject)
        part = replace(extent, groups=groups) if subject == ALL_SUBJECTS else Extent(groups=groups)
        pupils = pupils_of(replace(sight, extents={Right.SEE_RESULTS: part}), Right.SEE_RESULTS)
        one = Q(pupil__in=pupils.order_by().values("pk"))
        reached |= one if subject == ALL_SUBJECTS else one & Q(subject=subject)
    return reached


def decides(sight: Sight, finding: Finding) -> bool:
    """Whether the user, who sees the finding, may say something of it: who works on the round as a whole, and teachers
    for their own groups."""
    if leads(sight, finding.school_id) or sight.may_at(Right.WRITE_PLAN, finding.school_id):
        return True
    extent = sight.extent(Right.WRITE_PLAN)
    return any(group == finding.group_id and subject in ("", finding.subject) for group, subject in extent.groups)


def counted(found: QuerySet[Finding]) -> Mapping[int | None, tuple[int, int]]:
    """Group (None: of no group) → findings that the talk begins with: decided on, and all of them. One query."""
    rows = found.filter(shown=True, gone=False).order_by().values("group_id")
    rows = rows.annotate(of=Count("pk"), decided=Count("pk", filter=~Q(state=State.OPEN)))
    return {row["group_id"]: (row["decided"], row["of"]) for row in rows}


def evidence_of(finding: Finding) -> Sequence[Evidence]:
    """What the sentence rests on; what another program wrote otherwise is left out."""
    made = []
    for each in finding.evidence:
        try:
            made.append(built(Evidence, each))
        except Unfit:
            continue
    return made


_kept: Kept[SchoolReport] = Kept(16)


def report_in(snapshot: Snapshot) -> SchoolReport:
    """The report of a snapshot, read once per process. Raises Unreadable (cycle.frozen)."""
    # a database that was put back gives its numbers again: the moment tells the snapshots apart
    kept = Snapshot.objects.filter(pk=snapshot.pk).values_list("report", flat=True)
    return _kept.get((snapshot.pk, snapshot.made_at), lambda: thawed(kept.get()))
