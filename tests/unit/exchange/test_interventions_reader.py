"""Interventions and agreements from TOML: every field, every fault at once, and what other files say of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from tests.support.school import results

from leercirkel.analysis.model import Agreement
from leercirkel.core.interventions import Intervention, Observed
from leercirkel.exchange.edexml.model import Group, Pupil, Roster
from leercirkel.exchange.interventions import checks, members
from leercirkel.exchange.interventions.model import InterventionsFile
from leercirkel.exchange.interventions.reader import read
from leercirkel.exchange.problems import Problem

WHO = 'groups = ["Uilen"]'
DATES = "from = 2026-09-07\nuntil = 2027-01-08"


def one(*lines: str, name: str = 'name = "Lezen"', dates: str = DATES, who: str = WHO) -> bytes:
    return "\n".join(["[[intervention]]", name, 'subject = "rekenen"', dates, who, *lines]).encode()


def agreed(*lines: str) -> bytes:
    base = {"school_year": '"2025-2026"', "moment": '"M"', "text": '"elke dag oefenen"', "done": '"done"'}
    base |= dict(line.split(" = ", 1) for line in lines)
    return "\n".join(["[[agreement]]", *(f"{k} = {v}" for k, v in base.items() if v != "-")]).encode()


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in read(data, "aanpakken.toml")[1]]


def roster(**more: Any) -> Roster:
    pupils = (
        Pupil("1", True, grade="5", group="g1", instruction_groups=("i1",)), Pupil("2", True, grade="5", group="g1"),
        Pupil("3", True, grade="6", group="g2", instruction_groups=("i1",)),
    )  # fmt: skip
    groups = (Group("g1", "Uilen", "5"), Group("g2", "Valken", "6"), Group("i1", "rekenen 1", "", mixed=True))
    base: dict[str, Any] = {
        "school": "99XX00",
        "school_year": 2026,
        "groups": groups,
        "pupils": pupils,
        "file": "EDEX.xml",
    }
    bare = {"reference_date": None, "created_on": None, "staff": (), "locations": ()}
    return Roster(**(bare | base | more))


NO_RESULTS = results()


def file_of(*made: Intervention) -> InterventionsFile:
    return InterventionsFile(made, (), "aanpakken.toml", tuple(range(1, len(made) + 1)))


def intervention(**more: Any) -> Intervention:
    base: dict[str, Any] = {"name": "Lezen", "start": date(2026, 9, 7), "end": date(2027, 1, 8)}
    return Intervention(**(base | more))


def test_every_field_is_read() -> None:
    data = b"""carried_out_from = 0.75
[[intervention]]
name = "Voortgezet  lezen"
subject = "technisch lezen"
instrument = "DEMO"
from = "07-09-2026"
until = 2027-01-08
weeks_planned = 16
weeks_given = 15
groups = "Uilen"
instruction_groups = ["lezen 1"]
pupils = [2101, "2102"]
selected = "laagste"
observed = {goal = "leest mee", reached = 5, of = 8, observers = 2}
[[agreement]]
school_year = "2025-2026"
moment = "e"
text = "elke dag lezen"
done = "deels"
subject = "technisch_lezen"
group = "Uilen"
"""

    file, problems = read(data, "aanpakken.toml")

    assert problems == []
    assert file == InterventionsFile(
        (Intervention(
            "Voortgezet lezen", date(2026, 9, 7), date(2027, 1, 8), "technisch_lezen", "DEMO", 16, 15, ("Uilen",),
            ("lezen 1",), ("2101", "2102"), True, Observed("leest mee", 5, 8, 2),
        ),),
        (Agreement("2025-2026", "E", "elke dag lezen", "partly", "technisch_lezen", "Uilen"),),
        "aanpakken.toml", (2,), 0.75,
    )  # fmt: skip


def test_all_problems_are_told_at_once_with_their_lines() -> None:
    data = b"""carried_out_from = 50
