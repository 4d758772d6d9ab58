"""A plan in figures: for the page, the list of earlier rosters and the log."""

from __future__ import annotations

from leercirkel.apps.organisation.roster.model import Mode, Move, Plan

MANY = 0.25
"""When a larger part of the pupils would leave who need not, the file is most likely of one building or group only; and
of a new year in which a larger part stays in the same grade, the grades are most likely those of the year before."""
FEW = 5
"""Up to so many leave any school at once, or stay in a grade."""
LAST_GRADES = frozenset({"8", "S"})
"""Who is in these grades may leave at the end of a year; S is every grade of special education."""


def counts(plan: Plan) -> dict[str, int]:
    """How many of what; only what there is."""
    moves = {f"pupils_{move.value}": len(plan.of(move)) for move in Move if move is not Move.FORMER}
    others = {
        "pupils": sum(1 for change in plan.pupils if change.seats and change.indexes),
        "facts": sum(1 for change in plan.pupils if change.changed_facts),
        "groups_new": sum(1 for group in plan.groups if group.id is None),
        "groups_renamed": sum(1 for group in plan.groups if group.renamed),
        "groups_vanished": len(plan.vanished),
        "questions": len(plan.matching.questions),
        "left_out": len(plan.matching.left_out),
        "teachers_added": len(plan.teachers.started),
        "teachers_removed": len(plan.teachers.stopped),
    }
    return {name: number for name, number in (moves | others).items() if number}


def many_leave(plan: Plan) -> bool:
    """Whether so many pupils would leave that somebody has to say that it is true.

    Of a new year who was in the last grade does not count; of an update everyone who leaves does.
    """
    leaving = plan.of(Move.LEAVES)
    if plan.mode is Mode.NEW_YEAR:
        leaving = tuple(change for change in leaving if not (change.last and change.last.grade in LAST_GRADES))
    staying = sum(1 for change in plan.pupils if change.seats and change.move not in (Move.JOINS, Move.LEAVES))
    return len(leaving) > max(FEW, MANY * (len(leaving) + staying))


def many_repeat(plan: Plan) -> bool:
    """Whether so many pupils would stay in the same grade (or go down) in a new year that somebody has to say so.

    Of everyone who stays at the school and had a grade in the year before; special education (S) has no grades to go
    up in and does not count. Never of an update: there the same grade is the rule.
    """
    if plan.mode is not Mode.NEW_YEAR:
        return False
    repeating, going_on = len(plan.of(Move.REPEATS)), len(plan.of(Move.UP, Move.SKIPS))
    return repeating > max(FEW, MANY * (repeating + going_on))
