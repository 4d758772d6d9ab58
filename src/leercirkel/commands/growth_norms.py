"""`leercirkel growth-norms`: growth percentiles of thousands of pupils, as a table that a single school can use."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from leercirkel.analysis.frames import FrameError
from leercirkel.analysis.growth_norms import cohort as cohorts
from leercirkel.analysis.growth_norms.model import CohortRefused, GrowthNorm, calibration, norm_of, percentiles, within
from leercirkel.commands import growth_pupils
from leercirkel.commands.files import read_each
from leercirkel.commands.output import print_problems, write_whole
from leercirkel.core import dutch
from leercirkel.core.calendar import school_year_label
from leercirkel.engines.faults import EngineFault
from leercirkel.exchange.growth_norms import reader, writer
from leercirkel.exchange.small_tables import to_csv
from leercirkel.exchange.toml_tables import MAX_BYTES

_HEADER = (
    "school", "leerling", "schooljaar", "vak", "toets", "versie", "van", "naar", "score", "groeipercentiel",
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `leercirkel growth-norms`."""
    growth_pupils.arguments(parser)
    parser.add_argument(
        "--from", dest="earlier", nargs="+", metavar="GROEP/MOMENT",
        help="eerdere toets, zoals 5/M; meer mag, de nieuwste eerst",
    )  # fmt: skip
    parser.add_argument("--to", metavar="GROEP/MOMENT", help="de toets waarop de groei uitkomt, zoals 6/M")
    parser.add_argument(
        "--priors", type=int, choices=(1, 2, 3),
        help="zoveel eerdere scores; meer dan bij --from staan: telkens een jaar terug (anders: die bij --from)",
    )  # fmt: skip
    parser.add_argument("--subject", help="alleen dit vak")
    parser.add_argument(
        "--use", type=Path, metavar="TABEL",
        help="geen norm maken, maar met deze tabel (TOML) het groeipercentiel van elke leerling uitrekenen",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="BESTAND", help="groei.toml; met --use groei.csv")


def run(arguments: argparse.Namespace) -> int:
    """Writes the table of norms, or with --use the percentiles. Exit code 1 when there is nothing to write or files
    cannot be used, 2 for a wrong command line."""
    wrong = _wrong(arguments)
    if wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    if not os.access(arguments.out.absolute().parent, os.W_OK):  # said before the minutes that the work may take
        sys.stderr.write(f"{arguments.out}: hier is niet te schrijven. Kies een andere map.\n")
        return 1
    try:
        return _used(arguments) if arguments.use else _made(arguments)
    except growth_pupils.NotUsable:  # told where it was found
        pass
    except FrameError as error:
        sys.stderr.write(f"Dit zijn niet de kolommen die nodig zijn ({error}).\n")
    except EngineFault as fault:
        sys.stderr.write(f"Gestopt: {fault}\n")
    except OSError as error:
        sys.stderr.write(f"{arguments.out}: hier is niet te schrijven ({error.strerror}). Kies een andere map.\n")
    return 1


def _wrong(arguments: argparse.Namespace) -> str | None:
    ends = ".csv" if arguments.use else ".toml"
    if arguments.out.suffix.lower() != ends:
        return f"{arguments.out.name}: dit bestand hoort op {ends} te eindigen."
    if arguments.batch < 1:
        return "Schrijf --batch als een getal vanaf 1."
    if arguments.use:
        given = arguments.earlier or arguments.to or arguments.priors or arguments.subject
        return "Bij --use hoort geen --from, --to, --priors of --subject: dat staat in de tabel." if given else None
    if not arguments.earlier or not arguments.to:
        return "Geef met --from en --to van welke toets naar welke, zoals --from 5/M --to 6/M."
    if _asked(arguments) is None:
        return (
            "Schrijf --from en --to als jaargroep en moment, zoals 5/M: één tot drie eerdere toetsen,"
            " de nieuwste eerst, en alle voor --to."
        )
    return None


def _asked(arguments: argparse.Namespace) -> tuple[cohorts.Occasion, tuple[cohorts.Occasion, ...]] | None:
    to = cohorts.occasion(arguments.to)
    given = [one for text in arguments.earlier if (one := cohorts.occasion(text))]
    if to is None or len(given) < len(arguments.earlier):
        return None
    earlier = cohorts.earlier_occasions(to, given, arguments.priors or len(given))
    return None if earlier is None else (to, earlier)


