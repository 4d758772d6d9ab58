"""The pages of a school: what we see in words, the overview, the years, growth, destinations and how it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from leercirkel.analysis.explain.reference import reference
from leercirkel.analysis.model import CohortTrend, GradeTrend, SchoolReport
from leercirkel.apps.insight.presenters.links import Links
from leercirkel.apps.insight.selectors.answers import OWN_TEXT
from leercirkel.apps.insight.selectors.places import Reach
from leercirkel.core.calendar import MOMENTS
from leercirkel.core.rules import RULES
from leercirkel.documents.charts import NARROW
from leercirkel.documents.growth_texts import growth_middle
from leercirkel.documents.report.context import Context, View, context_of, groups_of, subject_order
from leercirkel.documents.report.parts import cohorts
from leercirkel.documents.report.parts.cover import cover
from leercirkel.documents.report.parts.method import method
from leercirkel.documents.report.parts.trends import trends

FLOW_HEIGHT = 120.0

RULE_TITLES = (
    gettext_noop("wie verwacht wordt en wie telt"),
    gettext_noop("didactische leeftijd"),
    gettext_noop("niveaus, zoals geleverd"),
    gettext_noop("welke lijn voor wie geldt"),
    gettext_noop("doel in leerlingen"),
    gettext_noop("aandeel met interval van Wilson"),
    gettext_noop("gemiddelde met t-interval"),
    gettext_noop("oordeel uit het interval"),
    gettext_noop("trend per jaargroep"),
    gettext_noop("trend van dezelfde leerlingen"),
    gettext_noop("groei van leerlingen"),
    gettext_noop("groeipercentielen"),
    gettext_noop("leerrendement"),
    gettext_noop("wat een aanpak opleverde"),
    gettext_noop("methodetoetsen per doel"),
    gettext_noop("observaties van groep 1 en 2"),
    gettext_noop("adviezen van de doorstroomtoets"),
    gettext_noop("bestemmingen"),
)
"""The titles of core.rules, so that their English is kept with that of this page."""


def in_language(report: SchoolReport) -> Context:
    """The report with the texts of the page's language."""
    return context_of(report, "en" if get_language() == "en" else "nl")


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the school."""

    label: str
    url: str
    here: bool


def tabs_of(links: Links, report: SchoolReport, reach: Reach, here: str) -> list[Tab]:
    """The pages that there are for this school and this user. `here`: the name of the address of this one."""
    pages = [("insight-school", _("Overzicht"))]
    if reach != Reach.GROUPS:
        pages += [("insight-answers", _("Antwoorden")), ("insight-school-years", _("Over de jaren"))]
    pages.append(("insight-school-growth", _("Groei")))
    if reach != Reach.GROUPS and (report.destination_changes or of_destinations(report.grade_trend)):
        pages.append(("insight-school-destinations", _("Bestemmingen")))
    pages.append(("insight-school-method", _("Zo is gerekend")))
    return [Tab(label, links.page(name), name == here) for name, label in pages]


@dataclass(frozen=True, slots=True)
class RoundChoice:
    """One round to choose."""

    label: str
    query: str
    here: bool


def rounds_of(context: Context) -> list[RoundChoice]:
    """The rounds of which there are totals, the newest first."""
    report = context.report
    found = {(cell.school_year, cell.moment) for cell in report.totals if cell.counted}
    found.add((report.school_year, report.moment))
    ordered = sorted(found, key=lambda each: (each[0], MOMENTS.index(each[1])), reverse=True)
    here = report.school_year, report.moment
    return [
        RoundChoice(context.texts.moment(year, moment), f"{year[:4]}-{moment}", (year, moment) == here)
        for year, moment in ordered
    ]


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence with what it rests on, and where that stands."""

    text: str
    why: Sequence[str]
    links: Sequence[tuple[str, str]]
    own: bool = False


def said(context: Context, links: Links) -> list[Proof]:
    """The report in at most six answers, each with what it rests on."""
    names = places(context, links)
    told = cover(context, {place: place for place in names})
    own = {_one_line(answer.text) for answer in context.report.answers if answer.template == OWN_TEXT}
    return [
        Proof(one["text"], one["why"], [names[place] for place in one["to"]], _one_line(one["text"]) in own)
        for one in told["answers"]
    ]


def _one_line(text: str) -> str:
    """Without the line ends that a person typed: the report sets a text as one."""
    return " ".join(text.split())


def places(context: Context, links: Links) -> dict[str, tuple[str, str]]:
    """The parts of the report that evidence may point at: how a link there is called, and its address."""
    texts, years, growth = context.texts, links.page("insight-school-years"), links.page("insight-school-growth")
    names = {
        "overview": (_("overzicht"), f"{links.page('insight-school')}#overzicht"),
        "interventions": (_("aanpakken"), reverse("undertaken")),
    }
    for trend in context.report.grade_trend:
        subject = texts.subject(trend.subject)
        names[f"trend {trend.subject}"] = (texts.trend_link(subject), f"{years}&{urlencode({'vak': trend.subject})}")
    for name in groups_of(context.report.overview):
        names[f"group {texts.group(name)}"] = (texts.group(name), f"{growth}#{anchor(name)}")
    return names


def anchor(group: str) -> str:
    """The place of a group on the page about growth: of letters and digits only."""
    return "groep-" + "".join(c if c.isalnum() else "-" for c in group.lower())


def facts(context: Context) -> list[View]:
    """How many groups, subjects and results."""
    found: list[View] = cover(context, {})["facts"]
    return found


