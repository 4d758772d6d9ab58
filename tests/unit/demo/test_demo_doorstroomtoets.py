"""The doorstroomtoets of the invented schools against their description: advice and reference levels."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from leercirkel.exchange.doorstroomtoets.reader import INSTRUMENTS, PupilResult, read

DESCRIBED = {
    "pro": 1, "vmbo-bb": 2, "vmbo-bb tm vmbo-kb": 2, "vmbo-kb": 3, "vmbo-kb tm vmbo-gl/tl": 2, "vmbo-gl/tl": 5,
    "vmbo-gl/tl tm havo": 4, "havo": 5, "havo tm vwo": 4, "vwo": 4,
}  # fmt: skip
"""Advice of 32 pupils of De Pluimgaard."""


def newest(school: Any) -> Iterator[PupilResult]:
    """What holds for every pupil of group 8, all years together."""
    for path in sorted(school.directory.glob("doorstroomtoets-*.json")):
        delivery, _ = read(path.read_bytes(), path.name)
        held: dict[str | None, PupilResult] = {}
        for message in delivery.results:
            before = held.get(message.las_key)
            if before is None or message.made_at > before.made_at:
                held[message.las_key] = message
        yield from held.values()


def shares(school: Any) -> tuple[float, float]:
    levels = [m["reference_level"] for message in newest(school) for m in message.subjects.values()]
    return sum(v != "<1F" for v in levels) / len(levels), sum(v in ("1S", "2F") for v in levels) / len(levels)


def test_advice_in_group_8_is_spread_as_described(make_school: Callable[..., Any]) -> None:
    found: Counter[str | None] = Counter()
    for seed in range(1, 13):  # a cohort has a level of its own: a few schools would not tell
        found.update(message.advice for message in newest(make_school("bao", 2, seed)))

    assert found.keys() <= DESCRIBED.keys()
    for advice, number in DESCRIBED.items():
        assert abs(found[advice] / found.total() - number / 32) < 0.05, (advice, found)


def test_over_the_years_95_per_cent_reach_1f_and_57_the_target_level_in_the_bao(bao: Any) -> None:
    of_1f, of_target = shares(bao)

    assert abs(of_1f - 0.95) < 0.03
    assert abs(of_target - 0.57) < 0.06


def test_a_higher_schoolweging_shows_in_the_reference_levels(bao: Any, units: Any) -> None:
    assert shares(units)[1] < shares(bao)[1]


def test_the_test_has_an_invented_name_that_is_read_as_the_file_gives_it(make_school: Callable[..., Any]) -> None:
    school = make_school("bao", 2, 1)

    names = {message.instrument for message in newest(school)}

    assert names == {"Verzonnen doorstroomtoets"}
    assert not names & set(INSTRUMENTS.values())
    for path in school.directory.glob("doorstroomtoets-*.json"):
        kinds = {message["resultatenscores"]["toetsdefinitie"] for message in json.loads(path.read_text("utf-8"))}
        assert not kinds & INSTRUMENTS.keys()
