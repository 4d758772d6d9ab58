"""The overview of one round: groups by tests, and the school."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.model import OverviewCell
from leercirkel.documents.charts import interval_cell
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, View, group_name, group_tests, groups_of, subject_order

Column = tuple[str, str]
"""Subject and instrument."""

REVEALING = "niet getoond: anders is een kleine groep uit te rekenen"


def overview(context: Context) -> View:
    """The table: columns in the order of subjects, a row per group, the school last. Wide from six columns."""
    report = context.report
    cells, totals = context.of_round(report.overview), context.of_round(report.totals)
    sizes: dict[Column, int] = {}
    for cell in (*cells, *totals):
        sizes[_column(cell)] = sizes.get(_column(cell), 0) + cell.counted
    columns = sorted(sizes, key=lambda c: (subject_order(c[0]), -sizes[c], c[1]))
    rows = [
        {
            "name": group_name(group),
            "size": words.pupils(max(c.expected for c in members)),
            "cells": _row(context, [t.whole for t in group_tests(members)], columns, group_name(group)),
        }
        for group, members in groups_of(cells).items()
    ]
    small = [t.whole for members in groups_of(cells).values() for t in group_tests(members)]
    small = [c for c in small if _judged(context, c) > 0 and context.hidden(_judged(context, c))]
    told = _row(context, totals, columns, "Hele school", small)
    school = {"name": "School", "size": _groups(len(rows)), "cells": told}
    return {
        "columns": [{"subject": words.subject(s), "test": words.instrument(i)} for s, i in columns],
        "rows": rows,
        "school": school if totals else None,
        "wide": len(columns) > 5,
        "norm": _norm(context, cells),
    }


def _groups(n: int) -> str:
    return f"{n} {'groep' if n == 1 else 'groepen'}"


def _column(cell: OverviewCell) -> Column:
    return cell.subject, cell.instrument


def _norm(context: Context, cells: Sequence[OverviewCell]) -> str:
    """The target share, when it is the same everywhere."""
    shares = {t.target_share for c in cells if (t := context.main_tier(c))}
    return words.percentage(shares.pop()) if len(shares) == 1 else ""


def _judged(context: Context, cell: OverviewCell) -> int:
    """The pupils that the cell's number is about."""
    tier = context.main_tier(cell)
    return tier.counted if tier else cell.counted


def _row(
    context: Context, cells: Sequence[OverviewCell], columns: Sequence[Column], who: str,
    small: Sequence[OverviewCell] = (),
) -> list[list[View]]:  # fmt: skip
    """Per column the cells that belong there: one, more when pupils took different versions, or none.

    `small`: the groups that get no number. One alone would follow from a total minus the other groups, so that total
    gets none either; of two only their sum follows.
    """
    out = []
    for column in columns:
        here = [c for c in cells if _column(c) == column]
        views = [_cell(context, c, who, several=len(here) > 1) for c in here]
        for i, c in enumerate(here):
            if sum((*_column(s), s.version) == (*column, c.version) for s in small) == 1:
                views[i] = {"kind": "hidden", "text": REVEALING, "foot": "", "version": views[i]["version"]}
        out.append(views)
    return out


def _cell(context: Context, cell: OverviewCell, who: str, *, several: bool) -> View:
    tier, foot = context.main_tier(cell), words.reasons(cell)
    version = f"versie {cell.version}" if several and cell.version else ""
    base: View = {"foot": foot, "version": version}
    judged = _judged(context, cell)
    if cell.counted == 0:
        return base | {"kind": "none", "text": "geen uitslag"}
    if context.hidden(judged):
        return base | {"kind": "hidden", "text": context.too_small}
    if tier is None:
        mean = "" if cell.mean is None else f"gemiddeld {words.number(cell.mean)}"
        return base | {"kind": "plain", "text": mean or words.pupils(cell.counted), "note": "geen eigen norm"}
    said = f"{who}, {words.subject(cell.subject).lower()}: {words.goal_sentence(tier)}"
    base |= {"k": str(tier.reached), "n": str(tier.counted), "goal": str(tier.goal_count), "bold": tier.reached_goal,
             "said": said}  # fmt: skip
    if tier.verdict == "too_few" or context.few(judged):
        return base | {"kind": "few", "verdict": "too_few"}
    bar = interval_cell(tier.share, tier.low, tier.high, tier.target_share, tier.verdict, said)
    return base | {"kind": "share", "verdict": tier.verdict, "bar": bar}
