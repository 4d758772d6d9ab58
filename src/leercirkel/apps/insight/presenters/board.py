"""Schools beside each other: a funnel per test, each with the table behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leercirkel.analysis.disclosure import Published
from leercirkel.analysis.funnel import Funnel, FunnelPoint, funnel, limits
from leercirkel.analysis.model import OverviewCell, TierResult
from leercirkel.apps.organisation.models import School
from leercirkel.core.calendar import MOMENTS
from leercirkel.documents import charts
from leercirkel.documents.report.context import subject_order
from leercirkel.documents.texts import Texts, texts_of

FEW_SCHOOLS = 10
"""With fewer schools the page says that they cannot tell what is usual on the board."""

MAIN = "basis"

WIDE = 560.0
"""The width of a funnel where there is room, in user units."""

Key = tuple[str, str, str, str, float | str | None]
"""What makes two schools comparable: kind of school, subject, instrument, version, and the result to be reached (None:
each pupil's own line)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A school in the table behind a funnel."""

    point: FunnelPoint
    share: str
    norm: str
    within: str
    verdict: str
    said: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One test: its funnel, the same for a telephone (`narrow`), and the table with the same figures."""

    title: str
    test: str
    about: str
    chart: SafeString
    narrow: SafeString
    caption: str
    lines: Sequence[Line]
    withheld: Sequence[str]


@dataclass(frozen=True, slots=True)
class RoundOption:
    """A round or a subject to choose."""

    label: str
    value: str
    here: bool


def texts() -> Texts:
    """The texts of the page's language."""
    return texts_of("en" if get_language() == "en" else "nl")


def rounds_of(found: Mapping[School, Published], asked: str) -> tuple[list[RoundOption], str, str]:
    """The rounds of all schools together, the newest first, and school year and moment of the one that was asked for,
    else of the newest."""
    rounds = {(cell.school_year, cell.moment) for told in found.values() for cell in told.totals}
    ordered = sorted(rounds, key=lambda each: (each[0], MOMENTS.index(each[1])), reverse=True)
    if not ordered:
        return [], "", ""
    wanted = next((each for each in ordered if f"{each[0][:4]}-{each[1]}" == asked), ordered[0])
    said = texts()
    options = [RoundOption(said.moment(*each), f"{each[0][:4]}-{each[1]}", each == wanted) for each in ordered]
    return options, *wanted


def subjects_of(found: Mapping[School, Published], school_year: str, moment: str) -> list[str]:
    """The subjects of a round with a norm, in their order."""
    return sorted({
        cell.subject for told in found.values() for cell in told.totals
        if (cell.school_year, cell.moment) == (school_year, moment) and _tier(cell) is not None
    }, key=subject_order)  # fmt: skip


def panels(found: Mapping[School, Published], school_year: str, moment: str, subject: str) -> list[Panel]:
    """A panel per test of a subject and result to be reached: schools with another test or another one stand in another
    panel, and no figure is taken over two tests."""
    cells: dict[Key, list[tuple[School, TierResult]]] = defaultdict(list)
    for school, told in found.items():
        for cell in told.totals:
            tier = _tier(cell)
            here = (cell.school_year, cell.moment, cell.subject) == (school_year, moment, subject)
            if here and tier is not None and 0 < tier.target_share < 1:
                cells[_key(school, cell, tier)].append((school, tier))
    hidden = _withheld(found, school_year, moment)
    said = texts()
    order = sorted(cells, key=lambda key: (key[2], key[3], key[0], str(key[4])))
    return [_panel(said, key, cells[key], hidden) for key in order]


def choices(subjects: Sequence[str], subject: str, asked: str) -> list[RoundOption]:
    """The subjects to choose from, each with the question that asks for it."""
    said = texts()
    return [RoundOption(said.subject(one), urlencode({"ronde": asked, "vak": one}), one == subject) for one in subjects]


def _tier(cell: OverviewCell) -> TierResult | None:
    """The tier that is compared: the one that most schools call their main one, else the first for all pupils."""
    tiers = [tier for tier in cell.tiers if tier.scope == "all"]
    return next((tier for tier in tiers if tier.name == MAIN), tiers[0] if tiers else None)


def _key(school: School, cell: OverviewCell, tier: TierResult) -> Key:
    return str(school.get_kind_display()), cell.subject, cell.instrument, cell.version, tier.threshold


def _withheld(found: Mapping[School, Published], school_year: str, moment: str) -> dict[tuple[str, str], list[str]]:
    """Subject and instrument → schools of which this total is not told."""
    out: dict[tuple[str, str], list[str]] = defaultdict(list)
    for school, told in found.items():
        for one in told.withheld:
            key = one.key
            if (key.get("school_year"), key.get("moment")) == (school_year, moment):
                out[str(key.get("subject")), str(key.get("instrument"))].append(school.name)
    return out


def _panel(
    said: Texts, key: Key, rows: Sequence[tuple[School, TierResult]], hidden: Mapping[tuple[str, str], list[str]]
) -> Panel:
    kind, subject, instrument, version, threshold = key
    made = funnel([(school.name, found.reached, found.counted, found.target_share) for school, found in rows])
    test = said.instrument(instrument, version)
    title = said.subject(subject)
    caption = _("%(subject)s, %(test)s, %(kind)s") % {"subject": title, "test": test, "kind": kind}
    about = _about(said, made, threshold)
    chart, narrow = (
        mark_safe(_chart(said, made, caption, width)) if made.points else SafeString("")  # noqa: S308 (charts escape)
        for width in (WIDE, charts.NARROW)
    )
    lines = [_line(said, point) for point in made.points]
    return Panel(
        title,
        f"{test} · {kind}",
        about,
        chart,
        narrow,
        caption,
        lines,
        sorted(set(hidden.get((subject, instrument), ()))),
    )


def _line(said: Texts, point: FunnelPoint) -> Line:
    words = {
        "above": _("duidelijk boven de norm"),
        "below": _("duidelijk onder de norm"),
        "too_few": _("te weinig leerlingen"),
        "undecided": _("past bij de norm"),
    }[point.verdict]
    if point.beyond and point.verdict == "undecided":
        words = _("ongewoon, kan toeval zijn")
    within = _("%(low)d tot en met %(high)d") % {"low": point.limits.low, "high": point.limits.high}
    share = said.percentage(point.share) if point.counted >= 20 else "–"
    return Line(point, share, said.percentage(point.target_share), within, point.verdict, words)


def _about(said: Texts, made: Funnel, threshold: float | str | None) -> str:
    """What is to be reached, and by how many."""
    what = _("de eigen lijn") if threshold is None else _("%(threshold)s of hoger") % {
        "threshold": threshold if isinstance(threshold, str) else said.plain(float(threshold), 2)
    }  # fmt: skip
    if made.target_share is not None:
        share = said.percentage(made.target_share)
        return _("Norm: %(share)s haalt %(what)s.") % {"share": share, "what": what}
    return _("Gemeten: wie haalt %(what)s. Elke school staat tegen haar eigen norm.") % {"what": what}


def _edge(counted: int, norm: float) -> charts.FunnelEdge:
    found = limits(counted, norm)
    low, high, outer_low, outer_high = (
        each / counted for each in (found.low, found.high, found.outer_low, found.outer_high)
    )
    return charts.FunnelEdge(counted, low, high, outer_low, outer_high)


def _chart(said: Texts, made: Funnel, caption: str, width: float) -> str:
    most = max(point.counted for point in made.points)
    sizes = sorted({*range(5, most + 1, max(1, most // 40)), most, round(most * 1.1) + 1})
    edges = [] if made.target_share is None else [_edge(counted, made.target_share) for counted in sizes]
    marks = [
        charts.FunnelMark(p.school, p.counted, p.share, p.target_share, p.verdict, _edge(p.counted, p.target_share))
        for p in made.points
    ]
    told = "; ".join(
        _("%(school)s %(reached)d van %(counted)d") % {"school": p.school, "reached": p.reached, "counted": p.counted}
        for p in made.points
    )
    return charts.funnel(
        marks, edges, made.target_share, f"{caption}: {told}", axis=said.percentage, norm_label=_("onze norm"),
        across=_("aantal leerlingen met een uitslag"), width=width,
    )  # fmt: skip
