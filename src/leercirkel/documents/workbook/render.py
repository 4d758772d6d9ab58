"""From the report to a workbook: real numbers under a fixed header, a sheet per question, ready to filter and print."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from textwrap import wrap
from typing import Any

from leercirkel.analysis.model import SchoolReport
from leercirkel.documents.charts import SCREEN
from leercirkel.documents.report.context import Context, context_of
from leercirkel.documents.texts import Language, Texts
from leercirkel.documents.workbook.sheets import decisions, lists, method, over_time, overview
from leercirkel.documents.workbook.sheets.pupils import pupils
from leercirkel.documents.workbook.sheets.withheld import withheld
from leercirkel.documents.workbook.table import Column, Kind, Met, Table, Value

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""When the workbook says it was made if no result has a date; the clock is never asked."""

MARKS = {"above": "▲", "below": "▼", "undecided": "○", "too_few": "··"}

A4 = 9

_FORMATS: dict[Kind, dict[str, Any]] = {
    "text": {"align": "left", "indent": 1}, "verdict": {"align": "left", "indent": 1}, "count": {"num_format": "0"},
    "number": {"num_format": "0.0"}, "share": {"num_format": "0%"},
}  # fmt: skip

_WIDEST = 30
"""A text that is longer runs on into the next cell when that is empty, and else is cut off on screen."""
_LINE = 15.0
"""The height of one line, in points."""


def tables(context: Context) -> list[Table]:
    """All sheets, in order: what we see, where we stand, what changes, what was done, what teachers keep, by which
    goals and how; where there are any also growth percentiles and advices of the doorstroomtoets, for the team with
    names also the pupils, for the board also what is not shown."""
    makers: tuple[Callable[[Context], Table], ...] = (
        decisions.answers, overview.overview, overview.school, overview.goals, overview.means, over_time.trends,
        over_time.mean_trends, over_time.cohorts, over_time.growth, over_time.learning_yield, decisions.interventions,
        decisions.agreements, lists.method_tests, lists.observations, method.standards, method.explanation,
    )  # fmt: skip
    made = [make(context) for make in makers]
    if context.report.test_advices:
        made.insert(makers.index(lists.method_tests), lists.advices(context))
    if context.report.growth_percentiles:
        made.insert(makers.index(over_time.learning_yield), over_time.growth_percentiles(context))
    if context.report.pupils:
        made.insert(1, pupils(context))
    return [*made, withheld(context)] if context.report.withheld or context.report.kept else made


def render_xlsx(report: SchoolReport, language: Language = "nl") -> bytes:
    """The report as a workbook in Dutch (nl) or English (en). The same report gives the same bytes.

    Shares are numbers from 0 to 1 shown as percentages, days are dates, what is not known is an empty cell. What
    may not leave the team is no longer in a report for the board (`analysis.disclosure`); its place says why.
    """
    import xlsxwriter  # here, so that a program that makes no workbook does not load it

    context = context_of(report, language)
    texts = context.texts
    name = texts.name(report.school_name or report.school)
    title = f"{name} · {texts.moment(report.school_year, report.moment)}"
    made = datetime.fromisoformat(report.as_of).replace(tzinfo=UTC) if report.as_of else UNDATED
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": texts.title(title), "author": "Leercirkel", "created": made})
        writer = _Writer(book, texts)
        for table in tables(context):
            writer.write(table, title)
    return buffer.getvalue()


class _Writer:
    """The formats of one workbook, made once, and the sheets written with them."""

    def __init__(self, book: Any, texts: Texts) -> None:
        base = {"valign": "top", "font_color": SCREEN.ink}
        head = {"bold": True, "text_wrap": True, "bg_color": "#f6f4ee", "bottom": 1, "bottom_color": SCREEN.undecided}
        self.book, self.texts = book, texts
        self.kinds = {kind: book.add_format(base | own) for kind, own in _FORMATS.items()}
        self.verdicts = {
            v: book.add_format(base | {"font_color": SCREEN.of(v), "align": "left", "indent": 1}) for v in MARKS
        }
        self.wrapped = book.add_format(base | _FORMATS["text"] | {"text_wrap": True})
        self.met = book.add_format(base | _FORMATS["count"] | {"bold": True})
        self.day = book.add_format(base | _FORMATS["text"] | {"num_format": texts.day_format})
        self.words = book.add_format(base | head | {"align": "left", "indent": 1})
        self.figures = book.add_format(base | head | {"align": "right"})
        self.soft = book.add_format({"italic": True, "font_color": SCREEN.soft, "indent": 1})

    def write(self, table: Table, title: str) -> None:
        """One sheet: its header stays in sight and is repeated on paper; A4, as wide as the page."""
        texts, name = self.texts, self.texts.sheets[table.code]
        sheet = self.book.add_worksheet(name)
        lines = 1
        for j, column in enumerate(table.columns):
            header = texts.columns[column.code].replace("{of}", column.of)
            width = _width(column, header, [row[j] for row in table.rows])
            sheet.set_column(j, j, width)
            lines = max(lines, len(wrap(header, int(width) - 1)))
            words_of = column.kind in ("text", "verdict")
            sheet.write_string(0, j, header, self.words if words_of else self.figures)
        sheet.set_row(0, lines * _LINE)
        long = [(j, column.wrap + column.wrap // 8) for j, column in enumerate(table.columns) if column.wrap]
        for i, row in enumerate(table.rows, 1):
            # Told and not left to the program that opens it: not every one measures wrapped text.
            high = max((-(-len(text) // signs) for j, signs in long if isinstance(text := row[j], str)), default=1)
            if high > 1:
                sheet.set_row(i, high * _LINE)
            self._row(sheet, i, row, table.columns)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        else:
            sheet.write_string(1, 0, texts.otherwise.get(table.code, texts.nothing), self.soft)
        sheet.freeze_panes(1, 1)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.set_margins(0.4, 0.4, 0.7, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f"&L{_plain(title)}&R{name}")
        sheet.set_footer(f"&R{texts.paper_foot}")

    def _row(self, sheet: Any, i: int, row: Sequence[Value], columns: tuple[Column, ...]) -> None:
        for j, (value, column) in enumerate(zip(row, columns, strict=True)):
            if value is None or value == "":
                continue
            if not isinstance(value, str):
                if isinstance(value, date):
                    sheet.write_datetime(i, j, datetime.combine(value, time()), self.day)
                else:
                    sheet.write_number(i, j, value, self.met if isinstance(value, Met) else self.kinds[column.kind])
            elif column.kind == "verdict":
                sheet.write_string(i, j, f"{MARKS[value]} {self.texts.verdicts[value]}", self.verdicts[value])
            else:
                sheet.write_string(i, j, value, self.wrapped if column.wrap else self.kinds["text"])


def _plain(title: str) -> str:
    """A text for the head of a printed page: an ampersand begins a code there, two of them and a space are one sign;
    there is room for 255 signs."""
    return " ".join(title[:100].replace("&", " && ").split())


def _width(column: Column, header: str, values: list[Value]) -> float:
    """Wide enough for the values and for the longest word of the header, in characters."""
    head = max(map(len, header.split())) + 2.5
    if column.wrap:
        return column.wrap + 3.0
    if column.kind == "verdict":
        return 27.0
    if column.kind == "text":
        return max(head, min(max((len(v) for v in values if isinstance(v, str)), default=0) + 3.0, _WIDEST))
    return max(head, 8.0)
