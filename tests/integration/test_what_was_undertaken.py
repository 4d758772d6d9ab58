"""Interventions and agreements of a school: from a file into the database, and from there into its report."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.assessment.models.stamp import Change
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle import actions, selectors
from leercirkel.apps.cycle.models import Intervention
from leercirkel.apps.organisation.models import GroupMembership, PupilKey

pytestmark = pytest.mark.django_db

FILE = """
[[intervention]]
name = "Voortgezet lezen"
from = 2026-09-07
until = 2026-12-18
groups = ["uilen"]
subject = "technisch_lezen"
weeks_planned = 12
weeks_given = 3

[[intervention]]
name = "Rekenen in kleine groep"
from = 2026-10-05
until = 2026-12-18
instruction_groups = ["Rekenen 2"]
pupils = ["P-daan"]
subject = "rekenen"

[[agreement]]
school_year = "2025-2026"
moment = "E"
text = "elke dag vijf minuten automatiseren"
done = "deels"
group = "Merels"
"""


@pytest.fixture
def school(world: World) -> World:
    """With lasting keys for two pupils."""
    here = world.schools["kantelaar"]
    with scope(schools=[here.pk]):
        for name in ("daan", "noor"):
            PupilKey.objects.create(school=here, pupil=world.pupils[name], key=f"P-{name}")
        GroupMembership.objects.filter(pupil=world.pupils["yassin"]).delete()
    return world


def load(world: World, text: str) -> actions.Loaded:
    with scope(schools=[world.schools["kantelaar"].pk]):
        return actions.load_interventions(
            school=world.schools["kantelaar"], content=text.encode(), name="aanpakken.toml", by=world.users["head"]
        )


def undertaken(world: World, who: str = "head") -> Any:
    sight = sight_of(world.users[who].pk, DAY)
    return selectors.undertaken(sight, world.schools["kantelaar"])


def test_a_file_comes_back_as_the_analyses_take_it_with_groups_and_pupils_of_the_school(school: World) -> None:
    load(school, FILE)

    found = undertaken(school)

    reading, arithmetic = found.interventions
    assert (reading.name, reading.groups, reading.pupils) == ("Voortgezet lezen", ("Uilen",), ())
    assert (reading.weeks_planned, reading.weeks_given) == (12, 3)
    assert arithmetic.instruction_groups == ("Rekenen 2",)
    assert arithmetic.pupils == ("P-daan", "P-noor")
    assert [(a.text, a.done, a.group, a.school_year) for a in found.agreements] == [
        ("elke dag vijf minuten automatiseren", "partly", "Merels", "2025-2026")
    ]


def test_a_new_file_takes_the_place_of_the_old_one_and_what_stays_is_the_same_row(school: World) -> None:
    load(school, FILE)
    with scope(schools=[school.schools["kantelaar"].pk]):
        before = Intervention.objects.get(name="Voortgezet lezen").pk
    only = FILE.partition('[[intervention]]\nname = "Rekenen')[0].replace("weeks_given = 3", "weeks_given = 11")

    done = load(school, only)

    with scope(schools=[school.schools["kantelaar"].pk]):
        after = Intervention.objects.get(name="Voortgezet lezen")
    assert (after.pk, after.weeks_given) == (before, 11)
    assert (done.interventions, done.agreements, done.gone) == (1, 0, 2)
    assert [one.name for one in undertaken(school).interventions] == ["Voortgezet lezen"]


def test_a_file_with_a_fault_changes_nothing_and_says_where(school: World) -> None:
    load(school, FILE)

    with pytest.raises(actions.FileHasErrors) as refused:
        load(school, FILE.replace("weeks_given = 3", "weeks_given = 30"))

    (problem,) = [one for one in refused.value.problems if one.severity == "error"]
    assert (problem.field, problem.row) == ("weeks_given", 9)
    assert len(undertaken(school).interventions) == 2


def test_loading_changes_what_figures_are_made_of(school: World) -> None:
    with scope(schools=[school.schools["kantelaar"].pk]):
        Change.objects.all().delete()  # the world itself was made in this transaction

    load(school, FILE)

    with scope(schools=[school.schools["kantelaar"].pk]):
        assert Change.objects.filter(school=school.schools["kantelaar"]).count() == 1


def test_who_sees_a_part_of_the_school_gets_nothing_and_another_school_neither(school: World) -> None:
    load(school, FILE)

    assert undertaken(school, "subject_team").interventions == ()
    assert undertaken(school, "head_x").interventions == ()
    assert len(undertaken(school, "teacher").interventions) == 2


def test_the_page_loads_a_file_and_shows_it_without_names_of_pupils(school: World) -> None:
    client = Client()
    sign_in(client, school.users["trend_analyst"])

    done = client.post("/aanpakken/inlezen/", {"bestand": SimpleUploadedFile("aanpakken.toml", FILE.encode())})
    page = client.get("/aanpakken/").content.decode()

    assert done.status_code in (200, 302)
    assert "Voortgezet lezen" in page
    assert "3 van de 12 weken" in page
    assert "Uilen" in page
    assert "2 leerlingen" in page
    assert "Brinkhorst" not in page
    with scope(schools=[school.schools["kantelaar"].pk]):
        assert list(Event.objects.filter(kind=Kind.IMPORTED).values_list("count", "purpose")) == [(3, "interventions")]


def test_problems_of_a_file_stand_on_the_page_by_line_and_field(school: World) -> None:
    client = Client()
    sign_in(client, school.users["head"])
    wrong = FILE.replace("from = 2026-09-07", 'from = "gisteren"')

    page = client.post("/aanpakken/inlezen/", {"bestand": SimpleUploadedFile("a.toml", wrong.encode())})

    body = page.content.decode()
    assert "Dit bestand is niet ingelezen" in body
    assert "<td>from</td>" in body


def test_a_teacher_sees_what_was_undertaken_and_may_not_load(school: World) -> None:
    client = Client()
    sign_in(client, school.users["teacher"])

    assert client.get("/aanpakken/").status_code == 200
    assert client.get("/aanpakken/inlezen/").status_code == 403
