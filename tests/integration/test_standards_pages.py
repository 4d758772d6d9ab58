"""The school's standards on the screen: a draft that changes nothing until it is recorded, and versions that stay."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.actions import save_standards
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.models import StandardsDraft, StandardsVersion
from leercirkel.apps.audit.models import Event

TOML = """# van het team
main_tier = "basis"

[[standard]]
subject = "rekenen"
quantity = "score"
tiers = [{name = "basis", threshold = 101, target_share = 0.5}]

[[standard]]
subject = "spelling"
quantity = "dle"
moment = ["M", "E"]
grades = [5]
dle = [0, 30]
tiers = [{name = "basis", dl_factor = 0.45, target_share = 0.75}]
"""


def as_user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


@pytest.fixture
def head(world: World) -> Client:
    return as_user(world, "head")


@pytest.fixture
def first(world: World) -> StandardsVersion:
    with whole_installation():
        return save_standards(school=world.schools["kantelaar"], school_year=2026, toml=TOML, by=None, note="begin")


def draft_url(world: World, year: int = 2026) -> str:
    return f"/normen/{world.schools['kantelaar'].pk}/{year}/concept/"


def one(**changed: str) -> dict[str, str]:
    """The form of one standard, filled in."""
    rows = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "0-name": "basis", "0-limit": "101", "0-kind": "fixed"}
    given = {"stand": "1", "subject": "rekenen", "quantity": "score", "scope": "all", "share": "50"} | changed
    rows["0-share"] = given.pop("share")
    rows["0-limit"] = given.pop("limit", rows["0-limit"])
    return given | {f"trede-{name}": value for name, value in rows.items()}


def draft() -> StandardsDraft:
    with whole_installation():
        return StandardsDraft.objects.get()


def versions() -> list[StandardsVersion]:
    with whole_installation():
        return list(StandardsVersion.objects.order_by("id"))


def test_a_teacher_reads_the_standards_as_sentences_and_cannot_change_them(
    world: World, first: StandardsVersion
) -> None:
    teacher = as_user(world, "teacher")

    text = teacher.get("/normen/").content.decode()

    assert "basis – 50% van de leerlingen haalt vaardigheidsscore 101 of hoger" in text
    assert "M- en E-toets, groep 5, tot een eigen DLE van 30" in text
    assert "een DLE van 0,45 × de didactische leeftijd of hoger" in text
    assert "Normen wijzigen" not in text
    assert teacher.post(draft_url(world)).status_code == 403


def test_a_draft_changes_nothing_until_it_is_recorded_with_a_reason(
    world: World, head: Client, first: StandardsVersion
) -> None:
    with whole_installation():
        before = version_of(world.schools["kantelaar"].pk)

    head.post(draft_url(world))
    answer = head.post(f"{draft_url(world)}norm/0/", one(share="80"))
    unchanged = (version_of(world.schools["kantelaar"].pk), len(versions()))
    page = head.get(draft_url(world)).content.decode()
    without = head.post(f"{draft_url(world)}vastleggen/", {"stand": "2", "versie": first.pk, "note": ""})
    head.post(f"{draft_url(world)}vastleggen/", {"stand": "2", "versie": first.pk, "note": "studiedag"})

    assert answer.status_code == 302
    assert unchanged == (before, 1)
    assert "was: basis – 50% van de leerlingen haalt vaardigheidsscore 101 of hoger; nu: basis – 80%" in page
    assert without.status_code == 200
    assert [(row.number, row.note, row.made_by_id) for row in versions()] == [
        (1, "begin", None),
        (2, "studiedag", world.users["head"].pk),
    ]
    with whole_installation():
        assert not StandardsDraft.objects.exists()
        assert Event.objects.filter(kind="created", object_type="assessment.standardsversion").count() == 2


def test_every_fault_stands_at_its_field(world: World, head: Client, first: StandardsVersion) -> None:
    head.post(draft_url(world))

    wrong = one(quantity="level", limit="VII", share="120") | {"dl_from": "20", "dl_until": "10", "school_years": "26"}
    answer = head.post(f"{draft_url(world)}norm/0/", wrong)

    assert set(answer.context["form"].errors) == {"dl_until", "school_years"}
    assert set(answer.context["rows"][0].errors) == {"limit", "share"}
    assert "Dit is hier geen drempel. Bekend zijn: " in answer.content.decode()
    assert draft().revision == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"share": "0"}, "share"),
        ({"limit": ""}, "limit"),
        ({"quantity": "dle", "limit": "61"}, "limit"),
        ({"quantity": "avi", "limit": "3"}, "limit"),
        ({"quantity": "reference", "limit": "M3"}, "limit"),
        ({"quantity": "level", "limit": "III", "trede-0-kind": "growing"}, "kind"),
        ({"quantity": "dle", "limit": "45", "trede-0-kind": "growing"}, "limit"),
    ],
)
def test_a_threshold_that_cannot_be_is_refused_at_its_field(
    world: World, head: Client, first: StandardsVersion, changed: dict[str, str], field: str
) -> None:
    head.post(draft_url(world))
    kind = {name: value for name, value in changed.items() if name.startswith("trede")}
    filled = one(**{name: value for name, value in changed.items() if name not in kind}) | kind

    answer = head.post(f"{draft_url(world)}norm/0/", filled)

    assert answer.status_code == 200
    assert set(answer.context["rows"][0].errors) == {field}


def test_two_standards_for_the_same_pupils_with_the_same_tier_are_refused(
    world: World, head: Client, first: StandardsVersion
) -> None:
    head.post(draft_url(world))

    answer = head.post(f"{draft_url(world)}norm/", one(limit="110"))

    assert answer.status_code == 200
    assert "geldt voor dezelfde leerlingen, met dezelfde trede “basis”" in answer.content.decode()
    assert draft().revision == 1


def test_a_line_for_a_destination_begins_at_an_own_dle_of_thirty(
    world: World, head: Client, first: StandardsVersion
) -> None:
    head.post(draft_url(world))

    offered = head.get(f"{draft_url(world)}norm/?als=1&bestemming=PRO&vak=spelling").context["form"].initial
    head.post(
        f"{draft_url(world)}norm/",
        one(subject="spelling", quantity="dle", limit="0,5", scope="destination:PRO", dle_from="30", dle_below="")
        | {"trede-0-kind": "growing"},
    )
    text = head.get(f"{draft_url(world)}vak/spelling/").content.decode()

    assert (offered["scope"], offered["dle_from"]) == ("destination:PRO", 30.0)
    assert "leerlingen met bestemming praktijkonderwijs, vanaf een eigen DLE van 30" in text
    assert 'scope = "destination:PRO"' in draft().toml
    assert "dle = [30, 61]" in draft().toml


def test_who_is_second_is_told_and_nothing_of_the_first_is_lost(
    world: World, head: Client, first: StandardsVersion
) -> None:
    analyst = as_user(world, "trend_analyst")
    head.post(draft_url(world))
    head.post(f"{draft_url(world)}norm/0/", one(share="80"))

    late = analyst.post(f"{draft_url(world)}norm/0/", one(share="10"))

    assert "Iemand anders heeft dit concept intussen gewijzigd" in late.content.decode()
    assert "target_share = 0.8}" in draft().toml


def test_a_version_recorded_meanwhile_is_told_before_confirming(
    world: World, head: Client, first: StandardsVersion
) -> None:
    head.post(draft_url(world))
    with whole_installation():
        save_standards(school=world.schools["kantelaar"], school_year=2026, toml=TOML, by=None)

    answer = head.post(f"{draft_url(world)}vastleggen/", {"stand": "1", "versie": first.pk, "note": "x"})

    assert "Intussen is een andere versie vastgelegd" in answer.content.decode()
    assert len(versions()) == 2
    assert "Sinds dit concept begon, is een andere versie vastgelegd" in head.get(draft_url(world)).content.decode()


def test_an_older_version_is_put_back_as_a_new_one(world: World, head: Client, first: StandardsVersion) -> None:
    with whole_installation():
        second = save_standards(
            school=world.schools["kantelaar"], school_year=2026, toml=TOML.replace("0.5}", "0.9}"), by=None
        )

    head.post(draft_url(world), {"van": first.pk})
    head.post(f"{draft_url(world)}vastleggen/", {"stand": "1", "versie": second.pk, "note": draft().note})

    kept = versions()
    assert [row.number for row in kept] == [1, 2, 3]
    assert kept[2].toml == first.toml
    assert kept[2].note == "versie 1 van 2026-2027 teruggezet"


def test_the_standards_are_copied_to_the_next_year_and_change_there_alone(
    world: World, head: Client, first: StandardsVersion
) -> None:
    head.post(draft_url(world, 2027), {"van": first.pk})
    head.post(f"{draft_url(world, 2027)}norm/0/", one(share="80"))
    head.post(f"{draft_url(world, 2027)}vastleggen/", {"stand": "2", "versie": first.pk, "note": "nieuw jaar"})

    this, coming = (head.get(f"/normen/?jaar={year}").content.decode() for year in (2026, 2027))

    assert "basis – 50% van" in this
    assert "basis – 80% van" in coming


def test_two_versions_are_compared_in_words(world: World, head: Client, first: StandardsVersion) -> None:
    school = world.schools["kantelaar"]
    with whole_installation():
        changed = TOML.replace("grades = [5]", "grades = [5, 6, 7]").replace('main_tier = "basis"\n', "")
        second = save_standards(school=school, school_year=2026, toml=changed, by=None)

    text = head.get(f"/normen/{school.pk}/vergelijken/?van={first.pk}&naar={second.pk}").content.decode()

    assert "M- en E-toets, groep 5 t/m 7" in text
    assert "gold voor: M- en E-toets, groep 5," in text
    assert "was basis, nu “basis”, anders de eerste" in text
    assert "vaardigheidsscore" not in text


def test_a_file_with_faults_tells_them_all_at_once_and_changes_nothing(
    world: World, head: Client, first: StandardsVersion
) -> None:
    wrong = TOML.replace("0.5}", "50}").replace('"dle"', '"dlee"').encode()

    answer = head.post(f"{draft_url(world)}bestand/", {"bestand": SimpleUploadedFile("normen.toml", wrong)})

    found = {(problem.row, problem.field) for _word, problem in answer.context["problems"]}
    assert found == {(7, "target_share"), (11, "quantity")}
    with whole_installation():
        assert not StandardsDraft.objects.exists()


def test_a_file_goes_into_the_draft_as_it_is_and_comes_out_the_same(
    world: World, head: Client, first: StandardsVersion
) -> None:
    own = TOML.replace("0.5}", "0.6}")

    head.post(f"{draft_url(world)}bestand/", {"bestand": SimpleUploadedFile("normen.toml", own.encode())})
    head.post(f"{draft_url(world)}vastleggen/", {"stand": "1", "versie": first.pk, "note": "uit bestand"})
    kept = versions()[-1]
    answer = head.get(f"/normen/{world.schools['kantelaar'].pk}/versies/{kept.pk}/normen.toml")

    assert answer.content.decode() == own
    assert answer["Content-Disposition"] == 'attachment; filename="normen-2026-2027-2.toml"'


def test_the_choices_of_the_school_are_in_the_draft(world: World, head: Client, first: StandardsVersion) -> None:
    head.post(draft_url(world))

    head.post(
        f"{draft_url(world)}school/",
        {"stand": "1", "main_tier": "basis", "school_type": "sbo", "care": ["ihp"], "sufficient_from": "55",
         "good_from": "82,5"},
    )  # fmt: skip

    toml = draft().toml
    assert 'school_type = "sbo"' in toml
    assert 'care = ["ihp"]' in toml
    assert "sufficient_from = 55.0\ngood_from = 82.5" in toml


def test_a_school_without_standards_begins_with_an_empty_draft(world: World, head: Client) -> None:
    head.post(draft_url(world))
    empty = head.post(f"{draft_url(world)}vastleggen/", {"stand": "1", "versie": "", "note": "x"})
    head.post(f"{draft_url(world)}norm/", one())
    head.post(f"{draft_url(world)}vastleggen/", {"stand": "2", "versie": "", "note": "eerste"})

    assert "Er staat nog geen norm in het concept" in empty.content.decode()
    assert [row.note for row in versions()] == ["eerste"]


def test_the_pages_ask_the_database_as_often_however_many_standards_there_are(
    world: World, head: Client, first: StandardsVersion
) -> None:
    def asked() -> list[int]:
        counts = []
        for path in ("/normen/", draft_url(world), f"{draft_url(world)}vak/rekenen/", f"{draft_url(world)}vastleggen/"):
            with CaptureQueriesContext(connection) as queries:
                assert head.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    head.post(draft_url(world))
    head.get("/normen/")
    few = asked()
    with whole_installation():
        more = "".join(
            f'\n[[standard]]\nsubject = "rekenen"\nquantity = "avi"\ngrades = [{grade}]\n'
            f'tiers = [{{name = "basis", threshold = "M4", target_share = 0.5}}]\n'
            for grade in range(1, 9)
        )
        StandardsDraft.objects.update(toml=TOML + more)
        save_standards(school=world.schools["kantelaar"], school_year=2026, toml=TOML + more, by=None)

    assert asked() == few


LINES = """
[[standard]]
subject = "rekenen"
quantity = "dle"
scope = "destination:PRO"
tiers = [{name = "basis", dl_factor = 0.5333333, target_share = 0.75}]

