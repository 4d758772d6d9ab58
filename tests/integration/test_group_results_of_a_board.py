"""Every number on the page of a group is that of the report of the whole school."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support import database
from tests.support.signed_in import sign_in

from leercirkel.analysis.ground import ground_of
from leercirkel.analysis.pupils import pupil_sheets
from leercirkel.analysis.report import Context, school_report
from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment import arrow
from leercirkel.apps.assessment.selectors import class_names, inputs_of, keys_of
from leercirkel.apps.demo.actions import load_board
from leercirkel.apps.insight.selectors import group_figures
from leercirkel.apps.insight.selectors.groups import NAME
from leercirkel.apps.organisation.models import Group, School
from leercirkel.demo.board import write_board
from leercirkel.documents.report.context import main_tier_of

SCHOOLS = ("SBO De Kantelaar", "Basisschool De Pluimgaard", "Basisschool Het Regenwiel")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=4, seed=1)
    with django_db_blocker.unblock(), database.own("group_results"):
        load_board(folder)
        yield folder
        arrow._kept.close()


# ------------------------------------------------------------------------------------- the numbers are the report's


@pytest.mark.parametrize("name", SCHOOLS)
def test_every_number_of_every_class_is_that_of_the_report_of_the_whole_school(board: Path, name: str) -> None:
    with whole_installation():
        user = User.objects.get(staff__school__name=name, staff__function="directeur")
    with transaction.atomic():
        sight = sight_of(user.pk, clock.today())
        school = School.objects.get(name=name)
        given = inputs_of(sight, school, Right.SEE_RESULTS)
        report = school_report(
            given.inputs, given.standards, Context("x", name), norms=given.norms, main_tier=given.main_tier,
            bounds=given.bounds, care_two_below=given.care_two_below,
        )  # fmt: skip
        ground = ground_of(
            given.inputs, given.standards, norms=given.norms, main_tier=given.main_tier,
            care_two_below=given.care_two_below,
        )  # fmt: skip
        of_all = pupil_sheets(
            ground.engine, ground.rows, ground.lines, main_tiers=ground.main_tiers, norms=given.norms,
            of_round=(int(report.school_year[:4]), report.moment), names=dict.fromkeys(keys_of(school).values(), NAME),
        )  # fmt: skip
        now = (report.school_year, report.moment)
        compared, ids = 0, {key: pk for pk, key in keys_of(school).items()}
        for group in Group.objects.filter(school=school, school_year=clock.school_year(), kind=Group.Kind.BASE):
            figures = group_figures(sight, group)
            if figures is None:
                continue
            in_report = class_names(school)[group.pk]
            whole = [c for c in report.overview if c.group == in_report and (c.school_year, c.moment) == now]
            sheets = {ids[s.pupil]: s for s in of_all if s.group == in_report}

            assert list(figures.cells) == whole
            for pk, sheet in sheets.items():
                assert figures.pupils[pk] == sheet
            compared += sum(len(sheet.tests) for sheet in sheets.values())

    assert compared > 300


def test_an_instruction_group_is_counted_over_its_own_pupils_from_several_classes(board: Path) -> None:
    with whole_installation():
        user = User.objects.get(staff__school__name=SCHOOLS[2], staff__function="directeur")
        group = Group.objects.get(
            school__name=SCHOOLS[2], name="rekenen 5-6 basisroute", school_year=clock.school_year()
        )
    with transaction.atomic():
        sight = sight_of(user.pk, clock.today())
        figures = group_figures(sight, group)
        assert figures is not None
        report_rows = [s for s in figures.pupils.values() if s is not None]

    (cell,) = figures.cells
    arithmetic = [t for s in report_rows for t in s.tests if t.subject == "rekenen"]
    now = [t.points[-1] for t in arithmetic if (t.points[-1].school_year, t.points[-1].moment) == ("2026-2027", "M")]
    assert cell.subject == "rekenen"
    assert len({s.group for s in report_rows}) > 1
    assert cell.expected == len(now)
    assert cell.counted == sum(p.status == "counted" for p in now)
    tier = main_tier_of(cell, figures.main_tiers)
    assert tier is not None
    assert tier.reached == sum(bool(p.reached) for p in now)


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_pupils(board: Path) -> None:
    """The smallest and the largest class of the board, what is kept of them and what is not."""
    with whole_installation():
        user = User.objects.get(staff__school__name=SCHOOLS[1], staff__function="directeur")
        groups = Group.objects.filter(school__name=SCHOOLS[1], school_year=clock.school_year(), kind="base")
        ids = {group.name: group.pk for group in groups}
    client = Client()
    sign_in(client, user)
    numbers = []
    for name in ("Groep 8", "Groep 8", "Groep 4", "Groep 4"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/groepen/{ids[name]}/resultaten/").status_code == 200
        numbers.append(len(asked))

    assert numbers[1] == numbers[3]
    assert numbers[1] <= 16, numbers
