"""What was out of the ordinary in a pupil's way through the grades.

Rules: `docs/domein/leertijd.md`. An extra year in the kindergarten groups does not count for didactic age, a repeated
year in group 3–8 does.
"""

from __future__ import annotations

from leercirkel.core.didactic_age import History
from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Career:
    """What was out of the ordinary, as school years in which it happened.

    `repeated`: same grade (3–8) as the year before. `skipped`: a grade was passed over; DL by time and by grade then
    differ the other way round. `longer_kindergarten`: group 2 was done twice. `late_arrival`: first seen in group 4 or
    higher, so that what came before is not known.
    """

    repeated: tuple[int, ...]
    skipped: tuple[int, ...]
    longer_kindergarten: bool
    late_arrival: bool


def career(history: History) -> Career:
    """What was out of the ordinary in the years that are known. Only years that follow each other are compared."""
    grades = dict(sorted((y, g) for y, g in history if g is not None))
    pairs = [(year, grades[year - 1], grade) for year, grade in grades.items() if year - 1 in grades]
    return Career(
        repeated=tuple(year for year, before, now in pairs if now == before >= 3),
        skipped=tuple(year for year, before, now in pairs if now - before > 1),
        longer_kindergarten=any(now == before == 2 for _, before, now in pairs),
        late_arrival=bool(grades) and grades[min(grades)] > 3,
    )
