"""The talks of a round: who reads and writes, what stands on paper and what never, nothing lost, fixed minutes."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from tests.support.people import make_pupil
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle.actions.rounds import close_round, reopen_round
from leercirkel.apps.cycle.models import (
    Agreement,
    Check,
    ChosenExplanation,
    CycleRun,
    Finding,
    Intervention,
    Minutes,
    RoundMeeting,
)
from leercirkel.apps.planning.models import Task


def user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]).split())


def a_talk(world: World, kind: str = "group", group: str | None = "5", **run: Any) -> RoundMeeting:
    """A talk of the middle round of 2026-2027."""
    with whole_installation(), transaction.atomic():
        school = world.schools["kantelaar"]
        held, _ = CycleRun.objects.get_or_create(
            **{"school": school, "school_year": 2026, "moment": "M"} | run,
            defaults={"leader": world.staff["care_director"]},
        )
        about = world.groups[group] if group else None
        return RoundMeeting.objects.create(school=school, run=held, kind=kind, group=about)


def a_finding(talk: RoundMeeting, said: str, **more: Any) -> Finding:
    base = {
        "school": talk.school, "run": talk.run, "key": said, "text": said, "rank": 1, "group": talk.group,
        "level": "group" if talk.group else "school", "talk": "group" if talk.group else "school",
    }  # fmt: skip
    with whole_installation():
        return Finding.objects.create(**base | more)


def address(talk: RoundMeeting, more: str = "") -> str:
    return f"/rondes/{talk.run_id}/overleg/{talk.pk}/{more}"


def agreed(talk: RoundMeeting) -> list[Agreement]:
    with whole_installation():
        return list(Agreement.objects.filter(meeting=talk).select_related("owner"))


def fresh(talk: RoundMeeting) -> RoundMeeting:
    with whole_installation():
        return RoundMeeting.objects.get(pk=talk.pk)


def paper(answer: Any) -> tuple[int, str]:
    reader = PdfReader(BytesIO(answer.content))
    return len(reader.pages), " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize(
    ("name", "status"),
    [("teacher", 200), ("duo", 200), ("care_director", 200), ("head", 200), ("teacher6", 404), ("teacher_x", 404),
     ("learning_team", 404), ("board", 403), ("guardian", 403)],
)  # fmt: skip
def test_a_group_talk_is_read_by_the_teachers_of_the_group_and_who_leads(world: World, name: str, status: int) -> None:
    talk = a_talk(world)

    assert user(world, name).get(address(talk)).status_code == status
    assert user(world, name).get(address(talk, "blad/")).status_code == status


def test_the_leerteam_reads_a_talk_while_the_group_is_on_the_agenda_and_writes_nothing(world: World) -> None:
    talk = a_talk(world, group="6")
    with whole_installation():
        talk.meeting = world.meetings["leerteam"]
        talk.save()
    member = user(world, "learning_team")

    assert member.get(address(talk)).status_code == 200
    assert member.post(address(talk), {"doe": "notitie", "tekst": "Iets", "versie": "1"}).status_code in (403, 404)
    with whole_installation():
        talk.meeting = world.meetings["leerteam_tomorrow"]
        talk.save()
    assert member.get(address(talk)).status_code == 404


@pytest.mark.parametrize(("name", "status"), [("care_director", 200), ("head", 200), ("teacher", 404)])
def test_the_school_talk_is_for_who_leads(world: World, name: str, status: int) -> None:
    talk = a_talk(world, "school", None)

    assert user(world, name).get(address(talk)).status_code == status


def test_a_decision_is_one_line_with_owner_and_day_and_the_same_sentence_is_one_decision(world: World) -> None:
    talk = a_talk(world)
    said = {
        "doe": "besluit",
        "wat": "Elke dag automatiseren",
        "wie": world.staff["teacher"].pk,
        "wanneer": "2027-04-01",
    }

    for _ in range(2):
        user(world, "teacher").post(address(talk), said)

    (made,) = agreed(talk)
    assert (made.text, made.owner, made.due_on) == ("Elke dag automatiseren", world.staff["teacher"], date(2027, 4, 1))
    assert (made.school_year, made.moment, made.group) == (2026, "M", world.groups["5"])


def test_last_times_agreements_come_first_and_three_taps_say_whether_they_were_done(world: World) -> None:
    talk = a_talk(world)
    with whole_installation():
        base = {"school": talk.school, "moment": "E", "school_year": 2025}
        old = Agreement.objects.create(**base, group=world.groups["5"], text="Elke dag hardop lezen")
        Agreement.objects.create(**base, group=world.groups["6"], text="Van een andere groep")
        Agreement.objects.create(**base | {"moment": "M"}, group=world.groups["5"], text="Nog eerder")
    teacher = user(world, "teacher")

    teacher.post(address(talk), {"doe": f"gedaan:{old.pk}:partly"})

    page = text(teacher.get(address(talk)))
    assert page.index("Elke dag hardop lezen") < page.index("Wat zien we?")
    assert "Van een andere groep" not in page
    assert "Nog eerder" not in page
    with whole_installation():
        old.refresh_from_db()
    assert old.done == "partly"


def test_two_people_noting_lose_nothing_and_see_both_texts(world: World) -> None:
    talk = a_talk(world)
    first = {"doe": "notitie", "tekst": "Van de een.", "versie": "1"}
    user(world, "teacher").post(address(talk), first)

    other = user(world, "duo").post(address(talk), first | {"tekst": "Van de ander."})

    assert "Van de een." in text(other)
    assert "Van de ander." in text(other)
    assert fresh(talk).notes == "Van de een."
    user(world, "duo").post(address(talk), first | {"tekst": "Van allebei.", "versie": "2"})
    assert fresh(talk).notes == "Van allebei."


def test_what_may_be_a_pupils_name_is_saved_and_told_and_asked_about_before_it_is_fixed(world: World) -> None:
    talk, teacher = a_talk(world), user(world, "teacher")
    name = world.pupils["noor"].first_name
    typed = {"tekst": f"Met {name} oefenen.", "versie": "1"}

    piece = teacher.post(address(talk), {"doe": "notitie"} | typed, headers={"HX-Request": "true"})
    page = teacher.get(address(talk))
    asked = teacher.post(address(talk), {"doe": "verslag"} | typed | {"versie": "2"})
    with whole_installation():
        before = Minutes.objects.filter(of=talk).count()
    sure = re.search(r'name="doe" value="(verslag::[a-z]+)"', asked.content.decode())
    assert sure is not None
    teacher.post(address(talk), {"doe": sure[1]} | typed | {"versie": "2"})

    told = f"In ‘Aantekeningen’ staat misschien de naam van een leerling: {name}."
    assert fresh(talk).notes == f"Met {name} oefenen."
    assert "Bewaard om" in piece.content.decode()
    for said in (piece, page, asked):
        assert told in said.content.decode()
    assert "In ‘Besproken’ staat misschien de naam van een leerling" in text(asked)
    assert before == 0
    with whole_installation():
        assert Minutes.objects.filter(of=talk).count() == 1
        assert name not in str([event.__dict__ for event in Event.objects.all()])


def test_first_and_last_name_together_never_stand_in_minutes(world: World) -> None:
    talk, teacher = a_talk(world), user(world, "teacher")
    whole = str(world.pupils["noor"])

    refused = teacher.post(address(talk), {"doe": "verslag::namen", "tekst": f"Met {whole}.", "versie": "1"})

    assert "In de tekst staat een naam van een leerling" in text(refused)
    with whole_installation():
        assert not Minutes.objects.filter(of=talk).exists()


def test_about_the_school_one_is_asked_about_names_of_pupils_but_not_of_staff(world: World) -> None:
    talk, leader = a_talk(world, "school", None), user(world, "care_director")
    pupil, staff = world.pupils["noor"].first_name, world.staff["teacher"].surname

    other = leader.post(address(talk), {"doe": "notitie", "tekst": f"{staff} leest voor.", "versie": "1"}, follow=True)
    one = leader.post(address(talk), {"doe": "notitie", "tekst": f"{pupil} leest voor.", "versie": "2"}, follow=True)

    assert "misschien" not in text(other)
    assert f"misschien de naam van een leerling: {pupil}" in text(one)


def test_notes_are_kept_while_one_writes_and_the_next_piece_has_the_new_version(world: World) -> None:
    talk, teacher = a_talk(world), user(world, "teacher")
    piece = {"HX-Request": "true"}

    saved = teacher.post(address(talk), {"doe": "notitie", "tekst": "Eerst dit.", "versie": "1"}, headers=piece)
    again = teacher.post(address(talk), {"doe": "notitie", "tekst": "Dan dat.", "versie": "2"}, headers=piece)

    assert saved.status_code == again.status_code == 200
    assert "Bewaard om" in saved.content.decode()
    assert 'id="versie" value="2" hx-swap-oob="true"' in saved.content.decode()
    assert fresh(talk).notes == "Dan dat."


def test_two_people_writing_at_once_get_a_clear_choice_without_the_page(world: World) -> None:
    talk = a_talk(world)
    user(world, "teacher").post(address(talk), {"doe": "notitie", "tekst": "Van de een.", "versie": "1"})

    told = user(world, "duo").post(
        address(talk), {"doe": "notitie", "tekst": "Van de ander.", "versie": "1"}, headers={"HX-Request": "true"}
    )

    body = told.content.decode()
    assert "<main" not in body
    assert "Van de een." in body
    assert re.search(r'name="versie" value="2"[^>]*>Mijn tekst bewaren', body)
    assert "De nieuwste houden" in body
    assert fresh(talk).notes == "Van de een."
    # a field and a button of that name: the button was chosen
    user(world, "duo").post(address(talk), {"doe": "notitie", "tekst": "Van de ander.", "versie": ["1", "2"]})
    assert fresh(talk).notes == "Van de ander."


def test_what_was_typed_but_not_saved_comes_along_with_every_button(world: World) -> None:
    talk, teacher = a_talk(world), user(world, "teacher")
    along = {"tekst": "Nog niet bewaard.", "versie": "1"}

    teacher.post(address(talk), {"doe": "besluit", "wat": "Elke dag automatiseren"} | along)
    assert fresh(talk).notes == "Nog niet bewaard."
    teacher.post(address(talk), {"doe": "verslag", "tekst": "Op het laatst.", "versie": "2"})

    assert "Op het laatst." in paper(teacher.get(address(talk, "verslag/1/")))[1]
    # what was refused, or begun with an older version, stays in its field with that version
    fault = teacher.post(address(talk), {"doe": "besluit", "wat": "", "tekst": "Oud.", "versie": "2"}).content.decode()
    stale = teacher.post(address(talk), {"doe": "verslag", "tekst": "Oud.", "versie": "2"})
    assert 'id="versie" value="2"' in fault
    assert "Op het laatst." in text(stale)
    assert "Oud." in text(stale)
    assert 'id="versie" value="2"' in stale.content.decode()
    with whole_installation():
        assert Minutes.objects.filter(of=talk).count() == 1


def test_minutes_are_one_page_with_decisions_owners_and_dates_and_never_change(world: World) -> None:
    talk = a_talk(world)
    for number in range(6):
        a_finding(talk, f"Bij rekenen haalden {number} van de 8 leerlingen het doel van de basisgroep.", rank=number)
    teacher = user(world, "teacher")
    owner = world.staff["duo"]
    teacher.post(
        address(talk), {"doe": "besluit", "wat": "Elke dag automatiseren", "wie": owner.pk, "wanneer": "2027-04-01"}
    )
    teacher.post(address(talk), {"doe": "verslag"})
    first = teacher.get(address(talk, "verslag/1/"))

    teacher.post(address(talk), {"doe": "besluit", "wat": "Iets later", "wie": "", "wanneer": ""})
    teacher.post(address(talk), {"doe": "verslag"})

    pages, said = paper(first)
    assert pages == 1
    for each in ("Groepsbespreking", "Elke dag automatiseren", str(owner), "1 april 2027", "5 van de 8 leerlingen"):
        assert each in said
    assert teacher.get(address(talk, "verslag/1/")).content == first.content
    assert "Iets later" in paper(teacher.get(address(talk, "verslag/2/")))[1]


def test_minutes_that_would_say_the_same_are_not_made_again_and_the_page_says_so(world: World) -> None:
    talk, teacher = a_talk(world), user(world, "teacher")
    other = a_talk(world, kind="start")
    teacher.post(address(talk), {"doe": "verslag", "tekst": "Besproken.", "versie": "1"})

    again = teacher.post(address(talk), {"doe": "verslag", "tekst": "Besproken.", "versie": "2"}, follow=True)
    onward = teacher.post(address(talk), {"doe": "verslag:verder"}, follow=True)
    with whole_installation():
        made = Minutes.objects.filter(of=talk).count()
    teacher.post(address(talk), {"doe": "verslag", "tekst": "Besproken, en meer.", "versie": "2"})

    assert made == 1
    for told in (again, onward):
        assert "er is geen nieuwe versie gemaakt" in text(told)
    assert onward.redirect_chain[0][0] == address(other)
    with whole_installation():
        assert list(Minutes.objects.filter(of=talk).values_list("number", flat=True)) == [1, 2]


def test_a_decision_that_was_begun_stays_whatever_button_is_pressed(world: World) -> None:
    talk, teacher = a_talk(world), user(world, "teacher")
    teacher.post(address(talk), {"doe": "besluit", "wat": "Al besloten"})
    (made,) = agreed(talk)
    begun = {"wat": "Half geschr", "wie": world.staff["duo"].pk, "wanneer": "2027-05-04"}

    pressed = ("alles-gedaan", f"weg:{made.pk}", "notitie", "verslag", "verslag:verder", "namen:verbergen")
    pages = {do: teacher.post(address(talk), {"doe": do} | begun) for do in pressed}

    for do, page in pages.items():
        said = page.content.decode()
        assert page.status_code == 200, do
        assert 'value="Half geschr"' in said, do
        assert 'value="2027-05-04"' in said, do
        assert f'value="{world.staff["duo"].pk}" selected' in said, do
    assert not agreed(talk)
    for do in ("verslag", "verslag:verder"):
        assert "staat nog iets dat niet is afgesproken" in text(pages[do])
    assert pages["namen:verbergen"].cookies["lc-names"].value == "hidden"
    assert "namen:tonen" in pages["namen:verbergen"].content.decode()
    with whole_installation():
        assert not Minutes.objects.filter(of=talk).exists()


def test_hiding_names_without_script_saves_what_was_typed(world: World) -> None:
    talk, teacher = a_talk(world), user(world, "teacher")

    hid = teacher.post(address(talk), {"doe": "namen:verbergen", "tekst": "Nog niet bewaard.", "versie": "1"})
    shown = teacher.post(address(talk), {"doe": "namen:tonen", "tekst": "Nog meer.", "versie": "2"})

    assert hid["Location"] == address(talk)
    assert hid.cookies["lc-names"].value == "hidden"
    assert shown.cookies["lc-names"].value == ""
    assert fresh(talk).notes == "Nog meer."


def test_a_decision_in_fixed_minutes_is_not_taken_back(world: World) -> None:
    talk = a_talk(world)
    teacher = user(world, "teacher")
    teacher.post(address(talk), {"doe": "besluit", "wat": "Elke dag automatiseren"})
    teacher.post(address(talk), {"doe": "verslag"})

    teacher.post(address(talk), {"doe": f"weg:{agreed(talk)[0].pk}"})

    assert len(agreed(talk)) == 1


def test_what_points_at_one_teacher_stands_on_no_paper(world: World) -> None:
    talk = a_talk(world)
    finding = a_finding(talk, "Rekenen blijft achter.")
    with whole_installation():
        for code in ("instruction_short", "weeks_short"):
            ChosenExplanation.objects.create(school=talk.school, finding=finding, code=code)
    teacher = user(world, "teacher")
    teacher.post(address(talk), {"doe": "verslag"})

    for more in ("blad/", "verslag/1/"):
        said = paper(teacher.get(address(talk, more)))[1]
        assert "te weinig effectieve weken" in said
        assert "te weinig instructie" not in said
    with whole_installation():
        assert "te weinig instructie" not in str(Minutes.objects.get(of=talk).content)


def test_an_explanation_in_own_words_about_a_group_stands_on_no_paper(world: World) -> None:
    """Nobody but who wrote it knows whether it points at someone; who is at the talk reads it on the page."""
    talk = a_talk(world)
    finding = a_finding(talk, "Rekenen blijft achter.", group=world.groups["5"])
    with whole_installation():
        ChosenExplanation.objects.create(school=talk.school, finding=finding, own_text="de invaller gaf dit niet")
    teacher = user(world, "teacher")
    assert "de invaller gaf dit niet" in text(teacher.get(address(talk)))
    teacher.post(address(talk), {"doe": "verslag"})

    for more in ("blad/", "verslag/1/"):
        assert "de invaller" not in paper(teacher.get(address(talk, more)))[1]
    with whole_installation():
        assert "de invaller" not in str(Minutes.objects.get(of=talk).content)


def test_a_team_sees_no_group_and_nothing_of_fewer_than_five_pupils(world: World) -> None:
    talk = a_talk(world, "team", None)
    a_finding(talk, "Van de school.", evidence=[{"kind": "overview", "key": {}, "figures": {"counted": 5}}])
    a_finding(talk, "Van vier leerlingen.", evidence=[{"kind": "overview", "key": {}, "figures": {"counted": 4}}])
    a_finding(talk, "Van een groep.", group=world.groups["5"])

    page = text(user(world, "care_director").get(address(talk)))
    assert "Van de school." in page
    assert "Van vier leerlingen." not in page
    assert "Van een groep." not in page


def test_nothing_is_due_before_the_round_began_and_what_was_typed_stays(world: World) -> None:
    talk = a_talk(world)
    said = {"doe": "besluit", "wat": "Elke dag automatiseren", "wie": "", "wanneer": "2020-04-01"}

    answer = text(user(world, "teacher").post(address(talk), said))

    assert "Deze dag ligt voor het begin van de ronde." in answer
    assert agreed(talk) == []


def test_a_team_does_not_read_what_was_agreed_on_in_the_analysis_of_the_school(world: World) -> None:
    """That may be about one teacher; the analysis itself begins with what both agreed."""
    before = {"school_year": 2025, "moment": "E"}
    for kind, said in (("school", "We kijken mee in een klas."), ("team", "We beginnen op tijd.")):
        held = a_talk(world, kind, None, **before)
        with whole_installation():
            Agreement.objects.create(school=held.school, meeting=held, text=said, **before)
    leader = user(world, "care_director")
    team, analysis = a_talk(world, "team", None), a_talk(world, "school", None)

    shown, sheet = text(leader.get(address(team))), paper(leader.get(address(team, "blad/")))[1]

    assert "We beginnen op tijd." in shown
    assert "We beginnen op tijd" in sheet
    assert "kijken mee" not in shown + sheet
    assert {"We kijken mee", "We beginnen op"} == {
        part for part in ("We kijken mee", "We beginnen op") if part in text(leader.get(address(analysis)))
    }


def test_a_talk_has_at_most_six_findings_what_went_well_first_and_none_about_one_pupil(world: World) -> None:
    talk = a_talk(world)
    for number in range(8):
        a_finding(talk, f"Bevinding {number}.", rank=number + 1, good=number == 5)
    a_finding(talk, "Over een kind.", level="pupil", pupil=world.pupils["noor"])

    page = text(user(world, "teacher").get(address(talk)))
    assert page.count("Bevinding ") == 6
    assert page.index("Bevinding 5.") < page.index("Bevinding 0.")
    assert "Over een kind." not in page


def test_a_talk_is_prepared_once_and_only_for_the_own_groups(world: World) -> None:
    run = a_talk(world, "school", None).run
    teacher, leader = user(world, "teacher"), user(world, "care_director")
    own = {"soort": "group", "groep": world.groups["5"].pk}

    for client in (teacher, leader):
        assert client.post(f"/rondes/{run.pk}/overleg/klaarzetten/", own).status_code == 302
    other = teacher.post(f"/rondes/{run.pk}/overleg/klaarzetten/", own | {"groep": world.groups["6"].pk})

    assert other["Location"] == f"/rondes/{run.pk}/overleg/"
    with whole_installation():
        assert RoundMeeting.objects.filter(run=run, kind="group").count() == 1


def test_closing_a_round_opens_tasks_for_owners_and_for_checks_to_come(world: World) -> None:
    talk = a_talk(world)
    owner, leader = world.staff["teacher"], world.staff["care_director"]
    with whole_installation(), transaction.atomic():
        base = {"school": talk.school, "school_year": 2026, "moment": "M", "meeting": talk}
        Agreement.objects.create(**base, text="Automatiseren", owner=owner, due_on=date(2027, 4, 1))
        Agreement.objects.create(**base, text="Al gedaan", owner=owner, done="done")
        Agreement.objects.create(**base, text="Van niemand")
        tried = Intervention.objects.create(
            school=talk.school, run=talk.run, name="Lezen", start=date(2027, 1, 1), end=date(2027, 6, 1)
        )
        for on in (date(2027, 4, 12), date(2026, 10, 1)):
            Check.objects.create(school=talk.school, intervention=tried, on=on)

        close_round(run=talk.run, by=world.users["care_director"])

        made = set(Task.objects.filter(school=talk.school).values_list("text", "owner", "due_on"))
    assert made == {
        ("Automatiseren", owner.pk, date(2027, 4, 1)),
        ("Van niemand", leader.pk, None),
        ("Tussentijds kijken: Lezen", leader.pk, date(2027, 4, 12)),
    }
    assert user(world, "teacher").post(address(talk), {"doe": "verslag"}).status_code == 404


def test_opening_again_and_closing_again_leaves_tasks_and_minutes_as_they_were(world: World) -> None:
    talk, teacher = a_talk(world), user(world, "teacher")
    teacher.post(address(talk), {"doe": "besluit", "wat": "Automatiseren"})
    teacher.post(address(talk), {"doe": "verslag"})
    first = teacher.get(address(talk, "verslag/1/")).content
    leader = world.users["care_director"]
    with whole_installation(), transaction.atomic():
        close_round(run=talk.run, by=leader)
        made = set(Task.objects.filter(school=talk.school).values_list("pk", "text"))
        reopen_round(run=talk.run, by=leader)

    teacher.post(address(talk), {"doe": "besluit", "wat": "Nog iets"})
    with whole_installation(), transaction.atomic():
        close_round(run=talk.run, by=leader)
        after = set(Task.objects.filter(school=talk.school).values_list("pk", "text"))

    assert {text for _pk, text in made} == {"Automatiseren"}
    assert made < after
    assert {text for _pk, text in after - made} == {"Nog iets"}
    assert teacher.get(address(talk, "verslag/1/")).content == first


def test_a_task_leads_to_the_talk_only_where_its_owner_may_read_it(world: World) -> None:
    talk = a_talk(world)
    with whole_installation(), transaction.atomic():
        base = {"school": talk.school, "school_year": 2026, "moment": "M", "meeting": talk}
        for name in ("teacher", "teacher6"):
            Agreement.objects.create(**base, text=name, owner=world.staff[name])

        close_round(run=talk.run, by=world.users["care_director"])

        urls = dict(Task.objects.filter(school=talk.school).values_list("text", "url"))
    assert urls == {"teacher": address(talk), "teacher6": ""}
    assert user(world, "teacher").get(urls["teacher"]).status_code == 200
    assert user(world, "teacher6").get(address(talk)).status_code == 404


def test_the_page_of_a_talk_asks_as_many_questions_for_more_pupils_and_agreements(world: World) -> None:
    talk, teacher = a_talk(world), user(world, "teacher")

    def asked() -> int:
        teacher.get(address(talk))
        with CaptureQueriesContext(connection) as caught:
            assert teacher.get(address(talk)).status_code == 200
        return len(caught)

    def add(number: int) -> None:
        with whole_installation():
            base: dict[str, Any] = {"school": talk.school, "group": world.groups["5"], "owner": world.staff["teacher"]}
            for each in range(number):
                text = f"Afspraak {Agreement.objects.count()}"
                Agreement.objects.create(**base, text=text, school_year=2026, moment="M", meeting=talk)
                Agreement.objects.create(**base, text=text, school_year=2025, moment="E")
                make_pupil(talk.school, f"Kind{each}", group=world.groups["5"])
                a_finding(talk, f"Zin {text}")

    add(1)
    few = asked()
    add(5)

    assert asked() == few
