"""Invented people: names from several corners of the country's schools, birth dates by school career.

Surnames are put together from syllables and belong to nobody; every character exists in Windows-1252, because real
exports still use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

Gender = Literal["male", "female"]


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil as a person. `key` is the leerlingnummer: unique within the school and never used again."""

    key: str
    surname: str
    prefix: str | None
    first_name: str
    initials: str
    birth_date: date
    gender: Gender


@dataclass(frozen=True, slots=True)
class _Origin:
    boys: tuple[str, ...]
    girls: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    prefixes: tuple[str | None, ...] = (None,)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DUTCH = _Origin(
    _words(
        "Daan Sem Bram Luuk Finn Jesse Thijs Lars Mees Stijn Tijn Gijs Ruben Sven Teun Jens Koen Niels Tygo Siem Joris "
        "Boaz Floris Pepijn Dex Jaylin Kai Milan Noud Olaf Pim Rens Sam Timo Valentijn Wout"
    ),
    _words(
        "Noor Mila Tess Sanne Fenna Evi Lotte Roos Julia Saar Lieke Anouk Femke Isa Jip Lynn Maud Nina Pleun Sophie "
        "Zoë Chloë Eline Fien Hannah Iris Jasmijn Kiki Loïs Merel Nikki Puck Rosa Suze Tirza Vera Yara"
    ),
    _words("Berk Riet Linde Hazel Kers Veen Duin Vlas Roer Water Elzen Wilgen Molen Zand Heide Kreken Essen Meer"),
    _words("veld kamp horst brink hof dijk stra mans huizen berg laar akker poel donk"),
    (None, None, None, None, "van", "van", "de", "van der", "van den", "ter"),
)
_ORIGINS = (
    _Origin(
        _words("Yusuf Emir Kerem Mert Efe Can Deniz Baran Ömer Hakan"),
        _words("Elif Zeynep Defne Azra Esma Nisa Selin Melek Ayla Sude"),
        _words("Demir Yil Kara Ak Gül Öz Tekin Sar"),
        _words("okan dizer bulaner sucan menoglu tasar"),
    ),
    _Origin(
        _words("Yassin Ilyas Amir Bilal Zakaria Ayoub Nassim Rayan Ismaïl Soufian"),
        _words("Yasmine Amina Inaya Salma Hafsa Nour Ines Malak Rania Sara"),
        _words("Bena Tahi Zouh Amra Lakh Mess Hadd Ouar"),
        _words("rouni louki maadi tari bouzi ziani"),
        (None, "el", None),
    ),
    _Origin(
        _words("Jayden Shaquille Dion Rodney Jermaine Quincy Ryan Gianni"),
        _words("Shanaya Naomi Chayenne Kimora Jahzara Priya Anjali Destiny"),
        _words("Wijn Paro Kwasi Ram Som Blijd Groen Pinas"),
        _words("gardie maribo naldo deo sarjoe enstein wijkers"),
    ),
    _Origin(
        _words("Jakub Filip Kacper Mateusz Igor Andrei Luca David"),
        _words("Zuzanna Maja Oliwia Natalia Ioana Bianca Wiktoria Nadia"),
        _words("Kowal Nowa Wisni Zielo Ion Pop Dumi Bort"),
        _words("inski wicz necki tescu lakova eanu"),
    ),
    _Origin(
        _words("Adam Omar Samir Hamza Abel Natnael Daniil Artem"),
        _words("Lina Maryam Hala Rahel Bethlehem Sofiia Daryna Layan"),
        _words("Khal Sham Haddo Tesf Gebre Mele Shev Bond"),
        _words("doura bakri amichael zghi marenko ariev"),
    ),
)


class Namer:
    """Hands out people with new keys; `other_share` is the share of families with another home language."""

    def __init__(self, rng: Random, other_share: float, boys_share: float, first_key: int) -> None:
        self._rng = rng
        self._other_share = other_share
        self._boys_share = boys_share
        self._next = first_key

    def person(self, turned_six_in: int) -> Person:
        """A new person who turned six in the twelve months before 1 October of the year `turned_six_in`."""
        rng = self._rng
        origin = rng.choice(_ORIGINS) if rng.random() < self._other_share else _DUTCH
        gender: Gender = "male" if rng.random() < self._boys_share else "female"
        first_name = rng.choice(origin.boys if gender == "male" else origin.girls)
        surname = rng.choice(origin.heads) + rng.choice(origin.tails)
        extra = rng.choice("ABCDEFGHJKLMNPRSTVW") if rng.random() < 0.4 else ""
        birth = date(turned_six_in - 7, 10, 1) + timedelta(days=rng.randrange(365))
        key = str(self._next)
        # Gaps as in a real register: numbers of children who were signed up and never came.
        self._next += 1 if rng.random() < 0.9 else 2
        return Person(key, surname, rng.choice(origin.prefixes), first_name, first_name[0] + extra, birth, gender)


def of_the_same_origin(person: Person) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    """The corner that this person's name comes from (0: Dutch), and first names of women and of men from there."""
    every = (_DUTCH, *_ORIGINS)
    of_names = [n for n, one in enumerate(every) if person.surname in {h + t for h in one.heads for t in one.tails}]
    number = of_names[0] if of_names else 0
    return number, every[number].girls, every[number].boys


def respelled(first_name: str) -> str:
    """The same first name as another system spells it (Yasmine → Jasmine, Daan → Daen): always different."""
    swaps = (("Y", "J"), ("ij", "y"), ("ie", "i"), ("k", "c"), ("ph", "f"), ("ë", "e"), ("aa", "ae"), ("a", "ah"))
    for old, new in swaps:
        if old in first_name:
            return first_name.replace(old, new, 1)
    return first_name + "e"
