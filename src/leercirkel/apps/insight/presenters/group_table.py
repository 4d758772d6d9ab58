"""The table of a group's pupils: sorted and filtered as the address says, one row opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.html import escape
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
class OpenRow:
    """What an opened row shows below it: its charts (subject, test, line) and the sentence on subjects that differ."""

    pupil: Pupil
    charts: Sequence[tuple[str, str, SafeString]]
    gap: SafeString | None
    width: int


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
    rows: SafeString
    count: int
    filters: Filters
    subjects: Sequence[tuple[str, str]]
    all: int
    gaps: Sequence[SafeString]
    open: Pupil | None
    sort: str


def table(request: Request, figures: GroupFigures, reach: GroupReach, pupils: Sequence[Pupil]) -> PupilTable:
    """The rows of these pupils (in the order of their names), as the address asks for them."""
    every, made = shown.columns(figures, reach), shown.rows(figures)
    if reach.subjects is not None:  # who teaches one subject has no part in destination and support
        made = {pk: replace(row, care="", destination="") for pk, row in made.items()}
    filters = _filters(request, every)
    columns = [c for c in every if filters.subject in ("", c.subject)]
    order = sorting(request, _heads(columns, made), default="naam")
    rows = [(pupil, made[pupil.pk]) for pupil in pupils if filters.keeps(made[pupil.pk], columns)]
    opened = next((pupil for pupil, _row in rows if str(pupil.pk) == request.GET.get(OPEN)), None)
    query = _query(request)
    ordered = _sorted(rows, order, {c.key: c for c in columns})
    destinations = any(row.destination for row in made.values())
    tell_gaps = reach.subjects is None
    parts = []
    for pupil, row in ordered:
        below = ""
        if pupil == opened:
            gap = _gap(request, pupil, row) if tell_gaps else None
            shown_below = OpenRow(pupil, _charts(figures, pupil, reach), gap, len(order.heads))
            below = render_to_string("insight/group_row.html", {"row": shown_below})
        cells = shown.cells_html(shown.cell_of(row, column) for column in columns)
        parts.append(_row(request, pupil, row, cells, _toggle(query, pupil.pk, pupil == opened), below, destinations))
    gaps = sorted(((r.gap.months, p, r) for p, r in ordered if r.gap), key=lambda each: -each[0]) if tell_gaps else []
    return PupilTable(
        sorting=order,
        columns=columns,
        rows=mark_safe("".join(parts)),  # noqa: S308 (of escaped parts)
        count=len(parts),
        filters=filters,
        subjects=list(dict.fromkeys((c.subject, c.label) for c in every)),
        all=len(pupils),
        gaps=[found for _months, pupil, row in gaps if (found := _gap(request, pupil, row)) is not None],
        open=opened,
        sort=request.GET.get(PARAMETER, ""),
    )


def _row(request: Request, pupil: Pupil, row: PupilRow, cells: str, toggle: str, below: str, destinations: bool) -> str:
    """One pupil as HTML: a table has up to forty, and a template for each would take longer than all the rest."""
    pk = pupil.pk
    care = f' <small class="n">{escape(row.care)}</small>' if row.care else ""
    where = f"<td><small>{escape(row.destination)}</small></td>" if destinations else ""
    to = escape(toggle)
    return (
        f'<tbody id="l{pk}"><tr><th scope="row"><a id="a{pk}" href="{to}#l{pk}" hx-get="{to}" hx-select="#l{pk}"'
        f' aria-expanded="{"true" if below else "false"}">{names.tag(request, pupil, "list")}</a>{care}</th>'
        f"{cells}{where}</tr>{below}</tbody>\n"
    )


def _gap(request: Request, pupil: Pupil, row: PupilRow) -> SafeString | None:
    return shown.sentence(row.gap, names.tag(request, pupil, "first")) if row.gap else None


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
