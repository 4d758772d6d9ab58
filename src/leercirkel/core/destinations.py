"""Where pupils go after primary school: ordered codes, Dutch labels and the direction of a change.

Special secondary education has three profiles: day care, work, and further education. The order is that of the demands
made; further education there (VSO_VERVOLGONDERWIJS) holds every diploma level and therefore has no place in it. See
`docs/domein/niveaus.md`.
"""

from __future__ import annotations

from typing import Literal

from leercirkel.core.text import squeezed

ORDER: tuple[str, ...] = (
    "VSO_DAGBESTEDING_BELEVING",
    "VSO_DAGBESTEDING_ACTIVITEIT",
    "VSO_DAGBESTEDING_ARBEIDSMATIG",
    "VSO_ARBEID",
    "PRO",
    "VMBO_BB",
    "VMBO_KB",
    "VMBO_GL_TL",
    "HAVO",
    "VWO",
)

NOT_COMPARABLE: tuple[str, ...] = ("VSO_VERVOLGONDERWIJS",)

DESTINATIONS: tuple[str, ...] = ORDER + NOT_COMPARABLE

LABELS: dict[str, str] = {
    "VSO_DAGBESTEDING_BELEVING": "vso-dagbesteding (belevingsgericht)",
    "VSO_DAGBESTEDING_ACTIVITEIT": "vso-dagbesteding (activiteitengericht)",
    "VSO_DAGBESTEDING_ARBEIDSMATIG": "vso-dagbesteding (arbeidsmatig)",
    "VSO_ARBEID": "vso-arbeid",
    "PRO": "praktijkonderwijs",
    "VMBO_BB": "vmbo-basis",
    "VMBO_KB": "vmbo-kader",
    "VMBO_GL_TL": "vmbo-gl/tl",
    "HAVO": "havo",
    "VWO": "vwo",
    "VSO_VERVOLGONDERWIJS": "vso-vervolgonderwijs",
}

LABELS_EN: dict[str, str] = {
    "VSO_DAGBESTEDING_BELEVING": "special day care (experience)",
    "VSO_DAGBESTEDING_ACTIVITEIT": "special day care (activities)",
    "VSO_DAGBESTEDING_ARBEIDSMATIG": "special day care (work-based)",
    "VSO_ARBEID": "special secondary (work)",
    "PRO": "practical education",
    "VMBO_BB": "vmbo-basic",
    "VMBO_KB": "vmbo-advanced",
    "VMBO_GL_TL": "vmbo-combined/theoretical",
    "HAVO": "havo",
    "VWO": "vwo",
    "VSO_VERVOLGONDERWIJS": "special secondary (further education)",
}
"""Short enough for a sentence; names without an English one stay (`GLOSSARY.md`)."""

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "VSO_DAGBESTEDING_BELEVING": (
        "vso dagbesteding beleving",
        "dagbesteding beleving",
        "belevingsgerichte dagbesteding",
        "dagbesteding belevingsgericht",
    ),
    "VSO_DAGBESTEDING_ACTIVITEIT": (
        "vso dagbesteding activiteit",
        "dagbesteding activiteit",
        "activiteitengerichte dagbesteding",
        "dagbesteding activiteitengericht",
    ),
    "VSO_DAGBESTEDING_ARBEIDSMATIG": ("dagbesteding arbeidsmatig", "arbeidsmatige dagbesteding"),
    "VSO_ARBEID": (
        "arbeid",
        "arbeidsmarkt",
        "vso arbeidsmarkt",
        "arbeidsmarktgericht",
        "vso arbeidsmarktgericht",
        "beschut werk",
    ),
    "PRO": ("pro", "praktijkschool"),
    "VMBO_BB": (
        "bb",
        "bbl",
        "basis",
        "vmbo b",
        "vmbo bb",
        "vmbo bbl",
        "basisberoepsgericht",
        "basisberoepsgerichte leerweg",
        "vmbo basisberoepsgericht",
        "vmbo basisberoepsgerichte leerweg",
    ),
    "VMBO_KB": (
        "kb",
        "kbl",
        "kader",
        "vmbo k",
        "vmbo kb",
        "vmbo kbl",
        "kaderberoepsgericht",
        "kaderberoepsgerichte leerweg",
        "vmbo kaderberoepsgericht",
        "vmbo kaderberoepsgerichte leerweg",
    ),
    "VMBO_GL_TL": (
        "gl/tl",
        "tl/gl",
        "gl",
        "tl",
        "gt",
        "mavo",
        "vmbo g",
        "vmbo t",
        "vmbo g/t",
        "vmbo gl",
        "vmbo tl",
        "vmbo tl/gl",
        "vmbo gemengde leerweg",
        "vmbo theoretische leerweg",
    ),
    "VWO": ("atheneum", "gymnasium"),
    "VSO_VERVOLGONDERWIJS": ("vso vervolg", "vervolgonderwijs", "vso diploma", "vso diplomagericht"),
}

_KNOWN: dict[str, str] = {
    squeezed(word): code for code in DESTINATIONS for word in (code, LABELS[code], *_SPELLINGS.get(code, ()))
}

_RANK: dict[str, int] = {code: i for i, code in enumerate(ORDER)}


def rank(code: str) -> int | None:
    """The place of a destination in the order, 0 the lowest; None for one that cannot be compared or is unknown."""
    return _RANK.get(code)


def label(code: str, language: Literal["nl", "en"] = "nl") -> str:
    """The name of a destination; for an unknown code the code itself."""
    return (LABELS_EN if language == "en" else LABELS).get(code, code)


def parse(text: str) -> str | None:
    """The code for a destination as people write it ("PrO", "vmbo gl/tl", "vmbo-kader"), or None.

    Learning support (lwoo) is no destination and is left off. A double advice ("basis/kader"), "dagbesteding" without
    its kind and "nog niet te bepalen" are None: nothing is guessed.
    """
    word = squeezed(text)
    return _KNOWN.get(word) or _KNOWN.get(word.removesuffix("lwoo").removesuffix("met"))


def direction(before: str, after: str) -> Literal["up", "down", "same"] | None:
    """Where a change of destination goes; None when one of the two has no place in the order."""
    if before == after:
        return "same"
    first, second = rank(before), rank(after)
    if first is None or second is None:
        return None
    return "up" if second > first else "down"
