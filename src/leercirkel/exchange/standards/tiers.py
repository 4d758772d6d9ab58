"""The tiers of a standard: threshold or factor, and the share of pupils that is to reach it."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

from leercirkel.core.standards import QUANTITIES, Tier
from leercirkel.exchange.problems import shorten
from leercirkel.exchange.toml_tables import Table, check_keys, is_number, item_table, one_of, text_of

TIER_FIELDS = ("name", "threshold", "dl_factor", "target_share")
MAX_TIERS = 12

# Low to high. Levels I-V and A-E are two systems with different cuts (docs/domein/toetsen.md); they never mix.
SCALES: dict[str, tuple[tuple[str, ...], ...]] = {
    "level": (("V", "IV", "III", "II", "I"), ("E", "D", "C", "B", "A")),
    "avi": (("Start", "M3", "E3", "M4", "E4", "M5", "E5", "M6", "E6", "M7", "E7", "Plus"),),
    "reference": (("1F", "1S", "2F"),),
}
MAX_DLE = 60


def read_tiers(table: Table, quantity: str | None) -> tuple[Tier, ...] | None:
    """The tiers of one `[[standard]]`, or None when one of them is wrong; every fault is added to the table's problems.

    `quantity` None (unknown): thresholds are not checked.
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
    tiers = [_read_tier(_row_of(table, item, index), quantity) for index, item in enumerate(found)]
    names = [t.name for t in tiers if t is not None]
    for name in sorted({n for n in names if names.count(n) > 1}):
        table.error("tier-twice", f'de trede "{shorten(name, 30)}" staat er twee keer.',
                    "Geef elke trede een eigen naam.", "tiers")  # fmt: skip
    if len([p for p in table.problems if p.severity == "error"]) > before:
        return None
    whole = tuple(t for t in tiers if t is not None)
    _check_order(table, whole, quantity)
    return whole


def _row_of(table: Table, values: dict[str, Any], index: int) -> Table:
    name = values.get("name")
    word = f'trede "{shorten(name, 30)}"' if isinstance(name, str) and name.strip() else f"trede {index + 1}"
    return item_table(table, "tiers", index, values, word)


def _read_tier(table: Table, quantity: str | None) -> Tier | None:
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
    limit = _threshold(table, threshold, quantity) if quantity else None
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
        table.error("share-form", "het streefaandeel is geen getal.", advice, "target_share", share)
        return None
    if 0 < share <= 1:
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


def _threshold(table: Table, value: object, quantity: str) -> float | str | None:
    if quantity in SCALES:
        return _label(table, value, quantity)
    if quantity not in QUANTITIES:
        return None
    if not is_number(value) or not isinstance(value, int | float):
        hint = "Schrijf het getal zonder aanhalingstekens en met een punt: threshold = 20"
        if isinstance(value, str) and any(value.strip() in labels for s in SCALES.values() for labels in s):
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


def _label(table: Table, value: object, quantity: str) -> str | None:
    labels = [label for scale in SCALES[quantity] for label in scale]
    if isinstance(value, str):
        word = re.sub(r"^AVI[\s\-]*", "", value.strip()[:40], flags=re.IGNORECASE)
        for label in labels:
            if word.casefold() == label.casefold():
                return label
    kind = {"level": "niveau", "avi": "AVI-niveau", "reference": "referentieniveau"}[quantity]
    hint = "" if isinstance(value, str) else " Zet het tussen aanhalingstekens."
    table.error("threshold-label", f"{text_of(value)} is geen bekend {kind}.", f"Bekend zijn: {one_of(labels)}.{hint}",
                "threshold", value)  # fmt: skip
    return None


def rank(quantity: str, threshold: float | str) -> tuple[int, float] | None:
    """Where a threshold stands: (scale, place); only thresholds on the same scale can be compared. None: unknown."""
    if not isinstance(threshold, str):
        return (-1, threshold)
    for number, labels in enumerate(SCALES.get(quantity, ())):
        if threshold in labels:
            return (number, float(labels.index(threshold)))
    return None


def _check_order(table: Table, tiers: tuple[Tier, ...], quantity: str | None) -> None:
    """Fewer pupils reach a higher threshold, so a higher threshold with a higher share is most likely a slip."""
    for one, two in combinations(tiers, 2):
        if (one.dl_factor is None) != (two.dl_factor is None):
            continue
        if one.dl_factor is not None and two.dl_factor is not None:
            first: tuple[int, float] | None = (-2, one.dl_factor)
            second: tuple[int, float] | None = (-2, two.dl_factor)
        else:
            first = rank(quantity or "", one.threshold or 0.0)
            second = rank(quantity or "", two.threshold or 0.0)
        if first is None or second is None or first[0] != second[0] or first[1] == second[1]:
            continue
        high, low = (one, two) if first[1] > second[1] else (two, one)
        if high.target_share > low.target_share:
            message = (f'de hogere trede "{shorten(high.name, 30)}" vraagt meer leerlingen ({high.target_share:g}) '
                       f'dan de lagere "{shorten(low.name, 30)}" ({low.target_share:g}).')  # fmt: skip
            table.report(
                "warning", "tiers-order", message, "Kijk of de drempels of de aandelen verwisseld zijn.", "tiers"
            )
