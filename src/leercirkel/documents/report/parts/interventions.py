"""What interventions brought, as a table; and what became of earlier agreements."""

from __future__ import annotations

from leercirkel.analysis.model import Agreement, EffectVerdict, InterventionEffect, InterventionPeriod
from leercirkel.documents.report.context import Context, View

MARKS: dict[EffectVerdict, str] = {"more": "above", "less": "below", "undecided": "undecided"}
"""Which mark stands before a verdict; the others have that of too few pupils."""

MOST_GROUPS = 3


def interventions(context: Context) -> list[View]:
    """One row per intervention, with a line per period, in the order of the school's file."""
    return [_row(context, effect) for effect in context.report.interventions]


def agreements(context: Context) -> list[View]:
    """One line per agreement: when it was made, what it was, and whether it was done."""
    return [_agreement(context, agreement) for agreement in context.report.agreements]


def _row(context: Context, effect: InterventionEffect) -> View:
    return {
        "name": context.texts.name(effect.name),
        "test": _test(context, effect),
        "who": context.fewer if context.tiny(effect.pupils) else str(effect.pupils),
        "groups": _groups(context, effect),
        "given": _given(context, effect),
        "notes": _notes(context, effect),
        "periods": [_period(context, effect, period) for period in effect.periods],
    }


def _test(context: Context, effect: InterventionEffect) -> str:
    if effect.subject is None:
        return ""
    unit = context.texts.measured_in[effect.quantity]
    return ", ".join(part for part in (context.texts.subject(effect.subject), unit) if part)


def _groups(context: Context, effect: InterventionEffect) -> str:
    if len(effect.groups) > MOST_GROUPS:
        return context.texts.from_groups(len(effect.groups))
    return context.texts.listed([context.texts.group(group) for group in effect.groups])


def _given(context: Context, effect: InterventionEffect) -> str:
    given, planned = effect.weeks_given, effect.weeks_planned
    if given is None:
        return context.texts.not_told if planned is None else context.texts.weeks_agreed(planned)
    return context.texts.weeks_given(given) if planned is None else context.texts.weeks_of(given, planned)


def _notes(context: Context, effect: InterventionEffect) -> list[str]:
    texts = context.texts
    notes = [texts.chosen_low] if effect.selected_low else []
    if any(p.expected_from == "norms" for p in effect.periods):
        notes.append(texts.from_norms)
    if effect.observed_goal and effect.observed_of is not None and not context.tiny(effect.observed_of):
        seen = (effect.observed_reached, effect.observed_of, effect.observers)
        notes.append(texts.observed(effect.observed_goal, *seen))
    return notes


def _period(context: Context, effect: InterventionEffect, period: InterventionPeriod) -> View:
    texts = context.texts
    observed = period.verdict == "no_measure" and effect.observed_goal
    said = texts.only_counted if observed else texts.effect_verdicts[period.verdict]
    shown: View = {
        "when": "", "n": "", "growth": "", "expected": "", "difference": "", "between": "",
        "verdict": MARKS.get(period.verdict, "too_few"), "said": said,
    }  # fmt: skip
    if period.verdict == "no_measure":
        return shown
    shown["when"] = f"{texts.short_moment(period.from_school_year, period.from_moment)} – "
    shown["when"] += texts.short_moment(period.to_school_year, period.to_moment)
    if context.tiny(period.counted):
        return shown | {"n": context.fewer}
    shown["n"] = texts.pupils(period.counted)
    if period.growth is not None:
        shown["growth"] = texts.signed(period.growth)
    if period.expected is None or period.difference is None:
        return shown
    shown |= {"expected": texts.signed(period.expected), "difference": texts.signed(period.difference)}
    if period.low is not None and period.high is not None:
        shown["between"] = texts.both(_end(context, period.low), _end(context, period.high))
    return shown


def _end(context: Context, value: float) -> str:
    """An end of an interval, with so many decimals that it stays on its side of zero."""
    return context.texts.signed(value) if abs(value) >= 0.05 else context.texts.plain(value, 2)


def _agreement(context: Context, agreement: Agreement) -> View:
    texts = context.texts
    about = texts.subject(agreement.subject) if agreement.subject else ""
    group = texts.group(agreement.group) if agreement.group else ""
    return {
        "when": texts.sentence(texts.moment(agreement.school_year, agreement.moment)),
        "text": texts.sentence(texts.name(agreement.text)),
        "about": ", ".join(part for part in (about, group) if part),
        "done": texts.done[agreement.done],
    }
