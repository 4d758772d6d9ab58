"""Where the difference with a year ago comes from: who stayed, who joined, who left, as a flow per subject."""

from __future__ import annotations

from leercirkel.analysis.model import CohortTrend
from leercirkel.core import dutch
from leercirkel.documents.charts import FlowPart, flow
from leercirkel.documents.report import words
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
    n = dutch.sentence(context.fewer) if context.tiny(c.stayers) else str(c.stayers)
    return (
        words.subject(c.subject),
        f"{n} leerlingen hadden een jaar eerder ook al een uitslag op deze toets; de groei tonen we niet.",
    )


def card(context: Context, c: CohortTrend, height: float) -> View:
    """The difference as a flow with its words; only where `can_draw`."""
    growth, joined, left = c.growth or 0.0, c.joiner_effect or 0.0, c.leaver_effect or 0.0
    interval = c.growth_low is not None and c.growth_high is not None and not context.few(c.stayers)
    low, high = (c.growth_low, c.growth_high) if interval else (None, None)
    unit, title = words.unit(c.quantity), words.subject(c.subject)
    parts = [
        FlowPart(growth, (str(c.stayers), dutch.agree(c.stayers, "blijver", "blijvers")), low, high),
        FlowPart(joined, (str(c.joiners), "erbij")),
        FlowPart(-left, (str(c.leavers), "weg")),
    ]
    grew = f"{words.signed(growth)} {unit}"
    if low is not None and high is not None:
        grew += f", waarschijnlijk tussen {words.signed(low)} en {words.signed(high)}"
    said = (
        f"{title}: het gemiddelde veranderde {words.signed(growth + joined - left)} {unit}. De "
        f"{words.pupils(c.stayers)} die er bij de vorige meting ook waren groeiden {grew}; {c.joiners} erbij: "
        f"{words.signed(joined)}; {c.leavers} weg: {words.signed(-left)}."
    )
    return {
        "title": title,
        "test": words.instrument(c.instrument),
        "since": words.moment(c.from_school_year, c.from_moment),
        "note": " ".join([f"Blijvers {grew}.", *_notes(context, c)]),
        "chart": flow(parts, ("samen", ""), said, write=words.signed, height=height),
        "said": said,
    }


def _notes(context: Context, c: CohortTrend) -> list[str]:
    """What was expected, who clearly gained or lost, and who left the comparison but not the group."""
    out = [] if c.expected_growth is None else [f"Verwacht {words.signed(c.expected_growth)}."]
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
        back = f", {found.real_down} achteruit" if found.real_down else ""
        out.append(f"{found.real_up} van de {found.counted} duidelijk vooruit{back}.")
    if c.leavers_present:
        verb = dutch.agree(c.leavers_present, "zit", "zitten")
        out.append(f"Van “weg” {verb} er {c.leavers_present} nog in de groep, zonder uitslag.")
    return out
