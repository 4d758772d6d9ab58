"""The file of providers: what it may say, and what is said of what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from leercirkel.apps.signin.provider_adapter import asked_for_factor, verified_address
from leercirkel.operations import providers
from leercirkel.operations.errors import OperationError

GOOD = """
[[provider]]
id = "microsoft"
name = "Microsoft"
server = "https://login.microsoftonline.com/0a1b/v2.0/"
client_id = "123"
client_secret = "geheim"
domains = ["Kadewijs.example"]
"""


def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> dict[str, providers.Provider]:
    file = tmp_path / "providers.toml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("LEERCIRKEL_OIDC_FILE", str(file))
    return providers.from_environment()


def test_without_a_file_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEERCIRKEL_OIDC_FILE", raising=False)

    assert providers.from_environment() == {}


def test_what_is_left_out_has_the_strictest_meaning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = read(monkeypatch, tmp_path, GOOD)["microsoft"]

    assert (found.trusted, found.factor_claim, found.userinfo) == (False, "", False)
    assert found.domains == {"kadewijs.example"}
    assert found.app()["settings"]["oauth_pkce_enabled"]


def test_the_secret_may_stand_in_a_file_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("uit een bestand\n", encoding="utf-8")
    text = GOOD.replace('client_secret = "geheim"', f'client_secret_file = "{tmp_path}/secret"')

    assert read(monkeypatch, tmp_path, text)["microsoft"].client_secret == "uit een bestand"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "microsoft"', 'id = "Micro soft"', "kleine letters"),
        ("https://login", "http://login", "https://"),
        ('domains = ["Kadewijs.example"]', "", "domains ontbreekt"),
        ('client_secret = "geheim"', "", "client_secret"),
        ('client_id = "123"', "", "client_id ontbreekt"),
        ('name = "Microsoft"', 'name = "Microsoft"\nemail_verified = "ja"', "email_verified"),
        ('name = "Microsoft"', 'name = "Microsoft"\nsecond_factor = "ja"', "second_factor"),
        ('name = "Microsoft"', 'name = "Microsoft"\ndomein = "x"', "onbekend: domein"),
        (GOOD, GOOD + GOOD, "hetzelfde id"),
        (GOOD, "[[provider", "kan niet worden gelezen"),
    ],
)
def test_a_fault_stops_with_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(OperationError, match=said):
        read(monkeypatch, tmp_path, GOOD.replace(old, new))


def a_provider(**more: object) -> providers.Provider:
    given = {"id": "x", "name": "X", "server": "", "client_id": "", "client_secret": ""}
    return providers.Provider(**given, domains=frozenset({"kadewijs.example"}), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claims", "address"),
    [
        ({"email": "A@Kadewijs.example", "email_verified": True}, "a@kadewijs.example"),
        ({"email": "a@kadewijs.example", "xms_edov": "1"}, "a@kadewijs.example"),
        ({"email": "a@kadewijs.example"}, ""),
        ({"email": "a@kadewijs.example", "email_verified": "false"}, ""),
        ({"email": "a@kadewijs.example.kwaad.example", "email_verified": True}, ""),
        ({"email": "a@kwaad.example@kadewijs.example", "email_verified": True}, "a@kwaad.example@kadewijs.example"),
        ({"email": "@kadewijs.example", "email_verified": True}, ""),
        ({"email": None, "email_verified": True}, ""),
    ],
)
def test_an_address_counts_when_it_is_verified_and_in_a_domain(claims: dict[str, object], address: str) -> None:
    assert verified_address(a_provider(), claims) == address


def test_a_trusted_provider_counts_for_its_own_domains_only() -> None:
    trusted = a_provider(trusted=True)

    assert verified_address(trusted, {"email": "a@kadewijs.example"}) == "a@kadewijs.example"
    assert verified_address(trusted, {"email": "a@elders.example"}) == ""


@pytest.mark.parametrize(
    ("claims", "counts"),
    [({"amr": ["pwd", "mfa"]}, True), ({"amr": "mfa"}, True), ({"amr": ["pwd"]}, False), ({}, False)],
)
def test_a_factor_of_the_provider_counts_when_the_token_says_so(claims: dict[str, object], counts: bool) -> None:
    assert asked_for_factor(a_provider(factor_claim="amr", factor_values=frozenset({"mfa"})), claims) is counts
    assert asked_for_factor(a_provider(), claims) is False
