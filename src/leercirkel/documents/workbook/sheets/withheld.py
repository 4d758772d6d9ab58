"""What the form for the board leaves out, by name: an empty place must not be taken for "nothing there"."""

from __future__ import annotations

from leercirkel.analysis.model import KeptFigures, Withheld
from leercirkel.documents.report.context import Context
from leercirkel.documents.workbook.sheets.overview import why_withheld
from leercirkel.documents.workbook.table import Column, Table, Value, safe


def withheld(context: Context) -> Table:
    """A row per figure that is not told, and per figure that stands as an earlier report told it."""
    report = context.report
    rows = [_row(context, w.kind, w.key, why_withheld(context, w)) for w in report.withheld if _here(context, w)]
    rows += [_row(context, k.kind, k.key, context.texts.kept_figure(k.as_of)) for k in report.kept if _here(context, k)]
    shown = (
        Column("what"), Column("school_year"), Column("moment"), Column("subject"), Column("test"), Column("version"),
        Column("group"), Column("grade", "count"), Column("details"), Column("why"),
    )  # fmt: skip
    return Table("withheld", shown, rows)


def _here(context: Context, figure: Withheld | KeptFigures) -> bool:
    """Whether a sheet has the place of this figure: those of the round, and for trends those of every year."""
    report, key = context.report, figure.key
    moment = key.get("moment") or key.get("to_moment") or report.moment
    year = report.school_year if "group" not in key else key.get("school_year") or report.school_year
    return (year, moment) == (report.school_year, report.moment)


def _row(context: Context, kind: str, key: dict[str, str | int | None], reason: str) -> list[Value]:
    def text(name: str) -> str:
        value = key.get(name)
        return "" if value is None else safe(str(value))

    texts = context.texts
    grade, group, subject = key.get("grade"), text("group"), text("subject")
    moment = text("moment") or text("to_moment")
    band, destination = text("didactic_age_band"), text("destination")
    details = [f"DL {band}" if band else "", texts.destination(destination) if destination else "", text("name"),
               text("tier"), texts.extra_support if key.get("scope") == "care" else ""]  # fmt: skip
    return [texts.kinds.get(kind, safe(kind)), text("school_year"), texts.parts_of_year.get(moment, moment),
            texts.subject(subject) if subject else "", text("instrument"), text("version"),
            safe(texts.group(group)) if group else "", grade if isinstance(grade, int) else None,
            ", ".join(d for d in details if d), reason]  # fmt: skip
