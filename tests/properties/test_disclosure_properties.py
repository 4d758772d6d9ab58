"""Whatever the school: from reports for the board nothing follows about fewer than five pupils."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from tests.support.boards import STANDARDS, YEARS, Files, classes, published, schools
from tests.support.disclosure import FEW, School, by_measure, follows, leaks, place, told_by

from leercirkel.analysis.disclosure import crossings_of, for_board
from leercirkel.analysis.model import OverviewCell, SchoolReport
from leercirkel.documents.json_report import to_json


def quiet(examples: int) -> Any:
    """No shrinking: each step of it makes a whole report again."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), phases=phases)


def board_of(files: Files, **more: Any) -> SchoolReport:
    report = files.for_board(**more)
    if report is None:
        assume(False)
        raise AssertionError
    return report


def attacker(files: Files) -> School:
    return School(files.inputs(), STANDARDS, care_two_below=files.care_two_below)


@quiet(40)
@given(schools())
def test_nothing_follows_about_fewer_than_five_pupils(files: Files) -> None:
    report = board_of(files)

    assert leaks(told_by(attacker(files), report)) == []


@quiet(20)
@given(schools())
def test_nothing_follows_from_reports_of_other_rounds_and_other_years_together(files: Files) -> None:
    # two measurements in a row rest on other years' files: then reports of one set of files are looked at
    years = () if files.care_two_below else YEARS
    reports = [
        board_of(files),
        files.for_board(school_year=2024),
        files.for_board(moment="M"),
        *(files.of_years(year).for_board() for year in years),
    ]
    school = attacker(files)

    found = leaks(one for report in reports if report for one in told_by(school, report))

    assert found == []


@quiet(20)
@given(schools(most=24))
def test_no_withheld_cell_follows_from_what_is_told(files: Files) -> None:
    report, whole = board_of(files), files.report()
    school = attacker(files)
    sets = by_measure(told_by(school, report))
    told = {_name(c) for c in (*report.overview, *report.totals)}

    for cell in (*whole.overview, *whole.totals):
        column = (cell.school_year, cell.moment, cell.subject, cell.instrument, cell.version)
        pupils = school.counted(column, **place(school, cell))
        if _name(cell) not in told and 0 < len(pupils) < FEW:
            assert not any(
                follows(of, pupils)
                for measure, of in sets.items()
                if (measure.column, measure.what) == (column, "counted")
            )


@quiet(30)
@given(schools())
def test_every_cell_of_the_team_is_told_or_named_as_withheld(files: Files) -> None:
    report, whole = board_of(files), files.report()
    told = {_name(c) for c in (*report.overview, *report.totals)}
    named = {tuple(w.key.get(n) for n in _NAME) for w in report.withheld if w.kind in ("overview", "totals")}
    groups = {c.group for c in report.overview} | {g.group for g in report.growth}
    groups |= {y.group for y in report.learning_yield}

    for cell in (*whole.overview, *whole.totals):
        assert _name(cell) in told | named or cell.group not in groups
    assert not told & named


@quiet(30)
@given(schools())
def test_a_board_reads_no_figure_of_fewer_than_five_pupils(files: Files) -> None:
    report = board_of(files)

    for cell in (*report.overview, *report.totals):
        assert cell.counted == 0 or cell.counted >= FEW <= cell.expected
        assert cell.mean is None or (cell.mean_of or 0) >= FEW
        assert all(tier.counted >= FEW for tier in cell.tiers)
        if cell.counted:
            assert (cell.expected, cell.missing, cell.not_taken) == (cell.counted, 0, {})
        assert set(cell.not_taken) <= {"other"}
    assert not {a.template for a in report.answers} & {"Z07", "Z08"}
    for point in (p for t in report.grade_trend for p in t.points):
        assert point.counted >= FEW
        assert point.judged == 0 or point.judged >= FEW
    for trend in report.grade_trend:
        years = {p.school_year for p in trend.points}
        assert all(years.issuperset(pool.school_years) for pool in trend.pools)
    assert all(g.counted >= FEW and g.mean is None for g in report.growth)
    assert all(y.counted == 0 or y.counted >= FEW for y in report.learning_yield)
    assert report.cohort_trend == ()


