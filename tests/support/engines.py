"""The engines under test. Spark's Java process is started once for all tests of a worker."""

from __future__ import annotations

from functools import cache

from leercirkel.engines.spark import SparkEngine

# What makes a hundred small questions quick; a few large ones would be slow with it.
_SMALL = {
    "spark.default.parallelism": "1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.defaultJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.defaultJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}

TWO_WORKERS = "local-cluster[2,1,1024]"
"""Two worker processes beside the one that asks."""


@cache
def spark(master: str = "local[2]") -> SparkEngine:
    """A Spark engine for small frames. The session of this process moves to this master with its next frame."""
    return SparkEngine(master, _SMALL)
