"""The small parts that every section uses: marks, small print, tables, links from a place to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from leercirkel.documents.html_report.tags import NOTHING, Child, Html, tag

Labels = Mapping[str, str]
"""The fixed texts of the page, in its language (`documents.texts`)."""

Marks = Mapping[str, str]
"""Verdict → its shape as SVG, which says the verdict."""


def chart(svg: str, class_: str = "chart") -> Html:
    """A chart as it comes from `documents.charts`, where its texts are escaped; nothing else goes in as it is."""
    return tag("div", Html(svg), class_=class_)


def wide_chart(svg: str, name: str) -> Html:
    """A chart that is not made smaller than can be read: where the screen is narrower it scrolls by itself, also by
    keyboard. `name`: what the region is called."""
    return tag("div", Html(svg), class_="chart wide-chart", tabindex="0", role="group", aria_label=name)


def mark(verdict: str, marks: Marks, *, silent: bool = False) -> Html:
    """The shape of a verdict. `silent`: the verdict stands in words beside it and need not be said twice."""
    if not verdict:
        return NOTHING
    return tag("span", Html(marks[verdict]), class_="mark", aria_hidden="true" if silent else None)


def small(*texts: str) -> list[Html]:
    """Small print on lines of its own; an empty text takes none."""
    return [tag("small", text, class_="line") for text in texts if text]


def whole(*text: Child) -> Html:
    """Words that stay on one line."""
    return tag("span", *text, class_="whole")


def fact(count: str, *, reached: bool) -> Html:
    """A count, bold when the goal is reached."""
    return tag("b" if reached else "span", count)


def heads(labels: Labels, *names: str) -> list[str]:
    """The heads of a table, by their labels."""
    return [labels[f"head_{name}"] for name in names]


def row(head: Child, cells: Iterable[Child], class_: str | None = None) -> Html:
    """A row of a table: its head, and a cell for each of the others."""
    return tag("tr", tag("th", head, scope="row"), [tag("td", cell) for cell in cells], class_=class_)


def table(caption: str, heads: Sequence[Child], rows: Iterable[Html], *, class_: str = "", said: bool = False) -> Html:
    """A table that scrolls by itself when the screen is narrow, also by keyboard. `said`: the caption is seen too, and
    not only heard."""
    inner = tag(
        "table",
        tag("caption", tag("span", caption), class_=None if said else "heard"),
        tag("thead", tag("tr", [tag("th", head, scope="col") for head in heads])),
        tag("tbody", rows),
        class_=class_ or None,
    )
    return tag("div", inner, class_="scroll", tabindex="0", role="group", aria_label=caption)
