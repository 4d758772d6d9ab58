"""Overview and totals: their cells as sets of pupils, and what is left of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from leercirkel.analysis.disclosure.columns import (
    ANY_SHARE,
    COUNTED,
    EXPECTED,
    GRADES_OF_GROUP,
    GROUPS,
    LEVELS,
    MEANS,
    SCHOOL,
    Cell,
    Facet,
    Told,
)
from leercirkel.analysis.disclosure.crossings import ColumnKey
from leercirkel.analysis.model import OverviewCell, SchoolReport, TierResult, Withheld
from leercirkel.core.didactic_age import MONTHS_PER_YEAR

OTHER = "other"
"""What stands for every reason where nobody has a result: one reason is soon about one child."""


def cells_of(report: SchoolReport) -> list[tuple[ColumnKey, Cell, dict[Facet, int]]]:
    """Every cell of overview and totals with the column it is in, and of how many pupils its facets are."""
    combined = _combined(report.overview)
    return [(column_of(cell), _cell(cell, combined), _said(cell)) for cell in (*report.totals, *report.overview)]


def _said(cell: OverviewCell) -> dict[Facet, int]:
    """Of how many pupils the report says that each facet of the cell is."""
    out = {EXPECTED: cell.expected, COUNTED: cell.counted}
    if cell.mean is not None and cell.quantity:
        out[MEANS[cell.quantity]] = cell.mean_of or 0
    if cell.levels:
        out[LEVELS] = sum(cell.levels.values())
    for tier in cell.tiers:
        whole = Facet("tier", tier.name, tier.scope)
        out |= {_tier(tier): tier.counted, whole: out.get(whole, 0) + tier.counted}
    return out


def column_of(cell: OverviewCell) -> ColumnKey:
    """The column that a cell is in."""
    return cell.school_year, cell.moment, cell.subject, cell.instrument, cell.version


def _combined(cells: Sequence[OverviewCell]) -> set[tuple[ColumnKey, str]]:
    """Column and group of groups that have a row of their own beside those of their grades."""
    return {(column_of(cell), cell.group) for cell in cells if cell.group is not None and cell.grade is None}


def _cell(cell: OverviewCell, combined: set[tuple[ColumnKey, str]]) -> Cell:
    facets = tuple(facet for facet, _ in _facets(cell))
    whole = (EXPECTED, COUNTED)
    if cell.group is None:
        return Cell(SCHOOL, ("", 0, "", ""), facets, whole)
    if cell.grade is not None and (column_of(cell), cell.group) in combined:
        return Cell(GRADES_OF_GROUP, (cell.group, cell.grade, "", ""), facets, whole)
    return Cell(GROUPS, (cell.group, 0, "", ""), facets, whole)


def _facets(cell: OverviewCell) -> list[tuple[Facet, TierResult | None]]:
    """What a cell tells sums of, tiers with their result."""
    out: list[tuple[Facet, TierResult | None]] = []
    if cell.mean is not None and cell.quantity:
        out.append((MEANS[cell.quantity], None))
    if cell.levels:
        out.append((LEVELS, None))
    for tier in cell.tiers:
        out += [(_tier(tier), tier), (Facet("tier", tier.name, tier.scope), tier)]
    return out


def _tier(tier: TierResult) -> Facet:
    return Facet("tier", tier.name, tier.scope, tier.target_share)


def told_overview(
    report: SchoolReport, columns: Mapping[ColumnKey, Told], nothing: Told, limit: int
) -> tuple[tuple[OverviewCell, ...], tuple[OverviewCell, ...], list[Withheld]]:
    """What is told of overview and totals, and what is withheld of them."""
    combined = _combined(report.overview)
    withheld: list[Withheld] = []
    lists: list[tuple[OverviewCell, ...]] = []
    for kind, cells in (("overview", report.overview), ("totals", report.totals)):
        kept = []
        for cell in cells:
            column, where = columns.get(column_of(cell), nothing), _cell(cell, combined)
            # A cell without the name of a group stands for the whole school, and only in the totals.
            if where in column.cells and (cell.group or kind == "totals"):
                kept.append(_told(cell, column.cells[where]))
                withheld += _parts(cell, column.cells[where], limit)
            else:
                withheld.append(Withheld(kind, _key(cell), "small" if where in column.small else "protects"))
        lists.append(tuple(kept))
    return lists[0], lists[1], withheld


def _told(cell: OverviewCell, facets: set[Facet]) -> OverviewCell:
    out = replace(
        without_absent(cell),
        didactic_age=_about(cell),
        tiers=tuple(t for t in cell.tiers if _tier(t) in facets),
        levels=cell.levels if LEVELS in facets else {},
    )
    if cell.quantity and MEANS[cell.quantity] in facets:
        return out
    return replace(out, mean=None, sd=None, mean_low=None, mean_high=None, mean_of=None)


def without_absent(cell: OverviewCell) -> OverviewCell:
    """The cell without how many pupils have no result, and why: that is soon about one child.

    Never, also not where it is about many: then nothing follows from where it is told. So expected equals counted. Only
    where nobody has a result it is how many that are, all under one reason.
    """
    if cell.counted:
        return replace(cell, expected=cell.counted, missing=0, not_taken={})
    return replace(cell, missing=0, not_taken={OTHER: cell.expected} if cell.expected else {})


def enough_only(cell: OverviewCell, limit: int) -> OverviewCell:
    """What holds of every cell that leaves the team, wherever it came from: no tier of fewer than `limit` pupils."""
    return replace(without_absent(cell), tiers=tuple(t for t in cell.tiers if t.counted >= limit))


def _about(cell: OverviewCell) -> float | None:
    """The didactic age of a group to ten months, to put groups in order. It follows from a pupil's grade, so an exact
    mean would tell how many pupils are in each grade."""
    if cell.group is None or cell.didactic_age is None:
        return None
    return round(cell.didactic_age / MONTHS_PER_YEAR) * float(MONTHS_PER_YEAR)


def _parts(cell: OverviewCell, facets: set[Facet], limit: int) -> list[Withheld]:
    """The parts of a told cell that are not told."""
    out = []
    for facet, tier in _facets(cell):
        if facet in facets or (tier is not None and facet.share == ANY_SHARE):
            continue
        if tier is not None:
            few = tier.counted < limit
            key = _key(cell) | {"tier": tier.name, "scope": tier.scope}
            out.append(Withheld("tier", key, "small" if few else "protects"))
        elif facet == LEVELS:
            few = sum(cell.levels.values()) < limit
            out.append(Withheld("levels", _key(cell), "small" if few else "protects"))
        else:
            few = cell.mean_of is not None and cell.mean_of < limit
            out.append(Withheld("mean", _key(cell), "small" if few else "protects"))
    return out


def _key(cell: OverviewCell) -> dict[str, str | int | None]:
    return {
        "school_year": cell.school_year, "group": cell.group, "grade": cell.grade, "subject": cell.subject,
        "moment": cell.moment, "instrument": cell.instrument, "version": cell.version,
    }  # fmt: skip
