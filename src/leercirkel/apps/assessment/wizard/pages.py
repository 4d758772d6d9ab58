"""An import as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from leercirkel.apps import clock
from leercirkel.apps.assessment.models import ImportBatch, UploadedFile
from leercirkel.apps.assessment.selectors.frames import Seen
from leercirkel.apps.assessment.wizard.candidates import candidates
from leercirkel.apps.assessment.wizard.plan import Plan
from leercirkel.apps.assessment.wizard.told import Told, said_once
from leercirkel.apps.assessment.wizard.whose import Stranger
from leercirkel.apps.organisation.models import Enrolment, Pupil
from leercirkel.core import subjects
from leercirkel.core.calendar import school_year_label
from leercirkel.exchange.problems import SEVERITY_LABELS, Problem
from leercirkel.exchange.recognise import KIND_LABELS
from leercirkel.exchange.small_tables import to_csv

SHOWN = 200
"""So many rows of one kind are shown; of more only the number is told."""
NOBODY, LATER = "niemand", ""


def kind_words(name: str) -> str:
    """What the rows of a kind are called."""
    return {
        "results": _("toetsresultaten"),
        "method_tests": _("uitkomsten van methodetoetsen"),
        "observations": _("observaties"),
        "advices": _("adviezen van de doorstroomtoets"),
        "marks": _("kenmerken"),
    }.get(name, name)


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of an import that is not done yet."""

    upload: UploadedFile
    kind: str
    rows: int
    taken: bool
    columns: bool
    asks: bool


@dataclass(frozen=True, slots=True)
class Somebody:
    """A pupil as a file names one; `pk` tells them apart when names are hidden."""

    pk: str
    first_name: str
    surname: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """Who it could be, and where that pupil is."""

    pupil: Pupil
    where: str


@dataclass(frozen=True, slots=True)
class Question:
    """A stranger beside who it could be."""

    field: str
    who: Somebody
    stranger: Stranger
    why: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that contradicts what is here."""

    field: str
    pupil: Pupil
    what: str
    here: str
    says: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A result that is no longer in the export."""

    pupil: Pupil
    what: str
    here: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything of the dry run that its page shows."""

    files: tuple[FileLine, ...]
    by_kind: tuple[tuple[str, int], ...]
    questions: tuple[Question, ...]
    changed: tuple[Changed, ...]
    gone: tuple[Gone, ...]
    problems: tuple[Told, ...]
    named: int
    """How many pupils stand on it by name."""


def page_of(plan: Plan, uploads: Iterable[UploadedFile], seen: Seen) -> Page:
    """The dry run of an open import. Four queries, whatever is in it."""
    by_name = {read.name: read for read in plan.files}
    lines = tuple(
        FileLine(
            upload, str(KIND_LABELS[read.kind]), plan.rows.get(upload.name, 0), read.found is not None,
            read.kind in ("results", "uwlr"), read.asks,
        )
        for upload in uploads
        if (read := by_name.get(upload.name)) is not None
    )  # fmt: skip
    found = candidates(plan.known, plan.strangers, _may(seen))
    asked = [one for one in plan.strangers if found[one.written]][:SHOWN]
    changed = [(part.kind.name, row) for part in plan.parts.values() for row in _rows(part.changed)]
    gone = [("results", row) for part in plan.parts.values() for row in _rows(part.gone)]
    ids = {row["pupil_id"] for _kind, row in (*changed, *gone)} | {p for one in asked for p in found[one.written]}
    pupils = Pupil.objects.in_bulk(ids)
    where = _where({pupil for one in asked for pupil in found[one.written]})
    return Page(
        lines,
        tuple((kind_words(name), part.new.height) for name, part in plan.parts.items() if part.new.height),
        tuple(_question(one, [Option(pupils[p], where.get(p, "")) for p in found[one.written]]) for one in asked),
        tuple(
            Changed(field_of(row["key"]), pupils[row["pupil_id"]], _what(kind, row), _value(kind, row, "_here"),
                    _value(kind, row))
            for kind, row in changed
        ),
        tuple(Gone(pupils[row["pupil_id"]], _what(kind, row), _value(kind, row)) for kind, row in gone),
        said_once(plan.problems),
        len(ids) + len(asked),
    )  # fmt: skip


def worst_first(problems: Sequence[Problem]) -> tuple[tuple[str, Problem], ...]:
    """Problems with the word for how bad they are, errors first."""
    order = list(SEVERITY_LABELS)
    return tuple((SEVERITY_LABELS[p.severity], p) for p in sorted(problems, key=lambda p: order.index(p.severity)))


def problems_csv(problems: Sequence[Problem]) -> bytes:
    """The problems as a table, worst first."""
    header = [_("soort"), _("bestand"), _("rij"), _("veld"), _("melding"), _("wat te doen"), _("waarde")]
    rows = [
        [
            word,
            *map(
                _plain, (p.file, "" if p.row is None else str(p.row), p.field or "", p.message, p.advice, p.value or "")
            ),
        ]
        for word, p in worst_first(problems)
    ]
    return to_csv(header, rows)


def _plain(text: str) -> str:
    """What a spreadsheet program does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def field_of(key: str) -> str:
    """The name of a field about this thing: nothing of a pupil stands in it."""
    return sha256(key.encode()).hexdigest()[:16]


