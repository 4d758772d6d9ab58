"""Standards, norm tables and marks in a real browser, with and without script: barriers, and what a norm would mean."""

from __future__ import annotations

from datetime import date
from typing import Any

from playwright.sync_api import Browser, Page, expect
from tests.support.browser import Site, barriers, window
from tests.support.people import give, make_group, make_pupil, make_school, make_user
from tests.support.signed_in import session_of

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.actions import load_norms, save_standards
from leercirkel.apps.assessment.models import ImportBatch, NormFile, PupilMark, Result, StandardsDraft, StandardsVersion
from leercirkel.apps.organisation.models import Group, School
from leercirkel.exchange.normtables.reader import COLUMNS

SIZES = {"desktop": (1280, 900), "tablet": (820, 1180), "phone": (360, 740), "reflow": (320, 256)}
TOML = """
[[standard]]
subject = "rekenen"
quantity = "score"
tiers = [{name = "basis", threshold = 100, target_share = 0.5}]

[[standard]]
subject = "spelling"
quantity = "dle"
tiers = [{name = "basis", dl_factor = 0.45, target_share = 0.75}]
"""


def own_school(site: Site, name: str, number: str) -> tuple[School, User, StandardsVersion]:
    """A school of this test alone: twelve pupils with scores of 95 to 106, standards, marks and a norm table; its
    trend analyst, who also directs the care."""
    school = make_school(name, brin=f"{number}ST", location="00")
    user = give(give(make_user(f"Analist {number}"), "trend_analyst", school), "care_director", school)
    group = make_group(school, "groep 5", grade="5")
    pupils = [make_pupil(school, f"Kind {n}", f"Nummer{n}", "", group=group) for n in range(12)]
    with scope(schools=[school.pk]):
        batch = ImportBatch.objects.create(school=school)
        Result.objects.bulk_create(
            Result(
                school=school, pupil=pupil, group=group, batch=batch, school_year=2026, moment="M", subject="rekenen",
                instrument="Verzonnen", taken_on=date(2027, 1, 20), score=95.0 + n,
            )
            for n, pupil in enumerate(pupils)
        )  # fmt: skip
        version = save_standards(school=school, school_year=2026, toml=TOML, by=None, note="begin")
        StandardsDraft.objects.create(school=school, school_year=2027, toml=TOML, based_on=version, made_by=user)
        PupilMark.objects.create(school=school, pupil=pupils[0], since=date(2026, 8, 1), destination="PRO", reason="x")
        numbers = ((75, "mean"), (9, "sd"))
        lines = [f"Verzonnen;1;rekenen;pupil;5;M;score;mean_sd;{n};{k};;2027-07-31;;eigen" for n, k in numbers]
        content = "\n".join((";".join(COLUMNS), *lines)).encode()
        load_norms(school=school, content=content, name="tabel.csv", source="eigen", right_of_use="own", by=None)
    return school, user, version


def session(page: Page, site: Site, user: User) -> None:
    """Puts a session of a user into the window."""
    cookie: Any = {"name": "lc", "value": session_of(user), "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


def set_a_higher_norm(page: Page, school: School, version: StandardsVersion, site: Site) -> None:
    """From reading the standards to a new version, by the buttons that are there."""
    page.goto("/normen/")
    expect(page.get_by_text("basis – 50% van de leerlingen haalt vaardigheidsscore 100 of hoger")).to_be_visible()
    page.get_by_role("button", name="Normen wijzigen").click()
    page.get_by_role("link", name="Rekenen").click()
    page.get_by_role("link", name="Wijzigen", exact=True).click()
    page.get_by_label("Drempel", exact=False).first.fill("104")
    page.get_by_label("Hoeveel procent").first.fill("125")
    page.get_by_role("button", name="In het concept zetten").click()
    expect(page.get_by_role("alert")).to_contain_text("Een percentage ligt tussen 0 en 100.")
    page.get_by_label("Hoeveel procent").first.fill("75")
    page.get_by_role("button", name="In het concept zetten").click()
    page.get_by_role("link", name="Concept", exact=True).click()
    page.get_by_role("link", name="Wat had dit uitgemaakt?").click()
    row = page.get_by_role("row", name="Rekenen")
    expect(row).to_contain_text("7 van de 12 halen 100 of hoger, doel 6 (50%): gehaald")
    expect(row).to_contain_text("3 van de 12 halen 104 of hoger, doel 9 (75%): niet gehaald")
    with site.data(), scope(schools=[school.pk]):
        assert StandardsVersion.objects.count() == 1
    page.get_by_role("link", name="Naar vastleggen").click()
    page.get_by_label("Waarom veranderen de normen?").fill("besproken op de studiedag")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_text("De normen zijn vastgelegd en gelden vanaf nu.")).to_be_visible()
    expect(page.get_by_text("besproken op de studiedag")).to_be_visible()
    with site.data(), scope(schools=[school.pk]):
        newest = StandardsVersion.objects.order_by("-id")[0]
        assert (newest.number, newest.school_year) == (2, version.school_year)


