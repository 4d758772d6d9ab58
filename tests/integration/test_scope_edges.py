"""The scope of a transaction where things go wrong: errors, savepoints, late bodies, answers that are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from tests.support.people import give, make_group, make_pupil, make_school, make_user

from leercirkel.apps.access.middleware import ScopeMiddleware
from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import SETTINGS, scope, whole_installation
from leercirkel.apps.organisation.models import Pupil, School


def now() -> dict[str, str | None]:
    with connection.cursor() as cursor:
        cursor.execute("select " + ", ".join(f"current_setting('{name}', true)" for name in SETTINGS))
        return dict(zip(SETTINGS, cursor.fetchone(), strict=True))


def asked(user: Any, answer: Any) -> Any:
    """What a request of this user gets from a view that gives `answer(request)`."""
    request = RequestFactory().get("/")
    request.user = user
    return ScopeMiddleware(answer)(request)  # type: ignore[arg-type]


@pytest.fixture
def school(own_db: object) -> School:
    made = make_school()
    make_pupil(made, "Noor", "Aardenburg", group=make_group(made))
    return made


@pytest.fixture
def head(school: School) -> User:
    return give(make_user(), "head", school)


@pytest.mark.usefixtures("db")
def test_an_error_in_an_inner_scope_gives_the_outer_one_back() -> None:
    one, two = make_school("Een"), make_school("Twee")

    with scope(schools=[one.pk], user=7):
        before = now()
        with pytest.raises(DatabaseError), scope(schools=[two.pk]), connection.cursor() as cursor:
            cursor.execute("select 1/0")
        with pytest.raises(RuntimeError), whole_installation():
            raise RuntimeError

        assert now() == before
        assert list(School.objects.values_list("pk", flat=True)) == [one.pk]


@pytest.mark.usefixtures("db")
def test_a_scope_that_was_set_in_an_undone_savepoint_is_undone_with_it() -> None:
    one, two = make_school("Een"), make_school("Twee")

    with scope(schools=[one.pk]):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('lc.schools', %s, true)", [f"{{{two.pk}}}"])
            transaction.set_rollback(True)

        assert list(School.objects.values_list("pk", flat=True)) == [one.pk]


def test_a_body_that_is_made_late_sees_nothing(school: School, head: User) -> None:
    def late(request: Any) -> StreamingHttpResponse:
        assert Pupil.objects.count() == 1

        def body() -> Iterator[bytes]:
            yield str(Pupil.objects.count()).encode()

        return StreamingHttpResponse(body())

    answer = asked(head, late)

    with pytest.raises(DatabaseError):
        list(answer.streaming_content)
    connection.close()


def test_the_next_request_on_a_connection_sees_its_own(school: School, head: User) -> None:
    seen: list[int] = []

    def count(request: Any) -> HttpResponse:
        seen.append(Pupil.objects.count())
        return HttpResponse()

    for user in (head, AnonymousUser(), make_user(), head):
        asked(user, count)

    assert seen == [1, 0, 0, 1]


@pytest.mark.parametrize(
    ("status", "kept"), [(200, True), (302, True), (404, True), (423, True), (500, False), (503, False)]
)
def test_what_was_written_stays_unless_the_fault_is_ours(school: School, head: User, status: int, kept: bool) -> None:
    def rename(request: Any) -> HttpResponse:
        School.objects.filter(pk=school.pk).update(name="Anders")
        return HttpResponse(status=status)

    asked(head, rename)

    with scope(schools=[school.pk]):
        assert School.objects.filter(name="Anders").exists() == kept
