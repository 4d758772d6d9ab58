"""Rounds of tests, shaped for the pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leercirkel.apps.assessment.hand import TestName
from leercirkel.apps.assessment.models import Result
from leercirkel.apps.assessment.selectors.hand import may_write
from leercirkel.apps.assessment.words import NOT_TAKEN, test_name
from leercirkel.apps.organisation.models import Pupil
from leercirkel.core.dle import Dle
from leercirkel.core.progress import AHEAD, Cell


@dataclass(frozen=True, slots=True)
class Named:
    """A test with its name on the page and its code in an address. `state`: "" (taken), "waiting", a reason's code, or
    "?" when nothing is known of it; `state_text` says it."""

    code: str
    label: str
    moment: str
    state: str = "?"
    state_text: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class PupilToTest:
    """A pupil with the tests that nobody has a result of, though their window has begun. `asked`: any test has been."""

    pupil: Pupil
    waiting: Sequence[Named]
    asked: bool = False


def named(test: TestName, state: str = "?", here: bool = False) -> Named:
    """A test as a page shows it."""
    text = _("gemaakt") if state == "" else _("nog niet") if state == "waiting" else str(NOT_TAKEN.get(state, ""))
    return Named(test.code, test_name(test.subject, test.instrument), test.moment, state, text, here)


def name_of(cell: Cell) -> TestName:
    """The test of a cell."""
    return TestName(cell.moment, cell.subject, cell.instrument)


def pupils_to_test(pupils: Sequence[Pupil], cells: Sequence[Cell], today: date) -> list[PupilToTest]:
    """Every pupil of a group, with what is still to be taken."""
    begun = [cell for cell in cells if cell.phase(today) != AHEAD]
    asked = {pk for cell in begun for pk in (*cell.taken, *(of for pks in cell.reasons.values() for of in pks))}
    return [
        PupilToTest(
            pupil,
            [named(name_of(cell), "waiting") for cell in begun if pupil.pk in cell.waiting],
            pupil.pk in asked,
        )
        for pupil in pupils
    ]


def tests_to_choose(found: Sequence[tuple[Cell, str]], subjects: Collection[str] | None, asked: str) -> list[Named]:
    """The tests of a pupil, those without a result first."""
    made = [
        named(name_of(cell), state, name_of(cell).code == asked)
        for cell, state in found if may_write(subjects, cell.subject)
    ]  # fmt: skip
    return sorted(made, key=lambda each: each.state == "")


def result_text(result: Result) -> str:
    """What a result says, in a few words: “104, niveau II”."""
    said: list[Any] = []
    if result.score is not None:
        said.append(f"{result.score:g}".replace(".", ","))
    if result.level:
        said.append(_("niveau %s") % result.level)
    if result.dle is not None:
        said.append(_("DLE %s") % Dle(result.dle, result.dle_operator or "=").text)  # type: ignore[arg-type]
    if result.avi:
        said.append(_("AVI %s") % result.avi)
    if result.percentile is not None:
        said.append(_("percentiel %s") % f"{result.percentile:g}".replace(".", ","))
    said += [each for each in (result.reference_level, NOT_TAKEN.get(result.not_taken)) if each]
    return ", ".join(map(str, said)) or "–"


def already(result: Result) -> str:
    """That there is a result of this round already."""
    day = date_format(result.taken_on, "j F Y") if result.taken_on else _("zonder datum")
    return _("Er is al een uitslag van deze toets in deze ronde (%(day)s: %(result)s). Dan telt de laatste.") % {
        "day": day, "result": result_text(result),
    }  # fmt: skip