def twice_below(care: dict[str, int]) -> Files:
    """Three moments of three groups of twelve; of each so many pupils who were below the line at the first two."""
    taken, seats = [], []
    for grade, (group, few) in enumerate(care.items(), start=4):
        for number in range(12):
            pupil = f"{group}-{number:02}"
            for year, moment, day in ((2024, "M", 18), (2024, "E", 18), (2025, "M", 18)):
                on = date(year + 1, 1 if moment == "M" else 6, day)
                score = 10.0 if number < few else 25.0
                base = {"pupil": pupil, "school_year": year, "taken_on": on, "moment": moment, "version": "1"}
                taken.append(base | {"score": score})
            for year in (2024, 2025):
                seat = {"pupil": pupil, "school_year": year, "group": group, "grade": grade}
                seats.append(seat | {"first_year_in_group3": year - grade + 3})
    return Files(tuple(taken), tuple(seats), care_two_below=True)


@pytest.mark.parametrize(
    ("care", "school_told"),
    [({"A": 3, "B": 0, "C": 0}, False), ({"A": 6, "B": 3, "C": 0}, True), ({"A": 2, "B": 1, "C": 3}, True)],
)
def test_pupils_with_care_by_two_measurements_below_are_protected(care: dict[str, int], school_told: bool) -> None:
    files = twice_below(care)
    team, report = files.report(), board_of(files)

    told = [(c.group, t.counted) for c in (*report.overview, *report.totals) for t in c.tiers if t.scope == "care"]

    of_team = {c.group: t.counted for c in team.overview for t in c.tiers if t.scope == "care"}
    assert of_team == {group: few for group, few in care.items() if few}
    assert told == ([(None, sum(care.values()))] if school_told else [])
    assert leaks(told_by(attacker(files), report)) == []


def test_without_who_is_a_care_pupil_by_two_measurements_no_figure_of_care_pupils_is_told() -> None:
    """Parts of the columns that were counted in another way than the report say nothing of what follows from it."""
    files = twice_below({"A": 8, "B": 7, "C": 6})
    team = files.report()

    def tiers(care_two_below: bool) -> int:
        parts = crossings_of(files.inputs(), STANDARDS, team.method.main_tiers, care_two_below=care_two_below)
        out = for_board(team, parts, standards=STANDARDS)
        assert len(out.overview) == len(team.overview)
        return sum(t.scope == "care" for c in (*out.overview, *out.totals) for t in c.tiers)

    assert (tiers(True), tiers(False)) == (4, 0)


def only_small_cells_hidden(report: SchoolReport) -> SchoolReport:
    """What goes wrong without protecting cells: every small one is left out, and nothing else."""
    kept = tuple(c for c in report.overview if c.counted >= FEW and c.expected >= FEW)
    return replace(report, overview=kept, grade_trend=())


def test_hiding_small_cells_alone_leaks_and_the_attacker_sees_it() -> None:
    files = classes({"Groep 5": (5, 14), "Groep 6": (6, 12), "Groep 7": (7, 3)})
    school, report = attacker(files), files.report()

    naive = leaks(told_by(school, only_small_cells_hidden(report)))

    assert any("Groep 7-00" in leak for leak in naive)
    assert leaks(told_by(school, board_of(files))) == []


@quiet(25)
@given(schools())
def test_the_attacker_finds_what_hiding_small_cells_alone_gives_away(files: Files) -> None:
    board_of(files)
    school, report = attacker(files), files.report()
    naive = only_small_cells_hidden(report)
    for cell in report.overview:
        column = (cell.school_year, cell.moment, cell.subject, cell.instrument, cell.version)
        same = [c for c in report.overview if _name(c)[:5] == column]
        total = next(c for c in report.totals if _name(c)[:5] == column)
        alone = [c for c in same if c not in naive.overview] == [cell] and not any("/" in str(c.group) for c in same)
        if alone and 0 < cell.counted < FEW and total in naive.totals:
            assert leaks(told_by(school, naive))


