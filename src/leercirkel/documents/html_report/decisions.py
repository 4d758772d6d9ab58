"""What interventions brought, what became of agreements, and what teachers keep: method tests and observations."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.documents.html_report.elements import Labels, Marks, heads, mark, row, small, table, whole
from leercirkel.documents.html_report.tags import Child, Html, joined, tag
from leercirkel.documents.report.context import View


def interventions(effects: Sequence[View], agreements: Sequence[View], labels: Labels, marks: Marks) -> Html:
    """The table of interventions, then that of agreements; either may be empty."""
    parts: list[Child] = []
    if effects:
        rows = [line for effect in effects for line in _effect(effect, marks)]
        of = heads(labels, "intervention", "pupils", "given", "measured", "growth", "expected", "difference", "verdict")
        parts += [
            tag("p", labels["interventions_text"], class_="soft"),
            table(labels["caption_interventions"], of, rows),
        ]
    if agreements:
        agreed = [row(a["when"], [a["text"], a["about"], a["done"]]) for a in agreements]
        of = heads(labels, "after", "agreement", "about", "done")
        parts += [tag("h3", labels["agreements"]), table(labels["caption_agreements"], of, agreed)]
    return joined(parts)


def _effect(effect: View, marks: Marks) -> list[Html]:
    """The rows of one intervention: one per period."""
    n = max(1, len(effect["periods"]))
    first = [
        tag("th", effect["name"], small(effect["test"], *effect["notes"]), scope="row", rowspan=n),
        tag("td", effect["who"], small(effect["groups"]), rowspan=n),
        tag("td", effect["given"], rowspan=n),
    ]
    lines = [_period(p, marks) for p in effect["periods"]] or [[tag("td", "", colspan=5)]]
    return [
        tag("tr", first if i == 0 else None, line, class_="first" if i == 0 else None) for i, line in enumerate(lines)
    ]


def _period(p: View, marks: Marks) -> list[Html]:
    return [
        tag("td", p["when"], small(p["n"])),
        tag("td", p["growth"]),
        tag("td", p["expected"]),
        tag("td", tag("b", p["difference"]) if p["difference"] else None, small(p["between"])),
        tag("td", whole(mark(p["verdict"], marks, silent=True), p["said"]), class_=p["verdict"]),
    ]


def method_tests(tables: Sequence[View], bounds: str, labels: Labels) -> Html:
    """A table per group and subject."""
    of = heads(labels, "block", "goal", "date", "insufficient", "sufficient", "good", "reached", "between")
    parts: list[Child] = [tag("p", bounds, class_="soft")]
    for t in tables:
        rows = [
            row(r["block"], [r["goal"], whole(r["day"]), *r["categories"], whole(r["reached"]), whole(r["between"])])
            for r in t["rows"]
        ]
        parts += [tag("h3", t["title"]), table(t["title"], of, rows)]
    return joined(parts)


def advices(view: View, labels: Labels) -> Html:
    """A row per advice, a column per school year."""
    of = [*heads(labels, "advice"), *view["years"]]
    rows = [row(r["advice"], r["counts"]) for r in view["rows"]]
    rows.append(row(labels["advices_total"], [whole(total) for total in view["total"]], "school"))
    return joined([tag("p", labels["advices_text"], class_="soft"), table(labels["advices"], of, rows)])


def observations(tables: Sequence[View], labels: Labels) -> Html:
    """A table per group and list."""
    parts: list[Child] = [tag("p", labels["observations_text"], class_="soft")]
    for t in tables:
        of = [*heads(labels, "domain"), *t["stages"], *heads(labels, "observed", "not_observed")]
        rows = [row(r["domain"], [*r["counts"], r["observed"], r["others"]]) for r in t["rows"]]
        parts += [tag("h3", t["title"]), table(t["title"], of, rows)]
    return joined(parts)
