"""Growth norms of a school: loaded where norm tables are, seen with a pupil and a group, and gone when ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support import small_results
from tests.support.growth_norms import growth_file, growth_norm
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.analysis.growth_norms.cohort import NormTest, Occasion
from leercirkel.analysis.growth_norms.model import percentile_of
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.assessment.changes import version_of
from leercirkel.apps.assessment.models import NormFile, Result
from leercirkel.apps.assessment.selectors import growth_norms_of, norm_tables_of
from leercirkel.exchange.normtables.reader import COLUMNS

M4, M5, M6 = (Occasion(grade, "M") for grade in (4, 5, 6))
REKENEN, SPELLING = (NormTest(subject, "DEMO", "1") for subject in ("rekenen", "spelling"))
ONE = growth_norm(REKENEN, M5, M4)


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Iterator[World]:
    """The scores of `small_results`, on a test with a name."""
    with django_db_blocker.unblock(), small_results.committed("growth_norms") as world:
        with whole_installation(), transaction.atomic():
            Result.objects.filter(school=world.schools["kantelaar"]).update(instrument="DEMO", version="1")
        yield world


@pytest.fixture(autouse=True)
def nothing_in_use(small: World) -> Iterator[None]:
    yield
    with whole_installation(), transaction.atomic():
        NormFile.objects.all().delete()


def client_of(world: World, user: str) -> Client:
    client = Client()
    sign_in(client, world.users[user])
    return client


def add(world: World, content: bytes, name: str = "groei.toml", user: str = "head") -> Any:
    path = f"/normtabellen/{world.schools['kantelaar'].pk}/nieuw/"
    told = {"source": "bestuur, 40 scholen", "right_of_use": "own"}
    return client_of(world, user).post(path, {"bestand": SimpleUploadedFile(name, content), **told}, follow=True)


def files() -> list[NormFile]:
    with whole_installation():
        return list(NormFile.objects.order_by("id"))


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def pupil(world: World, name: str, user: str = "teacher") -> str:
    return text(client_of(world, user).get(f"/leerlingen/{world.pupils[name].pk}/resultaten/"))


def version(school: int) -> tuple[int, int]:
    with scope(schools=[school]):
        return version_of(school)


def errors_known() -> bytes:
    """A norm table with a measurement error of 4 points at each moment."""
    lines = [f"DEMO;1;rekenen;pupil;{grade};M;score;sem;4;sem;;;;verzonnen" for grade in (4, 5)]
    return "\n".join((";".join(COLUMNS), *lines)).encode()


def test_a_file_of_growth_norms_is_kept_with_what_it_is_for_and_where_it_comes_from(small: World) -> None:
    told = text(add(small, growth_file(ONE, growth_norm(SPELLING, M6, M5, M4))))

    (kept,) = files()
    assert (kept.kind, kept.tables, kept.source, kept.right_of_use) == ("growth", 2, "bestuur, 40 scholen", "own")
    for word in ("De groeinormen zijn in gebruik", "DEMO 1 Rekenen M4 M5 M4: 60 t/m 140 600 leerlingen",
                 "Spelling M4, M5 M6", "2020-2021 t/m 2023-2024", "bestuur, 40 scholen"):  # fmt: skip
        assert word in told, word
    assert "gemaakt van 600 leerlingen" in told
    assert "meetfout niet bekend" in told
    with scope(schools=[small.schools["kantelaar"].pk]):
        assert len(growth_norms_of(small.schools["kantelaar"])) == 2
        assert norm_tables_of(small.schools["kantelaar"]) == ()


def test_every_fault_of_a_file_is_told_at_once_with_row_and_field_and_nothing_is_kept(small: World) -> None:
    wrong = growth_file(ONE).decode().replace('"5/M"', '"vijf"', 1).replace("pupils = 600", "pupils = 0")

    answer = add(small, wrong.encode())

    found = {problem.field: problem.row for _word, problem in answer.context["problems"]}
    assert found == {"to": 5, "pupils": 8}
    assert "Dit bestand kan nog niet" in answer.content.decode()
    assert files() == []


@pytest.mark.parametrize("content", [b"", b"[[standard]]\n", b"[[growth_norm]\n", b"\x00\x01", b"[[growth_norm]]\n"])
def test_a_file_that_is_none_is_refused_with_what_to_do(small: World, content: bytes) -> None:
    answer = add(small, content)

    assert answer.status_code == 200
    assert files() == []


def test_who_only_reads_cannot_load_or_end(small: World) -> None:
    assert add(small, growth_file(ONE), user="teacher").status_code == 403
    assert files() == []


def test_on_the_page_of_a_pupil_it_says_where_the_score_lies_among_pupils_with_the_same_earlier_score(
    small: World,
) -> None:
    before = pupil(small, "noor")
    add(small, growth_file(ONE))

    place = percentile_of(ONE.norm, [100], 101)
    said = pupil(small, "noor")
    assert "Groei vergeleken" not in before
    assert (
        f"dezelfde eerdere score (midden 2025-2026): {place}e percentiel van 600 leerlingen uit 2020-2021 tot en met "
        "2023-2024."
    ) in said
    assert f"Van de 100 scoorden er ongeveer {place} lager." in said
    assert "Hoe ver de toetsen ernaast kunnen zitten is niet bekend" in said
    assert said.count("Groei vergeleken met leerlingen met dezelfde") == 1  # no norm for spelling
    assert "niet of die genoeg is" in said


def test_with_the_errors_of_the_tests_it_says_between_what_the_percentile_probably_lies(small: World) -> None:
    add(small, growth_file(ONE))
    add(small, errors_known(), "fout.csv")

    said = pupil(small, "noor")

    found = re.search(r"waarschijnlijk tussen (\d+) en (\d+)\.", said)
    assert found
    assert int(found[1]) < percentile_of(ONE.norm, [100], 101) < int(found[2])
    assert "Over één leerling zegt dit dus weinig." in said


def test_a_pupil_without_the_score_or_with_one_outside_the_norm_gets_the_reason(small: World) -> None:
    add(small, growth_file(growth_norm(REKENEN, M5, Occasion(4, "E")), growth_norm(SPELLING, M5, M4)))
    school = small.schools["kantelaar"]
    with scope(schools=[school.pk]), transaction.atomic():
        before = Result.objects.filter(pupil=small.pupils["noor"], school_year=2025, subject="spelling")
        before.update(score=200)
    try:
        said = pupil(small, "noor")
    finally:
        with scope(schools=[school.pk]), transaction.atomic():
            before.update(score=100)

    assert "daarvoor is een score nodig van eind 2025-2026, op dezelfde toets" in said
    assert "een score van midden 2025-2026 ligt buiten die van de leerlingen" in said
    assert "percentiel" not in said


def test_figures_that_were_kept_no_longer_hold_when_a_norm_comes_or_goes(small: World) -> None:
    school = small.schools["kantelaar"]
    begun = version(school.pk)
    add(small, growth_file(ONE))
    loaded = version(school.pk)
    (kept,) = files()
    assert "Groei vergeleken" in pupil(small, "noor")

    ended = client_of(small, "head").post(f"/normtabellen/{school.pk}/{kept.pk}/einde/", follow=True)

    assert len({begun, loaded, version(school.pk)}) == 3
    assert "worden niet meer gebruikt" in ended.content.decode()
    assert "Groei vergeleken" not in pupil(small, "noor")
    assert "Niet meer in gebruik" in text(client_of(small, "head").get("/normtabellen/"))


def test_a_newer_file_of_the_same_norm_holds_and_the_older_one_is_told_not_to_count(small: World) -> None:
    newer = growth_norm(REKENEN, M5, M4, middle=90.0)
    add(small, growth_file(ONE))
    add(small, growth_file(newer))

    assert f"{percentile_of(newer.norm, [100], 101)}e percentiel" in pupil(small, "noor")
    assert "er is een nieuwere in gebruik; deze telt niet mee" in text(client_of(small, "head").get("/normtabellen/"))


def test_a_group_of_fewer_than_ten_gets_no_median_but_that_there_are_too_few(small: World) -> None:
    add(small, growth_file(ONE))

    said = text(client_of(small, "teacher").get(f"/groepen/{small.groups['5'].pk}/resultaten/"))

    assert re.search(r"Groeipercentiel: te weinig om iets te zeggen \(\d (van \d )?leerlingen\)\.", said)
    assert "waarschijnlijk tussen" not in said.partition("Groeipercentiel: te weinig")[2].partition("(")[0]
    assert "Van alle leerlingen is dat 50." in said


def test_the_pages_ask_the_database_as_often_with_growth_norms_as_without(small: World) -> None:
    client = client_of(small, "teacher")
    addresses = [f"/leerlingen/{small.pupils['noor'].pk}/resultaten/", f"/groepen/{small.groups['5'].pk}/resultaten/"]

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    without = asked()
    add(small, growth_file(ONE))

    assert asked() == without
