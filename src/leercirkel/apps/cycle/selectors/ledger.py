"""What schools learned: their findings, explanations, interventions and effects, as lines (analysis.ledger)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.db.models import F, QuerySet

from leercirkel.analysis.ledger import LedgerLine
from leercirkel.analysis.model import EffectVerdict, InterventionEffect
from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import CycleRun, Finding, Intervention, InterventionPupil
from leercirkel.apps.cycle.selectors.weeks import counted_of
from leercirkel.apps.organisation.models import Group, School
from leercirkel.core.calendar import moment_of, school_year_of

Effects = dict[tuple[str, str | None], EffectVerdict]
"""Name and subject of an intervention → what was measured, where the team did not judge it yet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line, which findings are like it, and whose school it is."""

    like: str
    school: int
    line: LedgerLine


def ledger_schools(sight: Sight) -> QuerySet[School]:
    """The schools of which the user sees what was learned: where figures of the whole school are seen."""
    return School.objects.filter(pk__in=sight.extent(Right.SEE_FIGURES).schools & sight.schools).order_by("name")


def board_schools(sight: Sight) -> frozenset[int]:
    """The schools that are counted together for a board."""
    return sight.extent(Right.SEE_BOARD).schools


def measured_of(effects: Iterable[InterventionEffect]) -> Effects:
    """Of the effects of a report what was measured last."""
    return {(one.name, one.subject): one.periods[-1].verdict for one in effects if one.periods}


def entries_of(
    schools: Collection[int], *, but: CycleRun | None = None, measured: Effects | None = None
) -> list[Entry]:
    """A line per finding that was taken over and what was done about it, and per intervention without a finding.

    Nothing about one pupil. `but`: without this round. `measured`: for interventions that no team judged. Nine
    queries, and one per school of which weeks were said.
    """
    groups = _base_groups(schools)
    done = _done(schools, measured or {})
    findings = Finding.objects.filter(school__in=schools, state=Finding.State.ACCEPTED, good=False)
    findings = findings.exclude(level=Finding.Level.PUPIL).select_related("run")
    if but is not None:
        findings = findings.exclude(run=but)
    entries, used = [], set()
    for finding in findings.prefetch_related("explanations", "interventions"):
        about = _about(finding, groups)
        because = [row.intervention_id for row in finding.interventions.all()]
        used.update(because)
        lines = [done[pk].line for pk in because if pk in done] or [LedgerLine(0, "", "")]
        entries += [Entry(finding.like, finding.school_id, replace(line, **about)) for line in lines]
    alone = [made for pk, made in done.items() if pk not in used and (but is None or made.run != but.pk)]
    return [*entries, *(Entry("", made.school, made.line) for made in alone)]


@dataclass(frozen=True, slots=True)
class _Done:
    """An intervention, as the line that it makes by itself."""

    school: int
    run: int | None
    line: LedgerLine


def _about(finding: Finding, groups: dict[tuple[int, int], list[tuple[str, str]]]) -> dict[str, Any]:
    of_year = groups.get((finding.school_id, finding.run.school_year), [])
    if finding.group_id:
        about = {str(finding.group_id)}
    elif finding.grade is not None:
        about = {key for key, grade in of_year if grade == str(finding.grade)}
    else:
        about = {key for key, _grade in of_year}
    chosen = list(finding.explanations.all())
    return {
        "school_year": finding.run.school_year,
        "moment": finding.run.moment,
        "subject": finding.subject,
        "finding": finding.own_text or finding.text,
        "computed": finding.text,
        "groups": frozenset(about),
        "codes": tuple(one.code for one in chosen if one.code),
        "own_words": tuple(one.own_text for one in chosen if one.own_text),
    }


def _base_groups(schools: Collection[int]) -> dict[tuple[int, int], list[tuple[str, str]]]:
    """School and school year → keys and grades of its classes."""
    found: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    rows = Group.objects.filter(school__in=schools, kind=Group.Kind.BASE)
    for school, year, pk, grade in rows.values_list("school_id", "school_year", "pk", "grade"):
        found[school, year].append((str(pk), grade))
    return found


def _done(schools: Collection[int], measured: Effects) -> dict[int, _Done]:
    rows = Intervention.objects.filter(school__in=schools).select_related("run", "school")
    rows = rows.prefetch_related("groups__group", "judgements", "weeks")
    weeks, classes = _weeks(rows), _classes(schools)
    return {
        row.pk: _Done(
            row.school_id, row.run_id, _line(row, weeks.get(row.pk), measured, classes.get(row.pk, set()))
        )
        for row in rows
    }  # fmt: skip


def _classes(schools: Collection[int]) -> dict[int, set[int]]:
    """Intervention → the classes that its named pupils sat in on its first day."""
    found: dict[int, set[int]] = defaultdict(set)
    named = InterventionPupil.objects.filter(
        school__in=schools,
        pupil__enrolments__group__kind=Group.Kind.BASE,
        pupil__enrolments__during__contains=F("intervention__start"),
    )
    for row, group in named.values_list("intervention_id", "pupil__enrolments__group_id").distinct():
        found[row].add(group)
    return found


def _weeks(rows: Iterable[Intervention]) -> dict[int, tuple[int | None, int | None]]:
    """Of those of which weeks were said, how many were given and of how many, as where they are said."""
    told: dict[School, list[Intervention]] = defaultdict(list)
    said: dict[int, dict[date, bool]] = {}
    for row in rows:
        if weeks := {week.monday: week.given for week in row.weeks.all()}:
            told[row.school].append(row)
            said[row.pk] = weeks
    return {pk: counted for school, of in told.items() for pk, counted in counted_of(school, of, said).items()}


def _line(
    row: Intervention, counted: tuple[int | None, int | None] | None, measured: Effects, classes: Collection[int]
) -> LedgerLine:
    groups = {one.group_id for one in row.groups.all()}
    if not any(one.group.kind == Group.Kind.INSTRUCTION for one in row.groups.all()):
        groups |= set(classes)  # of an instruction group the group itself took part, not the classes of its members
    judged = max(row.judgements.all(), key=lambda each: each.pk, default=None)
    given, planned = counted or (row.weeks_given, row.weeks_planned)
    verdict = judged.effect.get("verdict") if judged else measured.get((row.name, row.subject or None))
    if not judged and row.end >= clock.today():  # measured was at most an earlier one with the same name
        verdict = None
    return LedgerLine(
        row.run.school_year if row.run else school_year_of(row.start),
        row.run.moment if row.run else moment_of(row.start),
        row.subject,
        key=str(row.pk),
        intervention=row.name,
        measure=row.kind,
        took_part=frozenset(map(str, groups)),
        weeks_given=given,
        weeks_planned=planned,
        verdict=cast("EffectVerdict | None", verdict),
        choice=judged.choice if judged else "",
        why=judged.why if judged else "",
    )
