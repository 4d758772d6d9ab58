"""The first page: which school, which round, and the report in at most six answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from leercirkel.analysis.model import Answer, CohortTrend, Evidence, GradeTrend, OverviewCell
from leercirkel.core import dutch
from leercirkel.core.verdicts import judge_share
from leercirkel.documents.charts import interval_cell
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, View, group_name, groups_of
from leercirkel.documents.report.parts.trends import pools_of

MOST_ANSWERS = 6
MOST_EVIDENCE = 3


def cover(context: Context, targets: Mapping[str, str]) -> View:
    """School, round, date, what was counted, and the answers with what they rest on.

    `targets`: the label in the document of every part that evidence may point at.
    """
    report = context.report
    cells, totals = context.of_round(report.overview), context.of_round(report.totals)
    groups = len(groups_of(cells))
    expected, counted = sum(c.expected for c in totals), sum(c.counted for c in totals)
    missing = sum(c.missing for c in totals)
    facts = [
        {"n": str(groups), "what": dutch.agree(groups, "groep", "groepen")},
        {
            "n": str(len({c.subject for c in totals})),
            "what": dutch.agree(len({c.subject for c in totals}), "vak", "vakken"),
        },
        {"n": str(counted), "what": f"van {expected} verwachte {dutch.agree(expected, 'uitslag', 'uitslagen')}"},
        {"n": str(missing), "what": "nog geen uitslag"},
    ]
    rest = expected - counted - missing
    if rest:
        facts.append({"n": str(rest), "what": "niet gemaakt, met reden"})
    return {
        "school": words.name(report.school_name or report.school),
        "code": report.school,
        "round": dutch.sentence(words.moment(report.school_year, report.moment)),
        "as_of": words.day(report.as_of),
        "facts": facts,
        "audience": f"{context.audience}.{_stands(context)}",
        "guide": _guide(),
        "answers": [{"text": words.name(a.text)} | _proof(context, a, targets) for a in report.answers[:MOST_ANSWERS]],
    }


def _stands(context: Context) -> str:
    """Which figures are those of an earlier report for the board; empty when none are."""
    kept = sorted({k.as_of for k in context.report.kept})
    if not kept:
        return ""
    days = dutch.listed([words.day(day) for day in kept])
    return f" Waar sindsdien minder dan vijf leerlingen bijkwamen, staan de cijfers van eerder: stand van {days}."


def _proof(context: Context, answer: Answer, targets: Mapping[str, str]) -> View:
    """What an answer rests on: at most three lines, how many more, and where in the report they stand."""
    lines = [w for e in answer.evidence if (w := _why(context, e))]
    more = len(lines) - MOST_EVIDENCE
    shown = [line["text"] for line in lines[:MOST_EVIDENCE]]
    if more > 0:
        shown.append(f"En nog {dutch.counted(more, 'onderdeel', 'onderdelen')}.")
    found = dict.fromkeys(targets.get(line["to"], "") for line in lines)
    return {"why": shown, "to": [label for label in found if label]}


def _guide() -> View:
    """An example of the interval cell, to learn reading it: 9 of 14 pupils against a norm of 75%."""
    found = judge_share(9, 14, 0.75)
    said = "Voorbeeld: 9 van de 14 haalden het doel van 11; waarschijnlijk tussen 5 en 12; kan toeval zijn."
    bar = interval_cell(found.share, found.low, found.high, 0.75, found.verdict, said)
    return {"verdict": found.verdict, "bar": bar, "said": said}


def _why(context: Context, evidence: Evidence) -> View | None:
    """One line of evidence and the part of the report where it stands; None when the report does not hold it."""
    key, report = evidence.key, context.report
    if evidence.kind == "grade_trend":
        trend = _match(report.grade_trend, key)
        return None if trend is None else {"text": _trend(context, trend), "to": f"trend {trend.subject}"}
    if evidence.kind == "cohort_trend":
        cohort = _match(report.cohort_trend, key)
        return None if cohort is None else {"text": _cohort(context, cohort), "to": f"group {group_name(cohort.group)}"}
    if evidence.kind == "interventions":
        return {"text": _effect(evidence), "to": "interventions"}
    cells = {"totals": report.totals, "overview": report.overview}.get(evidence.kind, ())
    cell = _match(cells, key)
    if cell is None:
        return None
    if (cell.school_year, cell.moment) == (report.school_year, report.moment):
        return {"text": _cell(context, cell, evidence), "to": "overview"}
    return {
        "text": _cell(context, cell, evidence),
        "to": f"trend {cell.subject}" if cell.moment == report.moment else "",
    }


def _effect(evidence: Evidence) -> str:
    """What was measured of an intervention; of one that was only counted or not carried out, its name."""
    name, f = words.name(str(evidence.key.get("name") or "")), evidence.figures
    figures = [f.get(key) for key in ("growth", "expected", "low", "high")]
    if f.get("counted") is None or not all(isinstance(v, int | float) for v in figures):
        return f"{name}."
    growth, expected, low, high = (words.signed(float(v)) for v in figures if isinstance(v, int | float))
    return (
        f"{name}: {f['counted']} leerlingen met twee uitslagen, groei {growth}, verwacht {expected}, "
        f"verschil waarschijnlijk tussen {low} en {high}."
    )


_Result = TypeVar("_Result", OverviewCell, GradeTrend, CohortTrend)


def _match(items: Sequence[_Result], key: dict[str, str | int | None]) -> _Result | None:
    for name, value in key.items():  # name by name, so that most items are asked for one of them only
        items = [x for x in items if getattr(x, name, None) == value]
    return items[0] if items else None


def _cell(context: Context, cell: OverviewCell, evidence: Evidence) -> str:
    who = "Hele school" if cell.group is None else group_name(cell.group)
    head = f"{who}, {words.subject(cell.subject).lower()} ({words.instrument(cell.instrument)}), "
    head += words.moment(cell.school_year, cell.moment)
    named = [t for t in cell.tiers if t.name == evidence.figures.get("tier")]
    tier = named[0] if named else context.main_tier(cell)
    if tier is None:
        return f"{head}: {words.pupils(cell.counted)} met een uitslag."
    if context.hidden(tier.counted):
        return f"{head}: {context.too_small} leerlingen."
    text = f"{head}: {tier.reached} van {tier.counted}, doel {tier.goal_count}"
    if not context.few(tier.counted):
        text += f", waarschijnlijk tussen {words.between(tier.low, tier.high, tier.counted, tier.verdict)}"
    return f"{text}."


def _trend(context: Context, trend: GradeTrend) -> str:
    who = words.who(trend)
    head = f"Trend {words.subject(trend.subject).lower()}, {who if who.startswith('DL') else who.lower()}"
    years = [p for p in trend.points if not context.hidden(p.judged)]
    text = ", ".join(f"{p.school_year}: {p.reached} van {p.judged}" for p in years[-3:])
    pool = pools_of(context, trend).get(trend.points[-1].school_year) if trend.points else None
    if pool is not None and pool.judged:
        said = dutch.number_word(len(pool.school_years))
        text += f"; {said} jaar samen {pool.reached} van {pool.judged}, doel {pool.goal_count}"
    return f"{head}; {text}." if text else f"{head}."


def _cohort(context: Context, c: CohortTrend) -> str:
    head = f"{group_name(c.group)}, {words.subject(c.subject).lower()}, sinds "
    head += words.moment(c.from_school_year, c.from_moment)
    if context.tiny(c.stayers) or c.growth is None:
        return f"{head}: te weinig leerlingen die er toen ook waren."
    text = (
        f"{head}: {dutch.counted(c.stayers, 'blijver', 'blijvers')} {words.signed(c.growth)} {words.unit(c.quantity)}"
    )
    if c.growth_low is not None and c.growth_high is not None and not context.few(c.stayers):
        text += f", waarschijnlijk tussen {words.signed(c.growth_low)} en {words.signed(c.growth_high)}"
    return f"{text}; {c.joiners} erbij, {c.leavers} weg."
