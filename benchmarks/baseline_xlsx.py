"""The baseline for `bench_xlsx`: FILE read with openpyxl's read-only mode, row by row, with the checks of our reader.

Written as one would without our reader: plain functions over the rows, one list per column, a record per fault.
"""

from __future__ import annotations

import json
import re
import sys
import time
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

TEXTS = ("leerlingnummer", "achternaam", "roepnaam", "groep", "toets", "versie", "soort")
SUBJECTS = {"rekenen", "begrijpend_lezen", "technisch_lezen", "spelling", "taalverzorging", "woordenschat", "luisteren"}
LEVEL = re.compile(r"(?:I|II|III|IV|V|A|B|C|D|E)[+-]{0,2}", re.IGNORECASE)
LONGEST = 32_767

Fault = tuple[str, str, str | None]
"""Severity (an error and an empty row leave the row out), code, column."""


def text_of(value: Any) -> str | None:
    """The cell as text, None when empty."""
    if value is None:
        return None
    return str(value).strip() or None


def number_of(value: Any) -> float | None:
    """A number, also when it was typed as text with a comma."""
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(value.strip().replace(",", "."))
    except ValueError:
        return None


def date_of(value: Any) -> date | None:
    """A date, also when it was typed as text: dd-mm-yyyy or ISO."""
    if isinstance(value, datetime):
        return value.date()
    parts = re.split("[-/]", str(value).strip())
    try:
        year, month, day = map(int, parts if len(parts[0]) == 4 else reversed(parts))
        return date(year, month, day)
    except ValueError:
        return None


def checked(row: dict[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The row with typed values, and what is wrong with it."""
    faults: list[Fault] = []
    made: dict[str, Any] = {"dle_teken": None}
    for name in TEXTS:
        made[name] = text_of(row.get(name))
    if any(isinstance(cell, str) and len(cell.encode()) > LONGEST for cell in row.values()):
        faults.append(("error", "cell-too-long", None))
    if made["leerlingnummer"] is None and made["achternaam"] is None:
        faults.append(("error", "pupil-missing", None))

    born = row.get("geboortedatum")
    made["geboortedatum"] = None if born is None else date_of(born)
    if born is not None and made["geboortedatum"] is None:
        faults.append(("warning", "birth-date-unreadable", "geboortedatum"))
    elif made["geboortedatum"] and not 1990 <= made["geboortedatum"].year <= 2100:
        faults.append(("warning", "birth-date-implausible", "geboortedatum"))
        made["geboortedatum"] = None

    taken = row.get("afnamedatum")
    day = made["afnamedatum"] = None if taken is None else date_of(taken)
    if taken is None:
        faults.append(("error", "date-missing", "afnamedatum"))
    elif day is None:
        faults.append(("error", "date-unreadable", "afnamedatum"))
    elif not 1990 <= day.year <= 2100:
        faults.append(("error", "date-implausible", "afnamedatum"))
    elif made["geboortedatum"] and day <= made["geboortedatum"]:
        faults.append(("error", "date-before-birth", "afnamedatum"))
    elif 715 <= day.month * 100 + day.day <= 815:
        faults.append(("warning", "date-in-summer", "afnamedatum"))

    grade = row.get("jaargroep")
    value = None if grade is None else number_of(grade)
    made["jaargroep"] = int(value) if value is not None and value in range(1, 9) else None
    if grade is not None and made["jaargroep"] is None:
        faults.append(("warning", "grade-implausible", "jaargroep"))

    subject = text_of(row.get("vak"))
    made["vak"] = None if subject is None else subject.casefold().replace(" ", "_")
    if subject is None:
        faults.append(("error", "subject-missing", "vak"))
    elif made["vak"] not in SUBJECTS:
        faults.append(("error", "subject-unknown", "vak"))

    moment = text_of(row.get("moment"))
    if moment is None and day is not None:
        moment = "B" if 8 <= day.month <= 11 else "M" if day.month in (12, 1, 2, 3) else "E"
    made["moment"] = moment.upper() if moment else None
    if made["moment"] not in (None, "B", "M", "E"):
        faults.append(("error", "moment-unknown", "moment"))

    score = row.get("vaardigheidsscore")
    made["vaardigheidsscore"] = None if score is None else number_of(score)
    if score is not None and made["vaardigheidsscore"] is None:
        faults.append(("error", "number-unreadable", "vaardigheidsscore"))
    elif made["vaardigheidsscore"] is not None and not 0 <= made["vaardigheidsscore"] <= 2000:
        faults.append(("error", "score-implausible", "vaardigheidsscore"))

    made["niveau"] = text_of(row.get("niveau"))
    if made["niveau"] is not None and not LEVEL.fullmatch(made["niveau"]):
        faults.append(("warning", "level-unknown", "niveau"))

    dle = text_of(row.get("dle"))
    made["dle"] = None if dle is None else number_of(dle.strip("<>=+ "))
    if dle is not None:
        made["dle_teken"] = "<" if dle.startswith("<") else ">" if dle.startswith(">") or dle.endswith("+") else "="
        if made["dle"] is None:
            faults.append(("error", "dle-unreadable", "dle"))
        elif not 0 <= made["dle"] <= 120:
            faults.append(("error", "dle-implausible", "dle"))

    if made["vaardigheidsscore"] is None and made["niveau"] is None and made["dle"] is None:
        faults.append(("empty", "result-empty", None))
    return made, faults


def read(path: str) -> tuple[dict[str, list[Any]], list[dict[str, Any]]]:
    """Columns of the rows that count, and the problems."""
    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    header = [str(name).strip().casefold() for name in next(rows)]
    columns: dict[str, list[Any]] = {name: [] for name in ("rij", *header, "dle_teken")}
    problems: list[dict[str, Any]] = []
    for number, cells in enumerate(rows, 2):
        row = dict(zip(header, cells, strict=False))
        made, faults = checked(row)
        made["rij"] = number
        for severity, code, field in faults:
            value = None if field is None else str(row.get(field))[:60]
            problems.append(
                {"severity": severity, "file": path, "code": code, "row": number, "field": field, "value": value}
            )
        if all(severity == "warning" for severity, _, _ in faults):
            for name, column in columns.items():
                column.append(made[name])
    return columns, problems


if __name__ == "__main__":
    started = time.perf_counter()
    found, wrong = read(sys.argv[1])
    said = {"seconds": time.perf_counter() - started, "rows": len(found["rij"]), "problems": len(wrong)}
    print(json.dumps(said))
