"""How many weeks an intervention was given, in words."""

from __future__ import annotations

from django.utils.translation import ngettext


def weeks_in_words(given: int, planned: int | None = None) -> str:
    """ "15 van de 16 weken", "1 van de 1 week"; without what was agreed "15 weken"."""
    if planned is None:
        return ngettext("%(given)d week", "%(given)d weken", given) % {"given": given}
    words = ngettext("%(given)d van de %(planned)d week", "%(given)d van de %(planned)d weken", planned)
    return words % {"given": given, "planned": planned}
