"""Trends per test: a chart for the school and for each grade, with its table behind it."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.documents.html_report.elements import Labels, Marks, mark, whole, wide_chart
from leercirkel.documents.html_report.tags import Child, Html, joined, tag
from leercirkel.documents.report.context import View


def trends(sections: Sequence[View], labels: Labels, marks: Marks, key: Html) -> Html:
    """A section per test, below the key to the marks."""
    parts = [_section(i, section, labels, marks) for i, section in enumerate(sections)]
    return joined([tag("ul", key, class_="key"), *parts])


def _section(i: int, section: View, labels: Labels, marks: Marks) -> Html:
    cards = [_card(c, labels, marks, wide=section["wide"] and j == 0) for j, c in enumerate(section["cards"])]
    return joined(
        [
            tag("h3", section["title"], tag("small", section["test"]), id=f"trend-{i}"),
            tag("p", section["norm"], class_="soft norm"),
            tag("div", cards, class_="cards"),
            tag("p", section["small"], class_="soft") if section["small"] else None,
        ]
    )


def _card(card: View, labels: Labels, marks: Marks, *, wide: bool) -> Html:
    note = " ".join(text for text in (card["unit"], card["note"]) if text)
    shown = _table(card["caption"], card["table"], labels, marks)
    if not wide:
        shown = tag(
            "details", tag("summary", labels["table"], tag("span", f" {card['table_of']}", class_="heard")), shown
        )
    return tag(
        "div",
        tag("div", tag("h4", card["title"]), tag("p", note, class_="soft") if note else None, class_="head"),
        wide_chart(card["chart"], f"{labels['chart']}: {card['caption']}"),
        shown,
        class_="card wide" if wide else "card",
    )


def _table(caption: str, view: View, labels: Labels, marks: Marks) -> Html:
    rows = []
    for line in view["rows"]:
        year, main, middle, pooled = line["cells"]
        cells: list[Child] = [whole(mark(line["verdict"], marks), main), whole(middle), pooled]
        rows.append(tag("tr", tag("th", whole(year), scope="row"), [tag("td", cell) for cell in cells]))
    # A soft hyphen, where a narrow card may break the longest of these words.
    long, broken = labels["long_word"], labels["long_word_broken"]
    heads = [tag("th", head.replace(long, broken), scope="col") for head in view["heads"]]
    inner = tag(
        "table",
        tag("caption", caption, class_="heard"),
        tag("thead", tag("tr", heads)),
        tag("tbody", rows),
    )
    return tag("div", inner, class_="behind", tabindex="0", role="group", aria_label=f"{labels['table']}: {caption}")
