"""A standard as a teacher reads it: "M-toets, groep 5: basis – 75% van de leerlingen haalt niveau III of hoger"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from leercirkel.core import destinations, subjects
from leercirkel.core.calendar import school_year_label
from leercirkel.core.care import TWO_BELOW
from leercirkel.core.standards import Quantity, Standard, Tier
from leercirkel.exchange.standards.compare import Changed, changes
from leercirkel.exchange.standards.entries import Entry, entries_of
from leercirkel.exchange.standards.model import StandardsFile

OPEN_END = 61
"""From here on an upper end of the own DLE says nothing: a DLE goes up to 60."""

QUANTITIES: dict[Quantity, Any] = {
    "level": gettext_lazy("niveau (I–V of A–E)"),
    "dle": gettext_lazy("DLE"),
    "score": gettext_lazy("vaardigheidsscore"),
    "avi": gettext_lazy("AVI-niveau"),
    "reference": gettext_lazy("referentieniveau (1F, 1S, 2F)"),
}
CARE_KINDS: dict[str, Any] = {
    "opp": gettext_lazy("een OPP"),
    "hgpd": gettext_lazy("een HGPD"),
    "ihp": gettext_lazy("een IHP"),
    TWO_BELOW: gettext_lazy("twee metingen op rij onder de lijn"),
}
SCHOOL_TYPES: dict[str, Any] = {
    "bao": gettext_lazy("basisschool"),
    "sbo": gettext_lazy("school voor speciaal basisonderwijs"),
    "so": gettext_lazy("school voor speciaal onderwijs"),
}


@dataclass(frozen=True, slots=True)
class EntryWords:
    """One standard: for which results and pupils it holds, and a sentence per tier. `index`: its place in the file."""

    index: int
    where: str
    tiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """The standards of one subject."""

    code: str
    name: str
    entries: tuple[EntryWords, ...]

    @property
    def more(self) -> int:
        """How many stand folded below the first three."""
        return max(0, len(self.entries) - 3)


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One thing that is not the same: `kind` is new, gone or changed."""

    kind: str
    label: str
    what: str
    details: tuple[str, ...] = ()


def language() -> Any:
    """The language of this page, as core has it."""
    return "en" if (get_language() or "").startswith("en") else "nl"


