"""Dated facts about pupils that rosters do not carry: destination and care, with the changes of every year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from leercirkel.core.destinations import ORDER
from leercirkel.demo.bao_scores import BaoModel
from leercirkel.demo.careers import History, Pupil, Seat
from leercirkel.demo.rounds import DEMO_DAY
from leercirkel.demo.sbo_scores import SboModel


@dataclass(frozen=True, slots=True)
class Mark:
    """From `since` until `until` (included; None: still holds) this holds for the pupil."""

    pupil: Pupil
    since: date
    until: date | None
    destination: str | None
    care: str  # kinds of support, as the file holds them
    reason: str = ""


FIRST, RAISED, LOWERED = (
    "leerrendement rekenen en begrijpend lezen, met ouders besproken",
    "groeide twee rondes meer dan verwacht",
    "groei blijft achter, ook met extra hulp",
)
"""Why a pupil has this destination: the first one, one that went up, one that went down."""

LEAVERS: tuple[tuple[str, int], ...] = (
    ("VSO_ARBEID", 1),
    ("VSO_VERVOLGONDERWIJS", 1),
    ("PRO", 8),
    ("VMBO_BB", 7),
    ("VMBO_KB", 4),
    ("VMBO_GL_TL", 1),
)
"""Where 22 leavers go; a double advice basis/kader is counted with half of the pupils each."""

SCHOOL: tuple[tuple[str, int], ...] = (
    ("VSO_DAGBESTEDING_ARBEIDSMATIG", 1),
    ("VSO_ARBEID", 5),
    ("VSO_VERVOLGONDERWIJS", 3),
    ("PRO", 42),
    ("VMBO_BB", 34),
    ("VMBO_KB", 19),
    ("VMBO_GL_TL", 6),
    ("HAVO", 1),
)
"""Destinations of the pupils on 1 October of the last year; the four youngest have none yet."""

UNDECIDED = 4
PLANS = 9
"""Pupils with a plan of their own beside their OPP."""

UP, DOWN = 6, 5
"""Destinations that change within the last school year, and in a usual one."""

VARIES = 3
"""In the years before it were so many more or fewer: no two years of a school are the same."""

_CHANGEABLE = ORDER[ORDER.index("VSO_ARBEID") : ORDER.index("HAVO") + 1]
_SIX_WEEKS = timedelta(days=42)
_CARE_SHARE_BAO = 9 / 173
SHORT_PLANS = 14


def for_sbo(model: SboModel, rng: Random) -> list[Mark]:
    """The marks of all pupils of the SBO: everyone has an OPP, the destination is dated and may change."""
    history = model.history
    final = _final_destinations(model, rng)
    changes: dict[str, list[tuple[date, str, str]]] = {}
    current = dict(final)
    for year in range(history.last_year, history.first_year - 1, -1):
        for pupil, day, before, after in _changes_in(history, year, current, rng):
            changes.setdefault(pupil.key, []).append((day, before, after))
            current[pupil.key] = before
    out: list[Mark] = []
    for pupil in model.pupils:
        out += _dated(pupil, current.get(pupil.key), sorted(changes.get(pupil.key, [])))
    today = _today(history)
    known = [m for m in out if m.since <= today]
    planned = _with_plan(model, known)
    return [replace(m, care="opp+ihp") if m.pupil.key in planned and m.until is None else m for m in known]


def _with_plan(model: SboModel, known: Sequence[Mark]) -> set[str]:
    """The nine pupils with a plan of their own (IHP) now: those who learn slowest for the destination they have."""
    index = {p.key: i for i, p in enumerate(model.pupils)}
    rates = model.rates.mean(axis=1)
    here = [m for m in known if m.until is None and m.destination in ("PRO", "VMBO_BB", "VMBO_KB")]

    def behind(mark: Mark) -> tuple[float, str]:
        return rates[index[mark.pupil.key]] - 0.1 * ORDER.index(mark.destination or "PRO"), mark.pupil.key

    return {m.pupil.key for m in sorted(here, key=behind)[:PLANS]}


def _today(history: History) -> date:
    return date(history.last_year + 1, *DEMO_DAY)


def _final_destinations(model: SboModel, rng: Random) -> dict[str, str]:
    """The destination each pupil has at the end of what the files know, by the expected end level."""
    history = model.history
    re, bl = model.subjects.index("rekenen"), model.subjects.index("begrijpend_lezen")
    ends = 60 * (model.rates[:, re] + model.rates[:, bl]) / 2
    expected = {p.key: end + rng.gauss(0, 2.5) for p, end in zip(model.pupils, ends.tolist(), strict=True)}
    final: dict[str, str] = {}
    for year in range(history.first_year, history.last_year + 1):
        eights = [s.pupil for s in history.in_year(year) if s.grade == 8]
        final |= _by_rank(eights, LEAVERS, expected, rng)
    counted = [s for s in history.in_year(history.last_year) if s.present_on(date(history.last_year, 10, 1))]
    youngest = sorted(counted, key=lambda s: (-s.pupil.person.birth_date.toordinal(), s.pupil.key))[:UNDECIDED]
    rest = [s.pupil for s in counted if s not in youngest and s.grade < 8]
    eight_now = [final[s.pupil.key] for s in counted if s.grade == 8]
    left = tuple((code, max(0, count - eight_now.count(code))) for code, count in SCHOOL)
    final |= _by_rank(rest, left, expected, rng)
    undecided = {s.pupil.key for s in youngest}
    others = [p for p in model.pupils if p.key not in final and p.key not in undecided]
    final |= _by_rank(others, SCHOOL, expected, rng)
    return final


def _by_rank(
    pupils: Sequence[Pupil], counts: Sequence[tuple[str, int]], expected: dict[str, float], rng: Random
) -> dict[str, str]:
    """Shares of `counts` over the pupils by rank of their expected end level; VSO vervolg is drawn, not ranked."""
    total = sum(n for _, n in counts)
    order = sorted(pupils, key=lambda p: (expected[p.key], p.key))
    out: dict[str, str] = {}
    vervolg = dict(counts).get("VSO_VERVOLGONDERWIJS", 0)
    for pupil in rng.sample(order, min(len(order), round(vervolg * len(order) / total))) if total else []:
        out[pupil.key] = "VSO_VERVOLGONDERWIJS"
        order.remove(pupil)
    ranked = [(code, n) for code, n in counts if code != "VSO_VERVOLGONDERWIJS"]
    total, summed, start = sum(n for _, n in ranked), 0, 0
    for code, count in ranked:
        summed += count
        stop = round(len(order) * summed / total)
        out |= {p.key: code for p in order[start:stop]}
        start = stop
    return out


def _changes_in(
    history: History, year: int, current: dict[str, str], rng: Random
) -> list[tuple[Pupil, date, str, str]]:
    """About six destinations that went up and five that went down within this school year, as far as there are pupils;
    in the last year exactly so many."""
    today = _today(history)
    talks = (date(year, 11, 19), date(year + 1, 2, 18), date(year + 1, 4, 8), date(year + 1, 6, 10))
    dates = [d for d in talks if d <= today]
    start = date(year, 8, 1)
    settled = [s for s in history.in_year(year) if s.grade >= 4 and s.pupil.enrolled_on < start - timedelta(days=60)]
    out = []
    taken: set[str] = set()
    up, down = (UP, DOWN) if year == history.last_year else (_about(UP, rng), _about(DOWN, rng))
    for steps, count in ((-1, up), (1, down)):
        able = [s for s in settled if s.pupil.key not in taken and _neighbour(current.get(s.pupil.key), steps)]
        for seat in rng.sample(able, min(count, len(able))):
            pupil = seat.pupil
            after = current[pupil.key]
            before = _neighbour(after, steps)
            days = [d for d in dates if pupil.left_on is None or d < pupil.left_on]
            if before is not None and days:
                taken.add(pupil.key)
                out.append((pupil, rng.choice(days), before, after))
    return out


def _about(usual: int, rng: Random) -> int:
    """How many it were in another year."""
    return usual + rng.randint(-VARIES, VARIES)


def _neighbour(code: str | None, steps: int) -> str | None:
    """The destination one step lower or higher, as far as the common ones go."""
    if code not in _CHANGEABLE:
        return None
    place = _CHANGEABLE.index(code) + steps
    return _CHANGEABLE[place] if 0 <= place < len(_CHANGEABLE) else None


def _dated(pupil: Pupil, first: str | None, changes: Sequence[tuple[date, str, str]]) -> list[Mark]:
    """From the enrolment without a destination, six weeks later with one (not before February in group 3), then the
    changes; the last holds until the pupil leaves."""
    known_from = pupil.enrolled_on + _SIX_WEEKS
    if pupil.start_group3 is not None:
        known_from = max(known_from, date(pupil.start_group3 + 1, 2, 1))
    steps: list[tuple[date, str | None, str]] = [(pupil.enrolled_on, None, "")]
    if first is not None:
        steps.append((known_from, first, FIRST))
    for day, before, after in changes:
        up = ORDER.index(before) < ORDER.index(after)
        if day > known_from:
            steps.append((day, after, RAISED if up else LOWERED))
    if pupil.left_on is not None:
        steps = [s for s in steps if s[0] <= pupil.left_on]
    ends = [since - timedelta(days=1) for since, _, _ in steps[1:]]
    return [
        Mark(pupil, since, until, code, "opp", reason)
        for (since, code, reason), until in zip(steps, [*ends, pupil.left_on], strict=True)
    ]


def for_bao(model: BaoModel, abilities: dict[str, float]) -> list[Mark]:
    """The pupils of the BAO with an OPP: nine of the last year (4%) and as large a share of those before; and in every
    year fourteen with a plan of some months (HGPD).

    `abilities`: mean ability per pupil number. The lowest have one, from group 5 on; in groups 7 and 8 with a
    destination.
    """
    history = model.history
    now = [s for s in history.in_year(history.last_year) if s.grade >= 5]
    chosen = sorted(now, key=lambda s: abilities[s.pupil.key])[:9]
    before = [p for p in model.pupils if p.key not in {s.pupil.key for s in history.in_year(history.last_year)}]
    highest = {s.pupil.key: _last_seat(history, s.pupil) for s in history.seats}
    old = [p for p in before if highest[p.key].grade >= 5]
    old = sorted(old, key=lambda p: abilities[p.key])[: round(len(old) * _CARE_SHARE_BAO)]
    marks = []
    for pupil in sorted([*(s.pupil for s in chosen), *old], key=lambda p: int(p.key)):
        marks += _opp(pupil, highest[pupil.key], abilities[pupil.key])
    marks += _short_plans(history, abilities, {m.pupil.key for m in marks})
    return [m for m in marks if m.since <= _today(history)]


def _short_plans(history: History, abilities: dict[str, float], opp: set[str]) -> list[Mark]:
    """From October until the summer: every other one of those who come after the pupils with an OPP."""
    marks = []
    for year in range(history.first_year, history.last_year + 1):
        first, last = date(year, 10, 1), date(year + 1, 7, 31)
        here = [s.pupil for s in history.in_year(year) if s.grade >= 3 and s.present_on(first)]
        order = sorted((p for p in here if p.key not in opp), key=lambda p: (abilities[p.key], p.key))
        chosen = order[: 2 * SHORT_PLANS : 2]
        marks += [Mark(pupil, first, min(last, pupil.left_on or last), None, "hgpd") for pupil in chosen]
    return marks


def _last_seat(history: History, pupil: Pupil) -> Seat:
    return next(s for s in reversed(history.seats) if s.pupil is pupil)


def _opp(pupil: Pupil, last: Seat, ability: float) -> list[Mark]:
    start = max(pupil.enrolled_on + _SIX_WEEKS, date(last.school_year - (last.grade - 5), 10, 1))
    if last.grade < 7:
        return [Mark(pupil, start, pupil.left_on, None, "opp")]
    decided = max(start, date(last.school_year - (last.grade - 7), 8, 1))
    code = "PRO" if ability < -1.3 else "VMBO_BB"
    first = [Mark(pupil, start, decided - timedelta(days=1), None, "opp")] if decided > start else []
    return [*first, Mark(pupil, decided, pupil.left_on, code, "opp", FIRST)]
