"""The page of a group's results: columns, rows, the goals above them and the sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leercirkel.analysis.answers.say import sentences_of
from leercirkel.analysis.answers.wording import limit_of, measure_of
from leercirkel.analysis.explain.reference import reference
from leercirkel.analysis.model import OverviewCell, PupilSheet, TierResult
from leercirkel.apps import clock
from leercirkel.apps.insight.presenters.cells import Moment, PupilCell, nothing, pupil_cell
from leercirkel.apps.insight.selectors.groups import NAME, GroupFigures, GroupReach
from leercirkel.apps.insight.selectors.pupils import PupilFigures
from leercirkel.apps.insight.selectors.sentences import Sentences
from leercirkel.core.calendar import school_year_label
from leercirkel.core.verdicts import DEFAULT_POLICY
from leercirkel.documents.growth_texts import growth_middle
from leercirkel.documents.report.context import group_tests, main_tier_of, subject_order
from leercirkel.documents.texts import Texts, texts_of

Made = TypeVar("Made")

CARE = {"opp": "OPP", "hgpd": "HGPD", "ihp": "IHP"}


@dataclass(frozen=True, slots=True)
class TestColumn:
    """A test of the round: `key` stands in the address, `of` is that of the cells below it."""

    key: str
    of: str
    subject: str
    label: str
    test: str


@dataclass(frozen=True, slots=True)
class GroupTestRow:
    """A goal of the group: one test. `tier` None: without a standard; `hidden`: too few pupils to tell of."""

    subject: str
    label: str
    test: str
    tier: TierResult | None
    cell: OverviewCell
    threshold: str
    between: str
    said: str
    norm: str
    reasons: str
    hidden: bool
    figure: str
    """The page that says where the count comes from; empty for who may not ask."""
    growth: str = ""
    """The group's growth among pupils with the same earlier scores; empty without a growth norm for it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The sentence about the largest difference between two subjects of a pupil: what stands before and after the name,
    and how many months it is."""

    before: str
    after: str
    months: float


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A pupil on the page, but for the name."""

    cells: Mapping[str, PupilCell]
    care: str
    destination: str
    gap: Gap | None


def texts_now() -> Texts:
    """The texts in the language of the page."""
    return texts_of("en" if (get_language() or "nl").startswith("en") else "nl")


def kept(figures: GroupFigures | PupilFigures, what: Any, make: Callable[[], Made]) -> Made:
    """What `make` gives, kept with the figures for this language."""
    key = (get_language(), what)
    if key not in figures.kept:
        figures.kept[key] = make()
    made: Made = figures.kept[key]
    return made


def columns(figures: GroupFigures, reach: GroupReach) -> list[TestColumn]:
    """The tests of the round that the user may see, in the usual order of subjects."""
    texts, now = texts_now(), (school_year_label(figures.round[0]), figures.round[1])
    tests = {
        (t.subject, t.instrument)
        for sheet in figures.pupils.values() if sheet
        for t in sheet.tests
        if reach.shows(t.subject) and any((p.school_year, p.moment) == now for p in t.points)
    }  # fmt: skip
    ordered = sorted(tests, key=lambda pair: (subject_order(pair[0]), pair[1]))
    several = {subject for subject, _i in ordered if sum(s == subject for s, _i in ordered) > 1}
    return [
        TestColumn(
            test_key(s, i) if s in several else s,
            test_key(s, i),
            s,
            texts.subject(s),
            texts.instrument(i) if s in several else "",
        )
        for s, i in ordered
    ]


def rows(figures: GroupFigures) -> dict[int, PupilRow]:
    """Id of a pupil → what stands in the row; kept with the figures, of all subjects."""
    return kept(figures, "rows", lambda: {pk: _row(figures, pk, sheet) for pk, sheet in figures.pupils.items()})


def _row(figures: GroupFigures, pk: int, sheet: PupilSheet | None) -> PupilRow:
    texts, marks = texts_now(), figures.marks.get(pk)
    at = Moment(*figures.round, clock.today(), figures.calendar)
    tests = sheet.tests if sheet else ()
    care = sorted(marks.care) if marks else []
    destination = (marks.destination if marks else "") or (sheet.destination if sheet else None) or ""
    in_dle = kept(figures, "in_dle", lambda: _in_dle(figures))
    cells = {
        (key := test_key(t.subject, t.instrument)): pupil_cell(
            texts, t, at, sheet.grade if sheet else None, dle_first=key in in_dle
        )
        for t in tests
    }
    return PupilRow(
        cells,
        " + ".join(CARE.get(kind, _("ondersteuning")) for kind in care),
        texts.destination(destination) if destination else "",
        _gap(sheet),
    )


def _in_dle(figures: GroupFigures) -> frozenset[str]:
    """The tests of which the school's own line is in DLE."""
    tiers = [(cell, main_tier_of(cell, figures.main_tiers)) for cell in figures.cells]
    return frozenset(
        test_key(cell.subject, cell.instrument)
        for cell, tier in tiers
        if tier and measure_of(cell, tier, figures.standards) == "dle"
    )


