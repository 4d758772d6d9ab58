"""Tables of growth norms (TOML) → `analysis.growth_norms.NormTable`. The format: docs/domein/groeinormen.md."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from leercirkel.analysis.growth_norms.cohort import NormTable, NormTest, Occasion, earlier_occasions, occasion
from leercirkel.analysis.growth_norms.model import MOST_PRIORS, PERCENTILES, GrowthNorm
from leercirkel.analysis.growth_norms.splines import DEGREE, KNOTS_AT, Spline, design
from leercirkel.core.calendar import parse_school_year
from leercirkel.exchange.problems import Problem, has_errors
from leercirkel.exchange.toml_tables import Table, check_keys, decode, is_number, is_whole, parse, tables

FIELDS = ("subject", "instrument", "version", "to", "from", "school_years", "pupils", "coefficients", "prior")
_PRIOR = ("knots", "outer", "scores")
_AGAIN = "Maak het bestand opnieuw met leercirkel growth-norms, of vraag het opnieuw aan wie het maakte."


def read(data: bytes, name: str) -> tuple[tuple[NormTable, ...] | None, list[Problem]]:
    """The growth norms of a file, in its order. Never raises; a file with an error gives None, since a norm that is
    half right is wrong."""
    text, problems = decode(data, name)
    if text is None:
        return None, problems
    values, found = parse(text, name)
    problems += found
    if values is None:
        return None, problems
    given = tables(text, values, "growth_norm", "groeinorm", name, problems)
    made = [_table(one) for one in given]
    _once(given, made)
    if not made or has_errors(problems) or any(one is None for one in made):
        return None, problems
    return tuple(one for one in made if one is not None), problems


def _once(given: list[Table], made: list[NormTable | None]) -> None:
    """A test has one norm from the same earlier occasions to the same later one."""
    seen: set[tuple[object, ...]] = set()
    for table, one in zip(given, made, strict=True):
        key = None if one is None else (one.test, one.to, one.earlier)
        if key in seen:
            table.error("twice", "deze groeinorm staat al eerder in het bestand.", "Haal een van de twee weg.", "to")
        elif key is not None:
            seen.add(key)


def _table(table: Table) -> NormTable | None:
    before = len(table.problems)
    check_keys(table, FIELDS)
    texts = {key: _text(table, key, empty=key == "version") for key in ("subject", "instrument", "version")}
    to, earlier = _occasions(table)
    years = _years(table)
    pupils = table.values.get("pupils")
    if not is_whole(pupils) or not isinstance(pupils, int) or pupils < 1:
        table.error("pupils", "het aantal leerlingen ontbreekt of kan niet kloppen.", _AGAIN, "pupils")
    splines = _splines(table, len(earlier))
    columns = 1 + sum(one.columns for one in splines)
    coefficients = _coefficients(table, columns) if len(splines) == len(earlier) else ()
    if len(table.problems) > before or to is None or not isinstance(pupils, int) or years is None:
        return None
    norm = GrowthNorm(splines, coefficients, pupils)
    if not _rises(norm):
        message = "de percentielen lopen niet op: in het midden hoort percentiel 10 onder 50 te liggen, en 50 onder 90."
        table.error("order", message, _AGAIN, "coefficients")
        return None
    return NormTable(NormTest(**texts), to, earlier, years, norm)


def _rises(norm: GrowthNorm) -> bool:
    """Whether the 10th, 50th and 90th percentile rise at the middle of the earlier scores, as they are written: what
    two neighbours may do where pupils are few, these cannot."""
    middle = np.array([[sum(one.scores) / 2 for one in norm.splines]])
    low, half, high = (design(norm.splines, middle) @ np.array(norm.coefficients).T)[0, [9, 49, 89]]
    return bool(low < half < high)


def _text(table: Table, key: str, *, empty: bool) -> str:
    value = table.values.get(key)
    if isinstance(value, str) and (value or empty) and len(value) <= 200:
        return value
    table.error(key, f"{key} ontbreekt of is geen tekst.", _AGAIN, key)
    return ""


def _occasions(table: Table) -> tuple[Occasion | None, tuple[Occasion, ...]]:
    to, given = table.values.get("to"), table.values.get("from")
    at = occasion(to) if isinstance(to, str) else None
    if at is None:
        table.error("to", 'to hoort een jaargroep en een moment te zijn, zoals "6/M".', _AGAIN, "to")
    listed = given if isinstance(given, list) and 1 <= len(given) <= MOST_PRIORS else []
    found = [one for text in listed if isinstance(text, str) and (one := occasion(text))]
    wrong = not found or len(found) < len(listed)
    if not wrong and at is not None:
        wrong = earlier_occasions(at, found, len(found)) is None
    if wrong:
        message = 'from hoort één tot drie eerdere toetsen te noemen, de nieuwste eerst, zoals ["5/M", "4/M"].'
        table.error("from", message, _AGAIN, "from")
        return at, ()
    return at, tuple(found)


def _years(table: Table) -> tuple[int, int] | None:
    given = table.values.get("school_years")
    years = [parse_school_year(year) for year in given if isinstance(year, str)] if isinstance(given, list) else []
    if len(years) == 2 and years[0] is not None and years[1] is not None and years[0] <= years[1]:
        return years[0], years[1]
    message = 'school_years hoort het eerste en het laatste schooljaar te zijn, zoals ["2021-2022", "2024-2025"].'
    table.error("school-years", message, _AGAIN, "school_years")
    return None


def _splines(table: Table, many: int) -> tuple[Spline, ...]:
    given = table.values.get("prior")
    if not isinstance(given, list) or len(given) != many:
        message = "bij elke eerdere toets hoort één [[growth_norm.prior]]."
        table.error("prior", message, _AGAIN, "prior")
        return ()
    made = [_spline(values) for values in given]
    if None in made:
        message = "de knopen van een [[growth_norm.prior]] kloppen niet: knots, outer en scores horen te stijgen."
        table.error("prior", message, _AGAIN, "prior")
        return ()
    return tuple(one for one in made if one is not None)


def _spline(values: Any) -> Spline | None:
    if not isinstance(values, dict) or set(values) != set(_PRIOR):
        return None
    knots, outer, scores = (_numbers(values[key]) for key in _PRIOR)
    if knots is None or len(knots) > len(KNOTS_AT) or not outer or not scores or len(outer) != 2 or len(scores) != 2:
        return None
    rising = [outer[0], scores[0], *knots, scores[1], outer[1]]
    if any(later <= before for before, later in pairwise(rising)):
        return None
    return Spline(knots, (outer[0], outer[1]), (scores[0], scores[1]))


def _coefficients(table: Table, columns: int) -> tuple[tuple[float, ...], ...]:
    given = table.values.get("coefficients")
    rows = [_numbers(row) for row in given] if isinstance(given, list) else []
    made = tuple(row for row in rows if row is not None and len(row) == columns)
    if len(made) != len(rows) or len(made) != len(PERCENTILES):
        message = f"coefficients hoort {len(PERCENTILES)} rijen van {columns} getallen te hebben."
        table.error("coefficients", message, _AGAIN, "coefficients")
        return ()
    return made


def _numbers(given: Any) -> tuple[float, ...] | None:
    if not isinstance(given, list) or len(given) > 1 + MOST_PRIORS * (len(KNOTS_AT) + DEGREE):
        return None
    return tuple(float(value) for value in given) if all(is_number(value) for value in given) else None
