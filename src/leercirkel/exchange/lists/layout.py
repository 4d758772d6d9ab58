"""A list as a teacher keeps it: long (a row per pupil and goal) or wide (a row per pupil, a column per goal).

What holds for the whole list may stand above it (“vak”, “blok”, “datum”, each with its value beside it) or in a column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from leercirkel.core.records import dataclass
from leercirkel.core.text import squeezed
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.small_tables import read_rows
from leercirkel.exchange.tables.headers import field_of
from leercirkel.exchange.tables.layout import Sheet

MAX_ENTRIES: Final = 200_000
MAX_TEXT: Final = 200
ROWS_ABOVE: Final = 30
PUPIL: Final = ("leerlingnummer", "leerlingnr", "leerling nr", "lln.nr", "llnr", "ll nummer", "leerlingcode", "nummer")
_PERSONAL: Final = frozenset({"surname", "prefix", "first_name", "name", "birth_date", "grade"})
"""Columns that a list may have for its readers; nothing of them is used."""
_NUMBERED: Final = re.compile(r'^="(.*)"$')


@dataclass(frozen=True, slots=True)
class Layout:
    """What a kind of list is called by: our name → the other spellings.

    `item`: the column of a long list that names the goal; `value`: the column with what came of it; `told`: what holds
    for a row or for the whole list; `needed`: of `told`, without which no row counts.
    """

    item: Mapping[str, tuple[str, ...]]
    value: Mapping[str, tuple[str, ...]]
    told: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...]

    def role(self, title: str) -> tuple[str, str] | None:
        """ "pupil", "item", "value" or "told" with our name of the column, or None for any other title."""
        word = squeezed(title)
        if word in {squeezed(w) for w in PUPIL}:
            return "pupil", PUPIL[0]
        for role, names in (("item", self.item), ("value", self.value), ("told", self.told)):
            for name, spellings in names.items():
                if word in {squeezed(w) for w in (name, *spellings)}:
                    return role, name
        return None


METHOD_TESTS: Final = Layout(
    item={"doel": ("leerdoel", "toetsdoel", "onderdeel")},
    value={"goed_procent": ("percentage goed", "procent goed", "percentage", "procent", "goed", "% goed", "score",
                            "resultaat")},
    told={"vak": ("vakgebied",), "blok": ("hoofdstuk", "thema", "blok/thema"),
          "datum": ("afnamedatum", "toetsdatum", "afgenomen op"), "groep": ("klas", "stamgroep")},
    needed=("vak", "blok", "datum"),
)  # fmt: skip

OBSERVATIONS: Final = Layout(
    item={"domein": ("gebied", "ontwikkelingsgebied", "onderdeel")},
    value={"fase": ("stadium", "ontwikkelingsfase", "score", "beoordeling", "niveau")},
    told={"lijst": ("observatielijst", "instrument"), "datum": ("observatiedatum", "geobserveerd op"),
          "moment": ("meetmoment", "periode"), "groep": ("klas", "stamgroep")},
    needed=("lijst", "datum"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One filled cell: of which pupil, on which goal, with what stands above or beside it. `title`: its column."""

    row: int
    title: str
    pupil: str
    item: str
    value: str
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entries:
    """All filled cells. `sheet`: they come from a workbook, where a percentage may be a fraction and a date a count."""

    entries: tuple[Entry, ...]
    sheet: bool


def kind_of(sheet: Sheet) -> Layout | None:
    """Which kind of list a table is, or None for ordinary results. Of results a test, a score or a level is told."""
    titles = list(sheet.headers.values())
    words = {squeezed(title) for title in titles}
    words |= {squeezed(cell.partition(":")[0]) for row in sheet.above for cell in row}
    first = sheet.frame.columns[1] if sheet.frame.width > 1 else None
    if first is not None:  # without a known header the first row above the list was taken for it
        words |= {squeezed(cell.partition(":")[0]) for cell in sheet.frame[first].head(ROWS_ABOVE).drop_nulls()}
    if {"toets", "instrument", "toetsnaam", "vaardigheidsscore", "dle", "avi"} & words:
        return None
    if {"lijst", "observatielijst"} & words:
        return OBSERVATIONS
    goals = {squeezed(w) for w in ("doel", *METHOD_TESTS.item["doel"][:2])}
    if {"blok", "hoofdstuk"} & words or (goals & words and squeezed("goed_procent") in words):
        return METHOD_TESTS
    return None


