"""What the page for a single result says of a pupil: which tests wait, or that none does."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from leercirkel.apps.assessment.round_presenters import pupils_to_test
from leercirkel.apps.organisation.models import Pupil
from leercirkel.core.progress import Cell

WINDOW = (date(2027, 1, 11), date(2027, 2, 12))


def test_nothing_left_is_told_apart_from_nothing_asked_yet() -> None:
    done, excused, waits, new = (Pupil(pk=number) for number in (1, 2, 3, 4))
    cell = Cell("M", "rekenen", "DEMO-LVS", 7, WINDOW, (1,), MappingProxyType({"ziek": (2,)}), (3,))

    during = pupils_to_test([done, excused, waits, new], [cell], date(2027, 2, 1))
    before = pupils_to_test([done], [cell], date(2026, 12, 1))

    assert [(bool(one.waiting), one.asked) for one in during] == [
        (False, True), (False, True), (True, False), (False, False),
    ]  # fmt: skip
    assert [(bool(one.waiting), one.asked) for one in before] == [(False, False)]
