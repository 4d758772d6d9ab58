"""What can be wrong with a row of results: every check at once over all rows, records for the failing rows only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_

import polars as pl

from leercirkel.core import subjects
from leercirkel.core.records import dataclass
from leercirkel.exchange.problems import Problem, Severity, shorten
from leercirkel.exchange.tables import words
from leercirkel.exchange.tables.headers import DUTCH, RESULT_FIELDS
from leercirkel.exchange.tables.mapping import Mapping

HIGHEST_SCORE = 2_000
"""No ability scale of a known publisher comes near it; a higher number is a key or a date in the wrong column."""

HIGHEST_DLE = 120
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_RECORDS = 200
"""Of one kind of problem per file; beyond it one record tells how many rows there are."""

_LEFT_OUT = "Deze rij telt niet mee."


@dataclass(frozen=True, slots=True)
class Check:
    """`fails` is true for a row that is wrong; an error leaves the row out. `field`: whose cell is shown."""

    severity: Severity
    code: str
    field: str | None
    fails: pl.Expr
    message: str
    advice: str | Callable[[str], str]


def _c(name: str) -> pl.Expr:
    return pl.col(name)


def _unreadable(field: str) -> pl.Expr:
    return _c(field).is_not_null() & _c(f"={field}").is_null()


def _between(name: str, low: float, high: float) -> pl.Expr:
    return _c(name).is_between(low, high)


def _subject_advice(value: str) -> str:
    known = ", ".join(subjects.SUBJECTS)
    text = shorten(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'Zet in de mapping onder [values.subject]: "{text}" = "…", met een van {known}.'


def _cards_advice(value: str) -> str:
    return f"{words.avi_doubt(value) or ''} Kijk de kaarten na, of neem de lagere kaart alsnog af.".strip()


def _result_given(fields: tuple[str, ...] = RESULT_FIELDS) -> pl.Expr:
    return pl.any_horizontal(_c(field).is_not_null() for field in fields)


def _summer(day: pl.Expr) -> pl.Expr:
    place = day.dt.month().cast(pl.Int32) * 100 + day.dt.day().cast(pl.Int32)
    return place.is_between(715, 815)


@lru_cache(maxsize=16)
def _checks(date_format: str | None, cell: int) -> list[Check]:
    form = date_format or "dd-mm-jjjj of jjjj-mm-dd"
    day, born = _c("=taken_on"), _c("=birth_date")
    day_possible, born_possible = (d.dt.year().is_between(FIRST_YEAR, LAST_YEAR) for d in (day, born))
    nameless = pl.all_horizontal(_c(field).is_null() for field in ("pupil_key", "surname", "name"))
    numbers = "Schrijf een getal zoals 104 of 104,5, zonder letters."
    dates = f"Schrijf de datum als {form}; is het een andere volgorde, zet dan date_format in de mapping."
    made = [
        Check("error", "number-unreadable", f, _unreadable(f), f"Dit is geen getal. {_LEFT_OUT}", numbers)
        for f in ("score", "percentile")
    ]
    made += [
        Check("error", "dle-unreadable", "dle", _unreadable("dle"), f"Dit is geen DLE. {_LEFT_OUT}",
              "Schrijf maanden zoals 35, >60 of <1."),
        Check("error", "score-implausible", "score", ~_between("=score", 0, HIGHEST_SCORE),
              f"Een vaardigheidsscore van deze grootte bestaat niet. {_LEFT_OUT}",
              "Controleer of dit de kolom met vaardigheidsscores is."),
        Check("error", "dle-implausible", "dle", ~_between("=dle", 0, HIGHEST_DLE),
              f"Een DLE van deze grootte bestaat niet. {_LEFT_OUT}", "Controleer of dit de kolom met DLE’s is."),
        Check("error", "percentile-implausible", "percentile", ~_between("=percentile", 0, 100),
              f"Een percentiel ligt tussen 0 en 100. {_LEFT_OUT}", "Controleer of dit de kolom met percentielen is."),
        Check("error", "date-unreadable", "taken_on", _unreadable("taken_on"),
              f"Deze afnamedatum is niet te lezen. {_LEFT_OUT}", dates),
        Check("error", "date-implausible", "taken_on", ~day_possible,
              f"Een afnamedatum in dit jaar kan niet. {_LEFT_OUT}", "Verbeter de datum in de bron."),
        Check("warning", "birth-date-unreadable", "birth_date", _unreadable("birth_date"),
              "Deze geboortedatum is niet te lezen; op naam wordt deze leerling niet gevonden.", dates),
        Check("warning", "birth-date-implausible", "birth_date", ~born_possible,
              "Een geboortedatum in dit jaar kan niet; hij wordt niet gebruikt.", "Verbeter de datum in de bron."),
        Check("error", "date-before-birth", "taken_on", day_possible & born_possible & (day <= born),
              f"De afnamedatum ligt voor de geboortedatum. {_LEFT_OUT}", "Verbeter een van beide in de bron."),
        Check("error", "school-year-unreadable", "school_year", _unreadable("school_year"),
              f"Dit schooljaar is niet te lezen. {_LEFT_OUT}", "Schrijf het als 2025-2026."),
        Check("error", "date-outside-school-year", "taken_on", _c("=year_of_date") != _c("=school_year"),
              f"De afnamedatum valt niet in het genoemde schooljaar. {_LEFT_OUT}",
              "Verbeter de datum of het schooljaar; een schooljaar loopt van 1 augustus tot en met 31 juli."),
        Check("error", "date-missing", "taken_on", _c("taken_on").is_null() & _c("school_year").is_null(),
              f"Er staat geen afnamedatum en geen schooljaar. {_LEFT_OUT}",
              "Vul de datum in, of zet school_year onder [constants] in de mapping."),
        Check("warning", "date-in-summer", "taken_on", _summer(day),
              "Deze toets is volgens de datum midden in de zomervakantie gemaakt.", "Controleer de datum in de bron."),
        Check("error", "subject-missing", "subject", _c("subject").is_null(), f"Er staat geen vak. {_LEFT_OUT}",
              'Vul het vak in, of zet onder [constants] in de mapping bijvoorbeeld: subject = "rekenen".'),
        Check("error", "subject-unknown", "subject", _unreadable("subject"), f"Dit vak kennen wij niet. {_LEFT_OUT}",
              _subject_advice),
        Check("error", "moment-unknown", "moment", _unreadable("moment"), f"Dit moment kennen wij niet. {_LEFT_OUT}",
              "Schrijf B, M of E, of vertaal het onder [values.moment] in de mapping; leeg volgt het uit de datum."),
        Check("warning", "level-unknown", "level", _unreadable("level"),
              "Dit niveau hoort niet bij A–E of I–V; het is bewaard zoals het er staat.",
              "Controleer of dit de kolom met niveaus is, of vertaal het onder [values.level] in de mapping."),
        # kept as delivered, and so not recognised by the analyses: that may not pass in silence
        Check("warning", "level-spelling", "level", _c("=level") != _c("level"),
              "Dit niveau is anders geschreven dan A–E of I–V; het is bewaard zoals het er staat en telt niet mee in "
              "aandelen per niveau.", "Schrijf het als A–E of I–V, of vertaal het onder [values.level] in de mapping."),
        Check("error", "avi-unknown", "avi", _unreadable("avi"), f"Dit is geen AVI-niveau. {_LEFT_OUT}",
              "Schrijf Start, M3 tot en met E7 of Plus: het niveau dat wordt beheerst."),
        Check("warning", "avi-cards", "avi", _c("=avi_doubt").is_not_null(),
              "Deze AVI-kaarten spreken elkaar tegen; de hoogste beheerste kaart telt.", _cards_advice),
        Check("error", "reference-unknown", "reference_level", _unreadable("reference_level"),
              f"Dit is geen referentieniveau. {_LEFT_OUT}", "Schrijf <1F, 1F, 1S of 2F."),
        Check("warning", "grade-implausible", "grade", _unreadable("grade"), "Een jaargroep is een getal van 1 tot en "
              "met 8; deze wordt niet gebruikt.", "Verbeter de jaargroep in de bron."),
        Check("warning", "test-level-unknown", "test_level", _unreadable("test_level"),
              "Dit toetsniveau kennen wij niet; het is bewaard zoals het er staat.", "Schrijf het als M5 of E5."),
        Check("warning", "test-level-far", "test_level",
              (_c("=test_level").str.slice(1).cast(pl.Int32) - _c("=grade")).abs().gt(2) & _c("=grade").gt(0),
              "Deze toets hoort bij een jaargroep die meer dan twee jaar afwijkt van die van de leerling.",
              "Controleer of de leerling deze toets heeft gemaakt."),
        Check("error", "reason-and-result", "not_taken",
              _c("not_taken").is_not_null() & _result_given(RESULT_FIELDS[:-1]),
              f"Er staat een resultaat én een reden waarom de toets niet is gemaakt. {_LEFT_OUT}",
              "Haal een van beide weg in de bron."),
        Check("warning", "reason-unknown", "not_taken", _unreadable("not_taken"),
              "Deze reden kennen wij niet; hij telt als ‘anders’.",
              "Schrijf ziek, ontheffing, te moeilijk, net gestart of verhuisd."),
        Check("warning", "result-empty", None, ~_result_given(), f"Er staat geen resultaat en geen reden. {_LEFT_OUT}",
              "Vul het resultaat in, of de reden waarom de toets niet is gemaakt."),
        Check("error", "pupil-missing", None, nameless,
              f"Er staat geen leerlingnummer en geen naam. {_LEFT_OUT}", "Vul het leerlingnummer in."),
    ]  # fmt: skip
    texts = [*RESULT_FIELDS, "pupil_key", "surname", "first_name", "name", "group", "subject", "instrument", "version"]
    too_long = pl.any_horizontal(_c(field).str.len_bytes() > cell for field in texts)
    made.append(Check("error", "cell-too-long", None, too_long, f"Een cel is langer dan {cell} tekens. {_LEFT_OUT}",
                      "Verbeter de cel in de bron; vaak ontbreekt er een aanhalingsteken."))  # fmt: skip
    return made


@dataclass(frozen=True, slots=True)
class Part:
    """Which rows of a frame are of one file: the next `height`, read with `mapping`."""

    file: str
    mapping: Mapping
    height: int


def run(
    made: pl.DataFrame, parts: Sequence[Part], date_format: str | None, cell: int
) -> tuple[pl.LazyFrame, list[tuple[int, list[Problem]]]]:
    """The rows that count, and per part how many of them are its own and every problem, in the order of its rows.

    `made`: what parse.typed gives, of one file after the other. A value that may not be used (a birth date or grade
    that cannot be) is null after this, an unknown reason is "other".
    """
    checks = _checks(date_format, cell)
    # first only how often each one fails, in one query: most fail nowhere
    counts = made.lazy().select(c.fails.sum().alias(str(i)) for i, c in enumerate(checks)).collect(engine="in-memory")
    found = [check for check, count in zip(checks, counts.row(0), strict=True) if count]
    masks = made.select(check.fails.fill_null(False).alias(str(i)) for i, check in enumerate(found))
    failing = list(zip(found, masks.get_columns(), strict=True))
    left_out = [mask for check, mask in failing if check.severity == "error" or check.code == "result-empty"]
    kept = ~reduce(or_, left_out) if left_out else None
    outcome = []
    start = 0
    for part in parts:
        rows = slice(start, start + part.height)
        told = _of_part(made[rows], [(check, mask[rows]) for check, mask in failing], part) if failing else []
        outcome.append((part.height if kept is None else int(kept[rows].sum()), told))
        start += part.height
    born_plausible = _c("=birth_date").dt.year().is_between(FIRST_YEAR, LAST_YEAR)
    counted = made if kept is None else made.filter(kept)
    return counted.lazy().with_columns(
        pl.when(born_plausible).then("=birth_date").alias("=birth_date"),
        pl.when(_c("not_taken").is_not_null()).then(_c("=not_taken").fill_null("other")).alias("=not_taken"),
    ), outcome


def _of_part(made: pl.DataFrame, masks: Iterable[tuple[Check, pl.Series]], part: Part) -> list[Problem]:
    failing = [(check, mask, count) for check, mask in masks if (count := int(mask.sum()))]
    problems: list[Problem] = []
    for code in dict.fromkeys(check.code for check, _, _ in failing):
        same = [(check, mask, count) for check, mask, count in failing if check.code == code]
        total = sum(count for _, _, count in same)
        for check, mask, _ in same if total <= MOST_RECORDS else same[:1]:
            problems += _records(made, check, mask, part, total)
    return sorted(problems, key=lambda p: p.row or 0)


def _records(made: pl.DataFrame, check: Check, mask: pl.Series, part: Part, total: int) -> list[Problem]:
    many = total > MOST_RECORDS
    rows = made.filter(mask)
    rows = rows.head(1) if many else rows
    message = check.message
    if many:
        message = f"{message} Dit geldt voor {total} rijen; dit is de eerste."
    header, shown = _shown(rows, check.field, part.mapping)
    problems = []
    for row, value, title in zip(rows["row"], shown, header, strict=True):
        advice = check.advice if isinstance(check.advice, str) else check.advice(value or "")
        cut = None if value is None else shorten(value)
        problems.append(Problem(check.severity, part.file, check.code, message, advice, row, title, cut))
    return problems


def _shown(rows: pl.DataFrame, field: str | None, mapping: Mapping) -> tuple[list[str | None], list[str | None]]:
    """The header above the cell as it stands in the file, and the cell, for every row."""
    if field is None:
        return [None] * rows.height, [None] * rows.height
    source = "level" if field == "avi" and "avi" not in mapping.columns else field
    usual = mapping.columns.get(source, DUTCH[field])
    if f"@{source}" in rows.columns:
        return rows[f"@{source}"].fill_null(usual).to_list(), rows[field].to_list()
    return [usual] * rows.height, rows[field].to_list()
