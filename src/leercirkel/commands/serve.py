"""`leercirkel serve`: the web application.

With a given database server: the web server alone, in this process; migrations and the worker are started apart
(docs/beheer/). Without one: the embedded database, its migrations in a process of their own, the web server and the
worker, all kept running by this process.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from leercirkel.commands import demo_board
from leercirkel.operations import children, folders, installation, logs, proxy
from leercirkel.operations.errors import OperationError
from leercirkel.operations.installation import PROGRAM, Installation


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel serve`."""
    parser.add_argument("--bind", default="127.0.0.1:8000", metavar="ADRES:POORT", help="waar te luisteren")
    parser.add_argument("--workers", type=int, default=0, help="aantal processen (anders: één per kern, 2 tot 8)")
    parser.add_argument("--threads", type=int, default=4, help="aantal verzoeken tegelijk per proces (anders: 4)")
    parser.add_argument("--demo", action="store_true", help="met een verzonnen bestuur, in een eigen map met gegevens")


def run(arguments: argparse.Namespace) -> int:
    """Serves until SIGTERM or Ctrl-C."""
    if arguments.workers < 0 or arguments.threads < 1:
        raise OperationError("Kies minstens één verzoek tegelijk (--threads) en geen negatief aantal processen.")
    arguments.demo = arguments.demo or _asked_for_a_demo()
    if arguments.demo and not os.environ.get("LEERCIRKEL_SUPERVISED"):
        _be_a_demo()
    if installation.embedded():
        return _everything(arguments)
    _web(arguments)
    return 0


# ------------------------------------------------------------------------------------------------- with a given server


def _web(arguments: argparse.Namespace) -> None:
    from leercirkel.config import start
    from leercirkel.operations import web

    logs.set_up()
    with installation.opened() as here:
        os.environ.update(here.environment())
        with installation.connected(here.app):
            pass
    if not os.environ.get("LEERCIRKEL_SUPERVISED"):  # else it was just done
        start.start(dict(os.environ))
        if start.pending_migrations():
            raise OperationError("De database is nog niet bij deze versie. Draai eerst: leercirkel migrate")
        start.let_go()
    web.serve(_application, web.WebSettings(arguments.bind, arguments.workers, arguments.threads))


def _application() -> Any:
    from leercirkel.config.wsgi import application

    return application


# --------------------------------------------------------------------------------------------- with the embedded server


def _everything(arguments: argparse.Namespace) -> int:
    from leercirkel.operations import web
    from leercirkel.operations.supervisor import Program, Supervisor

    web.check(arguments.bind)
    proxy.trusted_from(os.environ.get("LEERCIRKEL_TRUSTED_PROXIES", ""))
    logs.set_up()
    with installation.opened() as here:
        if here.cluster is None or not here.cluster.ours():
            raise OperationError(
                f"Leercirkel draait hier al, met de gegevens in {here.folder}. Sluit dat eerst af, of kies een andere "
                "map met LEERCIRKEL_DATA."
            )
        _prepare(here, arguments.demo)
        environment = here.environment() | {"LEERCIRKEL_SUPERVISED": "1"}
        if _alone(arguments.bind):
            environment.setdefault("LEERCIRKEL_HTTP", "1")
        listening = [f"--bind={arguments.bind}", f"--workers={arguments.workers}", f"--threads={arguments.threads}"]
        supervisor = Supervisor(
            here.cluster,
            [
                Program("web", (*PROGRAM, "serve", *listening), environment),
                Program("worker", (*PROGRAM, "worker"), environment),
            ],
        )
        return supervisor.run(ready=lambda: web.answers(arguments.bind), then=lambda: _greet(arguments, here.folder))


def _prepare(here: Installation, demo: bool) -> None:
    """Migrations, and the invented board when there is none yet: each in a process of its own, as the owner. The files
    of that board, which need no database, are made meanwhile."""
    files = here.folder / demo_board.FILES
    making = None
    if demo and not files.exists():
        making = children.start((*PROGRAM, "demo-board", "--make-files", str(files)), environment=here.environment())
    steps: list[tuple[str, ...]] = [("migrate",)]
    if demo:
        steps.append(("demo-board", "--files", str(files)) if making else ("demo-board",))
    for step in steps:
        failed = making is not None and step[0] == "demo-board" and making.wait() != 0
        if failed or children.run((*PROGRAM, *step), here.environment(as_owner=True)):
            raise OperationError(f"“leercirkel {step[0]}” ging niet goed; hierboven staat waarom. Er is niets gestart.")


def _asked_for_a_demo() -> bool:
    """The variable does what the argument does, with the same care: without passwords, so never on real data."""
    from leercirkel.config.environment import flag

    return flag("LEERCIRKEL_DEMO")


def _be_a_demo() -> None:
    if os.environ.get("DATABASE_URL"):
        raise OperationError("Een demo heeft zijn eigen ingebouwde database: haal DATABASE_URL weg.")
    if "LEERCIRKEL_DATA" not in os.environ:  # never among the data of real children
        usual = folders.data_folder()
        os.environ["LEERCIRKEL_DATA"] = str(usual.with_name(f"{usual.name}-demo"))
    os.environ["LEERCIRKEL_DEMO"] = "1"


def _alone(bind: str) -> bool:
    """Whether only this machine can reach us, with no proxy (and its TLS) before us."""
    return bind.rsplit(":", 1)[0] in ("127.0.0.1", "localhost", "[::1]") and not os.environ.get(
        "LEERCIRKEL_TRUSTED_PROXIES"
    )


def _greet(arguments: argparse.Namespace, folder: Path) -> None:
    from leercirkel.operations import web

    print(f"\nLeercirkel draait op {web.address_of(arguments.bind) or arguments.bind}   (stoppen: Ctrl-C)")
    print(f"De gegevens staan in {folder}\n", flush=True)
