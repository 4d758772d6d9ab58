"""Rosters in a few words, for tests of plans: names instead of keys wherever that is clear."""

from __future__ import annotations

from datetime import date
from typing import Any

from leercirkel.exchange.edexml.model import Group, Pupil, Roster, Staff

MARCH = date(2027, 3, 2)
BORN = date(2016, 5, 4)


def line(name: str, group: str | None = "5", **more: Any) -> Pupil:
    """A pupil "Noor Berk": key "noor", in class and grade `group`, born on a day of the letters of the first name."""
    first, _, last = name.partition(" ")
    born = date(2016, 1 + len(first) % 12, 1 + sum(map(ord, first)) % 28)
    base: dict[str, Any] = {
        "key": first.lower(), "stable_key": True, "first_name": first, "surname": last or "Proef",
        "birth_date": born, "group": group, "grade": (group or "5")[0],
    }  # fmt: skip
    made = Pupil(**(base | more))
    return made if not made.key.startswith("#") else Pupil(**(base | more | {"stable_key": False}))


def teacher(name: str, *groups: str, **more: Any) -> Staff:
    """A member of staff: key and surname are the name."""
    return Staff(**({"key": name, "surname": name, "roles": ("LRK",), "groups": groups} | more))


def roster(*pupils: Pupil, year: int = 2026, day: date | None = None, **more: Any) -> Roster:
    """A roster of a school year, made on `day` (default: 2 March of it), with the classes that its pupils name."""
    day = day or date(year + 1, 3, 2)
    classes = dict.fromkeys(pupil.group for pupil in pupils if pupil.group)
    mixed = dict.fromkeys(key for pupil in pupils for key in pupil.instruction_groups)
    groups = [Group(key, f"groep {key}", key[0]) for key in classes] + [Group(key, key, "", True) for key in mixed]
    base: dict[str, Any] = {
        "school": "", "school_year": year, "reference_date": day, "created_on": day, "groups": tuple(groups),
        "pupils": pupils, "file": "EDEX.xml",
    }  # fmt: skip
    return Roster(**(base | more))
