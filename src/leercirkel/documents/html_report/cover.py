"""What we see: the answers, each with what it rests on, and how to read a cell."""

from __future__ import annotations

from collections.abc import Mapping

from leercirkel.documents.html_report.elements import chart, mark, whole
from leercirkel.documents.html_report.tags import NOTHING, Html, joined, tag
from leercirkel.documents.report.context import View

NOTHING_TO_SAY = "Er is in deze ronde nog te weinig om in een zin te zeggen. De cijfers staan in de tabellen hierna."

GUIDE = (
    "Negen van de veertien leerlingen haalden het doel; elf waren er nodig. De stip is deze keer, de streep is onze "
    "norm. De balk laat zien waar de uitslag ook had kunnen uitkomen met even goed onderwijs: ligt de streep in de "
    "balk, dan kan het verschil toeval zijn."
)


def cover(view: View, targets: Mapping[str, str], marks: Mapping[str, str]) -> Html:
    """The answers with links to where their figures stand. `targets`: place in the document → how a link calls it."""
    answers = [tag("li", tag("p", a["text"]), _why(a, targets)) for a in view["answers"]]
    return joined(
        [
            tag("ol", answers, class_="answers") if answers else tag("p", NOTHING_TO_SAY),
            _guide(view["guide"], marks),
        ]
    )


def _why(answer: View, targets: Mapping[str, str]) -> Html:
    if not answer["why"]:
        return NOTHING
    links = [tag("a", targets[label], href=f"#{label}") for label in dict.fromkeys(answer["to"]) if label in targets]
    where = [" Zie ", joined(links, ", "), "."] if links else []
    return tag("p", tag("b", "Waaraan zien we dat? "), " ".join(answer["why"]), where, class_="why")


def _guide(guide: View, marks: Mapping[str, str]) -> Html:
    cell = tag(
        "div",
        whole(mark(guide["verdict"], marks, silent=True), "9", tag("small", " van 14")),
        " ",
        tag("small", "doel 11", class_="whole"),
        chart(guide["bar"], "bar"),
        class_="cell",
    )
    return tag("div", cell, tag("p", tag("b", "Zo lees je een vakje. "), GUIDE), class_="guide")