[[standard]]
subject = "rekenen"
quantity = "dle"
scope = "destination:VMBO-B"
tiers = [{name = "basis", dl_factor = 0.7, target_share = 0.75}]

[[standard]]
subject = "rekenen"
quantity = "dle"
scope = "destination:HAVO"
tiers = [{name = "basis", dl_factor = 0.5333333, target_share = 0.75}]
"""


def test_lines_of_destinations_that_are_the_same_are_read_as_one_and_changed_apart(
    world: World, head: Client, first: StandardsVersion
) -> None:
    with whole_installation():
        save_standards(school=world.schools["kantelaar"], school_year=2026, toml=LINES, by=None, note="lijnen")

    read = head.get("/normen/").content.decode()
    head.post(draft_url(world))
    changed = head.get(f"{draft_url(world)}vak/rekenen/").content.decode()

    assert "leerlingen met bestemming praktijkonderwijs en havo" in read
    assert read.count("een DLE van 0,533 × de didactische leeftijd") == 1
    assert changed.count("een DLE van 0,533 × de didactische leeftijd") == 2


def test_that_a_form_loses_the_remarks_of_the_file_is_said_before_saving(
    world: World, head: Client, first: StandardsVersion
) -> None:
    """TOML begins with a remark; after a change by form the draft has none, and nothing is said of any."""
    head.post(draft_url(world))
    for page in ("norm/0/", "norm/0/weg/", "school/"):
        assert "In dit concept staat 1 opmerking" in head.get(draft_url(world) + page).content.decode(), page

    head.post(draft_url(world) + "norm/0/", one())

    assert "#" not in draft().toml
    assert "opmerking (achter" not in head.get(draft_url(world) + "norm/0/").content.decode()
