"""The tiers of a standard: threshold or factor, and the share of pupils that is to reach it."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

from leercirkel.core import levels, reading, reference
from leercirkel.core.levels import LEVEL_RANKS
from leercirkel.core.reading import AVI_LEVELS
from leercirkel.core.reference import REFERENCE_RANKS
from leercirkel.core.standards import QUANTITIES, Tier
from leercirkel.exchange.problems import shorten
from leercirkel.exchange.toml_tables import Table, check_keys, is_number, item_table, one_of, text_of

TIER_FIELDS = ("name", "threshold", "dl_factor", "target_share")
MAX_TIERS = 12

# Labels that may be a threshold. "<1F" is below the lowest, so nobody can fail to reach it.
LABELS: dict[str, tuple[str, ...]] = {
    "level": tuple(label for ranks in LEVEL_RANKS.values() for label in ranks),
    "avi": AVI_LEVELS,
    "reference": tuple(label for label, rank in REFERENCE_RANKS.items() if rank > 0),
}
KINDS = {"level": "niveau", "avi": "AVI-niveau", "reference": "referentieniveau"}
MAX_DLE = 60
_PERCENTAGE = re.compile(r"\s*([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*(%?)\s*")


def read_tiers(table: Table, quantity: str | None, subject: str | None) -> tuple[Tier, ...] | None:
    """The tiers of one `[[standard]]`, or None when one of them is wrong; every fault is added to the table's problems.

    `quantity` None (unknown): thresholds are not checked. "1S/2F" is 1S or 2F by `subject`.
    """
    found = table.values.get("tiers")
    example = 'Bijvoorbeeld: tiers = [{name = "basis", threshold = 20, target_share = 0.75}]'
    if found is None or found == []:
        table.error("tiers-missing", "er staat geen enkele trede (tiers).", example, "tiers")
        return None
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found) or len(found) > MAX_TIERS:
        table.error("tiers-form", f"tiers hoort een lijst van 1 tot {MAX_TIERS} treden te zijn.", example, "tiers")
        return None
    before = len([p for p in table.problems if p.severity == "error"])
    tiers = [_read_tier(_row_of(table, item, index), quantity, subject) for index, item in enumerate(found)]
    names = [t.name for t in tiers if t is not None]
    for name in sorted({n for n in names if names.count(n) > 1}):
        table.error("tier-twice", f'de trede "{shorten(name, 30)}" staat er twee keer.',
                    "Geef elke trede een eigen naam.", "tiers")  # fmt: skip
    if len([p for p in table.problems if p.severity == "error"]) > before:
        return None
    whole = tuple(t for t in tiers if t is not None)
    if quantity is not None:
        _check_order(table, whole, quantity)
    return whole


def _row_of(table: Table, values: dict[str, Any], index: int) -> Table:
    name = values.get("name")
    word = f'trede "{shorten(name, 30)}"' if isinstance(name, str) and name.strip() else f"trede {index + 1}"
    return item_table(table, "tiers", index, values, word)


def _read_tier(table: Table, quantity: str | None, subject: str | None) -> Tier | None:
    check_keys(table, TIER_FIELDS)
    name = table.values.get("name")
    if not isinstance(name, str) or not name.strip():
        table.error("tier-name", "de naam (name) ontbreekt.", 'Bijvoorbeeld: name = "basis"', "name", name)
        name = None
    share = _share(table)
    threshold, factor = table.values.get("threshold"), table.values.get("dl_factor")
    if (threshold is None) == (factor is None):
        which = "geen van beide" if threshold is None else "allebei"
        table.error("threshold-or-factor", f"er hoort threshold of dl_factor te staan; nu {which}.",
                    "threshold is een vaste drempel; dl_factor maal de didactische leeftijd is een meegroeiende.",
                    "threshold")  # fmt: skip
        return None
    if factor is not None:
        number = _factor(table, factor, quantity)
        ok = number is not None and name is not None and share is not None
        return Tier(name.strip(), share, dl_factor=number) if ok and name and share is not None else None
    limit = _threshold(table, threshold, quantity, subject) if quantity else None
    if limit is None or name is None or share is None:
        return None
    return Tier(name.strip(), share, threshold=limit)


def _share(table: Table) -> float | None:
    share = table.values.get("target_share")
    advice = "Schrijf een aandeel van 0 tot en met 1, met een punt: 0.75 is driekwart van de leerlingen."
    if share is None:
        table.error("share-missing", "het streefaandeel (target_share) ontbreekt.", advice, "target_share")
        return None
    if not is_number(share):
        meant = _PERCENTAGE.fullmatch(share) if isinstance(share, str) else None
        if meant:
            number = float(meant[1].replace(",", "."))
            advice = f"Bedoelde u {number / 100 if number > 1 or meant[2] else number:g}? " + advice
        table.error("share-form", "het streefaandeel is geen getal.", advice, "target_share", share)
        return None
    if share == 0:
        table.report(
            "warning", "share-zero", "een streefaandeel van 0 is altijd gehaald.", advice, "target_share", share
        )
    if 0 <= share <= 1:
        return float(share)
    if 1 < share <= 100:
        advice = f"Bedoelde u {share / 100:g}? " + advice
    table.error("share-range", f"het streefaandeel {text_of(share)} ligt niet tussen 0 en 1.", advice, "target_share",
                share)  # fmt: skip
    return None


def _factor(table: Table, factor: object, quantity: str | None) -> float | None:
    if quantity not in ("score", "dle", None):
        table.error("factor-quantity", f"dl_factor kan niet bij {quantity}.", "Gebruik threshold, of quantity dle.",
                    "dl_factor", factor)  # fmt: skip
        return None
    if not is_number(factor) or not isinstance(factor, int | float) or factor <= 0:
        table.error("factor-form", "dl_factor hoort een getal boven 0 te zijn.", "Bijvoorbeeld: dl_factor = 0.45",
                    "dl_factor", factor)  # fmt: skip
        return None
    if quantity == "dle" and factor > 2:
        guess = f"Bedoelde u {factor / 100:g}?" if factor <= 100 else "Kijk de factor na."
        table.error("factor-range", f"met factor {text_of(factor)} ligt de drempel ver boven de didactische leeftijd.",
                    guess, "dl_factor", factor)  # fmt: skip
        return None
    return float(factor)


def _threshold(table: Table, value: object, quantity: str, subject: str | None) -> float | str | None:
    if quantity in LABELS:
        return _label(table, value, quantity, subject)
    if quantity not in QUANTITIES:
        return None
    if not is_number(value) or not isinstance(value, int | float):
        hint = "Schrijf het getal zonder aanhalingstekens en met een punt: threshold = 20"
        if isinstance(value, str) and any(value.strip() in labels for labels in LABELS.values()):
            hint = 'Bij een niveau hoort quantity = "level", bij AVI quantity = "avi", bij 1F of 2F "reference".'
        table.error("threshold-number", f"bij quantity {quantity} hoort de drempel een getal te zijn.", hint,
                    "threshold", value)  # fmt: skip
        return None
    if quantity == "dle" and not 0 <= value <= MAX_DLE:
        table.error("threshold-range", f"een DLE van {text_of(value)} bestaat niet.",
                    "Een DLE loopt van 0 tot en met 60.",
                    "threshold", value)  # fmt: skip
        return None
    return float(value)


def _label(table: Table, value: object, quantity: str, subject: str | None) -> str | None:
    known = LABELS[quantity]
    if isinstance(value, str) and len(value) < 40:
        if quantity == "reference":
            label = reference.parse(value, subject)
        else:
            label = levels.parse(value) if quantity == "level" else reading.parse(value)
        if label in known:
            return label
    hint = "" if isinstance(value, str) else " Zet het tussen aanhalingstekens."
    table.error("threshold-label", f"{text_of(value)} is geen bekend {KINDS[quantity]}.",
                f"Bekend zijn: {one_of(known)}.{hint}", "threshold", value)  # fmt: skip
    return None


def _rank(tier: Tier, quantity: str) -> tuple[str, float]:
    """(scale, place): only tiers on the same scale can be compared."""
    if tier.dl_factor is not None:
        return "factor", tier.dl_factor
    if not isinstance(tier.threshold, str):
        return "number", tier.threshold or 0.0
    if quantity == "level":
        return levels.scale_and_rank(tier.threshold)
    if quantity == "avi":
        return quantity, reading.avi_rank(tier.threshold)
    return quantity, reference.reference_rank(tier.threshold)


def _check_order(table: Table, tiers: tuple[Tier, ...], quantity: str) -> None:
    """Fewer pupils reach a higher threshold, so a higher threshold with a higher share is most likely a slip."""
    for one, two in combinations(tiers, 2):
        (scale, first), (other_scale, second) = _rank(one, quantity), _rank(two, quantity)
        if scale != other_scale or first == second:
            continue
        high, low = (one, two) if first > second else (two, one)
        if high.target_share > low.target_share:
            message = (f'de hogere trede "{shorten(high.name, 30)}" vraagt meer leerlingen ({high.target_share:g}) '
                       f'dan de lagere "{shorten(low.name, 30)}" ({low.target_share:g}).')  # fmt: skip
            advice = "Kijk of de drempels of de aandelen verwisseld zijn."
            table.report("warning", "tiers-order", message, advice, "tiers")
