"""The three invented schools as data: sizes, movement, missing results. All names and numbers are invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["sbo", "bao"]
School = Literal["sbo", "bao", "bao-units"]


@dataclass(frozen=True, slots=True)
class Missing:
    """Chance per expected test that it is not taken, by reason. Just arrived follows from the enrolment date."""

    ill: float
    too_hard: float
    exempt: float
    just_arrived_days: int


@dataclass(frozen=True, slots=True)
class Profile:
    """One school. `grades`: pupils per grade on 1 October of the last school year; `groups`: class name and size.

    `boys`, `other_language`: shares. `repeated_before`, `longer_kleuter`: shares of the pupils who came with that
    history. `no_start_date`: share whose start of group 3 the school does not know. `units`: two grades together, in
    combination classes, with instruction groups over the unit. `level`: where the mean pupil stands in the norm group,
    in SDs. `newcomers`: pupils who are new to the language.
    """

    kind: Kind
    name: str
    school: str
    first_key: int
    grades: dict[int, int]
    groups: tuple[tuple[str, int], ...]
    subjects: tuple[str, ...]
    boys: float
    other_language: float
    repeated_before: float
    longer_kleuter: float
    no_start_date: float
    missing: Missing
    units: bool = False
    level: float = 0.0
    newcomers: int = 0


SBO = Profile(
    kind="sbo",
    name="SBO De Kantelaar",
    school="99XX00",
    first_key=2101,
    grades={1: 2, 2: 4, 3: 10, 4: 15, 5: 19, 6: 21, 7: 22, 8: 22},
    groups=(
        ("Mussen", 12),
        ("Merels", 13),
        ("Spechten", 14),
        ("Uilen", 15),
        ("Reigers", 15),
        ("Valken", 15),
        ("Kraanvogels", 15),
        ("Zwaluwen", 16),
    ),
    subjects=("rekenen", "begrijpend_lezen", "technisch_lezen", "spelling", "woordenschat"),
    boys=0.66,
    other_language=0.5,
    repeated_before=0.22,
    longer_kleuter=0.07,
    no_start_date=0.05,
    missing=Missing(ill=0.03, too_hard=0.012, exempt=0.008, just_arrived_days=28),
)

BAO = Profile(
    kind="bao",
    name="Basisschool De Pluimgaard",
    school="99YY00",
    first_key=4011,
    grades={1: 17, 2: 18, 3: 27, 4: 26, 5: 29, 6: 28, 7: 31, 8: 32},
    groups=(),
    subjects=("rekenen", "begrijpend_lezen", "technisch_lezen", "spelling", "taalverzorging", "woordenschat"),
    boys=0.5,
    other_language=0.25,
    repeated_before=0.05,
    longer_kleuter=0.08,
    no_start_date=0.0,
    missing=Missing(ill=0.017, too_hard=0.004, exempt=0.004, just_arrived_days=28),
)

UNITS = Profile(
    kind="bao",
    name="Basisschool Het Regenwiel",
    school="99ZZ00",
    first_key=6007,
    grades={1: 20, 2: 20, 3: 27, 4: 29, 5: 30, 6: 28, 7: 28, 8: 26},
    groups=(),
    subjects=("rekenen", "begrijpend_lezen", "technisch_lezen", "spelling", "taalverzorging", "woordenschat"),
    boys=0.5,
    other_language=0.45,
    repeated_before=0.07,
    longer_kleuter=0.08,
    no_start_date=0.0,
    missing=Missing(ill=0.017, too_hard=0.004, exempt=0.004, just_arrived_days=28),
    units=True,
    level=-0.18,
    newcomers=3,
)

PROFILES: dict[School, Profile] = {"sbo": SBO, "bao": BAO, "bao-units": UNITS}

FORMER_GROUP_NAME = ("Kraanvogels", "Ooievaars")
"""The class that changed its name in November of the last school year, and what it was called until then."""
