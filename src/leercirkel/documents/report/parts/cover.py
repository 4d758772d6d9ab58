"""The first page: which school, which round, and the report in at most six answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from leercirkel.analysis.model import Answer, CohortTrend, Evidence, GradeTrend, OverviewCell
from leercirkel.core.verdicts import judge_share
from leercirkel.documents.charts import interval_cell
from leercirkel.documents.report.context import Context, View, groups_of
from leercirkel.documents.report.parts.trends import pools_of

MOST_ANSWERS = 6
MOST_EVIDENCE = 3


def cover(context: Context, targets: Mapping[str, str]) -> View:
    """School, round, date, what was counted, and the answers with what they rest on.

    `targets`: the label in the document of every part that evidence may point at.
    """
    report = context.report
    cells, totals = context.of_round(report.overview), context.of_round(report.totals)
    texts, groups, subjects = context.texts, len(groups_of(cells)), len({c.subject for c in totals})
    expected, counted = sum(c.expected for c in totals), sum(c.counted for c in totals)
    missing = sum(c.missing for c in totals)
    facts = [
        {"n": texts.count(groups), "what": texts.groups_noun(groups)},
        {"n": texts.count(subjects), "what": texts.subjects_noun(subjects)},
    ]
    if context.tells_absent:
        facts.append({"n": texts.count(counted), "what": texts.of_expected(expected)})
        facts.append({"n": texts.count(missing), "what": texts.not_yet})
    else:
        facts.append({"n": texts.count(counted), "what": texts.results_noun(counted)})
    rest = expected - counted - missing
    if rest and context.tells_absent:
        facts.append({"n": texts.count(rest), "what": texts.not_taken})
    kept = sorted({k.as_of for k in report.kept})
    return {
        "school": texts.name(report.school_name or report.school),
        "subtitle": texts.subtitle(texts.moment(report.school_year, report.moment), report.as_of, report.school),
        "facts": facts,
        "audience": " ".join([f"{context.audience}.", *([texts.kept(kept)] if kept else [])]),
        "guide": _guide(context),
        "answers": [
            {"text": texts.name(texts.answer(a))} | _proof(context, a, targets) for a in report.answers[:MOST_ANSWERS]
        ],
    }


def _proof(context: Context, answer: Answer, targets: Mapping[str, str]) -> View:
    """What an answer rests on: at most three lines, how many more, and where in the report they stand."""
    lines = [w for e in answer.evidence if (w := why(context, e))]
    more = len(lines) - MOST_EVIDENCE
    shown = [line["text"] for line in lines[:MOST_EVIDENCE]]
    if more > 0:
        shown.append(context.texts.more_parts(more))
    found = dict.fromkeys(targets.get(line["to"], "") for line in lines)
    return {"why": shown, "to": [label for label in found if label]}


def _guide(context: Context) -> View:
    """An example of the interval cell, to learn reading it: 9 of 14 pupils against a norm of 75%."""
    found, said = judge_share(9, 14, 0.75), context.texts.guide_said
    bar = interval_cell(found.share, found.low, found.high, 0.75, found.verdict, said)
    return {
        "verdict": found.verdict, "bar": bar, "said": said, "k": "9", "of": context.texts.of_all(14),
        "aim": context.texts.goal_of(found.goal_count),
    }  # fmt: skip


def why(context: Context, evidence: Evidence) -> View | None:
    """One line of evidence and the part of the report where it stands; None when the report does not hold it."""
    key, report = evidence.key, context.report
    if evidence.kind == "grade_trend":
        trend = match(report.grade_trend, key)
        return None if trend is None else {"text": _trend(context, trend), "to": f"trend {trend.subject}"}
    if evidence.kind == "cohort_trend":
        cohort = match(report.cohort_trend, key)
        return (
            None
            if cohort is None
            else {
                "text": _cohort(context, cohort),
                "to": f"group {context.texts.group(cohort.group)}",
            }
        )
    if evidence.kind == "interventions":
        text = _effect(context, evidence)
        return {"text": text, "to": "interventions"} if text else None
    cells = {"totals": report.totals, "overview": report.overview}.get(evidence.kind, ())
    cell = match(cells, key)
    if cell is None:
        return None
    if (cell.school_year, cell.moment) == (report.school_year, report.moment):
        return {"text": _cell(context, cell, evidence), "to": "overview"}
    return {
        "text": _cell(context, cell, evidence),
        "to": f"trend {cell.subject}" if cell.moment == report.moment else "",
    }


def _effect(context: Context, evidence: Evidence) -> str:
    """What was measured of an intervention; empty where there are no figures, as for a board."""
    texts, f = context.texts, evidence.figures
    name = texts.name(str(evidence.key.get("name") or ""))
    figures = [f.get(key) for key in ("growth", "expected", "low", "high")]
    if f.get("counted") is None or not all(isinstance(v, int | float) for v in figures):
        return ""
    growth, expected, low, high = (texts.signed(float(v)) for v in figures if isinstance(v, int | float))
    return texts.effect_evidence(name, str(f["counted"]), growth, expected, texts.both(low, high))


_Result = TypeVar("_Result", OverviewCell, GradeTrend, CohortTrend)


def match(items: Sequence[_Result], key: dict[str, str | int | None]) -> _Result | None:
    """The first of these that evidence with this key points at, or None."""
    for name, value in key.items():  # name by name, so that most items are asked for one of them only
        items = [x for x in items if getattr(x, name, None) == value]
    return items[0] if items else None


def _cell(context: Context, cell: OverviewCell, evidence: Evidence) -> str:
    texts = context.texts
    who = texts.whole_school if cell.group is None else texts.group(cell.group)
    head = texts.cell_head(who, cell.subject, cell.instrument, texts.moment(cell.school_year, cell.moment))
    named = [t for t in cell.tiers if t.name == evidence.figures.get("tier")]
    tier = named[0] if named else context.main_tier(cell)
    if tier is None:
        return texts.with_result(head, cell.counted)
    if context.hidden(tier.counted):
        return texts.no_pupils(head)
    between = "" if context.few(tier.counted) else texts.between(tier.low, tier.high, tier.counted, tier.verdict)
    return texts.reached(head, tier.reached, tier.counted, tier.goal_count, between)


def _trend(context: Context, trend: GradeTrend) -> str:
    years = [p for p in trend.points if not context.hidden(p.judged)]
    pool = pools_of(context, trend).get(trend.points[-1].school_year) if trend.points else None
    together = pool if pool is not None and pool.judged else None
    return context.texts.trend_evidence(trend.subject, context.texts.who_within(trend), years[-3:], together)


def _cohort(context: Context, c: CohortTrend) -> str:
    texts = context.texts
    head = texts.cohort_head(c.group, c.subject, texts.moment(c.from_school_year, c.from_moment))
    if context.tiny(c.stayers) or c.growth is None:
        return texts.few_stayers(head)
    ends = None
    if c.growth_low is not None and c.growth_high is not None and not context.few(c.stayers):
        ends = (c.growth_low, c.growth_high)
    return texts.stayers_grew(head, c.stayers, texts.grew(c.growth, c.quantity, ends), c.joiners, c.leavers)
