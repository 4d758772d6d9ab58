"""Lists that teachers keep: method tests of two groups, and observations of the youngest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from leercirkel.core.text import squeezed
from leercirkel.demo.careers import History, Seat
from leercirkel.demo.rounds import Round
from leercirkel.exchange.lists.writer import write_wide

METHOD_GRADES = (5, 7)
BLOCKS: tuple[tuple[str, tuple[int, int], tuple[str, ...]], ...] = (
    ("Blok 3", (11, 12), ("Rekenen tot 1000", "Klokkijken en kalender", "Verhaalsommen met twee stappen")),
    ("Blok 4", (12, 15), ("Vermenigvuldigen onder elkaar", "Omtrek en oppervlakte", "Verhaalsommen met geld")),
)
"""Name, day (month, day) and goals of the last blocks of an invented arithmetic method."""

LIST = "Kijklijst jonge kind (verzonnen)"
DOMAINS = ("getalbegrip", "mondelinge taal", "beginnende geletterdheid", "spel", "motoriek")
YOUNGEST = (1, 2)
_NOT_SEEN = 0.08


def method_tests(history: History, rng: Random) -> Iterator[tuple[str, bytes]]:
    """The last arithmetic blocks of two groups in the last school year: word problems go less well than the rest."""
    for grade in METHOD_GRADES:
        seats = [s for s in history.in_year(history.last_year) if s.grade == grade]
        place = {s.pupil.key: rng.gauss(0, 9) for s in seats}
        for block, (month, day), goals in BLOCKS:
            taken_on = date(history.last_year, month, day)
            present = [s.pupil.key for s in seats if s.present_on(taken_on)]
            cells = {
                goal: {key: _percent(place[key] + (-9 if goal.startswith("Verhaal") else 3), rng) for key in present}
                for goal in goals
            }
            head = [("vak", "rekenen"), ("blok", block), ("datum", f"{taken_on:%d-%m-%Y}")]
            yield f"methodetoets-groep-{grade}-{squeezed(block)}.csv", write_wide(head, present, cells)


def _percent(off: float, rng: Random) -> str:
    if rng.random() < 0.04:
        return "ziek"
    points = max(0, min(20, round((76 + off + rng.gauss(0, 10)) / 5)))
    return f"{points}/20"


def observations(history: History, rng: Random) -> Iterator[tuple[str, bytes]]:
    """A list per class with youngest pupils, at the middle of every school year and at its end once that is past."""
    for year in range(history.first_year, history.last_year + 1):
        for moment in ("M", "E") if year < history.last_year else ("M",):
            first, _ = Round(year, moment).window
            young = [s for s in history.in_year(year) if s.grade in YOUNGEST and s.present_on(first)]
            for group in sorted({s.group for s in young}):
                yield _list(year, moment, first, group, [s for s in young if s.group == group], rng)


def _list(year: int, moment: str, day: date, group: str, seats: Sequence[Seat], rng: Random) -> tuple[str, bytes]:
    cells = {
        domain: {s.pupil.key: _stage(s.grade, moment, rng) for s in seats if rng.random() >= _NOT_SEEN}
        for domain in DOMAINS
    }
    head = [("lijst", LIST), ("moment", moment), ("datum", f"{day:%d-%m-%Y}")]
    name = f"observaties-{year}-{year + 1}-{moment}-{squeezed(group)}.csv"
    return name, write_wide(head, [s.pupil.key for s in seats], cells)


def _stage(grade: int, moment: str, rng: Random) -> str:
    """A stage from 1 to 5: one further a year, and a half further at the end of a year."""
    return str(max(1, min(5, round(grade + 0.7 + (0.5 if moment == "E" else 0.0) + rng.gauss(0, 0.7)))))
