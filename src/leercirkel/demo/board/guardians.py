"""Who cares for the pupils of an invented school, and with what authority: the list that a school keeps itself.

Shares stand in `_SHARES`; one secret address and one order that forbids contact are planted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from leercirkel.demo.careers import Pupil
from leercirkel.demo.people import Gender, of_the_same_origin

_SHARES = (("together", 0.62), ("apart", 0.24), ("one", 0.11), ("guardian", 0.03))
"""Two parents at one address, two at two, one parent, a legal guardian (voogd) with foster parents."""

_STREETS = (
    "Rietzoom", "Wilgenkade", "Merelhof", "Lisdodde", "Waterhoen", "Vlonderpad", "Kiekendief", "Zeggeveld",
    "Oeverloper", "Duikelaar",
)  # fmt: skip
_LANGUAGES = {1: "Turks", 2: "Arabisch", 4: "Pools", 5: "Tigrinya"}
"""Origin of the family → language of the interpreter, for those who need one."""
_INTERPRETER = 0.3
_LATER_UNKNOWN = 0.1
"""Share of parents who live elsewhere of whom the school has not written down whether they have authority."""


@dataclass(frozen=True, slots=True)
class Guardian:
    """What one guardian is to one pupil. `authority`: yes, no or unknown; `relation` as the list says it."""

    key: str
    first_name: str
    prefix: str | None
    surname: str
    relation: str
    authority: str
    lives_with: bool
    phone: str
    address: str
    secret_address: bool = False
    no_contact: bool = False
    interpreter: str = ""


def guardians(pupils: Sequence[Pupil], rng: Random) -> Iterator[tuple[Pupil, Guardian]]:
    """The guardians of each pupil, in the order of the pupils. Twins have the same ones."""
    households: dict[tuple[str, date], list[Pupil]] = {}
    for pupil in pupils:
        households.setdefault((pupil.person.surname, pupil.person.birth_date), []).append(pupil)
    kinds = _kinds(len(households), rng)
    number = 0
    planted = {"secret", "no contact"}
    for kind, children in zip(kinds, households.values(), strict=True):
        found = list(_of_household(kind, children[0], number, rng))
        number += len(found)
        if kind == "apart" and "secret" in planted:
            planted.discard("secret")
            found[0] = replace(found[0], secret_address=True, address="")
        elif kind == "apart" and "no contact" in planted:
            planted.discard("no contact")
            found[1] = replace(found[1], no_contact=True, authority="no")
        for child in children:
            yield from ((child, guardian) for guardian in found)


def _kinds(count: int, rng: Random) -> list[str]:
    kinds = [kind for kind, share in _SHARES[1:] for _ in range(max(1, round(share * count)))]
    kinds += [_SHARES[0][0]] * (count - len(kinds))
    rng.shuffle(kinds)
    return kinds


def _of_household(kind: str, child: Pupil, number: int, rng: Random) -> Iterator[Guardian]:
    person = child.person
    origin, mothers, fathers = of_the_same_origin(person)
    home, elsewhere = _address(rng), _address(rng)
    language = _LANGUAGES.get(origin, "") if rng.random() < _INTERPRETER else ""

    def one(gender: Gender, relation: str, authority: str, *, lives_with: bool) -> Guardian:
        nonlocal number
        number += 1
        name = rng.choice(mothers if gender == "female" else fathers)
        same = gender == "male" or rng.random() < 0.4
        surname, prefix = (person.surname, person.prefix) if same else rng.choice(_SURNAMES)
        address = home if lives_with else elsewhere
        phone = f"06-0000{number:04d}"
        return Guardian(
            f"O{number:04d}", name, prefix, surname, relation, authority, lives_with, phone, address,
            interpreter=language,
        )  # fmt: skip

    if kind == "guardian":
        yield one("female", "voogd", "yes", lives_with=False)
        yield one("female", "pleegouder", "no", lives_with=True)
        return
    yield one("female", "ouder", "yes", lives_with=True)
    if kind == "together":
        yield one("male", "ouder", "yes", lives_with=True)
    elif kind == "apart":
        authority = "unknown" if rng.random() < _LATER_UNKNOWN else "yes"
        yield one("male", "ouder", authority, lives_with=False)


_SURNAMES: tuple[tuple[str, str | None], ...] = (
    ("Lindehof", None), ("Zeebrink", None), ("Veenstra-Hoek", None), ("Roerdonk", "van"), ("Heidekamp", "ter"),
    ("Molendijk-Poel", None), ("Okanmeer", None), ("Tahirouni", "el"), ("Kowalsbeek", None), ("Sombergen", "van den"),
)  # fmt: skip


def _address(rng: Random) -> str:
    return f"{rng.choice(_STREETS)} {rng.randrange(1, 180)}, Kadewijk"
