"""First names of pupils, for forms that stay inside the team: never in a frame, never in a log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from leercirkel.exchange.edexml.model import Pupil, Roster


def first_names(rosters: Sequence[Roster]) -> dict[str, str]:
    """Pupil key → first name, from the newest roster the pupil is in.

    Where two pupils of one group have the same first name, the first letter of the surname comes behind it, and the
    whole surname where that is the same too. Pupils without a first name have their initials, else no entry.
    """
    names: dict[str, str] = {}
    for roster in sorted(rosters, key=lambda roster: roster.school_year):
        called = {pupil.key: _called(pupil) for pupil in roster.pupils}
        same = Counter((pupil.group, called[pupil.key].casefold()) for pupil in roster.pupils)
        initials = Counter((pupil.group, _with_initial(pupil).casefold()) for pupil in roster.pupils)
        for pupil in roster.pupils:
            name = called[pupil.key]
            if name and same[pupil.group, name.casefold()] > 1:
                name = _with_initial(pupil)
                if initials[pupil.group, name.casefold()] > 1:
                    name = f"{called[pupil.key]} {pupil.surname or ''}".strip()
            if name:
                names[pupil.key] = name
    return names


def _called(pupil: Pupil) -> str:
    return (pupil.first_name or pupil.initials or "").strip()


def _with_initial(pupil: Pupil) -> str:
    surname = (pupil.surname or "").strip()
    return f"{_called(pupil)} {surname[:1].upper()}." if surname else _called(pupil)
