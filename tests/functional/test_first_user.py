"""From an empty database to a first administrator who signs in: by the command line alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.support import database, postgres

Command = Callable[..., subprocess.CompletedProcess[str]]
BOARD = "Stichting Kadewijs"
SCHOOL = ["school", "add", "De Kantelaar", "--brin", "99XA01", "--kind", "sbo", "--board", BOARD]


@pytest.fixture
def leercirkel(django_db_blocker: Any) -> Iterator[tuple[Command, postgres.Database]]:
    with django_db_blocker.unblock(), database.own("first") as made:

        def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
            environment = {k: v for k, v in os.environ.items() if not k.startswith(("LEERCIRKEL_", "DJANGO_"))}
            return subprocess.run(
                [sys.executable, "-m", "leercirkel.cli", *arguments],
                env=environment
                | {
                    "DATABASE_URL": made.app.url(),
                    "LEERCIRKEL_SECRET_KEY": "only for tests",
                    "LEERCIRKEL_ADDRESS": "https://lc.example.nl",
                }
                | more,
                capture_output=True,
                text=True,
                check=False,
            )

        yield run, made


def add(run: Command, *more: str, email: str = "beheer@kadewijs.example") -> subprocess.CompletedProcess[str]:
    return run("user", "add", email, "--name", "Ans Beheer", *more)


def test_before_the_first_migration_it_says_what_to_do(leercirkel: tuple[Command, postgres.Database]) -> None:
    run, _ = leercirkel

    server = postgres.server()
    empty = postgres.fresh(server, "not_migrated")
    try:
        told = run(*SCHOOL, DATABASE_URL=empty.app.url())
    finally:
        postgres.drop(server, empty)

    assert told.returncode == 1
    assert "de database is niet bijgewerkt tot deze versie" in told.stderr
    assert "leercirkel migrate" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_school_and_its_administrator_are_made_and_the_link_opens(
    leercirkel: tuple[Command, postgres.Database],
) -> None:
    run, made = leercirkel

    school = run("school", "add", "De Kantelaar", "--brin", "99xa", "--kind", "sbo", "--board", BOARD)
    invited = add(run)

    assert school.returncode == 0, school.stderr
    assert invited.returncode == 0, invited.stderr
    link = re.search(r"https://lc\.example\.nl(/\S+)", invited.stdout)
    assert link
    from django.test import Client

    answer = Client().get(link[1], follow=True)
    assert answer.status_code == 200
    assert "Ans Beheer" in answer.content.decode()
    with made.owner.open() as owner:
        roles = owner.execute(
            "select u.email, b.code, o.name, a.school_id from access_assignment a"
            " join access_user u on u.id = a.user_id join access_bundle b on b.id = a.bundle_id"
            " join organisation_board o on o.id = a.board_id"
        ).fetchall()
        kinds = {row[0] for row in owner.execute("select kind from audit_event where actor is null").fetchall()}
        waiting = owner.execute("select count(*) from signin_mail where sent_at is null").fetchone()
    assert roles == [("beheer@kadewijs.example", "administrator", BOARD, None)]
    assert {"created", "user_invited", "rights_given"} <= kinds
    assert waiting == (0,)  # a message that is sent later would end this link


def test_with_a_mail_server_the_link_is_mailed_and_not_shown(leercirkel: tuple[Command, postgres.Database]) -> None:
    run, _ = leercirkel
    run(*SCHOOL)
    mail = {"LEERCIRKEL_MAIL_HOST": "mail.example.nl", "LEERCIRKEL_MAIL_FROM": "lc@example.nl"}

    invited = run("user", "add", "x@kadewijs.example", "--name", "Ans", "--board", BOARD, **mail)
    shown = run("user", "add", "y@kadewijs.example", "--name", "Bo", "--link", **mail)

    assert "gaat per mail naar x@kadewijs.example" in invited.stdout
    assert "https://" not in invited.stdout
    assert "https://lc.example.nl/" in shown.stdout


USER = ["user", "add", "x@kadewijs.example", "--name", "Ans"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["user", "add", "geen adres", "--name", "Ans"], "geen e-mailadres"),
        ([*USER, "--board", "Overwater"], f"Er is: {BOARD}"),
        ([*USER, "--role", "koning"], "administrator"),
        ([*USER, "--school", "00AA"], "geen school met"),
        (["school", "add", "Fout", "--brin", "9XA", "--kind", "bao", "--board", BOARD], "geen BRIN"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_made(
    leercirkel: tuple[Command, postgres.Database], arguments: list[str], told: str
) -> None:
    run, made = leercirkel
    run(*SCHOOL)

    done = run(*arguments)

    assert done.returncode == 1
    assert told in done.stderr
    with made.owner.open() as owner:
        counts = owner.execute(
            "select (select count(*) from organisation_school), count(*) from access_user"
        ).fetchone()
    assert counts == (1, 0)


def test_without_a_school_it_says_to_begin_with_one(leercirkel: tuple[Command, postgres.Database]) -> None:
    run, _ = leercirkel

    assert "leercirkel school add" in run(*USER).stderr


def test_a_school_and_a_user_are_made_once(leercirkel: tuple[Command, postgres.Database]) -> None:
    run, made = leercirkel
    first = [run(*SCHOOL), add(run, "--school", "99XA01")]
    with made.owner.open(autocommit=True) as owner:
        owner.execute("update access_invitation set accepted_at = now()")

    again = [run(*SCHOOL), add(run)]

    assert [done.returncode for done in first] == [0, 0], first
    assert "al een school met BRIN 99XA en vestiging 01" in again[0].stderr
    assert "kan zich al aanmelden" in again[1].stderr
