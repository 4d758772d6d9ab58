"""From plans to paper: one PDF, A4, tagged, a page per plan. A plan with much text is set smaller until it fits."""

from __future__ import annotations

from typing import Any

from leercirkel.documents.charts.palette import SCREEN
from leercirkel.documents.texts import texts_of
from leercirkel.documents.typeset import typeset

_COLOURS = {name: getattr(SCREEN, name) for name in ("ink", "soft", "line", "hair", "brand")}


def render_plans(view: dict[str, Any]) -> bytes:
    """The plans of a view (of each `title`, `group`, `clusters`, `parts` …, and `labels`) as PDF/UA-1; the same view
    gives the same bytes. First names stand in it: for the team alone. Raises what `typeset` raises."""
    first = view["plans"][0]
    title = f"{first['title']}, {first['group']}" if len(view["plans"]) == 1 else first["school"]
    labels = view["labels"] | {"page": texts_of(view["language"]).labels["page"]}
    whole = {**view, "title": title, "header": title, "labels": labels, "audience": labels["inside"]}
    return typeset("group_plan/templates/plan.typ", {**whole, "colours": _COLOURS}, None)
