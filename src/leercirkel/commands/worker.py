"""`leercirkel worker`: does the work that pages put aside, one task after another."""

from __future__ import annotations

import argparse

from leercirkel.operations import installation, logs
from leercirkel.operations.errors import OperationError


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel worker`."""
    parser.add_argument("--once", action="store_true", help="doen wat er nu ligt, en dan stoppen")


def run(arguments: argparse.Namespace) -> int:
    """Works until SIGTERM; the task that runs then is finished first."""
    from leercirkel.config import start

    logs.set_up()
    with installation.opened() as here:
        if here.cluster is not None and here.cluster.ours() and not arguments.once:
            raise OperationError(
                "Zonder DATABASE_URL doet “leercirkel serve” ook het werk op de achtergrond. Start dat, of noem een "
                "server in DATABASE_URL."
            )
        start.start(here.environment())
        from leercirkel.apps.assessment.tasks import keep_throwing_away
        from leercirkel.apps.audit.tasks import keep_forgetting, keep_sealing
        from leercirkel.apps.groupplan.tasks import keep_destroying
        from leercirkel.apps.insight.tasks import keep_emptying as keep_emptying_jobs
        from leercirkel.apps.organisation.tasks import keep_emptying
        from leercirkel.config import failed_tasks, interrupted

        interrupted.watch()
        failed_tasks.watch()
        interrupted.take_up()
        keep_sealing()
        keep_emptying()
        keep_emptying_jobs()
        keep_throwing_away()
        keep_forgetting()
        keep_destroying()
        start.manage("db_worker", queue_name="*", batch=arguments.once, reload=False, verbosity=0)
    return 0
