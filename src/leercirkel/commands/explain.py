"""`leercirkel explain`: where a number in a report comes from."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from leercirkel.analysis.explain import CellError, Derivation, explain
from leercirkel.commands.files import read_bytes
from leercirkel.commands.output import print_problems
from leercirkel.documents.json_report import SCHEMA


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel explain`."""
    parser.add_argument("report", type=Path, metavar="RAPPORT", help="een rapport als JSON")
    parser.add_argument(
        "cell", metavar="VAKJE", help="bijvoorbeeld: overview[group=groep 5,subject=rekenen].tiers[basis].share"
    )
    parser.add_argument("--json", action="store_true", help="de uitleg als JSON")


def run(arguments: argparse.Namespace) -> int:
    """Prints formula, inputs and version of the rule. Returns 1 when file or cell cannot be found."""
    data, problems = read_bytes(arguments.report)
    if data is None:
        print_problems(problems, stream=sys.stderr)
        return 1
    try:
        report = json.loads(data)
    except (ValueError, RecursionError):
        report = None
    if not isinstance(report, dict) or report.get("schema") != SCHEMA:
        sys.stderr.write(
            f"{arguments.report.name}: dit is geen rapport als JSON ({SCHEMA}). Maak er een met:"
            " leercirkel report … --out rapport.json\n"
        )
        return 1
    try:
        found = explain(report, arguments.cell)
    except CellError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except (KeyError, TypeError, AttributeError):
        sys.stderr.write(f"{arguments.report.name}: dit rapport is niet volledig. Maak het opnieuw.\n")
        return 1
    if arguments.json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        print(_told(found))
    return 0


WITHHELD = "staat niet in een rapport voor het bestuur; het rapport voor het team kan het wel tonen"


def _told(found: Derivation) -> str:
    value = WITHHELD if found.withheld else _shown(found.value)
    lines = [f"{found.name}: {value}", f"  vakje     {found.cell}", f"  formule   {found.formula}"]
    for place, (name, cell, of) in enumerate([] if found.withheld else found.inputs):
        lines.append(f"  {'uit' if not place else '':9} {name} = {_shown(of)}   ({cell.rsplit('.', 1)[-1]})")
    if found.agrees is not None:
        same = "klopt" if found.agrees else "klopt niet met het rapport"
        lines.append(f"  opnieuw   {_shown(found.again)} ({same})")
    lines.append(f"  regel     {found.rule}, {_version(found)} ({found.page})")
    if not found.inputs and found.files:
        lines.append(f"  bestanden {', '.join(found.files)}")
    return "\n".join(lines)


def _version(found: Derivation) -> str:
    if found.version is None:
        return f"versie {found.version_now} (het rapport noemt zijn versie niet)"
    if found.version != found.version_now:
        return f"versie {found.version}; dit programma rekent met versie {found.version_now}"
    return f"versie {found.version}"


def _shown(value: Any) -> str:
    if value is None:
        return "niet te berekenen"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(value, dict):
        return ", ".join(f"{key} {n}" for key, n in value.items()) or "geen"
    if isinstance(value, list):
        return f"{len(value)} regels"
    return str(value)