def test_key(subject: str, instrument: str) -> str:
    """One test of a pupil."""
    return f"{subject}:{instrument}"


def cell_of(row: PupilRow, column: TestColumn) -> PupilCell:
    """The cell of a row under a column."""
    return row.cells.get(column.of) or nothing()


def _gap(sheet: PupilSheet | None) -> Gap | None:
    if sheet is None or sheet.difference is None:
        return None
    english = (get_language() or "nl").startswith("en")
    first = sentences_of(sheet.difference.text_en if english else sheet.difference.text)[0]
    before, _name, after = first.partition(NAME)
    return Gap(before, after, sheet.difference.months)


def tests(figures: GroupFigures, reach: GroupReach, school: int) -> SafeString:
    """The goals above the table, as HTML; without names, kept with the figures. `school`: whose report says where a
    figure comes from, 0 for who may not ask."""
    key = ("tests", reach, school)
    return kept(figures, key, lambda: _tests_html(figures, reach, school))


def _tests_html(figures: GroupFigures, reach: GroupReach, school: int) -> SafeString:
    shown = [c for c in figures.cells if reach.shows(c.subject)]
    found = [_test(figures, test.whole, reach, school) for test in group_tests(shown)]
    legend = texts_now().growth_legend if any(row.growth for row in found) else ""
    context = {"tests": found, "figures": figures, "reach": reach, "growth_legend": legend}
    return render_to_string("insight/group_tests.html", context)


def _test(figures: GroupFigures, cell: OverviewCell, reach: GroupReach, school: int) -> GroupTestRow:
    texts, tier = texts_now(), main_tier_of(cell, figures.main_tiers)
    few = DEFAULT_POLICY.no_number_below
    hidden = not reach.named and 0 < min(cell.counted, tier.counted if tier else cell.counted) < few
    clear = tier is not None and not hidden and tier.counted > 0
    return GroupTestRow(
        subject=cell.subject,
        label=texts.subject(cell.subject),
        test=texts.instrument(cell.instrument, cell.version),
        tier=tier if clear else None,
        cell=cell,
        threshold=texts.threshold(limit_of(cell, tier, figures.standards)) if tier else "",
        between=texts.between(tier.low, tier.high, tier.counted, tier.verdict) if tier and clear else "",
        said=texts.verdicts[tier.verdict] if tier else "",
        norm=texts.percentage(tier.target_share) if tier else "",
        reasons=texts.reasons(cell) if reach.named or cell.missing + sum(cell.not_taken.values()) >= few else "",
        hidden=hidden,
        figure=_figure(figures, school, cell, tier) if tier and clear and figures.own and school else "",
        growth=_growth(texts, figures, cell, 1 if reach.named else few),
    )


def _growth(texts: Texts, figures: GroupFigures, cell: OverviewCell, least: int) -> str:
    test = (cell.subject, cell.instrument, cell.version)
    of_test = (one for one in figures.growth if (one.subject, one.instrument, one.version) == test)
    return " ".join(growth_middle(texts, one, least) for one in of_test)


def enough(figures: GroupFigures) -> bool:
    """Whether no number of the group is of fewer pupils than may be told without names."""
    return all(cell.counted == 0 or cell.counted >= DEFAULT_POLICY.no_number_below for cell in figures.cells)


def _figure(figures: GroupFigures, school: int, cell: OverviewCell, tier: TierResult) -> str:
    """Where the count of a goal comes from: the page of the figure in the school's report."""
    place = f"{reference('overview', cell)}.{reference('tiers', tier)}.reached"
    asked = {"plek": place, "jaar": figures.round[0], "moment": figures.round[1]}
    return f"{reverse('figure', args=[school])}?{urlencode(asked)}"


def said(figures: GroupFigures, told: Callable[[], Sentences]) -> Sequence[str]:
    """The sentences about the group, as the report has them on the group's own page. `told` is only asked for when
    they are not kept with the figures yet: of who sees the figures of the whole school."""
    if not figures.own:
        return []
    return kept(figures, "said", lambda: told().get(texts_now().language, {}).get(figures.name, ()))


def round_label(school_year: int, moment: str) -> str:
    """ "midden 2026-2027"."""
    return texts_now().moment(school_year_label(school_year), moment)


def cells_html(cells: Iterable[PupilCell]) -> SafeString:
    """The cells of a row, each in its td; what stands in them was escaped when they were made."""
    return mark_safe("".join(f'<td class="r">{cell.html}</td>' for cell in cells))  # noqa: S308


def sentence(gap: Gap, name: SafeString) -> SafeString:
    """The sentence about the largest difference between subjects, with the name, hidden or not."""
    return format_html("{}{}{}", gap.before, name, gap.after)
