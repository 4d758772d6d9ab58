"""The cell of one pupil on one test: the latest result, the one before, and what changed.

Made as HTML in one go: a page has some 170 of them, and a template for each would take longer than everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.translation import gettext as _

from leercirkel.analysis.model import PupilPoint, PupilTest
from leercirkel.core.calendar import school_year_label
from leercirkel.core.expected import CalendarTest, still_open
from leercirkel.core.levels import scale_and_rank
from leercirkel.core.reading import AVI_LEVELS, avi_rank
from leercirkel.core.reference import REFERENCE_RANKS
from leercirkel.documents.pupil_texts import change_text, value_texts
from leercirkel.documents.texts import Texts

COUNTED, MISSING = "counted", "missing"


@dataclass(frozen=True, slots=True)
class PupilCell:
    """One cell: its HTML without the td around it; `rank` to sort by (None: no result); `below`: the pupil's own line
    was not reached; `absent`: a test was to be taken and there is no result."""

    html: str
    rank: float | None = None
    below: bool = False
    absent: bool = False


def nothing() -> PupilCell:
    """The cell of a test that the pupil was not to take in this round."""
    return PupilCell(f'–<span class="heard"> {escape(_("niet verwacht"))}</span>')


@dataclass(frozen=True, slots=True)
class Moment:
    """When the round was, and the calendar that says until when."""

    school_year: int
    moment: str
    day: date
    calendar: Sequence[CalendarTest]

    @property
    def key(self) -> tuple[str, str]:
        """As points have it."""
        return school_year_label(self.school_year), self.moment


def pupil_cell(texts: Texts, test: PupilTest, at: Moment, grade: int | None, *, dle_first: bool = False) -> PupilCell:
    """The cell of a pupil on a test in a round. `dle_first`: the school's own line is in DLE."""
    point = next((p for p in test.points if (p.school_year, p.moment) == at.key), None)
    if point is None:
        return nothing()
    before = [p for p in test.points if p.status == COUNTED and p is not point]
    was = _was(texts, before[-1], dle_first) if before else ""
    if point.status != COUNTED:
        said = escape(reason(texts, test, at, grade, point.status))
        return PupilCell(f'<span class="soft">{said}</span>{_second("", escape(was))}', absent=True)
    main, small = value_texts(texts, point, dle_first=dle_first)
    shown = f"<b>{escape(main)}</b>" if point.reached else escape(main)
    score = f" <small>{escape(small)}</small>" if small else ""
    below = point.reached is False
    under = f'<span class="heard"> {escape(_("onder de lijn"))}</span>' if below else ""
    slope, change = growth(texts, test)
    return PupilCell(f"{shown}{score}{under}{slope}{_second(change, escape(was))}", rank(point), below)


def growth(texts: Texts, test: PupilTest) -> tuple[str, str]:
    """A small slope, clear when the change is more than the test can be off; and the change in points, DLEs or steps.
    Both empty when the last two results cannot be compared."""
    change = change_text(texts, test)
    if not change or test.change is None:
        return "", ""
    way = "up" if test.change > 0 else "down" if test.change < 0 else "same"
    real = test.real in ("up", "down")
    said = {"up": _("duidelijk vooruit"), "down": _("duidelijk achteruit")}.get(test.real or "", "")
    heard = f'<span class="heard"> {escape(said)}</span>' if said else ""
    sign, colour = (f"{way}-real", f" {way}") if real else (way, "")
    slope = f'<svg class="slope{colour}" aria-hidden="true"><use href="#slope-{sign}"/></svg>'
    return slope, f"{escape(change)}{heard}"


def _second(change: str, was: str) -> str:
    """The second line of a cell."""
    parts = ", ".join(part for part in (change, was) if part)
    return f'<small class="n">{parts}</small>' if parts else ""


def reason(texts: Texts, test: PupilTest, at: Moment, grade: int | None, status: str) -> str:
    """Why there is no result: the reason, or that it can still be taken, or that nobody knows."""
    if status != MISSING:
        return texts.reason(status)
    is_open = still_open(at.calendar, test.subject, test.instrument, at.moment, grade, at.school_year, at.day)
    return _("nog te maken") if is_open else texts.not_yet


def _was(texts: Texts, point: PupilPoint, dle_first: bool) -> str:
    return _("was %s") % " ".join(part for part in value_texts(texts, point, dle_first=dle_first) if part)


def rank(point: PupilPoint) -> float | None:
    """The place of a result among others on the same test: by score, else DLE, AVI, reference level or level."""
    if point.score is not None:
        return point.score
    if point.dle is not None:
        return point.dle
    if point.avi in AVI_LEVELS:
        return float(avi_rank(point.avi))
    if point.reference_level in REFERENCE_RANKS:
        return float(REFERENCE_RANKS[point.reference_level])
    return float(scale_and_rank(point.level)[1]) if point.level else None
