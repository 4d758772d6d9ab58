"""Steps 1 and 2 of a round for pupils with extra support, and the goals of method tests beside norms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from psycopg.types.range import DateRange
from tests.support import opened, small_results
from tests.support.world import World

from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.actions import save_standards
from leercirkel.apps.assessment.models import ImportBatch, MethodResult, PupilMark
from leercirkel.apps.cycle.models import CycleRun, Snapshot
from leercirkel.apps.organisation.models import Enrolment

CARE = """
[[standard]]
subject = "rekenen"
quantity = "score"
scope = "care"
tiers = [{name = "extra", threshold = 96, target_share = 0.5}]
"""
SUPPORTED = ("noor", "daan", "yassin", "informed", "uninformed")


@pytest.fixture(scope="module")
def school(django_db_blocker: Any) -> Iterator[World]:
    """Everyone sat in Merels a year before; five pupils have had an IHP since then, and two made a method test."""
    with django_db_blocker.unblock(), opened.school("round_care") as world:
        here, past = world.schools["kantelaar"], world.groups["past"]
        with scope(schools=[here.pk]):
            for name in ("mila", "milo", "secret", "yassin", "informed", "uninformed", "closed", "untold"):
                Enrolment.objects.create(
                    school=here, pupil=world.pupils[name], group=past, grade="4",
                    during=DateRange(date(2025, 8, 1), date(2026, 8, 1)),
                )  # fmt: skip
            for name in SUPPORTED:
                PupilMark.objects.create(school=here, pupil=world.pupils[name], since=date(2025, 8, 1), care="ihp")
            batch = ImportBatch.objects.create(school=here)
            for name, percent in (("noor", 55.0), ("daan", 85.0)):
                MethodResult.objects.create(
                    school=here, pupil=world.pupils[name], batch=batch, school_year=2026, taken_on=date(2026, 11, 2),
                    subject="rekenen", block="Blok 2", goal="keersommen tot 50", percent=percent,
                )  # fmt: skip
            save_standards(school=here, school_year=2024, toml=small_results.STANDARDS + CARE, by=None)
        yield world


@pytest.fixture
def small(school: World) -> Iterator[World]:
    with opened.undone():
        yield school


def page(world: World, run: CycleRun, name: str, user: str = "head") -> str:
    body = opened.client(world, user).get(f"/rondes/{run.pk}/{name}").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", body.partition("<main")[2]).split())


def test_goals_for_pupils_with_extra_support_stand_apart_per_group(small: World) -> None:
    # of Noor the newest mark is an OPP, which makes no care pupil at a special school
    said = page(small, opened.opened(small), "doelen/").rpartition("Leerlingen met extra ondersteuning")[2]

    assert "Uilen Rekenen Demo-LVS extra: score 96 of hoger 50%: 1 van de 1 0 van 1" in said
    assert "Spechten Rekenen Demo-LVS extra: score 96 of hoger 50%: 2 van de 3 3 van 3" in said


def test_without_a_norm_for_extra_support_the_round_goes_on(small: World) -> None:
    with scope(schools=[small.schools["kantelaar"].pk]):
        save_standards(school=small.schools["kantelaar"], school_year=2024, toml=small_results.STANDARDS, by=None)

    said = page(small, opened.opened(small), "doelen/")

    assert "heeft geen eigen norm voor leerlingen met extra ondersteuning. De ronde gaat gewoon door" in said


def test_mastery_goals_of_method_tests_are_not_mixed_with_norms(small: World) -> None:
    said = page(small, opened.opened(small), "doelen/")
    norms, _, mastery = said.partition("Beheersingsdoelen")

    assert "keersommen" not in norms
    assert "Bij methodetoetsen" in mastery
    assert "Blok 2 keersommen tot 50 2 november 2026 1 van 2" in mastery


def test_growth_of_pupils_with_extra_support_stands_beside_that_of_their_classmates(small: World) -> None:
    run = opened.opened(small)

    said = page(small, run, "resultaten/?beeld=ondersteuning")

    # noor, yassin, informed and uninformed: +1; daan: -5. Their classmates: +1
    assert "Rekenen Demo-LVS, sinds midden 2025-2026 Hele school 5 −0,2 punten +1,0 punten" in said
    assert "Uilen" not in said  # two pupils of a group say nothing of growth


def test_growth_that_was_not_fixed_is_said_to_be_missing(small: World) -> None:
    run = opened.opened(small)
    first = Snapshot.objects.get(run=run)

    rows: list[tuple[Any, str]] = [
        (None, "niet vastgezet"), ([{"group": 3}], "niet vastgezet"), ([], "Nog niets te vergelijken")
    ]  # fmt: skip
    for number, (value, told) in enumerate(rows, start=2):
        Snapshot.objects.create(
            school=run.school, run=run, number=number, figures=first.figures, report=first.report, results=1,
            expected=1, care_growth=value,
        )  # fmt: skip
        assert told in page(small, run, "resultaten/?beeld=ondersteuning")


def lacking(run: CycleRun, **what: Any) -> None:
    """The newest figures again as another version of the program kept them."""
    with scope(schools=[run.school_id]):
        last = Snapshot.objects.filter(run=run).latest("number")
        kept = ("figures", "report", "results", "expected", "care_growth")
        same = {name: getattr(last, name) for name in kept}
        Snapshot.objects.create(school_id=run.school_id, run=run, number=last.number + 1, **same | what)


def test_a_round_without_that_part_becomes_whole_on_purpose_also_when_nothing_came_in_since(small: World) -> None:
    run = opened.opened(small)
    lacking(run, care_growth=None)
    head, teacher = opened.client(small, "head"), opened.client(small, "teacher")
    care, update = f"/rondes/{run.pk}/resultaten/?beeld=ondersteuning", f"/rondes/{run.pk}/bijwerken/"

    asked = head.get(care).content.decode()
    for_others = teacher.get(care)
    told = page(small, run, "bijwerken/")
    head.post(update)
    after = page(small, run, "resultaten/?beeld=ondersteuning")
    lacking(run, care_growth=None)
    with scope(schools=[run.school_id]):
        CycleRun.objects.filter(pk=run.pk).update(closed_at="2027-06-01T10:00:00Z")
    closed = head.get(care).content.decode()

    assert f'href="{update}"' in asked
    assert update not in for_others.content.decode()
    assert "Er is sinds het vastzetten niets veranderd. Onderdelen die nog niet waren vastgezet, komen erbij." in told
    assert "Hele school 5 −0,2 punten" in after
    assert update not in closed
    assert "haar cijfers blijven zoals ze waren" in closed


def test_figures_that_can_not_be_read_any_more_can_be_fixed_anew(small: World) -> None:
    run = opened.opened(small)
    lacking(run, report=b"0")
    head, update = opened.client(small, "head"), f"/rondes/{run.pk}/bijwerken/"

    asked = head.get(f"/rondes/{run.pk}/resultaten/").content.decode()
    head.post(update)

    assert f'href="{update}"' in asked
    assert "Hele school 5 −0,2 punten" in page(small, run, "resultaten/?beeld=ondersteuning")