@dataclass(frozen=True, slots=True)
class Trends:
    """The trends of one subject with their charts and tables, and the subjects to choose from."""

    sections: Sequence[View]
    choices: Sequence[Tab]


def years(context: Context, links: Links, subject: str) -> Trends:
    """The trends of one subject: the school first, then grades or bands. Destinations have their own page."""
    kept = tuple(trend for trend in context.report.grade_trend if trend.destination is None)
    return _trends(context, links, "insight-school-years", kept, subject)


def destinations(context: Context, links: Links, subject: str) -> Trends:
    """The trends of one subject per destination (special schools)."""
    kept = of_destinations(context.report.grade_trend)
    return _trends(context, links, "insight-school-destinations", kept, subject)


def of_destinations(found: Iterable[GradeTrend]) -> tuple[GradeTrend, ...]:
    """The trends of pupils with one destination."""
    return tuple(trend for trend in found if trend.destination is not None)


def _trends(context: Context, links: Links, page: str, kept: tuple[GradeTrend, ...], subject: str) -> Trends:
    """One subject at a time: all together are more than a page can hold. `subject` "" or unknown: the first one."""
    of_round = [trend for trend in kept if trend.moment == context.report.moment]
    subjects = sorted({trend.subject for trend in of_round}, key=subject_order)
    if not subjects:
        return Trends((), ())
    chosen = subject if subject in subjects else subjects[0]
    mine = tuple(trend for trend in of_round if trend.subject == chosen)
    sections = trends(replace(context, report=replace(context.report, grade_trend=mine)), narrow=NARROW)
    for section in sections:
        section["cards"] = [
            _with_rows(card) | {"chart": safe(card["chart"]), "narrow": safe(card["narrow"])}
            for card in section["cards"]
        ]
    choices = [
        Tab(context.texts.subject(one), f"{links.page(page)}&{urlencode({'vak': one})}", one == chosen)
        for one in subjects
    ]
    return Trends(sections, choices)


def _with_rows(card: View) -> View:
    """The card whose rows have their year apart: it is the head of the row."""
    rows = [row | {"year": row["cells"][0], "rest": row["cells"][1:]} for row in card["table"]["rows"]]
    return card | {"table": card["table"] | {"rows": rows}}


def safe(svg: str) -> SafeString:
    """A chart as it comes from documents.charts, where its texts are escaped."""
    return mark_safe(svg)  # noqa: S308


@dataclass(frozen=True, slots=True)
class Growing:
    """One group: the difference with a year ago per test as a flow, or why there is none."""

    name: str
    anchor: str
    url: str
    since: str
    cards: Sequence[View]
    not_drawn: Sequence[tuple[str, str]] = field(default=())
    among: Sequence[tuple[str, str]] = field(default=())
    """Per subject the growth among pupils with the same earlier scores."""
    legend: str = ""
    """What that is, with the first group that has it."""


def growing(context: Context, links: Links) -> list[Growing]:
    """The groups of the round that can be compared with a year ago."""
    out: list[Growing] = []
    for name in groups_of(context.of_round(context.report.overview)):
        compared = cohorts.year_on_year(context, name)
        drawn = [c for c in compared if cohorts.can_draw(context, c)]
        cards: list[View] = []
        for c in drawn:
            card = cohorts.card(context, c, FLOW_HEIGHT)
            cards.append(card | {"chart": safe(card["chart"]), "figure": links.figure(_growth(c))})
        rest = [cohorts.not_drawn(context, c) for c in compared if c not in drawn]
        among = _among(context, name)
        if cards or rest or among:
            since = cards[0]["since"] if cards else ""
            told = any(group.among for group in out)
            legend = context.texts.growth_legend if among and not told else ""
            title, url = context.texts.group(name), links.group(name)
            out.append(Growing(title, anchor(name), url, since, cards, rest, among, legend))
    return out


def _among(context: Context, group: str) -> list[tuple[str, str]]:
    least = context.report.method.no_number_below
    found = sorted(
        (one for one in context.report.growth_percentiles if one.group == group),
        key=lambda one: (subject_order(one.subject), one.instrument),
    )
    said = [(context.texts.subject(one.subject), growth_middle(context.texts, one, least)) for one in found]
    return [(subject, text) for subject, text in said if text]


def _growth(c: CohortTrend) -> str:
    return f"{reference('cohort_trend', c)}.growth"


def changes(context: Context, links: Links) -> list[Mapping[str, Any]]:
    """Destinations that changed, the newest school year first."""
    return [
        {
            "year": row.school_year, "changed": row.changed, "up": row.up, "down": row.down,
            "figure": links.figure(f"{reference('destination_changes', row)}.changed"),
        }
        for row in reversed(context.report.destination_changes)
    ]  # fmt: skip


def made(context: Context) -> View:
    """How it was made: definitions, standards and rules; what is estimated and what is missing."""
    told, m = method(context), context.report.method
    told["topics"] = [topic for column in told.pop("columns") for topic in column]
    totals = context.of_round(context.report.totals)
    told["estimated"] = m.didactic_ages_estimated
    told["without_standard"] = m.without_standard
    told["missing"] = sum(cell.missing for cell in totals)
    told["not_taken"] = sum(sum(cell.not_taken.values()) for cell in totals)
    told["rules"] = [(_(RULES[rule].title) if rule in RULES else rule, version) for rule, version in m.rules.items()]
    return told
