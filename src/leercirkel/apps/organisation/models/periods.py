"""Periods that may not overlap."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import F, Func, Q, Value


def no_overlap(name: str, *columns: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows with the same ids in `columns` have periods that overlap.

    An id is compared as the range from itself to itself, which gist can index without an extension.
    """
    same = [
        (Func(F(column), F(column), Value("[]"), function="int8range"), RangeOperators.OVERLAPS) for column in columns
    ]
    return ExclusionConstraint(
        name=name, expressions=[*same, (F("during"), RangeOperators.OVERLAPS)], condition=condition
    )
