"""Every address, opened and posted to by everyone, for what is theirs and what is not: who may, 403, 404, and no leak.

Which is which: support/addresses.py and support/who_sees.py. Beside the status every answer is searched for what its
reader may not know: names of pupils, what is known of parents, people, groups and schools of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.support.addresses import ADDRESSES, Address
from tests.support.signed_in import session_of
from tests.support.things import Things, more_things
from tests.support.who_sees import CONTACTS, EVERYONE, PUBLISHED, PUPILS, TOLD_OF, USERS, WRITES_CONTACTS
from tests.support.world import PUPILS as KNOWN
from tests.support.world import ROLES, SCHOOLS, World

METHODS = ("get", "post")
A_FEW = {"teacher", "guardian", "administrator", "head_x", "nobody"}
CHANGES_EACH_TIME = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[A-Za-z0-9]+')


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The name of every address there is."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from names(each, f"{prefix}{each.namespace}:" if each.namespace else prefix)
        elif isinstance(each, URLPattern):
            yield f"{prefix}{each.name}"


def test_every_address_is_classified_and_every_class_has_an_address() -> None:
    assert sorted(names(get_resolver())) == sorted(ADDRESSES)


@pytest.fixture
def things(world: World) -> Things:
    return more_things(world)


class Walk:
    """Requests of all users, each undone, with what came of them."""

    def __init__(self, world: World, things: Things) -> None:
        self.world, self.things = world, things
        self.sessions: dict[str, str] = {}
        self.hidden = {user: forbidden(world, user) for user in EVERYONE}

    def ask(self, user: str, method: str, path: str) -> tuple[int, bytes]:
        """The status and body of one request; whatever it changed is changed back."""
        client = Client(raise_request_exception=False)
        if user:
            if user not in self.sessions:
                self.sessions[user] = session_of(self.world.users[user])
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[user]
        with transaction.atomic():
            answer = getattr(client, method)(path)
            transaction.set_rollback(True)
        body = _body(answer)
        self._no_leak(user, path, body + answer.headers.get("Location", "").encode())
        return answer.status_code, body

    def _no_leak(self, user: str, path: str, body: bytes) -> None:
        text = body.decode(errors="replace")
        leaked = [word for word in self.hidden.get(user, ALL_NAMES) if word in text]
        assert not leaked, f"{user} at {path}: {leaked}"


def _body(answer: HttpResponseBase | Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


@pytest.fixture
def walk(world: World, things: Things) -> Walk:
    return Walk(world, things)


# --------------------------------------------------------------------------------------------------- what is forbidden

SURNAMES = {name: row[2] for name, row in KNOWN.items()}
"""Each surname is of one pupil, but for twins, who are seen together."""
PARENTS = {
    "mother": ("mila", "milo"),
    "father": ("mila", "milo"),
    "stepfather": ("noor",),
    "unknown": ("daan",),
    "hidden": ("secret",),
    "of_case": ("yassin",),
    "of_new": ("new",),
    "other_board": ("xena",),
}
PLACES = {"Lindelaan 3": "mila", "Iepenweg 4": "mila", "Beukenhof 5": "new", "Zandpad 6": "xena", "Tigrinya": "yassin"}
BOARD_OF = {school: row[1] for school, row in SCHOOLS.items()}
OF_SCHOOL = {
    "kantelaar": ("De Kantelaar", "Spechten"),
    "pluimgaard": ("De Pluimgaard", "Groep 5 Pluim"),
    "zandloper": ("De Zandloper", "Groep 5 Zand", "Leerteam Zand", "Overleg Zand"),
}
ALL_NAMES = [*SURNAMES.values(), *PLACES, *(name for names in OF_SCHOOL.values() for name in names)]


def forbidden(world: World, user: str) -> list[str]:
    """What a user may nowhere read: written from the tables of support/who_sees.py, not from the code."""
    seen = PUPILS.get(user, set()) | PUBLISHED.get(user, set()) | WRITES_CONTACTS.get(user, set())
    contacts = CONTACTS.get(user, set())
    found = [surname for pupil, surname in SURNAMES.items() if pupil not in seen]
    found += [f"{name}@thuis.invalid" for name, pupils in PARENTS.items() if not contacts & set(pupils)]
    found += [place for place, pupil in PLACES.items() if pupil not in contacts]
    _bundle, place = ROLES.get(user, ("", ""))
    for school, words in OF_SCHOOL.items():
        if place not in (school, BOARD_OF[school]):
            found += words
    others = {name for name, (_b, at) in ROLES.items() if at != place and name != user}
    found += [f"{name}@demo.invalid" for name in others - USERS.get(user, set()) - TOLD_OF.get(user, set())]
    twins = {"mila", "milo"} & seen
    return [word for word in found if not (twins and word == "Castelein")]


# ------------------------------------------------------------------------------------------------------------ the walk


@pytest.mark.parametrize("name", ADDRESSES)
def test_who_may_and_who_may_not(walk: Walk, name: str) -> None:
    address = ADDRESSES[name]
    wrong = []
    for user in sorted(A_FEW if address.same_for_all else EVERYONE):
        paths = list(_paths(walk, name, address, user))
        if address.who is not None and user not in address.who:
            paths = [paths[0], paths[-1]]  # a gate does not look at the thing
        for thing, path in dict.fromkeys(paths):
            for method in METHODS:
                status, _ = walk.ask(user, method, path)
                if not _as_expected(address, user, thing, status):
                    wrong.append(f"{user} {method} {thing or '-'}: {status}")

    assert wrong == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_who_is_not_signed_in_is_sent_to_do_so_whether_the_thing_is_there_or_not(walk: Walk, name: str) -> None:
    address = ADDRESSES[name]
    paths = [reverse(name, kwargs=address.missing)]
    if address.find:
        paths += [reverse(name, kwargs=address.find(walk.world, walk.things, thing)) for thing in address.others]

    for path in paths:
        for method in METHODS:
            status, _ = walk.ask("", method, path)

            if address.open_to_all:
                assert status in (200, 302, 405) or _own_way(address, status), (path, status)
            else:
                assert status == 302, (path, status)


@pytest.mark.parametrize("name", [name for name, address in ADDRESSES.items() if address.find])
def test_what_is_not_yours_is_answered_as_what_is_not_there(walk: Walk, name: str) -> None:
    """To the byte, in the same number of queries."""
    address = ADDRESSES[name]
    assert address.find
    assert address.things is not None
    missing = reverse(name, kwargs=address.missing)
    compared = 0
    for user, own in address.things.items():
        walk.ask(user, "get", missing)  # the first time a session is made
        for thing in [each for each in address.others if each not in own]:
            foreign = reverse(name, kwargs=address.find(walk.world, walk.things, thing))
            for method in METHODS:
                one, other = _asked(walk, user, method, foreign), _asked(walk, user, method, missing)

                assert one[:2] == other[:2], (user, thing)
                assert one[0] in (404, 405)
                # A row under a thing of one's own is looked for one step further, which one may know is there.
                assert one[2] == other[2] or ("+" in thing and thing.partition("+")[0] in OWN), (user, thing)
                compared += 1

    assert compared


OWN = {"kantelaar", "leerteam", "yassin", "5", "daan", "duo", "noor", "own"}


def _asked(walk: Walk, user: str, method: str, path: str) -> tuple[int, bytes, int]:
    with CaptureQueriesContext(connection) as asked:
        status, body = walk.ask(user, method, path)
    return status, CHANGES_EACH_TIME.sub(b"", body), len(asked)


def _paths(walk: Walk, name: str, address: Address, user: str) -> Iterator[tuple[str, str]]:
    if address.find is None:
        yield "", reverse(name, kwargs=address.missing)
        return
    assert address.things is not None
    own = sorted(address.things.get(user, set()))[:2]
    for thing in dict.fromkeys([*own, *address.others]):
        yield thing, reverse(name, kwargs=address.find(walk.world, walk.things, thing))
    yield "nowhere", reverse(name, kwargs=address.missing)


def _as_expected(address: Address, user: str, thing: str, status: int) -> bool:
    if address.who is not None and user not in address.who:
        return status == 403
    if address.find is None:
        return status in (200, 302, 405) or (bool(address.missing) and status == 404) or _own_way(address, status)
    assert address.things is not None
    if thing in address.things.get(user, set()):
        return status in (200, 302, 405)
    # A way that is only posted to says so before it looks for the thing.
    return status in (404, 405)


def _own_way(address: Address, status: int) -> bool:
    """Pages of signing in and of one's account have answers of their own: nothing to tell, gone, locked, not so."""
    return address.same_for_all and status in (204, 400, 401, 403, 404, 410, 423)
