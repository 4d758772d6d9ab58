"""`leercirkel benchmark successful|publish`: schools beside each other from open data (docs/domein/vergelijken.md)."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from leercirkel.analysis.benchmark.compare import ADVICE, SCORE, Comparison, OpenData, compared
from leercirkel.analysis.benchmark.definition import STANDARDISED, Definition, Population
from leercirkel.analysis.benchmark.levels import Indicator, Reached, reached
from leercirkel.analysis.open_data import TESTS
from leercirkel.commands import benchmark_told
from leercirkel.commands.duo import FOLDER
from leercirkel.commands.output import write_whole
from leercirkel.core.calendar import school_year_label
from leercirkel.engines.choose import ENGINES, EngineAbsent, engine
from leercirkel.exchange.duo import comparing, signals
from leercirkel.exchange.duo.store import Store, StoreFault
from leercirkel.operations.errors import OperationError
from leercirkel.operations.folders import data_folder

MOST_YEARS = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel benchmark`."""
    what = parser.add_subparsers(dest="what", required=True, metavar="WAT")
    found = what.add_parser("successful", help="scholen die bij hun populatie opvallen, op de gepubliceerde manier")
    shown = what.add_parser("publish", help="de vergelijking klaarzetten voor de bladzijde Vergelijkbare scholen")
    for sub, score in ((found, "cet"), (shown, STANDARDISED)):
        _choices(sub, score)
    found.add_argument("--municipality", metavar="GEMEENTE", help="alleen scholen in deze gemeente")
    found.add_argument("--board", metavar="NUMMER", help="alleen scholen van dit bevoegd gezag")
    found.add_argument("--charts", type=Path, metavar="MAP", help="de twee puntfiguren als SVG in deze map")
    found.add_argument("--out", type=Path, metavar="BESTAND", help="elke school met haar uitkomst, als CSV")
    found.add_argument("--engine", choices=ENGINES, default="memory", help="waar het rekenen gebeurt (anders: memory)")
    shown.add_argument(
        "--signals",
        type=Path,
        metavar="BESTAND",
        help="signaleringswaarden van 1S/2F per schoolweging, CSV",
    )


