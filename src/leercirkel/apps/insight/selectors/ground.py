"""The sittings of one school, from which the pages of its groups and pupils take their part."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import narwhals as nw
import polars as pl

from leercirkel.analysis.ground import Ground, ground_of, main_tiers_of
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Extent, Sight
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.selectors import class_names, growth_norms_of, held_against, inputs_of, keys_of
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.insight.selectors.shared import shared
from leercirkel.apps.organisation.models import School
from leercirkel.core.expected import CalendarTest
from leercirkel.engines.memory import MemoryEngine

KEPT_SCHOOLS = 6
"""So many schools at a time in a process: one of 20,000 results takes some 20 MB, and as long to take up from what
processes share as a page takes. What is kept of a group or a pupil needs it no more."""

WHAT = "ground"


@dataclass(frozen=True, slots=True)
class SchoolGround:
    """The ground of a school, and what ties it to rows: pupils by id and by key, classes by id."""

    ground: Ground
    keys: Mapping[int, str]
    ids: Mapping[str, int]
    classes: Mapping[int, str]
    calendar: Sequence[CalendarTest]


_kept: Kept[SchoolGround] = Kept(KEPT_SCHOOLS)

Version = tuple[int, int]


def ground_at(sight: Sight, school: School, version: Version | None = None) -> SchoolGround:
    """The ground of the whole school, kept until its figures change (`version`: assessment.changes.version_of), and
    shared by the processes.

    Of the whole school whoever asks, so that a number is the same for everyone: what a teacher of one group sees is
    what the report says. The caller shows no more of it than the sight reaches. Raises PermissionError when the sight
    has no right about pupils of this school at all.
    """
    if school.pk not in sight.pupil_schools:
        raise PermissionError(school.pk)
    of = version or version_of(school.pk)
    return _kept.get(
        (school.pk, of), lambda: _taken_up(school, shared(school.pk, WHAT, of, lambda: _made(sight, school)))
    )


def _made(sight: Sight, school: School) -> bytes:
    """School years, sittings and lines; no names."""
    whole = replace(sight, extents={Right.SEE_FIGURES: Extent(schools=frozenset({school.pk}))})
    given = inputs_of(whole, school, Right.SEE_FIGURES)
    ground = ground_of(
        given.inputs, given.standards, norms=given.norms, main_tier=given.main_tier, care_two_below=given.care_two_below
    )
    return _joined(json.dumps(given.years).encode(), _packed(ground.rows), _packed(ground.lines))


def _taken_up(school: School, content: bytes) -> SchoolGround:
    """The ground that was made of a school, with what it is held against as the school has it now."""
    years, rows, lines = _parts(content)
    own, calendar, norms = held_against(school, json.loads(years))
    ground = Ground(
        MemoryEngine(), _frame(rows), _frame(lines), main_tiers_of(own.standards, own.main_tier), own.standards, norms,
        growth_norms_of(school),
    )  # fmt: skip
    keys = keys_of(school)
    ids = {key: pupil for pupil, key in keys.items()}
    return SchoolGround(ground, keys, ids, class_names(school), calendar)


def _packed(frame: nw.LazyFrame[pl.LazyFrame]) -> bytes:
    made = BytesIO()
    frame.to_native().collect(engine="in-memory").write_ipc(made, compression="zstd")
    return made.getvalue()


def _frame(packed: bytes) -> nw.LazyFrame[pl.LazyFrame]:
    return nw.from_native(pl.read_ipc(packed).lazy())


def _joined(*parts: bytes) -> bytes:
    """The parts, each after its length."""
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _parts(content: bytes) -> list[bytes]:
    found, place = [], 0
    while place < len(content):
        start = place + 8
        place = start + int.from_bytes(content[place:start], "big")
        found.append(content[start:place])
    return found
