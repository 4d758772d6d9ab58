"""Whose rows these are: pupils of the school's own list, by what was decided before, or a question to somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from leercirkel.apps.assessment.known import Known
from leercirkel.apps.assessment.selectors.frames import ALL_SUBJECTS, Seen, only
from leercirkel.apps.assessment.wizard.reading import MarksFile, Read
from leercirkel.core.text import squeezed
from leercirkel.exchange import result_files
from leercirkel.exchange.doorstroomtoets import matching as advices
from leercirkel.exchange.edexml.model import Pupil
from leercirkel.exchange.lists import matching as lists
from leercirkel.exchange.marks.reader import care_text
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.tables.future import in_future
from leercirkel.exchange.tables.matching import SCHEMA, answered, as_results
from leercirkel.exchange.tables.pupils import MATCHED
from leercirkel.exchange.tables.reader import ResultTable

PERSON = ("pupil_key", "surname", "first_name", "birth_date")
ASKED = ("doubtful", "ambiguous", "contradicts", "unknown")
MARKS: dict[str, Any] = {
    "pupil": pl.String, "since": pl.Date, "until": pl.Date, "destination": pl.String, "care": pl.String,
    "file": pl.String, "row": pl.Int64,
}  # fmt: skip
Decisions = Mapping[str, int | None]
"""What a file says of a pupil (`written`) → the pupil's row, or None: nobody of this school."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody in the files who could not be found without doubt, and how many rows that keeps out."""

    written: str
    key: str | None
    surname: str | None
    first_name: str | None
    birth_date: date | None
    outcome: str
    rows: int
    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """Rows by kind, each with `pupil_id`; what is wrong; and of whom nobody knows who they are."""

    rows: dict[str, pl.DataFrame]
    problems: list[Problem]
    strangers: tuple[Stranger, ...]


def written(
    key: str | None, surname: str | None = None, first_name: str | None = None, born: date | None = None
) -> str:
    """What a file says of a pupil, so that another spelling of the same is the same."""
    return "|".join((squeezed(key or ""), squeezed(surname or ""), squeezed(first_name or ""), f"{born or ''}"))


def gather(reads: Sequence[Read], known: Known, decisions: Decisions, seen: Seen, of_marks: Seen) -> Gathered:
    """The rows of all files that are of a pupil of this school whom the user (`seen`) may write about; of marks those
    of pupils whose destination and support the user may write (`of_marks`)."""
    found, problems = result_files.gathered(
        [read.found for read in reads if read.found is not None and not isinstance(read.found, MarksFile)]
    )
    decided = _Decided(known, decisions)
    tables = [decided.of(table) for table in found.tables]
    results, told, strangers = _results(tables, known)
    problems += told
    of_methods, told = lists.method_tests([decided.of(table) for table in found.method_tests], known.rosters)
    problems += told
    observed, told = lists.observations([decided.of(table) for table in found.observations], known.rosters)
    problems += told
    marks, told = _marks([read.found for read in reads if isinstance(read.found, MarksFile)], decided)
    problems += told
    frames = {
        "results": results,
        "method_tests": _placed(of_methods),
        "observations": _placed(observed),
        "advices": advices.matched([decided.of(table) for table in found.advices], known.rosters),
        "marks": marks,
    }
    rows = {}
    for kind, frame in frames.items():
        pupil = pl.col("pupil").replace_strict(known.ids, default=None, return_dtype=pl.Int64)
        is_mark = kind == "marks"
        rows[kind], told = _allowed(frame.with_columns(pupil_id=pupil), of_marks if is_mark else seen, is_mark=is_mark)
        problems += told
    return Gathered(rows, problems, strangers)


