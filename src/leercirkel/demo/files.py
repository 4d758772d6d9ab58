"""All files of an invented school, in the layouts that real systems export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np

from leercirkel.demo import bao_scores, exports, goals, interventions, lists, marks, norms, sbo_scores
from leercirkel.demo.careers import History, simulate
from leercirkel.demo.dirty import cards_csv, dirt
from leercirkel.demo.messages import carried, doorstroomtoetsen, uwlr_message
from leercirkel.demo.plans import plan
from leercirkel.demo.rosters import rosters
from leercirkel.demo.rounds import Round
from leercirkel.demo.schools import PROFILES, School
from leercirkel.demo.scores import Result
from leercirkel.exchange.edexml import writer

AUTHOR = "Leercirkel, verzonnen school"


def write_files(
    directory: Path,
    *,
    school: School,
    years: int,
    seed: int,
    last_school_year: int = 2026,
    messages: bool = True,
    dirty: bool = False,
) -> list[Path]:
    """Writes all files of an invented school, from rosters to interventions; returns the paths made.

    `years` school years up to and including `last_school_year` (2026: 2026-2027, whose newest round is M). The same
    arguments give the same bytes. The directory is made when it is not there; files of these names are overwritten.
    `messages` false: result tables for every year, and no UWLR message. `dirty`: with the faults of
    `demo.dirty`. Raises ValueError when `years` is less than 1.
    """
    if years < 1:
        raise ValueError("at least one school year")
    directory.mkdir(parents=True, exist_ok=True)
    made = []
    for name, data in _files(
        school, last_school_year - years + 1, last_school_year, seed, messages=messages, dirty=dirty
    ):
        path = directory / name
        path.write_bytes(data)
        made.append(path)
    return made


def simulated(school: School, first_year: int, last_year: int, seed: int) -> tuple[History, dict[str, Random]]:
    """Who was in which class in these years, and the chance for each other part of the school's files."""
    profile = PROFILES[school]
    # One stream of chance per part, so that a change in one part leaves the others as they were.
    parts = ("people", "scores", "marks", "staff", "former", "interventions", "lists", "doorstroomtoets", "guardians",
             "teams")  # fmt: skip
    streams = {part: Random(f"{school}-{seed}-{part}") for part in parts}  # noqa: S311  (invented people, no secrets)
    years = plan(profile, first_year, last_year, streams["people"])
    return simulate(profile, years, first_year, last_year, streams["people"]), streams


def _files(
    school: School, first_year: int, last_year: int, seed: int, *, messages: bool, dirty: bool
) -> Iterator[tuple[str, bytes]]:
    history, streams = simulated(school, first_year, last_year, seed)
    profile = history.profile
    programme = interventions.programme(history, streams["interventions"])
    results, pupil_marks, instruction = _results(history, seed, streams, programme)
    made = rosters(history, instruction, streams["staff"])
    taken, cards, plans = results, list[Result](), interventions.toml(programme)
    if dirty:
        wrong = dirt(history, _respelled_key(history))
        made, (taken, cards) = wrong.rosters(made), wrong.results(results)
        pupil_marks, plans = wrong.marks(pupil_marks), wrong.undertaken(plans)
    for roster in made:
        data = writer.write(roster, author=AUTHOR)
        yield roster.file, wrong.with_address(data) if dirty and roster is made[-1] else data
    if cards:
        yield f"avi-kaarten-{last_year}-{last_year + 1}.csv", cards_csv(cards)
    yield from _result_files(history, taken, messages=messages)
    if profile.kind == "bao":
        yield from doorstroomtoetsen(history, results, streams["doorstroomtoets"])
        yield from lists.method_tests(history, streams["lists"])
    yield from lists.observations(history, streams["lists"])
    yield "normen.toml", goals.standards_toml(profile, last_year).encode()
    yield "toetsen.toml", goals.calendar_toml(profile, range(first_year, last_year + 1)).encode()
    yield "kenmerken.csv", _marks_csv(pupil_marks).encode("utf-8-sig")
    yield "aanpakken.toml", plans.encode()
    yield "normtabel-demo-lvs.csv", exports.text_table(norms.HEADER, norms.rows(last_year)).encode("utf-8-sig")


