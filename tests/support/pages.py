"""Pages as a user of the world gets them, and what stands on them."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from tests.support.signed_in import sign_in
from tests.support.world import World


def user(world: World, name: str) -> Client:
    """A browser in which this user is signed in."""
    client = Client()
    sign_in(client, world.users[name])
    return client


def text(answer: Any) -> str:
    """The words of a page, without the frame around it."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]).split())
