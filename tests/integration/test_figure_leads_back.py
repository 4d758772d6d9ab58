"""From a figure back to the results it is one of, for each who may open it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.support.signed_in import sign_in
from tests.support.world import World


@pytest.mark.parametrize("who", ["subject_team", "head", "teacher", "board"])
def test_the_way_back_from_a_figure_opens_for_who_may_see_the_figure(world: World, who: str) -> None:
    client = Client()
    sign_in(client, world.users[who])
    page = client.get(f"/scholen/{world.schools['kantelaar'].pk}/cijfer/", {"plek": "overview"})

    back = re.search(r'class="crumbs".*?href="([^"]+)"', page.content.decode(), re.DOTALL)

    assert page.status_code == 200
    assert back is not None
    assert client.get(back[1]).status_code == 200
