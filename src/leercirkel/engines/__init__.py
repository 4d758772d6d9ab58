"""Where an analysis runs: `memory` (Polars), `duck` (DuckDB) and `spark` (PySpark); `choose` makes one by its name.

The only place that knows an engine by name.
"""
