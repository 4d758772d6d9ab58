"""The effect of interventions, shaped for the page of step 8: sentences first, the figures beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leercirkel.analysis.answers.of_round_effect import Said, said_of
from leercirkel.analysis.model.round_effect import RoundEffect
from leercirkel.apps.cycle.models import Check, Intervention, Judgement
from leercirkel.apps.cycle.presenters.begun import texts_in_use, who_in_words
from leercirkel.apps.cycle.presenters.checks import in_words
from leercirkel.apps.cycle.presenters.explanations import effect_in_words
from leercirkel.apps.cycle.selectors.effects import Brought


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What one intervention brought, in words and in figures; `figures` empty where nothing is said of the effect."""

    row: Intervention
    who: str
    verdict: str
    said: str
    beside: Sequence[str]
    figures: Sequence[tuple[str, str]]
    judged: Judgement | None
    again: bool
    looks: Sequence[str] = ()
    """What was seen on the way."""


def effect_rows(
    found: Iterable[Brought], names_now: frozenset[str], looks: Mapping[int, Sequence[Check]]
) -> list[EffectRow]:
    """As rows. `names_now`: what was begun in this round already; `looks`: intervention → looks on the way."""
    rows = []
    for one in found:
        told = said_of(one.effect)
        again = bool(one.judged and one.judged.choice == Judgement.Choice.CONTINUE and one.row.name not in names_now)
        rows.append(
            EffectRow(
                one.row,
                who_in_words(one.row),
                effect_in_words(one.effect.verdict),
                _text(told.brought),
                [_text(each) for each in told.beside],
                _figures(one.effect),
                one.judged,
                again,
                [said for check in looks.get(one.row.pk, ()) if (said := in_words(check))],
            )
        )
    return rows


def _text(said: Said) -> str:
    return said.text_en if get_language() == "en" else said.text


def _figures(effect: RoundEffect) -> list[tuple[str, str]]:
    if effect.growth is None:
        return []
    number = texts_in_use().number
    pairs = [
        (_("Leerlingen die meetellen"), str(effect.counted)),
        (_("Gegroeid"), number(effect.growth, 1)),
    ]
    if effect.expected is not None:
        pairs.append((_("Verwacht zonder de aanpak"), number(effect.expected, 1)))
    if effect.difference is not None:
        between = ""
        if effect.low is not None and effect.high is not None:
            low, high = number(effect.low, 1), number(effect.high, 1)
            between = _(" (waarschijnlijk tussen %(low)s en %(high)s)") % {"low": low, "high": high}
        pairs.append((_("Verschil"), number(effect.difference, 1) + between))
    return pairs