def _made(arguments: argparse.Namespace) -> int:
    asked = _asked(arguments)
    assert asked is not None
    to, earlier = asked
    parts: dict[cohorts.NormTest, list[cohorts.Cohort]] = {}
    for found in growth_pupils.found(arguments, [(to, earlier)], arguments.subject):
        for test, part in found[to, earlier].items():
            parts.setdefault(test, []).append(part)
    print(f"Groei van {_earlier(earlier)} naar {to}.")
    made: list[cohorts.NormTable] = []
    for test in sorted(parts, key=lambda one: (one.subject, one.instrument, one.version)):
        whole = cohorts.together(parts[test])
        try:
            norm = norm_of(whole.priors, whole.scores)
        except CohortRefused as refused:
            print(f"{_name(test)}: geen norm. {_reason(refused)}")
            continue
        print(f"{_name(test)}: {_checked(norm, whole)}")
        years = (min(whole.school_years), max(whole.school_years))
        made.append(cohorts.NormTable(test, to, earlier, years, norm))
    if not made:
        of = f" van {arguments.subject}" if arguments.subject else ""
        why = "" if parts else f" Er is geen leerling met scores{of} op al deze momenten."
        sys.stderr.write(f"Er is geen normtabel gemaakt.{why}\n")
        return 1
    data = writer.write(made)
    if len(data) > MAX_BYTES:
        sys.stderr.write("De tabel wordt te groot om te lezen. Maak er een per vak, met --subject.\n")
        return 1
    write_whole(arguments.out, data)
    print(f"{arguments.out}: gemaakt, met {dutch.counted(len(made), 'norm', 'normen')}.")
    return 0


def _name(test: cohorts.NormTest) -> str:
    return " ".join(part for part in (test.subject, test.instrument, test.version) if part)


def _earlier(occasions: Sequence[cohorts.Occasion]) -> str:
    """As it reads in time: "4/M en 5/M"."""
    return dutch.listed([str(one) for one in reversed(occasions)])


def _reason(refused: CohortRefused) -> str:
    many = dutch.counted(refused.pupils, "leerling", "leerlingen")
    if refused.fewest is None:
        return f"De eerdere scores van {many} hebben te weinig verschillende waarden."
    return (
        f"{many} met al deze scores; er zijn er {refused.fewest} nodig. Met minder vallen van nieuwe leerlingen"
        " duidelijk meer dan 2 van de 100 buiten percentiel 1 en 99."
    )


def _checked(norm: GrowthNorm, whole: cohorts.Cohort) -> str:
    found = calibration(norm, whole.priors, whole.scores)
    outside = f"{100 * found.outside:.1f}".replace(".", ",")
    return f"{norm.pupils} leerlingen, mediaan percentiel {found.median:.0f}, {outside}% buiten percentiel 1 en 99."


def _used(arguments: argparse.Namespace) -> int:
    read, problems = read_each([arguments.use], reader.read)
    if problems:
        print_problems(problems, stream=sys.stderr)
    if not read:
        return 1
    lines: list[tuple[str, ...]] = []
    outside = 0
    asked = list(dict.fromkeys((table.to, table.earlier) for table in read[0]))
    for found in growth_pupils.found(arguments, asked, None):
        for table in read[0]:
            part = found[table.to, table.earlier].get(table.test)
            if part is not None:
                made = list(_lines(table, part))
                outside += len(part.pupils) - len(made)
                lines += made
    if not lines and not outside:
        about = "; ".join(f"{_name(one.test)}, van {_earlier(one.earlier)} naar {one.to}" for one in read[0])
        sys.stderr.write(f"Er is geen leerling met al de scores waar deze tabel over gaat ({about}).\n")
        return 1
    write_whole(arguments.out, to_csv(_HEADER, sorted(lines)))
    print(f"{arguments.out}: gemaakt, met {dutch.counted(len(lines), 'groeipercentiel', 'groeipercentielen')}.")
    if outside:
        many = dutch.counted(outside, "leerling heeft", "leerlingen hebben")
        print(f"{many} een eerdere score buiten die van de norm, en geen percentiel.")
    print("Het blijven gegevens over leerlingen: bewaar ze als de resultaten, en geef ze niet weg.")
    return 0


def _lines(table: cohorts.NormTable, part: cohorts.Cohort) -> Iterator[tuple[str, ...]]:
    """A line per pupil whose earlier scores the norm knows."""
    placed = percentiles(table.norm, part.priors, part.scores)
    for (school, pupil), year, priors, score, percentile in zip(
        part.pupils, part.school_years, part.priors, part.scores, placed, strict=True
    ):
        if not within(table.norm, priors):
            continue
        yield (
            school, pupil, school_year_label(year), table.test.subject, table.test.instrument, table.test.version,
            _earlier(table.earlier), str(table.to), f"{score:g}".replace(".", ","), str(percentile),
        )  # fmt: skip
