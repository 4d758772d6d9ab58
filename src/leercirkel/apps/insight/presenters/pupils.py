"""The page of a pupil's results: a line per test with the table behind it, and everything that was delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.analysis.answers.say import sentences_of
from leercirkel.analysis.one_pupil import OwnLine, PupilCourse, PupilMoment, PupilRecord
from leercirkel.apps.assessment.models import PupilMark, Result
from leercirkel.apps.insight.presenters.cells import COUNTED
from leercirkel.apps.insight.presenters.groups import CARE, kept, texts_now
from leercirkel.apps.insight.selectors.groups import NAME
from leercirkel.apps.insight.selectors.pupils import PupilFigures
from leercirkel.core.calendar import school_year_label
from leercirkel.core.reading import AVI_LEVELS, avi_rank
from leercirkel.documents.charts import NARROW
from leercirkel.documents.charts.pupil_line import LinePoint, pupil_line
from leercirkel.documents.growth_texts import growth_place
from leercirkel.documents.pupil_texts import change_text, dle_text
from leercirkel.documents.texts import Texts
from leercirkel.exchange.marks import reader

MOST_IN_CHART = 16
MOST_IN_NARROW = 8
MOST_IN_FULL = 4
"""So many moments have room for their name in words below a chart."""
WIDE = 460.0
"""The width of a chart where there is room, in user units: about what a card has in pixels."""


@dataclass(frozen=True, slots=True)
class MomentRow:
    """One moment of a course in the table behind its chart."""

    when: str
    value: str
    origin: str
    dl: str
    learning_yield: str
    line: str
    destination: str
    reached: str


@dataclass(frozen=True, slots=True)
class Course:
    """One test of a pupil: `chart` is empty where there is nothing to draw, `narrow` is the chart for a
    telephone, of the latest moments; `change` says what came since the time before, and whether that is clear; `growth`
    how that is among pupils with the same earlier scores."""

    subject: str
    test: str
    chart: SafeString
    narrow: SafeString
    note: str
    change: str
    growth: str
    rows: Sequence[MomentRow]
    has_yield: bool
    has_destination: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result as delivered. `why`: why the test was not taken."""

    origin: str
    when: str
    day: str
    subject: str
    test: str
    level_made: str
    score: str
    level: str
    dle: str
    avi: str
    reference: str
    why: str
    group: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A destination or support, from when until when."""

    what: str
    since: str
    until: str


def tests(figures: PupilFigures) -> SafeString:
    """Lines and results as HTML; without names, kept with the figures."""

    def made() -> SafeString:
        shown = courses(figures)
        growth = any(course.growth for course in shown)
        context = {"courses": shown, "results": results(figures), "growth": growth}
        return render_to_string("insight/pupil_tests.html", context)

    return kept(figures, "tests", made)


def courses(figures: PupilFigures) -> list[Course]:
    """The tests of the pupil that the user may see."""
    texts, origins = texts_now(), _origins(figures.results)
    found = figures.record.courses if figures.record else ()
    return [_course(texts, each, origins) for each in found if figures.shows(each.subject)]


def _origins(results: Sequence[Result]) -> dict[tuple[str, str, str, str], str]:
    """(school year, moment, subject, test) → where the result of it comes from."""
    return {
        (school_year_label(r.school_year), r.moment, r.subject, r.instrument): reverse("result-origin", args=[r.pk])
        for r in reversed(results)
    }


def _course(texts: Texts, course: PupilCourse, origins: dict[tuple[str, str, str, str], str]) -> Course:
    rows = [
        _row(texts, m, origins.get((m.point.school_year, m.point.moment, course.subject, course.instrument), ""))
        for m in reversed(course.moments)
    ]
    chart, note = _chart(texts, course)
    narrow, _same = _chart(texts, course, narrow=True)
    return Course(
        subject=texts.subject(course.subject),
        test=texts.instrument(course.instrument),
        chart=mark_safe(chart),  # noqa: S308 (charts escape)
        narrow=mark_safe(narrow),  # noqa: S308 (charts escape)
        note=note,
        change=_changed(texts, course),
        growth=growth_place(texts, course.growth),
        rows=rows,
        has_yield=any(row.learning_yield for row in rows),
        has_destination=any(row.destination for row in rows),
    )


def _row(texts: Texts, moment: PupilMoment, origin: str) -> MomentRow:
    point, line = moment.point, moment.line
    said = {True: _("gehaald"), False: _("nog niet gehaald"), None: ""}[point.reached]
    return MomentRow(
        when=texts.moment(point.school_year, point.moment),
        value=_value(texts, moment),
        origin=origin,
        dl="" if moment.dl is None else f"{moment.dl}{'*' if moment.dl_estimated else ''}",
        learning_yield=_yield(texts, moment),
        line=_limit(texts, line) if line else "",
        destination="" if moment.destination is None else f"DLE {texts.plain(moment.destination)}",
        reached=said,
    )


def _value(texts: Texts, moment: PupilMoment) -> str:
    """Everything that was delivered at a moment; or why there is nothing."""
    point = moment.point
    if point.status != COUNTED:
        return texts.reason(point.status)
    score = "" if point.score is None else _("score %s") % texts.plain(point.score, 0)
    parts = (point.level, point.avi and f"AVI {point.avi}", point.reference_level, dle_text(texts, point), score)
    return " · ".join(part for part in parts if part) or "–"


def _limit(texts: Texts, line: OwnLine) -> str:
    if isinstance(line.limit, str):
        return line.limit if line.measure != "avi" else f"AVI {line.limit.removeprefix('AVI ')}"
    value = texts.plain(line.limit)
    return f"DLE {value}" if line.measure == "dle" else _("score %s") % value


def _yield(texts: Texts, moment: PupilMoment) -> str:
    """ "44% (tussen 32% en 56%)"; why it is withheld where the learning time is short or not known."""
    found = moment.learning_yield
    if found is None:
        return ""
    if found.value is None:
        return _("DL onbekend") if found.withheld == "no_dl" else _("te kort les (DL onder 10)")
    operator = found.operator if found.operator in ("<", ">") else ""
    share = f"{operator}{texts.percentage(found.value)}"
    if found.low is None or found.high is None:
        return share
    ends = {"low": texts.percentage(found.low), "high": texts.percentage(found.high)}
    return f"{share} ({_('tussen %(low)s en %(high)s') % ends})"


def _changed(texts: Texts, course: PupilCourse) -> str:
    if course.change is None:
        return ""
    change = change_text(texts, course)
    n = 1 if change in ("+1", "−1") else 2
    unit = {
        "score": ngettext("punt", "punten", n), "dle": "DLE", "avi": ngettext("AVI-stap", "AVI-stappen", n),
    }[course.quantity or "score"]  # fmt: skip
    clear = {
        "up": _("duidelijk vooruit: meer dan de toets ernaast kan zitten"),
        "down": _("duidelijk achteruit: meer dan de toets ernaast kan zitten"),
        "within_error": _("dat kan de toets ernaast zitten"),
    }.get(course.real or "", _("hoe ver de toets ernaast kan zitten is niet bekend"))
    return _("Sinds de vorige keer op dezelfde toets: %(change)s %(unit)s; %(clear)s.") % {
        "change": change,
        "unit": unit,
        "clear": clear,
    }


# ------------------------------------------------------------------------------------------------------------- the line


def _chart(texts: Texts, course: PupilCourse, *, narrow: bool = False) -> tuple[str, str]:
    """The chart with what it is drawn in; both empty with fewer than two moments that can be."""
    counted = [m for m in course.moments if m.point.status == COUNTED]
    quantity, drawn = _drawn(texts, counted)
    drawn = drawn[-(MOST_IN_NARROW if narrow else MOST_IN_CHART) :]
    if len(drawn) < 2:
        return "", ""
    same = all(m.destination is None or m.destination == _norm(m, "dle") for m, _value, _above in drawn)
    points = [
        LinePoint(
            below=_below(texts, m, crowded=narrow or len(drawn) > MOST_IN_FULL),
            value=value,
            above=above,
            anew=i > 0 and m.point.version != drawn[i - 1][0].point.version,
            norm=_norm(m, quantity),
            destination=m.destination if quantity == "dle" and not same else None,
        )
        for i, (m, value, above) in enumerate(drawn)
    ]
    told = "; ".join(f"{texts.moment(m.point.school_year, m.point.moment)} {above}" for m, _value, above in drawn)
    label = _("%(subject)s, %(test)s: %(told)s. De tabel hieronder heeft ook de lijnen.") % {
        "subject": texts.subject(course.subject),
        "test": texts.instrument(course.instrument),
        "told": told,
    }
    chart = pupil_line(
        points,
        label,
        norm_label=_("eigen norm"),
        destination_label=_("uitstroom"),
        width=NARROW if narrow else WIDE,
        axis=_avi_axis if quantity == "avi" else lambda value: texts.plain(value, 0),
    )
    notes = [{"dle": _("in DLE"), "score": _("in punten op de toets"), "avi": _("in AVI-niveaus")}[quantity]]
    if quantity == "dle" and same and any(m.destination is not None for m, _value, _above in drawn):
        notes.append(_("de lijn van de uitstroom is hier die van de eigen norm"))
    if any(point.anew for point in points):
        notes.append(_("de lijn begint opnieuw bij een andere versie van de toets"))
    return chart, "; ".join(notes)


def _below(texts: Texts, moment: PupilMoment, *, crowded: bool) -> str:
    year, code = moment.point.school_year, moment.point.moment
    return f"{code} {texts.short_year(year)}" if crowded else texts.short_moment(year, code)


def _avi_axis(value: float) -> str:
    """The level at a whole place; nothing between two."""
    return AVI_LEVELS[int(value)] if value == int(value) and 0 <= value < len(AVI_LEVELS) else ""


def _drawn(texts: Texts, moments: Sequence[PupilMoment]) -> tuple[str, list[tuple[PupilMoment, float, str]]]:
    """In what a course is drawn: AVI levels, DLEs where the school's line is, else what there is more of."""
    cards = [(m, float(avi_rank(m.point.avi)), m.point.avi) for m in moments if m.point.avi in AVI_LEVELS]
    scores = [(m, m.point.score, texts.plain(m.point.score, 0)) for m in moments if m.point.score is not None]
    matter = [(m, m.point.dle, dle_text(texts, m.point)[4:]) for m in moments if m.point.dle is not None]
    if cards:
        return "avi", cards
    in_dle = any(m.line is not None and m.line.measure == "dle" for m in moments)
    return ("dle", matter) if in_dle or len(matter) > len(scores) else ("score", scores)


