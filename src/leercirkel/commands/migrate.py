"""`leercirkel migrate`: the tables of this version, made and changed by the owner of the database."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager

from leercirkel.operations import installation
from leercirkel.operations.errors import OperationError

OBJECTS_BETWEEN = 100_000
"""So many new objects between two searches for cycles. Every step makes the models of all apps anew; at Python's own
700 a fifth of the time of a first start went into these searches (docs/ontwikkel/prestaties.md)."""
_ONE_AT_A_TIME = 5_170_421_733
"""Number of the lock in the database under which migrations run."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel migrate`."""
    parser.add_argument("--check", action="store_true", help="alleen tonen wat er nog moet gebeuren (1: er is iets)")


def run(arguments: argparse.Namespace) -> int:
    """Applies what is pending. 1 with --check when there is something to do."""
    from leercirkel.config import start

    with installation.opened() as here, installation.connected(here.owner()) as database:
        start.start(here.environment(as_owner=True))
        if newer := start.newer_migrations():
            raise OperationError(
                f"Deze database is gebruikt door een nieuwere versie van Leercirkel ({newer[-1]}). Installeer die "
                "versie, of zet een back-up van deze versie terug."
            )
        if arguments.check:
            return _tell(start.pending_migrations())
        database.execute("select pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        pending = start.pending_migrations()
        if pending:
            with _seldom_cleared():
                start.manage("migrate", interactive=False, verbosity=0)
        database.execute("select audit_keep_era()")  # after a move to another server (docs/ontwikkel/logboek.md)
        print(f"{len(pending)} wijzigingen aangebracht." if pending else "De database is al bij.")
    return 0


@contextmanager
def _seldom_cleared() -> Iterator[None]:
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _tell(pending: list[str]) -> int:
    for name in pending:
        print(f"  {name}")
    print(f"{len(pending)} wijzigingen te doen: leercirkel migrate" if pending else "De database is al bij.")
    return 1 if pending else 0
