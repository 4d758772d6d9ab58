"""Reading the organisation: what a sight reaches, and never more.

A page of one thing takes it from the queryset that its list comes from, so what is not yours and what does not exist
take the same way to 404.
"""

from leercirkel.apps.organisation.selectors.career import Period, Step, career_of, instruction_groups_of
from leercirkel.apps.organisation.selectors.counts import counting_day, groups_per_school, pupils_per_school, sizes
from leercirkel.apps.organisation.selectors.groups import groups_of, groups_with_any, reaches, schools_of, staff_of
from leercirkel.apps.organisation.selectors.people import (
    anyone_secret,
    authority_unknown,
    children_of,
    contact_forbidden,
    guardians_to_share,
    guardianships_of,
    in_group,
    instruction_groups_in,
    others_of,
    possible_siblings,
    teachers_of,
    with_accounts,
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
    "anyone_secret",
    "authority_unknown",
    "career_of",
    "children_of",
    "contact_forbidden",
    "counting_day",
    "enrolled",
    "groups_of",
    "groups_with_any",
    "groups_per_school",
    "guardians_to_share",
    "guardianships_of",
    "in_group",
    "instruction_groups_in",
    "instruction_groups_of",
    "may",
    "may_see_contacts",
    "others_of",
    "plans_of",
    "possible_siblings",
    "pupils_of",
    "pupils_per_school",
    "reaches",
    "schools_of",
    "shown",
    "sizes",
    "staff_of",
    "teachers_of",
    "with_accounts",
]
