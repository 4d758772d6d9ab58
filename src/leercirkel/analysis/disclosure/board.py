"""The report as a board may have it: no figure from which something about fewer than five pupils follows.

What is told and what is not, list by list, with the reasons: `docs/domein/privacy.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leercirkel.analysis import answers as in_words
from leercirkel.analysis.disclosure import trends
from leercirkel.analysis.disclosure.cells import cells_of, enough_only, told_overview
from leercirkel.analysis.disclosure.columns import Cell, Facet, Told, told
from leercirkel.analysis.disclosure.crossings import ColumnKey, Crossings
from leercirkel.analysis.disclosure.earlier import Published, with_earlier
from leercirkel.analysis.disclosure.rows import told_rows
from leercirkel.analysis.disclosure.span import HIGHEST_LIMIT
from leercirkel.analysis.model import SchoolReport, Withheld
from leercirkel.core.standards import Standard
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy


def for_board(
    report: SchoolReport,
    crossings: Crossings,
    *,
    policy: Policy = DEFAULT_POLICY,
    standards: Sequence[Standard] = (),
    earlier: Sequence[Published] = (),
) -> SchoolReport:
    """The report without what tells of fewer than `policy.no_number_below` pupils, also by adding and subtracting.

    Withheld cells are gone from their lists and named in `withheld`; answers are made again from what is left.
    `crossings` are the parts of the report's columns (`crossings.crossings_of`). What follows from a figure is not
    known without them: a column that is not in them is withheld whole, and a figure of another number of pupils than
    they say in its whole column. `earlier`: reports for the board that are already out; see `earlier.with_earlier`.
    Raises ValueError for a policy that withholds figures of five pupils or more.
    """
    limit = policy.no_number_below
    if limit > HIGHEST_LIMIT:
        raise ValueError(f"fewer than {HIGHEST_LIMIT} pupils can be protected, not fewer than {limit}")
    asked: dict[ColumnKey, list[tuple[Cell, dict[Facet, int]]]] = {}
    for key, cell, said in [*cells_of(report), *trends.cells_of(report)]:
        asked.setdefault(key, []).append((cell, said))
    columns = {key: told(crossings[key], cells, limit) for key, cells in asked.items() if key in crossings}
    nothing = Told()
    overview, totals, withheld = told_overview(report, columns, nothing, limit)
    grade_trend, lost = trends.told_trends(report, columns, nothing, limit)
    withheld += lost
    out, lost = told_rows(report, limit)
    absent = [Withheld("absent", {}, "protects")] if overview or totals else []
    out = replace(
        out, audience="board", pupils=(), overview=overview, totals=totals, grade_trend=grade_trend,
        withheld=(*withheld, *lost, *absent), method=replace(report.method, files=()),
    )  # fmt: skip
    out = _without_unknown_groups(with_earlier(out, earlier, limit))
    out = replace(
        out,
        overview=tuple(enough_only(c, limit) for c in out.overview),
        totals=tuple(enough_only(c, limit) for c in out.totals),
    )
    return replace(out, answers=in_words.answers_of(out, report.method.main_tiers, policy, standards))


def _without_unknown_groups(report: SchoolReport) -> SchoolReport:
    """No name of a group of which no figure is told: it may be of fewer than five pupils."""
    known = {cell.group for cell in report.overview}
    known |= {row.group for row in report.growth} | {row.group for row in report.learning_yield}

    def named(group: object) -> bool:
        return group is None or group in known

    kept = [w for w in report.withheld if named(w.key.get("group"))]
    if len(kept) < len(report.withheld):
        kept.append(Withheld("group", {}, "small"))
    return replace(
        report,
        withheld=tuple(kept),
        agreements=tuple(a for a in report.agreements if named(a.group)),
        interventions=tuple(replace(i, groups=tuple(filter(named, i.groups))) for i in report.interventions),
    )
