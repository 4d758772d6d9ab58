"""By which goals and how: the school's own standards, and what words and figures mean."""

from __future__ import annotations

from datetime import date

from leercirkel.core.standards import Standard, Tier
from leercirkel.documents.report.context import Context, subject_order
from leercirkel.documents.report.parts.method import method, whom
from leercirkel.documents.workbook.table import Column, Table, Value, safe


def standards(context: Context) -> Table:
    """A row per goal of every standard, its threshold as a number where it is one."""
    ordered = sorted(context.standards, key=lambda s: (subject_order(s.subject), s.instrument or "", s.moment or ""))
    shown = (
        Column("subject"), Column("test"), Column("moment"), Column("for_whom"), Column("destination"), Column("goal"),
        Column("target", "share"), Column("unit"), Column("threshold", "number"), Column("threshold_level"),
        Column("threshold_of_dl", "share"), Column("source"),
    )  # fmt: skip
    rows = [_standard(context, s, t) for s in ordered for t in s.tiers]
    return Table("standards", shown, rows)


def _standard(context: Context, s: Standard, t: Tier) -> list[Value]:
    texts = context.texts
    number = None if t.threshold is None or isinstance(t.threshold, str) else float(t.threshold)
    level = safe(t.threshold) if isinstance(t.threshold, str) else ""
    return [texts.subject(s.subject), safe(s.instrument or "") or texts.any_test,
            texts.parts_of_year.get(s.moment or "", texts.any_moment),
            safe("; ".join(whom(context, s)) or texts.all_pupils),
            texts.destination(s.destination) if s.destination else "", safe(t.name), t.target_share,
            texts.quantities.get(s.quantity, safe(s.quantity)), number, level, t.dl_factor,
            safe(s.source or "")]  # fmt: skip


def explanation(context: Context) -> Table:
    """The round, how to read the sheets, the definitions of the report, and the files that were used."""
    report, said = context.report, method(context)
    texts = context.texts
    rows: list[list[Value]] = [
        [texts.school, safe(report.school_name or report.school)],
        [texts.school_code, safe(report.school)],
        [texts.round_word, texts.moment(report.school_year, report.moment)],
    ]
    if report.as_of:
        rows.append([texts.as_of, date.fromisoformat(report.as_of)])
    sure = texts.percentage(report.method.confidence)
    rows += [[topic, text] for topic, text in texts.how_to_read(report.method.no_verdict_below, sure)]
    for topic in (t for column in said["columns"] for t in column):
        rows += [[topic["title"] if i == 0 else "", safe(text)] for i, text in enumerate(topic["text"])]
    rows.append([texts.reading, safe(said["problems"])])
    rows += [[texts.files_used if i == 0 else "", safe(name)] for i, name in enumerate(said["files"])]
    return Table("explanation", (Column("topic"), Column("explanation", wrap=110)), rows)
