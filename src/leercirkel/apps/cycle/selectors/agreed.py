"""Agreements with teachers: who reads which. These are personnel data: for the persons involved, others do not learn
that they exist (docs/domein/cyclus.md)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.models import Assignment
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.cycle.models import CycleRun, HelpQuestion, Support
from leercirkel.apps.cycle.selectors.rounds import runs_of, whole_groups
from leercirkel.apps.cycle.selectors.weeks import holidays_of
from leercirkel.apps.organisation.models import School, StaffMember
from leercirkel.core.calendar import school_year_of
from leercirkel.core.school_weeks import school_weeks

HEAD = "head"


def questions(sight: Sight, run: CycleRun) -> QuerySet[HelpQuestion]:
    """The questions of a round that the user reads: the own one, and all for the person who leads the round."""
    persons = Q(staff__user=sight.user) | Q(run__leader__user=sight.user)
    return HelpQuestion.objects.filter(persons, run=run).select_related("staff", "group").order_by("written_at", "pk")


def questions_without_answer(sight: Sight) -> QuerySet[HelpQuestion]:
    """Questions of teachers in rounds that are open and that the user leads, with whom nothing was agreed yet in that
    round; not the user's own."""
    answered = Support.objects.filter(run=OuterRef("run"), staff=OuterRef("staff"))
    led = runs_of(sight).filter(leader__user=sight.user, closed_at=None).order_by()
    found = HelpQuestion.objects.filter(~Exists(answered), run__in=led).exclude(staff__user=sight.user)
    return found.order_by("written_at", "pk")


def agreed(sight: Sight) -> QuerySet[Support]:
    """The agreements that the user reads, of rounds that they see: those for or with the user; and of what stands in a
    group's plan who sees the plans of that group. No role shows coaching or appraisal of others."""
    persons = Q(staff__user=sight.user) | Q(other__user=sight.user)
    plan, results = sight.extent(Right.WRITE_PLAN), sight.extent(Right.SEE_RESULTS)
    leads = Q(school_id__in=sight.extent(Right.WRITE_ANALYSIS).schools)
    in_plan = Q(school_id__in=plan.schools) | Q(group_id__in=whole_groups(plan))
    in_plan |= leads & (Q(school_id__in=results.schools) | Q(group_id__in=whole_groups(results)))
    found = Support.objects.filter(persons | (Q(kind=Support.Kind.TEAM, group__isnull=False) & in_plan))
    found = found.filter(run__in=runs_of(sight).order_by())
    return (
        found.select_related("staff", "other", "group", "run", "school")
        .prefetch_related("visits")
        .order_by("staff__surname", "pk")
    )


def to_change(sight: Sight) -> QuerySet[Support]:
    """Those of which the user says whether it was done: the two persons."""
    return agreed(sight).filter(Q(staff__user=sight.user) | Q(other__user=sight.user))


def to_rewrite(sight: Sight) -> QuerySet[Support]:
    """Those of which the user changes what was agreed: who wrote it down, with the teacher; and of what stands in a
    group's plan also who works on the round of the whole school."""
    leads = Q(kind=Support.Kind.TEAM, school_id__in=sight.extent(Right.WRITE_ANALYSIS).schools)
    return agreed(sight).filter(Q(other__user=sight.user) | leads)


def is_head(user: int, school: int) -> bool:
    """Whether the user is head of this school today, by role."""
    return Assignment.objects.filter(
        user_id=user, school_id=school, bundle__code=HEAD, during__contains=clock.today()
    ).exists()


def coaching_exists(run: CycleRun) -> int:
    """How many times coaching was agreed on: all that the head learns of it."""
    return Support.objects.filter(run=run, kind=Support.Kind.COACHING).count()


def teachers(school: School, but: StaffMember | None) -> QuerySet[StaffMember]:
    """With whom something can be agreed: who works here today, not oneself."""
    found = StaffMember.objects.filter(school=school, during__contains=clock.today())
    return found.exclude(pk=but.pk if but else 0).order_by("surname", "first_name")


def first_talk(school: School) -> date:
    """The day that is proposed to talk about an agreement first: the first school day from a week from now, in the
    holidays of the school's calendar. One query."""
    soonest = clock.today() + timedelta(weeks=1)
    latest = soonest + timedelta(weeks=8)  # longer than any holiday
    free = holidays_of(school, {school_year_of(soonest), school_year_of(latest)})
    return next(iter(school_weeks(soonest, latest, free)), soonest)


def talks_soon(sight: Sight) -> QuerySet[Support]:
    """The agreements of the user of which the first talk is within a week."""
    today = clock.today()
    return (
        to_change(sight).filter(first_talk__range=(today, today + timedelta(weeks=1)), done="").order_by("first_talk")
    )