def _norm(moment: PupilMoment, quantity: str) -> float | None:
    line = moment.line
    if line is None or line.measure != quantity:
        return None
    if isinstance(line.limit, str):
        level = line.limit.removeprefix("AVI ").strip()
        return float(avi_rank(level)) if level in AVI_LEVELS else None
    return line.limit


# --------------------------------------------------------------------------------------------------- what was delivered


def results(figures: PupilFigures) -> list[ResultRow]:
    """Every result as it was delivered, the newest first."""
    texts = texts_now()
    return [_result(texts, row) for row in figures.results]


def _result(texts: Texts, row: Result) -> ResultRow:
    operator = row.dle_operator if row.dle_operator in ("<", ">") else ""
    year = school_year_label(row.school_year)
    return ResultRow(
        origin=reverse("result-origin", args=[row.pk]),
        when=texts.moment(year, row.moment) if row.moment else year,
        day=date_format(row.taken_on, "j-n-Y") if row.taken_on else "",
        subject=texts.subject(row.subject),
        test=texts.instrument(row.instrument, row.version),
        level_made=row.test_level,
        score="" if row.score is None else texts.plain(row.score),
        level=row.level,
        dle="" if row.dle is None else f"{operator}{texts.plain(row.dle)}",
        avi=row.avi,
        reference=row.reference_level,
        why=texts.reason(row.not_taken) if row.not_taken else "",
        group=row.group.name if row.group else "",
    )


def marks(rows: Sequence[PupilMark]) -> list[MarkRow]:
    """Destinations and support of the pupil, the newest first."""
    texts, found = texts_now(), []
    for row in rows:
        care = reader.care_of(row.care)
        said = [_("uitstroom %s") % texts.destination(row.destination)] if row.destination else []
        if care is not None:
            kinds = [CARE.get(kind, _("ondersteuning")) for kind in sorted(care)]
            said.append(" + ".join(kinds) or _("geen extra ondersteuning"))
        until = date_format(row.until, "j-n-Y") if row.until else ""
        found.append(MarkRow(", ".join(said), date_format(row.since, "j-n-Y"), until))
    return found


def difference(record: PupilRecord | None, figures: PupilFigures, name: SafeString) -> SafeString:
    """The sentence about the largest difference between subjects, with the name; empty when there is none to tell."""
    if record is None or record.difference is None or figures.subjects is not None:
        return SafeString("")
    text = record.difference.text_en if texts_now().language == "en" else record.difference.text
    before, _name, after = " ".join(sentences_of(text)).partition(NAME)
    return format_html("{}{}{}", before, name, after)
