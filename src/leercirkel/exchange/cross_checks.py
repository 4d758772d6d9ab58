"""What must hold between files: pupils that are known, tests and subjects that occur."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from leercirkel.core.subjects import label
from leercirkel.core.text import squeezed
from leercirkel.exchange import result_files, roster_checks, rosters
from leercirkel.exchange.contents import Contents
from leercirkel.exchange.interventions import checks as intervention_checks
from leercirkel.exchange.lists import matching as lists
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.tables import matching
from leercirkel.exchange.tables.holidays import taken_in
from leercirkel.exchange.toml_tables import suggestion


def between(contents: Contents) -> list[Problem]:
    """Everything that is wrong between the files; a check needs both of its kinds of files and is skipped otherwise."""
    found, problems = result_files.gathered([*contents.results, *contents.other_results])
    tables = found.tables
    results: list[pl.DataFrame] = []
    schools = sorted({roster.school for roster in contents.rosters})
    if len(schools) > 1:
        problems.append(_several_schools(contents, schools))
    for school in schools:
        _, told = rosters.enrolments([roster for roster in contents.rosters if roster.school == school])
        problems += told
        problems += roster_checks.told_of([roster for roster in contents.rosters if roster.school == school])
    if len(schools) == 1:
        kept, _ = rosters.prepared(contents.rosters)
        if tables:
            matched, told = matching.match(tables, kept)
            results = [matched]
            problems += told
        problems += lists.method_tests(found.method_tests, kept)[1]
        problems += lists.observations(found.observations, kept)[1]
    problems += marked_pupils(contents)
    for file in contents.interventions if len(schools) == 1 else ():
        problems += intervention_checks.evaluated(file, contents.rosters)
        problems += intervention_checks.who(file, kept, results)
    if tables:
        taken = pl.concat([table.frame.select("subject", "instrument") for table in tables])
        subjects = set(taken["subject"].drop_nulls().unique())
        instruments = set(taken["instrument"].drop_nulls().unique())
        problems += _standards(contents, subjects, instruments)
        problems += _calendars(contents, instruments)
        for _, calendar in contents.calendars:
            problems += taken_in(calendar.holidays, tables)
        problems += _norms(contents, instruments)
        for file in contents.interventions:
            problems += intervention_checks.tests(file, subjects)
            named = {i.instrument for i in file.interventions if i.instrument and i.subject in subjects}
            problems += _unknown_instruments(named, instruments, file.file, "de aanpakken")
    return problems + _marks_needed(contents)


def _several_schools(contents: Contents, schools: list[str]) -> Problem:
    """Looking files of several schools over together is fine; a report of them is not."""
    message = f"Deze leerlingenlijsten zijn van {len(schools)} scholen; elk is op zichzelf nagekeken."
    advice = "Kijk per school de lijsten samen met de resultaten na, en maak per school een eigen rapport."
    first = contents.rosters[0].file
    return Problem("warning", first, "several-schools", message, advice, None, None, shorten(", ".join(schools)))


def marked_pupils(contents: Contents) -> list[Problem]:
    """A warning per file of marks or guardians with pupils that are in no roster: what it tells of them counts
    nowhere."""
    known = {pupil.key for roster in contents.rosters for pupil in roster.pupils}
    told = [(name, set(marks["pupil"])) for name, marks in contents.marks]
    told += [(name, {line.pupil for line in lines}) for name, lines in contents.guardians]
    problems = []
    for name, pupils in told if contents.rosters else ():
        strange = sorted(pupils - known)
        if strange:
            shown = ", ".join(shorten(key, 12) for key in strange[:5]) + (" …" if len(strange) > 5 else "")
            message = f"{len(strange)} leerlingnummers staan in geen enkele leerlingenlijst."
            problems.append(Problem("warning", name, "pupil-not-in-roster", message,
                                    "Kijk de nummers na; het gaat om dezelfde nummers als in EDEXML.", None,
                                    "leerlingnummer", shown))  # fmt: skip
    return problems


def _standards(contents: Contents, subjects: set[str], instruments: set[str]) -> list[Problem]:
    problems = []
    for file in contents.standards:
        absent = sorted({s.subject for s in file.standards} - subjects)
        for subject in absent:
            message = f"Er zijn normen voor {label(subject)}, maar geen resultaten."
            advice = "Geef het resultatenbestand van dit vak ook mee, of laat dit zo."
            problems.append(Problem("notice", file.file, "standard-without-results", message, advice, None, "subject",
                                    subject))  # fmt: skip
        named = {s.instrument for s in file.standards if s.instrument and s.subject not in absent}
        problems += _unknown_instruments(named, instruments, file.file, "normen")
    return problems


def _calendars(contents: Contents, instruments: set[str]) -> list[Problem]:
    problems = []
    for name, calendar in contents.calendars:
        problems += _unknown_instruments({t.instrument for t in calendar.tests}, instruments, name, "de toetskalender")
    return problems


def _norms(contents: Contents, instruments: set[str]) -> list[Problem]:
    problems = []
    for name, tables in contents.norms:
        problems += _unknown_instruments({t.instrument for t in tables}, instruments, name, "de normtabellen")
    return problems


def _unknown_instruments(named: Iterable[str], taken: set[str], file: str, where: str) -> list[Problem]:
    """A test that no result has under that name would be missing for everybody, or never be judged."""
    problems = []
    for instrument in sorted(set(named) - taken):
        same = [other for other in sorted(taken) if squeezed(other) == squeezed(instrument)]
        folded = {other.casefold(): other for other in sorted(taken)}
        near = suggestion(instrument, folded)
        guess = same[0] if same else folded[near] if near else None
        message = f'De toets "{shorten(instrument, 40)}" in {where} komt in geen enkel resultaat voor.'
        advice = f'Bedoelde u "{shorten(guess, 40)}"?' if guess else "Schrijf de naam zoals in de resultaten."
        severity = "warning" if guess else "notice"
        problems.append(Problem(severity, file, "test-not-in-results", message, advice, None, "instrument",  # type: ignore[arg-type]
                                shorten(instrument)))  # fmt: skip
    return problems


def _marks_needed(contents: Contents) -> list[Problem]:
    """Norms for a destination or for care pupils judge nobody when no marks are given."""
    if contents.marks or not contents.rosters:
        return []
    problems = []
    for file in contents.standards:
        if any(s.scope != "all" for s in file.standards):
            message = "Er zijn normen per bestemming of voor zorgleerlingen, maar er is geen bestand met kenmerken."
            advice = "Geef kenmerken.csv ook mee; anders tellen deze normen voor niemand."
            problems.append(Problem("notice", file.file, "marks-needed", message, advice, None, "scope"))
    return problems
