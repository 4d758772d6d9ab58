"""The trend analyst of the invented board signs in, takes the demonstration's results back, and imports them again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.support import browser as real
from tests.support import database, postgres
from tests.support.browser import barriers, serving, window

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.models import ImportBatch, MethodResult, Observation, PupilMark, Result
from leercirkel.apps.demo.actions import load_board
from leercirkel.apps.organisation.models import School
from leercirkel.demo.board import write_board

KINDS = ("resultaten-*", "niet-gemaakt-*", "doorstroomtoets-*", "methodetoets-*", "observaties-*")
LONG = 60_000


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[tuple[Path, postgres.Database]]:
    folder = tmp_path_factory.mktemp("board")
    write_board(folder, years=2, seed=1)
    made = postgres.migrated(postgres.server(), database.migrate, name=f"demo_{postgres.worker()}")
    with django_db_blocker.unblock(), real.django_on(made):
        load_board(folder)
        yield folder, made


@pytest.fixture
def page(board: tuple[Path, postgres.Database], browser: Browser) -> Iterator[Page]:
    with serving(board[1], {"LEERCIRKEL_DEMO": "1"}) as url:
        context = window(browser, url, bypass_csp=True)
        context.set_default_timeout(LONG)
        yield context.new_page()
        context.close()


def work(made: postgres.Database, folder: Path) -> None:
    """The worker, until its queue is empty."""
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "leercirkel.cli", "worker", "--once"],
        check=True, timeout=120,
        env=os.environ | {
            "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings", "LEERCIRKEL_DATA": str(folder),
            "DATABASE_URL": made.app.url(), "PYTHONPATH": os.pathsep.join([str(real.ROOT / "src"), str(real.ROOT)]),
        },
    )  # fmt: skip


def rows(school: School) -> list[int]:
    with whole_installation():
        return [model.objects.filter(school=school).count() for model in (Result, Observation, MethodResult, PupilMark)]


def test_the_demonstration_is_taken_back_imported_again_and_taken_back(
    board: tuple[Path, postgres.Database], page: Page, tmp_path: Path
) -> None:
    folder, made = board
    with whole_installation():
        school = School.objects.get(name="SBO De Kantelaar")
    before = rows(school)
    assert min(before[:2]) > 50

    page.goto("/aanmelden/")
    page.locator("button", has_text="Trendanalist").click()
    page.get_by_role("link", name="Resultaten inlezen").click()
    assert barriers(page) == []

    # what came with the demonstration goes
    page.get_by_role("link", name="ongedaan maken").first.click()
    expect(page.get_by_role("heading", name="Dit gaat weg")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ongedaan gemaakt")
    assert rows(school)[:3] == [0, 0, 0]

    # and comes back from its files
    page.goto("/resultaten/inlezen/")
    page.get_by_label("Bestanden").set_input_files([path for kind in KINDS for path in (folder / "sbo").glob(kind)])
    page.get_by_role("button", name="Bekijken wat erin staat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nakijken wat er wordt ingelezen")
    assert barriers(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="bekijken").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat de kolommen betekenen")
    assert barriers(page) == []
    page.go_back()
    page.get_by_role("button", name="Bevestigen en inlezen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bezig met inlezen")
    assert barriers(page) == []
    work(made, tmp_path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ingelezen")  # by itself: the page asks every second
    assert barriers(page) == []
    assert rows(school) == before

    # the same file again brings nothing
    page.goto("/resultaten/inlezen/")
    page.get_by_label("Bestanden").set_input_files(next((folder / "sbo").glob("resultaten-*.csv")))
    page.get_by_role("button", name="Bekijken wat erin staat").click()
    expect(page.get_by_role("heading", name="Niets nieuws")).to_be_visible()
    page.get_by_role("link", name="Weggooien").click()
    page.get_by_role("button", name="Weggooien").click()

    # and weeks later all of it can still go
    page.get_by_role("link", name="ongedaan maken").first.click()
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ongedaan gemaakt")
    assert rows(school)[:3] == [0, 0, 0]
    with whole_installation():
        states = list(ImportBatch.objects.filter(school=school).order_by("id").values_list("state", flat=True))
    assert states == ["undone", "undone", "discarded"]
