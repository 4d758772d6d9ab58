"""Interventions against the other files: groups and pupils that a roster knows, subjects that have results."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import polars as pl

from leercirkel.core.calendar import school_year_label, school_year_of
from leercirkel.core.interventions import Intervention
from leercirkel.core.subjects import label
from leercirkel.core.text import squeezed
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.interventions.members import names_of, only_in_roster
from leercirkel.exchange.interventions.model import InterventionsFile
from leercirkel.exchange.problems import Problem, Severity, shorten
from leercirkel.exchange.toml_tables import suggestion


def who(file: InterventionsFile, rosters: Sequence[Roster], results: Sequence[pl.DataFrame]) -> list[Problem]:
    """A warning per group or set of pupils that the roster of the first day's school year does not have.

    Without a roster of that year there is one warning instead: nobody can be counted. `results` (matched with the
    rosters) are asked for instruction groups only; a notice tells where the roster had to say them.
    """
    of_year = {roster.school_year: roster for roster in rosters}
    taught = {squeezed(name) for frame in results for name in frame["instruction_group"].drop_nulls().unique()}
    problems: list[Problem] = []
    for made, row in zip(file.interventions, file.rows or [None] * len(file.interventions), strict=True):
        year = school_year_of(made.start)
        if year not in of_year:
            message = f'"{shorten(made.name, 40)}" begon in {school_year_label(year)}; van dat schooljaar is er geen '
            message += "leerlingenlijst."
            advice = "Geef de leerlingenlijst van dat jaar ook mee; anders telt bij deze aanpak niemand mee."
            problems.append(_problem("warning", file, row, "intervention-year", message, advice, "from"))
            continue
        problems += _groups(file, row, made, names_of(of_year, year, mixed=False), "groups", year)
        mixed = names_of(of_year, year, mixed=True) | {name: name for name in taught}
        problems += _groups(file, row, made, mixed, "instruction_groups", year)
        problems += _pupils(file, row, made, of_year[year])
        problems += _by_roster(file, row, made, of_year[year], results)
    return problems


def begun(file: InterventionsFile, by_hand: Collection[tuple[str, date]]) -> list[Problem]:
    """An error per intervention that was begun by hand under the same name and on the same day (`by_hand`): what was
    said of its weeks and its effect would be lost."""
    return [
        _problem(
            "error", file, row, "intervention-by-hand",
            f'"{shorten(made.name, 40)}" is met deze eerste dag al in een ronde begonnen.',
            "Haal deze aanpak uit het bestand, of geef hem een andere naam.", "name",
        )
        for made, row in zip(file.interventions, file.rows or [None] * len(file.interventions), strict=True)
        if (made.name, made.start) in by_hand
    ]  # fmt: skip


def _by_roster(
    file: InterventionsFile, row: int | None, made: Intervention, roster: Roster, results: Sequence[pl.DataFrame]
) -> list[Problem]:
    """A notice when results of that year exist that do not say in which instruction group their pupils were."""
    if not made.instruction_groups or not results:
        return []
    number, of = only_in_roster(made, roster, pl.concat(results))
    if not number:
        return []
    whose = "Van 1 leerling" if number == 1 else f"Van {number} leerlingen"
    message = f'{whose} (van de {of}) bij "{shorten(made.name, 40)}" noemen de resultaten van '
    message += f"{school_year_label(roster.school_year)} geen instructiegroep; die komt uit de leerlingenlijst."
    advice = "U hoeft niets te doen als de indeling in die leerlingenlijst klopt."
    return [_problem("notice", file, row, "instruction-group-from-roster", message, advice, "instruction_groups")]


LONG_PAST = timedelta(days=28)


def evaluated(file: InterventionsFile, rosters: Sequence[Roster]) -> list[Problem]:
    """A warning per intervention with planned weeks that ended four weeks before the newest roster was made, and of
    which nobody wrote how many weeks were given. Nothing is said without a dated roster."""
    dated = [day for roster in rosters if (day := roster.reference_date or roster.created_on) is not None]
    problems = []
    for made, row in zip(file.interventions, file.rows or [None] * len(file.interventions), strict=True):
        if not dated or made.weeks_planned is None or made.weeks_given is not None:
            continue
        if made.end + LONG_PAST < max(dated):
            message = f'"{shorten(made.name, 40)}" eindigde op {made.end:%d-%m-%Y}; hoeveel weken er zijn gegeven, '
            message += "staat er niet (weeks_given)."
            advice = "Kijk met het team terug en vul het in: anders is niet bekend of het is uitgevoerd."
            problems.append(
                _problem("warning", file, row, "intervention-not-evaluated", message, advice, "weeks_given")
            )
    return problems


def tests(file: InterventionsFile, subjects: set[str]) -> list[Problem]:
    """A notice per subject of an intervention that has no results."""
    problems = []
    for made, row in zip(file.interventions, file.rows or [None] * len(file.interventions), strict=True):
        if made.subject and made.subject not in subjects:
            message = f'"{shorten(made.name, 40)}" gaat over {label(made.subject)}; daarvan zijn er geen resultaten.'
            advice = "Geef het resultatenbestand van dit vak ook mee, of kijk het vak na."
            problems.append(_problem("notice", file, row, "intervention-without-results", message, advice, "subject"))
    return problems


def _groups(
    file: InterventionsFile, row: int | None, made: Intervention, known: dict[str, str], key: str, year: int
) -> list[Problem]:
    problems = []
    for name in made.groups if key == "groups" else made.instruction_groups:
        if squeezed(name) in known:
            continue
        near = suggestion(squeezed(name), known)
        kind = "groep" if key == "groups" else "instructiegroep"
        message = f'De {kind} "{shorten(name, 30)}" bij "{shorten(made.name, 40)}" is er in {school_year_label(year)} '
        advice = f'Bedoelde u "{shorten(known[near], 30)}"?' if near else "Schrijf de naam zoals in de leerlingenlijst."
        problems.append(
            _problem("warning", file, row, "group-not-in-roster", message + "niet.", advice, key, shorten(name))
        )
    return problems


def _pupils(file: InterventionsFile, row: int | None, made: Intervention, roster: Roster) -> list[Problem]:
    strange = sorted(set(made.pupils) - {pupil.key for pupil in roster.pupils})
    if not strange:
        return []
    shown = ", ".join(shorten(key, 12) for key in strange[:5]) + (" …" if len(strange) > 5 else "")
    number = "1 leerlingnummer staat" if len(strange) == 1 else f"{len(strange)} leerlingnummers staan"
    message = f'{number} bij "{shorten(made.name, 40)}" maar niet in de leerlingenlijst van '
    message += f"{school_year_label(roster.school_year)}."
    advice = "Kijk de nummers na; het gaat om dezelfde nummers als in EDEXML."
    return [_problem("warning", file, row, "pupil-not-in-roster", message, advice, "pupils", shown)]


def _problem(
    severity: Severity,
    file: InterventionsFile,
    row: int | None,
    code: str,
    message: str,
    advice: str,
    field: str,
    value: str | None = None,
) -> Problem:
    return Problem(severity, file.file, code, message, advice, row, field, value)
