"""The dry run: everything that files would change, worked out anew each time it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import polars as pl

from leercirkel.apps.assessment.known import Known, known_pupils
from leercirkel.apps.assessment.models import ImportBatch, PupilMatch, SourceMapping
from leercirkel.apps.assessment.selectors.frames import Seen, only
from leercirkel.apps.assessment.wizard import compare
from leercirkel.apps.assessment.wizard.compare import Difference
from leercirkel.apps.assessment.wizard.kinds import KINDS, RESULTS
from leercirkel.apps.assessment.wizard.reading import Read, Remembered, Upload, nothing_remembered, read
from leercirkel.apps.assessment.wizard.whose import Stranger, gather
from leercirkel.apps.organisation.models import School
from leercirkel.exchange import result_files
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.result_files import AnyMapping

ORDER = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing would do. `mark` changes whenever anything of it does."""

    files: tuple[Read, ...]
    parts: dict[str, Difference]
    problems: tuple[Problem, ...]
    strangers: tuple[Stranger, ...]
    rows: dict[str, int]
    """Name of a file → how many rows of it are of pupils of this school."""
    mark: str
    known: Known

    @property
    def new(self) -> int:
        """Rows that would be added."""
        return sum(part.new.height for part in self.parts.values())

    @property
    def same(self) -> int:
        """What is here already."""
        return sum(part.same for part in self.parts.values())

    @property
    def changed(self) -> int:
        """What contradicts what is here."""
        return sum(part.changed.height for part in self.parts.values())

    @property
    def gone(self) -> int:
        """Results that an earlier export had and this one has not."""
        return sum(part.gone.height for part in self.parts.values())

    @property
    def pupils(self) -> int:
        """Pupils for whom anything would be added or changed."""
        ids = [part.new["pupil_id"] for part in self.parts.values() if part.new.height]
        ids += [part.changed["pupil_id"] for part in self.parts.values() if part.changed.height]
        return pl.concat(ids).n_unique() if ids else 0

    @property
    def errors(self) -> int:
        """Problems that keep rows or whole files out."""
        return sum(problem.severity == "error" for problem in self.problems)

    def counts(self) -> dict[str, int]:
        """In numbers only, as a batch keeps them."""
        told = {name: sum(p.severity == name for p in self.problems) for name in ORDER}
        by_kind = {name: part.new.height for name, part in self.parts.items() if part.new.height}
        return {
            "new": self.new, "same": self.same, "changed": self.changed, "gone": self.gone, "pupils": self.pupils,
            **told, **by_kind,
        }  # fmt: skip


def make(
    school: School,
    uploads: Sequence[Upload],
    seen: Seen,
    mappings: Sequence[AnyMapping] = (),
    *,
    of_marks: Seen | None = None,
    from_memory: bool = True,
) -> Plan:
    """Reads the files and holds them beside what is here. `seen`: of whom the user may write results;
    `of_marks`: of whom destination and support (default: nobody)."""
    remembered = _memory(school) if from_memory else nothing_remembered
    reads = read(uploads, remembered, mappings)
    known = known_pupils(school)
    decisions = dict(PupilMatch.objects.filter(school=school).values_list("written", "pupil_id"))
    gathered = gather(reads, known, decisions, seen, of_marks or {})
    problems = [problem for one in reads for problem in one.problems] + gathered.problems
    parts: dict[str, Difference] = {}
    rows: dict[str, int] = {}
    for kind in KINDS:
        given = gathered.rows[kind.name]
        if given.is_empty():
            continue
        given, told = compare.without_contradictions(kind, given)
        problems += told
        there = compare.here(kind, school.pk, given)
        part = compare.difference(kind, given, there)
        if kind is RESULTS:
            missing = compare.gone(given, there, _sources(school), {one.name: one.signature for one in reads})
            # a file says nothing of pupils who are not the user's: a class that it has one of is not theirs as a whole
            part = Difference(kind, part.new, part.same, part.changed, part.replacing, only(missing, seen))
        parts[kind.name] = part
        if "file" in given.columns:
            for name, n in given["file"].value_counts().iter_rows():
                rows[name] = rows.get(name, 0) + n
    told_once = tuple(dict.fromkeys(sorted(problems, key=lambda p: ORDER.index(p.severity))))
    return Plan(tuple(reads), parts, told_once, gathered.strangers, rows, _mark(parts), known)


def _memory(school: School) -> Remembered:
    kept = dict(SourceMapping.objects.filter(school=school).values_list("signature", "mapping"))

    def remembered(signature: str) -> AnyMapping | None:
        toml = kept.get(signature)
        return None if not toml else result_files.read_mapping(toml.encode(), "mapping")[0]

    return remembered


def _sources(school: School) -> dict[tuple[int, str], str]:
    done = ImportBatch.objects.filter(school=school, state=ImportBatch.State.DONE, origin=ImportBatch.Origin.FILES)
    return {
        (batch, one["name"]): one.get("source", "") for batch, files in done.values_list("id", "files") for one in files
    }


def _mark(parts: dict[str, Difference]) -> str:
    """Over every row that would be written or replaced."""
    made = sha256()
    for name, part in parts.items():
        made.update(name.encode())
        for frame in (part.new, part.replacing, part.gone):
            made.update(frame.drop("ids", strict=False).write_csv().encode())
        for ids in part.changed["ids"] if part.changed.height else ():
            made.update(repr(sorted(ids)).encode())
    return made.hexdigest()
