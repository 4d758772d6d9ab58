"""Findings: made from the figures of a round, and what the team says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leercirkel.analysis.findings import RoundFinding, round_findings
from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.pupil_findings import pupil_findings, pupil_rows
from leercirkel.analysis.some_pupils import sheets_of
from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.refusals import Refused
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors import marks_on
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.actions.names import check_names
from leercirkel.apps.cycle.frozen import standards_of
from leercirkel.apps.cycle.models import CycleRun, Finding, Snapshot
from leercirkel.apps.cycle.selectors.rounds import settings_of
from leercirkel.apps.insight.selectors.ground import SchoolGround, ground_at
from leercirkel.apps.organisation.models import Enrolment, Group

State = Finding.State
OWN = "own|"
"""How the keys of the team's own findings begin."""


class RoundIsClosed(Refused):
    """What was said in a round stays when it is closed."""

    text = _("Deze ronde is afgerond.")


class ChangedMeanwhile(Refused):
    """Somebody else wrote since this text was opened."""

    text = _("Iemand anders heeft deze tekst intussen gewijzigd. Bekijk eerst de nieuwste.")


class SaysNothing(Refused):
    """A text that is asked for is empty."""

    text = _("Schrijf eerst een zin.")


def follow(sight: Sight, run: CycleRun, snapshot: Snapshot, report: SchoolReport) -> None:
    """Lets the findings follow the figures of this snapshot: texts change, what the team said of them stays.

    What is no longer seen goes when nobody worked with it, else it is marked. The team's own are left alone. The caller
    holds the round.
    """
    ground = ground_at(sight, run.school)
    settings = settings_of(run.school_id)
    about_groups = round_findings(
        report, standards=standards_of(report), most_per_group=settings.most_per_group,
        most_per_school=settings.most_per_school,
    )  # fmt: skip
    about_pupils = _of_pupils(ground, run)
    groups = _groups(run, ground)
    seats = dict(
        Enrolment.objects.filter(
            school=run.school_id, group__school_year=run.school_year, group__kind=Group.Kind.BASE
        ).order_by("during").values_list("pupil_id", "group_id")
    )  # fmt: skip
    before = {row.key: row for row in Finding.objects.filter(run=run).exclude(key__startswith=OWN)}
    new, kept = [], []
    for each in (*about_groups, *about_pupils):
        pupil = ground.ids.get(each.pupil) if each.pupil else None
        if each.pupil and pupil is None:
            continue
        group = seats.get(pupil) if pupil else groups.get(each.place or "")
        fields = _fields(each, snapshot, group, pupil)
        row = before.pop(each.key, None)
        if row is None:
            new.append(Finding(school_id=run.school_id, run=run, key=each.key, **fields))
            continue
        for name, value in fields.items():
            setattr(row, name, value)
        kept.append(row)
    Finding.objects.bulk_create(new)
    if kept:
        Finding.objects.bulk_update(kept, [*_COMPUTED, "snapshot", "group", "pupil", "gone"], batch_size=200)
    _gone(before.values())


_COMPUTED = (
    "like", "level", "talk", "grade", "subject", "question", "template", "good", "strength", "pattern", "text",
    "text_en", "evidence", "rank", "shown",
)  # fmt: skip


def _fields(each: RoundFinding, snapshot: Snapshot, group: int | None, pupil: int | None) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(each, name) for name in _COMPUTED}
    told["evidence"] = [asdict(one) for one in each.evidence]
    return told | {"snapshot": snapshot, "group_id": group, "pupil_id": pupil, "gone": False}


def _gone(rows: Iterable[Finding]) -> None:
    for row in rows:
        worked_with = row.state != State.OPEN or row.own_text
        if worked_with or row.explanations.exists() or row.interventions.exists():
            row.gone, row.shown = True, False
            row.save(update_fields=["gone", "shown"])
        else:
            row.delete()


def _of_pupils(ground: SchoolGround, run: CycleRun) -> tuple[RoundFinding, ...]:
    at = (run.school_year, run.moment)
    rows = pupil_rows(ground.ground, at)
    held = marks_on([pk for pk in {ground.ids.get(row.pupil) for row in rows} if pk], clock.today())
    sheets = sheets_of(ground.ground, {row.pupil for row in rows}, at, {}, before=1)
    with_opp = {ground.keys[pk] for pk, marks in held.items() if "opp" in marks.care}
    return pupil_findings(rows, sheets, with_opp)


