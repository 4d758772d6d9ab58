"""`leercirkel doctor`: looks the installation over and says what to do."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from leercirkel.operations import installation
from leercirkel.operations.errors import OperationError
from leercirkel.operations.findings import WORDS, Finding, attention, wrong
from leercirkel.operations.installation import Installation


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel doctor`."""
    parser.add_argument("--json", action="store_true", help="als JSON, voor een ander programma")


def run(arguments: argparse.Namespace) -> int:
    """Prints what was found. 1 when something is wrong, 0 when it is good or only asks attention."""
    found = list(_look())
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=2))
    else:
        for finding in found:
            _print(finding)
        wrongs = sum(finding.verdict == "wrong" for finding in found)
        print(f"\n{wrongs} fout." if wrongs else "\nNiets fout.")
    return int(any(finding.verdict == "wrong" for finding in found))


def _print(finding: Finding) -> None:
    start = f"{WORDS[finding.verdict]:8}{finding.topic}: "
    print(textwrap.fill(finding.text, 110, initial_indent=start, subsequent_indent=" " * 8))
    if finding.advice:
        print(textwrap.fill(f"→ {finding.advice}", 110, initial_indent=" " * 8, subsequent_indent=" " * 10))


def _look() -> Iterator[Finding]:
    from leercirkel.operations import check_machine

    yield check_machine.versions()
    yield from check_machine.settings(embedded=installation.embedded())
    try:
        with installation.opened() as here:
            yield from _look_inside(here)
    except OperationError as error:
        yield wrong("database", str(error), "Zonder database werkt er niets: begin hier.")


def _look_inside(here: Installation) -> Iterator[Finding]:
    from leercirkel.config import check, start
    from leercirkel.operations import check_database, check_machine

    yield check_machine.disk(here.folder)
    if here.cluster is not None and here.cluster.ours():
        yield attention("leercirkel", "Leercirkel draait nu niet.", "Start het: leercirkel serve")
    database = list(check_database.as_application(here.app))
    yield from database
    if here.given_owner is None:
        yield attention(
            "eigenaar",
            "DATABASE_OWNER_URL is er niet: back-ups en nieuwe versies zijn niet nagekeken.",
            "Draai doctor met de instellingen van de eigenaar erbij.",
        )
    else:
        yield from check_database.as_owner(here.given_owner)
    environment = here.environment()
    file = environment.get("LEERCIRKEL_SECRET_KEY_FILE") if "LEERCIRKEL_SECRET_KEY" not in environment else None
    yield check_machine.secret_key(Path(file) if file else None, environment.get("LEERCIRKEL_SECRET_KEY"))
    if here.given_owner is not None:
        yield from check_machine.backups(here.folder)
    start.start(environment)
    if any(finding.topic == "database" and finding.verdict == "wrong" for finding in database):
        return
    tables = check.migrations()
    yield tables
    if tables.verdict == "good":
        yield from snapshot()
    yield from check.mail()


def snapshot() -> Iterator[Finding]:
    """Whether the worker keeps the snapshot up; nothing where there is none, or where all is well."""
    from leercirkel.apps.assessment.selectors.snapshot import snapshot_trouble

    trouble = snapshot_trouble()
    if trouble is not None:
        why, advice = {
            "no_room": (": de schijf is vol", "Maak ruimte."),
            "not_allowed": (": de worker mag er niet schrijven", "Draai: leercirkel snapshot"),
            "other": ("", "In de logs van de worker staat waarom."),
        }[trouble]
        yield wrong(
            "momentopname",
            f"Ze is niet bijgewerkt{why}. Wie is verwijderd, kan er nog in staan.",
            f"{advice} De worker probeert het elk uur opnieuw. Gebruikt niemand haar: leercirkel snapshot --remove",
        )
