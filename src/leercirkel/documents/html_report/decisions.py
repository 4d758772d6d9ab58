"""What interventions brought, what became of agreements, and what teachers keep: method tests and observations."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.documents.html_report.elements import Marks, mark, row, small, table, whole
from leercirkel.documents.html_report.tags import Child, Html, joined, tag
from leercirkel.documents.report.context import View

EFFECT_HEADS = ("Aanpak", "Leerlingen", "Uitgevoerd", "Gemeten", "Groei", "Verwacht",
                "Verschil, waarschijnlijk tussen", "Oordeel")  # fmt: skip

EFFECTS = (
    "Groei van wie meededen, naast de groei die we zonder de aanpak verwachtten bij wie op hetzelfde niveau begon. "
    "“Kan toeval zijn” betekent niet dat een aanpak niet werkt: met een paar groepen zien we alleen grote verschillen."
)

STAGES = "Aantal leerlingen per fase, in de woorden van de lijst. Niet geobserveerd is geen gemiste toets."


def interventions(effects: Sequence[View], agreements: Sequence[View], marks: Marks) -> Html:
    """The table of interventions, then that of agreements; either may be empty."""
    parts: list[Child] = []
    if effects:
        rows = [line for effect in effects for line in _effect(effect, marks)]
        parts += [tag("p", EFFECTS, class_="soft"), table("Aanpakken en wat ze brachten", EFFECT_HEADS, rows)]
    if agreements:
        agreed = [row(a["when"], [a["text"], a["about"], a["done"]]) for a in agreements]
        heads = ("Na de ronde", "Afspraak", "Vak of groep", "Gedaan")
        parts += [tag("h3", "Wat spraken we eerder af?"), table("Eerdere afspraken", heads, agreed)]
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


def method_tests(tables: Sequence[View], bounds: str) -> Html:
    """A table per group and subject."""
    heads = ("Blok", "Doel", "Datum", "Onvoldoende", "Voldoende", "Goed", "Gehaald", "Waarschijnlijk tussen")
    parts: list[Child] = [tag("p", bounds, class_="soft")]
    for t in tables:
        rows = [
            row(r["block"], [r["goal"], whole(r["day"]), *r["categories"], whole(r["reached"]), whole(r["between"])])
            for r in t["rows"]
        ]
        parts += [tag("h3", t["title"]), table(t["title"], heads, rows)]
    return joined(parts)


def observations(tables: Sequence[View]) -> Html:
    """A table per group and list."""
    parts: list[Child] = [tag("p", STAGES, class_="soft")]
    for t in tables:
        heads = ("Domein", *t["stages"], "Geobserveerd", "Niet geobserveerd")
        rows = [row(r["domain"], [*r["counts"], r["observed"], r["others"]]) for r in t["rows"]]
        parts += [tag("h3", t["title"]), table(t["title"], heads, rows)]
    return joined(parts)
