"""What DATABASE_URL may be, and that a wrong one is told without its password."""

from __future__ import annotations

import pytest

from leercirkel.operations.connections import Connection, from_url
from leercirkel.operations.errors import OperationError


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://app:x@db.example.nl/leercirkel", Connection("db.example.nl", 5432, "leercirkel", "app", "x")),
        ("postgres://app@[::1]:5433/lc", Connection("::1", 5433, "lc", "app", "")),
        (
            "postgresql://app:a%2Fb@/lc?host=/run/postgresql&port=5434",
            Connection("/run/postgresql", 5434, "lc", "app", "a/b"),
        ),
        (
            "postgresql://app:x@db/lc?sslmode=verify-full&sslrootcert=/etc/ssl/ca.pem",
            Connection("db", 5432, "lc", "app", "x", (("sslmode", "verify-full"), ("sslrootcert", "/etc/ssl/ca.pem"))),
        ),
    ],
)
def test_a_url_is_read(url: str, expected: Connection) -> None:
    assert from_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///geheim.db",
        "postgresql://app:geheim@/leercirkel",
        "postgresql://app:geheim@server/",
        "postgresql://server/geheim",
        "postgresql://app:geheim@server:poort/lc",
        "postgresql://app:geheim@server/lc?options=-c%20row_security=off",
        "geheim",
    ],
)
def test_a_wrong_url_is_told_without_showing_it(url: str) -> None:
    with pytest.raises(OperationError) as told:
        from_url(url, variable="DATABASE_OWNER_URL")

    assert "DATABASE_OWNER_URL" in str(told.value)
    assert "geheim" not in str(told.value)


def test_a_password_is_not_shown() -> None:
    way = from_url("postgresql://app:geheim@db/lc?sslmode=require")

    assert "geheim" not in repr(way)
    assert way.environment()["PGSSLMODE"] == "require"
