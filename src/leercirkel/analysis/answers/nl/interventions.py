"""Z21–Z28 and Z30 in Dutch: destinations, what interventions brought, subjects of one pupil, agreements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from leercirkel.analysis.answers.facts import (
    SCHOOL,
    Agreed,
    DestinationLine,
    DestinationsChanged,
    Effect,
    EffectWithoutFigures,
    Goal,
    InTwoParts,
    NoEffect,
    NotCarriedOut,
    Seen,
    SubjectsDiffer,
)
from leercirkel.analysis.answers.nl.places import place
from leercirkel.analysis.answers.nl.words import amount, at_moment, haalde, limit, moment, pupils, subject, topic
from leercirkel.core import destinations
from leercirkel.core.dutch import agree, counted, decimal, k_of_n, listed, number_word

Variants = list[list[str]]

_NOTHING_YET = "Over het effect zeggen we daarom nog niets."
_DONE = {"done": "gedaan", "partly": "deels gedaan", "not_done": "niet gedaan"}


def destination_line(f: DestinationLine) -> Variants:
    """Pupils of one destination against their line."""
    who = f"leerlingen met uitstroom {destinations.label(str(f.where.value))}"
    fact = f"van de {f.n} {who} {agree(f.k, 'zit', 'zitten')} er {f.k} op of boven hun lijn voor {{}}."
    if f.k == f.n:
        fact = f"alle {f.n} {who} zitten op of boven hun lijn voor {{}}."
    elif f.k == 0:
        fact = f"van de {f.n} {who} zit niemand op of boven hun lijn voor {{}}."
    below = ""
    if f.two_below is not None and f.k < f.n:
        many = number_word(f.two_below) if f.two_below else "niemand"
        below = f"{many} {agree(f.two_below, 'zit', 'zitten') if f.two_below else 'zit'} er twee metingen op rij onder."
    side = {"above": "boven", "below": "onder", None: ""}[f.side]
    strength = f"Dat ligt duidelijk {side} onze norm." if side else ""
    return [[fact.format(topic(t)), below, strength] for t in (f.topic, f.topic.bare)]


def destinations_changed(f: DestinationsChanged) -> Variants:
    """How many destinations changed, and which one counts here."""
    ways = {"omhoog": f.up, "omlaag": f.down, "anders": f.changed - f.up - f.down}
    how = listed([f"{number_word(n)} {way}" for way, n in ways.items() if n > 0])
    told = f"bij {pupils(f.changed)} is de bestemming dit jaar aangepast ({how})."
    return [[told, "We vergelijken met de bestemming waarmee het jaar begon."]]


def effect(f: Effect) -> Variants:
    """Growth beyond what was expected, and how much the difference says."""
    if f.lowest:
        return _of_the_lowest(f)
    expected = decimal(f.expected, f.decimals)
    heads = _heads(f)
    if f.verdict == "more":
        interval = f"waarschijnlijk tussen {decimal(f.low, f.decimals)} en {decimal(f.high, f.decimals)}"
        fact = f"ze {_grew(f)}; zonder deze aanpak rekenden we op {expected}."
        return [[f"{h}.", fact, f"Het verschil ({interval}) is groter dan toeval."] for h in heads]
    facts = [f"{h}: ze {_grew(f)}, we rekenden op {expected}." for h in heads]
    if f.verdict == "less":
        return [[fact, "De groei bleef achter, ook als we toeval meerekenen."] for fact in facts]
    only = f"Het betekent niet dat de aanpak niet werkt: met {f.counted} leerlingen zien we alleen grote verschillen."
    return [[fact, "Dat verschil kan toeval zijn.", only] for fact in facts]


def effect_without_figures(f: EffectWithoutFigures) -> Variants:
    """On which side of chance the growth lies, without the means it rests on."""
    when = f" van {moment(f.since)} tot {moment(f.until)}" if f.since and f.until else ""
    who = pupils(f.counted)
    grew = agree(f.counted, "groeide", "groeiden")
    if f.verdict == "more":
        return [[f"{f.name}: {who} {grew}{when} meer dan verwacht.", "Het verschil is groter dan toeval."]]
    if f.verdict == "less":
        late = "De groei bleef achter, ook als we toeval meerekenen."
        return [[f"{f.name}: {who} {grew}{when} minder dan verwacht.", late]]
    only = f"Het betekent niet dat de aanpak niet werkt: met {f.counted} leerlingen zien we alleen grote verschillen."
    return [[f"{f.name}: {who} {grew}{when} ongeveer zoals verwacht.", "Het verschil kan toeval zijn.", only]]


_PARTS = {"less": "bleef de groei achter", "more": "was de groei groter dan verwacht",
          "undecided": "kan het verschil toeval zijn"}  # fmt: skip


def in_two_parts(f: InTwoParts) -> Variants:
    """An intervention measured twice: both parts, then what each says."""
    first, second = f.first, f.second
    if first.verdict == second.verdict:
        strength = f"Beide keren {_PARTS[first.verdict]}."
    else:
        strength = f"Eerst {_PARTS[first.verdict]}, daarna {_PARTS[second.verdict]}."
    if not isinstance(first, Effect) or not isinstance(second, Effect):
        least = "" if first.counted == second.counted else "minstens "
        return [[f"{first.name}, gemeten bij {least}{pupils(min(first.counted, second.counted))}.", strength]]
    facts = [f"ze {_grew(part)}, we rekenden op {decimal(part.expected, part.decimals)}." for part in (first, second)]
    heads = [f"{h}: " for h in _heads(first)[2:]]
    later = f"daarna, tot {moment(second.until)}: " if second.until else "daarna: "
    return [[head + facts[0], later + facts[1], strength] for head in heads]


def _heads(f: Effect) -> list[str]:
    """ "16 weken extra leestijd voor 24 leerlingen", with and without when and how many were measured."""
    weeks = "" if f.weeks is None else f"{counted(f.weeks, 'week', 'weken')} "
    who = f"{weeks}{f.name} voor {'de ' if f.lowest else ''}{pupils(f.pupils)}"
    both = f" ({number_word(f.counted)} met twee uitslagen)" if f.counted != f.pupils else ""
    when = f", van {moment(f.since)} tot {moment(f.until)}" if f.since and f.until else ""
    return [f"{who}{both}{when}", f"{who}{when}", f"{f.name}{when}", f.name]


def _grew(f: Effect) -> str:
    number = decimal(abs(f.growth), f.decimals)
    if number == "0":
        return "bleven gelijk"
    return f"gingen {amount(number, f.unit)} achteruit" if f.growth < 0 else f"groeiden {amount(number, f.unit)}"


def _of_the_lowest(f: Effect) -> Variants:
    """The lowest scorers: they score higher the next time anyhow."""
    number = decimal(abs(f.difference), f.decimals)
    what = (
        "bijna niets" if number == "0" else f"ongeveer {amount(number, f.unit)}{' minder' if f.difference < 0 else ''}"
    )
    rest = {
        "more": "en dat is groter dan toeval.",
        "less": "ook als we toeval meerekenen.",
        "undecided": "en dat kan toeval zijn; het bewijst niet dat de aanpak niet werkt.",
    }[f.verdict]
    mean = "Wie de ene keer het laagst scoort, scoort de volgende keer meestal hoger, ook zonder hulp."
    heads = [f"{h} met de laagste uitslagen." for h in _heads(f)[:2]] + [f"{h}." for h in _heads(f)[2:]]
    return [[h, mean, f"We tellen alleen wat daar bovenop komt: {what}, {rest}"] for h in heads]


def not_carried_out(f: NotCarriedOut) -> Variants:
    """Given too little to be judged."""
    given = f"{number_word(f.given)} van de {counted(f.planned, 'week', 'weken')}"
    return [[f"{f.name}: deze aanpak is {given} gegeven.", _NOTHING_YET]]


def no_effect(f: NoEffect) -> Variants:
    """Nothing can be said, and why."""
    why = {
        "too_few": "van te weinig leerlingen is er een uitslag ervoor en erna.",
        "nothing_to_compare": "er zijn te weinig andere leerlingen om mee te vergelijken.",
        "no_measure": "er is geen toets die dit meet, of geen uitslag ervoor en erna.",
    }[f.why]
    return [[f"{f.name}: {why}", _NOTHING_YET]]


def seen(f: Seen) -> Variants:
    """What observers saw."""
    by = f", door {counted(f.observers, 'waarnemer', 'waarnemers')}" if f.observers else ""
    told = f"bij {k_of_n(f.reached, f.of)} is het doel gezien{by}"
    tail = "Dat is een telling, geen oordeel: er is niets om het mee te vergelijken."
    return [[f"{f.name}: {told} ({f.goal}).", tail], [f"{f.name}: {told}.", tail]]


def subjects_differ(f: SubjectsDiffer) -> Variants:
    """One pupil, two subjects."""
    months = f"{f.months} {agree(f.months, 'maand', 'maanden')}"
    further = f"{'minstens' if f.at_least else 'ongeveer'} {months} verder dan bij {subject(f.behind)}"
    return [
        [
            f"{f.name or 'deze leerling'} is bij {subject(f.ahead)} {further}.",
            "Dat is meer dan de toetsen ernaast kunnen zitten.",
        ]
    ]


def agreed(f: Agreed) -> Variants:
    """What was agreed on, whether it was done, what was seen since."""
    when = "vorige keer" if f.when is None else at_moment(f.when)
    told = [f"{when} spraken we af: {f.text}.", f"Dat is {_DONE[f.done]}."]
    return [[*told, f"Daarna zagen we: {since}." if since else ""] for since in _since(f.since)]


def _since(f: Goal | None) -> list[str]:
    if f is None:
        return [""]
    counts = f"{haalde(f.k)} {k_of_n(f.k, f.n)} leerlingen"
    where = "" if f.where == SCHOOL else f" {place(f.where).where}"
    about = f"bij {subject(f.topic.subject)}"
    return [f"{about} {counts}{where} {limit(f.limit)} (doel {f.goal})", f"{about} {counts} {limit(f.limit)}", ""]


SAY: dict[type, Callable[[Any], Variants]] = {
    DestinationLine: destination_line,
    DestinationsChanged: destinations_changed,
    Effect: effect,
    NotCarriedOut: not_carried_out,
    EffectWithoutFigures: effect_without_figures,
    InTwoParts: in_two_parts,
    NoEffect: no_effect,
    Seen: seen,
    SubjectsDiffer: subjects_differ,
    Agreed: agreed,
}
