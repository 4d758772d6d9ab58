"""The tests' own database: migrated once, one for each worker, and ours to ask for by environment."""

from __future__ import annotations

from tests.support import postgres

from leercirkel.operations import roles
from leercirkel.operations.connections import Connection, from_url


def test_a_worker_gets_its_own_empty_database_with_the_rights_of_an_installation() -> None:
    server = postgres.server()

    database = postgres.fresh(server, "empty")

    with database.owner.open() as owner:
        owner.execute("create table note (n int)")
    with database.app.open() as app:
        app.execute("insert into note values (1)")
        assert app.execute("select n, current_user from note").fetchall() == [(1, roles.APP)]
    postgres.drop(server, database)


def test_asking_again_gives_the_server_that_runs() -> None:
    assert postgres.server() == postgres.server()
    assert postgres.server(alone=True) == postgres.server(alone=True) != postgres.server()


def test_a_url_and_a_connection_say_the_same() -> None:
    for way in (
        Connection("/tmp/leercirkel-x", 5432, "leercirkel", "leercirkel_app", "p@s/s:w?rd"),
        Connection("db.example.nl", 5433, "leer cirkel", "app", "", (("sslmode", "verify-full"),)),
        Connection("::1", 5432, "leercirkel", "app", "x"),
    ):
        assert from_url(way.url()) == way
