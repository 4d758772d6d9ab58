"""One pupil in the rosters of several school years: when group 3 was started, and what contradicts itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from leercirkel.core.calendar import school_year_label
from leercirkel.core.didactic_age import Group3Start, first_year_in_group3
from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.problems import Problem, shorten

GRADES = {str(grade): grade for grade in range(1, 9)}
"""EDEXML grade code → grade; every other code (S, N, C …) is no grade."""


def by_pupil(rosters: Sequence[Roster]) -> dict[str, list[tuple[Roster, Pupil]]]:
    """Key → the pupil in each roster, oldest school year first."""
    found: dict[str, list[tuple[Roster, Pupil]]] = defaultdict(list)
    for roster in sorted(rosters, key=lambda r: r.school_year):
        for pupil in roster.pupils:
            found[pupil.key].append((roster, pupil))
    return found


def starts_of_group3(rosters: Sequence[Roster]) -> tuple[dict[str, Group3Start], list[Problem]]:
    """Key → when group 3 was started, by `core.didactic_age.first_year_in_group3` from all rosters together.

    Of the dates of starting group 3 and of birth the newest roster's holds; a date that cannot be is a warning.
    """
    starts: dict[str, Group3Start] = {}
    problems = []
    for key, history in by_pupil(rosters).items():
        delivered = [(r, p) for r, p in history if p.start_group3 is not None]
        born = next((p.birth_date for _, p in reversed(history) if p.birth_date is not None), None)
        grades = [(r.school_year, GRADES.get(p.grade or "")) for r, p in history]
        start = first_year_in_group3(grades, delivered[-1][1].start_group3 if delivered else None, born)
        starts[key] = start
        if delivered and start.source != "delivered":
            roster, pupil = delivered[-1]
            message = f"Leerling {shorten(key, 20)} is op deze datum te jong of te oud om in groep 3 te beginnen."
            advice = "Kijk de geboortedatum en het begin van groep 3 na. De datum is niet gebruikt."
            problems.append(Problem("warning", roster.file, "start-group3-unlikely", message, advice, pupil.row,
                                    "start_ondw_jgr3", f"{pupil.start_group3:%d-%m-%Y}"))  # fmt: skip
    return starts, problems


def check_histories(rosters: Sequence[Roster]) -> list[Problem]:
    """Warnings for a key that has another birth date in a later year: most likely the number was used again."""
    problems = []
    for key, history in by_pupil(rosters).items():
        known: tuple[Roster, date] | None = None
        for roster, pupil in history:
            born = pupil.birth_date
            if born is None:
                continue
            if known is not None and known[1] != born:
                year = school_year_label(known[0].school_year)
                message = (f"Leerling {shorten(key, 20)} is hier geboren op {born:%d-%m-%Y}, in {year} op "
                           f"{known[1]:%d-%m-%Y}.")  # fmt: skip
                advice = "Kijk of het dezelfde leerling is; een leerlingnummer mag niet opnieuw worden gebruikt."
                problems.append(Problem("warning", roster.file, "birth-date-differs", message, advice, pupil.row,
                                        "geboortedatum", shorten(key, 20)))  # fmt: skip
                break
            known = roster, born
    return problems
