"""Groups by tests with the interval cell, the school last, and the key."""

from __future__ import annotations

from collections.abc import Mapping

from leercirkel.documents.html_report.elements import Labels, Marks, chart, fact, mark, row, small, table, whole
from leercirkel.documents.html_report.tags import Child, Html, joined, tag
from leercirkel.documents.report.context import View


def overview(view: View, labels: Labels, marks: Marks, verdicts: Mapping[str, str], key_: Html) -> Html:
    """The table with what its marks mean."""
    rows = [_row(r, marks, verdicts) for r in view["rows"]]
    if view["school"] is not None:
        rows.append(_row(view["school"], marks, verdicts, class_="school"))
    heads: list[Child] = [labels["group"], *([c["subject"], small(c["test"])] for c in view["columns"])]
    explained = [
        tag("li", view["key"]),
        tag("li", tag("b", labels["key_bold"]), f" {labels['key_bold_text']}"),
    ]
    withheld = view.get("withheld")
    return joined(
        [
            table(labels["overview_text"], heads, rows, class_="overview", said=True),
            tag("ul", key_, explained, class_="key"),
            tag("p", withheld, class_="soft") if withheld else None,
        ]
    )


def key(marks: Marks, said: Mapping[str, str]) -> Html:
    """What each mark means, as items of a list."""
    return joined([tag("li", mark(v, marks, silent=True), text, class_=v) for v, text in said.items()])


def _row(group: View, marks: Marks, verdicts: Mapping[str, str], class_: str | None = None) -> Html:
    cells: list[Child] = [
        [_cell(c, marks, verdicts) for c in cells] or tag("span", "–", class_="soft") for cells in group["cells"]
    ]
    return row([group["name"], small(group["size"])], cells, class_)


def _cell(c: View, marks: Marks, verdicts: Mapping[str, str]) -> Html:
    kind, below = c["kind"], small(c["version"], c["foot"])
    if kind in ("share", "few"):
        count = whole(
            mark(c["verdict"], marks, silent=True), fact(c["k"], reached=c["bold"]), tag("small", f" {c['of']}")
        )
        goal = [" ", tag("small", c["aim"], class_="whole")] if kind == "share" else None
        bar = chart(c["bar"], "bar") if kind == "share" else None
        said = tag("small", verdicts[c["verdict"]], class_=f"line {c['verdict']}")
        return tag("div", count, goal, bar, said, below, class_="cell")
    if kind == "plain":
        return tag("div", c["text"], small(c["note"]), below, class_="cell")
    return tag("div", small(c["text"]), below, class_="cell")
