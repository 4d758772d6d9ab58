"""The table of a group's pupils: sorted and filtered as the address says, one row opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from leercirkel.apps.access.request import Request
from leercirkel.apps.insight.presenters import groups as shown
from leercirkel.apps.insight.presenters.groups import PupilRow, TestColumn
from leercirkel.apps.insight.selectors.groups import GroupFigures, GroupReach
from leercirkel.apps.organisation.models import Pupil
from leercirkel.apps.pages import names
from leercirkel.apps.pages.tables import PARAMETER, Column, Sorting, sorting
from leercirkel.documents.pupil_lines import small_line

OPEN = "open"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as the template writes it. `charts`: of the row that is open, what each says below its own heading."""

    pupil: Pupil
    name: SafeString
    cells: SafeString
    care: str
    destination: str
    toggle: str
    charts: Sequence[tuple[str, str, SafeString]] | None
    gap: SafeString | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for: one subject, only pupils with support, below the line, or without a result."""

    subject: str
    care: bool
    below: bool
    absent: bool

    def __bool__(self) -> bool:
        return bool(self.subject or self.care or self.below or self.absent)

    def keeps(self, row: PupilRow, columns: Sequence[TestColumn]) -> bool:
        """Whether a row stays, by the cells under these columns."""
        cells = [shown.cell_of(row, column) for column in columns]
        return (
            (not self.care or bool(row.care))
            and (not self.below or any(cell.below for cell in cells))
            and (not self.absent or any(cell.absent for cell in cells))
        )


@dataclass(frozen=True, slots=True)
class PupilTable:
    """The table: `subjects` to choose from, `gaps` the sentences about differences between subjects."""

    sorting: Sorting
    columns: Sequence[TestColumn]
    rows: Sequence[ShownRow]
    filters: Filters
    subjects: Sequence[tuple[str, str]]
    all: int
    gaps: Sequence[SafeString]
    open: Pupil | None
    sort: str
    has_destination: bool

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.sorting.heads)


def table(request: Request, figures: GroupFigures, reach: GroupReach, pupils: Sequence[Pupil]) -> PupilTable:
    """The rows of these pupils (in the order of their names), as the address asks for them."""
    every, made = shown.columns(figures, reach), shown.rows(figures)
    filters = _filters(request, every)
    columns = [c for c in every if filters.subject in ("", c.subject)]
    order = sorting(request, _heads(columns, made), default="naam")
    rows = [(pupil, made[pupil.pk]) for pupil in pupils if filters.keeps(made[pupil.pk], columns)]
    opened = next((pupil for pupil, _row in rows if str(pupil.pk) == request.GET.get(OPEN)), None)
    query = _query(request)
    tell_gaps = reach.subjects is None
    listed = [
        ShownRow(
            pupil,
            names.tag(request, pupil, "list"),
            shown.cells_html(shown.cell_of(row, column) for column in columns),
            row.care,
            row.destination,
            _toggle(query, pupil.pk, opened == pupil),
            _charts(figures, pupil, reach) if pupil == opened else None,
            shown.sentence(row.gap, names.tag(request, pupil, "first")) if tell_gaps and row.gap else None,
        )
        for pupil, row in _sorted(rows, order, {c.key: c for c in columns})
    ]
    return PupilTable(
        sorting=order,
        columns=columns,
        rows=listed,
        filters=filters,
        subjects=list(dict.fromkeys((c.subject, c.label) for c in every)),
        all=len(pupils),
        gaps=_gaps(listed, made),
        open=opened,
        sort=request.GET.get(PARAMETER, ""),
        has_destination=any(row.destination for row in made.values()),
    )


def _gaps(rows: Sequence[ShownRow], made: Mapping[int, PupilRow]) -> list[SafeString]:
    """The sentences about differences between subjects, the largest first."""
    found = [(gap.months, row.gap) for row in rows if row.gap is not None and (gap := made[row.pupil.pk].gap)]
    return [said for _months, said in sorted(found, key=lambda pair: -pair[0])]


def _filters(request: Request, columns: Sequence[TestColumn]) -> Filters:
    asked = request.GET.get("vak", "")
    subject = asked if asked in {c.subject for c in columns} else ""
    return Filters(subject, *(request.GET.get(name) == "1" for name in ("opp", "onder", "mist")))


def _heads(columns: Sequence[TestColumn], rows: Mapping[int, PupilRow]) -> list[Column]:
    heads = [Column("naam", _("Leerling"), by=("naam",))]
    heads += [Column(c.key, f"{c.label} {c.test}".strip(), by=(c.key,)) for c in columns]
    if any(row.destination for row in rows.values()):
        heads.append(Column("uitstroom", _("Uitstroom"), by=("uitstroom",)))
    return heads


def _sorted(
    rows: list[tuple[Pupil, PupilRow]], order: Sorting, columns: Mapping[str, TestColumn]
) -> list[tuple[Pupil, PupilRow]]:
    """By the first field of the order; who has nothing there comes last, either way."""
    field = order.order_by[0]
    key, down = field.lstrip("-"), field.startswith("-")
    if key == "naam":
        return rows[::-1] if down else rows

    def value(row: PupilRow) -> float | str | None:
        if key in columns:
            return shown.cell_of(row, columns[key]).rank
        return row.destination or None

    known = [pair for pair in rows if value(pair[1]) is not None]
    known.sort(key=lambda pair: value(pair[1]), reverse=down)  # type: ignore[arg-type,return-value]
    return known + [pair for pair in rows if value(pair[1]) is None]


def _query(request: Request) -> str:
    """The question of this page without the row that is open."""
    return urlencode([(key, str(value)) for key, value in request.GET.items() if key != OPEN])


def _toggle(query: str, pupil: int, is_open: bool) -> str:
    parts = [query] if query else []
    if not is_open:
        parts.append(f"{OPEN}={pupil}")
    return f"?{'&'.join(parts)}"


def _charts(figures: GroupFigures, pupil: Pupil, reach: GroupReach) -> list[tuple[str, str, SafeString]]:
    """The last moments of an opened row: subject, test and a small line each."""
    sheet, texts = figures.pupils[pupil.pk], shown.texts_now()
    tests = [test for test in sheet.tests if reach.shows(test.subject)] if sheet else []
    drawn = [(texts.subject(t.subject), texts.instrument(t.instrument), small_line(texts, t)) for t in tests]
    return [(subject, test, mark_safe(svg)) for subject, test, svg in drawn if svg]  # noqa: S308 (charts escape)
