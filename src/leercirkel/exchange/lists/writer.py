"""Lists as a teacher would keep them: head rows above, a row per pupil, a column per goal or domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leercirkel.exchange.small_tables import to_csv


def write_wide(
    head: Sequence[tuple[str, str]], pupils: Sequence[str], columns: Mapping[str, Mapping[str, str]]
) -> bytes:
    """A wide list as CSV: `head` stands above it (("vak", "rekenen") …), `columns` is goal → pupil → what came of it.

    A pupil who is not under a goal has an empty cell there.
    """
    header = ["leerlingnummer", *columns]
    body = [[pupil, *(cells.get(pupil, "") for cells in columns.values())] for pupil in pupils]
    first, *others = [[*row, *[""] * (len(header) - len(row))] for row in [*map(list, head), header, *body]]
    return to_csv(first, others)
