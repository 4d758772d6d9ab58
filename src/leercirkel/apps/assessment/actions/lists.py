"""Lists that teachers fill in on a page: method tests by goal, and observations of the youngest.

Each time a list is saved is a batch of its own, with only what changed in it; undoing it brings back what stood there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.actions.hand import SOURCE
from leercirkel.apps.assessment.hand import METHOD_TEST, OBSERVATION
from leercirkel.apps.assessment.models import ImportBatch, MethodResult, Observation
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Pupil, School
from leercirkel.core.calendar import school_year_of

_LISTS = 5_170_421
"""First number of the advisory lock that lets one person at a time save lists of a school."""


@transaction.atomic
def save_method_results(
    *,
    school: School,
    subject: str,
    block: str,
    taken_on: date,
    cells: Mapping[tuple[int, str], float | None],
    by: User | None,
    categories: Mapping[str, str] | None = None,
) -> ImportBatch | None:
    """Keeps percentages by (pupil, goal); None takes away what stands there. Returns the batch; None: nothing changed.

    What stands there of the same day is replaced; of an earlier day it stays, and the last one counts (the test was
    made again). `categories`: goal → the part of the subject that it belongs to, for these pupils' results of that
    goal in this block and school year. Raises ValueError for a percentage outside 0–100 or a pupil of another school.
    """  # fmt: skip
    if any(percent is not None and not 0 <= percent <= 100 for percent in cells.values()):
        raise ValueError("a percentage lies between 0 and 100")
    _check(school, {pupil for pupil, _ in cells})
    year = school_year_of(taken_on)
    rows = MethodResult.objects.filter(school=school, school_year=year, subject=subject, block=block)
    given = categories or {}
    of_these = rows.filter(pupil__in={pupil for pupil, _ in cells})  # another group may have a goal of this name
    for goal, category in given.items():
        of_these.filter(goal=goal).exclude(category=category).update(category=category)
    known = given or dict(rows.exclude(category="").values_list("goal", "category"))
    here: dict[tuple[int, str], MethodResult] = {
        (row.pupil_id, row.goal): row
        for row in rows.filter(pupil__in={p for p, _ in cells}).order_by("taken_on", "id")
    }  # fmt: skip
    gone, new = [], []
    for (pupil, goal), percent in cells.items():
        row = here.get((pupil, goal))
        if (row.percent if row else None) == percent:
            continue
        if row is not None and (percent is None or row.taken_on == taken_on):
            gone.append(row.pk)
        if percent is not None:
            new.append({
                "pupil_id": pupil, "school_year": year, "taken_on": taken_on, "subject": subject, "block": block,
                "goal": goal, "percent": percent, "category": known.get(goal, ""),
            })  # fmt: skip
    return _keep(school, MethodResult, METHOD_TEST, gone, new, by, [goal for _, goal in cells])


@transaction.atomic
def save_observations(
    *, school: School, title: str, moment: str, taken_on: date, cells: Mapping[tuple[int, str], str], by: User | None
) -> ImportBatch | None:
    """Keeps stages by (pupil, domain) of one list and moment, in the school's own words; "" takes away what is there.

    What stands there of this moment is replaced. Returns the batch; None: nothing changed. Raises ValueError for a
    pupil of another school.
    """
    _check(school, {pupil for pupil, _ in cells})
    year = school_year_of(taken_on)
    rows = Observation.objects.filter(school=school, school_year=year, moment=moment, list=title)
    here: dict[tuple[int, str], list[Observation]] = {}
    for row in rows.filter(pupil__in={p for p, _ in cells}).order_by("taken_on", "id"):
        here.setdefault((row.pupil_id, row.domain), []).append(row)
    gone, new = [], []
    for (pupil, domain), stage in cells.items():
        before = here.get((pupil, domain), [])
        if (before[-1].stage if before else "") == stage:
            continue
        gone += [row.pk for row in before]
        if stage:
            new.append({
                "pupil_id": pupil, "school_year": year, "taken_on": taken_on, "moment": moment, "list": title,
                "domain": domain, "stage": stage,
            })  # fmt: skip
    return _keep(school, Observation, OBSERVATION, gone, new, by, [domain for _, domain in cells])


def _check(school: School, pupils: Collection[int]) -> None:
    """One at a time per school, and only its own pupils."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LISTS, school.pk])
    if Pupil.objects.filter(school=school, pk__in=pupils).count() != len(pupils):
        raise ValueError("a pupil of another school")


def _keep(
    school: School, model: type[MethodResult] | type[Observation], reason: str, gone: Collection[int],
    new: Collection[dict[str, Any]], by: User | None, columns: Collection[str],
) -> ImportBatch | None:  # fmt: skip
    if not gone and not new:
        return None
    pupils = {row["pupil_id"] for row in new}
    batch: ImportBatch = ImportBatch.objects.create(
        school=school, origin=ImportBatch.Origin.HAND, state=ImportBatch.State.DONE, reason=reason, made_by=by,
        counts={"new": len(new), "gone": len(gone), "pupils": len(pupils)}, done=len(new), total=len(new),
    )  # fmt: skip
    order = {column: place for place, column in enumerate(dict.fromkeys(columns))}
    ordered = sorted(new, key=lambda row: order[row.get("goal") or row["domain"]])  # so that columns keep their order
    model.objects.filter(pk__in=gone).update(replaced_by=batch)
    source = f"{SOURCE}:{batch.pk}"
    model.objects.bulk_create([model(school=school, batch=batch, source=source, **row) for row in ordered])
    log.record(
        Kind.CHANGED if gone else Kind.CREATED, by=by, school=school.pk, about=batch, count=len(new) + len(gone),
        purpose=reason,
    )  # fmt: skip
    return batch
