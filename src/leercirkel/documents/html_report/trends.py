"""Trends per test: a chart for the school and for each grade, with its table behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leercirkel.documents.html_report.elements import Marks, chart, mark, whole
from leercirkel.documents.html_report.overview import key
from leercirkel.documents.html_report.tags import Child, Html, joined, tag
from leercirkel.documents.report.context import View


def trends(sections: Sequence[View], marks: Marks, verdicts: Mapping[str, str], few: int) -> Html:
    """A section per test, below the key to the marks."""
    parts = [_section(i, section, marks) for i, section in enumerate(sections)]
    return joined([tag("ul", key(marks, verdicts, few), class_="key"), *parts])


def _section(i: int, section: View, marks: Marks) -> Html:
    cards = [_card(section, c, marks, wide=section["wide"] and j == 0) for j, c in enumerate(section["cards"])]
    return joined(
        [
            tag("h3", section["title"], tag("small", section["test"]), id=f"trend-{i}"),
            tag("p", section["norm"], class_="soft norm"),
            tag("div", cards, class_="cards"),
            tag("p", section["small"], class_="soft") if section["small"] else None,
        ]
    )


def _card(section: View, card: View, marks: Marks, *, wide: bool) -> Html:
    note = " ".join(text for text in (card["unit"], card["note"]) if text)
    shown = _table(
        f"{section['title']} ({section['test']}), {card['title'].lower()}, per schooljaar", card["table"], marks
    )
    if not wide:
        shown = tag("details", tag("summary", "Tabel", tag("span", f" bij {card['title']}", class_="heard")), shown)
    return tag(
        "div",
        tag("div", tag("h4", card["title"]), tag("p", note, class_="soft") if note else None, class_="head"),
        chart(card["chart"]),
        shown,
        class_="card wide" if wide else "card",
    )


def _table(caption: str, view: View, marks: Marks) -> Html:
    rows = []
    for line in view["rows"]:
        year, main, middle, pooled = line["cells"]
        cells: list[Child] = [whole(mark(line["verdict"], marks), main), whole(middle), pooled]
        rows.append(tag("tr", tag("th", whole(year), scope="row"), [tag("td", cell) for cell in cells]))
    # A soft hyphen, where a narrow card may break the longest of these words.
    heads = [tag("th", head.replace("Waarschijnlijk", "Waarschijn\u00adlijk"), scope="col") for head in view["heads"]]
    inner = tag(
        "table",
        tag("caption", caption, class_="heard"),
        tag("thead", tag("tr", heads)),
        tag("tbody", rows),
    )
    star = tag("p", "* nieuwe toetsversie", class_="soft") if view["star"] else None
    return tag("div", inner, star, class_="behind", tabindex="0", role="group", aria_label=f"Tabel: {caption}")
