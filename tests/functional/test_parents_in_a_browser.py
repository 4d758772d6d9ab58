"""A parent of two children in a real browser: from the page of a child, by a mail, to the parent's own page."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page, expect
from tests.support.browser import Site, barriers, window
from tests.support.people import give, make_group, make_pupil, make_school, make_user
from tests.support.post import link, open_office, work
from tests.support.signed_in import code, session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.organisation.models import Guardian, Guardianship, Pupil

CHOSEN = "een wachtwoord van mij alleen"


def enter(page: Page, site: Site, user: User) -> None:
    cookie: Any = {"name": "lc", "value": session_of(user), "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


def family(site: Site, brin: str) -> tuple[User, Pupil, Pupil]:
    """Two children of which one has a parent, and who keeps parents at their school."""
    school = make_school("De Ouderschool", brin=brin, location="00")
    director = give(make_user("Zorgregisseur"), "care_director", school)
    noor = make_pupil(school, "Noor", "Berk", group=make_group(school))
    sem = make_pupil(school, "Sem", "Riet", group=make_group(school, "groep 7"))
    with scope(schools=[school.pk]):
        mother = Guardian.objects.create(school=school, first_name="Amira", surname="Tahiri")
        Guardianship.objects.create(school=school, pupil=noor, guardian=mother, authority="yes")
    return director, noor, sem


def test_a_parent_is_invited_for_one_child_gets_the_other_and_loses_both(
    site: Site, page: Page, browser: Browser
) -> None:
    work(site.database, {})  # what other tests asked for goes nowhere
    with site.data():
        director, noor, sem = family(site, "83PA")
        enter(page, site, director)

    page.goto(f"/leerlingen/{noor.pk}/ouders/")
    assert barriers(page) == []
    page.get_by_role("link", name="Account geven").click()
    assert barriers(page) == []
    page.get_by_label("E-mailadres").fill("amira.browser@thuis.invalid")
    page.get_by_role("button", name="Uitnodigen").click()
    expect(page.get_by_text("De uitnodiging is onderweg.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("uitgenodigd")

    page.goto(f"/leerlingen/{sem.pk}/ouders/")
    page.get_by_role("link", name="Ouder of verzorger toevoegen").click()
    page.get_by_role("link", name="Kies die daar").click()
    assert barriers(page) == []
    page.get_by_label("Broer of zus").select_option(value=str(noor.pk))
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator("option:checked")).to_have_text("leerling 2")
    page.keyboard.press("n")
    page.get_by_role("button", name="Verder").click()
    assert barriers(page) == []
    page.keyboard.press("n")
    expect(page.locator("main")).not_to_contain_text("Tahiri")
    page.keyboard.press("n")
    page.get_by_label("Amira Tahiri").check()
    page.get_by_label("Gezag").select_option(label="heeft gezag")
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_text("Toegevoegd.")).to_be_visible()

    with open_office() as office:
        work(site.database, office.settings(site.url))
        (message,) = office.to("amira.browser@thuis.invalid")
    parent = window(browser, site.url).new_page()
    parent.goto(link(message))
    parent.get_by_label("Nieuw wachtwoord", exact=True).fill(CHOSEN)
    parent.get_by_label("Nieuw wachtwoord, nog een keer").fill(CHOSEN)
    parent.get_by_role("button", name="Opslaan en aanmelden").click()
    parent.get_by_role("link", name="App koppelen").click()
    parent.get_by_label("Code die nu in de app staat").fill(code(parent.locator("code").inner_text()))
    parent.get_by_role("button", name="Koppelen").click()
    parent.goto("/kinderen/")
    for name in ("Noor", "Sem"):
        expect(parent.get_by_role("heading", name=name)).to_be_visible()
    answer = parent.goto(f"/leerlingen/{noor.pk}/ouders/")
    assert answer is not None
    assert answer.status == 403

    page.get_by_role("link", name="Account", exact=True).click()
    assert barriers(page) == []
    page.get_by_role("link", name="Account losmaken").click()
    expect(page.locator("main")).to_contain_text("ook 1 andere leerling niet meer")
    page.get_by_role("button", name="Account losmaken").click()
    expect(page.get_by_text("Het account is losgemaakt.")).to_be_visible()
    answer = parent.goto("/kinderen/")
    assert answer is not None
    assert answer.status == 403
    parent.context.close()


def test_an_account_is_given_and_refused_without_script(site: Site, browser: Browser) -> None:
    with site.data():
        director, noor, _sem = family(site, "84PA")
        with scope(schools=[noor.school_id]):
            tie = Guardianship.objects.get(pupil=noor)
            tie.no_contact = True
            tie.save()
        context = window(browser, site.url, java_script_enabled=False, viewport={"width": 360, "height": 740})
        page = context.new_page()
        enter(page, site, director)

    page.goto(f"/leerlingen/{noor.pk}/ouders/{tie.pk}/account/")
    expect(page.get_by_role("alert")).to_contain_text("Er is een contactverbod.")
    expect(page.get_by_label("E-mailadres")).to_have_count(0)
    with site.data(), scope(schools=[noor.school_id]):
        Guardianship.objects.filter(pk=tie.pk).update(no_contact=False)
    page.reload()
    page.get_by_role("button", name="Uitnodigen").click()
    expect(page.locator("main")).to_contain_text("verplicht")
    page.get_by_label("E-mailadres").fill("zonder.script@thuis.invalid")
    page.get_by_role("button", name="Uitnodigen").click()
    expect(page.get_by_text("De uitnodiging is onderweg.")).to_be_visible()
    context.close()
