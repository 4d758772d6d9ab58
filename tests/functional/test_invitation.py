"""Invitations and forgotten passwords, from the message by a real mail server to being signed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.support.browser import Site, barriers, sign_in
from tests.support.post import PostOffice, link, open_office, work
from tests.support.signed_in import code
from tests.support.world import EVER

from leercirkel.apps.access.models import Assignment, Bundle, Invitation, User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.signin import actions, outbox
from leercirkel.apps.signin.models import Mail, Session

NEW = "een wachtwoord van mij alleen"


@pytest.fixture
def office(site: Site) -> Iterator[PostOffice]:
    work(site.database, {})  # what other tests asked for goes nowhere
    with open_office() as opened:
        yield opened


def invite(site: Site, email: str, bundle: str = "teacher") -> User:
    """As the administrator of the SBO does."""
    by, school = site.world.users["administrator"], site.world.schools["kantelaar"]
    with site.data(), transaction.atomic(), scope(schools=[school.pk], user=by.pk):
        role = Bundle.objects.get(code=bundle, school=None)
        job = Assignment(bundle=role, board=school.board, school=school, during=EVER)
        return actions.invite(by=by, email=email, name="Fenna Rietberg", assignments=[job]).user


def choose(page: Page, password: str = NEW) -> None:
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(password)
    page.get_by_label("Nieuw wachtwoord, nog een keer").fill(password)


def test_an_invited_teacher_chooses_a_password_sets_up_a_factor_and_is_in(
    site: Site, page: Page, office: PostOffice
) -> None:
    invite(site, "Fenna@kadewijs.example")
    work(site.database, office.settings(site.url))
    (message,) = office.to("fenna@kadewijs.example")

    page.goto(link(message))
    assert page.url == f"{site.url}/uitnodiging/"
    assert barriers(page) == []
    choose(page)
    page.get_by_role("button", name="Opslaan en aanmelden").click()
    page.get_by_role("link", name="App koppelen").click()
    page.get_by_label("Code die nu in de app staat").fill(code(page.locator("code").inner_text()))
    page.get_by_role("button", name="Koppelen").click()
    page.get_by_role("link", name="Ik heb ze bewaard").click()

    expect(page).to_have_url(f"{site.url}/")
    page.goto(link(message))
    expect(page.locator("main")).to_contain_text("Met deze link is al een wachtwoord gekozen")


def test_a_parent_is_invited_by_the_school_in_words_for_parents(site: Site, page: Page, office: PostOffice) -> None:
    user = invite(site, "ouder@thuis.example", "guardian")
    name = site.world.schools["kantelaar"].name

    work(site.database, office.settings(site.url))

    (message,) = office.to(user.email)
    assert message["Subject"] == f"Uw account bij {name}"
    assert "over uw kind" in message.get_content()
    assert "Voor jou" not in message.get_content()
    page.goto(link(message))
    expect(page.get_by_role("heading", name="Kies een wachtwoord")).to_be_visible()


def test_a_link_that_is_older_than_seven_days_says_whom_to_ask(site: Site, page: Page, office: PostOffice) -> None:
    user = invite(site, "oud@kadewijs.example")
    work(site.database, office.settings(site.url))
    with site.data():
        Invitation.objects.filter(user=user).update(expires_at=timezone.now() - timedelta(seconds=1))

    page.goto(link(office.to(user.email)[0]))

    expect(page.locator("main")).to_contain_text("ouder dan zeven dagen")
    assert barriers(page) == []


def test_a_second_message_ends_the_link_of_the_first_and_withdrawing_ends_both(
    site: Site, page: Page, office: PostOffice
) -> None:
    user = invite(site, "twee@kadewijs.example")
    work(site.database, office.settings(site.url))
    by = site.world.users["administrator"]
    with site.data(), transaction.atomic(), scope(schools=[101], user=by.pk):
        actions.resend(by=by, user=user)
    work(site.database, office.settings(site.url))
    first, second = office.to(user.email)

    page.goto(link(first))
    expect(page.locator("main")).to_contain_text("er is later een nieuwe gestuurd")
    page.goto(link(second))
    expect(page.get_by_role("heading", name="Kies een wachtwoord")).to_be_visible()
    with site.data(), transaction.atomic(), scope(schools=[101], user=by.pk):
        actions.withdraw(by=by, user=user)
    page.goto(link(second))
    expect(page.get_by_role("heading", name="Deze uitnodiging werkt niet")).to_be_visible()


def test_the_database_holds_no_secret_of_a_link(site: Site, page: Page, office: PostOffice) -> None:
    user = invite(site, "geheim@kadewijs.example")
    work(site.database, office.settings(site.url))
    secret = link(office.to(user.email)[0]).rstrip("/").rpartition("/")[2]
    page.goto(link(office.to(user.email)[0]))
    with site.data():
        contents = [each.get_decoded() for each in Session.objects.all()]
    assert secret not in str(contents)

    with site.database.superuser.open() as inside:
        tables = inside.execute("select table_name from information_schema.tables where table_schema = 'public'")
        for (table,) in tables.fetchall():
            found = inside.execute(f"select count(*) from {table} t where t::text like %s", [f"%{secret}%"]).fetchone()
            assert found == (0,), table


def test_a_forgotten_password_is_replaced_by_mail_and_the_old_one_and_other_sessions_are_over(
    site: Site, page: Page, office: PostOffice
) -> None:
    user = site.user("head_b")
    elsewhere = page.context.browser.new_context(base_url=site.url).new_page()  # type: ignore[union-attr]
    sign_in(elsewhere, user.email)
    page.goto("/aanmelden/")
    page.get_by_role("link", name="Wachtwoord vergeten?").click()
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_role("button", name="Link sturen").click()
    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    work(site.database, office.settings(site.url))

    page.goto(link(office.to(user.email)[0]))
    choose(page)
    page.get_by_role("button", name="Opslaan").click()

    expect(page.get_by_role("heading", name="Je nieuwe wachtwoord is opgeslagen")).to_be_visible()
    elsewhere.goto("/account/")
    assert "/aanmelden/" in elsewhere.url
    sign_in(page, user.email)
    expect(page.locator("main")).to_contain_text("horen niet bij elkaar")
    sign_in(page, user.email, NEW)
    expect(page.get_by_role("heading", name="Nog één ding: een tweede stap")).to_be_visible()
    page.goto(link(office.to(user.email)[0]))
    expect(page.get_by_role("heading", name="Deze link werkt niet meer")).to_be_visible()
    elsewhere.context.close()


def test_an_unknown_address_gets_the_same_page_and_no_message(site: Site, page: Page, office: PostOffice) -> None:
    page.goto("/wachtwoord-vergeten/")
    page.get_by_label("E-mailadres").fill("niemand@kadewijs.example")
    page.get_by_role("button", name="Link sturen").click()

    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()
    work(site.database, office.settings(site.url))
    assert office.messages == []


@pytest.mark.parametrize(("env", "problem"), [({}, "not_set_up"), ({"LEERCIRKEL_MAIL_PORT": "1"}, "unreachable")])
def test_what_cannot_be_sent_says_why_and_names_nobody_in_the_logs(
    site: Site, office: PostOffice, env: dict[str, str], problem: str
) -> None:
    user = invite(site, f"{problem}@kadewijs.example")

    said = work(site.database, office.settings(site.url) | env if env else {})

    with site.data():
        mail = outbox.latest(user, Mail.Kind.INVITATION)
    assert mail is not None
    assert (mail.problem, mail.sent_at) == (problem, None)
    assert user.email not in said


def test_an_address_that_the_server_refuses_is_told(site: Site, office: PostOffice) -> None:
    user = invite(site, "geweigerd@kadewijs.example")
    office.refused.add(user.email)

    said = work(site.database, office.settings(site.url))

    with site.data():
        mail = outbox.latest(user, Mail.Kind.INVITATION)
    assert mail is not None
    assert mail.problem == "refused"
    assert user.email not in said