[[intervention]]
nme = "Lezen"
subject = "technisch lezn"
from = 2026-09-07
until = 2026-01-01
weeks_planned = 3
weeks_given = 5
selected = "laagst"
observed = {goal = "x", reached = 9, of = 8}
[[agreement]]
school_year = 2025
moment = ["M", "E"]
text = ""
done = "gedan"
"""

    file, problems = read(data, "aanpakken.toml")

    assert file is None
    assert [(p.code, p.row) for p in problems] == [
        ("part-range", None), ("name-missing", 2), ("who-missing", 2), ("unknown-field", 3), ("subject-unknown", 4),
        ("dates-reversed", 6), ("weeks-given", 8), ("selected-unknown", 9), ("observed-count", 10),
        ("school-year-form", 12), ("moment-one", 13), ("text-missing", 14), ("done-unknown", 15),
    ]  # fmt: skip
    advice = {p.code: p.advice for p in problems}
    assert "0.5" in advice["part-range"]
    assert '"name"' in advice["unknown-field"]
    assert '"technisch_lezen"' in advice["subject-unknown"]
    assert '"2025-2026"' in advice["school-year-form"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (one(dates="until = 2027-01-08"), "from-missing"),
        (one(dates="from = 2026-13-01\nuntil = 2027-01-08"), "toml-syntax"),
        (one(dates='from = "vandaag"\nuntil = 2027-01-08'), "date-unreadable"),
        (one(dates="from = 2016-09-07\nuntil = 2027-01-08"), "dates-long"),
        (one("weeks_planned = -1"), "count-form"),
        (one("weeks_given = 1.5"), "count-form"),
        (one(who="groups = [1.5]"), "names-form"),
        (one(who="pupils = []"), "who-missing"),
        (one(who='pupils = ["1", "1"]'), "named-twice"),
        (one('observed = "x"'), "observed-form"),
        (one("observed = {reached = 1, of = 2}"), "goal-missing"),
        (one("observed = {goal = 'x', of = 2}"), "reached-missing"),
        (one("observed = {goal = 'x', reached = 1, of = 9}", who='pupils = ["1", "2"]'), "observed-more"),
        (one("selected = 1"), "selected-unknown"),
        (one() + b"\n" + one(), "intervention-twice"),
        (agreed("moment = -"), "moment-missing"),
        (agreed("school_year = -"), "school-year-missing"),
        (agreed("done = -"), "done-missing"),
        (agreed('done = "maybe"'), "done-unknown"),
        (agreed("doen = 1"), "unknown-field"),
        (b"school_name = 'x'", "no-intervention"),
    ],
)
def test_each_fault_has_its_own_record(data: bytes, code: str) -> None:
    assert code in codes(data)


def test_a_test_without_a_subject_and_nothing_to_measure_are_told() -> None:
    bare = b'[[intervention]]\nname = "SOVA"\nfrom = 2026-09-07\nuntil = 2026-12-04\ngroups = ["Uilen"]\n'

    assert codes(bare) == ["nothing-measured"]
    assert codes(bare + b'instrument = "DEMO"') == ["nothing-measured", "instrument-without-subject"]


def test_what_is_right_is_kept_beside_what_is_not() -> None:
    file, problems = read(one() + b"\n" + one("weeks_given = 'x'", name='name = "Ander"') + b"\n" + agreed(), "a.toml")

    assert file is not None
    assert [made.name for made in file.interventions] == ["Lezen"]
    assert (len(file.agreements), file.rows, len(problems)) == (1, (1,), 1)


def test_groups_are_written_as_in_the_roster_and_instruction_groups_become_pupils() -> None:
    made = intervention(groups=("uilen",), instruction_groups=("Rekenen 1",), pupils=("2",))

    (found,) = members.resolved(file_of(made), [roster()], NO_RESULTS)

    assert (found.groups, found.pupils) == (("Uilen",), ("2", "1", "3"))


def test_a_result_before_the_first_day_goes_before_the_roster() -> None:
    frame = results(
        {"pupil": "2", "taken_on": date(2026, 9, 1), "instruction_group": "rekenen 1"},
        {"pupil": "1", "taken_on": date(2026, 9, 1), "instruction_group": "rekenen 1"},
        {"pupil": "1", "taken_on": date(2026, 9, 15), "instruction_group": "rekenen 2"},
        {"pupil": "3", "taken_on": date(2027, 1, 20), "instruction_group": "rekenen 1"},
    )

    (found,) = members.resolved(
        file_of(intervention(subject="rekenen", instruction_groups=("rekenen 1",))), [roster()], frame
    )

    assert found.pupils == ("2", "3"), "the roster tells of pupil 3, of whom no result had said it by then"


def test_who_has_results_without_an_instruction_group_is_found_in_the_roster() -> None:
    frame = results(
        {"pupil": "1", "taken_on": date(2026, 9, 1)},
        {"pupil": "2", "taken_on": date(2026, 9, 1), "instruction_group": "rekenen 1"},
    )
    made = intervention(subject="rekenen", instruction_groups=("rekenen 1",))

    (found,) = members.resolved(file_of(made), [roster()], frame)

    assert found.pupils == ("1", "2", "3")
    (notice,) = told(made, frames=(frame,))
    assert (notice.severity, notice.code, notice.row) == ("notice", "instruction-group-from-roster", 1)
    assert notice.message.startswith("Van 1 leerling (van de 3) bij ")


def told(made: Intervention, *, frames: tuple[pl.DataFrame, ...] = ()) -> list[Problem]:
    return checks.who(file_of(made), [roster()], frames)


def test_groups_and_pupils_that_no_roster_has_are_warned_of() -> None:
    strange = told(intervention(groups=("Uiln", "Valken"), instruction_groups=("lezen 9",), pupils=("1", "99")))

    assert [(p.code, p.row, p.field, p.value) for p in strange] == [
        ("group-not-in-roster", 1, "groups", "Uiln"), ("group-not-in-roster", 1, "instruction_groups", "lezen 9"),
        ("pupil-not-in-roster", 1, "pupils", "99"),
    ]  # fmt: skip
    assert '"Uilen"' in strange[0].advice
    assert {p.severity for p in strange} == {"warning"}


def test_an_instruction_group_that_only_results_name_is_known() -> None:
    frame = results({"pupil": "1", "instruction_group": "Lezen 9"})

    assert told(intervention(instruction_groups=("lezen 9",)), frames=(frame,)) == []


def test_a_year_without_a_roster_and_a_subject_without_results_are_told() -> None:
    early = intervention(start=date(2020, 9, 7), end=date(2021, 1, 8), groups=("Uilen",), subject="rekenen")

    assert [p.code for p in told(early)] == ["intervention-year"]
    assert [p.code for p in checks.tests(file_of(early), {"spelling"})] == ["intervention-without-results"]
    assert checks.tests(file_of(early), {"rekenen"}) == []


def test_an_agreement_of_which_nobody_wrote_whether_it_was_done_is_told_and_left_out() -> None:
    file, problems = read(agreed("done = -") + b"\n" + agreed(), "a.toml")

    assert [(p.code, p.severity) for p in problems] == [("done-missing", "warning")]
    assert file is not None
    assert len(file.agreements) == 1


@pytest.mark.parametrize(
    ("more", "made_on", "expected"),
    [
        ({"weeks_planned": 12}, date(2027, 3, 2), ["intervention-not-evaluated"]),
        ({"weeks_planned": 12}, date(2027, 2, 5), []),
        ({"weeks_planned": 12, "weeks_given": 0}, date(2027, 3, 2), []),
        ({}, date(2027, 3, 2), []),
    ],
)
def test_an_intervention_long_past_without_given_weeks_was_never_looked_back_at(
    more: dict[str, Any], made_on: date, expected: list[str]
) -> None:
    newest = Roster("99XX00", 2026, made_on, None, (), ())

    assert [p.code for p in checks.evaluated(file_of(intervention(**more)), [newest])] == expected