def read(data: bytes, name: str, layout: Layout) -> tuple[Entries | None, list[Problem]]:
    """Every filled cell of a list, or None with the reason. Never raises."""
    cells, problems = read_rows(data, name)
    if cells is None:
        return None, problems
    rows = [[" ".join((cell or "").split()) for cell in row] for row in cells.rows]
    header = next((i for i, row in enumerate(rows[:ROWS_ABOVE]) if any(_is_pupil(layout, c) for c in row)), None)
    if header is None:
        message = "Er is geen rij met kolomnamen gevonden: de kolom leerlingnummer ontbreekt."
        advice = "Zet boven de leerlingen een rij met leerlingnummer en daarnaast de kolommen."
        return None, [*problems, Problem("error", name, "column-missing", message, advice, None, "leerlingnummer")]
    above = _above(rows[:header], layout)
    columns, faults = _columns(rows[header], layout, name, header + 1)
    problems += faults
    absent = [key for key in layout.needed if key not in above and key not in columns.told]
    for key in absent:
        message = f"Er staat nergens een {key}."
        advice = f'Zet boven de lijst "{key}" met de waarde ernaast, of maak een kolom {key}.'
        problems.append(Problem("error", name, "column-missing", message, advice, header + 1, key))
    # a column that stands there twice is an error too, but what is in the cells can be told in the same breath
    if absent or any(p.severity == "error" and p.code != "column-twice" for p in faults):
        return None, problems
    body = rows[header + 1 :]
    if len(body) * max(len(columns.items), 1) > MAX_ENTRIES:
        message = f"Deze lijst heeft meer dan {MAX_ENTRIES} cellen; dat is geen lijst van één groep."
        return None, [*problems, Problem("error", name, "too-many-cells", message, "Controleer het bestand.")]
    entries, faults = _entries(body, header + 2, columns, above, name)
    problems += faults
    if not entries:
        problems.append(Problem("error", name, "no-rows", "Onder de kolomnamen is niets ingevuld.",
                                "Kies een gevuld bestand.", header + 1))  # fmt: skip
        return None, problems
    return Entries(tuple(entries), cells.sheet), problems


def doubtful(problems: Collection[Problem]) -> bool:
    """Whether columns of a list stand there twice: its cells are looked over, and none of them counts."""
    return any(problem.code == "column-twice" for problem in problems)


@dataclass(frozen=True, slots=True)
class _Columns:
    pupil: int
    told: dict[str, int]
    item: int | None  # of a long list
    items: dict[int, str]  # column → its title: the one value column of a long list, every goal of a wide one


def _is_pupil(layout: Layout, title: str) -> bool:
    return len(title) <= MAX_TEXT and layout.role(title) == ("pupil", PUPIL[0])


def _is_item(layout: Layout, title: str) -> bool:
    role = layout.role(title)
    return role is not None and role[0] == "item"


def _above(rows: Sequence[Sequence[str]], layout: Layout) -> dict[str, str]:
    """What stands above the list: "vak" with "rekenen" beside it, or "vak: rekenen" in one cell."""
    found: dict[str, str] = {}
    for row in rows:
        filled = [cell for cell in row if cell]
        if not filled:
            continue
        title, _, rest = filled[0].partition(":")
        value = rest.strip() or (filled[1] if len(filled) > 1 else "")
        role = layout.role(title[:MAX_TEXT])
        if role is not None and role[0] == "told" and value:
            found.setdefault(role[1], value)
    return found


