"""Every spec runs on every engine: the same table by hand, the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
import pytest
from tests.support.engines import spark

from leercirkel.analysis.sittings import Inputs
from leercirkel.engines.duck import DuckEngine
from leercirkel.engines.memory import MemoryEngine
from leercirkel.engines.spark import SparkEngine

Load = Callable[..., Inputs]


@pytest.fixture(params=["memory", "duck", "spark"])
def engine(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The engine under test."""
    made: Any = {"memory": MemoryEngine, "duck": DuckEngine, "spark": spark}[request.param]()
    yield made
    if isinstance(made, SparkEngine):
        made.release()


@pytest.fixture
def load(engine: Any) -> Load:
    """Makes Inputs of Polars frames on the engine under test."""
    in_memory = isinstance(engine, MemoryEngine)

    def make(results: pl.DataFrame, enrolments: pl.DataFrame, marks: pl.DataFrame | None = None, **more: Any) -> Inputs:
        loaded = [frame if frame is None or in_memory else engine.load(frame) for frame in (results, enrolments, marks)]
        for name in ("method_tests", "observations", "advices"):
            if more.get(name) is not None and not in_memory:
                more[name] = engine.load(more[name])
        return Inputs(engine, loaded[0], loaded[1], loaded[2], **more)

    return make
