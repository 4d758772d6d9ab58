"""The application in a real browser: a server on a database of its own, and Debian's chromium.

Fixtures (tests/conftest.py): `site`, one server per worker; `browser`, one chromium per worker; `page`, a new window
without cookies, at `site.url`. Data: `with site.data():` points Django's connection of the test at the site's
database; what is written there stays for the run, so names must be a test's own. Another server, with other settings:
`with serving(database, {"LEERCIRKEL_DEMO": "1"}) as url`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.support import postgres

from leercirkel.operations import children

if TYPE_CHECKING:
    from tests.support.world import World

    from leercirkel.apps.access.models import User


ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), "")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 30_000
"""Milliseconds a page may take to show what is waited for, on a machine with all else at work."""
expect.set_options(timeout=PATIENCE)
GUNICORN = ("--worker-class", "gthread", "--threads", "4", "--graceful-timeout", "1", "--no-control-socket")


@dataclass(frozen=True, slots=True)
class Site:
    """A server, its database and the small world in it (support/world.py)."""

    url: str
    database: postgres.Database
    blocker: Any
    world: World

    def user(self, name: str) -> User:
        """One of the world's users, who can sign in with PASSWORD."""
        with self.data():
            return self.world.with_password(name)

    @contextlib.contextmanager
    def data(self) -> Iterator[None]:
        """Django's connection of this process goes to the site's database, for the length of the block."""
        with self.blocker.unblock(), django_on(self.database):
            yield


@contextlib.contextmanager
def django_on(database: postgres.Database) -> Iterator[None]:
    """Django's connection of this process goes to that database, for the length of the block."""
    from django.db import connections

    settings = connections["default"].settings_dict
    kept = dict(settings)
    try:
        postgres.apply_to_django(database)
        yield
    finally:
        connections["default"].close()
        settings.update(kept)


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextlib.contextmanager
def serving(database: postgres.Database, env: dict[str, str] | None = None) -> Iterator[str]:
    """gunicorn with the application on this database; gives its address, with `localhost` (passkeys need a name)."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="leercirkel-site-") as folder:
        out = Path(folder) / "log"
        with open(out, "wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "leercirkel.config.wsgi", "--bind", f"127.0.0.1:{port}", *GUNICORN],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=children.dies_with_us(),
                env=os.environ
                | {
                    "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
                    "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings",
                    "DATABASE_URL": database.app.url(),
                    "LEERCIRKEL_SECRET_KEY": "only for tests",
                    "LEERCIRKEL_TODAY": "2027-03-02",
                    "LEERCIRKEL_HTTP": "1",
                    "LEERCIRKEL_DATA": folder,
                }
                | (env or {}),
            )
        try:
            await_answer(f"http://127.0.0.1:{port}/aanmelden/", server, out)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(60)


def await_answer(url: str, server: subprocess.Popen[bytes], out: Path | None = None) -> None:
    """Waits until a server that was just started answers; fails when it ended, with what it said."""
    deadline = time.monotonic() + 60
    while True:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("the server did not start: " + (out.read_text(errors="replace") if out else url))
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=10).close()
            return
        time.sleep(0.05)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's own, quiet."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


def window(browser: Browser, url: str, **more: Any) -> BrowserContext:
    """A window without cookies, in Dutch."""
    context = browser.new_context(base_url=url, locale="nl-NL", **more)
    context.set_default_timeout(PATIENCE)
    return context


def settled(page: Page) -> None:
    """Waits until what came in by itself listens: htmx takes 20 ms for that, which a person never notices."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-added, .htmx-settling")).to_have_count(0)


def barriers(page: Page, within: str | None = None) -> list[str]:
    """What axe finds (WCAG 2.2 AA) on the page, or within a part of it; put in past the policy that forbids scripts."""
    found = Axe().run(page, context=within, options={"runOnly": WCAG_22_AA})
    return [f"{page.url}: {each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


SIZES = ((1280, 900), (360, 740))


def barriers_at_sizes(page: Page) -> list[str]:
    """What axe finds on a desk and on a telephone, and whether the page is wider than either."""
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += barriers(page)
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{page.url}: {wide} wide where there are {width}")
    return found


def sign_in(page: Page, email: str, password: str = "") -> None:
    """Fills in the sign-in page, with the password of every user of the world; the second factor comes after it."""
    from tests.support.world import PASSWORD

    page.goto("/aanmelden/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(password or PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


def enter(page: Page, site: Site, user: User | str) -> None:
    """Puts a session of a user, by name one of the world's, into the window, second factor and all: for tests of other
    pages."""
    from tests.support.signed_in import session_of

    with site.data():
        session = session_of(site.world.users[user] if isinstance(user, str) else user)
    cookie: Any = {"name": "lc", "value": session, "url": site.url, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])


def passkeys(page: Page) -> None:
    """Gives the window a device that makes passkeys and says yes to everything."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
