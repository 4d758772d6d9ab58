"""What somebody who imports sees and changes: never more than the pupils that are theirs today."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from tests.support.result_tables import csv
from tests.support.signed_in import sign_in
from tests.support.uploads import DAAN, NOOR, YASSIN, address_of, batch_of, confirm, text, told, upload, work
from tests.support.world import EVER, World

from leercirkel.apps.access.models import Assignment, Bundle
from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.models import PupilMark, PupilMatch, Result
from leercirkel.apps.organisation.models import GroupTeacher, PupilKey

pytestmark = pytest.mark.django_db


def signed_in(world: World, who: str) -> Client:
    client = Client()
    sign_in(client, world.users[who])
    return client


def scores(world: World, who: str) -> list[float | None]:
    with scope(schools=[101]):
        rows = Result.objects.filter(pupil=world.pupils[who], instrument="DEMO")
        return list(rows.order_by("id").values_list("score", flat=True))


def imported(client: Client, name: str, *rows: dict[str, str]) -> str:
    """The address of an import that was carried out."""
    page = upload(client, (name, csv(*rows)))
    confirm(client, page)
    assert work(page).state == "done"
    return address_of(page)


def keyed(world: World) -> None:
    """Noor has a number in the school's list, and a destination."""
    with scope(schools=[101]):
        of = {"school": world.schools["kantelaar"], "pupil": world.pupils["noor"]}
        PupilKey.objects.create(**of, key="4711")
        PupilMark.objects.create(**of, since=date(2026, 9, 1), destination="VWO")


def test_what_a_file_lacks_is_told_and_taken_away_of_own_pupils_only(world: World) -> None:
    """Daan sits in the class of Noor; who teaches Noor arithmetic, and not Daan, brings in a file without him."""
    imported(signed_in(world, "trend_analyst"), "heel.csv", told(NOOR), told(DAAN))
    teacher = signed_in(world, "teacher_rekenen")

    page = upload(teacher, ("deel.csv", csv(told(NOOR), told(YASSIN))))

    assert "Brinkhorst" not in text(page)
    confirm(teacher, page, weg="weghalen")
    assert work(page).state == "done"
    assert scores(world, "daan") == [104.5]


MARKS = b"leerlingnummer;vanaf;bestemming;zorg\n4711;01-09-2026;vmbo-kader;opp\n"


def test_destination_and_support_are_shown_and_written_only_where_the_user_may_write_them(world: World) -> None:
    keyed(world)
    analyst, teacher = signed_in(world, "trend_analyst"), signed_in(world, "teacher")

    refused = upload(analyst, ("kenmerken.csv", MARKS))
    assert "VWO" not in text(refused)
    assert "leg jij niet vast" in text(refused)
    assert "Bevestigen en inlezen" not in text(refused)

    page = upload(teacher, ("kenmerken.csv", MARKS))
    assert "VWO" in text(page)
    confirm(teacher, page, gewijzigd="vervangen")
    work(page)
    with scope(schools=[101]):
        assert list(PupilMark.objects.values_list("destination", flat=True)) == ["VMBO_KB"]


def test_of_a_pupil_of_others_no_number_is_told_that_the_file_did_not_have(world: World) -> None:
    keyed(world)

    page = upload(signed_in(world, "teacher6"), ("groep.csv", csv(told(NOOR))))

    assert "Deze leerling hoort niet bij je groepen" in text(page)
    assert "4711" not in text(page)


def test_who_teaches_others_now_sees_no_names_of_what_they_imported_and_does_not_undo_it(world: World) -> None:
    client = signed_in(world, "trend_analyst")
    address = imported(client, "heel.csv", told(NOOR), told(YASSIN))
    assert "Aardenburg" in text(client.get(address))
    with scope(schools=[101]):
        Assignment.objects.filter(user=world.users["trend_analyst"]).update(
            bundle=Bundle.objects.get(code="teacher", school=None)
        )
        here = {"school": world.schools["kantelaar"], "group": world.groups["6"]}
        GroupTeacher.objects.create(**here, staff=world.staff["trend_analyst"], during=EVER)

    page = client.get(address)

    assert "Griffioen" in text(page)
    assert "Aardenburg" not in text(page)
    assert "Ongedaan maken" not in text(page)
    assert client.get(f"{address}meldingen.csv").status_code == 404
    assert client.post(f"{address}ongedaan/").status_code == 404
    assert scores(world, "noor") == [104.5]


def test_a_teacher_does_not_decide_for_the_school_that_somebody_is_nobody(world: World) -> None:
    """Of the school's pupils a teacher sees some: somebody who is none of these may be another's."""
    teacher = signed_in(world, "teacher")
    page = upload(teacher, ("januari.csv", csv(told(NOOR | {"geboortedatum": "05-10-2017"}))))
    field = re.search(r'name="(wie-[0-9a-f]+)"', text(page))
    assert field
    assert "niemand van onze school" not in text(page)

    teacher.post(f"{address_of(page)}leerlingen/", {field[1]: "niemand"}, follow=True)

    with scope(schools=[101]):
        assert not PupilMatch.objects.exists()
    assert batch_of(page).state == "open"


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_no_cell_of_downloaded_problems_begins_as_a_formula(world: World, first: str) -> None:
    analyst = signed_in(world, "trend_analyst")
    page = upload(analyst, (f"{first}1+1.csv", csv(told(NOOR, afnamedatum=f"{first}32-13-2027"))))

    told_of = analyst.get(f"{address_of(page)}meldingen.csv").content.decode("utf-8-sig")

    cells = [cell.strip('"') for line in told_of.splitlines()[1:] for cell in line.split(";")]
    assert f"'{first}1+1.csv" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