def _groups(run: CycleRun, ground: SchoolGround) -> dict[str, int]:
    """Name of a class as figures have it → its id, of the round's school year."""
    here = set(Group.objects.filter(school=run.school_id, school_year=run.school_year).values_list("pk", flat=True))
    return {name: pk for pk, name in ground.classes.items() if pk in here}


@transaction.atomic
def accept(*, finding: Finding, by: User) -> None:
    """The team goes on with it. Raises RoundIsClosed."""
    _decide(finding, by, state=State.ACCEPTED, aside_why="")


@transaction.atomic
def accept_all(*, findings: Iterable[Finding], by: User) -> int:
    """The team goes on with all of these that nobody decided on; how many. Raises RoundIsClosed."""
    waiting = [each for each in findings if each.state == State.OPEN]
    for each in waiting:
        _decide(each, by, state=State.ACCEPTED, aside_why="")
    return len(waiting)


@transaction.atomic
def reopen(*, finding: Finding, by: User) -> None:
    """As if nobody decided yet; own words stay. Raises RoundIsClosed."""
    _decide(finding, by, state=State.OPEN, aside_why="")


@transaction.atomic
def set_aside(*, finding: Finding, why: str, by: User) -> None:
    """The team does not go on with it, and says why. Raises RoundIsClosed, and SaysNothing without a reason."""
    if not why.strip():
        raise SaysNothing
    _decide(finding, by, state=State.ASIDE, aside_why=why.strip())


@transaction.atomic
def reword(*, finding: Finding, text: str, was: str, by: User) -> None:
    """The team says it in its own words, and goes on with it; the computed text stays beside it. An empty text gives
    the word back to the computed one. `was`: the own text that was open. Raises RoundIsClosed, ChangedMeanwhile,
    NamesAPupil unless it is about one pupil, and SaysNothing where there is no computed text."""
    held = _held(finding)
    if _squeezed(held.own_text) != _squeezed(was):
        raise ChangedMeanwhile
    if not text.strip() and not held.text:
        raise SaysNothing
    if held.level != Finding.Level.PUPIL:
        check_names(text, school=held.school_id, group=held.group_id)
    _decide(finding, by, state=State.ACCEPTED, aside_why="", own_text=text.strip())


def _squeezed(text: str) -> str:
    return " ".join(text.split())


@transaction.atomic
def add_own(*, run: CycleRun, text: str, by: User, group: Group | None = None, subject: str = "") -> Finding:
    """A finding of the team's own: about a group for its talk, else for the school.

    Raises RoundIsClosed, NamesAPupil and SaysNothing.
    """
    held = CycleRun.objects.select_for_update().get(pk=run.pk)
    if held.closed_at is not None:
        raise RoundIsClosed
    if not text.strip():
        raise SaysNothing
    check_names(text, school=held.school_id, group=group.pk if group else None)
    level = Finding.Level.GROUP if group else Finding.Level.SUBJECT if subject else Finding.Level.SCHOOL
    made = Finding.objects.create(
        school_id=run.school_id, run=held, key=f"{OWN}{uuid4().hex}", like=f"own|{subject[:60]}|{level}", level=level,
        talk=Finding.Talk.GROUP if group else Finding.Talk.SCHOOL, group=group, subject=subject, own_text=text.strip(),
        state=State.ACCEPTED, decided_by=by, decided_at=timezone.now(),
    )  # fmt: skip
    log.record(Kind.CREATED, by=by, school=run.school_id, about=made)
    return made


def _held(finding: Finding) -> Finding:
    held = Finding.objects.select_for_update(of=("self",)).select_related("run").get(pk=finding.pk)
    if held.run.closed_at is not None:
        raise RoundIsClosed
    return held


def _decide(finding: Finding, by: User, **fields: Any) -> None:
    held = _held(finding)
    before = held.state
    for name, value in fields.items():
        setattr(held, name, value)
    held.decided_by, held.decided_at = (None, None) if held.state == State.OPEN else (by, timezone.now())
    held.save(update_fields=[*fields, "decided_by", "decided_at"])
    log.record(
        Kind.CHANGED, by=by, school=held.school_id, pupil=held.pupil_id, about=held,
        purpose="finding_reworded" if "own_text" in fields else "finding", changes={"state": [before, held.state]},
    )  # fmt: skip
