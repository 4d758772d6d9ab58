"""The invented country in the layouts of DUO: names of columns, encodings, quotes and hidden counts as published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from leercirkel.demo.open_data import country, workbooks
from leercirkel.demo.open_data.country import Cohort, Country

MOST_SCHOOLS = 8_000
LAST_SCHOOL_YEAR = 2024
FIRST_HIDDEN = 2022
"""From this school year on counts of 1 to 4 are published as "<5"."""

WITHOUT_TEST = 2019
"""No end test was taken in that spring."""

FEWEST_OF_A_MEAN = 5

ADVICES = (
    "VSO", "PRO", "VMBO_B", "VMBO_B_K", "VMBO_K", "VMBO_K_GT", "VMBO_GT", "VMBO_GT_HAVO", "HAVO", "HAVO_VWO", "VWO",
    "ADVIES_NIET_MOGELIJK",
)  # fmt: skip
_KEYS = {True: ("INSTELLINGSCODE", "VESTIGINGSCODE"), False: ("BRIN_NUMMER", "VESTIGINGSNUMMER")}
_ABOUT = (
    "INSTELLINGSNAAM_VESTIGING", "POSTCODE_VESTIGING", "PLAATSNAAM", "GEMEENTENUMMER", "GEMEENTENAAM", "PROVINCIE",
    "SOORT_PO", "DENOMINATIE_VESTIGING", "BEVOEGD_GEZAG_NUMMER",
)  # fmt: skip
_FIRST_WORDS = ("", "OBS ", 'BS "', "CBS ", "KBS ", "SBO ")
_WORDS = (
    "De Kring", "De Boog", "De Zwaluw", "De Wilg", "De Brug", "De Kade", "De Linde", "De Vlieger", "De Esdoorn",
    "Het Reliëf", "De Sprong", "De Haven",
)  # fmt: skip
_PLACES = ("NERGENS", "VERZONNEN AAN ZEE", "DROOMWIJK", "LUCHTKASTEEL", "OVERAL")
_TOWNS = ("Verzonnen", "Súdwest-Nergens", "Droomwijk", "Nergens aan den Rijn", "Fantasiërveen", "Overal")
_PROVINCES = ("Utrecht", "Friesland", "Zuid-Holland", "Limburg", "Gelderland", "Noord-Brabant")
_DENOMINATIONS = ("Openbaar", "Rooms-Katholiek", "Protestants-Christelijk", "Algemeen bijzonder")

Progress = Callable[[int, int], None]


def write_open_data(
    directory: Path, *, schools: int, years: int, seed: int, progress: Progress | None = None
) -> list[Path]:
    """Writes the files of the last `years` school years until LAST_SCHOOL_YEAR; returns the paths made.

    Raises ValueError unless 1 ≤ schools ≤ MOST_SCHOOLS and 1 ≤ years ≤ 12.
    """
    if not 1 <= schools <= MOST_SCHOOLS or not 1 <= years <= 12:
        raise ValueError("schools or years")
    directory.mkdir(parents=True, exist_ok=True)
    place = country.country(schools, seed)
    span = range(LAST_SCHOOL_YEAR - years + 1, LAST_SCHOOL_YEAR + 1)
    tests = country.tests_of(place, span, seed)
    made: list[Path] = []
    cohorts: dict[int, Cohort] = {}

    def write(name: str, data: bytes) -> None:
        (directory / name).write_bytes(data)
        made.append(directory / name)

    for done, year in enumerate(span, start=1):
        cohorts[year] = now = country.cohort(place, year, tests[year], seed)
        named = f"{year}-{year + 1}.csv"
        write(f"04-leerlingen-bo-sbo-schooladviezen-{named}", advices(place, now, year))
        if year != WITHOUT_TEST:
            write(f"05.-gemiddelde-eindscores-bo-sbo-{named}", end_scores(place, now, year))
        if year >= FIRST_HIDDEN:
            write(f"10.-leerlingen-bo-referentieniveaus-{named}", reference_levels(place, now, year))
        if progress:
            progress(done, years)
    write(f"01.-leerlingen-po-soort-po-cluster-leeftijd-{span[-1]}-{span[-1] + 1}.csv", pupils(place, span[-1], seed))
    write("02.-alle-schoolvestigingen-basisonderwijs.csv", locations(place))
    for name, data in workbooks.all_of(place, cohorts, span, seed):
        write(name, data)
    return made


def advices(place: Country, now: Cohort, year: int) -> bytes:
    """Schooladviezen."""
    head = ["PEILDATUM_LEERLINGEN", "PRIKDATUM_ADVIEZEN" if year < 2023 else "PRIKDATUM", *_identity(year), *ADVICES]
    days = (f"{year}1001", f"{year + 1}0501")
    rows = ((*days, *_school(place, at, year), *_counts(now.advices[at], year)) for at in range(len(place.brin)))
    return _csv(head, rows, year)


def end_scores(place: Country, now: Cohort, year: int) -> bytes:
    """Gemiddelde eindscores, in the layout of before 2022-2023, of that year, or of the doorstroomtoets."""
    names = list(country.NEW_TESTS if year >= country.FIRST_DOORSTROOMTOETS else country.OLD_TESTS)
    old = year < FIRST_HIDDEN
    head = ["PEILDATUM_LEERLINGEN", "PRIKDATUM" if year >= country.FIRST_DOORSTROOMTOETS else "PRIKDATUM_SCORES"]
    head += [*_identity(year), *(["LEERJAAR_8"] if old else []), "ONTHEFFING_REDEN_ND"]
    head += [column for name in names for column in (f"{name}_AANTAL", f"{name}_GEM")]
    days = (f"{year + 1}0417", f"{year + 1}0725") if old else (f"{year}1001", f"{year + 1}0904")

    def rows() -> Iterable[Sequence[str]]:
        for at in range(len(place.brin)):
            row = [*days, *_school(place, at, year), *([str(now.pupils[at])] if old else [])]
            row += _counts([now.exempt[at]], year)
            for name in names:
                count, mean = now.tests[name]
                row += [*_counts([count[at]], year), _mean(int(count[at]), float(mean[at]), year)]
            yield row

    return _csv(head, rows(), year, unquoted={f"{name}_GEM" for name in names})


def reference_levels(place: Country, now: Cohort, year: int) -> bytes:
    """Referentieniveaus; special primary schools are not in them."""
    head = ["PEILDATUM", *_identity(year)]
    head += [f"REKENEN_{level}" for level in ("LAGER1F", "1F", "1S", "2F")]
    head += [f"{domain}_{level}" for domain in ("LV", "TV") for level in ("LAGER1F", "1F", "2F")]

    def rows() -> Iterable[Sequence[str]]:
        for at in range(len(place.brin)):
            if not place.sbo[at]:
                counts = [*now.levels["REKENEN"][at], 0, *now.levels["LV"][at], *now.levels["TV"][at]]
                yield [f"{year}1001", *_school(place, at, year), *_counts(counts, year)]

    return _csv(head, rows(), year)


def pupils(place: Country, year: int, seed: int) -> bytes:
    """Leerlingen by age."""
    rng = np.random.default_rng([seed, 4])
    ages = range(4, 13)
    head = ["PEILDATUM", *_identity(year), *(f"LEEFTIJD_{age}" for age in ages)]

    def rows() -> Iterable[Sequence[str]]:
        for at in range(len(place.brin)):
            yield [f"{year}1001", *_school(place, at, year), *_counts(rng.poisson(place.size[at] * 8 / 9, 9), year)]

    return _csv(head, rows(), year)


def locations(place: Country) -> bytes:
    """Alle vestigingen: no column says of which year, names of columns have spaces, and it is Windows-1252."""
    head = (
        "PROVINCIE;BEVOEGD GEZAG NUMMER;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;"
        "POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE"
    )
    lines = [head]
    for at in range(len(place.brin)):
        if not place.sbo[at]:
            brin, location, name, postcode, town, number, municipality, province, _, denomination, board = _school(
                place, at, LAST_SCHOOL_YEAR
            )
            cells = [
                province, board, brin, brin + location, name, "Straatweg", "1", f"{postcode[:4]} {postcode[4:]}", town,
                number.zfill(4), municipality.upper(), denomination,
            ]  # fmt: skip
            lines.append(";".join(_quoted(cell, always=False) for cell in cells))
    return ("\n".join(lines) + "\n").encode("cp1252")


def _identity(year: int) -> tuple[str, ...]:
    return (*_KEYS[year >= FIRST_HIDDEN], *_ABOUT)


def _school(place: Country, at: int, year: int) -> tuple[str, ...]:
    """The identity of a school as the file of that year has it, damaged names and padded numbers included."""
    area = int(place.area[at])
    first = _FIRST_WORDS[-1] if place.sbo[at] else _FIRST_WORDS[at % (len(_FIRST_WORDS) - 1)]
    name = f"{first}{_WORDS[at // 7 % len(_WORDS)]}" + ('"' if '"' in first else "")
    municipality = f"{_TOWNS[area % len(_TOWNS)]} {area}"
    if year < 2020:
        municipality = municipality.encode("cp1252").decode("cp850").encode("cp1252", "replace").decode("cp1252")
    elif year == 2022:
        municipality = municipality.replace("ë", "Ã").replace("ú", "Ã")
    number = {True: f"{area + 8000:>4}", False: str(area + 8000)}[year < FIRST_HIDDEN]
    return (
        place.brin[at], place.location[at], name, f"{1000 + area % 9000}ZZ", _PLACES[area % len(_PLACES)], number,
        municipality, _PROVINCES[area % len(_PROVINCES)], "Sbo" if place.sbo[at] else "Bo",
        _DENOMINATIONS[at % len(_DENOMINATIONS)], str(90_000 + int(place.board[at])),
    )  # fmt: skip


def _counts(counts: Iterable[int], year: int) -> list[str]:
    hide = year >= FIRST_HIDDEN
    return ["<5" if hide and 0 < count < FEWEST_OF_A_MEAN else str(count) for count in counts]


def _mean(count: int, mean: float, year: int) -> str:
    if count == 0:
        return " " if year < FIRST_HIDDEN else "0" if year < country.FIRST_DOORSTROOMTOETS else "0,000000000000"
    if count < FEWEST_OF_A_MEAN:
        return " " if year < FIRST_HIDDEN else "NA"
    return f"{mean:.12f}".replace(".", ",")


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]], year: int, unquoted: Iterable[str] = ()) -> bytes:
    """Until 2021-2022 Windows-1252 with quotes where needed; later UTF-8 with quotes around all but the means."""
    always = year >= FIRST_HIDDEN
    quoted = [always and name not in set(unquoted) for name in head]
    lines = [";".join(_quoted(name, always=always) for name in head)]
    lines += [";".join(_quoted(cell, always=each) for cell, each in zip(row, quoted, strict=True)) for row in rows]
    return ("\n".join(lines) + "\n").encode("utf-8" if always else "cp1252")


def _quoted(cell: str, *, always: bool) -> str:
    if not always and '"' not in cell and ";" not in cell:
        return cell
    return '"' + cell.replace('"', '""') + '"'
