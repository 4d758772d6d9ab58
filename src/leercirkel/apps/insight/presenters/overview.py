"""The overview of one round: groups by tests, and the school, with where each figure leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leercirkel.analysis.explain.reference import reference
from leercirkel.analysis.model import OverviewCell, TierResult
from leercirkel.apps.insight.presenters.links import Links
from leercirkel.documents.report.context import Context, group_tests, groups_of
from leercirkel.documents.report.parts.overview import Column, columns_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One group on one test. With `tier` an interval cell; else `text` with `note`. `figure`: where it comes from."""

    tier: TierResult | None
    text: str
    note: str
    figure: str
    said: str
    foot: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A group (or the school) with its cells per column: one, more when pupils took different versions, or none."""

    name: str
    size: str
    url: str
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The table. `columns`: subject and test. `key`: what the line in the cells is."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    school: Row | None
    key: str


def overview_of(context: Context, links: Links, *, whole: bool = True) -> Overview:
    """The round of the report; without `whole` (some groups only) there is no line for the school."""
    report, texts = context.report, context.texts
    cells, totals = context.of_round(report.overview), context.of_round(report.totals)
    columns = columns_of(cells, totals)
    rows = tuple(
        Row(
            texts.group(name), context.size(members), links.group(name),
            _cells(context, links, [test.whole for test in group_tests(members)], columns, texts.group(name)),
        )
        for name, members in groups_of(cells).items()
    )  # fmt: skip
    school = Row(texts.school, texts.groups_counted(len(rows)), "",
                 _cells(context, links, totals, columns, texts.whole_school))  # fmt: skip
    return Overview(
        tuple((texts.subject(subject), texts.instrument(instrument)) for subject, instrument in columns),
        rows,
        school if totals and whole else None,
        texts.line_key(_norm(context, cells)),
    )


def _norm(context: Context, cells: Sequence[OverviewCell]) -> str:
    """The target share, when it is the same everywhere."""
    shares = {tier.target_share for cell in cells if (tier := context.main_tier(cell))}
    return context.texts.percentage(shares.pop()) if len(shares) == 1 else ""


def _cells(
    context: Context, links: Links, cells: Sequence[OverviewCell], columns: Sequence[Column], who: str
) -> tuple[tuple[Cell, ...], ...]:
    out = []
    for column in columns:
        here = [cell for cell in cells if (cell.subject, cell.instrument) == column]
        out.append(tuple(_cell(context, links, cell, who, several=len(here) > 1) for cell in here))
    return tuple(out)


def _cell(context: Context, links: Links, cell: OverviewCell, who: str, *, several: bool) -> Cell:
    texts, tier = context.texts, context.main_tier(cell)
    place = reference("totals" if cell.group is None else "overview", cell)
    version = texts.version(cell.version) if several and cell.version else ""
    foot = texts.reasons(cell) if context.tells_absent else ""
    said = f"{who}, {texts.subject_within(cell.subject)}"
    if cell.counted == 0:
        return Cell(None, texts.no_result, "", "", said, foot, version)
    if tier is None:
        text = texts.pupils(cell.counted) if cell.mean is None else texts.mean(cell.mean)
        figure = links.figure(f"{place}.{'counted' if cell.mean is None else 'mean'}")
        return Cell(None, text, texts.no_standard, figure, said, foot, version)
    if context.hidden(tier.counted):
        return Cell(None, context.too_small, "", "", said, foot, version)
    figure = links.figure(f"{place}.{reference('tiers', tier)}.reached")
    return Cell(tier, "", "", figure, said, foot, version)
