"""Rosters of one school, one per school year → the enrolments frame: who sat in which group, from when until when.

Rules: docs/domein/leertijd.md (school year, didactic age) and docs/domein/edexml.md (leavers, combination groups).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from leercirkel.core.calendar import school_year_end, school_year_label, school_year_start
from leercirkel.core.didactic_age import Group3Start
from leercirkel.exchange.edexml.model import Pupil, Roster
from leercirkel.exchange.following import identity, with_safe_keys
from leercirkel.exchange.histories import GRADES, check_histories, starts_of_group3
from leercirkel.exchange.problems import Problem, shorten

SCHEMA: dict[str, Any] = {
    "school": pl.String,
    "pupil": pl.String,
    "school_year": pl.Int32,
    "group": pl.String,
    "grade": pl.Int32,
    "from": pl.Date,
    "until": pl.Date,
    "first_year_in_group3": pl.Int32,
    "dl_estimated": pl.Boolean,
}
"""`analysis.frames.ENROLMENTS` in the dtypes of Polars."""

FORMER = "H"


def enrolments(rosters: Sequence[Roster]) -> tuple[pl.DataFrame, list[Problem]]:
    """The enrolments frame (exactly `analysis.frames.ENROLMENTS`), sorted by year, group and pupil, and what is wrong.

    One row per pupil, school year and class: from the later of 1 August and the enrolment day, until the earlier of
    31 July and the leaving day, both included. No row: former pupils (left before 1 August, or grade "H") and pupils
    who come after 31 July. Instruction groups are no classes; a pupil without a class has group "". The grade is the
    pupil's own (1-8, else null), never that of the group. `first_year_in_group3` follows `core.didactic_age`.
    """
    kept, problems = prepared(rosters)
    names: dict[int, dict[str, str]] = {}
    for roster in kept:
        names[roster.school_year], faults = _group_names(roster)
        problems += faults
    problems += check_histories(kept)
    starts, faults = starts_of_group3(kept)
    problems += faults
    rows: list[dict[str, Any]] = []
    for roster in kept:
        groupless = []
        for pupil in _unique(roster.pupils):
            row = _row(roster, pupil, names[roster.school_year], starts)
            if row is not None:
                rows.append(row)
                if not row["group"]:
                    groupless.append(pupil)
        problems += _without_group(roster, groupless)
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("school_year", "group", "pupil")
    return frame, problems


def prepared(rosters: Sequence[Roster]) -> tuple[tuple[Roster, ...], list[Problem]]:
    """One roster per school year, oldest first, with keys that never join two children over the years.

    Of two rosters of the same year the later one holds (reference date, else day made, else order given), with a
    warning. A pupil whose key the supplier marks as not stable ("#001") is followed on name and birth date where that
    leaves no doubt, and else stays apart in each year (`following.with_safe_keys`); match results against these
    rosters, not the ones read.
    """
    problems: list[Problem] = []
    rosters = _one_school(rosters, problems)
    of_year: dict[int, list[Roster]] = defaultdict(list)
    for roster in rosters:
        of_year[roster.school_year].append(roster)
    kept = []
    for year in sorted(of_year):
        *older, newest = sorted(of_year[year], key=_made_on)  # stable: of two equals the one given last is newer
        kept.append(newest)
        problems += [_left_out(roster, newest) for roster in older]
    return with_safe_keys(kept, problems), problems


def _left_out(older: Roster, newest: Roster) -> Problem:
    """A second roster of one year is often of one building or group only: who stands nowhere else is counted."""
    keys = {pupil.key for pupil in newest.pupils if pupil.stable_key}
    names = {identity(pupil) for pupil in newest.pupils} - {None}
    only = [p for p in older.pupils if not (p.stable_key and p.key in keys) and identity(p) not in names]
    year = school_year_label(older.school_year)
    message = (
        f"Voor {year} zijn er twee leerlingenlijsten: {older.file} en {newest.file}. Alleen {newest.file} telt, de "
        f"nieuwste{f'; {_stand(len(only))} alleen in {older.file}' if only else ''}."
    )
    advice = "Exporteer de hele school in één bestand per schooljaar en laat het andere bestand weg."
    return Problem("warning", older.file, "roster-twice", message, advice, value=str(len(only)) if only else None)


def _stand(number: int) -> str:
    return "1 leerling staat" if number == 1 else f"{number} leerlingen staan"


def _made_on(roster: Roster) -> date:
    return roster.reference_date or roster.created_on or date.min


def _one_school(rosters: Sequence[Roster], problems: list[Problem]) -> list[Roster]:
    schools = Counter(roster.school for roster in rosters if roster.school)
    if len(schools) > 1:
        usual = schools.most_common(1)[0][0]
        for roster in rosters:
            if roster.school not in ("", usual):
                message = f"Dit bestand is van school {shorten(roster.school, 20)}, de andere zijn van {usual}."
                advice, value = "Maak per school een eigen rapport.", shorten(roster.school, 20)
                problems.append(Problem("error", roster.file, "several-schools", message, advice, value=value))
        return [replace(r, school=usual) if not r.school else r for r in rosters]
    school = next(iter(schools), "")
    for roster in rosters:
        if not roster.school:
            message = "In dit bestand staat niet van welke school het is" + (
                f"; aangenomen is {school}." if school else "."
            )
            problems.append(Problem("warning", roster.file, "school-unknown", message,
                                    "Kijk of het bestand van uw school is."))  # fmt: skip
    return [replace(r, school=school) if not r.school else r for r in rosters]


def _unique(pupils: Sequence[Pupil]) -> list[Pupil]:
    """The pupils, a key that stands in one file twice only once: the EDEXML reader has reported it."""
    return list({p.key: p for p in reversed(pupils)}.values())[::-1]


def _group_names(roster: Roster) -> tuple[dict[str, str], list[Problem]]:
    """Key → name of the classes; two classes of the same name get their keys behind it."""
    classes = [g for g in roster.groups if not g.mixed]
    count = Counter(g.name for g in classes)
    problems = []
    for name in sorted(n for n, times in count.items() if times > 1):
        message = f'Er zijn {count[name]} groepen die "{shorten(name, 30)}" heten.'
        advice = "In het rapport staat de groepscode erachter; geef de groepen liever een eigen naam."
        problems.append(Problem("warning", roster.file, "group-name-twice", message, advice, value=shorten(name)))
    return {g.key: g.name if count[g.name] == 1 else f"{g.name} ({g.key})" for g in classes}, problems


def _row(roster: Roster, pupil: Pupil, names: dict[str, str], starts: dict[str, Group3Start]) -> dict[str, Any] | None:
    first, last = school_year_start(roster.school_year), school_year_end(roster.school_year)
    since = max(first, pupil.enrolled_on or first)
    until = min(last, pupil.left_on or last)
    if pupil.grade == FORMER or until < since:
        return None
    start = starts[pupil.key]
    return {
        "school": roster.school,
        "pupil": pupil.key,
        "school_year": roster.school_year,
        "group": names.get(pupil.group or "", ""),
        "grade": GRADES.get(pupil.grade or ""),
        "from": since,
        "until": until,
        "first_year_in_group3": start.year,
        "dl_estimated": start.estimated and start.year is not None,
    }


def _without_group(roster: Roster, pupils: Sequence[Pupil]) -> list[Problem]:
    problems = []
    reasons: dict[bool, list[Pupil]] = defaultdict(list)
    mixed = {g.key for g in roster.groups if g.mixed}
    for pupil in pupils:
        reasons[pupil.group in mixed].append(pupil)
    for in_mixed, found in reasons.items():
        keys = ", ".join(shorten(p.key, 12) for p in found[:5]) + (" …" if len(found) > 5 else "")
        why = "alleen in een instructiegroep" if in_mixed else "in geen enkele groep"
        message = f"{len(found)} leerlingen zitten {why}." if len(found) > 1 else f"Eén leerling zit {why}."
        advice = "Zij tellen mee in de school, niet in een groep. Vul de groep in en maak de export opnieuw."
        problems.append(Problem("warning", roster.file, "pupil-without-group", message, advice, found[0].row, "groep",
                                keys))  # fmt: skip
    return problems
