"""Components of the pages. The guide is docs/ontwikkel/schermen.md; /stijlgids/ shows each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leercirkel.apps.pages import names
from leercirkel.apps.pages.tables import Sorting
from leercirkel.documents import charts

register = template.Library()

VERDICTS: dict[str, Any] = {
    "above": gettext_lazy("duidelijk boven de norm"),
    "below": gettext_lazy("duidelijk eronder"),
    "undecided": gettext_lazy("kan toeval zijn"),
    "too_few": gettext_lazy("te weinig leerlingen"),
}


# ---------------------------------------------------------------------------------------------------------- names


@register.simple_tag(takes_context=True)
def pupil_name(context: Context, pupil: Any, style: str = "full") -> SafeString:
    """A pupil's name, or what stands in its place while names are hidden. Styles: full, first, list."""
    return names.tag(context["request"], pupil, style)


@register.simple_tag(takes_context=True)
def pupil_text(context: Context, pupil: Any, style: str = "full") -> str:
    """The same as plain text: for an attribute or an option."""
    return names.text(context["request"], pupil, style)


@register.simple_tag(takes_context=True)
def guardian_name(context: Context, guardian: Any, style: str = "full") -> SafeString:
    """The name of a parent or other carer; hidden together with those of pupils."""
    return names.tag(context["request"], guardian, style, "guardian")


@register.simple_tag(takes_context=True)
def private(context: Context, value: str, link: str = "") -> SafeString:
    """An address, telephone number or e-mail address (link: "tel", "mailto"); hidden together with the names."""
    return names.private(context["request"], value, link)


@register.tag
def page_title(parser: template.base.Parser, token: template.base.Token) -> PageTitle:
    """The <title> from the heading between this and `endpage_title`, which goes into `heading` for the h1."""
    nodes = parser.parse(("endpage_title",))
    parser.delete_first_token()
    return PageTitle(nodes)


class PageTitle(template.Node):
    """Renders the heading once, for the title and for the page."""

    def __init__(self, nodes: template.NodeList) -> None:
        self.nodes = nodes

    def render(self, context: Context) -> SafeString:
        """The <title>; the heading itself is kept in the context."""
        context["heading"] = heading = self.nodes.render(context)
        return names.title_tag(heading, " · Leercirkel") if heading.strip() else SafeString("<title>Leercirkel</title>")


@register.simple_tag
def last_day(during: Any) -> str:
    """The last day of a period, which the database keeps as the day after: `31-7-2027`; a dash while it lasts."""
    return date_format(during.upper - timedelta(days=1), "j-n-Y") if during.upper else "–"


# --------------------------------------------------------------------------------------------------------- tables


@register.inclusion_tag("components/heads.html")
def heads(sorting: Sorting) -> dict[str, Any]:
    """The head of a table that sorts (apps/pages/tables.py)."""
    return {"heads": sorting.heads}


@register.simple_tag(takes_context=True)
def with_query(context: Context, **parts: Any) -> str:
    """This page's question with some parts changed: `{% with_query blz=2 %}`; None leaves a part out."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for key, value in parts.items():
        query.pop(key, None)
        if value is not None:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Any) -> dict[str, Any]:
    """Links to the other pages of a list; nothing when there is only one. `page` is Django's, parameter `blz`."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {"page": page, "numbers": numbers, "request": context["request"], "gap": page.paginator.ELLIPSIS}


# ------------------------------------------------------------------------------------------------------- verdicts


@register.simple_tag
def verdict(code: str, words: str = "", silent: bool = False) -> SafeString:
    """The mark of a verdict with its word: ▲ ▼ ○ ··; `words` instead of the usual ones, `silent` for the mark alone,
    where the words stand beside it already or the mark says them itself."""
    said = str(words or VERDICTS[code])
    picture = mark_safe(charts.mark(code, said))  # noqa: S308 (charts escape)
    if silent:
        return format_html('<span class="mark {}">{}</span>', code, picture)
    return format_html(
        '<span class="verdict {}"><span class="mark" aria-hidden="true">{}</span> {}</span>', code, picture, said
    )


@register.inclusion_tag("components/interval.html")
def interval(cell: Any, url: str = "", said: str = "") -> dict[str, Any]:
    """The interval cell: mark, count, goal in children, and the bar with the norm.

    `url`: where the count comes from, and `said` of whom it is, for who hears the link alone.

    `cell` has reached, counted, goal_count, reached_goal, share, low, high, target_share and verdict, as
    analysis.model.TierResult does. With too few pupils there is no bar.
    """
    between = ""
    bar = SafeString("")
    if cell.counted and cell.verdict != "too_few":
        between = _("waarschijnlijk tussen %(low)s en %(high)s van de %(counted)s, eigen norm %(goal)s") % {
            "low": round(cell.low * cell.counted),
            "high": round(cell.high * cell.counted),
            "counted": cell.counted,
            "goal": cell.goal_count,
        }
        drawn = charts.interval_cell(cell.share, cell.low, cell.high, cell.target_share, cell.verdict, between)
        bar = mark_safe(drawn)  # noqa: S308 (charts escape)
    return {"cell": cell, "bar": bar, "url": url, "said": said}


@register.simple_tag
def drawing(svg: str) -> SafeString:
    """A chart of documents/charts, which escape all that comes from people."""
    return mark_safe(svg)  # noqa: S308
