"""By which goals and how: the school's own standards, and what words and figures mean."""

from __future__ import annotations

from datetime import date

from leercirkel.core.standards import Standard, Tier
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, subject_order
from leercirkel.documents.report.parts.method import QUANTITIES, method, whom
from leercirkel.documents.workbook.table import Column, Table, Value, safe


def standards(context: Context) -> Table:
    """A row per goal of every standard, its threshold as a number where it is one."""
    ordered = sorted(context.standards, key=lambda s: (subject_order(s.subject), s.instrument or "", s.moment or ""))
    shown = (
        Column("Vak"), Column("Toets"), Column("Moment"), Column("Voor wie"), Column("Uitstroom"), Column("Doel"),
        Column("Onze norm", "share"), Column("In"), Column("Drempel", "number"), Column("Drempel als niveau"),
        Column("Drempel als deel van DL", "share"), Column("Bron"),
    )  # fmt: skip
    rows = [_standard(s, t) for s in ordered for t in s.tiers]
    return Table("Eigen normen", shown, rows, "De school heeft geen eigen normen opgegeven.")


def _standard(s: Standard, t: Tier) -> list[Value]:
    number = None if t.threshold is None or isinstance(t.threshold, str) else float(t.threshold)
    level = safe(t.threshold) if isinstance(t.threshold, str) else ""
    return [words.subject(s.subject), safe(s.instrument or "") or "alle toetsen",
            words.PARTS_OF_YEAR.get(s.moment or "", "elk moment"), safe("; ".join(whom(s)) or "alle leerlingen"),
            words.destination(s.destination) if s.destination else "", safe(t.name), t.target_share,
            QUANTITIES.get(s.quantity, safe(s.quantity)), number, level, t.dl_factor, safe(s.source or "")]  # fmt: skip


def explanation(context: Context) -> Table:
    """The round, how to read the sheets, the definitions of the report, and the files that were used."""
    report, said = context.report, method(context)
    sure = words.percentage(report.method.confidence)
    few = report.method.no_verdict_below
    rows: list[list[Value]] = [
        ["School", safe(report.school_name or report.school)],
        ["Schoolcode", safe(report.school)],
        ["Ronde", words.moment(report.school_year, report.moment)],
    ]
    if report.as_of:
        rows.append(["Stand van", date.fromisoformat(report.as_of)])
    rows += [
        ["Deze werkmap", "Elk blad beantwoordt een vraag over deze ronde; op het blad Trend staan ook de jaren ervoor. "
         "Getallen zijn niet afgerond: de opmaak toont er minder. Een leeg vakje is onbekend of niet van toepassing, "
         "nooit nul."],
        ["Oordeel", f"▲ duidelijk boven de norm, ▼ duidelijk onder de norm, ○ kan toeval zijn, ·· minder dan {few} "
         f"leerlingen."],
        ["Vanaf en tot", "Waarschijnlijk tussen deze twee: het interval van Wilson bij een aandeel, in deze werkmap "
         f"altijd als percentage, en het t-interval bij een gemiddelde ({sure})."],
        ["Een ' voor een tekst", "Een tekst uit een bestand die met = + - of @ begint, kreeg een ' ervoor. Anders zou "
         "een rekenprogramma hem uitvoeren."],
    ]  # fmt: skip
    for topic in (t for column in said["columns"] for t in column):
        rows += [[topic["title"] if i == 0 else "", safe(text)] for i, text in enumerate(topic["text"])]
    rows.append(["Inlezen", safe(said["problems"])])
    rows += [["Gebruikte bestanden" if i == 0 else "", safe(name)] for i, name in enumerate(said["files"])]
    return Table("Uitleg", (Column("Onderwerp"), Column("Uitleg", wrap=110)), rows)
