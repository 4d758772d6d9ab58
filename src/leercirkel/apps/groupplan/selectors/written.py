"""Everything that was written of one pupil: needs, day notes, plans and the looks back on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.groupplan.models import (
    DayNote,
    Evaluation,
    GroupPlan,
    PlanChoice,
    PlanPupil,
    PlanVersionPupil,
    PupilPhrase,
    PupilPlan,
)
from leercirkel.apps.groupplan.proposals import WITHOUT_PLAN
from leercirkel.apps.organisation.models import Enrolment, GroupMembership, Pupil
from leercirkel.apps.organisation.selectors import pupils_of

NEEDED = (Right.SEE_DOSSIER, Right.SEE_RESULTS)


@dataclass(frozen=True, slots=True)
class Written:
    """What there is of one pupil. `fixed`: the pupil in fixed versions, each with its plan; `drafts`: in plans that are
    not fixed; `evaluations`: those that were done of plans with this pupil; `sizes`: version → arrangement → how many
    pupils it had; `without`: areas for which it was chosen that this pupil has no group plan; `own`: the plans of this
    pupil alone, with versions and evaluation."""

    phrases: Sequence[PupilPhrase]
    notes: Sequence[DayNote]
    fixed: Sequence[PlanVersionPupil]
    drafts: Sequence[PlanPupil]
    evaluations: Sequence[Evaluation]
    sizes: Mapping[int, Mapping[str, int]]
    without: Sequence[PlanChoice]
    own: list[PupilPlan]

    def __bool__(self) -> bool:
        return any((self.phrases, self.notes, self.fixed, self.drafts, self.evaluations, self.without, self.own))


def written_pupils(sight: Sight) -> QuerySet[Pupil]:
    """The pupils of whom the user sees all needs and day notes: with the file and the results of their group or school.
    Who sees a file for a talk or a case, or teaches one subject, has no overview of a group and no such page either."""
    narrow = of_groups(sight, NEEDED)
    return pupils_of(narrow, Right.SEE_DOSSIER) & pupils_of(narrow, Right.SEE_RESULTS)


def of_groups(sight: Sight, rights: Iterable[Right]) -> Sight:
    """The sight with these rights alone, of whole schools and of groups for all subjects: not of single pupils."""
    return replace(sight, extents={right: _groups(sight.extent(right)) for right in rights})


def _groups(extent: Extent) -> Extent:
    return Extent(schools=extent.schools, groups=frozenset(each for each in extent.groups if not each[1]))


def may_read(sight: Sight, pupil: Pupil) -> bool:
    """Whether `written_pupils` has this pupil; without a query for who sees the whole school."""
    if all(pupil.school_id in sight.extent(right).schools for right in NEEDED):
        return pupil.school_id in sight.pupil_schools
    return written_pupils(sight).filter(pk=pupil.pk).exists()


def written_of(pupil: Pupil) -> Written:
    """Everything, whoever wrote it. The caller took the pupil from `written_pupils`. Nine queries."""
    fixed = list(
        PlanVersionPupil.objects.filter(pupil=pupil)
        .select_related("version__plan__area", "version__plan__group")
        .order_by("version__fixed_at", "pk")
    )
    of = {row.version.plan_id for row in fixed}
    sizes: dict[int, dict[str, int]] = {row.version_id: {} for row in fixed}
    counted = (
        PlanVersionPupil.objects.filter(version__in=sizes).order_by().values_list("version", "content__arrangement")
    )
    for version, arrangement, number in counted.annotate(Count("pk")):
        sizes[version][arrangement or ""] = number
    drafts = PlanPupil.objects.filter(pupil=pupil, plan__state=GroupPlan.State.DRAFT, plan__versions=None)
    evaluations = Evaluation.objects.filter(plan__in=of, done_at__isnull=False).select_related("plan__area")
    own = PupilPlan.objects.filter(pupil=pupil)
    without = PlanChoice.objects.filter(pupil=pupil, reason__in=WITHOUT_PLAN)
    return Written(
        list(PupilPhrase.objects.filter(pupil=pupil).select_related("area").order_by("during", "pk")),
        list(DayNote.objects.filter(pupil=pupil).select_related("area").order_by("on", "pk")),
        fixed,
        list(drafts.select_related("plan__area", "plan__group", "arrangement").order_by("plan__starts", "pk")),
        list(evaluations.order_by("done_at", "pk")),
        sizes,
        list(without.select_related("area").order_by("chosen_at", "pk")),
        list(own.select_related("area", "pupil", "evaluation").prefetch_related("versions").order_by("starts", "pk")),
    )


def version_at(written: Written, evaluation: Evaluation) -> PlanVersionPupil | None:
    """The pupil in the version of the plan that held when it was looked back on; None when it came in later."""
    of = [row for row in written.fixed if row.version.plan_id == evaluation.plan_id]
    before = [row for row in of if evaluation.done_at and row.version.fixed_at <= evaluation.done_at]
    return before[-1] if before else None


def others_of(pupil: Pupil) -> list[Pupil]:
    """The other children whose names may stand in what was written of this one: who was ever in a class or an
    instruction group with it. One query."""
    seats, members = Enrolment.objects.all(), GroupMembership.objects.all()
    classes = seats.filter(pupil=pupil, group__isnull=False).values("group_id")
    taught = members.filter(pupil=pupil).values("group_id")
    inside = Q(pk__in=seats.filter(group_id__in=classes).values("pupil_id"))
    inside |= Q(pk__in=members.filter(group_id__in=taught).values("pupil_id"))
    found = Pupil.objects.filter(inside, school_id=pupil.school_id).exclude(pk=pupil.pk).order_by("pk")
    return list(found.only("pk", "first_name", "prefix", "surname"))
