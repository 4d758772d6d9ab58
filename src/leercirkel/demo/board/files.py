"""All files of the invented board: a folder per school, and what the board itself knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from leercirkel.core.text import squeezed
from leercirkel.demo.board.guardians import guardians
from leercirkel.demo.board.teams import Day, day_of, teams_toml
from leercirkel.demo.files import simulated, write_files
from leercirkel.demo.schools import PROFILES, School
from leercirkel.demo.team import Member, team
from leercirkel.exchange.small_tables import to_csv

BOARD, NUMBER = "Stichting Kadewijs", "99999"
SCHOOLS: tuple[School, ...] = ("sbo", "bao", "bao-units")

STAFF = ("personeelsnummer", "roepnaam", "voorvoegsel", "achternaam", "functie", "vanaf", "tot", "groepen", "invaller",
         "e-mail")  # fmt: skip
GUARDIANS = ("leerlingnummer", "oudernummer", "relatie", "roepnaam", "voorvoegsel", "achternaam", "gezag", "woont_bij",
             "e-mail", "telefoon", "adres", "geheim_adres", "contactverbod", "tolk")  # fmt: skip


def write_board(directory: Path, *, years: int, seed: int, last_school_year: int = 2026) -> list[Path]:
    """Writes the files of the board and its three schools; returns the paths made.

    Per school a folder with what `write_files` makes, and `personeel.csv`, `ouders.csv` and `teams.toml` as they are on
    the day of the demonstration. The same arguments give the same bytes.
    """
    directory.mkdir(parents=True, exist_ok=True)
    own = directory / "bestuur.toml"
    own.write_text(_board_toml(), encoding="utf-8")
    made = [_write_school(directory / school, school, years, seed, last_school_year) for school in SCHOOLS]
    return [own, *(path for paths in made for path in paths)]


def _write_school(folder: Path, school: School, years: int, seed: int, last_year: int) -> list[Path]:
    made = write_files(folder, school=school, years=years, seed=seed, last_school_year=last_year)
    for name, data in _of_school(school, last_year - years + 1, last_year, seed):
        path = folder / name
        path.write_bytes(data)
        made.append(path)
    return made


def _board_toml() -> str:
    lines = [f'name = "{BOARD}"', f'number = "{NUMBER}"']
    for school in SCHOOLS:
        profile = PROFILES[school]
        lines += [
            "", "[[school]]", f'folder = "{school}"', f'brin = "{profile.school[:4]}"',
            f'location = "{profile.school[4:]}"', f'name = "{profile.name}"', f'kind = "{profile.kind}"',
        ]  # fmt: skip
    return "\n".join([*lines, ""])


def _of_school(school: School, first_year: int, last_year: int, seed: int) -> Iterator[tuple[str, bytes]]:
    history, streams = simulated(school, first_year, last_year, seed)
    members = team(history.profile, last_year, streams["staff"])
    day = day_of(history, members)
    yield "personeel.csv", to_csv(STAFF, (_staff_row(member, day) for member in members))
    yield "ouders.csv", to_csv(GUARDIANS, _guardian_rows(day, streams))
    yield "teams.toml", teams_toml(day, streams["teams"]).encode()


def _staff_row(member: Member, day: Day) -> tuple[str, ...]:
    person = member.person
    taught = [name for place, name in enumerate(day.classes) if member.role is not None and member.teaches(place)]
    here = member.until is None or member.until >= day.today.replace(year=day.history.last_year, month=8, day=1)
    return (
        member.key, person.first_name, person.prefix or "", person.surname, member.function,
        f"{member.since:%d-%m-%Y}", f"{member.until:%d-%m-%Y}" if member.until else "",
        ", ".join(taught) if here else "", "ja" if member.substitute else "",
        f"{squeezed(person.first_name)}.{squeezed(person.surname)}@demo.invalid",
    )  # fmt: skip


def _guardian_rows(day: Day, streams: dict[str, Random]) -> Iterator[tuple[str, ...]]:
    yes_no = {True: "ja", False: "nee"}
    authority = {"yes": "ja", "no": "nee", "unknown": ""}
    for pupil, one in guardians([seat.pupil for seat in day.seats], streams["guardians"]):
        yield (
            pupil.key, one.key, one.relation, one.first_name, one.prefix or "", one.surname,
            authority[one.authority], yes_no[one.lives_with],
            f"{squeezed(one.first_name)}.{squeezed(one.surname)}@ouders.invalid", one.phone, one.address,
            yes_no[one.secret_address], yes_no[one.no_contact], one.interpreter,
        )  # fmt: skip
