"""The editor of the test calendar: every change is a new version, of its own school year, and nobody's is lost."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.actions import save_calendar
from leercirkel.apps.assessment.models import CalendarVersion
from leercirkel.apps.assessment.selectors.calendar import edited
from leercirkel.core.calendar import Holiday
from leercirkel.core.expected import CalendarTest

TOML = """
[[test]]
subject = "rekenen"
instrument = "Demo-LVS"
moment = "M"
grades = [5, 6]
window = {from = "01-15", until = "02-20"}
"""
REKENEN = CalendarTest("rekenen", "Demo-LVS", "M", (5, 6), None, ((1, 15), (2, 20)))
SPELLING = {
    "vak": "spelling", "toets": "Demo-LVS", "moment": "E", "van": "2027-05-15", "tot": "2027-06-30",
    "groepen": ["3", "4"], "dl_van": "", "dl_tot": "",
}  # fmt: skip


@pytest.fixture
def path(client: Client, world: World) -> str:
    with whole_installation():
        save_calendar(school=world.schools["kantelaar"], school_year=2025, toml=TOML, by=None)
    sign_in(client, world.users["administrator"])
    return f"/toetskalender/wijzigen/{world.schools['kantelaar'].pk}/"


def holds(world: World, year: int = 2026) -> tuple[tuple[CalendarTest, ...], tuple[Holiday, ...]]:
    with whole_installation():
        found = edited(world.schools["kantelaar"], year).calendar
    return found.tests, found.holidays


def version(world: World, year: int = 2026) -> str:
    with whole_installation():
        return str(edited(world.schools["kantelaar"], year).version)


def test_a_test_that_is_added_holds_from_this_year_and_the_year_before_stays_as_it_was(
    client: Client, world: World, path: str
) -> None:
    answer = client.post(path + "toets/", SPELLING | {"versie": version(world)})

    assert answer.status_code == 302
    added = CalendarTest("spelling", "Demo-LVS", "E", (3, 4), None, ((5, 15), (6, 30)))
    assert holds(world)[0] == (REKENEN, added)
    assert holds(world, 2025)[0] == (REKENEN,)
    assert holds(world, 2027)[0] == (REKENEN, added)


def test_a_test_is_changed_in_its_place_and_taken_out(client: Client, world: World, path: str) -> None:
    given = SPELLING | {"vak": "rekenen", "moment": "M", "van": "2027-01-10", "tot": "2027-02-10", "groepen": ["5"]}
    shown = client.get(path + "toets/?nr=0").context["form"]
    client.post(path + "toets/?nr=0", given | {"versie": version(world)})
    changed = holds(world)[0]
    client.post(path + "toets/", SPELLING | {"versie": version(world)})
    client.post(path + "weg/?nr=0", {"versie": version(world)})

    assert shown["van"].initial == date(2027, 1, 15)
    assert [(test.grades, test.window) for test in changed] == [((5,), ((1, 10), (2, 10)))]
    assert [test.subject for test in holds(world)[0]] == ["spelling"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"tot": "2027-05-01"}, "De laatste dag ligt voor de eerste."),
        ({"van": "2026-05-15"}, "Kies een dag tussen 01-08-2026 en 31-07-2027."),
        ({"groepen": ["8"]}, "Groep 8 heeft geen E-toets."),
        ({"dl_van": "10"}, "Vul beide maanden in, of geen van beide."),
        ({"dl_van": "30", "dl_tot": "20"}, "Zet de laagste maand eerst."),
        ({"vak": "rekenen", "moment": "M", "van": "2027-02-01", "tot": "2027-03-01", "groepen": ["5", "6"]},
         "Deze toets staat al in de kalender"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(
    client: Client, world: World, path: str, wrong: dict[str, str | list[str]], said: str
) -> None:
    page = client.post(path + "toets/", SPELLING | wrong | {"versie": version(world)}).content.decode()

    assert said in page
    assert holds(world)[0] == (REKENEN,)


def test_who_saves_on_top_of_a_change_of_someone_else_is_told(client: Client, world: World, path: str) -> None:
    before = version(world)
    client.post(path + "toets/", SPELLING | {"versie": before})

    page = client.post(path + "toets/", SPELLING | {"toets": "Andere", "versie": before}).content.decode()

    assert "Iemand anders heeft de kalender net gewijzigd" in page
    assert len(holds(world)[0]) == 2


def test_holidays_are_added_in_order_and_taken_away(client: Client, world: World, path: str) -> None:
    for name, first, last in (("mei", "2027-04-24", "2027-05-09"), ("voorjaar", "2027-02-20", "2027-02-28")):
        client.post(path, {"naam": name, "eerste": first, "laatste": last, "versie": version(world)})
    both = [day.name for day in holds(world)[1]]
    page = client.post(
        path, {"naam": "zomer", "eerste": "2027-01-01", "laatste": "2027-07-01", "versie": version(world)}
    )
    client.post(path + "weg/?vakantie=2027-02-20", {"versie": version(world)})

    assert both == ["voorjaar", "mei"]
    assert "Deze vakantie is te lang." in page.content.decode()
    assert [day.name for day in holds(world)[1]] == ["mei"]


def test_the_next_year_gets_a_calendar_of_its_own_without_the_holidays_of_this_one(
    client: Client, world: World, path: str
) -> None:
    client.post(path, {"naam": "mei", "eerste": "2027-04-24", "laatste": "2027-05-09", "versie": version(world)})

    client.post(path + "overnemen/")
    client.post(path + "overnemen/")
    client.post(path + "toets/?jaar=2027", SPELLING | {
        "van": "2028-05-15", "tot": "2028-06-20", "versie": version(world, 2027),
    })  # fmt: skip

    assert holds(world, 2027)[1] == ()
    assert [test.subject for test in holds(world, 2027)[0]] == ["rekenen", "spelling"]
    assert [test.subject for test in holds(world)[0]] == ["rekenen"]
    with whole_installation():
        assert CalendarVersion.objects.filter(school_year=2027).count() == 2


def test_a_calendar_is_never_emptied_to_nothing(client: Client, world: World, path: str) -> None:
    page = client.post(path + "weg/?nr=0", {"versie": version(world)}, follow=True).content.decode()

    assert "Een kalender heeft minstens één toets of vakantie." in page
    assert holds(world)[0] == (REKENEN,)


def test_a_teacher_of_groups_may_not_decide_what_is_expected_of_everyone(
    client: Client, world: World, path: str
) -> None:
    sign_in(client, world.users["teacher"])

    assert client.get(path).status_code == 404
    assert path not in client.get("/toetskalender/").content.decode()
