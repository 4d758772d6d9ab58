"""Which cells of one column may be told: as many as can be, none from which fewer than five pupils follow.

Cells are taken in a fixed order and told if no sum of too few pupils follows from them and those before: first the
whole school, then groups, then the grades within a combination group, then the points of trends by grade, by
didactic-age band and by destination; within each the largest first, ties by name. So it is the smallest cells that are
held back, and what is decided for groups does not depend on whether the report also has trends. Only the column's own
parts are looked at: not the round, not other years, not other columns. See `docs/domein/privacy.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from leercirkel.analysis.disclosure.crossings import AXES, Part
from leercirkel.analysis.disclosure.span import Span

ANY_SHARE = -1.0
"""A tier at all its target shares together."""


class Facet(NamedTuple):
    """What is summed: "expected", "counted", "score", "dle", "levels", or "tier": who is held against the tier of this
    name and scope at this target share, or at any (`ANY_SHARE`)."""

    kind: str
    name: str = ""
    scope: str = ""
    share: float = ANY_SHARE


EXPECTED, COUNTED, LEVELS = Facet("expected"), Facet("counted"), Facet("levels")
MEANS = {"score": Facet("score"), "dle": Facet("dle")}

SCHOOL, GROUPS, GRADES_OF_GROUP, BY_GRADE, BY_BAND, BY_DESTINATION = range(6)
"""The order of the layers."""


@dataclass(frozen=True)
class Cell:
    """One cell: where it stands and what it tells. `where`: values of group, grade, band and destination, "" or 0 for
    all. `facets`: what it tells sums of, besides how many pupils were counted; `whole`: facets without which the cell
    is not told at all."""

    layer: int
    where: tuple[str, int, str, str]
    facets: tuple[Facet, ...] = ()
    whole: tuple[Facet, ...] = (COUNTED,)


@dataclass
class Told:
    """What may be told of a column: cells with the facets of each; and of the others whether they are small."""

    cells: dict[Cell, set[Facet]] = field(default_factory=dict)
    small: set[Cell] = field(default_factory=set)


def told(parts: Sequence[Part], cells: Iterable[tuple[Cell, Mapping[Facet, int]]], limit: int) -> Told:
    """Which of `cells` may be told, and with which facets; `limit`: fewer pupils than this are too few.

    With each cell of how many pupils the report says that its facets are. Where `parts` say otherwise, nothing is known
    of what follows from that facet, so it is told nowhere in the column (and no cell without its number of pupils).
    """
    cells = list(cells)
    column = _Column(parts, limit)
    column.unknown = {f[:3] for cell, said in cells for f, n in said.items() if column.size(f, cell) != n}
    ordered = sorted({cell for cell, _ in cells}, key=lambda c: (c.layer, -column.size(COUNTED, c), c.where))
    out = Told(small={c for c in ordered if any(column.is_small(f, c) for f in c.whole)})
    spans = {facet: column.nothing(facet) for facet in (EXPECTED, COUNTED)}
    for cell in ordered:
        _tell(cell, [f for f in cell.whole if f in spans], spans, column, lambda c: out.cells.setdefault(c, set()))
    _hide_what_bounds_tell(out, ordered, column)
    groups = {c.where[0] for c in out.cells if c.layer == GROUPS}
    for cell in [c for c in out.cells if c.layer == GRADES_OF_GROUP and c.where[0] not in groups]:
        del out.cells[cell]  # a reader would take the grade for the group
    for together in _families(ordered):
        spans = {facet: column.nothing(facet) for facet in together}
        for cell in [c for c in ordered if c in out.cells]:
            asked = [f for f in together if f in cell.facets]
            if asked:
                _tell(cell, asked, spans, column, lambda c, a=asked: out.cells[c].update(a))  # type: ignore[misc]
    for cell in [c for c in out.cells if not {f for f in c.whole if f not in (EXPECTED, COUNTED)} <= out.cells[c]]:
        del out.cells[cell]
    return out


def _tell(
    cell: Cell, asked: Sequence[Facet], spans: dict[Facet, Span], column: _Column, tell: Callable[[Cell], object]
) -> None:
    """Tells `asked` of the cell if none of them is of too few pupils, or lets too few follow."""
    wider: dict[Facet, Span] = {}
    for facet in asked:
        span = None if column.is_small(facet, cell) else spans[facet].adding(column.members(facet, cell))
        if span is None:
            return
        wider[facet] = span
    spans.update(wider)
    tell(cell)


def _families(cells: Iterable[Cell]) -> list[list[Facet]]:
    """Facets that are told together or not at all: a tier at several target shares, with their sum."""
    facets = sorted({facet for cell in cells for facet in cell.facets})
    families: dict[tuple[str, str, str], list[Facet]] = {}
    for facet in facets:
        families.setdefault(facet[:3], []).append(facet)
    return list(families.values())


class _Column:
    """Sizes and members of cells, per facet over the parts that have somebody in it."""

    def __init__(self, parts: Sequence[Part], limit: int) -> None:
        self.parts, self.limit = parts, limit
        self.unknown: set[tuple[str, str, str]] = set()
        self._sizes: dict[Facet, NDArray[np.int64]] = {}
        self._where = [np.array([getattr(part, axis) for part in parts], dtype=object) for axis in AXES]
        self._inside: dict[tuple[str, int, str, str], NDArray[np.bool_]] = {}

    def sizes(self, facet: Facet) -> NDArray[np.int64]:
        if facet not in self._sizes:
            self._sizes[facet] = np.array([_size(part, facet) for part in self.parts], np.int64)
        return self._sizes[facet]

    def inside(self, cell: Cell) -> NDArray[np.bool_]:
        if cell.where not in self._inside:
            inside = np.ones(len(self.parts), bool)
            for values, wanted in zip(self._where, cell.where, strict=True):
                if wanted:
                    inside &= values == wanted
            self._inside[cell.where] = inside
        return self._inside[cell.where]

    def size(self, facet: Facet, cell: Cell) -> int:
        return int(self.sizes(facet)[self.inside(cell)].sum())

    def is_small(self, facet: Facet, cell: Cell) -> bool:
        """Whether the facet of the cell is of too few pupils, or not known to be of enough. Of a tier that includes
        nobody: it would not be in the report. Nobody with a result, mean or level is a fact about the whole cell."""
        size = self.size(facet, cell)
        return facet[:3] in self.unknown or (size < self.limit and (size > 0 or facet.kind == "tier"))

    def nothing(self, facet: Facet) -> Span:
        sizes = self.sizes(facet)
        return Span.empty(sizes[sizes > 0].tolist(), self.limit)

    def members(self, facet: Facet, cell: Cell) -> NDArray[np.bool_]:
        return self.inside(cell)[self.sizes(facet) > 0]


def _size(part: Part, facet: Facet) -> int:
    if facet.kind != "tier":
        return part.sizes[facet.kind]
    if facet.share != ANY_SHARE:
        return part.judged.get((facet.name, facet.scope, facet.share), 0)
    return sum(n for (name, scope, _), n in part.judged.items() if (name, scope) == (facet.name, facet.scope))


def _hide_what_bounds_tell(out: Told, ordered: Sequence[Cell], column: _Column) -> None:
    """Holds back one cell more where only small cells lack of a told whole, and all must have the same size.

    Who is told that two groups have fewer than five pupils each, and can work out that they have eight together, knows
    both: four. The same with as many pupils as groups.
    """
    wholes = [c for c in ordered if c.layer == GROUPS] + [c for c in ordered if c.layer == SCHOOL]
    for whole in wholes:
        within = GRADES_OF_GROUP if whole.layer == GROUPS else GROUPS
        inside = [c for c in ordered if c.layer == within and (whole.layer == SCHOOL or c.where[0] == whole.where[0])]
        while whole in out.cells:
            lacking = [c for c in inside if c not in out.cells]
            pupils = sum(column.size(COUNTED, c) for c in lacking)
            if not lacking or not out.small.issuperset(lacking):
                break
            if pupils not in (len(lacking), len(lacking) * (column.limit - 1)):
                break
            shown = [c for c in inside if c in out.cells and column.size(COUNTED, c)]
            del out.cells[shown[-1] if shown else whole]
