"""The six answers: what was computed, the school's own text beside it, its versions, and what changed since."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from tests.support.sample_report import sample_report
from tests.support.signed_in import sign_in
from tests.support.world import DAY, World

from leercirkel.analysis.answers import QUESTIONS
from leercirkel.analysis.answers import answers_of as computed_answers
from leercirkel.analysis.answers.order import COVER
from leercirkel.analysis.model import SchoolReport
from leercirkel.apps.access.scope import scope
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event
from leercirkel.apps.insight.actions.answers import ChangedMeanwhile, write_answer
from leercirkel.apps.insight.models import AnswerText
from leercirkel.apps.insight.presenters import school as shaped
from leercirkel.apps.insight.presenters.links import links_of
from leercirkel.apps.insight.selectors import OWN_TEXT, own_texts, questions_of, versions_of, with_own_texts

pytestmark = pytest.mark.django_db
GOALS = "goals_reached"


@pytest.fixture(scope="module")
def report() -> SchoolReport:
    made = sample_report()
    return replace(made, answers=computed_answers(made, made.method.main_tiers))


def computed(report: SchoolReport, question: str = GOALS) -> str:
    return "\n".join(answer.text for answer in report.answers if answer.question == question)


def write(world: World, report: SchoolReport, text: str, **more: object) -> AnswerText:
    with scope(schools=[world.schools["kantelaar"].pk]):
        return write_answer(
            **{
                "school": world.schools["kantelaar"], "school_year": int(report.school_year[:4]),
                "moment": report.moment, "question": GOALS, "text": text, "computed": computed(report),
                "language": "nl", "by": world.users["head"], **more,
            }  # type: ignore[arg-type]
        )  # fmt: skip


def of_the_school(world: World, report: SchoolReport, who: str = "head") -> dict[str, AnswerText]:
    return own_texts(sight_of(world.users[who].pk, DAY), world.schools["kantelaar"], report)


def test_an_own_text_stands_beside_the_computed_sentences(world: World, report: SchoolReport) -> None:
    write(world, report, "We zijn trots op het lezen.")

    found = {one.question: one for one in questions_of(report, of_the_school(world, report))}

    assert list(found) == list(QUESTIONS)
    assert found[GOALS].own is not None
    assert found[GOALS].own.text == "We zijn trots op het lezen."
    assert [one.text for one in found[GOALS].computed] == computed(report).splitlines()
    assert not found[GOALS].changed
    assert found["trend"].own is None


def test_what_changed_since_an_own_text_was_written_is_told_sentence_by_sentence(
    world: World, report: SchoolReport
) -> None:
    write(world, report, "Eigen woorden.")
    mine = [answer for answer in report.answers if answer.question == GOALS]
    other = replace(mine[0], text="Een andere zin.")
    later = replace(report, answers=(other, *(a for a in report.answers if a is not mine[0])))

    (found,) = [one for one in questions_of(later, of_the_school(world, later)) if one.question == GOALS]

    assert found.changed
    assert (found.gone, found.new) == ((mine[0].text,), ("Een andere zin.",))


def test_nothing_is_lost_and_an_earlier_version_can_be_put_back(world: World, report: SchoolReport) -> None:
    first = write(world, report, "Eerst.")
    write(world, report, "Daarna.", after=1)
    write(world, report, "", after=2)
    assert of_the_school(world, report) == {}

    write(world, report, first.text, put_back=first.number)

    versions = versions_of(sight_of(world.users["head"].pk, DAY), world.schools["kantelaar"], report, GOALS)
    assert [(one.number, one.text, one.put_back) for one in versions] == [
        (4, "Eerst.", 1),
        (3, "", None),
        (2, "Daarna.", None),
        (1, "Eerst.", None),
    ]
    assert of_the_school(world, report)[GOALS].text == "Eerst."
    with scope(schools=[world.schools["kantelaar"].pk]):
        assert Event.objects.filter(kind=Kind.CHANGED, purpose=GOALS).count() == 3


def test_who_opened_an_older_version_does_not_write_over_a_newer_one(world: World, report: SchoolReport) -> None:
    write(world, report, "Van de een.", after=0)

    with pytest.raises(ChangedMeanwhile):
        write(world, report, "Van de ander.", after=0)

    assert of_the_school(world, report)[GOALS].text == "Van de een."


def test_the_database_lets_nobody_change_or_delete_a_version(world: World, report: SchoolReport) -> None:
    made = write(world, report, "Zo was het.")

    with scope(schools=[world.schools["kantelaar"].pk]):
        for change in (lambda: AnswerText.objects.update(text="anders"), lambda: made.delete()):
            with pytest.raises(ProgrammingError), transaction.atomic():
                change()


def test_own_texts_are_for_who_sees_the_whole_school(world: World, report: SchoolReport) -> None:
    write(world, report, "Over alle groepen.")

    assert of_the_school(world, report, "teacher")
    assert of_the_school(world, report, "subject_team") == {}
    assert of_the_school(world, report, "head_x") == {}


def test_a_report_begins_with_the_own_text_and_keeps_every_computed_answer(world: World, report: SchoolReport) -> None:
    write(world, report, "Onze eigen zin.")

    found = with_own_texts(report, of_the_school(world, report))

    assert (found.answers[0].template, found.answers[0].text) == (OWN_TEXT, "Onze eigen zin.")
    assert sorted(a.text for a in found.answers[1:]) == sorted(a.text for a in report.answers)
    assert found.answers[COVER + 1 :] == report.answers[COVER:]
    assert with_own_texts(report, {}) == report


def test_an_own_text_of_more_lines_is_marked_as_the_schools_own(world: World, report: SchoolReport) -> None:
    write(world, report, "Eerste regel.\nTweede regel.")
    own = with_own_texts(report, of_the_school(world, report))
    links = links_of(world.schools["kantelaar"], own, {}, explained=False)

    told = shaped.said(shaped.in_language(own), links)

    assert " ".join(told[0].text.split()) == "Eerste regel. Tweede regel."
    assert [one.own for one in told] == [True, *[False] * (len(told) - 1)]


def test_the_page_of_a_school_without_results_has_no_answers_yet(world: World) -> None:
    client = Client()
    sign_in(client, world.users["head_b"])

    page = client.get(f"/scholen/{world.schools['pluimgaard'].pk}/antwoorden/").content.decode()

    assert "Nog geen resultaten" in page
