"""A name of a child stands in no address: browsers and proxies keep these."""

from __future__ import annotations

from django.test import Client
from tests.support.signed_in import sign_in
from tests.support.world import World


def test_a_question_of_the_log_has_a_number_in_the_place_of_a_name(world: World, client: Client) -> None:
    sign_in(client, world.users["head"])

    page = client.get("/logboek/101/").content.decode()
    answer = client.post("/logboek/101/", {"leerling": "Noor", "wat": "pupil_seen", "vanaf": "2027-03-01"})

    assert '<form method="post" class="filters">' in page
    assert answer.status_code == 302
    assert answer["Location"] == (f"/logboek/101/?wat=pupil_seen&leerling={world.pupils['noor'].pk}&vanaf=2027-03-01")


def test_the_number_asks_what_the_name_asked(world: World, client: Client) -> None:
    sign_in(client, world.users["head"])
    for name in ("noor", "mila", "daan"):
        client.get(f"/leerlingen/{world.pupils[name].pk}/")

    table = client.post("/logboek/101/", {"leerling": "castelein"}, follow=True).content.decode().split("<tbody>")[1]

    assert "Mila Castelein" in table
    assert "Noor" not in table
    assert "Daan" not in table


def test_a_name_of_nobody_here_asks_for_nobody(world: World, client: Client) -> None:
    sign_in(client, world.users["head"])
    client.get(f"/leerlingen/{world.pupils['noor'].pk}/")

    answer = client.post("/logboek/101/", {"leerling": "Xena"}, follow=True)

    assert answer.redirect_chain[0][0] == "/logboek/101/?leerling=0"
    assert "<tbody>" not in answer.content.decode()


def test_many_pupils_are_all_asked_for(world: World, client: Client) -> None:
    sign_in(client, world.users["head"])

    answer = client.post("/logboek/101/", {"leerling": "e"}, follow=True)

    asked = answer.context["form"].asked().pupils
    assert len(asked) > 5
    assert f"leerling={','.join(map(str, sorted(asked)))}" in answer.redirect_chain[0][0]
