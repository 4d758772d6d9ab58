"""Which schools are special: pupils sit there by age and level, and their grade says little."""

from __future__ import annotations

import narwhals as nw

from leercirkel.analysis.expected import Lazy
from leercirkel.analysis.frames import SCHOOL

LEAST_SHARE = 0.5
"""Of all sittings, without a grade or with a destination."""


def special_schools(rows: Lazy) -> Lazy:
    """One row per school of these sittings: `special`, when at least half of them have no grade, or at least half a
    destination. Rule: `docs/domein/analyses.md`."""
    marked = rows.select(
        SCHOOL,
        ungraded=nw.col("grade").is_null().cast(nw.Float64),
        bound=(~nw.col("destination").is_null()).cast(nw.Float64),
    )
    shares = marked.group_by(SCHOOL).agg(ungraded=nw.col("ungraded").mean(), bound=nw.col("bound").mean())
    special = (nw.col("ungraded") >= LEAST_SHARE) | (nw.col("bound") >= LEAST_SHARE)
    return shares.select(SCHOOL, special=special)
