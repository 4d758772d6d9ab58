"""Where the difference with a year ago comes from: who stayed, who joined, who left, as a flow per subject."""

from __future__ import annotations

from leercirkel.analysis.model import CohortTrend
from leercirkel.documents.charts import FlowPart, flow
from leercirkel.documents.report.context import Context, View, subject_order


def year_on_year(context: Context, group: str) -> list[CohortTrend]:
    """The comparisons of a group with the same moment a year before, in the order of subjects."""
    report = context.report
    found = [
        c
        for c in report.cohort_trend
        if (c.group, c.school_year, c.to_moment) == (group, report.school_year, report.moment)
        and c.from_moment == c.to_moment
    ]
    return sorted(found, key=lambda c: (subject_order(c.subject), c.instrument, c.version))


def can_draw(context: Context, c: CohortTrend) -> bool:
    """Whether enough pupils stayed to say something about growth."""
    return not context.tiny(c.stayers) and None not in (
        c.growth,
        c.joiner_effect,
        c.leaver_effect,
    )


def not_drawn(context: Context, c: CohortTrend) -> tuple[str, str]:
    """Subject and sentence for a comparison that is not drawn."""
    stayers = context.fewer if context.tiny(c.stayers) else str(c.stayers)
    return context.texts.subject(c.subject), context.texts.not_drawn(stayers)


def card(context: Context, c: CohortTrend, height: float) -> View:
    """The difference as a flow with its words; only where `can_draw`."""
    texts = context.texts
    growth, joined, left = c.growth or 0.0, c.joiner_effect or 0.0, c.leaver_effect or 0.0
    interval = c.growth_low is not None and c.growth_high is not None and not context.few(c.stayers)
    low, high = (c.growth_low, c.growth_high) if interval else (None, None)
    parts = [
        FlowPart(growth, (str(c.stayers), texts.stayers_noun(c.stayers)), low, high),
        FlowPart(joined, (str(c.joiners), texts.joined)),
        FlowPart(-left, (str(c.leavers), texts.left)),
    ]
    grew = texts.grew(growth, c.quantity, None if low is None or high is None else (low, high))
    change = texts.grew(growth + joined - left, c.quantity, None)
    said = texts.flow_said(c.subject, change, c.stayers, grew, (c.joiners, joined), (c.leavers, -left))
    return {
        "title": texts.subject(c.subject),
        "test": texts.instrument(c.instrument),
        "since": texts.moment(c.from_school_year, c.from_moment),
        "note": " ".join([texts.stayers_note(grew), *_notes(context, c)]),
        "chart": flow(parts, (texts.together, ""), said, write=texts.signed, height=height),
        "said": said,
    }


def _notes(context: Context, c: CohortTrend) -> list[str]:
    """What was expected, who clearly gained or lost, and who left the comparison but not the group."""
    texts = context.texts
    out = [] if c.expected_growth is None else [texts.expected_note(c.expected_growth)]
    same = (c.school_year, c.instrument, c.quantity, c.from_school_year, c.from_moment, c.to_moment)
    found = next(
        (
            g
            for g in context.report.growth
            if g.group == c.group
            and g.subject == c.subject
            and (g.school_year, g.instrument, g.quantity, g.from_school_year, g.from_moment, g.to_moment) == same
        ),
        None,
    )
    if found is not None and found.real_up is not None and not context.hidden(found.counted):
        out.append(texts.real_note(found.real_up, found.real_down or 0, found.counted))
    if c.leavers_present:
        out.append(texts.present_note(c.leavers_present))
    return out
