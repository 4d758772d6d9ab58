"""From tables of one file each to the results frame of all analyses: pupils found, duplicates out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import polars as pl

from leercirkel.analysis.frames import RESULTS
from leercirkel.core.records import dataclass
from leercirkel.exchange.edexml.model import Roster
from leercirkel.exchange.problems import Problem, Severity, shorten
from leercirkel.exchange.tables.duplicates import without_duplicates
from leercirkel.exchange.tables.future import in_future
from leercirkel.exchange.tables.parse import looked_up
from leercirkel.exchange.tables.pupils import MATCHED, Claim, Outcome, Register
from leercirkel.exchange.tables.reader import ResultTable

_CLAIM = ["pupil_key", "surname", "first_name", "birth_date", "school_year", "eck_id"]


def _dtype(name: str) -> Any:
    # Narwhals and Polars call these dtypes by the same names
    return getattr(pl, str(RESULTS[name]().__class__.__name__))


SCHEMA: dict[str, Any] = {name: _dtype(name) for name in RESULTS}
"""`analysis.frames.RESULTS` in the dtypes of Polars."""

_PLACE: dict[str, Any] = {"file": pl.String, "row": pl.Int64}

_MOST = 200
_BRIN = 4
"""The first characters of a school's code name the school; the others one of its buildings."""
_LEFT_OUT = "De resultaten tellen niet mee."


@dataclass(frozen=True, slots=True)
class _Telling:
    severity: Severity
    code: str
    message: str
    advice: str


_TOLD: dict[Outcome, _Telling] = {
    "zeros": _Telling(
        "warning",
        "pupil-key-zeros",
        "Dit leerlingnummer heeft in de leerlingenlijst een ander aantal nullen ervoor; zo gevonden.",
        "Zet de kolom in de bron op tekst, zodat de nullen blijven staan.",
    ),
    "differs": _Telling(
        "warning",
        "pupil-differs",
        "Het leerlingnummer klopt, maar de naam of de geboortedatum is anders dan in de leerlingenlijst.",
        "Controleer of het om dezelfde leerling gaat.",
    ),
    "unknown": _Telling(
        "warning",
        "pupil-unknown",
        f"Deze leerling staat in geen van de leerlingenlijsten. {_LEFT_OUT}",
        "Voeg de leerlingenlijst (EDEXML) toe van een jaar waarin deze leerling op school zat.",
    ),
    "doubtful": _Telling(
        "warning",
        "pupil-doubtful",
        "Deze leerling lijkt op een leerling in de leerlingenlijst, maar de naam of de geboortedatum is anders of "
        f"ontbreekt. {_LEFT_OUT}",
        "Schrijf naam en geboortedatum zoals in de leerlingenlijst, of neem het leerlingnummer op.",
    ),
    "ambiguous": _Telling(
        "error",
        "pupil-ambiguous",
        f"Dit kan meer dan één leerling zijn. {_LEFT_OUT}",
        "Neem het leerlingnummer op, of roepnaam én geboortedatum.",
    ),
    "contradicts": _Telling(
        "error",
        "pupil-key-contradicts",
        "Naam en geboortedatum zijn niet die van de leerling met dit leerlingnummer in de leerlingenlijst. "
        f"{_LEFT_OUT}",
        "Controleer of het bestand van deze school is en of het nummer klopt.",
    ),
}


class OfPupils(Protocol):
    """What one file says of pupils: see ResultTable."""

    @property
    def file(self) -> str:
        """The name of the file."""

    @property
    def frame(self) -> pl.DataFrame:
        """Its rows."""

    @property
    def school(self) -> str:
        """BRIN and location, or an empty text when the file does not say."""

    @property
    def eck_ids(self) -> Mapping[str, str]:
        """Pupil key → ECK iD where the file gives both."""


def match(tables: Sequence[ResultTable], rosters: Sequence[Roster]) -> tuple[pl.DataFrame, list[Problem]]:
    """All results of pupils in the rosters, as the frame `analysis.frames.RESULTS`, and one problem per doubtful pupil.

    A pupil is found by key; leading zeros are forgiven when only one pupil is left then. Without a key, or with a key
    in no roster, by surname, first name and birth date. What is doubtful is left out and reported, once per pupil of
    a file, and so is a file of another school. The same result delivered twice counts once; two results that
    contradict each other both do not count.
    """
    found, problems = matched(tables, rosters)
    counted, twice = without_duplicates(found)
    return counted.select(*RESULTS), problems + twice


def matched(tables: Sequence[ResultTable], rosters: Sequence[Roster]) -> tuple[pl.DataFrame, list[Problem]]:
    """As `match`, before results that were delivered twice are one: with `file` and `row` beside the columns of
    RESULTS, as `without_duplicates` takes them."""
    problems = in_future(tables, rosters)
    rows, told = attributed(tables, rosters)
    return as_results(rows), problems + told


def as_results(rows: pl.LazyFrame | None) -> pl.DataFrame:
    """What `attributed` gives of result tables, with the columns of RESULTS, `file` and `row`."""
    if rows is None:
        return pl.DataFrame(schema=SCHEMA | _PLACE)
    source = pl.concat_str("file", pl.lit(":"), "row")
    names = [pl.col(name).cast(dtype) for name, dtype in SCHEMA.items() if name != "source"]
    return rows.select(*names, source=source, file="file", row="row").collect(engine="in-memory")