def _columns(titles: Sequence[str], layout: Layout, name: str, row: int) -> tuple[_Columns, list[Problem]]:
    problems: list[Problem] = []
    known: dict[str, int] = {}
    roles: dict[str, str] = {}
    others: dict[int, str] = {}
    again: dict[int, str] = {}
    for place, title in enumerate(titles):
        if not title:
            continue
        role = layout.role(title[:MAX_TEXT])
        twice = role is not None and role[1] in known
        if twice or (role is None and title.casefold() in {other.casefold() for other in others.values()}):
            message = f'De kolom "{shorten(title, 30)}" staat er twee keer.'
            problems.append(Problem("error", name, "column-twice", message, "Geef elke kolom een eigen naam.", row,
                                    shorten(title, 30)))  # fmt: skip
            if role is None or role[0] in ("item", "value"):
                again[place] = title
        elif role is not None:
            known[role[1]], roles[role[1]] = place, role[0]
        elif len(title) > MAX_TEXT:
            message = f"Deze kolomnaam is langer dan {MAX_TEXT} tekens."
            problems.append(
                Problem("error", name, "cell-too-long", message, "Kort de naam in.", row, shorten(title, 30))
            )
        elif field_of(title) not in _PERSONAL:
            others[place] = title
    told = {key: place for key, place in known.items() if roles[key] == "told"}
    item = next((known[key] for key in layout.item if key in known), None)
    value = next(((known[key], key) for key in layout.value if key in known), None)
    if item is not None and value is None and any(_is_item(layout, t) for t in again.values()):
        others[item], item = titles[item], None  # two goals of a wide list that are both called "doel"
    if item is not None and value is None:
        expected = next(iter(layout.value))
        problems.append(Problem("error", name, "column-missing", f"De kolom {expected} ontbreekt.",
                                f"Voeg de kolom {expected} toe.", row, expected))  # fmt: skip
    if item is None and value is not None:  # "score" as the one goal of a wide list
        others[value[0]] = titles[value[0]]
    if item is None:
        others |= again
    items = {value[0]: titles[value[0]]} if item is not None and value is not None else others
    if item is None and not items:
        message = f"Er is geen kolom {next(iter(layout.item))} en geen kolom per {next(iter(layout.item))}."
        problems.append(Problem("error", name, "column-missing", message, "Geef elk doel een eigen kolom.", row))
    if item is not None:
        problems += [
            Problem("notice", name, "column-unknown", f'De kolom "{title}" is niet gebruikt.', "U hoeft niets te doen.",
                    row, title)
            for title in (shorten(other, 30) for other in list(others.values())[:20])
        ]  # fmt: skip
    return _Columns(known[PUPIL[0]], told, item, items), problems


def _entries(
    body: Sequence[Sequence[str]], first: int, columns: _Columns, above: Mapping[str, str], name: str
) -> tuple[list[Entry], list[Problem]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, row in enumerate(body, first):
        found = _NUMBERED.sub(r"\1", row[columns.pupil])
        filled = [(place, title) for place, title in columns.items.items() if row[place]]
        if not filled:
            continue
        if not found or len(found) > MAX_TEXT:
            message = "In deze rij staat geen leerlingnummer; zij telt niet mee."
            advice = "Vul het leerlingnummer in, of laat dit zo bij een rij met gemiddelden."
            problems.append(Problem("warning", name, "pupil-missing", message, advice, number, "leerlingnummer"))
            continue
        told = dict(above) | {key: row[place] for key, place in columns.told.items() if row[place]}
        for place, title in filled:
            item = title if columns.item is None else row[columns.item]
            entries.append(Entry(number, title, found, item, row[place], told))
    return entries, problems


def distinct(entries: Collection[Entry], key: str) -> set[str]:
    """The different texts under `key` in what is told of the entries."""
    return {text for entry in entries if (text := entry.told.get(key)) is not None}
