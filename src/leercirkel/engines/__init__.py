"""Where an analysis runs: `memory` (Polars) and `duck` (DuckDB). The only place that knows an engine by name."""
