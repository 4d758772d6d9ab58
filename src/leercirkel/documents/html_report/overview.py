"""Groups by tests with the interval cell, the school last, and the key."""

from __future__ import annotations

from collections.abc import Mapping

from leercirkel.documents.html_report.elements import Marks, chart, fact, mark, row, small, table, whole
from leercirkel.documents.html_report.tags import Child, Html, joined, tag
from leercirkel.documents.report.context import View

CAPTION = (
    "Per groep en toets: hoeveel leerlingen ons doel haalden, en hoe zeker we zijn van het verschil met onze norm."
)


def overview(view: View, marks: Marks, verdicts: Mapping[str, str], few: int) -> Html:
    """The table with what its marks mean."""
    rows = [_row(r, marks, verdicts) for r in view["rows"]]
    if view["school"] is not None:
        rows.append(_row(view["school"], marks, verdicts, class_="school"))
    heads: list[Child] = ["Groep", *([c["subject"], small(c["test"])] for c in view["columns"])]
    norm = f" ({view['norm']})" if view["norm"] else ""
    explained = [
        tag("li", f"streep = onze norm{norm} · balk = waarschijnlijk tussen · stip = deze keer"),
        tag("li", tag("b", "vet"), " = doel gehaald · doel = zoveel leerlingen zijn nodig"),
    ]
    withheld = view.get("withheld")
    return joined(
        [
            table(CAPTION, heads, rows, class_="overview", said=True),
            tag("ul", key(marks, verdicts, few), explained, class_="key"),
            tag("p", withheld, class_="soft") if withheld else None,
        ]
    )


def key(marks: Marks, verdicts: Mapping[str, str], few: int) -> list[Html]:
    """What each mark means, as items of a list."""
    return [
        tag("li", mark(v, marks, silent=True), said, f" (minder dan {few})" if v == "too_few" else None, class_=v)
        for v, said in verdicts.items()
    ]


def _row(group: View, marks: Marks, verdicts: Mapping[str, str], class_: str | None = None) -> Html:
    cells: list[Child] = [
        [_cell(c, marks, verdicts) for c in cells] or tag("span", "–", class_="soft") for cells in group["cells"]
    ]
    return row([group["name"], small(group["size"])], cells, class_)


def _cell(c: View, marks: Marks, verdicts: Mapping[str, str]) -> Html:
    kind, below = c["kind"], small(c["version"], c["foot"])
    if kind in ("share", "few"):
        count = whole(
            mark(c["verdict"], marks, silent=True), fact(c["k"], reached=c["bold"]), tag("small", f" van {c['n']}")
        )
        goal = [" ", tag("small", f"doel {c['goal']}", class_="whole")] if kind == "share" else None
        bar = chart(c["bar"], "bar") if kind == "share" else None
        said = tag("small", verdicts[c["verdict"]], class_=f"line {c['verdict']}")
        return tag("div", count, goal, bar, said, below, class_="cell")
    if kind == "plain":
        return tag("div", c["text"], small(c["note"]), below, class_="cell")
    return tag("div", small(c["text"]), below, class_="cell")
