"""What we see: the answers, each with what it rests on, and how to read a cell."""

from __future__ import annotations

from collections.abc import Mapping

from leercirkel.documents.html_report.elements import Labels, Marks, chart, mark, whole
from leercirkel.documents.html_report.tags import NOTHING, Html, joined, tag
from leercirkel.documents.report.context import View


def cover(view: View, links: Mapping[str, str], labels: Labels, marks: Marks) -> Html:
    """The answers with links to where their figures stand. `links`: place in the document → how a link calls it."""
    answers = [tag("li", tag("p", a["text"]), _why(a, links, labels)) for a in view["answers"]]
    return joined(
        [
            tag("ol", answers, class_="answers") if answers else tag("p", labels["no_answers"]),
            _guide(view["guide"], labels, marks),
        ]
    )


def _why(answer: View, names: Mapping[str, str], labels: Labels) -> Html:
    if not answer["why"]:
        return NOTHING
    links = [tag("a", names[place], href=f"#{place}") for place in dict.fromkeys(answer["to"]) if place in names]
    before, _, after = labels["see"].partition("{links}")
    where = [f" {before}", joined(links, ", "), after] if links else []
    return tag("p", tag("b", f"{labels['why']} "), " ".join(answer["why"]), where, class_="why")


def _guide(guide: View, labels: Labels, marks: Marks) -> Html:
    cell = tag(
        "div",
        whole(mark(guide["verdict"], marks, silent=True), guide["k"], tag("small", f" {guide['of']}")),
        " ",
        tag("small", guide["aim"], class_="whole"),
        chart(guide["bar"], "bar"),
        class_="cell",
    )
    return tag("div", cell, tag("p", tag("b", f"{labels['guide']} "), labels["guide_text"]), class_="guide")
