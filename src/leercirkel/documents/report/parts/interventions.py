"""What interventions brought, as a table; and what became of earlier agreements."""

from __future__ import annotations

from leercirkel.analysis.model import Agreement, EffectVerdict, InterventionEffect, InterventionPeriod
from leercirkel.core import dutch
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, View, group_name

VERDICTS: dict[EffectVerdict, str] = {
    "more": "groeide meer dan verwacht",
    "less": "groeide minder dan verwacht",
    "undecided": "kan toeval zijn",
    "not_carried_out": "niet uitgevoerd",
    "too_few": "te weinig leerlingen",
    "no_measure": "niet gemeten",
}

MARKS: dict[EffectVerdict, str] = {"more": "above", "less": "below", "undecided": "undecided"}
"""Which mark stands before a verdict; the others have that of too few pupils."""

DONE = {"done": "gedaan", "partly": "deels gedaan", "not_done": "niet gedaan"}

MOST_GROUPS = 3


def interventions(context: Context) -> list[View]:
    """One row per intervention, with a line per period, in the order of the school's file."""
    return [_row(context, effect) for effect in context.report.interventions]


def agreements(context: Context) -> list[View]:
    """One line per agreement: when it was made, what it was, and whether it was done."""
    return [_agreement(agreement) for agreement in context.report.agreements]


def _row(context: Context, effect: InterventionEffect) -> View:
    return {
        "name": words.name(effect.name),
        "test": _test(effect),
        "who": context.fewer if context.tiny(effect.pupils) else str(effect.pupils),
        "groups": _groups(effect),
        "given": _given(effect),
        "notes": _notes(context, effect),
        "periods": [_period(context, effect, period) for period in effect.periods],
    }


def _test(effect: InterventionEffect) -> str:
    if effect.subject is None:
        return ""
    unit = {"score": "in punten", "dle": "in DLE", None: ""}[effect.quantity]
    return ", ".join(part for part in (words.subject(effect.subject), unit) if part)


def _groups(effect: InterventionEffect) -> str:
    if len(effect.groups) > MOST_GROUPS:
        return f"uit {len(effect.groups)} groepen"
    return dutch.listed([group_name(group) for group in effect.groups])


def _given(effect: InterventionEffect) -> str:
    if effect.weeks_given is None and effect.weeks_planned is None:
        return "niet opgegeven"
    if effect.weeks_given is None:
        return f"{effect.weeks_planned} weken afgesproken"
    given = f"{effect.weeks_given}"
    if effect.weeks_planned is None:
        return f"{given} {dutch.agree(effect.weeks_given, 'week', 'weken')}"
    return f"{given} van de {effect.weeks_planned} weken"


def _notes(context: Context, effect: InterventionEffect) -> list[str]:
    notes = ["De laagste scores gekozen: verwacht is wat wie even laag scoorde groeide."] if effect.selected_low else []
    if any(p.expected_from == "norms" for p in effect.periods):
        notes.append("Verwacht uit het normbestand: op school zijn te weinig leerlingen om mee te vergelijken.")
    if effect.observed_goal and effect.observed_of is not None and not context.tiny(effect.observed_of):
        by = f" door {dutch.counted(effect.observers, 'waarnemer', 'waarnemers')}" if effect.observers else ""
        seen = f"bij {effect.observed_reached} van de {effect.observed_of} leerlingen gezien{by}."
        notes.append(f"{dutch.sentence(words.name(effect.observed_goal))}: {seen}")
    return notes


def _period(context: Context, effect: InterventionEffect, period: InterventionPeriod) -> View:
    verdict, observed = VERDICTS[period.verdict], period.verdict == "no_measure" and effect.observed_goal
    shown: View = {
        "when": "", "n": "", "growth": "", "expected": "", "difference": "", "between": "",
        "verdict": MARKS.get(period.verdict, "too_few"), "said": "alleen geteld" if observed else verdict,
    }  # fmt: skip
    if period.verdict == "no_measure":
        return shown
    shown["when"] = f"{_moment(period.from_school_year, period.from_moment)} – "
    shown["when"] += _moment(period.to_school_year, period.to_moment)
    if context.tiny(period.counted):
        return shown | {"n": context.fewer}
    shown["n"] = words.pupils(period.counted)
    if period.growth is not None:
        shown["growth"] = words.signed(period.growth)
    if period.expected is None or period.difference is None:
        return shown
    shown |= {"expected": words.signed(period.expected), "difference": words.signed(period.difference)}
    if period.low is not None and period.high is not None:
        shown["between"] = f"{_end(period.low)} en {_end(period.high)}"
    return shown


def _moment(school_year: str, moment: str) -> str:
    return f"{words.PARTS_OF_YEAR.get(moment, moment)} {words.short_year(school_year)}"


def _end(value: float) -> str:
    """An end of an interval, with so many decimals that it stays on its side of zero."""
    return words.signed(value) if abs(value) >= 0.05 else words.plain(value, 2)


def _agreement(agreement: Agreement) -> View:
    about = words.subject(agreement.subject) if agreement.subject else ""
    group = group_name(agreement.group) if agreement.group else ""
    return {
        "when": dutch.sentence(words.moment(agreement.school_year, agreement.moment)),
        "text": dutch.sentence(words.name(agreement.text)),
        "about": ", ".join(part for part in (about, group) if part),
        "done": DONE[agreement.done],
    }
