"""Ways to more rights than a role was meant to give, each tried."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from tests.integration.test_managing_users import acting, give, place
from tests.integration.test_roles import give as give_anywhere
from tests.integration.test_roles import reached
from tests.support.world import DAY, World

from leercirkel.apps.access import actions, refusals
from leercirkel.apps.access.rights import WITH_NAMES, Reach, Right
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.organisation.selectors import pupils_of


def seen(world: World, user: str) -> dict[Right, set[int]]:
    """Per right with names the pupils that are reached."""
    with transaction.atomic():
        sight = sight_of(world.users[user].pk, DAY)
        found = {right: set(pupils_of(sight, right).values_list("pk", flat=True)) for right in WITH_NAMES}
    return {right: pupils for right, pupils in found.items() if pupils}


@pytest.mark.parametrize("code", ["learning_team", "network_contact", "social_worker", "guardian", "subject_team"])
def test_a_role_that_goes_by_something_else_sees_nobody_through_a_group(world: World, code: str) -> None:
    give(world, "nobody", code, place(world, group="5"))

    assert seen(world, "nobody") == {}


@pytest.mark.parametrize("code", ["network_contact", "guardian"])
def test_what_waits_for_parents_is_not_had_by_a_role_for_one_pupil(world: World, code: str) -> None:
    give_anywhere(world, "nobody", code, pupil=world.pupils["untold"])

    assert reached(world, "nobody") == {}


def test_a_role_for_an_instruction_group_is_for_its_subject(world: World) -> None:
    made = give(world, "nobody", "teacher", place(world, group="rekenen"))

    found = seen(world, "nobody")
    assert made.subject == "rekenen"
    assert found[Right.SEE_PUPILS] == {world.pupils["noor"].pk, world.pupils["yassin"].pk}
    assert not found.keys() & {Right.SEE_DOSSIER, Right.SEE_CONTACTS, Right.PUBLISH}


def test_nobody_changes_a_role_that_they_will_have(world: World) -> None:
    """A colleague gives a small role from tomorrow on; today its rights are made larger."""
    give(world, "administrator", "learning_team", place(world), by="administrator_board", since=DAY + timedelta(days=1))

    with acting(world, "administrator") as (by, sight), pytest.raises(refusals.ToYourself):
        actions.change_bundle(
            by=by,
            sight=sight,
            school=world.schools["kantelaar"],
            code="learning_team",
            rights=[(Right.SEE_DOSSIER, Reach.ALL)],
        )
