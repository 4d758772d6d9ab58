"""Where does this number come from? Formula, inputs and version of the rule for any figure of a report.

Works on a report as JSON (`leercirkel/report/1`), so that also a report of last year can be asked, with the versions
of the rules it was made by.
"""

from __future__ import annotations

from math import isclose
from typing import Any

from leercirkel.analysis.explain.cells import COUNTED_BY_KEY, CellError, Found, find
from leercirkel.analysis.explain.formula import Formula, Record
from leercirkel.analysis.explain.formulas import FORMULAS
from leercirkel.core.records import dataclass
from leercirkel.core.rules import RULES

__all__ = ["CellError", "Derivation", "explain"]

NOT_ALL = "Een rapport voor het bestuur toont niet alles: vraag het aan het rapport voor het team."

ABSENT = ("expected", "missing", "not_taken")
"""Fields of a cell with who has no result: a board is told of them only where nobody has one."""

OF_THE_SCHOOL = ("threshold", "expected_from", "expected_growth", "two_below")
"""Figures that are absent from any report where they do not apply: a board has them where the team has."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """One figure explained.

    `inputs`: (name, cell, value) of the figures it is made of. `again`: the same figure computed anew from those
    inputs, None where the report does not hold enough for that; `agrees` compares them. `version` is the rule's when
    the report was made (None in a report that did not keep it), `version_now` that of this program.
    """

    cell: str
    value: Any
    name: str
    formula: str
    inputs: tuple[tuple[str, str, Any], ...]
    again: Any
    agrees: bool | None
    rule: str
    version: str | None
    version_now: str
    page: str
    files: tuple[str, ...]
    withheld: bool = False  # the report is for a board, which is not told this figure, or not whether there is one


def explain(report: Record, cell: str) -> Derivation:
    """Formula, inputs and version of the rule of the figure at `cell` (see `cells`). Raises CellError."""
    board = report.get("audience") == "board"
    try:
        found = find(report, cell)
    except CellError as error:
        raise CellError(f"{error}\n{NOT_ALL}") if board else error from None
    formula = FORMULAS.get(found.place, {}).get(found.field)
    if formula is None:
        raise CellError(f"{found.cell} is geen uitgerekend getal, maar een kenmerk: {found.value}.")
    withheld = board and is_withheld(found)
    value = None if withheld else found.value
    again = formula.again(found.record, report["method"]) if formula.again and value is not None else None
    rule = RULES[formula.rule]
    return Derivation(
        cell=found.cell,
        value=value,
        name=formula.name,
        formula=formula.text,
        inputs=_inputs(found, formula),
        again=again,
        agrees=None if again is None else _same(again, value),
        rule=rule.title,
        version=report["method"].get("rules", {}).get(formula.rule),
        version_now=rule.version,
        page=rule.page,
        files=tuple(report["method"]["files"]),
        withheld=withheld,
    )


def is_withheld(found: Found) -> bool:
    """Whether a report for a board leaves this figure out: it is empty, or tells who has no result."""
    if found.place in ("overview", "totals") and found.field in ABSENT:
        return bool(found.record["counted"]) or found.field == "missing"
    return found.value is None and found.field not in OF_THE_SCHOOL


def _inputs(found: Found, formula: Formula) -> tuple[tuple[str, str, Any], ...]:
    around = found.cell.rsplit(".", 2 if found.field in COUNTED_BY_KEY else 1)[0]
    names = FORMULAS[found.place]
    return tuple(
        (names[key].name if key in names else key, f"{around}.{key}", found.record.get(key)) for key in formula.inputs
    )


def _same(one: Any, other: Any) -> bool:
    numbers = isinstance(one, int | float) and isinstance(other, int | float)
    return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9) if numbers else bool(one == other)