def _choices(sub: argparse.ArgumentParser, score: str) -> None:
    sub.add_argument("--store", type=Path, metavar="MAP", help=f"open data (anders: {FOLDER} in LEERCIRKEL_DATA)")
    sub.add_argument(
        "--years",
        type=int,
        nargs="+",
        metavar="JAAR",
        help="eerste jaren van schooljaren (anders: de nieuwste drie)",
    )
    sub.add_argument(
        "--groups", type=int, default=5, metavar="AANTAL", help="zoveel groepen naar populatie (anders: 5)"
    )
    sub.add_argument(
        "--population", choices=("weighting", "disadvantage"),
        help="schoolweging, of achterstandsscore per leerling (anders: schoolweging, als die er is)",
    )  # fmt: skip
    sub.add_argument(
        "--average", choices=("yearly", "pooled"), default="yearly",
        help="gemiddelde van de jaren, of alle leerlingen samen (anders: yearly)",
    )  # fmt: skip
    sub.add_argument(
        "--score", choices=(*TESTS, STANDARDISED), default=score,
        help=f"de toets, of alle toetsen gestandaardiseerd (anders: {score})",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Prints or publishes. 1 when the store cannot be used or has not what is asked, 2 for a wrong command line."""
    wrong = [] if 1 <= arguments.groups <= 20 else ["--groups: kies 1 tot en met 20."]
    wrong += [
        f"--years {year}: schrijf het eerste jaar van een schooljaar, bijvoorbeeld 2022."
        for year in arguments.years or ()
        if not 2000 <= year <= 2099
    ]
    if wrong:
        sys.stderr.write("\n".join(wrong) + "\n")
        return 2
    store = Store(arguments.store or data_folder() / FOLDER)
    try:
        years = tuple(sorted(set(arguments.years or comparing.newest_years(store, MOST_YEARS))))
        if not years:
            sys.stderr.write(f"In {store.folder} staan geen schooladviezen. Lees ze in met: leercirkel duo add\n")
            return 1
        population = arguments.population or _population(store)
        if getattr(arguments, "signals", None) and population != "weighting":
            sys.stderr.write("--signals: die waarden horen bij een schoolweging, en daarmee wordt nu niet vergeleken. "
                             "Laat --signals weg, of vergelijk op schoolweging.\n")  # fmt: skip
            return 2
        _say_empty_years(store, years)
        definition = Definition(
            years=years, groups=arguments.groups, population=population, average=arguments.average,
            score=arguments.score, least_years=min(benchmark_told.FEWEST_YEARS, len(years)),
        )  # fmt: skip
        return (_publish if arguments.what == "publish" else _show)(store, definition, arguments)
    except EngineAbsent as told:
        sys.stderr.write(f"--engine {arguments.engine}: {told}\n")
        return 2
    except (StoreFault, signals.SignalsFault) as fault:
        sys.stderr.write(f"{fault}\n")
    return 1


def _population(store: Store) -> Population:
    """The weighting, unless only disadvantage scores were read in."""
    there = {source.dataset for source in store.sources()}
    return "disadvantage" if "disadvantage" in there and "weightings" not in there else "weighting"


def _show(store: Store, definition: Definition, arguments: argparse.Namespace) -> int:
    names = comparing.names(store)
    within = _within(names, arguments)
    if within is not None and not within:
        sys.stderr.write(f"{_nobody(names, arguments)}\n")
        return 1
    data = comparing.open_data(store, engine(arguments.engine))
    try:
        made = compared(data, definition, within)
    except ValueError:
        return _lacks(store, definition)
    if not any(made.places.values()):
        return _lacks(store, definition)
    _say_without(made)
    flags = comparing.flags(store, definition.years)
    told = benchmark_told.called(made)
    benchmark_told.show(made, names, flags, _reached(data, definition, told), _where(arguments))
    if arguments.charts:
        _draw(arguments.charts, made, _where(arguments))
    if arguments.out:
        _write(arguments.out, benchmark_told.rows(made, names, flags))
    return 0


def _reached(data: OpenData, definition: Definition, schools: Collection[str]) -> dict[str, dict[Indicator, Reached]]:
    levels = data.reference_levels
    return {} if levels is None else reached(data.engine, levels, definition.years[-1], schools)


def _lacks(store: Store, definition: Definition) -> int:
    """Says what is not in the store."""
    lacks, what, other, instead = ("weightings", "schoolweging", "disadvantage", "disadvantage")
    if definition.population == "disadvantage":
        lacks, what, other, instead = ("disadvantage", "achterstandsscore", "weightings", "weighting")
    there = {source.dataset for source in store.sources()}
    if lacks in there:
        told = (f"Van de scholen met een {what} staat er van deze jaren geen advies en geen score in {store.folder}. "
                "Lees die in met leercirkel duo add, of kies andere jaren met --years.")  # fmt: skip
    else:
        told = f"Van geen van de scholen staat er een {what} in {store.folder}. Lees die in met leercirkel duo add"
        told += f", of kies --population {instead}." if other in there else "."
    sys.stderr.write(told + "\n")
    return 1


def _say_empty_years(store: Store, years: Sequence[int]) -> None:
    there = {source.school_year for source in store.sources() if source.dataset in ("advices", "end_scores")}
    if empty := [school_year_label(year) for year in years if year not in there]:
        sys.stderr.write(
            f"Van {' en '.join(empty)} staan er geen adviezen en geen scores in {store.folder}: die jaren tellen niet "
            "mee.\n"
        )


def _say_without(made: Comparison) -> None:
    """Says which of (a) and (b) there is too little for."""
    advised = made.places.get(ADVICE, {}).values()
    if all(place.answer == "too_few_years" for place in advised):
        sys.stderr.write("In deze jaren zijn er te weinig schooladviezen: (b) doet niet mee. Lees ze in met leercirkel "
                         "duo add, of kies andere jaren met --years.\n")  # fmt: skip
    test, scored = made.definition.score, made.places.get(SCORE, {}).values()
    if test in TESTS and all(place.answer == "too_few_years" for place in scored):
        sys.stderr.write(
            f"Van de {TESTS[test]} zijn er in deze jaren te weinig scores: (a) doet niet mee. Kies een andere toets, "
            f"of --score {STANDARDISED}.\n"
        )


def _within(names: dict[str, comparing.Named], arguments: argparse.Namespace) -> set[str] | None:
    if not arguments.municipality and not arguments.board:
        return None
    place, board = (arguments.municipality or "").casefold(), (arguments.board or "").lstrip("0")
    return {
        school
        for school, named in names.items()
        if (not place or named.municipality.casefold() == place) and (not board or named.board.lstrip("0") == board)
    }


_SPOKEN = {"den haag": "'s-gravenhage", "den bosch": "'s-hertogenbosch"}
"""How people call a municipality → what it is called."""


def _nobody(names: dict[str, comparing.Named], arguments: argparse.Namespace) -> str:
    """That no school is there, with what may have been meant."""
    told = f"Geen school is in de open data te vinden in: {_where(arguments)}."
    there = {named.municipality.casefold(): named.municipality for named in names.values() if named.municipality}
    asked = (arguments.municipality or "").casefold()
    if not asked or asked in there:
        return f"{told} Een nummer van een bestuur staat in de bestanden van DUO bij BEVOEGD_GEZAG_NUMMER."
    meant = [_SPOKEN[asked]] if asked in _SPOKEN else get_close_matches(asked, there, n=3, cutoff=0.75)
    meant = [there[name] for name in meant if name in there]
    if meant:
        return f"{told} Bedoelt u {' of '.join(meant)}?"
    return f"{told} Zonder --municipality en met --out staat bij elke school haar gemeente."


def _where(arguments: argparse.Namespace) -> str:
    parts = [f"gemeente {arguments.municipality}"] if arguments.municipality else []
    parts += [f"bevoegd gezag {arguments.board}"] if arguments.board else []
    return " en ".join(parts) or benchmark_told.COUNTRY


def _draw(folder: Path, made: Comparison, where: str) -> None:
    try:
        drawn = benchmark_told.charts(made, folder, where)
    except OSError as error:
        raise OperationError(
            f"In {folder} is niet te schrijven ({error.strerror}). Kies een andere map met --charts."
        ) from None
    for path in drawn:
        print(f"Figuur: {path}")


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    text = io.StringIO(newline="")
    out = csv.DictWriter(text, list(rows[0]), delimiter=";")
    out.writeheader()
    out.writerows(rows)
    try:
        write_whole(path, text.getvalue().encode())
    except OSError as error:
        raise OperationError(
            f"{path} is niet te schrijven ({error.strerror}). Kies een andere plek met --out."
        ) from None
    print(f"Elke school: {path}")


def _publish(store: Store, definition: Definition, arguments: argparse.Namespace) -> int:
    from leercirkel.config import start
    from leercirkel.operations import installation

    table = signals.read(arguments.signals) if arguments.signals else None
    with installation.opened() as here:
        start.start(here.environment())
        from leercirkel.apps.benchmark.actions import publish_store

        try:
            published = publish_store(store=store, definition=definition, table=table, at=datetime.now(UTC))
        except ValueError:
            return _lacks(store, definition)
    print(
        f"Klaargezet: {published} scholen, {benchmark_told.years_of(definition)}, vergeleken op "
        f"{benchmark_told.POPULATIONS[definition.population]}. Te zien op de bladzijde Vergelijkbare scholen."
    )
    return 0
