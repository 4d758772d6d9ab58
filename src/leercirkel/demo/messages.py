"""Results as systems send them to each other: a UWLR message of one year, and the doorstroomtoets of group 8."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

import polars as pl

from leercirkel.core import dle
from leercirkel.core.calendar import school_year_of
from leercirkel.demo import norms
from leercirkel.demo.careers import History
from leercirkel.demo.scores import Result
from leercirkel.exchange.doorstroomtoets import writer as doorstroom
from leercirkel.exchange.doorstroomtoets.reader import PupilResult
from leercirkel.exchange.tables.parse import TABLE
from leercirkel.exchange.uwlr import writer as uwlr

AUTHOR = "Verzonnen toetssysteem"

DOORSTROOMTOETS = "Verzonnen doorstroomtoets"
"""No real test: the standard's list of kinds has real ones only, so the files name a kind that is not on it, and the
reader takes the name that they give."""

_BELOW_1F, _BELOW_TARGET = 6, 43
"""Percentiles of the LVS test in the same weeks: about 95% reach 1F and 57% the target level."""

_ADVICES = (
    (10, "pro"), (18, "vmbo-bb"), (25, "vmbo-bb tm vmbo-kb"), (33, "vmbo-kb"), (37, "vmbo-kb tm vmbo-gl/tl"),
    (46, "vmbo-gl/tl"), (54, "vmbo-gl/tl tm havo"), (64, "havo"), (77, "havo tm vwo"), (101, "vwo"),
)  # fmt: skip
"""Mean percentile below which an advice is given."""

_TARGETS = {"rekenen": "1S", "begrijpend_lezen": "2F", "taalverzorging": "2F"}


def carried(result: Result) -> bool:
    """Whether a UWLR message of the pupil's school year can hold this result: no reasons, no earlier school years."""
    return result.not_taken is None and school_year_of(result.taken_on) == result.seat.school_year


def uwlr_message(history: History, year: int, results: Sequence[Result]) -> bytes:
    """The results of one school year as a UWLR message, made in its last week."""
    rows = [
        {
            "pupil_key": r.seat.pupil.key, "subject": r.subject, "instrument": r.instrument, "version": r.version,
            "test_level": r.test_level, "taken_on": r.taken_on, "moment": r.moment, "school_year": year,
            "score": r.score, "level": r.level, "dle": months.months if months else None,
            "dle_operator": months.operator if months else None,
            "percentile": None if r.percentile is None else float(r.percentile), "avi": r.avi,
        }
        for r in results
        for months in [dle.parse(r.dle) if r.dle else None]
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema={name: TABLE[name] for name in uwlr.CARRIED})
    made_on = date(year + 1, 7, 10)
    return uwlr.write(frame, school=history.profile.school, school_year=year, created_on=made_on, author=AUTHOR)


def doorstroomtoetsen(history: History, results: Sequence[Result], rng: Random) -> Iterator[tuple[str, bytes]]:
    """A file per school year with the doorstroomtoets of group 8, close to what each pupil showed in the M round.

    In the last year three pupils have an older message beside the one that holds.
    """
    for year in range(history.first_year, history.last_year + 1):
        places: dict[str, dict[str, int]] = defaultdict(dict)
        for r in results:
            own = (r.seat.school_year, r.seat.grade, r.moment, r.instrument) == (year, 8, "M", norms.INSTRUMENT)
            if own and r.subject in _TARGETS and r.percentile is not None:
                places[r.seat.pupil.key][r.subject] = r.percentile
        messages = [_message(year, n, key, found, rng) for n, (key, found) in enumerate(sorted(places.items()), 1)]
        if year == history.last_year:
            messages += [_older(message) for message in messages[:3]]
        if messages:
            yield f"doorstroomtoets-{year}-{year + 1}.json", doorstroom.write(messages, author=AUTHOR)


def _message(year: int, number: int, key: str, places: dict[str, int], rng: Random) -> PupilResult:
    shown = {subject: max(0.0, min(100.0, place + rng.gauss(0, 4))) for subject, place in places.items()}
    mean = sum(shown.values()) / len(shown)
    levels = {
        subject: "<1F" if place < _BELOW_1F else "1F" if place < _BELOW_TARGET else _TARGETS[subject]
        for subject, place in shown.items()
    }
    return PupilResult(
        number=number,
        las_key=key,
        eck_id=None,
        school_year=year,
        made_at=datetime(year + 1, 3, 1, 9, 0, tzinfo=UTC),
        taken_on=date(year + 1, 2, 3),
        instrument=DOORSTROOMTOETS,
        subjects={subject: {"reference_level": level} for subject, level in levels.items()},
        advice=next(advice for below, advice in _ADVICES if mean < below),
    )


def _older(message: PupilResult) -> PupilResult:
    """What the test system sent two weeks before: less than what holds now."""
    made_at = None if message.made_at is None else message.made_at - timedelta(days=14)
    levels = {subject: {"reference_level": "<1F"} for subject in message.subjects}
    return PupilResult(
        message.number, message.las_key, None, message.school_year, made_at, message.taken_on, message.instrument,
        levels, message.advice,
    )  # fmt: skip
