"""Definitions and formulas, the school's own standards as they were applied, and the files."""

from __future__ import annotations

from leercirkel.documents.html_report.elements import Labels, heads, row, table
from leercirkel.documents.html_report.tags import Child, Html, joined, tag
from leercirkel.documents.report.context import View


def method(view: View, labels: Labels) -> Html:
    """All of it, the definitions in two columns where there is room."""
    topics = [
        tag("div", tag("h3", t["title"]), [tag("p", text) for text in t["text"]], class_="topic")
        for column in view["columns"]
        for t in column
    ]
    parts: list[Child] = [tag("div", topics, class_="topics")]
    if view["standards"]:
        rows = [
            row(s["subject"], [s["test"], s["when"], s["whom"], [tag("span", t, class_="line") for t in s["tiers"]]])
            for s in view["standards"]
        ]
        of = heads(labels, "subject", "instrument", "moment", "whom", "standard")
        parts += [tag("h3", labels["standards"]), table(labels["caption_standards"], of, rows)]
    parts.append(tag("h3", labels["files"]))
    if view["files"]:
        parts.append(tag("p", joined([tag("span", f, class_="item") for f in view["files"]], " · ")))
    parts.append(tag("p", view["problems"]))
    return joined(parts)
