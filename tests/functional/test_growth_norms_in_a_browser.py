"""From a file of growth norms to what it says of a pupil, in a real browser: mended, loaded, read, ended."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.support.browser import Site, barriers
from tests.support.growth_norms import growth_file, growth_norm
from tests.support.people import give, make_group, make_pupil, make_school, make_user
from tests.support.signed_in import session_of

from leercirkel.analysis.growth_norms.cohort import NormTest, Occasion
from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.actions import load_norms
from leercirkel.apps.assessment.models import ImportBatch, NormFile, Result
from leercirkel.apps.organisation.models import Group, Pupil, School

SIZES = {"desktop": (1280, 900), "tablet": (820, 1180), "phone": (360, 740)}
NORM = growth_norm(NormTest("rekenen", "Verzonnen", "1"), Occasion(5, "M"), Occasion(5, "B"))


def own_school(site: Site, name: str, number: str) -> tuple[School, User, Group, Pupil]:
    """A school of this test alone: twelve pupils of group 5 with two scores each; its head."""
    school = make_school(name, brin=f"{number}GN", location="00")
    user = give(make_user(f"Directeur {number}"), "head", school)
    group = make_group(school, "groep 5", grade="5")
    pupils = [make_pupil(school, f"Kind {n}", f"Nummer{n}", "", group=group) for n in range(12)]
    with scope(schools=[school.pk]):
        batch = ImportBatch.objects.create(school=school)
        Result.objects.bulk_create(
            Result(
                school=school, pupil=pupil, group=group, batch=batch, school_year=2026, moment=moment,
                subject="rekenen", instrument="Verzonnen", version="1", taken_on=day, score=score + n,
            )
            for n, pupil in enumerate(pupils)
            for moment, day, score in (("B", date(2026, 10, 20), 90.0), ("M", date(2027, 1, 20), 95.0))
        )  # fmt: skip
    return school, user, group, pupils[0]


def signed_in(page: Page, site: Site, user: User) -> None:
    cookie: Any = {"name": "lc", "value": session_of(user), "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


def test_a_wrong_file_is_mended_and_then_told_of_with_a_pupil_until_it_is_ended(
    page: Page, site: Site, tmp_path: Path
) -> None:
    with site.data():
        _school, user, group, pupil = own_school(site, "De Groeier", "71")
        signed_in(page, site, user)
    wrong, right = tmp_path / "fout.toml", tmp_path / "groei.toml"
    right.write_bytes(growth_file(NORM))
    wrong.write_text(right.read_text(encoding="utf-8").replace("pupils = 600", "pupils = 0"), encoding="utf-8")

    page.goto("/normtabellen/")
    page.get_by_role("link", name="Normtabel inlezen").first.click()
    for file in (wrong, right):
        page.get_by_label("Bestand", exact=True).set_input_files(file)
        page.get_by_label("Waar komt de tabel vandaan?").fill("bestuur")
        page.get_by_label("het is een eigen tabel").check()
        page.get_by_role("button", name="Nakijken en in gebruik nemen").click()
        if file == wrong:
            row = page.get_by_role("row", name="pupils")
            expect(row).to_contain_text("het aantal leerlingen ontbreekt of kan niet kloppen")
            expect(row).to_contain_text("8")
    expect(page.get_by_text("De groeinormen zijn in gebruik")).to_be_visible()
    expect(page.get_by_role("cell", name="600 leerlingen")).to_be_visible()

    page.goto(f"/leerlingen/{pupil.pk}/resultaten/")
    expect(page.get_by_text("leerlingen met dezelfde eerdere score (begin 2026-2027)")).to_be_visible()
    page.goto(f"/groepen/{group.pk}/resultaten/")
    expect(page.get_by_text("Groeipercentiel").first).to_be_visible()
    expect(page.get_by_text("(12 leerlingen)")).to_be_visible()

    page.goto("/normtabellen/")
    page.get_by_role("link", name="groei.toml").click()
    page.get_by_role("link", name="Niet meer gebruiken").click()
    page.get_by_role("button", name="Niet meer gebruiken").click()
    page.goto(f"/leerlingen/{pupil.pk}/resultaten/")
    expect(page.get_by_role("heading", name="Rekenen")).to_be_visible()
    expect(page.get_by_text("Groei vergeleken")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES)
def test_no_page_with_growth_norms_has_a_barrier_or_scrolls_sideways(page: Page, site: Site, size: str) -> None:
    number = 72 + list(SIZES).index(size)
    with site.data():
        school, user, group, pupil = own_school(site, f"De Drempelloze {number}", str(number))
        signed_in(page, site, user)
        with scope(schools=[school.pk]):
            load_norms(
                school=school, content=growth_file(NORM), name="groei.toml", source="eigen", right_of_use="own", by=None
            )
            file = NormFile.objects.get().pk
    table = f"/normtabellen/{school.pk}"
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    for path in (
        "/normtabellen/", f"{table}/nieuw/", f"{table}/{file}/", f"{table}/{file}/einde/",
        f"/leerlingen/{pupil.pk}/resultaten/", f"/groepen/{group.pk}/resultaten/",
        f"/scholen/{school.pk}/resultaten/groei/",
    ):  # fmt: skip
        answer = page.goto(path)

        assert answer is not None
        assert answer.status == 200, path
        assert barriers(page) == [], path
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= seen, path
