"""Every spec runs on every engine: the same table by hand, the same answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from leercirkel.analysis.sittings import Inputs
from leercirkel.engines.duck import DuckEngine
from leercirkel.engines.memory import MemoryEngine

Load = Callable[..., Inputs]


@pytest.fixture(params=["memory", "duck"])
def load(request: pytest.FixtureRequest) -> Load:
    """Makes Inputs of Polars frames on the engine under test."""

    def make(results: pl.DataFrame, enrolments: pl.DataFrame, marks: pl.DataFrame | None = None, **more: Any) -> Inputs:
        if request.param == "memory":
            return Inputs(MemoryEngine(), results, enrolments, marks, **more)
        engine = DuckEngine()
        loaded = [None if frame is None else engine.load(frame) for frame in (results, enrolments, marks)]
        return Inputs(engine, loaded[0], loaded[1], loaded[2], **more)

    return make