def attributed(tables: Sequence[OfPupils], rosters: Sequence[Roster]) -> tuple[pl.LazyFrame | None, list[Problem]]:
    """The rows of all tables of which the pupil is known, with `school`, `pupil` and `file`, and one problem per
    doubtful pupil; None when no table is of this school. The frames have the same columns, with those of a claim (key,
    names, birth date, school year) and `row` among them."""
    rows, problems = answered(tables, rosters)
    return (None if rows is None else rows.lazy().filter(pl.col("outcome").is_in(list(MATCHED)))), problems


def answered(tables: Sequence[OfPupils], rosters: Sequence[Roster]) -> tuple[pl.DataFrame | None, list[Problem]]:
    """As `attributed`, also the rows of which the pupil is not known: with the `outcome` of asking for each."""
    of_other_schools = [_of_another_school(table, rosters) for table in tables]
    ours = [table for table, other in zip(tables, of_other_schools, strict=True) if other is None]
    if not ours:
        return None, [problem for problem in of_other_schools if problem is not None]
    rows = _answered(ours, Register(rosters))
    told = iter(_told(ours, rows))
    problems: list[Problem] = []
    for problem in of_other_schools:
        problems += next(told) if problem is None else [problem]
    return rows, problems


def _of_another_school(table: OfPupils, rosters: Sequence[Roster]) -> Problem | None:
    """An error when the file says that it is of a school (BRIN) of which there is no roster: its pupil keys would find
    other children."""
    ours = {roster.school[:_BRIN] for roster in rosters if roster.school}
    if not table.school or not ours or table.school[:_BRIN] in ours:
        return None
    message = (
        f"Dit bestand is van school {table.school}; de leerlingenlijsten zijn van {', '.join(sorted(ours))}. "
        + _LEFT_OUT
    )
    advice = "Kies het bestand van uw eigen school."
    return Problem("error", table.file, "other-school", message, advice, None, "brincode", table.school)


def _answered(tables: Sequence[OfPupils], register: Register) -> pl.DataFrame:
    """The rows of all tables, with `school` and `pupil` or null, the `outcome` of asking, `file` and `table`."""
    parts = []
    for place, table in enumerate(tables):
        eck_id = looked_up("pupil_key", table.eck_ids, pl.String).alias("eck_id")
        parts.append(table.frame.lazy().with_columns(eck_id, file=pl.lit(table.file), table=pl.lit(place)))
    taken = pl.concat(parts).collect(engine="in-memory")
    claims = taken.select(_CLAIM).unique(maintain_order=True)
    answers = [register.find(Claim(*row)) for row in claims.iter_rows()]
    found = claims.with_columns(
        pl.Series("school", [a.school for a in answers], dtype=pl.String),
        pl.Series("pupil", [a.pupil for a in answers], dtype=pl.String),
        pl.Series("outcome", [a.outcome for a in answers], dtype=pl.String),
    )
    return taken.join(found, on=_CLAIM, how="left", nulls_equal=True, maintain_order="left")


def _told(tables: Sequence[OfPupils], rows: pl.DataFrame) -> list[list[Problem]]:
    """What there is to tell of each table."""
    by_name = (pl.col("outcome") == "name") & pl.col("pupil_key").is_not_null()
    strange = rows.filter(pl.col("outcome").is_in(list(_TOLD)) | by_name)
    parts = strange.partition_by("table", maintain_order=True) if strange.height else []
    told: list[list[Problem]] = [[] for _ in tables]
    for part in parts:
        place = part["table"][0]
        told[place] = _of_one(part, tables[place].file)
    return told


def _of_one(strange: pl.DataFrame, file: str) -> list[Problem]:
    problems = []
    wrong = strange.filter(pl.col("outcome") != "name")
    person = ["outcome", "pupil_key", "surname", "first_name", "birth_date"]
    per_pupil = wrong.group_by(person, maintain_order=True).agg(first=pl.col("row").min(), n=pl.len())
    for (outcome,), pupils in per_pupil.group_by("outcome", maintain_order=True):
        problems += _per_pupil(pupils, _TOLD[outcome], file)
    by_name = strange.filter(pl.col("outcome") == "name")
    if by_name.height:
        n = by_name.select("school", "pupil").n_unique()
        message = (
            f"Van {n} leerling(en) staat het nummer niet in de leerlingenlijst; gevonden op naam en geboortedatum."
        )
        first = by_name.sort("row")["row"][0]
        advice = "U hoeft niets te doen."
        problems.append(Problem("notice", file, "pupil-found-by-name", message, advice, first, "leerlingnummer"))
    return sorted(problems, key=lambda p: p.row or 0)


def _per_pupil(pupils: pl.DataFrame, telling: _Telling, file: str) -> list[Problem]:
    """One record per pupil; far too many for a person to read become one."""
    problems = []
    many = pupils.height > _MOST
    for _outcome, key, surname, first_name, _born, first, n in pupils.head(1 if many else _MOST).iter_rows():
        name = " ".join(part for part in (first_name, surname) if part)
        shown = f"ECK iD …{key[-4:]}" if key and "://" in key else key
        value = " ".join(part for part in (shown, f"({name})" if key and name else name) if part)
        message = telling.message
        if many:
            message += f" Dit geldt voor {pupils.height} leerlingen en {pupils['n'].sum()} rijen; dit is de eerste."
        elif n > 1:
            message += f" Het gaat om {n} rijen; de eerste is rij {first}."
        problem = Problem(
            telling.severity, file, telling.code, message, telling.advice, first, "leerling", shorten(value)
        )
        problems.append(problem)
    return problems
