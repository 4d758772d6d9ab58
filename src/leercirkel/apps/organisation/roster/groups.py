"""Which group of the roster is which group that is known of the same school year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from leercirkel.apps.organisation.roster.model import GroupChange, KnownGroup, Matching, State
from leercirkel.core import subjects
from leercirkel.core.text import squeezed
from leercirkel.exchange.edexml.model import Group, Roster

UNKNOWN_SUBJECT = "onbekend"
"""The subject of an instruction group whose name tells none: its teacher is shown who is in it, and no results."""


def match_groups(
    state: State, roster: Roster, matching: Matching, chosen: Mapping[str, str] | None = None
) -> tuple[tuple[GroupChange, ...], tuple[KnownGroup, ...]]:
    """The groups of the roster with what they were, and the known groups that are in it no more.

    A group is the same by its key, else by its name, else when more than half of its pupils now sit together in a new
    one: then it was renamed. `chosen`: key of an instruction group → its subject. A roster without instruction groups
    says nothing of them.
    """
    found = _same(state, roster, matching)
    changes = []
    for position, group in enumerate(roster.groups):
        was = found.get(group.key)
        subject = ""
        if group.mixed:
            subject = (chosen or {}).get(group.key) or (was.subject if was else subject_of(group.name, state))
        changes.append(
            GroupChange(
                group.key, was.id if was else None, group.name, group.mixed, group.grade, subject, position, was
            )
        )
    has_mixed = any(group.mixed for group in roster.groups)
    kept = {change.id for change in changes}
    gone = [group for group in state.groups if group.id not in kept and (has_mixed or not group.mixed)]
    return tuple(changes), tuple(gone)


def subject_of(name: str, state: State | None = None) -> str:
    """The subject of an instruction group: of the group of that name in an earlier year, else what its name tells."""
    if state is not None and squeezed(name) in state.subjects:
        return state.subjects[squeezed(name)]
    plain = squeezed(name)
    for label in sorted(subjects.LABELS, key=len, reverse=True):
        if squeezed(subjects.label(label)) in plain:
            return label
    words = ("".join(c for c in word if c.isalpha()) for word in name.split())
    told = next((code for word in words if (code := subjects.parse(word))), None)
    return told or ("technisch_lezen" if "lezen" in plain else UNKNOWN_SUBJECT)


def _same(state: State, roster: Roster, matching: Matching) -> dict[str, KnownGroup]:
    """Key of the roster → the known group."""
    left = {group.id: group for group in state.groups}
    found: dict[str, KnownGroup] = {}

    def take(group: Group, known: KnownGroup) -> None:
        found[group.key] = left.pop(known.id)

    by_key = {(group.mixed, group.key): group for group in state.groups}
    for group in roster.groups:
        if (known := by_key.get((group.mixed, group.key))) is not None:
            take(group, known)
    names = Counter((group.mixed, squeezed(group.name)) for group in roster.groups if group.key not in found)
    named: dict[tuple[bool, str], list[KnownGroup]] = defaultdict(list)
    for known in left.values():
        named[known.mixed, squeezed(known.name)].append(known)
    for group in roster.groups:
        name = group.mixed, squeezed(group.name)
        if group.key not in found and names[name] == 1 and len(named[name]) == 1:
            take(group, named[name][0])
    if left:
        found |= _moved_along(state, roster, matching, set(found), left)
    return found


def _moved_along(
    state: State, roster: Roster, matching: Matching, taken: set[str], left: Mapping[int, KnownGroup]
) -> dict[str, KnownGroup]:
    """Classes of which more than half of the pupils are now together in one new class."""
    new = {group.key for group in roster.groups if not group.mixed and group.key not in taken}
    now = {
        pupil: roster.pupils[index].group
        for index, pupil in matching.pupils.items()
        if pupil is not None and roster.pupils[index].group in new
    }
    sat: dict[int, set[int]] = defaultdict(set)
    for pupil, seats in state.seats.items():
        if seats and isinstance(seats[-1].group, int):
            sat[seats[-1].group].add(pupil)
    found: dict[str, KnownGroup] = {}
    for known in left.values():
        pupils = sat.get(known.id, set())
        most = Counter(now[pupil] for pupil in pupils if pupil in now).most_common(1)
        if not known.mixed and most and 2 * most[0][1] > len(pupils) and most[0][0] not in found:
            found[str(most[0][0])] = known
    return found
