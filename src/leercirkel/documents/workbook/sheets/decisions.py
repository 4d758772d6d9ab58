"""What is said of it and done about it: answers in words, interventions, agreements."""

from __future__ import annotations

from leercirkel.analysis.model import Answer, InterventionEffect, InterventionPeriod
from leercirkel.documents.report.context import Context
from leercirkel.documents.workbook.table import Column, Table, Value, safe


def answers(context: Context) -> Table:
    """Every sentence of the report, the most important first, with the group and subject it is about."""
    rows = [_answer(context, i, a) for i, a in enumerate(context.report.answers, 1)]
    shown = (Column("number", "count"), Column("question", wrap=30), Column("answer", wrap=90), Column("group"),
             Column("subject"))  # fmt: skip
    return Table("answers", shown, rows)


def _answer(context: Context, number: int, a: Answer) -> list[Value]:
    def only(name: str) -> str:
        """What all evidence has in common, or nothing."""
        found = {e.key.get(name) for e in a.evidence}
        one = found.pop() if len(found) == 1 else None
        return str(one) if one is not None else ""

    texts, group, subject = context.texts, only("group"), only("subject")
    return [number, texts.questions.get(a.question, safe(a.question)), safe(texts.answer(a)),
            safe(texts.group(group)) if group else "", texts.subject(subject) if subject else ""]  # fmt: skip


def interventions(context: Context) -> Table:
    """A row per intervention and period between two measurements; one without figures where nothing was measured."""
    rows = [
        [*_intervention(context, x), *_period(context, x, p)]
        for x in context.report.interventions
        for p in (x.periods or (None,))
    ]
    shown = (
        Column("intervention"), Column("subject"), Column("test"), Column("groups"), Column("pupils", "count"),
        Column("weeks_planned", "count"), Column("weeks_given", "count"), Column("carried_out"),
        Column("lowest_chosen"), Column("seen_goal"), Column("seen_reached", "count"),
        Column("seen_of", "count"), Column("seen_by", "count"), Column("from"), Column("until"),
        Column("both_results", "count"), Column("unit"), Column("growth", "number"),
        Column("expected", "number"), Column("expected_by"), Column("difference", "number"),
        Column("difference_from", "number"), Column("difference_to", "number"), Column("verdict"),
    )  # fmt: skip
    return Table("interventions", shown, rows)


def _intervention(context: Context, x: InterventionEffect) -> list[Value]:
    texts = context.texts
    yes, no = texts.yes, texts.no
    return [safe(x.name), texts.subject(x.subject) if x.subject else "", safe(x.instrument or ""),
            safe(texts.listed([texts.group(g) for g in x.groups])) if x.groups else "", x.pupils,
            x.weeks_planned, x.weeks_given, yes if x.carried_out else no, yes if x.selected_low else no,
            safe(x.observed_goal or ""), x.observed_reached, x.observed_of, x.observers]  # fmt: skip


def _period(context: Context, x: InterventionEffect, p: InterventionPeriod | None) -> list[Value]:
    texts = context.texts
    if p is None:
        return [*[None] * 10, texts.effects["no_measure" if x.carried_out else "not_carried_out"]]
    out: list[Value] = [texts.moment(p.from_school_year, p.from_moment), texts.moment(p.to_school_year, p.to_moment)]
    between = (None, None) if context.few(p.counted) else (p.low, p.high)
    return [*out, p.counted, texts.units.get(x.quantity or ""), p.growth, p.expected,
            texts.expected_from[p.expected_from], p.difference, *between, texts.effects[p.verdict]]  # fmt: skip


def agreements(context: Context) -> Table:
    """A row per agreement of an earlier round."""
    texts = context.texts
    rows: list[list[Value]] = [
        [texts.moment(a.school_year, a.moment), safe(a.text), texts.done[a.done],
         texts.subject(a.subject) if a.subject else "", safe(texts.group(a.group)) if a.group else ""]
        for a in context.report.agreements
    ]  # fmt: skip
    shown = (Column("round"), Column("agreement", wrap=80), Column("done"), Column("subject"), Column("group"))
    return Table("agreements", shown, rows)
