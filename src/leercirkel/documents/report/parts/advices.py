"""What the doorstroomtoets advised group 8: a row per advice, a column per school year."""

from __future__ import annotations

from leercirkel.core.advice import order
from leercirkel.documents.report.context import Context, View

MOST_YEARS = 8


def advices(context: Context) -> View | None:
    """The table of the last years, from the highest advice to the lowest; None without advices."""
    texts, years = context.texts, context.report.test_advices[-MOST_YEARS:]
    if not years:
        return None
    found = sorted({code for year in years for code in year.advices}, key=lambda code: (-order(code), code))
    return {
        "years": [texts.short_year(year.school_year) for year in years],
        "rows": [
            {"advice": texts.advice(code), "counts": [str(year.advices.get(code, "–")) for year in years]}
            for code in found
        ],
        "total": [
            texts.of(year.counted, year.pupils) if context.tells_absent else texts.count(year.counted) for year in years
        ],
    }
