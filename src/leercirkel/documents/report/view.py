"""The whole report as its templates get it: one dict of texts, lists and SVG."""

from __future__ import annotations

from leercirkel.analysis.model import SchoolReport
from leercirkel.documents.charts import SCREEN, mark
from leercirkel.documents.report.context import Context, View, context_of
from leercirkel.documents.report.parts import lists
from leercirkel.documents.report.parts.advices import advices
from leercirkel.documents.report.parts.cover import cover
from leercirkel.documents.report.parts.groups import groups, too_small
from leercirkel.documents.report.parts.interventions import agreements, interventions
from leercirkel.documents.report.parts.method import method
from leercirkel.documents.report.parts.overview import overview
from leercirkel.documents.report.parts.trends import trends
from leercirkel.documents.texts import Language

_WAYS = {"up": "above", "down": "below"}
"""A change has the shape of the verdict that points the same way."""


def view_of(report: SchoolReport, language: Language = "nl") -> View:
    """Everything the PDF says, in the order it says it, in Dutch (nl) or English (en)."""
    context = context_of(report, language)
    texts = context.texts
    name, moment = texts.name(report.school_name or report.school), texts.moment(report.school_year, report.moment)
    sections, pages = trends(context), groups(context)
    targets = {"overview": "overview", "interventions": "interventions"}
    targets |= {f"group {g['name']}": f"group-{i}" for i, g in enumerate(pages)}
    for i, section in reversed(list(enumerate(sections))):
        targets[f"trend {section['subject']}"] = f"trend-{i}"
    return {
        "language": texts.language,
        "labels": texts.labels,
        "title": texts.title(f"{name}, {moment}"),
        "audience": context.audience,
        "header": f"{name} · {moment}",
        "colours": {
            "ink": SCREEN.ink, "soft": SCREEN.soft, "line": SCREEN.line, "hair": SCREEN.hair, "brand": SCREEN.brand,
            "above": SCREEN.above, "below": SCREEN.below, "undecided": SCREEN.undecided,
        },
        "marks": {verdict: mark(verdict, said) for verdict, said in texts.verdicts.items()},
        "verdicts": texts.verdicts,
        "key": texts.verdicts | {"too_few": texts.too_few_key(report.method.no_verdict_below)},
        "ways": {way: {"mark": mark(_WAYS[way], said), "said": said} for way, said in texts.change_real.items()},
        "cover": cover(context, targets),
        "overview": overview(context),
        "trends": sections,
        "groups": pages,
        "too_small": _too_small(context),
        "method_tests": lists.method_tests(context),
        "method_bounds": lists.bounds(context),
        "observations": lists.observations(context),
        "advices": advices(context),
        "interventions": interventions(context),
        "agreements": agreements(context),
        "method": method(context),
        "links": _links(context, sections, pages),
    }  # fmt: skip


def _links(context: Context, sections: list[View], pages: list[View]) -> dict[str, str]:
    """Place in the document → how a link to it is called."""
    labels = context.texts.labels
    links = {"overview": labels["to_overview"], "interventions": labels["to_interventions"]}
    links |= {f"trend-{i}": context.texts.trend_link(s["subject"]) for i, s in enumerate(sections)}
    return links | {f"group-{i}": g["name"] for i, g in enumerate(pages)}


def _too_small(context: Context) -> str:
    """Which groups have no page, and why; empty when all have one."""
    names = too_small(context)
    return context.texts.without_page(names) if names else ""