def test_a_higher_norm_is_tried_on_the_last_round_and_then_recorded(page: Page, site: Site) -> None:
    with site.data():
        school, user, version = own_school(site, "De Hoge Norm", "71")
        session(page, site, user)

    set_a_higher_norm(page, school, version, site)


def test_the_same_goes_without_script(browser: Browser, site: Site) -> None:
    with site.data():
        school, user, version = own_school(site, "De Norm Zonder Script", "72")
        context = window(browser, site.url, java_script_enabled=False)
        page = context.new_page()
        session(page, site, user)

    set_a_higher_norm(page, school, version, site)
    context.close()


def test_a_destination_is_recorded_and_stands_on_the_pupils_page(page: Page, site: Site) -> None:
    with site.data():
        school, user, _version = own_school(site, "De Bestemming", "73")
        session(page, site, user)

    page.goto("/kenmerken/")
    page.get_by_role("link", name="groep 5").click()
    page.get_by_label("Bestemming, Kind 3 Nummer3").select_option(label="praktijkonderwijs")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op waarop de bestemming rust.")
    page.get_by_label("Reden").fill("gesprek met ouders")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_text("Vastgelegd.")).to_be_visible()
    page.get_by_role("link", name="Nummer3, Kind 3").click()

    expect(page.get_by_role("heading", name="Geschiedenis")).to_be_visible()
    expect(page.get_by_role("cell", name="gesprek met ouders")).to_be_visible()
    with site.data(), scope(schools=[school.pk]):
        assert PupilMark.objects.count() == 2


def test_axe_finds_no_barrier_and_nothing_scrolls_sideways_at_any_size(page: Page, site: Site) -> None:
    with site.data():
        school, user, version = own_school(site, "De Drempelloze", "74")
        session(page, site, user)
        with scope(schools=[school.pk]):
            pupil, group = PupilMark.objects.get().pupil_id, Group.objects.get().pk
            mark, table = PupilMark.objects.get().pk, NormFile.objects.get().pk
    normen, tabel, kind = f"/normen/{school.pk}", f"/normtabellen/{school.pk}", f"/leerlingen/{pupil}/kenmerken"
    concept = f"{normen}/2027/concept"
    paths = (
        *("/normen/", f"{normen}/versies/", f"{normen}/versies/{version.pk}/", f"{normen}/2026/concept/"),
        f"{normen}/vergelijken/?van={version.pk}&naar={version.pk}",
        *(f"{concept}/{part}" for part in ("", "bestand/", "vooruit/", "vastleggen/", "weggooien/", "school/")),
        *(f"{concept}/{part}" for part in ("norm/", "vak/spelling/", "vak/luisteren/", "norm/1/", "norm/1/weg/")),
        *("/normtabellen/", f"{tabel}/nieuw/", f"{tabel}/{table}/", f"{tabel}/{table}/einde/"),
        *("/kenmerken/", "/kenmerken/inlezen/", f"/kenmerken/groep/{group}/", f"{kind}/", f"{kind}/nieuw/"),
        *(f"{kind}/{mark}/{part}/" for part in ("verbeteren", "einde", "intrekken")),
    )
    for path in paths:
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(path)

            assert answer is not None
            assert answer.status == 200, path
            page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
            assert barriers(page) == []
            wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            assert wide <= seen, (path, width)
            assert len(page.content()) < 150_000, path
