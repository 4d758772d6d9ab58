"""`leercirkel worker`: does the work that pages put aside, one task after another."""

from __future__ import annotations

import argparse

from leercirkel.operations import installation, logs


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel worker`."""
    parser.add_argument("--once", action="store_true", help="doen wat er nu ligt, en dan stoppen")


def run(arguments: argparse.Namespace) -> int:
    """Works until SIGTERM; the task that runs then is finished first."""
    from leercirkel.config import start

    logs.set_up()
    with installation.opened() as here:
        start.start(here.environment())
        from leercirkel.apps.audit.tasks import keep_sealing

        keep_sealing()
        start.manage("db_worker", queue_name="*", batch=arguments.once, reload=False, verbosity=0)
    return 0