SIZES = st.lists(st.integers(1, 9), min_size=2, max_size=4)


@quiet(15)
@given(SIZES)
def test_for_every_withheld_cell_other_results_give_the_same_report(sizes: list[int]) -> None:
    """No result of a withheld cell is certain: a school where two pupils have each other's score reports the same."""
    files = classes({f"5{'abcd'[i]}": (5, n) for i, n in enumerate(sizes)} | {"6": (6, 12)})
    report, whole = board_of(files), files.report()
    told = {_name(c) for c in report.overview}
    withheld = {str(c.group) for c in whole.overview if _name(c) not in told}

    for group in withheld:
        other = _with_another_score(files, group, withheld)
        if other is not None:
            was, now = (next(c for c in f.report().overview if c.group == group) for f in (files, other))
            assert (was.mean, was.tiers) != (now.mean, now.tiers)
            assert _seen(board_of(other)) == _seen(report)
    assert len(withheld) != 1


def _seen(report: SchoolReport) -> Any:
    """The report as a reader sees it, without the last digits that depend on the order of adding."""
    return json.loads(to_json(report), parse_float=lambda text: round(float(text), 9))


def _with_another_score(files: Files, group: str, withheld: set[str]) -> Files | None:
    """The school where a pupil of this group and one of another withheld group of its grade have each other's score, on
    different sides of the line; None when all are on one side. The grade as a whole may be told."""
    others = {other for other in withheld - {group} if other[0] == group[0]}
    inside = [i for i, row in enumerate(files.taken) if row["pupil"].startswith(f"{group}-")]
    outside = [i for i, row in enumerate(files.taken) if row["pupil"].split("-")[0] in others]
    for one in inside:
        for two in outside:
            a, b = files.taken[one], files.taken[two]
            if (a["score"] >= 20) != (b["score"] >= 20) and (a["score"] >= 30) == (b["score"] >= 30):
                taken = list(files.taken)
                taken[one], taken[two] = a | {"score": b["score"]}, b | {"score": a["score"]}
                return replace(files, taken=tuple(taken))
    return None


@quiet(40)
@given(schools(), st.integers(0, 12), st.randoms(use_true_random=False))
def test_nothing_follows_from_a_report_and_the_one_after_late_results(files: Files, late: int, dice: Any) -> None:
    missing = set(dice.sample(range(len(files.taken)), min(late, len(files.taken))))
    before = replace(files, taken=tuple(r for i, r in enumerate(files.taken) if i not in missing))
    first = board_of(before)
    second = board_of(files, earlier=(published(first),))
    kept = {tuple(k.key.values()) for k in second.kept if k.kind == "column"}
    then, now = attacker(before), attacker(files)

    new = [one for one in told_by(now, second) if one.measure.column not in kept]
    found = leaks([*told_by(then, first), *new])

    assert found == []


@quiet(20)
@given(schools(), st.integers(0, 3))
def test_a_report_with_few_late_results_tells_the_same_as_before(files: Files, late: int) -> None:
    assume(len(files.taken) > late)
    before = replace(files, taken=files.taken[: len(files.taken) - late])
    first = board_of(before)
    second = board_of(files, earlier=(published(first),))

    old = {_name(c): c for c in (*first.overview, *first.totals)}
    columns = {name[:5] for name in old}
    for cell in (*second.overview, *second.totals):
        if _name(cell)[:5] in columns:
            assert cell == old[_name(cell)]


_NAME = ("school_year", "moment", "subject", "instrument", "version", "group", "grade")


def _name(cell: OverviewCell) -> tuple[Any, ...]:
    return tuple(getattr(cell, name) for name in _NAME)
