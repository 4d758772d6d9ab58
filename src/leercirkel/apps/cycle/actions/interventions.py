"""Writing down what was undertaken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q

from leercirkel.analysis.model import Agreement as AgreementMade
from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.selectors import instruction_frame
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.models import (
    Agreement,
    Finding,
    Intervention,
    InterventionFinding,
    InterventionGroup,
    InterventionPupil,
    UndertakenFile,
)
from leercirkel.apps.cycle.rosters import Named, named
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import parse_school_year, school_year_of
from leercirkel.core.interventions import Intervention as Made
from leercirkel.core.text import squeezed
from leercirkel.exchange.interventions import checks, members, reader
from leercirkel.exchange.problems import Problem, has_errors


class FileHasErrors(Exception):
    """Nothing was kept: these must be mended first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file brought, and what it says that is doubtful."""

    interventions: int
    agreements: int
    gone: int
    problems: tuple[Problem, ...]


@transaction.atomic
def load_interventions(*, school: School, content: bytes, name: str, by: User | None) -> Loaded:
    """Keeps the interventions and agreements of a file (docs/gebruik/aanpakken.md) in the place of what earlier files
    brought; what no file brought stays.

    Who took part is worked out now, from the groups and results that are here: classes as a whole, of instruction
    groups the pupils. An intervention with the same name and first day stays the same row. Raises FileHasErrors.
    """
    read, problems = reader.read(content, name)
    if read is None or has_errors(problems):
        raise FileHasErrors(problems)
    known, results = named(school), instruction_frame(school)
    problems += checks.who(read, known.rosters, [results])
    problems += checks.tests(read, set(results["subject"].unique()))
    problems += checks.begun(read, _by_hand(school))
    if has_errors(problems):
        raise FileHasErrors(problems)
    file = UndertakenFile.objects.create(
        school=school, name=name, sha256=sha256(content).hexdigest(), carried_out_from=read.carried_out_from,
        made_by=by,
    )  # fmt: skip
    made = members.resolved(read, known.rosters, results)
    gone = _interventions(school, file, made, known)
    gone += _agreements(school, file, read.agreements, known)
    count = len(made) + len(read.agreements)
    log.record(Kind.IMPORTED, by=by, school=school.pk, about=file, count=count, purpose="interventions")
    return Loaded(len(made), len(read.agreements), gone, tuple(problems))


def _by_hand(school: School) -> set[tuple[str, date]]:
    """Name and first day of what was begun in a round: a file neither changes it nor takes it away."""
    rows = Intervention.objects.filter(Q(file=None) | Q(run__isnull=False), school=school)
    return set(rows.values_list("name", "start"))


def _interventions(school: School, file: UndertakenFile, made: Sequence[Made], known: Named) -> int:
    """Writes them; returns how many of earlier files are gone."""
    kept = []
    for position, one in enumerate(made):
        row, _new = Intervention.objects.update_or_create(
            school=school, name=one.name, start=one.start, defaults={"file": file, **_fields(one, position)}
        )
        kept.append(row.pk)
        row.groups.all().delete()
        row.pupils.all().delete()
        year = school_year_of(one.start)
        groups = {known.groups.get((year, group)) for group in one.groups}
        of_year = {squeezed(group): pk for (of, group), pk in known.mixed.items() if of == year}
        groups |= {of_year.get(squeezed(group)) for group in one.instruction_groups}
        InterventionGroup.objects.bulk_create(
            InterventionGroup(school=school, intervention=row, group_id=pk) for pk in sorted(pk for pk in groups if pk)
        )
        pupils = sorted({known.pupils[key] for key in one.pupils if key in known.pupils})
        InterventionPupil.objects.bulk_create(
            InterventionPupil(school=school, intervention=row, pupil_id=pk) for pk in pupils
        )
    gone = Intervention.objects.filter(school=school, file__isnull=False, run=None).exclude(pk__in=kept)
    count = gone.count()
    gone.delete()
    return count


def _fields(one: Made, position: int) -> dict[str, Any]:
    seen = one.observed
    return {
        "position": position, "end": one.end, "subject": one.subject or "", "instrument": one.instrument or "",
        "weeks_planned": one.weeks_planned, "weeks_given": one.weeks_given, "selected_low": one.selected_low,
        "observed_goal": seen.goal if seen else "", "observed_reached": seen.reached if seen else None,
        "observed_of": seen.of if seen else None, "observers": seen.observers if seen else None,
    }  # fmt: skip


def _agreements(school: School, file: UndertakenFile, made: Sequence[AgreementMade], known: Named) -> int:
    """Writes them; returns how many of earlier files are gone."""
    before = Agreement.objects.filter(school=school, file__isnull=False)
    count = before.count()
    before.delete()
    rows = []
    for position, one in enumerate(made):
        year = parse_school_year(one.school_year) or 0
        of_year = {squeezed(group): pk for (of, group), pk in known.groups.items() if of == year}
        group = of_year.get(squeezed(one.group)) if one.group else None
        rows.append(
            Agreement(
                school=school,
                file=file,
                position=position,
                school_year=year,
                moment=one.moment,
                text=one.text,
                done=one.done,
                subject=one.subject or "",
                group_id=group,
                group_name=one.group or "",
            )
        )
    Agreement.objects.bulk_create(rows)
    return max(0, count - len(rows))


@transaction.atomic
def tie(*, intervention: Intervention, findings: Iterable[Finding], by: User | None) -> int:
    """Says because of which findings of its school an intervention was begun, also of one that a file brought; how many
    were new. What was tied before stays. Raises ValueError for a finding of another school."""
    new = 0
    for finding in findings:
        if finding.school_id != intervention.school_id:
            raise ValueError("a finding of another school")
        _row, made = InterventionFinding.objects.get_or_create(
            intervention=intervention, finding=finding, defaults={"school_id": intervention.school_id}
        )
        new += made
    if new:
        log.record(Kind.CHANGED, by=by, school=intervention.school_id, about=intervention, count=new, purpose="because")
    return new
