"""What a board is told on a page is written down too: from two looks at a figure no pupil can be worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.support import small_results
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.insight.models import BoardReport


@pytest.fixture(scope="module")
def small(django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), small_results.committed("board_told") as world:
        yield world


def counted(world: World, who: str) -> str:
    """How many pupils of De Kantelaar count at spelling, as the page of that figure says."""
    client = Client()
    sign_in(client, world.users[who])
    asked = {"plek": "totals[subject=spelling].counted", "jaar": "2026", "moment": "M"}
    page = client.get(f"/scholen/{world.schools['kantelaar'].pk}/cijfer/", asked).content.decode()
    return re.findall(r'<strong class="num">(.*?)</strong>', page)[0]


def told(world: World) -> int:
    with whole_installation():
        return BoardReport.objects.filter(school=world.schools["kantelaar"]).count()


def test_a_figure_that_a_board_saw_stays_when_one_result_goes(small: World) -> None:
    first = counted(small, "board")
    again = counted(small, "board")
    assert told(small) == 1
    team = counted(small, "head")

    with whole_installation():
        Result.objects.get(pupil=small.pupils["yassin"], school_year=2026, subject="spelling").delete()

    assert int(counted(small, "head")) == int(team) - 1
    assert first == again == counted(small, "board") == team
