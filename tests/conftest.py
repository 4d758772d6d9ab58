"""Which worker runs which test (everything on Spark in two, so that two Java processes are started, and first; files
that make something for all their tests in one), and the databases of tests."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections, transaction
from playwright.sync_api import Browser, Page
from tests.support import browser as real
from tests.support import database, postgres
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from tests.support.world import World


SECOND_JAVA = ("test_sittings", "test_lines", "test_overview", "test_pupils", "test_growth", "test_grade_trend")
"""Files whose tests on Spark take about half of the time; the others are few and long, or start their own workers."""


class MadeOnce(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Tests one by one over the workers, but what is costly to make is made once: those whose name or parameter says
    "spark" go together, in two lots, and so do those of a file that makes something for all its tests."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, name = nodeid.partition("::")
        if "spark" in name:
            return f"spark {Path(file).stem in SECOND_JAVA}"
        return file if _shares(self.config.rootpath / file) else nodeid


@cache
def _shares(file: Path) -> bool:
    return 'scope="module"' in file.read_text(encoding="utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: Any, log: Any) -> MadeOnce:
    """What pytest-xdist asks for."""
    return MadeOnce(config, log)


USES_POSTGRES = {"db", "own_db", "world"}
SUPPORT = ("tests.support.postgres", "tests.support.database")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what shows whether another version of PostgreSQL will do: `pytest -m postgres` (docs/ontwikkel/testen.md).

    Tests in a browser are left out: what they ask of the database, others do.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        names = vars(getattr(item, "module", None) or object).values()
        imports = any(getattr(value, "__name__", "") in SUPPORT for value in names)
        if (fixtures & USES_POSTGRES or imports) and not fixtures & {"page", "site"}:
            item.add_marker("postgres")


# ------------------------------------------------------------------------------------------- the database (support/)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """In place of pytest-django's: this worker's copy of the migrated database, as the application's role."""
    made = postgres.migrated(postgres.server(), database.migrate)
    with django_db_blocker.unblock():
        postgres.apply_to_django(made)
    yield
    with django_db_blocker.unblock():
        connections.close_all()


@pytest.fixture
def own_db(django_db_blocker: Any) -> Iterator[postgres.Database]:
    """A migrated database of this test's own, on a server without others' transactions: what is written is there."""
    with django_db_blocker.unblock(), database.own("own", alone=True) as made:
        yield made


@pytest.fixture
def world(db: None) -> World:
    """Two boards, three schools and everyone who could want to look (support/world.py); undone after the test."""
    from tests.support import world as made

    return made.build()


# ------------------------------------------------------------------------------------ a real browser (support/browser)


@pytest.fixture(scope="session")
def site(django_db_blocker: Any) -> Iterator[real.Site]:
    """The application on a database of its own with the small world in it, for all browser tests of this worker."""
    from tests.support import world as small

    made = postgres.migrated(postgres.server(), database.migrate, name=f"site_{postgres.worker()}")
    with django_db_blocker.unblock(), real.django_on(made), transaction.atomic():
        world = small.build()
    with real.serving(made) as url:
        yield real.Site(url, made, django_db_blocker, world)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One chromium for all tests of this worker."""
    with real.chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, site: real.Site) -> Iterator[Page]:
    """A window without cookies. axe can be put into it (bypass_csp); that no page breaks the policy is tested apart."""
    context = real.window(browser, site.url, bypass_csp=True)
    yield context.new_page()
    context.close()
