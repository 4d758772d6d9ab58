"""The results of a whole country of invented primary schools, as Parquet by school: for measuring, and for DuckDB and
Spark. Arrays instead of the people of the demo schools, with the same norm tables and correlations."""

from leercirkel.demo.national.files import MOST_SCHOOLS, write_national

__all__ = ["MOST_SCHOOLS", "write_national"]
