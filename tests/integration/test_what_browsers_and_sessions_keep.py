"""Every cookie that the program sets and every key it keeps in a session is named in docs/privacy/aanmelden.md."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.support.postgres import ROOT
from tests.support.signed_in import code, give_app, sign_in
from tests.support.world import PASSWORD, World

PAGE = (ROOT / "docs/privacy/aanmelden.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src"
COOKIES, SESSION = (
    set(re.findall(r"`([^`]+)`", PAGE.split(f"## {head}")[1].split("\n## ")[0]))
    for head in ("Op het apparaat", "In de sessie")
)


def plain(cookie: str) -> str:
    """Its name without what a browser reads in it (only by https, only this host)."""
    return cookie.removeprefix("__Host-")


def calls(*names: str) -> Iterator[tuple[Path, ast.expr]]:
    """The first argument of each call of a method of these names in our own source, with its file."""
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names:
                yield path, node.args[0]


def value(path: Path, expression: ast.expr) -> str:
    """What an expression of constants says, as its module knows them."""
    module = importlib.import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
    return str(eval(ast.unparse(expression), vars(module)))


def session_keys() -> Iterator[tuple[Path, ast.expr]]:
    """What stands between the brackets, or as the first argument, of something called session."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value).split(".")[-1] == "session":
                yield path, node.slice
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("get", "pop", "setdefault")
                and ast.unparse(node.func.value).split(".")[-1] == "session"
            ):
                yield path, node.args[0]


def test_every_cookie_in_the_source_is_named() -> None:
    set_by_us = {plain(value(*call)) for call in calls("set_cookie")}
    configured = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}

    assert {"lc-names", "lc-keys", "lc-lock", "lc-language"} <= set_by_us
    assert set_by_us | {plain(name) for name in configured} == COOKIES


def test_every_session_key_in_the_source_is_named() -> None:
    ours = {value(*found) for found in session_keys()}

    assert len(ours) > 8
    assert ours <= SESSION


def test_scripts_keep_nothing_in_the_browser_but_the_cookie_for_names() -> None:
    keeping = {
        path.name
        for path in SOURCE.rglob("static/**/*.js")
        if re.search(r"document\.cookie|localStorage|sessionStorage|indexedDB", path.read_text(encoding="utf-8"))
        and "vendor" not in path.parts
    }

    assert keeping == {"names.js"}


@pytest.fixture
def browser() -> Client:
    return Client()


def kept(browser: Client, seen: tuple[set[str], set[str]], answer: Any) -> Any:
    """Notes which cookies came with an answer and what is in the session after it."""
    cookies, keys = seen
    cookies.update(plain(name) for name in answer.cookies)
    keys.update(browser.session.keys())
    return answer


def test_what_comes_of_signing_in_and_looking_around_is_named(world: World, browser: Client) -> None:
    user = world.with_password("head")
    give_app(user)
    seen: tuple[set[str], set[str]] = (set(), set())
    wrong = {"login": user.email, "password": "verkeerd wachtwoord"}
    right = {"login": user.email, "password": PASSWORD, "shared": "on"}

    kept(browser, seen, browser.get("/"))
    kept(browser, seen, browser.get("/aanmelden/?next=/leerlingen/"))
    kept(browser, seen, browser.post("/aanmelden/", wrong))
    kept(browser, seen, browser.post("/aanmelden/", right))
    kept(browser, seen, browser.post("/aanmelden/tweede-stap/", {"code": code()}))
    for path, sent in (
        *(("/taal/", {"language": "en"}), ("/namen/", {"hidden": "1"}), ("/toetsen/", {"keys": "off"})),
        *(("/account/apparaat/", {"minutes": "5"}), ("/zoeken/", {"q": "noor"}), ("/vergrendelen/", {})),
    ):
        kept(browser, seen, browser.post(path, sent))

    cookies, keys = seen
    assert {"lc", "lc-form", "lc-language", "lc-names", "lc-keys", "lc-lock"} <= cookies <= COOKIES
    assert {"_auth_user_id", "account_login", "searched", "shared", "locked"} <= keys <= SESSION


def test_what_comes_of_managing_users_is_named(world: World, browser: Client) -> None:
    seen: tuple[set[str], set[str]] = (set(), set())
    sign_in(browser, world.users["administrator"])

    kept(browser, seen, browser.post("/gebruikers/", {"zoek": "teacher"}))
    kept(browser, seen, browser.post(f"/gebruikers/{world.users['teacher'].pk}/overal-afmelden/"))

    cookies, keys = seen
    assert cookies <= COOKIES
    assert {"users_searched", "_messages"} <= keys <= SESSION