def number(value: float, decimals: int = 6) -> str:
    """As people write it: no zeros at the end, a decimal comma in Dutch."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return text if language() == "en" else text.replace(".", ",")


def subject_name(code: str) -> str:
    """The name of a subject with a capital."""
    return str(capfirst(subjects.label(code, language())))


def tier_words(tier: Tier, quantity: Quantity) -> str:
    """One tier as a sentence."""
    share = _("%(name)s – %(share)s%% van de leerlingen haalt %(limit)s")
    return share % {"name": tier.name, "share": number(tier.target_share * 100), "limit": limit_words(tier, quantity)}


def limit_words(tier: Tier, quantity: Quantity) -> str:
    """What is to be reached: "niveau III of hoger", "0,45 × de didactische leeftijd (DLE)"."""
    if tier.dl_factor is not None:
        of_score = _("een score van %(factor)s × de didactische leeftijd of hoger")
        of_dle = _("een DLE van %(factor)s × de didactische leeftijd of hoger")
        return (of_score if quantity == "score" else of_dle) % {"factor": number(tier.dl_factor, 3)}
    limit = tier.threshold if isinstance(tier.threshold, str) else number(tier.threshold or 0.0)
    forms: dict[Quantity, str] = {
        "level": _("niveau %(limit)s of hoger"),
        "dle": _("DLE %(limit)s of hoger"),
        "score": _("vaardigheidsscore %(limit)s of hoger"),
        "avi": _("AVI %(limit)s of hoger"),
        "reference": _("%(limit)s of hoger"),
    }
    return forms[quantity] % {"limit": limit}


def _told(found: Sequence[tuple[int, Entry]], *, apart: bool) -> tuple[EntryWords, ...]:
    """The entries in words; those that differ in destination only as one, at the place of the first."""
    alike: dict[object, list[tuple[int, Entry]]] = {}
    for index, entry in found:
        bare = replace(entry.standard, scope="destination") if entry.standard.destination and not apart else index
        alike.setdefault((bare, entry.moments), []).append((index, entry))
    made = []
    for members in alike.values():
        index, first = members[0]
        codes = [code for _index, each in members if (code := each.standard.destination)]
        made.append(replace(entry_words(index, first), where=str(capfirst(where_words(first, codes)))))
    return tuple(made)


def where_words(entry: Entry, codes: Sequence[str] = ()) -> str:
    """For which results and for whom: "M- en E-toets, groep 5 en 6, leerlingen met bestemming vmbo-basis". `codes`: all
    destinations, where it stands for more than its own."""
    standard = entry.standard
    parts = [_moments(entry.moments), _grades(standard.grades)]
    if standard.didactic_age:
        parts.append(_("DL %(from)s t/m %(until)s") % dict(zip(("from", "until"), standard.didactic_age, strict=True)))
    parts += [_who(standard, codes), _own_dle(standard.own_dle)]
    if standard.instrument:
        parts.append(_("toets %(name)s") % {"name": standard.instrument})
    if standard.school_years:
        parts.append(_("alleen %(years)s") % {"years": ", ".join(school_year_label(y) for y in standard.school_years)})
    return ", ".join(part for part in parts if part)


def entry_words(index: int, entry: Entry) -> EntryWords:
    """One standard in words."""
    standard = entry.standard
    tiers = tuple(tier_words(tier, standard.quantity) for tier in standard.tiers)
    return EntryWords(index, str(capfirst(where_words(entry))), tiers)


def by_subject(file: StandardsFile, *, apart: bool = False) -> list[SubjectWords]:
    """All standards in words, by subject in the order of ours, then the school's own. Those that differ in destination
    only are told as one, unless each is asked for `apart`."""
    found: dict[str, list[tuple[int, Entry]]] = {}
    for index, entry in enumerate(entries_of(file.standards)):
        found.setdefault(entry.standard.subject, []).append((index, entry))
    order = {code: place for place, code in enumerate(subjects.SUBJECTS)}
    return [
        SubjectWords(code, subject_name(code), _told(found[code], apart=apart))
        for code in sorted(found, key=lambda code: (order.get(code, len(order)), code))
    ]


def choices_words(file: StandardsFile) -> list[tuple[str, str]]:
    """What the file says of the school as a whole: (what, how)."""
    bounds = file.method_bounds
    care = _("zoals gebruikelijk bij dit soort school")
    if file.care is not None:
        care = _listed([str(CARE_KINDS[kind]) for kind in file.care]) or _("niemand")
    kind = str(SCHOOL_TYPES[file.school_type]) if file.school_type else _("volgt uit de leerlingen")
    return [
        (_("Hoofdtrede (volgen de trends)"), file.main_tier or _("“basis”, anders de eerste")),
        (_("Extra ondersteuning"), care),
        (_("Soort school"), kind),
        (
            _("Methodetoets: voldoende, goed"),
            _("vanaf %(sufficient)s%%, vanaf %(good)s%% goed")
            % {"sufficient": number(bounds.sufficient_from), "good": number(bounds.good_from)},
        ),
    ]


def change_words(before: StandardsFile, after: StandardsFile) -> list[ChangeWords]:
    """What differs between two files, in words."""
    found = [_changed(each) for each in changes(before, after)]
    for (what, old), (_what, new) in zip(choices_words(before), choices_words(after), strict=True):
        if old != new:
            found.append(ChangeWords("changed", what, _("was %(old)s, nu %(new)s") % {"old": old, "new": new}))
    return found


def _changed(each: Changed) -> ChangeWords:
    shown = each.after or each.before
    assert shown is not None
    name, where = subject_name(shown.standard.subject), where_words(shown)
    if each.before is None or each.after is None:
        words = entry_words(0, shown)
        return ChangeWords("new" if each.before is None else "gone", name, where, words.tiers)
    old, new = each.before.standard, each.after.standard
    details = []
    if each.holds_elsewhere:
        details.append(_("gold voor: %(where)s") % {"where": where_words(each.before)})
    for before, after in each.tiers:
        if before is None and after is not None:
            details.append(_("erbij: %(tier)s") % {"tier": tier_words(after, new.quantity)})
        elif after is None and before is not None:
            details.append(_("eraf: %(tier)s") % {"tier": tier_words(before, old.quantity)})
        elif before is not None and after is not None:
            told = {"old": tier_words(before, old.quantity), "new": tier_words(after, new.quantity)}
            details.append(_("was: %(old)s; nu: %(new)s") % told)
    return ChangeWords("changed", name, where, tuple(details or [_("de treden staan in een andere volgorde")]))


def _moments(moments: Sequence[str]) -> str:
    if not moments:
        return _("elke toets")
    return _("%(moments)s-toets") % {"moments": _listed([*(f"{m}-" for m in moments[:-1]), moments[-1]])}


def _grades(grades: Sequence[int] | None) -> str:
    if not grades:
        return _("alle groepen")
    if len(grades) > 2 and all(b == a + 1 for a, b in pairwise(grades)):
        return _("groep %(first)s t/m %(last)s") % {"first": grades[0], "last": grades[-1]}
    return _("groep %(grades)s") % {"grades": _listed([str(grade) for grade in grades])}


def _who(standard: Standard, codes: Sequence[str] = ()) -> str:
    if standard.destination:
        name = _listed([destinations.label(code, language()) for code in codes or (standard.destination,)])
        return _("leerlingen met bestemming %(name)s") % {"name": name}
    return _("leerlingen met extra ondersteuning") if standard.scope == "care" else ""


def _own_dle(ends: tuple[float, float] | None) -> str:
    if ends is None:
        return ""
    low, high = ends
    told = {"from": number(low), "below": number(high)}
    if low <= 0:
        return _("tot een eigen DLE van %(below)s") % told
    if high >= OPEN_END:
        return _("vanaf een eigen DLE van %(from)s") % told
    return _("eigen DLE van %(from)s tot %(below)s") % told


def _listed(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s en %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}
