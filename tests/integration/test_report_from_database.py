"""A report on frames from the database is the report on the files: every cell, every sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import transaction
from tests.support import database

from leercirkel.analysis.model import SchoolReport
from leercirkel.analysis.report import Context, school_report
from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment.selectors import SchoolInputs, enrolments_frame, inputs_of, results_frame
from leercirkel.apps.demo.actions import load_board
from leercirkel.apps.insight.selectors import report_of
from leercirkel.apps.organisation.models import School
from leercirkel.cli import parser
from leercirkel.commands import making, small_files, tables, undertaken
from leercirkel.commands.files import in_order
from leercirkel.commands.making import SchoolFiles
from leercirkel.demo.board import write_board

SCHOOLS = {"sbo": "SBO De Kantelaar", "bao": "Basisschool De Pluimgaard", "bao-units": "Basisschool Het Regenwiel"}


BOUND = {"standards", "method"}
"""In the database standards are bound to school years, and files are not named."""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=4, seed=1)
    with django_db_blocker.unblock(), database.own("reports"):
        load_board(folder)
        yield folder


def read_as_the_command_line(folder: Path) -> tuple[SchoolFiles, Any]:
    """What `leercirkel report` reads, and what was undertaken."""
    kinds = ("resultaten-*", "niet-gemaakt-*", "doorstroomtoets-*", "methodetoets-*", "observaties-*")
    found = [path for kind in kinds for path in folder.glob(kind)]
    argv = ["report", "--rosters", *folder.glob("EDEX-*.xml"), "--results", *found,
            "--standards", folder / "normen.toml", "--calendar", folder / "toetsen.toml",
            "--norms", folder / "normtabel-demo-lvs.csv", "--pupils", folder / "kenmerken.csv",
            "--interventions", folder / "aanpakken.toml", "--out", folder / "x.json"]  # fmt: skip
    given = [str(part) for part in argv]
    arguments = parser(given).parse_args(given)
    small = small_files.read(arguments)
    delivered = tables.joined([tables.read_part(in_order(arguments.results), None)])
    files, _ = making.read_files(arguments, lambda: small, lambda: delivered)
    assert files is not None
    done, _ = undertaken.read(arguments.interventions, files.rosters, files.inputs.results)
    return files, done


def reported(files: SchoolFiles, done: Any) -> SchoolReport:
    return school_report(
        files.inputs,
        files.standards,
        Context(files.school, files.school_name, files.names, {}, None, None),
        norms=files.norms,
        main_tier=files.main_tier,
        interventions=done,
        bounds=files.bounds,
        care_two_below=files.care_two_below,
    )


@pytest.mark.parametrize("folder", SCHOOLS)
def test_the_report_of_the_pages_says_what_the_command_line_says_of_the_same_files(board: Path, folder: str) -> None:
    files, done = read_as_the_command_line(board / folder)
    expected = reported(files, done)

    with whole_installation():
        user = User.objects.get(staff__school__name=SCHOOLS[folder], staff__function="directeur")
    with transaction.atomic():
        found = report_of(sight_of(user.pk, clock.today()), School.objects.get(name=SCHOOLS[folder]))

    assert found is not None
    assert found.interventions
    for part in {field.name for field in fields(SchoolReport)} - BOUND:
        assert getattr(found, part) == getattr(expected, part), part
    assert found.method.main_tiers == expected.method.main_tiers
    assert found.method.rules == expected.method.rules
    assert found.method.without_standard == expected.method.without_standard


def frames_of_head(name: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Results and enrolments as someone gets them who sees all of this school."""
    with whole_installation():
        user = User.objects.get(staff__school__name=name, staff__function="directeur")
    with transaction.atomic():
        sight = sight_of(user.pk, clock.today())
        school = School.objects.get(name=name)
        return results_frame(sight, school), enrolments_frame(sight, school)


@pytest.mark.parametrize("folder", SCHOOLS)
def test_the_frames_hold_the_same_rows_as_those_of_the_files(board: Path, folder: str) -> None:
    files, _ = read_as_the_command_line(board / folder)

    results, enrolments = frames_of_head(SCHOOLS[folder])

    by = ["pupil", "school_year", "subject", "instrument", "version", "moment", "source"]
    assert results.sort(by).equals(pl.DataFrame(files.inputs.results).select(results.columns).sort(by))
    assert enrolments.equals(pl.DataFrame(files.inputs.enrolments).select(enrolments.columns))


def inputs_of_head(name: str) -> SchoolInputs:
    """What a report is made of for someone who sees all of this school."""
    with whole_installation():
        user = User.objects.get(staff__school__name=name, staff__function="directeur")
    with transaction.atomic():
        sight = sight_of(user.pk, clock.today())
        return inputs_of(sight, School.objects.get(name=name))


@pytest.mark.parametrize("folder", SCHOOLS)
def test_the_lists_of_teachers_and_the_marks_are_those_of_the_files(board: Path, folder: str) -> None:
    files, _ = read_as_the_command_line(board / folder)

    given = inputs_of_head(SCHOOLS[folder]).inputs

    for name in ("method_tests", "observations", "advices", "marks"):
        ours, theirs = getattr(given, name), getattr(files.inputs, name)
        assert (ours is None) == (theirs is None), name
        if ours is not None:
            assert pl.DataFrame(ours).sort(ours.columns).equals(pl.DataFrame(theirs).sort(ours.columns)), name


@pytest.mark.parametrize("folder", SCHOOLS)
def test_the_report_from_the_database_is_the_one_from_the_files(board: Path, folder: str) -> None:
    files, done = read_as_the_command_line(board / folder)
    expected = reported(files, done)

    given = inputs_of_head(SCHOOLS[folder])
    ours = replace(
        files, inputs=given.inputs, standards=given.standards, main_tier=given.main_tier, norms=given.norms,
        bounds=given.bounds, care_two_below=given.care_two_below,
    )  # fmt: skip
    found = reported(ours, done)

    for part in fields(SchoolReport):
        assert told(found, part.name) == told(expected, part.name), part.name


def told(report: SchoolReport, part: str) -> Any:
    """A part of the report. Of the standards not from which line of which file they come, nor that those of the
    database are bound to the years of their version, here all years: what they demand is compared."""
    found = getattr(report, part)
    if part != "standards":
        return found
    return [{k: v for k, v in standard.items() if k not in ("source", "school_years")} for standard in found]
