"""`leercirkel audit seal|verify`: seals the log of use, and finds out whether it still is what was sealed."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from leercirkel.operations import installation, logs
from leercirkel.operations.errors import OperationError

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel audit`."""
    what = parser.add_subparsers(dest="what", required=True, metavar="WAT")
    what.add_parser("seal", help="verzegelen wat sinds het laatste zegel is geschreven")
    heads = what.add_parser("heads", help="het laatste zegel van elke keten tonen, om elders te bewaren")
    heads.description = "Toont per keten de hash van het laatste zegel. Bewaar dit buiten de server."
    check = what.add_parser("verify", help="alles natellen en narekenen (1: er klopt iets niet)")
    check.add_argument(
        "--heads",
        type=Path,
        metavar="BESTAND",
        help="bestand met zegels die elders bewaard zijn (van audit heads, of het systeemlogboek)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Seals, shows or verifies. 1 when verifying finds a fault."""
    logs.set_up()
    heads = _kept(getattr(arguments, "heads", None))
    with installation.opened() as here:
        from leercirkel.config import start

        start.start(here.environment())
        from leercirkel.apps.audit import seals

        if arguments.what == "seal":
            print(f"{seals.seal_all()} zegels gezet.")
            return 0
        if arguments.what == "heads":
            for head in seals.heads():
                print(head)
            return 0
        return _verify(heads)


def _kept(path: Path | None) -> set[str]:
    """The hashes in a file. Raises OperationError when it cannot be read or has none."""
    if path is None:
        return set()
    try:
        found = set(_DIGEST.findall(path.read_text(encoding="utf-8", errors="replace")))
    except OSError as error:
        raise OperationError(f"{path} is niet te lezen: {error.strerror}.") from None
    if not found:
        raise OperationError(f"In {path} staat geen enkel zegel (64 tekens 0-9 en a-f).")
    return found


def _verify(heads: set[str]) -> int:
    from leercirkel.apps.audit.verify import verify

    outcome = verify(heads)
    print(f"{outcome.seals} zegels over {outcome.events} regels nagerekend.")
    since = f", de oudste van {outcome.oldest_unsealed:%d-%m-%Y %H:%M}" if outcome.oldest_unsealed else ""
    print(f"Nog niet verzegeld: {outcome.unsealed} regels{since}.")
    for fault in outcome.faults:
        where = "geen school" if fault.school is None else f"school {fault.school}"
        which = f"zegel {fault.seal} van {fault.made_at:%d-%m-%Y %H:%M}" if fault.made_at else "logboek"
        print(f"FOUT  {which}, {where}: {fault.what}.")
    print("Er klopt iets niet." if outcome.faults else "Alles klopt.")
    return 1 if outcome.faults else 0
