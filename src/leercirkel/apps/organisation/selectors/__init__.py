"""Reading the organisation: what a sight reaches, and never more.

A page of one thing takes it from the queryset that its list comes from, so what is not yours and what does not exist
take the same way to 404.
"""

from leercirkel.apps.organisation.selectors.groups import groups_of, schools_of, staff_of
from leercirkel.apps.organisation.selectors.pupils import (
    NEWCOMER_DAYS,
    enrolled,
    may,
    may_see_contacts,
    pupils_of,
)

__all__ = ["NEWCOMER_DAYS", "enrolled", "groups_of", "may", "may_see_contacts", "pupils_of", "schools_of", "staff_of"]
