"""What nobody asks with a browser: each is answered, and none with an error of ours."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.support.signed_in import sign_in
from tests.support.world import World

BIG = "9" * 30
ODD = ("%00", "²", "٣", BIG, "-1", "0", "1.5", "%ff%fe", "__class__", "' or 1=1 --", "%25")
ASKED = {
    "head": (
        *("/logboek/101/?leerling=", "/logboek/101/?voor=", "/logboek/101/?wie=", "/logboek/101/?wat="),
        *("/logboek/101/?vanaf=", "/logboek/101/bestand/?leerling=", "/leerlingen/?groep=", "/leerlingen/?school="),
        *("/leerlingen/?sorteer=", "/leerlingen/?blz=", "/groepen/?jaar=", "/leerlingen/", "/groepen/", "/scholen/"),
        *("/leerlingenlijst/", "/logboek/", "/?next="),
    ),
    "administrator": (
        *("/gebruikers/?gezocht=", "/gebruikers/?school=", "/gebruikers/?rol=", "/gebruikers/?blz=", "/gebruikers/"),
        *("/gebruikers/?sorteer=", "/rollen/", "/rollen/101/"),
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_values_are_no_error_of_ours(world: World, client: Client, odd: str) -> None:
    for user, beginnings in ASKED.items():
        sign_in(client, world.users[user])
        answers = {
            start: client.get(start + odd + ("" if "?" in start else "/"), follow=True).status_code
            for start in beginnings
        }

        assert {start: status for start, status in answers.items() if status not in (200, 404)} == {}
