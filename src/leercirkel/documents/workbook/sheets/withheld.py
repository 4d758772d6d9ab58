"""What the form for the board leaves out, by name: an empty place must not be taken for "nothing there"."""

from __future__ import annotations

from leercirkel.analysis.model import KeptFigures, Withheld
from leercirkel.documents.report import words
from leercirkel.documents.report.context import Context, group_name
from leercirkel.documents.workbook.sheets.overview import why_withheld
from leercirkel.documents.workbook.table import Column, Table, Value, safe

KINDS = {
    "overview": "uitslag van een groep", "totals": "uitslag van de school", "tier": "doel", "mean": "gemiddelde",
    "levels": "niveaus", "pool": "jaren samen", "grade_trend": "trend", "cohort_trend": "zelfde leerlingen",
    "growth": "groei", "learning_yield": "leerrendement", "destination_changes": "aangepaste bestemmingen",
    "interventions": "aanpak", "method_tests": "methodetoetsen", "observations": "observaties", "group": "groep",
    "agreements": "afspraak", "answers": "antwoord", "column": "toets",
}  # fmt: skip


def withheld(context: Context) -> Table:
    """A row per figure that is not told, and per figure that stands as an earlier report told it."""
    rows = [_row(w.kind, w.key, why_withheld(context, w)) for w in context.report.withheld if _here(context, w)]
    rows += [
        _row(k.kind, k.key, f"zoals in het rapport van {words.day(k.as_of)}: sindsdien veranderde te weinig")
        for k in context.report.kept
        if _here(context, k)
    ]
    shown = (
        Column("Wat"), Column("Schooljaar"), Column("Moment"), Column("Vak"), Column("Toets"), Column("Versie"),
        Column("Groep"), Column("Jaargroep", "count"), Column("Nader"), Column("Waarom"),
    )  # fmt: skip
    return Table("Niet getoond", shown, rows)


def _here(context: Context, figure: Withheld | KeptFigures) -> bool:
    """Whether a sheet has the place of this figure: those of the round, and for trends those of every year."""
    report, key = context.report, figure.key
    moment = key.get("moment") or key.get("to_moment") or report.moment
    year = report.school_year if "group" not in key else key.get("school_year") or report.school_year
    return (year, moment) == (report.school_year, report.moment)


def _row(kind: str, key: dict[str, str | int | None], reason: str) -> list[Value]:
    def text(name: str) -> str:
        value = key.get(name)
        return "" if value is None else safe(str(value))

    grade, group, subject = key.get("grade"), text("group"), text("subject")
    moment = text("moment") or text("to_moment")
    band, destination = text("didactic_age_band"), text("destination")
    details = [f"DL {band}" if band else "", words.destination(destination) if destination else "", text("name"),
               text("tier"), "extra ondersteuning" if key.get("scope") == "care" else ""]  # fmt: skip
    return [KINDS.get(kind, safe(kind)), text("school_year"), words.PARTS_OF_YEAR.get(moment, moment),
            words.subject(subject) if subject else "", text("instrument"), text("version"),
            safe(group_name(group)) if group else "", grade if isinstance(grade, int) else None,
            ", ".join(d for d in details if d), reason]  # fmt: skip