def told(batch: ImportBatch) -> str:
    """Why an import that was confirmed came back, in words; empty when it did not."""
    return {
        "busy": _("Een collega las hetzelfde bestand op dat moment ook in. Kijk hieronder wat er nu nog nieuw is."),
        "outdated": _("Er is intussen iets veranderd. Er is niets ingelezen; kijk het hieronder opnieuw na."),
        "broken": _("Het inlezen is niet gelukt. Er is niets ingelezen. Probeer het opnieuw of vraag de beheerder."),
    }.get(batch.choices.get("told", ""), "")


def _may(seen: Seen) -> frozenset[int] | None:
    """Ids of the pupils about whom the user may write anything; None for everyone."""
    found: set[int] = set()
    for ids in seen.values():
        if ids is None:
            return None
        found |= ids
    return frozenset(found)


def _rows(frame: Any) -> Iterable[dict[str, Any]]:
    return frame.head(SHOWN).iter_rows(named=True) if frame.height else ()


def _where(pupils: set[int]) -> dict[int, str]:
    """The class of each today, or the last one before."""
    seats = Enrolment.objects.filter(pupil__in=pupils, during__startswith__lte=clock.today())
    seats = seats.select_related("group").order_by("during")
    return {
        seat.pupil_id: f"{seat.group.name if seat.group else ''} {school_year_label(_year(seat.during.lower))}".strip()
        for seat in seats
    }


def _year(day: date) -> int:
    return day.year if day.month >= 8 else day.year - 1


def _question(stranger: Stranger, options: Sequence[Option]) -> Question:
    first, last = stranger.first_name or "", stranger.surname or ""
    who = Somebody(stranger.written, first, last or ("" if first else _("zonder naam")))
    why = {
        "doubtful": _("naam of geboortedatum is anders of ontbreekt"),
        "ambiguous": _("dit kan meer dan één leerling zijn"),
        "contradicts": _("het nummer is van een ander dan de naam"),
        "unknown": _("het nummer of de naam is hier niet bekend"),
    }[stranger.outcome]
    return Question("wie-" + field_of(stranger.written), who, stranger, why, tuple(options))


def _what(kind: str, row: dict[str, Any]) -> str:
    """Which test, goal or mark a row is about."""
    day = f"{row['taken_on']:%d-%m-%Y}" if row.get("taken_on") else ""
    if kind == "results":
        year = school_year_label(row["school_year"])
        test = " ".join(part for part in (row["instrument"], row["version"], row["test_level"]) if part)
        when = day or f"{row['moment'] or ''} {year}".strip()
        return ", ".join(part for part in (_subject(row["subject"]), test, when) if part)
    if kind == "method_tests":
        return f"{_subject(row['subject'])}, {row['block']}, {row['goal']}, {day}"
    if kind == "observations":
        return f"{row['list']}, {row['domain']}, {day}"
    if kind == "advices":
        return _("advies van de doorstroomtoets, %(year)s") % {"year": school_year_label(row["school_year"])}
    return _("kenmerk vanaf %(day)s") % {"day": f"{row['since']:%d-%m-%Y}"}


def _subject(code: str) -> str:
    return subjects.LABELS.get(code, code)


def _value(kind: str, row: dict[str, Any], behind: str = "") -> str:
    """What a row says, in a few words."""

    def get(name: str) -> Any:
        return row.get(f"{name}{behind}")

    if kind == "method_tests":
        return f"{get('percent'):g}%"
    if kind == "observations":
        return str(get("stage"))
    if kind == "advices":
        return str(get("advice"))
    if kind == "marks":
        return ", ".join(str(get(name)) for name in ("destination", "care") if get(name))
    labels = {"score": _("score"), "level": _("niveau"), "dle": "DLE", "percentile": _("percentiel"), "avi": "AVI",
              "reference_level": _("referentieniveau")}  # fmt: skip
    parts = []
    for name, label in labels.items():
        value = get(name)
        if value is not None:
            sign = (get("dle_operator") or "").replace("=", "") if name == "dle" else ""
            shown = f"{value:g}".replace(".", ",") if isinstance(value, float) else value
            parts.append(f"{label} {sign}{shown}")
    if get("not_taken"):
        parts.append(_("niet gemaakt"))
    return ", ".join(parts)
