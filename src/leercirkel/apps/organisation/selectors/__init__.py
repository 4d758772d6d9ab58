"""Reading the organisation: what a sight reaches, and never more.

A page of one thing takes it from the queryset that its list comes from, so what is not yours and what does not exist
take the same way to 404.
"""

from leercirkel.apps.organisation.selectors.career import Period, Step, career_of, instruction_groups_of
from leercirkel.apps.organisation.selectors.counts import counting_day, groups_per_school, pupils_per_school, sizes
from leercirkel.apps.organisation.selectors.groups import groups_of, groups_with_any, reaches, schools_of, staff_of
from leercirkel.apps.organisation.selectors.people import (
    authority_unknown,
    children_of,
    contact_forbidden,
    guardianships_of,
    in_group,
    instruction_groups_in,
    teachers_of,
)
from leercirkel.apps.organisation.selectors.plans import Shown, plans_of, shown
from leercirkel.apps.organisation.selectors.pupils import (
    NEWCOMER_DAYS,
    enrolled,
    may,
    may_see_contacts,
    pupils_of,
)

__all__ = [
    "NEWCOMER_DAYS",
    "Period",
    "Shown",
    "Step",
    "authority_unknown",
    "career_of",
    "children_of",
    "contact_forbidden",
    "counting_day",
    "enrolled",
    "groups_of",
    "groups_with_any",
    "groups_per_school",
    "guardianships_of",
    "in_group",
    "instruction_groups_in",
    "instruction_groups_of",
    "may",
    "may_see_contacts",
    "plans_of",
    "pupils_of",
    "pupils_per_school",
    "reaches",
    "schools_of",
    "shown",
    "sizes",
    "staff_of",
    "teachers_of",
]
