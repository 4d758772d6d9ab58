"""What is said of it and done about it: answers in words, interventions, agreements."""

from __future__ import annotations

from leercirkel.analysis.answers import QUESTIONS
from leercirkel.analysis.model import Answer, InterventionEffect, InterventionPeriod
from leercirkel.core import dutch
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, group_name
from leercirkel.documents.workbook.sheets.overview import UNITS
from leercirkel.documents.workbook.table import Column, Table, Value, safe

EFFECTS = {
    "more": "groeide meer dan verwacht", "less": "groeide minder dan verwacht", "undecided": "kan toeval zijn",
    "not_carried_out": "niet uitgevoerd", "too_few": "te weinig leerlingen", "no_measure": "geen twee metingen",
}  # fmt: skip

EXPECTED_FROM = {"norms": "normtabel van de toets", "own_school": "eigen school", None: ""}

DONE = {"done": "gedaan", "partly": "deels gedaan", "not_done": "niet gedaan"}


def answers(context: Context) -> Table:
    """Every sentence of the report, the most important first, with the group and subject it is about."""
    rows = [_answer(i, a) for i, a in enumerate(context.report.answers, 1)]
    shown = (Column("Nr.", "count"), Column("Vraag", wrap=30), Column("Antwoord", wrap=90), Column("Groep"),
             Column("Vak"))  # fmt: skip
    return Table("Antwoorden", shown, rows, "Er is in deze ronde nog te weinig om in een zin te zeggen.")


def _answer(number: int, a: Answer) -> list[Value]:
    def only(name: str) -> str:
        """What all evidence has in common, or nothing."""
        found = {e.key.get(name) for e in a.evidence}
        one = found.pop() if len(found) == 1 else None
        return str(one) if one is not None else ""

    group, subject = only("group"), only("subject")
    return [number, QUESTIONS.get(a.question, safe(a.question)), safe(a.text), safe(group_name(group)) if group else "",
            words.subject(subject) if subject else ""]  # fmt: skip


def interventions(context: Context) -> Table:
    """A row per intervention and period between two measurements; one without figures where nothing was measured."""
    rows = [
        [*_intervention(x), *_period(context, x, p)]
        for x in context.report.interventions
        for p in (x.periods or (None,))
    ]
    shown = (
        Column("Aanpak"), Column("Vak"), Column("Toets"), Column("Groepen"), Column("Leerlingen", "count"),
        Column("Weken gepland", "count"), Column("Weken gegeven", "count"), Column("Uitgevoerd"),
        Column("Laagste scores gekozen"), Column("Gezien: doel"), Column("Gezien: haalde het", "count"),
        Column("Gezien: van", "count"), Column("Gezien door", "count"), Column("Van"), Column("Tot"),
        Column("Beide keren een uitslag", "count"), Column("In"), Column("Groei", "number"),
        Column("Verwacht", "number"), Column("Verwachting uit"), Column("Verschil", "number"),
        Column("Verschil vanaf", "number"), Column("Verschil tot", "number"), Column("Oordeel"),
    )  # fmt: skip
    return Table("Aanpak", shown, rows,
                 "Er is geen aanpak opgegeven. Zet wat jullie deden in een bestand en geef het mee met "
                 "--interventions; dan staat hier wat het bracht.")  # fmt: skip


def _intervention(x: InterventionEffect) -> list[Value]:
    return [safe(x.name), words.subject(x.subject) if x.subject else "", safe(x.instrument or ""),
            safe(dutch.listed([group_name(g) for g in x.groups])) if x.groups else "", x.pupils,
            x.weeks_planned, x.weeks_given, "ja" if x.carried_out else "nee", "ja" if x.selected_low else "nee",
            safe(x.observed_goal or ""), x.observed_reached, x.observed_of, x.observers]  # fmt: skip


def _period(context: Context, x: InterventionEffect, p: InterventionPeriod | None) -> list[Value]:
    if p is None:
        return [*[None] * 10, EFFECTS["no_measure" if x.carried_out else "not_carried_out"]]
    out: list[Value] = [words.moment(p.from_school_year, p.from_moment), words.moment(p.to_school_year, p.to_moment)]
    between = (None, None) if context.few(p.counted) else (p.low, p.high)
    return [*out, p.counted, UNITS.get(x.quantity or ""), p.growth, p.expected, EXPECTED_FROM[p.expected_from],
            p.difference, *between, EFFECTS[p.verdict]]  # fmt: skip


def agreements(context: Context) -> Table:
    """A row per agreement of an earlier round."""
    rows: list[list[Value]] = [
        [words.moment(a.school_year, a.moment), safe(a.text), DONE[a.done],
         words.subject(a.subject) if a.subject else "", safe(group_name(a.group)) if a.group else ""]
        for a in context.report.agreements
    ]  # fmt: skip
    shown = (Column("Ronde"), Column("Afspraak", wrap=80), Column("Gedaan"), Column("Vak"), Column("Groep"))
    return Table("Afspraken", shown, rows,
                 "Er zijn geen afspraken opgegeven. Zet ze in het bestand van --interventions.")  # fmt: skip
