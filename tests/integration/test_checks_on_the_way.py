"""Looking halfway an intervention: when, what method tests say by then, who may, and that it stays as it was."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader
from tests.support.measured import CALENDAR
from tests.support.pages import text, user
from tests.support.rounds import rounds
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.actions import save_method_results
from leercirkel.apps.assessment.models import CalendarVersion, StandardsVersion
from leercirkel.apps.audit.models import Event
from leercirkel.apps.cycle.actions.rounds import close_round
from leercirkel.apps.cycle.models import Check, CycleRun, Intervention, InterventionGroup, Judgement, RoundMeeting
from leercirkel.apps.cycle.presenters.checks import check_lines
from leercirkel.apps.cycle.selectors.checks import checks_of, day_to_look, goals_of
from leercirkel.apps.planning.models import Task
from leercirkel.core.interventions import halfway

pytestmark = pytest.mark.django_db

HOLIDAY = CALENDAR + '\n[[holiday]]\nname = "voorjaarsvakantie"\nfrom = 2027-02-20\nuntil = 2027-02-28\n'
PERCENTS = {"noor": 60.0, "daan": 59.0, "mila": 85.0, "milo": 20.0, "secret": 70.0}


@pytest.fixture
def tried(world: World) -> Intervention:
    """Given to group 5 from 11 January to 26 March 2027; today is 2 March."""
    with whole_installation():
        run: CycleRun = rounds(world)["cyclerun"]["kantelaar"]
        Intervention.objects.filter(school=run.school).delete()
        StandardsVersion.objects.filter(school=run.school).delete()
        CalendarVersion.objects.create(school=run.school, school_year=2026, number=7, toml=HOLIDAY)
        made = Intervention.objects.create(
            school=run.school, run=run, name="Automatiseren", start=date(2027, 1, 11), end=date(2027, 3, 26),
            subject="rekenen",
        )  # fmt: skip
        InterventionGroup.objects.create(school=run.school, intervention=made, group=world.groups["5"])
        return made


def filled_in(world: World, percents: dict[str, float], day: date = date(2027, 3, 1), goal: str = "tafels") -> None:
    with whole_installation():
        cells: dict[tuple[int, str], float | None] = {
            (world.pupils[name].pk, goal): value for name, value in percents.items()
        }
        save_method_results(
            school=world.schools["kantelaar"], cells=cells, subject="rekenen", block="Blok 5", taken_on=day, by=None
        )


def planned(tried: Intervention, on: date = date(2027, 3, 1)) -> Check:
    with whole_installation():
        return Check.objects.create(school=tried.school, intervention=tried, on=on)


def address(tried: Intervention, check: Check | None = None) -> str:
    return f"/rondes/{tried.run_id}/volgen/{tried.pk}/kijken/" + (f"{check.pk}/" if check else "")


@pytest.mark.parametrize(("weeks", "middle"), [(0, None), (1, 0), (4, 2), (5, 2)])
def test_halfway_is_the_first_week_of_the_second_half(weeks: int, middle: int | None) -> None:
    mondays = [date(2027, 1, 4 + 7 * k) if 4 + 7 * k <= 31 else date(2027, 2, 7 * k - 27) for k in range(weeks)]

    assert halfway(mondays) == (None if middle is None else mondays[middle])


def test_the_day_that_is_proposed_lies_ahead_and_in_no_holiday(tried: Intervention) -> None:
    with whole_installation():
        assert day_to_look(tried) == date(2027, 3, 8)  # halfway was 15 February
        tried.end = date(2027, 5, 28)
        assert day_to_look(tried) == date(2027, 3, 22)


def test_a_day_is_chosen_once_and_never_in_a_holiday(world: World, tried: Intervention) -> None:
    client = user(world, "teacher")

    assert client.post(address(tried), {"dag": "2027-03-08"}).status_code == 302
    for wrong in ("2027-03-08", "2027-02-24", "2027-04-02", "", "morgen"):
        assert client.post(address(tried), {"dag": wrong}).status_code == 200

    with whole_installation():
        assert [str(row.on) for row in Check.objects.filter(intervention=tried)] == ["2027-03-08"]
        assert Event.objects.filter(object_type="cycle.check", kind="created").count() == 1


def test_what_was_reached_is_counted_and_kept_as_it_was(world: World, tried: Intervention) -> None:
    filled_in(world, {"noor": 10.0, "yassin": 90.0}, day=date(2027, 1, 12))
    filled_in(world, PERCENTS)
    check, client = planned(tried), user(world, "teacher")

    page = text(client.get(address(tried, check)))
    answer = client.post(address(tried, check), {"doel": "tafels", "gezien": "Tellen lukt, splitsen nog niet."})
    filled_in(world, {"daan": 100.0, "milo": 100.0}, day=date(2027, 3, 2))

    assert "tafels: 3 van de 5 voldoende of goed" in page  # 60 is reached; Yassin is in another group
    assert answer.status_code == 302
    with whole_installation():
        check.refresh_from_db()
        assert (check.test, check.reached, check.of) == ("tafels", 3, 5)
        assert check.done_by == world.users["teacher"]
    seen = text(client.get(f"/rondes/{tried.run_id}/volgen/"))
    assert "3 van de 5 voldoende of goed op “tafels”. Tellen lukt, splitsen nog niet" in seen
    again = client.post(address(tried, check), {"gezien": "Toch anders"}, follow=True)
    assert "Hier is al gekeken" in again.content.decode()


def test_without_a_test_a_sentence_and_without_either_nothing(world: World, tried: Intervention) -> None:
    check, client = planned(tried), user(world, "teacher")

    page = client.get(address(tried, check)).content.decode()
    nothing = client.post(address(tried, check), {"gezien": " "})
    unknown = client.post(address(tried, check), {"doel": "tafels", "gezien": ""})
    said = client.post(address(tried, check), {"gezien": "De groep werkt er rustig aan."})

    assert "nog geen methodetoets ingevuld" in page
    assert "Schrijf in een zin wat je zag." in nothing.content.decode()
    assert unknown.status_code == 200
    assert said.status_code == 302
    with whole_installation():
        check.refresh_from_db()
        assert (check.seen, check.of) == ("De groep werkt er rustig aan.", None)


def test_goals_before_the_first_day_and_of_others_do_not_count(world: World, tried: Intervention) -> None:
    filled_in(world, {"noor": 100.0}, day=date(2026, 12, 1))
    filled_in(world, {"yassin": 100.0}, day=date(2027, 2, 1), goal="breuken")

    with whole_installation():
        assert goals_of(tried) == ()
        tried.subject = ""
        assert goals_of(tried) == ()


def test_only_who_may_change_the_intervention_looks(world: World, tried: Intervention) -> None:
    check = planned(tried)

    for name, code in (("teacher6", 404), ("teacher_b", 404), ("head_x", 404), ("board", 403), ("guardian", 403)):
        client = user(world, name)
        assert client.get(address(tried, check)).status_code == code, name
        assert client.post(address(tried, check), {"gezien": "x"}).status_code == code, name
        assert client.post(address(tried), {"dag": "2027-03-08"}).status_code == code, name
    with whole_installation():
        assert Check.objects.get(pk=check.pk).done_at is None


def test_the_day_stands_on_the_start_page_until_somebody_looked(world: World, tried: Intervention) -> None:
    planned(tried, date(2027, 3, 10))
    check, client = planned(tried), user(world, "teacher")

    before = client.get("/").content.decode()
    client.post(address(tried, check), {"gezien": "Het lukt."})
    after = client.get("/").content.decode()

    assert before.count("Tussentijds kijken: Automatiseren") == 1
    assert address(tried, check) in before
    assert "Tussentijds kijken" not in after
    assert "Tussentijds kijken" not in user(world, "teacher6").get("/").content.decode()


def test_a_day_on_which_nobody_looked_can_be_taken_away(world: World, tried: Intervention) -> None:
    check, client = planned(tried), user(world, "teacher")

    assert client.post(address(tried, check), {"weg": "1"}).status_code == 302

    with whole_installation():
        assert not Check.objects.filter(pk=check.pk).exists()
        assert Event.objects.filter(object_type="cycle.check", kind="removed").count() == 1


def test_a_task_of_a_closed_round_leads_to_the_look(world: World, tried: Intervention) -> None:
    check = planned(tried, date(2027, 3, 10))
    with whole_installation():
        close_round(run=CycleRun.objects.get(interventions=tried), by=world.users["care_director"])
        url = Task.objects.get(text="Tussentijds kijken: Automatiseren").url
    assert url == address(tried, check)
    assert user(world, "care_director").get(url).status_code == 200


def test_a_look_of_an_owner_needs_no_task_for_it_stands_on_the_start_page(world: World, tried: Intervention) -> None:
    planned(tried, date(2027, 3, 10))
    check = planned(tried)
    with whole_installation():
        tried.owner = world.staff["teacher"]
        tried.save()
        close_round(run=CycleRun.objects.get(interventions=tried), by=world.users["care_director"])
        assert not Task.objects.filter(text="Tussentijds kijken: Automatiseren").exists()
    assert address(tried, check) in user(world, "teacher").get("/").content.decode()


def test_the_page_takes_as_many_questions_with_more_looks(world: World, tried: Intervention) -> None:
    client, counts = user(world, "teacher"), []
    for days in ((date(2027, 3, 1),), (date(2027, 3, 3), date(2027, 3, 8), date(2027, 3, 15))):
        for day in days:
            planned(tried, day)
        client.get(f"/rondes/{tried.run_id}/volgen/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/rondes/{tried.run_id}/volgen/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


# ----------------------------------------------------------------------------------------------- in a talk of the round


def talk_about(tried: Intervention, kind: str = "group", *, later: bool = False) -> RoundMeeting:
    """A talk of the round, or of the one after it."""
    with whole_installation():
        run = tried.run
        assert run is not None
        if later:
            run = CycleRun.objects.create(school=run.school, school_year=2026, moment="E", leader=run.leader)
        group = tried.groups.get().group if kind == "group" else None
        talk, _new = RoundMeeting.objects.get_or_create(school=run.school, run=run, kind=kind, group=group)
        return talk


def on_screen(world: World, talk: RoundMeeting, name: str = "care_director") -> str:
    return text(user(world, name).get(f"/rondes/{talk.run_id}/overleg/{talk.pk}/"))


def on_paper(world: World, talk: RoundMeeting) -> str:
    answer = user(world, "care_director").get(f"/rondes/{talk.run_id}/overleg/{talk.pk}/blad/")
    return " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def looked(world: World, tried: Intervention) -> None:
    """Three of five reached the goal, and a sentence."""
    filled_in(world, PERCENTS)
    check = planned(tried)
    user(world, "teacher").post(address(tried, check), {"doel": "tafels", "gezien": "Sneller werken lukt."})


def test_a_talk_tells_beside_the_intervention_what_was_seen_on_the_way(world: World, tried: Intervention) -> None:
    looked(world, tried)
    with whole_installation():
        (line,) = check_lines(checks_of([tried])[tried.pk])
    talk = talk_about(tried)

    shown, paper = on_screen(world, talk), on_paper(world, talk)

    assert "voldoende of goed op “tafels”. Sneller werken lukt" in line.said
    for told in (shown, paper):
        assert "Hier werken we aan" in told
        assert f"Onderweg gezien: {line.said}." in told


def test_a_day_on_which_nobody_looked_is_told_once_it_has_come(world: World, tried: Intervention) -> None:
    planned(tried, date(2027, 3, 1))
    planned(tried, date(2027, 3, 15))

    told = on_screen(world, talk_about(tried))

    assert "Op 1 maart zouden we kijken." in told
    assert "15 maart" not in told


def test_of_more_groups_the_count_is_of_all_of_them_and_says_so(world: World, tried: Intervention) -> None:
    looked(world, tried)
    talk = talk_about(tried)
    with whole_installation():
        InterventionGroup.objects.create(school=tried.school, intervention=tried, group=world.groups["6"])

    told = on_screen(world, talk)

    assert "Sneller werken lukt (alle groepen die meedoen samen)." in told


def test_what_is_over_stands_with_what_was_agreed_the_last_time(world: World, tried: Intervention) -> None:
    looked(world, tried)
    with whole_installation():
        Intervention.objects.filter(pk=tried.pk).update(end=date(2027, 3, 1))
        never = Intervention.objects.create(
            school=tried.school, run=tried.run, name="Niet naar gekeken", start=tried.start, end=date(2027, 3, 1)
        )
        InterventionGroup.objects.create(school=tried.school, intervention=never, group=world.groups["5"])
    talk = talk_about(tried, later=True)

    told, paper = on_screen(world, talk), on_paper(world, talk)

    assert "Automatiseren tot 1 maart 2027 Onderweg gezien:" in told.partition("Wat zien we?")[0]
    assert "Automatiseren (tot 1 maart 2027). Onderweg gezien:" in paper
    assert "Niet naar gekeken" not in told


def test_a_talk_begins_with_what_the_last_interventions_brought_and_never_tells_why(
    world: World, tried: Intervention
) -> None:
    with whole_installation():
        Intervention.objects.filter(pk=tried.pk).update(end=date(2027, 3, 1))
    talk = talk_about(tried, later=True)
    with whole_installation():
        Judgement.objects.create(
            school=tried.school, run=talk.run, intervention=tried, choice="adapt", why="Het rooster liep vast.",
            effect={"verdict": "undecided"},
        )  # fmt: skip

    told, paper = on_screen(world, talk), on_paper(world, talk)

    assert "Opgeleverd: kan toeval zijn. Besloten: aanpassen." in told.partition("Wat zien we?")[0]
    assert "Automatiseren (tot 1 maart 2027). Opgeleverd: kan toeval zijn. Besloten: aanpassen." in paper
    assert "Het rooster liep vast" not in told + paper


def test_the_team_is_told_no_few_and_no_own_words(world: World, tried: Intervention) -> None:
    with whole_installation():
        InterventionGroup.objects.create(school=tried.school, intervention=tried, group=world.groups["6"])
        for day, of in ((1, 4), (2, 12)):
            Check.objects.create(
                school=tried.school, intervention=tried, on=date(2027, 3, day), done_at=timezone.now(), test="tafels",
                reached=3, of=of, seen="Eén groep loopt achter.",
            )  # fmt: skip

    told = on_screen(world, talk_about(tried, "team"))

    assert "3 van de 12 voldoende of goed op “tafels”" in told
    assert "3 van de 4" not in told
    assert "Eén groep loopt achter" not in told


def test_a_talk_takes_as_many_questions_with_more_looks(world: World, tried: Intervention) -> None:
    talk, counts = talk_about(tried), []
    client = user(world, "care_director")
    for days in ((1,), (2, 3, 4)):
        for day in days:
            planned(tried, date(2027, 2, day))
        client.get(f"/rondes/{talk.run_id}/overleg/{talk.pk}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/rondes/{talk.run_id}/overleg/{talk.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
