"""What imports remember, in a real browser: no barrier, nothing sideways, and an answer is forgotten by one button."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect
from tests.support.browser import Site, barriers, window
from tests.support.people import give, make_group, make_pupil, make_school, make_user
from tests.support.signed_in import session_of

from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.models import PupilMatch, SourceMapping


def test_an_answer_is_forgotten_by_one_button(browser: Browser, site: Site) -> None:
    with site.data():
        school = make_school("De Onthouder", brin="91ZZ", location="00")
        user = give(make_user("Analist Onthouder"), "trend_analyst", school)
        pupil = make_pupil(school, "Noor", "Aardenburg", "", group=make_group(school, "groep 5", grade="5"))
        with scope(schools=[school.pk]):
            written = "0102|aardenburg|noortje|2017-10-05"
            PupilMatch.objects.create(school=school, written=written, pupil=pupil, made_by=user)
            PupilMatch.objects.create(school=school, written="|elders|kim|", made_by=user)
            SourceMapping.objects.create(
                school=school, signature="c" * 64, label="resultaten-uit-ons-eigen-systeem-januari.csv", mapping="a = 1"
            )
        cookie: Any = {"name": "lc", "value": session_of(user), "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    context = window(browser, site.url)
    page = context.new_page()
    context.add_cookies([cookie])

    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/resultaten/inlezen/onthouden/")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if folder := os.environ.get("LEERCIRKEL_LOOK"):
            page.screenshot(path=str(Path(folder) / f"onthouden-{width}.png"), full_page=True)
    page.get_by_role("button", name="antwoord 2 vergeten").click()

    expect(page.get_by_text("Vergeten. Bij het volgende bestand wordt het opnieuw gevraagd.")).to_be_visible()
    expect(page.get_by_text("Noortje Aardenburg")).to_have_count(0)
    context.close()
