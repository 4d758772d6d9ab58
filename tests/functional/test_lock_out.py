"""Who guesses is locked out: from one place soon, from everywhere later, and no answer tells who has an account."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.support.signed_in import code, give_app
from tests.support.world import PASSWORD, World

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.audit.models import Event
from leercirkel.apps.signin import lockout

TOO_OFTEN = "Er is te vaak iets verkeerds ingevuld"


def attempt(client: Client, email: str, password: str = "verkeerd", address: str = "192.0.2.1") -> str:
    answer = client.post("/aanmelden/", {"login": email, "password": password}, REMOTE_ADDR=address)
    return answer.content.decode() if answer.status_code == 200 else f"{answer.status_code} {answer['Location']}"


@pytest.mark.parametrize("email", ["board@kadewijs.example", "niemand@kadewijs.example"])
def test_the_sixth_attempt_is_refused_also_with_the_right_password_and_for_who_does_not_exist(
    world: World, client: Client, email: str
) -> None:
    world.with_password("board")
    User.objects.filter(pk=world.users["board"].pk).update(email="board@kadewijs.example")

    answers = [attempt(client, email) for _ in range(5)]

    assert not any(TOO_OFTEN in answer for answer in answers)
    assert TOO_OFTEN in attempt(client, email, PASSWORD)
    assert TOO_OFTEN in attempt(client, email.upper(), PASSWORD)


def test_another_place_may_still_sign_in_until_there_are_twenty_failures_from_everywhere(
    world: World, client: Client
) -> None:
    user = world.with_password("board")
    for number in range(16):
        attempt(client, user.email, address=f"192.0.2.{number // 4}")

    assert attempt(client, user.email, PASSWORD, "198.51.100.1").startswith("302")
    client.post("/afmelden/")
    for number in range(20):
        attempt(client, user.email, address=f"192.0.2.{100 + number // 4}")
    assert TOO_OFTEN in attempt(client, user.email, PASSWORD, "198.51.100.1")


def test_codes_of_the_second_step_count_too(world: World, client: Client) -> None:
    user = world.with_password("teacher")
    give_app(user)
    attempt(client, user.email, PASSWORD)

    for _ in range(5):
        client.post("/aanmelden/tweede-stap/", {"code": "000000"}, REMOTE_ADDR="192.0.2.1")
    answer = client.post("/aanmelden/tweede-stap/", {"code": code()}, REMOTE_ADDR="192.0.2.1")

    assert TOO_OFTEN in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_whoever_manages_users_lets_someone_try_again_at_once(world: World, client: Client) -> None:
    user = world.with_password("board")
    for _ in range(5):
        attempt(client, user.email)

    lockout.reset(user)

    assert attempt(client, user.email, PASSWORD).startswith("302")


def test_failures_and_the_lock_stand_in_the_log_of_the_school_without_what_was_typed(
    world: World, client: Client
) -> None:
    user = world.with_password("administrator")
    for _ in range(5):
        attempt(client, user.email)
    attempt(client, "niemand@kadewijs.example")

    with scope(schools=[world.schools["kantelaar"].pk]):
        events = list(Event.objects.filter(school_id=world.schools["kantelaar"].pk).order_by("id"))
    assert sorted(each.kind for each in events) == ["locked_out"] + ["sign_in_failed"] * 5
    assert {(each.object_type, each.object_id, each.actor) for each in events} == {("access.user", user.pk, None)}
