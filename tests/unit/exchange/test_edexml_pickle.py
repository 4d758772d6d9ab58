"""Rosters travel from one process to another without a change."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from datetime import date

from leercirkel.exchange.edexml.model import Pupil


def test_a_pupil_travels_with_every_field() -> None:
    pupil = Pupil("1", True, "Berg", "van den", "Noor", "N", date(2015, 3, 1), "female", "4", "g4", ("i1", "i2"),
                  date(2021, 8, 1), date(2019, 8, 1), date(2026, 7, 1), "eck", "loc", 12)  # fmt: skip

    assert None not in dataclasses.astuple(pupil)
    assert pickle.loads(pickle.dumps(pupil)) == pupil == copy.copy(pupil)
