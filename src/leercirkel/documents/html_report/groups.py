"""One group after the other: what we see, its tests with every goal, what made a difference, growth, and its pupils."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leercirkel.documents.html_report.elements import Labels, Marks, chart, fact, heads, mark, row, small, table, whole
from leercirkel.documents.html_report.tags import NOTHING, Child, Html, joined, tag
from leercirkel.documents.report.context import View

COLUMNS = ("test", "goal", "reached", "our_goal", "between", "verdict", "mean")


def groups(pages: Sequence[View], too_small: str, labels: Labels, marks: Marks, ways: Mapping[str, View]) -> Html:
    """Every group that has something to show, and which have not."""
    intro = [tag("p", labels["groups_text"], class_="soft"), tag("p", too_small) if too_small else None]
    return joined([*intro, *(_group(i, page, labels, marks, ways) for i, page in enumerate(pages))])


def _group(i: int, group: View, labels: Labels, marks: Marks, ways: Mapping[str, View]) -> Html:
    tests = [line for test in group["rows"] for line in _test(test, marks)]
    parts: list[Child] = [
        tag("h3", group["name"], tag("small", group["size"]), id=f"group-{i}"),
        tag("ul", [tag("li", text) for text in group["answers"]], class_="said") if group["answers"] else None,
        table(group["caption"], heads(labels, *COLUMNS), tests, class_="tests"),
    ]
    if group["flows"]:
        parts.append(tag("h4", labels["difference"], tag("small", group["since"])))
        parts.append(tag("div", [_flow(f) for f in group["flows"]], class_="cards flows"))
    if group["lines"]:
        lines = [[tag("dt", line["subject"]), tag("dd", line["text"])] for line in group["lines"]]
        parts += [tag("h4", labels["growth"]), tag("dl", lines, class_="lines")]
    if group.get("pupils"):
        parts.append(_pupils(group["pupils"], labels, ways))
    return joined(parts)


def _flow(flow: View) -> Html:
    return tag(
        "div",
        tag("h5", flow["title"], tag("small", flow["test"])),
        chart(flow["chart"]),
        tag("p", flow["note"], class_="soft"),
        class_="card",
    )


def _test(test: View, marks: Marks) -> list[Html]:
    """The rows of one test: one per goal, beside its name and its mean."""
    n = max(1, len(test["tiers"]))
    who = tag("th", test["subject"], small(test["test"], test["foot"]), scope="row", rowspan=n,
              class_="part" if test["part"] else None)  # fmt: skip
    summary = tag("td", _summary(test["summary"]), rowspan=n)
    if not test["tiers"]:
        return [tag("tr", who, tag("td", test["text"], colspan=len(COLUMNS) - 2), summary, class_="first")]
    first, *rest = (_tier(t, marks) for t in test["tiers"])
    return [tag("tr", who, first, summary, class_="first"), *(tag("tr", cells) for cells in rest)]


def _tier(t: View, marks: Marks) -> list[Html]:
    said = whole(mark(t["verdict"], marks, silent=True), t["said"]) if t["said"] else None
    return [
        tag("td", t["name"], " ", tag("small", t["threshold"], class_="whole")),
        tag("td", whole(fact(t["count"], reached=t["bold"]))),
        tag("td", whole(t["goal"])),
        tag("td", whole(t["between"])),
        tag("td", said, class_=t["verdict"]),
    ]


def _summary(s: View | None) -> Html:
    if s is None:
        return NOTHING
    bar = chart(s["levels"], "levels") if s["levels"] else None
    return joined([whole(s["mean"], " ", tag("small", s["spread"])), bar, *small(s["censored"])])


def _pupils(view: View, labels: Labels, ways: Mapping[str, View]) -> Html:
    of: list[Child] = [*heads(labels, "pupil"), *([h["subject"], small(h["test"])] for h in view["heads"])]
    rows = [row(r["name"], [_pupil_cell(c, ways) for c in r["cells"]]) for r in view["rows"]]
    return joined(
        [
            tag("h4", view["title"]),
            tag("p", view["note"], class_="soft"),
            table(view["caption"], of, rows, class_="pupils"),
            _differences(view["differences"], labels),
        ]
    )


def _differences(view: View | None, labels: Labels) -> Html | None:
    if view is None:
        return None
    texts = tag("ul", [tag("li", text) for text in view["texts"]], class_="said")
    return joined([tag("h5", labels["subjects_differ"]), tag("p", view["note"], class_="soft"), texts])


def _pupil_cell(cell: View, ways: Mapping[str, View]) -> list[Child]:
    way = tag("span", Html(ways[cell["way"]]["mark"]), class_="mark after") if cell["way"] else None
    return [fact(cell["main"], reached=cell["bold"]), " ", tag("small", cell["small"]), way]
