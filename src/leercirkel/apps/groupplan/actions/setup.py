"""What a school makes plans for, and how it arranges pupils."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from leercirkel.analysis.clustering import rule_of
from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.groupplan.errors import PlanRefused
from leercirkel.apps.groupplan.models import Arrangement, ClusterRule, PlanArea
from leercirkel.apps.groupplan.proposals import AREAS, ARRANGEMENTS, USUAL
from leercirkel.apps.organisation.models import School


@transaction.atomic
def start_with_proposals(*, school: School, by: User | None) -> None:
    """Gives a school the proposed areas and arrangements, each only when it has none of its own. Safe to do twice."""
    School.objects.select_for_update().get(pk=school.pk)
    if not PlanArea.objects.filter(school=school).exists():
        for position, (name, subjects) in enumerate(AREAS):
            PlanArea.objects.create(school=school, name=name, subjects=list(subjects), position=position)
        log.record(Kind.CREATED, by=by, school=school.pk, count=len(AREAS), purpose="plan_areas")
    if not Arrangement.objects.filter(school=school).exists():
        for position, name in enumerate(ARRANGEMENTS):
            Arrangement.objects.create(school=school, name=name, position=position, usual=position == USUAL)
        log.record(Kind.CREATED, by=by, school=school.pk, count=len(ARRANGEMENTS), purpose="arrangements")


@transaction.atomic
def save_area(
    *, school: School, area: PlanArea | None, name: str, subjects: Sequence[str], form: str, block_weeks: int,
    by: User | None,
) -> PlanArea:  # fmt: skip
    """Adds an area, or changes one; one that was ended and is added again comes back. Raises PlanRefused when there is
    one with this name."""
    area = area or PlanArea.objects.filter(school=school, name=name, ended_at__isnull=False).first()
    same = PlanArea.objects.filter(school=school, name=name).exclude(pk=area.pk if area else 0)
    if same.exists():
        raise PlanRefused(_("Er is al een vakgebied met deze naam. Kies een andere naam, of wijzig dat vakgebied."))
    new = area is None
    if area is None:
        last = PlanArea.objects.filter(school=school).aggregate(last=Max("position"))["last"]
        area = PlanArea(school=school, position=0 if last is None else last + 1)
    area.name, area.subjects, area.form, area.block_weeks = name, list(subjects), form, block_weeks
    area.ended_at = None
    area.save()
    log.record(Kind.CREATED if new else Kind.CHANGED, by=by, school=school.pk, about=area)
    return area


@transaction.atomic
def end_area(*, area: PlanArea, by: User | None) -> None:
    """From now on no new plan is made for it; what was made stays. Raises PlanRefused for the last one."""
    if not PlanArea.objects.filter(school=area.school_id, ended_at=None).exclude(pk=area.pk).exists():
        raise PlanRefused(_("Er moet minstens één vakgebied zijn."))
    area.ended_at = timezone.now()
    area.save(update_fields=["ended_at"])
    log.record(Kind.REMOVED, by=by, school=area.school_id, about=area)


@transaction.atomic
def save_arrangement(
    *, school: School, arrangement: Arrangement | None, name: str, usual: bool, by: User | None
) -> Arrangement:
    """Adds an arrangement (the least ahead), or renames one; one that was ended and is added again comes back where it
    was. One is the usual one. Raises PlanRefused for a name that is there already."""
    again = Arrangement.objects.filter(school=school, name=name, ended_at__isnull=False)
    arrangement = arrangement or again.first()
    same = Arrangement.objects.filter(school=school, name=name).exclude(pk=arrangement.pk if arrangement else 0)
    if same.exists():
        raise PlanRefused(_("Er is al een arrangement met deze naam."))
    new = arrangement is None
    if arrangement is None:
        last = Arrangement.objects.filter(school=school).aggregate(last=Max("position"))["last"]
        arrangement = Arrangement(school=school, position=0 if last is None else last + 1)
    if usual:
        Arrangement.objects.filter(school=school).update(usual=False)
    arrangement.name, arrangement.usual, arrangement.ended_at = name, arrangement.usual or usual, None
    arrangement.save()
    log.record(Kind.CREATED if new else Kind.CHANGED, by=by, school=school.pk, about=arrangement)
    return arrangement


@transaction.atomic
def end_arrangement(*, arrangement: Arrangement, by: User | None) -> None:
    """It can no longer be chosen; plans that have it keep it. Raises PlanRefused for the usual one."""
    if arrangement.usual:
        raise PlanRefused(_("Dit is het gewone arrangement. Maak eerst een ander het gewone."))
    arrangement.ended_at = timezone.now()
    arrangement.save(update_fields=["ended_at"])
    log.record(Kind.REMOVED, by=by, school=arrangement.school_id, about=arrangement)


@transaction.atomic
def save_rule(*, school: School, area: PlanArea | None, rule: Mapping[str, Any], by: User | None) -> ClusterRule:
    """A next rule, for an area or (None) for all; the one before stays on record. Raises ValueError on what cannot
    be."""
    return _next_rule(school, area, asdict(rule_of(rule)), by)


@transaction.atomic
def follow_all(*, area: PlanArea, by: User | None) -> ClusterRule:
    """From now on the rule for all areas holds for this one again; its own stays on record."""
    return _next_rule(area.school, area, {}, by)


def _next_rule(school: School, area: PlanArea | None, rule: dict[str, Any], by: User | None) -> ClusterRule:
    School.objects.select_for_update().get(pk=school.pk)
    last = ClusterRule.objects.filter(school=school, area=area).aggregate(last=Max("number"))["last"] or 0
    made = ClusterRule.objects.create(school=school, area=area, number=last + 1, rule=rule, made_by=by)
    log.record(Kind.CHANGED, by=by, school=school.pk, about=made)
    return made
