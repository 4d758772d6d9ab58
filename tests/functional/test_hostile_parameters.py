"""Every address, asked with parameters that nobody sends by hand: each is answered, and never with an error of ours."""

from __future__ import annotations

import inspect
import re
import sys
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.forms import BaseForm
from django.test import Client
from django.urls import get_resolver, reverse
from tests.support.addresses import ADDRESSES, Address, hostile_parts
from tests.support.signed_in import session_of
from tests.support.things import Things, more_things
from tests.support.world import World

HOSTILE = {
    "beyond 64 bit": "9" * 30,
    "beyond what Python reads": "9" * 5000,
    "nul": "1\x00",
    "digit that is no number": "²",
    "long": "a" * 20_000,
    "half a character": "\ud800",
}
ASKED = re.compile(r"request\.(GET|POST)(?:\.get|\.getlist)?[(\[]\s*\"([a-z_]+)\"")
ALSO = {"GET": {"blz", "sorteer"}, "POST": {"versie", "stand", "next"}}
"""Parameters that are read by what many pages share."""


def views() -> dict[str, Any]:
    """The view of every address, by its name."""
    found: dict[str, Any] = {}

    def walk(resolver: Any, prefix: str = "") -> None:
        for each in resolver.url_patterns:
            if hasattr(each, "url_patterns"):
                walk(each, f"{prefix}{each.namespace}:" if each.namespace else prefix)
            else:
                found[f"{prefix}{each.name}"] = each.callback

    walk(get_resolver())
    return found


VIEWS = views()


def parameters(name: str) -> dict[str, set[str]]:
    """What the module of the view asks of a request, and the fields of the forms it uses."""
    module = sys.modules[inspect.unwrap(VIEWS[name]).__module__]
    asked = {method: set(also) for method, also in ALSO.items()}
    for method, parameter in ASKED.findall(inspect.getsource(module)):
        asked[method].add(parameter)
    for each in vars(module).values():
        if inspect.isclass(each) and issubclass(each, BaseForm):
            asked["POST"] |= set(each.base_fields)  # type: ignore[attr-defined]
    return asked


@pytest.fixture
def things(world: World) -> Things:
    return more_things(world)


class Asker:
    """Requests of one user each, of which nothing stays."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: dict[str, str] = {}

    def status(self, user: str, method: str, path: str, data: dict[str, str]) -> int:
        client = Client(raise_request_exception=False)
        if user:
            if user not in self.sessions:
                self.sessions[user] = session_of(self.world.users[user])
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[user]
        with transaction.atomic():
            answer = getattr(client, method.lower())(path, data)
            leads = answer.headers.get("Location", "")
            if method == "POST" and leads.startswith("/"):  # there, what was kept of it is read again
                answer = client.get(leads)
            if answer.streaming:
                b"".join(answer)  # type: ignore[arg-type]
            transaction.set_rollback(True)
        return answer.status_code


def who_opens(address: Address) -> tuple[str, str]:
    """A user who may, and a thing that opens for them."""
    for user, own in sorted((address.things or {}).items()):
        if own:
            return user, min(own)
    return (min(address.who) if address.who else "head"), ""


PARTS = 6
"""Several workers share the walk; in one piece it would be the longest test of all."""


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_parameter_of_any_address_gives_an_error_of_ours(world: World, things: Things, kind: str, part: int) -> None:
    asker, value, wrong = Asker(world), HOSTILE[kind], []
    for name, address in list(ADDRESSES.items())[part::PARTS]:
        user, thing = who_opens(address)
        kwargs = address.find(world, things, thing) if address.find and thing else address.missing
        path = reverse(name, kwargs=kwargs)
        for method, names in parameters(name).items():
            tried = [{each: value} for each in sorted(names)] + [dict.fromkeys(names, value)]
            for data in tried:
                try:
                    status = asker.status(user, method, path, data)
                except UnicodeEncodeError:
                    break  # no client can send this
                if status >= 500:
                    wrong.append(f"{name} {method} {','.join(sorted(data))}: {status}")

    assert "; ".join(wrong) == ""


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "9223372036854775808", "2147483648", "32768"])
def test_no_number_in_an_address_gives_an_error_of_ours(world: World, number: str) -> None:
    asker, wrong = Asker(world), []
    for name, address in ADDRESSES.items():
        user, _thing = who_opens(address)
        for path in hostile_parts(name, address, number):
            for method in ("GET", "POST"):
                status = asker.status(user, method, path, {})
                if status >= 500:
                    wrong.append(f"{name} {method}: {status}")

    assert "; ".join(wrong) == ""
