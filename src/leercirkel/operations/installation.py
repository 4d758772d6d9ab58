"""This installation as its environment describes it: which database, which folder, and what its processes are given.

`DATABASE_URL` is the application's way in, `DATABASE_OWNER_URL` that of the owner (migrations, backups). Without them
the embedded database in the data folder is used, which has both.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from leercirkel.operations import folders, roles
from leercirkel.operations.connections import Connection, from_url
from leercirkel.operations.errors import OperationError
from leercirkel.operations.postgres import Cluster

OLDEST_SERVER = 15
PROGRAM = (sys.executable, "-P", "-m", "leercirkel.cli")
"""How one of our processes starts another: this Python and this package, whatever folder it stands in."""

_OWNERS_ONLY = ("DATABASE_OWNER_URL", "LEERCIRKEL_BACKUP_KEY_FILE")


@dataclass(frozen=True, slots=True)
class Installation:
    """Where the data are and how the database is reached."""

    folder: Path
    app: Connection
    given_owner: Connection | None
    cluster: Cluster | None
    """The embedded database, when that is what we use."""

    def owner(self) -> Connection:
        """The owner's way in. Raises OperationError when only the application's was given."""
        if self.given_owner is None:
            raise OperationError(
                "Hiervoor is de eigenaar van de database nodig: zet DATABASE_OWNER_URL (rol leercirkel_owner) naast "
                "DATABASE_URL."
            )
        return self.given_owner

    def environment(self, *, as_owner: bool = False) -> dict[str, str]:
        """What a process of ours gets: as the application without anything of the owner, or as the owner itself."""
        out = {key: value for key, value in os.environ.items() if key not in _OWNERS_ONLY}
        out |= {
            "LEERCIRKEL_DATA": str(self.folder),
            "DATABASE_URL": (self.owner() if as_owner else self.app).url(),
            "DJANGO_SETTINGS_MODULE": out.get("DJANGO_SETTINGS_MODULE", "leercirkel.config.settings"),
        }
        if as_owner:
            out["DATABASE_OWNER_URL"] = self.owner().url()
        if "LEERCIRKEL_SECRET_KEY" not in out and "LEERCIRKEL_SECRET_KEY_FILE" not in out:
            out["LEERCIRKEL_SECRET_KEY_FILE"] = str(secret_key_file(self.folder))
        return out


def secret_key_file(folder: Path) -> Path:
    """The file with the key that signs sessions, made when there is none and none is given."""
    path = folder / "keys" / "secret-key"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folders.secret(path)
    return path


def embedded() -> bool:
    """Whether no server is given, so that the embedded database is used."""
    return not os.environ.get("DATABASE_URL")


@contextmanager
def opened() -> Iterator[Installation]:
    """The installation and its database: the given server, or the embedded one, started when nobody runs it.

    Call from the main thread. Raises OperationError when the URLs are wrong or the embedded database does not start.
    """
    folder = folders.data_folder()
    if embedded():
        with Cluster(folder).running() as cluster:
            yield Installation(folder, cluster.connection(roles.APP), cluster.connection(roles.OWNER), cluster)
        return
    app = from_url(os.environ["DATABASE_URL"])
    owner = os.environ.get("DATABASE_OWNER_URL")
    yield Installation(folder, app, from_url(owner, variable="DATABASE_OWNER_URL") if owner else None, None)


@contextmanager
def connected(way: Connection) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection on autocommit, closed at the end.

    Raises OperationError when the server does not answer, refuses us, or is older than we support.
    """
    try:
        connection = way.open(autocommit=True)
    except psycopg.OperationalError as error:
        raise OperationError(unreachable(way, error)) from None
    with connection:
        version = connection.info.server_version // 10_000
        if version < OLDEST_SERVER:
            raise OperationError(
                f"De server is PostgreSQL {version}; Leercirkel heeft {OLDEST_SERVER} of nieuwer nodig."
            )
        yield connection


def unreachable(way: Connection, error: psycopg.OperationalError) -> str:
    """What to say when a database cannot be reached; never with the password."""
    said = [line.strip() for line in str(error).splitlines() if line.strip()]
    last = next((line for line in said if "failed:" in line), said[0] if said else "geen antwoord")
    last = last.rpartition("failed: ")[2]
    if "password" in last or "authentication" in last:
        advice = f"Het wachtwoord van {way.user} klopt niet, of pg_hba.conf laat deze rol niet toe."
    elif "does not exist" in last:
        advice = "De rol of de database bestaat nog niet: zie docs/beheer/installatie.md."
    else:
        advice = "Draait de server, en klopt het adres?"
    return f"De database {way.name} op {way.host} is niet te bereiken als {way.user}. {advice} (PostgreSQL zei: {last})"
