"""Steps 6 to 8 of a round in a real browser: no barrier at any size, an intervention in three questions, two taps a
week."""

from __future__ import annotations

from datetime import date
from typing import Any

from playwright.sync_api import Page, expect
from tests.support.browser import Site, barriers
from tests.support.people import give, make_group, make_pupil, make_school, make_staff, make_user
from tests.support.signed_in import session_of

from leercirkel.apps.access.scope import scope
from leercirkel.apps.cycle.models import CycleRun, Intervention, WeekGiven


def test_an_intervention_is_begun_and_followed_without_a_barrier(page: Page, site: Site) -> None:
    with site.data():
        school = make_school("De Aanpak")
        group = make_group(school, "Aanpak 5")
        make_pupil(school, "Amir", "Aanpakker", "", group=group)
        teacher = give(make_user("teacher"), "teacher", school)
        staff = make_staff(school, user=teacher, groups=(group,))
        with scope(schools=[school.pk]):
            run = CycleRun.objects.create(school=school, school_year=2026, moment="M", leader=staff)
        key = session_of(teacher)
    cookie: Any = {"name": "lc", "value": key, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])

    page.goto(f"/rondes/{run.pk}/aanpakken/")
    page.get_by_role("link", name="Aanpak beginnen").click()
    page.get_by_label("Of in eigen woorden").fill("Elke dag lezen")
    page.get_by_label("Aanpak 5").check()
    page.get_by_label("Van", exact=True).fill("2027-02-08")
    page.get_by_role("button", name="Beginnen").click()
    expect(page.get_by_role("link", name="Elke dag lezen")).to_be_visible()
    page.goto(f"/rondes/{run.pk}/volgen/")
    page.get_by_role("listitem").filter(has_text="Week van 8 februari").get_by_role("button").first.click()
    expect(page.get_by_text("gegeven in 1 van de 1 week")).to_be_visible()

    with site.data(), scope(schools=[school.pk]):
        made = Intervention.objects.get(school=school)
        assert list(WeekGiven.objects.values_list("monday", "given").filter(intervention=made)) == [
            (date(2027, 2, 8), True)
        ]
    found: list[Any] = []
    own = f"/rondes/{run.pk}/aanpakken/{made.pk}/"
    pages = (
        *("aanpakken/", "aanpakken/beginnen/", "afspraken/", "afspraken/maken/", "volgen/", "effect/"),
        *(own, f"{own}wie/{group.pk}/"),
    )
    for path in pages:
        for width, height in ((1280, 900), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(path if path.startswith("/") else f"/rondes/{run.pk}/{path}")
            found += barriers(page)
            wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            if wide > seen:
                found.append(f"{path} at {width}: {wide}")
    assert found == []
