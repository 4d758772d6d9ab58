"""Carrying out a plan: rows in, and those that they come in the place of out of the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.db import connection

from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.assessment.rows import insert, seats_of
from leercirkel.apps.assessment.wizard.compare import Difference
from leercirkel.apps.assessment.wizard.kinds import KINDS, RESULTS, Kind
from leercirkel.apps.assessment.wizard.plan import Plan

AT_ONCE = 10_000
"""Rows between two signs of life."""
Progress = Callable[[int, int], None]
"""Called with how many rows are in, of how many."""


@dataclass(frozen=True, slots=True)
class Choices:
    """How contradictions end: of all of them, and of some by their key. `gone`: whether rows that are no longer in the
    export are taken away."""

    replace: bool = False
    gone: bool = False
    other: Mapping[str, bool] = field(default_factory=dict)
    """Key → whether that one is replaced, where it is not as the rest."""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Choices:
        """As a batch keeps them."""
        return cls(bool(told.get("replace")), bool(told.get("gone")), dict(told.get("other", {})))

    def told(self) -> dict[str, Any]:
        """For a batch to keep."""
        return {"replace": self.replace, "gone": self.gone, "other": dict(self.other)}

    def replaces(self, key: str) -> bool:
        """Whether what the file says holds."""
        return self.other.get(key, self.replace)


def silent(done: int, of: int) -> None:
    """Nobody waits for it."""


def carry_out(plan: Plan, batch: ImportBatch, choices: Choices, progress: Progress = silent) -> dict[str, int]:
    """Writes what the plan says into the batch; returns how many rows were added, replaced and taken away."""
    work = [(part, _chosen(part, choices)) for part in plan.parts.values()]
    total = sum(part.new.height + chosen.height for part, chosen in work)
    done, replaced, taken = 0, 0, 0
    progress(0, total)
    seats = seats_of(batch.school_id)
    for part, chosen in work:
        ids = _ids(part, chosen)
        replaced += _out_of_the_way(part.kind, ids, batch)
        if choices.gone:
            taken += _out_of_the_way(part.kind, part.gone["id"].to_list(), batch)
        for rows in _pieces(part, chosen):
            add(part.kind, rows, batch, seats)
            done += rows.height
            progress(done, total)
    return {"added": done, "replaced": replaced, "taken": taken}


def add(kind: Kind, rows: pl.DataFrame, batch: ImportBatch, seats: pl.DataFrame) -> None:
    """Adds rows (with `pupil_id` and the columns of the kind) to the batch; `seats`: see rows.seats_of."""
    if kind is RESULTS:
        insert(rows, batch=batch, seats=seats)
        return
    names = list(kind.columns)
    filled = rows.select("pupil_id", *(pl.col(n).fill_null("") if n in kind.texts else n for n in names))
    kind.model.every.bulk_create(
        (kind.model(school_id=batch.school_id, batch=batch, **row) for row in filled.iter_rows(named=True)),
        batch_size=2000,
    )


def take_back(batch: ImportBatch) -> dict[str, int]:
    """Takes all rows of a batch away, and lets what it came in the place of hold again; returns how many of each kind.

    What a later import has said otherwise since stays out of the way: that import then is what replaced it.
    """
    gone = {}
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"delete from {kind.table} where batch_id = %s", [batch.pk])  # noqa: S608
            gone[kind.name] = cursor.rowcount
        for kind in KINDS:
            cursor.execute(_back(kind), [batch.pk])
    return gone


def _back(kind: Kind) -> str:
    """SQL: of rows that a batch replaced, the latest later batch with another value holds now; else they do."""
    same = " and ".join(f"l.{name} is not distinct from a.{name}" for name in kind.same)
    if kind is RESULTS:
        same += " and (a.taken_on is not null or l.moment = a.moment)"
    empty = [f"nullif({{}}.{name}, '')" if name in kind.texts else f"{{}}.{name}" for name in kind.says]
    differs = " or ".join(f"{one.format('l')} <> {one.format('a')}" for one in empty)
    return (
        f"update {kind.table} a set replaced_by_id = (select max(l.batch_id) from {kind.table} l where {same}"  # noqa: S608
        f" and l.replaced_by_id is null and l.batch_id > a.batch_id and ({differs})) where a.replaced_by_id = %s"
    )


def _chosen(part: Difference, choices: Choices) -> pl.DataFrame:
    """The rows of the file that come in the place of what is here."""
    if part.changed.is_empty():
        return part.replacing.clear()
    keys = [key for key in part.changed["key"] if choices.replaces(key)]
    return part.replacing.filter(pl.col("key").is_in(keys))


def _ids(part: Difference, chosen: pl.DataFrame) -> list[int]:
    if chosen.is_empty():
        return []
    rows = part.changed.join(chosen, on="key", how="semi")
    return [number for ids in rows["ids"] for number in ids]


def _out_of_the_way(kind: Kind, ids: list[int], batch: ImportBatch) -> int:
    if not ids:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {kind.table} set replaced_by_id = %s where school_id = %s and id = any(%s)",  # noqa: S608
            [batch.pk, batch.school_id, ids],
        )
        return int(cursor.rowcount)


def _pieces(part: Difference, chosen: pl.DataFrame) -> Iterator[pl.DataFrame]:
    rows = pl.concat([part.new, chosen.select(part.new.columns)]) if chosen.height else part.new
    for start in range(0, rows.height, AT_ONCE):
        yield rows.slice(start, AT_ONCE)
