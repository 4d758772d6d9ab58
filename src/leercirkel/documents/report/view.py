"""The whole report as its templates get it: one dict of texts, lists and SVG."""

from __future__ import annotations

from leercirkel.analysis.model import SchoolReport
from leercirkel.core import dutch
from leercirkel.documents.charts import SCREEN, mark
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, View, context_of
from leercirkel.documents.report.parts import lists
from leercirkel.documents.report.parts.cover import cover
from leercirkel.documents.report.parts.groups import groups, too_small
from leercirkel.documents.report.parts.interventions import agreements, interventions
from leercirkel.documents.report.parts.method import method
from leercirkel.documents.report.parts.overview import overview
from leercirkel.documents.report.parts.pupils import REAL
from leercirkel.documents.report.parts.trends import trends

_WAYS = {"up": "above", "down": "below"}
"""A change has the shape of the verdict that points the same way."""


def view_of(report: SchoolReport) -> View:
    """Everything the PDF says, in the order it says it."""
    context = context_of(report)
    name = words.name(report.school_name or report.school)
    sections, pages = trends(context), groups(context)
    targets = {"overview": "overview", "interventions": "interventions"}
    targets |= {f"group {g['name']}": f"group-{i}" for i, g in enumerate(pages)}
    for i, section in reversed(list(enumerate(sections))):
        targets[f"trend {section['subject']}"] = f"trend-{i}"
    return {
        "title": f"Resultaten in beeld, {name}, {words.moment(report.school_year, report.moment)}",
        "audience": context.audience,
        "header": f"{name} · {words.moment(report.school_year, report.moment)}",
        "colours": {
            "ink": SCREEN.ink, "soft": SCREEN.soft, "line": SCREEN.line, "hair": SCREEN.hair, "brand": SCREEN.brand,
            "above": SCREEN.above, "below": SCREEN.below, "undecided": SCREEN.undecided,
        },
        "marks": {verdict: mark(verdict, said) for verdict, said in words.VERDICTS.items()},
        "verdicts": words.VERDICTS,
        "ways": {way: {"mark": mark(_WAYS[way], said), "said": said} for way, said in REAL.items()},
        "cover": cover(context, targets),
        "overview": overview(context),
        "trends": sections,
        "groups": pages,
        "too_small": _too_small(context),
        "method_tests": lists.method_tests(context),
        "method_bounds": lists.bounds(context),
        "observations": lists.observations(context),
        "interventions": interventions(context),
        "agreements": agreements(context),
        "method": method(context),
        "small": {"number": report.method.no_number_below, "verdict": report.method.no_verdict_below},
    }  # fmt: skip


def _too_small(context: Context) -> str:
    """Which groups have no page, and why; empty when all have one."""
    names = too_small(context)
    if not names:
        return ""
    verb = dutch.agree(len(names), "heeft", "hebben")
    return f"{dutch.listed(names)} {verb} geen bladzijde: {context.too_small} leerlingen met een uitslag."
