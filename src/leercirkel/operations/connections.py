"""How a database is reached: host, port, name, user and password, as psycopg, a URL or the programs want them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import psycopg
from psycopg.conninfo import make_conninfo

from leercirkel.operations.errors import OperationError

_OPTIONS = {
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "connect_timeout",
    "application_name",
    "target_session_attrs",
}


@dataclass(frozen=True, slots=True)
class Connection:
    """A way into one database. `host` is a name, an address, or the folder of a socket (starts with /)."""

    host: str
    port: int
    name: str
    user: str
    password: str
    options: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        """Without the password: this may end up in a log."""
        return f"Connection({self.user}@{self.host}:{self.port}/{self.name})"

    def to(self, name: str) -> Connection:
        """The same way into another database of the same server."""
        return replace(self, name=name)

    def open(self, *, autocommit: bool = False) -> psycopg.Connection[tuple[Any, ...]]:
        """Connects. Raises psycopg.OperationalError."""
        return psycopg.connect(
            make_conninfo(
                host=self.host,
                port=self.port,
                dbname=self.name,
                user=self.user,
                password=self.password,
                **{"connect_timeout": "10", **dict(self.options)},
            ),
            autocommit=autocommit,
        )

    def environment(self) -> dict[str, str]:
        """What pg_dump and its family read from their environment: a password on a command line is seen by all."""
        out = {
            "PGHOST": self.host,
            "PGPORT": str(self.port),
            "PGDATABASE": self.name,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }
        return out | {f"PG{key.upper()}": value for key, value in self.options if key.startswith("ssl")}

    def url(self) -> str:
        """As in DATABASE_URL. Holds the password."""
        login = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        more = list(self.options)
        if self.host.startswith("/"):
            place, more = "", [("host", self.host), ("port", str(self.port)), *more]
        else:
            place = f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"
        query = f"?{urlencode(more)}" if more else ""
        return f"postgresql://{login}@{place}/{quote(self.name, safe='')}{query}"

    def django(self) -> dict[str, object]:
        """The part of a Django DATABASES entry that says where the database is."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": self.host,
            "PORT": str(self.port),
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": dict(self.options),
        }


def from_url(url: str, *, variable: str = "DATABASE_URL") -> Connection:
    """Reads postgresql://user:password@host:port/name?sslmode=…; a socket's folder as ?host=/run/postgresql.

    Raises OperationError, which names the variable and never shows the URL (it holds a password).
    """
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
    except ValueError:
        raise OperationError(_wrong(variable, "dit is geen URL")) from None
    if parts.scheme not in ("postgresql", "postgres"):
        raise OperationError(_wrong(variable, "die begint met postgresql://, en een andere database kan niet"))
    more = dict(parse_qsl(parts.query))
    host = unquote(more.pop("host", "") or parts.hostname or "")
    port = int(more.pop("port", port)) if str(more.get("port", port)).isdigit() else port
    name = unquote(parts.path.lstrip("/"))
    if not host or not name or not parts.username:
        raise OperationError(_wrong(variable, "er ontbreekt een server, een database of een gebruiker"))
    strange = sorted(set(more) - _OPTIONS)
    if strange:
        raise OperationError(_wrong(variable, f"dit kennen we niet: {', '.join(strange)}"))
    return Connection(host, port, name, unquote(parts.username), unquote(parts.password or ""), tuple(more.items()))


def _wrong(variable: str, why: str) -> str:
    return f"{variable} klopt niet: {why}. Zo hoort het: postgresql://gebruiker:wachtwoord@server:5432/leercirkel"
