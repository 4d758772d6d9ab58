"""What was undertaken, for the analyses and for the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet

from leercirkel.analysis.effect import NOTHING, Undertaken
from leercirkel.analysis.model import Agreement as AgreementMade
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.selectors import class_names, keys_of
from leercirkel.apps.cycle.models import (
    Agreement,
    Intervention,
    InterventionGroup,
    InterventionPupil,
    UndertakenFile,
)
from leercirkel.apps.cycle.selectors.talks import OF_ALL, talks_seen
from leercirkel.apps.cycle.selectors.weeks import weeks_given
from leercirkel.apps.organisation.models import Group, School
from leercirkel.core.calendar import school_year_label
from leercirkel.core.interventions import CARRIED_OUT_FROM, Observed
from leercirkel.core.interventions import Intervention as Made

WHO = (Right.SEE_FIGURES, Right.SEE_RESULTS, Right.SEE_BOARD)
"""Any of these for the whole school: what was undertaken says something of all groups."""


def sees_undertaken(sight: Sight, school: School) -> bool:
    """Whether a report for this user has interventions and agreements in it."""
    return any(sight.may_at(right, school.pk) for right in WHO)


def undertaken(sight: Sight, school: School) -> Undertaken:
    """Interventions and agreements as `analysis.report.school_report` takes them; nothing for who sees only a part of
    the school. Who took part stands in it by the keys of the results; weeks that were said go before weeks of a file.
    Of agreements those of a file and of the team (OF_ALL).
    Eight queries at most."""
    if not sees_undertaken(sight, school):
        return NOTHING
    interventions = list(Intervention.objects.filter(school=school))
    agreements = list(Agreement.objects.filter(OF_ALL, school=school).exclude(done=""))
    if not interventions and not agreements:
        return NOTHING
    newest = UndertakenFile.objects.filter(school=school).order_by("-pk").first()
    classes = class_names(school)
    groups = _groups(school, classes)
    pupils = _pupils(school) if interventions else {}
    weeks = weeks_given(school, interventions) if interventions else {}
    return Undertaken(
        tuple(_made(row, *groups[row.pk], tuple(pupils.get(row.pk, ())), weeks.get(row.pk)) for row in interventions),
        tuple(_agreed(row, classes) for row in agreements),
        newest.carried_out_from if newest else CARRIED_OUT_FROM,
    )


def _groups(school: School, classes: Mapping[int, str]) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Intervention → names of its classes, and of its instruction groups."""
    found: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    rows = InterventionGroup.objects.filter(school=school).order_by("pk")
    for intervention, group, kind, name in rows.values_list(
        "intervention_id", "group_id", "group__kind", "group__name"
    ):
        mixed = kind == Group.Kind.INSTRUCTION
        found[intervention][mixed].append(classes.get(group, name))
    made: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = defaultdict(lambda: ((), ()))
    made |= {pk: (tuple(base), tuple(mixed)) for pk, (base, mixed) in found.items()}
    return made


def _pupils(school: School) -> dict[int, list[str]]:
    """Intervention → keys of its pupils."""
    keys = keys_of(school)
    found: dict[int, list[str]] = defaultdict(list)
    for intervention, pupil in InterventionPupil.objects.filter(school=school).values_list(
        "intervention_id", "pupil_id"
    ):
        found[intervention].append(keys[pupil])
    return {pk: sorted(members) for pk, members in found.items()}


def _made(
    row: Intervention, groups: tuple[str, ...], instruction_groups: tuple[str, ...], pupils: tuple[str, ...],
    weeks: tuple[int | None, int | None] | None,
) -> Made:  # fmt: skip
    observed = None
    if row.observed_goal:
        observed = Observed(row.observed_goal, row.observed_reached or 0, row.observed_of or 0, row.observers)
    given, planned = weeks or (row.weeks_given, row.weeks_planned)
    return Made(
        row.name, row.start, row.end, row.subject or None, row.instrument or None, planned, given, groups,
        instruction_groups, pupils, row.selected_low, observed,
    )  # fmt: skip


def _agreed(row: Agreement, classes: Mapping[int, str]) -> AgreementMade:
    group = classes.get(row.group_id, row.group_name) if row.group_id else row.group_name
    return AgreementMade(
        school_year_label(row.school_year), row.moment, row.text, row.done,  # type: ignore[arg-type]
        row.subject or None, group or None,
    )  # fmt: skip


def interventions_of(sight: Sight, school: School) -> QuerySet[Intervention]:
    """The interventions of a school that is seen whole, the newest first, with `of`: how many pupils were named."""
    found = Intervention.objects.filter(school=school, school__in=_whole(sight))
    return found.annotate(of=Count("pupils")).prefetch_related("groups__group").order_by("-start", "position")


def agreements_of(sight: Sight, school: School) -> QuerySet[Agreement]:
    """The agreements of a school that is seen whole, the newest first; those made in a talk for its readers."""
    read = OF_ALL | Q(meeting__in=talks_seen(sight).order_by().values("pk"))
    found = Agreement.objects.filter(read, school=school, school__in=_whole(sight)).select_related("group")
    return found.order_by("-school_year", "moment", "position")


def schools_of(sight: Sight) -> QuerySet[School]:
    """The schools whose interventions the user may see."""
    return School.objects.filter(pk__in=_whole(sight)).order_by("name")


def _whole(sight: Sight) -> frozenset[int]:
    return sight.extent(Right.SEE_FIGURES).schools & sight.schools