class _Decided:
    """Puts what was decided on pupils into tables: then these are found by what the school's own list says."""

    def __init__(self, known: Known, decisions: Decisions) -> None:
        self.known, self.decisions = known, decisions
        self.keys = {pupil: key for key, pupil in known.ids.items()}
        self.people: dict[str, Pupil] = {p.key: p for roster in known.rosters for p in roster.pupils}

    def of(self, table: Any) -> Any:
        """A table of any kind, without the rows that are of nobody."""
        frame = table.frame
        if self.known.other_keys:
            frame = frame.with_columns(pl.col("pupil_key").replace(self.known.other_keys))
        if self.decisions:
            frame = self._answered(frame)
        return replace(table, frame=frame) if frame is not table.frame else table

    def key(self, text: str) -> str | None:
        """The key in the school's own list that a list with only a key means."""
        key = self.known.other_keys.get(text, text)
        if key in self.known.ids:
            return key
        pupil = self.decisions.get(written(text))
        return self.keys.get(pupil) if pupil is not None else None

    def _answered(self, frame: pl.DataFrame) -> pl.DataFrame:
        person = [name for name in PERSON if name in frame.columns]
        claims = frame.select(person).unique(maintain_order=True)
        said = [written(*row) for row in claims.iter_rows()]
        if not any(each in self.decisions for each in said):
            return frame
        made = [self._as_known(each, row) for each, row in zip(said, claims.iter_rows(), strict=True)]
        new = pl.DataFrame(
            [row[: len(person)] for row, _ in made], schema={n: frame.schema[n] for n in person}, orient="row"
        ).rename({name: f"_{name}" for name in person})
        nobody = pl.Series("_nobody", [nobody for _, nobody in made], dtype=pl.Boolean)
        joined = frame.join(
            claims.hstack(new).with_columns(nobody), on=person, how="left", nulls_equal=True, maintain_order="left"
        )
        kept = joined.filter(~pl.col("_nobody")).with_columns(**{name: pl.col(f"_{name}") for name in person})
        return kept.select(frame.columns)

    def _as_known(self, said: str, row: tuple[Any, ...]) -> tuple[tuple[Any, ...], bool]:
        if said not in self.decisions:
            return row, False
        pupil = self.decisions[said]
        key = self.keys.get(pupil) if pupil is not None else None
        if key is None:
            return row, True
        if not key.startswith("#"):
            return (key, None, None, None), False
        person = self.people[key]
        return (None, person.surname, person.first_name, person.birth_date), False


def _results(tables: list[ResultTable], known: Known) -> tuple[pl.DataFrame, list[Problem], tuple[Stranger, ...]]:
    problems = in_future(tables, known.rosters)
    rows, told = answered(tables, known.rosters)
    problems += [_softened(problem) for problem in told]
    if rows is None:
        return as_results(None), problems, ()
    sure = pl.col("outcome").is_in(list(MATCHED))
    strange, told = _elsewhere(rows)
    problems = [p for p in problems if p.file not in strange or p.code not in _OF_PUPILS] + told
    asked = rows.filter(~sure & ~pl.col("file").is_in(strange))
    return as_results(rows.lazy().filter(sure)), problems, _strangers(asked)


_OF_PUPILS = {"pupil-unknown", "pupil-ambiguous", "pupil-key-contradicts", "pupil-doubtful"}
_MANY = 10


def _elsewhere(rows: pl.DataFrame) -> tuple[list[str], list[Problem]]:
    """Files of which more than half of the pupils are not known here: nobody is asked who they are one by one."""
    people = rows.group_by("file", *PERSON, maintain_order=True).agg(
        known=pl.col("outcome").first().is_in(list(MATCHED))
    )
    files = people.group_by("file", maintain_order=True).agg(n=pl.len(), known=pl.col("known").sum())
    found = files.filter((pl.col("n") >= _MANY) & (2 * pl.col("known") < pl.col("n")))
    problems = [
        Problem(
            "warning", file, "pupils-of-elsewhere",
            f"Van de {n} leerlingen in dit bestand zijn er {n - known} hier niet bekend. Hun rijen komen niet mee.",
            "Kijk of dit het bestand van de eigen school is, of lees eerst de leerlingenlijsten van deze jaren in.",
        )
        for file, n, known in found.iter_rows()
    ]  # fmt: skip
    return found["file"].to_list(), problems


