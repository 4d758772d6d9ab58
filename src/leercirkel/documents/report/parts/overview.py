"""The overview of one round: groups by tests, and the school."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.model import OverviewCell
from leercirkel.documents.charts import interval_cell
from leercirkel.documents.report.context import Context, View, group_tests, groups_of, subject_order

Column = tuple[str, str]
"""Subject and instrument."""

PROTECTS = "–*"
"""Where a number would give away that of a small group."""


def overview(context: Context) -> View:
    """The table: columns in the order of subjects, a row per group, the school last. Wide from six columns."""
    report, texts = context.report, context.texts
    cells, totals = context.of_round(report.overview), context.of_round(report.totals)
    columns = columns_of(cells, totals)
    rows: list[View] = [
        {
            "name": texts.group(group),
            "size": context.size(members),
            "cells": _row(context, [t.whole for t in group_tests(members)], columns, group),
        }
        for group, members in groups_of(cells).items()
    ]
    school: View = {
        "name": texts.school,
        "size": texts.groups_counted(len(rows)),
        "cells": _row(context, totals, columns, None),
    }
    return {
        "columns": [{"subject": texts.subject(s), "test": texts.instrument(i)} for s, i in columns],
        "rows": rows,
        "school": school if totals else None,
        "wide": len(columns) > 5,
        "key": texts.line_key(_norm(context, cells)),
        "withheld": _legend(context, [row["cells"] for row in (*rows, school)]),
    }


def columns_of(cells: Sequence[OverviewCell], totals: Sequence[OverviewCell]) -> list[Column]:
    """The columns of one round: in the order of subjects, the test that most pupils took first."""
    sizes: dict[Column, int] = {}
    for cell in (*cells, *totals):
        sizes[_column(cell)] = sizes.get(_column(cell), 0) + cell.counted
    return sorted(sizes, key=lambda c: (subject_order(c[0]), -sizes[c], c[1]))


def _column(cell: OverviewCell) -> Column:
    return cell.subject, cell.instrument


def _norm(context: Context, cells: Sequence[OverviewCell]) -> str:
    """The target share, when it is the same everywhere."""
    shares = {t.target_share for c in cells if (t := context.main_tier(c))}
    return context.texts.percentage(shares.pop()) if len(shares) == 1 else ""


def _judged(context: Context, cell: OverviewCell) -> int:
    """The pupils that the cell's number is about."""
    tier = context.main_tier(cell)
    return tier.counted if tier else cell.counted


def _row(
    context: Context, cells: Sequence[OverviewCell], columns: Sequence[Column], group: str | None
) -> list[list[View]]:
    """Per column the cells that belong there: one, more when pupils took different versions, or none. A cell that the
    board does not get says why."""
    who, out = context.texts.whole_school if group is None else context.texts.group(group), []
    for column in columns:
        here = [c for c in cells if _column(c) == column]
        views = [_cell(context, c, who, several=len(here) > 1) for c in here]
        out.append(views or _withheld(context, column, group))
    return out


def _withheld(context: Context, column: Column, group: str | None) -> list[View]:
    """What stands in the place of a cell that was withheld; nothing where there was none."""
    report = context.report
    here = {"school_year": report.school_year, "moment": report.moment, "subject": column[0], "instrument": column[1],
            "group": group}  # fmt: skip
    found = [
        w.reason
        for w in report.withheld
        if w.kind in ("overview", "totals") and all(w.key.get(n) == v for n, v in here.items())
    ]
    if not found:
        return []
    text = context.fewer if set(found) == {"small"} else PROTECTS
    return [{"kind": "hidden", "text": text, "foot": "", "version": ""}]


def _legend(context: Context, rows: Sequence[Sequence[Sequence[View]]]) -> str:
    """What the sign of a cell that protects others means; empty where there is none."""
    if not any(view.get("text") == PROTECTS for row in rows for views in row for view in views):
        return ""
    least = context.report.method.no_number_below
    return context.texts.withheld_sign(PROTECTS, least)


def _cell(context: Context, cell: OverviewCell, who: str, *, several: bool) -> View:
    texts, tier = context.texts, context.main_tier(cell)
    foot = texts.reasons(cell)
    version = texts.version(cell.version) if several and cell.version else ""
    base: View = {"foot": foot, "version": version}
    judged = _judged(context, cell)
    if cell.counted == 0:
        return base | {"kind": "none", "text": texts.no_result}
    if context.hidden(judged):
        return base | {"kind": "hidden", "text": context.too_small}
    if tier is None:
        text = texts.pupils(cell.counted) if cell.mean is None else texts.mean(cell.mean)
        return base | {"kind": "plain", "text": text, "note": texts.no_standard}
    said = f"{who}, {texts.subject_within(cell.subject)}: {texts.goal_sentence(tier)}"
    base |= {"k": str(tier.reached), "of": texts.of_all(tier.counted), "goal": str(tier.goal_count),
             "bold": tier.reached_goal, "said": said}  # fmt: skip
    if tier.verdict == "too_few" or context.few(judged):
        return base | {"kind": "few", "verdict": "too_few"}
    bar = interval_cell(tier.share, tier.low, tier.high, tier.target_share, tier.verdict, said)
    return base | {"kind": "share", "verdict": tier.verdict, "bar": bar, "aim": texts.goal_of(tier.goal_count)}
