"""An invented country as the open-data files of DUO, CBS and the inspectorate: no school in it exists."""

from __future__ import annotations

from leercirkel.demo.open_data.files import LAST_SCHOOL_YEAR, MOST_SCHOOLS, write_open_data

__all__ = ["LAST_SCHOOL_YEAR", "MOST_SCHOOLS", "write_open_data"]
