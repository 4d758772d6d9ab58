"""The application's tables in the databases of a run of tests: fixtures `db` (undone after each test) and `own_db`.

`db` (pytest-django's, also through its other fixtures): this worker's database, as the application's role, in a
transaction that is undone. `own_db`: a database of this test's own, where commits are real, for several
connections, processes, tasks and a browser, on a server where no other test writes; `postgres.use(own_db)` is done, so
that processes a test starts find it.
`transactional_db` and `live_server` cannot be used: they empty tables, which neither the role nor the log allows.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support import postgres

from leercirkel.operations.connections import Connection


def migrate(owner: Connection, app: Connection) -> None:
    """Makes the tables as an installation does: as the owner, in a process of its own."""
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", "migrate", "--verbosity", "0"],
        check=True,
        timeout=120,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "leercirkel.config.settings",
            "LEERCIRKEL_SECRET_KEY": "only for tests",
            "DATABASE_URL": owner.url(),
        },
    )


@contextmanager
def own(name: str, *, alone: bool = False) -> Iterator[postgres.Database]:
    """A migrated database of one test; Django's connection of this process points to it meanwhile.

    `alone`: on a server where no other test has a transaction open, as the sealing of the log asks.
    """
    server = postgres.server(alone=alone)
    made = postgres.migrated(server, migrate, name=f"{name}_{postgres.worker()}")
    before = {key: os.environ.get(key) for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    from django.db import connections

    settings = connections["default"].settings_dict
    kept = dict(settings)
    try:
        postgres.use(made)
        postgres.apply_to_django(made)
        yield made
    finally:
        connections["default"].close()
        settings.update(kept)
        for key, value in before.items():
            os.environ.pop(key, None) if value is None else os.environ.__setitem__(key, value)
        postgres.drop(server, made)