def _results(
    history: History, seed: int, streams: dict[str, Random], programme: interventions.Programme
) -> tuple[list[Result], list[marks.Mark], dict[tuple[int, str, str], str]]:
    generator = np.random.default_rng([seed, history.profile.first_key])
    if history.profile.kind == "bao":
        model = bao_scores.build_model(history, generator)
        start = dict(zip((p.key for p in model.pupils), model.ability.mean(axis=1).tolist(), strict=True))
        results = bao_scores.generate(model, streams["scores"], generator, programme)
        return results, marks.for_bao(model, start), model.routes
    sbo = sbo_scores.build_model(history, generator)
    results = sbo_scores.generate(sbo, streams["scores"], programme)
    results += sbo_scores.from_former_schools(history, streams["former"])
    return results, marks.for_sbo(sbo, streams["marks"]), _instruction(history, sbo)


def _instruction(history: History, model: sbo_scores.SboModel) -> dict[tuple[int, str, str], str]:
    """The instruction groups on the day of each roster: those of the last half-year before it."""
    out: dict[tuple[int, str, str], str] = {}
    for year in range(history.first_year, history.last_year + 1):
        round_ = Round(year, "M" if year == history.last_year else "E")
        seats = [s for s in history.in_year(year) if s.present_on(round_.window[1])]
        found = sbo_scores.instruction_groups(model, round_, seats)
        out |= {(year, key, subject): name for (key, subject), name in found.items()}
    return out


def _result_files(history: History, results: Sequence[Result], *, messages: bool) -> Iterator[tuple[str, bytes]]:
    """Recent years as semicolon files, the year before them as a UWLR message with what that cannot hold beside it,
    earlier ones as workbooks; AVI of all but the recent years apart in a wide one."""
    last = history.last_year
    layouts = exports.Layouts(_respelled_key(history))
    for year in range(history.first_year, last + 1):
        own = [r for r in results if r.seat.school_year == year]
        name = f"resultaten-{year}-{year + 1}"
        if year >= last - 1:
            encoding = "utf-8-sig" if year == last else "cp1252"
            yield f"{name}.csv", exports.csv_bytes(layouts.canonical(), own, encoding)
        elif messages and year == last - 2:
            tests = [r for r in own if r.instrument != "AVI"]
            yield f"{name}.xml", uwlr_message(history, year, [r for r in tests if carried(r)])
            others = exports.csv_bytes(layouts.canonical(), [r for r in tests if not carried(r)], "utf-8-sig")
            yield f"niet-gemaakt-{year}-{year + 1}.csv", others
        else:
            yield f"{name}.xlsx", exports.workbook_of(layouts.workbook(), [r for r in own if r.instrument != "AVI"])
    old_avi = [r for r in results if r.instrument == "AVI" and r.seat.school_year < last - 1]
    if old_avi:
        header, rows = layouts.wide_avi(old_avi)
        span = f"{history.first_year}-{last - 1}"
        yield f"resultaten-avi-{span}.xlsx", exports.workbook_bytes(header, rows)


def _respelled_key(history: History) -> str:
    """A pupil of the last year, in the middle of the school, whose first name is spelled in two ways."""
    return next(s.pupil.key for s in history.in_year(history.last_year) if s.grade == 6)


def _marks_csv(pupil_marks: Sequence[marks.Mark]) -> str:
    rows = (
        (
            mark.pupil.key,
            f"{mark.since:%d-%m-%Y}",
            f"{mark.until:%d-%m-%Y}" if mark.until else "",
            mark.destination or "",
            mark.care,
            mark.reason,
        )
        for mark in pupil_marks
    )
    return exports.text_table(("leerlingnummer", "vanaf", "tot", "bestemming", "zorg", "reden"), rows)
