"""Opening cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from psycopg.types.range import DateRange

from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.dossier.models import Case, CaseMember
from leercirkel.apps.organisation.models import Pupil, School, StaffMember


@transaction.atomic
def open_case(
    *,
    school: School,
    pupil: Pupil,
    since: date,
    members: Sequence[StaffMember],
    parents_informed_on: date | None = None,
    by: User | None,
) -> Case:
    """Opens a case for a pupil, with who works on it from the first day on.

    `parents_informed_on`: when the parents were told who these are; who is not of the school sees nothing before that.
    """
    during = DateRange(since, None)
    case = Case.objects.create(school=school, pupil=pupil, during=during)
    CaseMember.objects.bulk_create(
        CaseMember(school=school, case=case, staff=member, during=during, parents_informed_on=parents_informed_on)
        for member in members
    )
    log.record(Kind.CREATED, by=by, school=school.pk, pupil=pupil.pk, about=case, count=len(members))
    return case
