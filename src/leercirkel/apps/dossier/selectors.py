"""Cases, for who leads them."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.dossier.models import Case, CaseMember
from leercirkel.apps.organisation.models import Pupil
from leercirkel.apps.organisation.selectors import pupils_of


def led_cases(sight: Sight) -> QuerySet[Case]:
    """All cases, also closed ones, of pupils whose cases the user leads."""
    pupils = pupils_of(sight, Right.LEAD_CASES).order_by().values("pk")
    return Case.objects.filter(pupil__in=pupils).select_related("pupil", "school")


def open_cases(sight: Sight) -> QuerySet[Case]:
    """Cases of today with `members_now`; two queries, however many."""
    found = led_cases(sight).filter(during__contains=clock.today())
    now = CaseMember.objects.filter(during__contains=clock.today()).select_related("staff").order_by("staff__surname")
    return found.prefetch_related(Prefetch("casemember_set", now, "members_now")).order_by("pupil__sort_key", "pk")


def closed_cases(sight: Sight) -> QuerySet[Case]:
    """Cases that are over, the last to close first."""
    return led_cases(sight).filter(during__endswith__lte=clock.today()).order_by("-during__endswith", "pk")


def members_of(case: Case) -> QuerySet[CaseMember]:
    """Who works or will work on a case."""
    coming = Q(during__contains=clock.today()) | Q(during__startswith__gt=clock.today())
    return CaseMember.objects.filter(coming, case=case).select_related("staff", "case").order_by("staff__surname", "pk")


def without_case(sight: Sight) -> QuerySet[Pupil]:
    """Pupils of today for whom the user may open a case and who have none."""
    has = Case.objects.filter(during__contains=clock.today()).values("pupil")
    here = pupils_of(sight, Right.LEAD_CASES).filter(enrolments__during__contains=clock.today())
    return here.exclude(pk__in=has)
