"""The first day, in the browser: from a list of pupils and a few files to a report, and the import taken back.

Through the real server and the real worker, on files as the invented school exports them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect
from psycopg.types.range import DateRange
from tests.support.browser import barriers, serving, window
from tests.support.postgres import Database
from tests.support.signed_in import code, give_app

from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.organisation.actions import create_board, create_school, load_roster
from leercirkel.apps.organisation.models import School
from leercirkel.demo.files import write_files
from leercirkel.demo.schools import PROFILES
from leercirkel.exchange.edexml import reader as edexml

PASSWORD = "een lang wachtwoord voor de proef"
EMAIL = "trendanalist@pluimgaard.example"
NAME = "Basisschool De Proeftuin"


@dataclass(frozen=True, slots=True)
class Day:
    """A school with its pupils and nothing else yet, someone who reads results in, and the files."""

    url: str
    files: Path
    database: Database

    def work(self) -> None:
        """Does everything that waits for the worker, as its own command does."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "leercirkel.cli", "worker", "--once"],
            env=os.environ | {
                "DATABASE_URL": self.database.app.url(), "LEERCIRKEL_SECRET_KEY": "only for tests",
                "LEERCIRKEL_TODAY": "2027-03-02",
            },
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture
def day(own_db: Database, tmp_path: Path) -> Iterator[Day]:
    files = tmp_path / "bestanden"
    write_files(files, school="bao", years=2, seed=3, last_school_year=2026)
    with transaction.atomic(), whole_installation():
        board = create_board(name="Stichting Proef", number="99998", by=None)
    profile = PROFILES["bao"]
    with transaction.atomic(), whole_installation():
        school = create_school(
            board=board, brin=profile.school[:4], location=profile.school[4:], name=NAME, kind="bao", by=None
        )
    with transaction.atomic(), whole_installation():
        for path in sorted(files.glob("EDEX-*.xml")):
            roster, _problems = edexml.read(path.read_bytes(), path.name)
            assert roster is not None
            load_roster(roster=roster, by=None, school=school)
        analyst(school)
    with serving(own_db) as url:
        yield Day(url, files, own_db)


def analyst(school: School) -> None:
    user = User(email=EMAIL, name="Tess Trend")
    user.set_password(PASSWORD)
    user.save()
    give_app(user)
    for bundle in ("trend_analyst", "head"):
        Assignment.objects.create(
            user=user, bundle=Bundle.objects.get(school=None, code=bundle), board=school.board, school=school,
            during=DateRange(None, None),
        )  # fmt: skip


def sign_in(page: Page) -> None:
    page.goto("/aanmelden/")
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Verder", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wat staat er voor mij klaar?")


def results(files: Path) -> list[Path]:
    return sorted(path for pattern in ("resultaten-*", "niet-gemaakt-*") for path in files.glob(pattern))


def test_from_files_to_a_report_and_back(day: Day, browser: Browser) -> None:
    with window(browser, day.url) as context:
        page = context.new_page()
        sign_in(page)

        import_files(page, day)
        find_a_group(page)
        read_the_answers(page)
        make_the_report(page, day)
        undo_the_import(page, day)


def import_files(page: Page, day: Day) -> None:
    page.get_by_role("link", name="Resultaten inlezen").click()
    page.get_by_label("Bestanden").set_input_files(results(day.files))
    page.get_by_role("button", name="Bekijken wat erin staat").click()
    expect(page.get_by_role("heading", name="Wat er gaat gebeuren")).to_be_visible(timeout=60_000)
    assert barriers(page) == []
    if page.get_by_label(re.compile("Lees de rest in")).count():
        page.get_by_label(re.compile("Lees de rest in")).check()
    page.get_by_role("button", name="Bevestigen en inlezen").click()
    day.work()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingelezen")
    assert barriers(page) == []


def find_a_group(page: Page) -> None:
    page.get_by_role("link", name="Resultaten in beeld").click()
    page.get_by_role("link", name="Groep 5", exact=True).first.click()
    expect(page.get_by_role("heading", name="Doelen van de groep")).to_be_visible()
    assert page.get_by_role("table").last.get_by_role("row").count() > 10
    assert barriers(page) == []


def read_the_answers(page: Page) -> None:
    page.get_by_role("link", name="Resultaten in beeld").click()
    expect(page.get_by_role("heading", name="Wat zien we?")).to_be_visible()
    assert barriers(page) == []


def make_the_report(page: Page, day: Day) -> None:
    page.get_by_role("link", name="Rapporten").click()
    page.get_by_role("button", name="Rapport maken").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    day.work()
    page.reload()
    with page.expect_download() as fetched:
        page.get_by_role("link", name=re.compile(r"rapport-M-2026-2027-team\.pdf")).click()
    assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF-")
    assert page.locator(".sheets img").count() > 3
    assert barriers(page) == []


def undo_the_import(page: Page, day: Day) -> None:
    page.get_by_role("link", name="Resultaten inlezen").click()
    page.get_by_role("link", name="ongedaan maken").click()
    page.get_by_role("button", name="Ongedaan maken").click()
    day.work()
    page.goto("/resultaten/inlezen/")
    expect(page.get_by_role("row").filter(has_text="ongedaan gemaakt")).to_be_visible()
    page.goto("/rapporten/")
    expect(page.get_by_text("Er zijn nog geen resultaten om een rapport van te maken")).to_be_visible()
