"""The last part: definitions, formulas and inputs, so that every figure in the report can be made again."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.model import CohortTrend
from leercirkel.core import dutch
from leercirkel.core.standards import Standard, Tier
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, View, subject_order
from leercirkel.documents.report.parts.definitions import effect_topic, topic, topics

_SEVERITIES = {"error": ("fout", "fouten"), "warning": ("waarschuwing", "waarschuwingen"),
               "notice": ("opmerking", "opmerkingen")}  # fmt: skip

QUANTITIES = {"score": "score", "dle": "DLE", "level": "niveau", "avi": "AVI", "reference": "referentieniveau"}
"""What a threshold is in, as the table of standards names it."""


def method(context: Context) -> View:
    """Definitions as (title, paragraphs), the worked example, the standards as a table, files and problems."""
    m = context.report.method
    return {
        "columns": _balanced([_counting(context), *topics(context), _decomposition(context), *effect_topic(context)]),
        "standards": _standards(context.standards),
        "files": [words.name(f) for f in m.files],
        "problems": _problems(m.problems),
    }


def _balanced(topics: list[View]) -> list[list[View]]:
    """The topics in two columns of about the same height, in reading order."""
    heights = [sum(len(p) for p in t["text"]) + 120 for t in topics]
    cut = min(range(1, len(topics)), key=lambda i: abs(sum(heights[:i]) - sum(heights[i:])))
    return [topics[:cut], topics[cut:]]


def _decomposition(context: Context) -> View:
    """Where a difference comes from, worked out with the largest comparison of this report."""
    text = [
        """Verschil van het gemiddelde = groei van de blijvers + effect van wie erbij kwam − effect van wie wegging.
        Blijvers hebben beide keren een uitslag. Het effect van wie erbij kwam is het gemiddelde van nu met hen min
        dat zonder hen; het effect van wie wegging is hetzelfde, bij de vorige meting."""
    ]
    example = _example(context)
    if example is not None:
        c = example
        growth, joined, left = c.growth or 0.0, c.joiner_effect or 0.0, c.leaver_effect or 0.0
        minus = words.number(left) if left >= 0 else f"({words.number(left)})"
        plus = words.number(joined) if joined >= 0 else f"({words.number(joined)})"
        text.append(
            f"Voorbeeld: {words.name(c.group)}, {words.subject(c.subject).lower()}, van "
            f"{words.moment(c.from_school_year, c.from_moment)} naar {words.moment(c.school_year, c.to_moment)}. Het "
            f"gemiddelde ging van {words.number(c.mean_from)} naar {words.number(c.mean_to)}. Groei van "
            f"{dutch.counted(c.stayers, 'blijver', 'blijvers')} {words.number(growth)} + effect van {c.joiners} erbij "
            f"{plus} − effect van {c.leavers} weg {minus} = {words.number(growth + joined - left)} "
            f"{words.unit(c.quantity)}. In dit rapport afgerond op één decimaal; gerekend is zonder afronden."
        )
    return topic("Waar komt een verschil vandaan?", *text)


def _example(context: Context) -> CohortTrend | None:
    report = context.report
    usable = [
        c for c in report.cohort_trend
        if c.school_year == report.school_year and c.to_moment == report.moment and not context.few(c.stayers)
        and None not in (c.growth, c.joiner_effect, c.leaver_effect, c.mean_from, c.mean_to)
    ]  # fmt: skip
    return max(
        usable,
        key=lambda c: (_adds_up(c), c.from_moment == c.to_moment, c.stayers, c.joiners + c.leavers),
        default=None,
    )


def _adds_up(c: CohortTrend) -> bool:
    """Whether the example also adds up for who recomputes it with the rounded figures on paper."""
    growth, joined, left, before, after = (
        round(v or 0.0, 1) for v in (c.growth, c.joiner_effect, c.leaver_effect, c.mean_from, c.mean_to)
    )
    total = round((c.growth or 0.0) + (c.joiner_effect or 0.0) - (c.leaver_effect or 0.0), 1)
    return abs(growth + joined - left - total) < 1e-6 and abs(after - before - total) < 1e-6


def _counting(context: Context) -> View:
    m = context.report.method
    text = [
        """Verwacht zijn de leerlingen die de toets volgens de toetskalender hadden moeten maken; zonder kalender de
        leerlingen van een groep waarvan minstens de helft de toets maakte. Verwacht = uitslag + nog geen uitslag +
        niet gemaakt met een reden. Wie nog geen uitslag heeft telt nooit als nul. Groep 1 en 2 worden geobserveerd;
        groep 8 maakt geen eindtoets van dit volgsysteem."""
    ]
    if m.without_standard:
        text.append(
            f"Voor {dutch.counted(m.without_standard, 'uitslag', 'uitslagen')} in deze ronde is er geen eigen norm; "
            "die tellen wel in het gemiddelde en niet bij het doel."
        )
    text += [
        f"In {d.school_year} is bij {dutch.counted(d.changed, 'leerling', 'leerlingen')} de bestemming aangepast "
        f"({d.up} omhoog, {d.down} omlaag). We vergelijken met de bestemming waarmee het jaar begon."
        for d in context.report.destination_changes
        if d.changed and d.school_year == context.report.school_year and not context.hidden(d.changed)
    ]
    return topic("Wie telt mee?", *text)


def _problems(problems: dict[str, int]) -> str:
    parts = [
        f"{n} {dutch.agree(n, *_SEVERITIES.get(code, (code, code)))}" for code, n in problems.items() if n
    ]  # fmt: skip
    return f"Bij het inlezen: {dutch.listed(parts)}." if parts else "Bij het inlezen waren er geen bijzonderheden."


def _standards(standards: Sequence[Standard]) -> list[View]:
    """The standards as rows; those that differ in destination only are one row."""
    rows: dict[tuple[object, ...], tuple[list[str], list[str]]] = {}
    order = sorted(standards, key=lambda s: (subject_order(s.subject), s.instrument or "", s.moment or "", _span(s)))
    for s in order:
        key = (s.subject, s.instrument, s.moment, *whom(s), *(_tier(s, t) for t in s.tiers))
        _, destinations_ = rows.setdefault(key, (whom(s), []))
        if s.destination:
            destinations_.append(words.destination(s.destination))
    return [
        {
            "subject": words.subject(str(key[0])),
            "test": str(key[1] or "alle toetsen"),
            "when": words.PARTS_OF_YEAR.get(str(key[2] or ""), "elk moment"),
            "whom": "; ".join(for_whom + ([f"uitstroom {dutch.listed(ends)}"] if ends else [])) or "alle leerlingen",
            "tiers": [str(text) for text in key[3 + len(for_whom) :]],
        }
        for key, (for_whom, ends) in rows.items()
    ]


def _span(s: Standard) -> tuple[object, ...]:
    return s.grades or (0,), s.didactic_age or (0, 0), s.own_dle or (0.0, 0.0), s.scope


NO_UPPER_END = 100
"""A DLE never comes here: a standard that ends here has no upper end."""


def whom(s: Standard) -> list[str]:
    """For which pupils and years, apart from the destination."""
    out = ["extra ondersteuning"] if s.scope == "care" else []
    if s.grades:
        out.append(f"groep {dutch.listed([str(g) for g in s.grades])}")
    if s.didactic_age:
        out.append(f"DL {s.didactic_age[0]} tot en met {s.didactic_age[1]}")
    if s.own_dle:
        low, high = float(s.own_dle[0]), float(s.own_dle[1])
        until = f" tot {words.plain(high)}" if high < NO_UPPER_END else ""
        out.append(f"eigen laatste DLE vanaf {words.plain(low)}{until}")
    if s.school_years:
        out.append(dutch.listed([f"{y}-{y + 1}" for y in s.school_years]))
    return out


def _tier(s: Standard, t: Tier) -> str:
    quantity = QUANTITIES.get(s.quantity, s.quantity)
    if t.dl_factor is not None:
        limit = f"{quantity} ≥ {words.plain(t.dl_factor, 4)} × DL"
    elif isinstance(t.threshold, str):
        limit = f"{quantity} {t.threshold}"
    else:
        limit = f"{quantity} {words.plain(float(t.threshold or 0), 2)}"
    return f"{dutch.sentence(words.name(t.name))} {words.percentage(t.target_share)}: {limit}"