def _strangers(rows: pl.DataFrame) -> tuple[Stranger, ...]:
    if rows.is_empty():
        return ()
    people = rows.group_by(*PERSON, "outcome", maintain_order=True).agg(
        n=pl.len(), file=pl.col("file").first(), row=pl.col("row").first()
    )
    by: dict[str, Stranger] = {}
    for key, surname, first_name, born, outcome, n, file, row in people.iter_rows():
        said = written(key, surname, first_name, born)
        before = by.get(said)
        one = Stranger(said, key, surname, first_name, born, outcome, n, file, row)
        by[said] = one if before is None else replace(before, rows=before.rows + n)
    return tuple(by.values())


_SOFT = {"pupil-ambiguous", "pupil-key-contradicts", "pupil-doubtful"}


def _softened(problem: Problem) -> Problem:
    """Of these somebody is asked who it is; nothing is wrong with the file."""
    if problem.code not in _SOFT:
        return problem
    return replace(problem, severity="warning", advice="Kies op deze pagina wie dit is.")


def _placed(frame: pl.DataFrame) -> pl.DataFrame:
    place = pl.col("source").str.extract_groups(r"^(?s)(?<file>.*):(?<row>\d+)$")
    return frame.with_columns(file=place.struct.field("file"), row=place.struct.field("row").cast(pl.Int64))


def _marks(files: Iterable[MarksFile], decided: _Decided) -> tuple[pl.DataFrame, list[Problem]]:
    rows, problems = [], []
    for file in files:
        strange: dict[str, int] = {}
        for mark in file.marks:
            key = decided.key(mark.pupil)
            if key is None:
                strange.setdefault(mark.pupil, mark.row)
                continue
            care = None if mark.care is None else care_text(mark.care)
            rows.append((key, mark.since, mark.until, mark.destination, care, file.file, mark.row))
        for number, row in strange.items():
            problems.append(Problem(
                "warning", file.file, "pupil-unknown",
                "Deze leerling staat in geen van de leerlingenlijsten. De rij telt niet mee.",
                "Controleer het leerlingnummer, of lees eerst de leerlingenlijst in.", row, "leerling",
                shorten(number, 20),
            ))  # fmt: skip
    return pl.DataFrame(rows, schema=MARKS, orient="row"), problems


def _allowed(frame: pl.DataFrame, seen: Seen, *, is_mark: bool) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows that this user may write, and a problem per pupil of whom they may not."""
    frame = frame.filter(pl.col("pupil_id").is_not_null())
    if ALL_SUBJECTS in seen and seen[ALL_SUBJECTS] is None:
        return frame, []
    if "subject" in frame.columns:
        mine = only(frame.with_row_index("_nr"), seen)
    else:
        whole = {ALL_SUBJECTS: seen.get(ALL_SUBJECTS, frozenset())}
        mine = only(frame.with_row_index("_nr").with_columns(subject=pl.lit("")), whole).drop("subject")
    others = frame.with_row_index("_nr").join(mine, on="_nr", how="anti")
    return mine.drop("_nr"), _not_theirs(others, *(_NO_MARK if is_mark else _NO_RESULT))


_NO_RESULT = (
    "Deze leerling hoort niet bij je groepen.",
    "Vraag wie voor de hele school mag inlezen om dit bestand in te lezen.",
)
_NO_MARK = (
    "De bestemming en ondersteuning van deze leerling leg jij niet vast.",
    "Vraag dit aan wie het dossier en de plannen van deze leerling bijhoudt.",
)


def _not_theirs(rows: pl.DataFrame, message: str, advice: str) -> list[Problem]:
    """A problem per pupil, by the row in the file: a number that the file did not have is not told."""
    if rows.is_empty():
        return []
    rows = rows if "file" in rows.columns else rows.with_columns(file=pl.lit(""), row=pl.lit(None, pl.Int64))
    pupils = rows.group_by("file", "pupil", maintain_order=True).agg(first=pl.col("row").min(), n=pl.len())
    return [
        Problem(
            "warning", file, "pupil-not-yours",
            message + (f" Het gaat om {n} rijen." if n > 1 else ""), advice, first, "leerling",
        )
        for file, _pupil, first, n in pupils.head(200).iter_rows()
    ]  # fmt: skip


RESULT_COLUMNS = tuple(SCHEMA)
