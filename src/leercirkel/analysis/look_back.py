"""Looking back on a plan: goals reached, who moved, notes in short (`docs/domein/groepsplannen.md`).

Nothing of it names a pupil: it goes into the text of a plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import narwhals as nw

from leercirkel.analysis.ground import Ground
from leercirkel.analysis.sittings import COUNTED
from leercirkel.core import dutch, english
from leercirkel.core.levels import scale_and_rank
from leercirkel.core.reading import AVI_LEVELS, avi_rank
from leercirkel.core.records import dataclass
from leercirkel.core.reference import REFERENCE_RANKS

Language = Literal["nl", "en"]
_ROW = ("pupil", "taken_on", "score", "dle", "dle_operator", "level", "avi", "reference_level")


@dataclass(frozen=True, slots=True)
class Reached:
    """`reached` of the `counted` pupils with a result since the plan began."""

    reached: int
    counted: int


@dataclass(frozen=True, slots=True)
class GoalOutcome:
    """How one goal came out. `met` None: nobody knows yet; `said`: the teacher said so, it was not computed."""

    goal: int
    text: str
    reached: int | None
    counted: int | None
    met: bool | None
    said: bool


@dataclass(frozen=True, slots=True)
class NoteCount:
    """How often a phrase of the school's list was noted, of how many pupils."""

    text: str
    notes: int
    pupils: int


@dataclass(frozen=True, slots=True)
class LookBack:
    """What the figures say of a plan. `up` and `down`: pupils who went to an arrangement more or less ahead; `own`:
    notes in a teacher's own words, of which only the number is told: a name may be in them."""

    goals: tuple[GoalOutcome, ...]
    up: int
    down: int
    notes: tuple[NoteCount, ...]
    own: int

    def written(self) -> dict[str, Any]:
        """As it is kept (JSON); `read` gives it back."""
        names = ("goal", "text", "reached", "counted", "met", "said")
        return {
            "goals": [{name: getattr(one, name) for name in names} for one in self.goals],
            "up": self.up,
            "down": self.down,
            "notes": [[one.text, one.notes, one.pupils] for one in self.notes],
            "own": self.own,
        }

    @staticmethod
    def read(kept: Mapping[str, Any]) -> LookBack:
        """What `written` gave; of nothing at all an empty one."""
        return LookBack(
            tuple(GoalOutcome(**one) for one in kept.get("goals", ())),
            kept.get("up", 0),
            kept.get("down", 0),
            tuple(NoteCount(*one) for one in kept.get("notes", ())),
            kept.get("own", 0),
        )


def reached_of(
    ground: Ground, subject: str, quantity: str, threshold: str, pupils: Iterable[str], since: date, tier: str = "",
    until: date = date.max,
) -> Reached:  # fmt: skip
    """How many of these pupils (keys of the ground) reach a threshold by their newest result in the subject, taken
    between `since` and `until`, both included. Who has none, or one that cannot be compared with it (another scale; a
    DLE "beyond" that says nothing), is not counted. `threshold` empty: the line of the pupil's own, of this tier, or of
    the school's main one.
    """
    asked = set(pupils)
    if not threshold:
        return _own_lines(ground, subject, asked, since, until, tier)
    newest: dict[str, tuple[Any, bool]] = {}
    for row in ground.engine.rows(ground.rows.filter(_counted(subject, asked, since, until)).select(*_ROW)):
        found = _reaches(row, quantity, threshold)
        before = newest.get(row["pupil"])
        if found is not None and (before is None or row["taken_on"] > before[0]):
            newest[row["pupil"]] = (row["taken_on"], found)
    return Reached(sum(found for _day, found in newest.values()), len(newest))


def _counted(subject: str, pupils: set[str], since: date, until: date) -> nw.Expr:
    """Filtered by the engine: the ground has the results of all pupils and years of a school."""
    days = (nw.col("taken_on") >= since) & (nw.col("taken_on") <= until)
    return (nw.col("subject") == subject) & (nw.col("status") == COUNTED) & nw.col("pupil").is_in(sorted(pupils)) & days


def _own_lines(ground: Ground, subject: str, pupils: set[str], since: date, until: date, tier: str) -> Reached:
    key = ("pupil", "school_year", "moment", "instrument")
    kept = _counted(subject, pupils, since, until)
    days = {
        tuple(row[name] for name in key): row["taken_on"]
        for row in ground.engine.rows(ground.rows.filter(kept).select(*key, "taken_on"))
    }
    main = tier or ground.main_tiers.get(subject)
    newest: dict[str, tuple[Any, bool]] = {}
    theirs = (nw.col("subject") == subject) & nw.col("pupil").is_in(sorted(pupils))
    for line in ground.engine.rows(ground.lines.filter(theirs)):
        day = days.get(tuple(line[name] for name in key))
        if day is None or line["care_line"] or line["reached"] is None:
            continue
        before = newest.get(line["pupil"])
        if (main is None or line["tier"] == main) and (before is None or day > before[0]):
            newest[line["pupil"]] = (day, bool(line["reached"]))
    return Reached(sum(found for _day, found in newest.values()), len(newest))


def _reaches(row: Mapping[str, Any], quantity: str, threshold: str) -> bool | None:
    if quantity in ("score", "dle"):
        value, limit = row[quantity], float(threshold.replace(",", "."))
        operator = row["dle_operator"] if quantity == "dle" else "="
        if value is None or (operator == ">" and value < limit) or (operator == "<" and value > limit):
            return None
        return bool(value >= limit) and operator != "<"
    if quantity == "level":
        if not row["level"]:
            return None
        (scale, rank), (wanted_scale, wanted) = scale_and_rank(row["level"]), scale_and_rank(threshold)
        return rank >= wanted if scale == wanted_scale else None
    if quantity == "avi":
        known = row["avi"] in AVI_LEVELS and threshold in AVI_LEVELS
        return avi_rank(row["avi"]) >= avi_rank(threshold) if known else None
    has, asked = REFERENCE_RANKS.get(row["reference_level"] or ""), REFERENCE_RANKS.get(threshold)
    return None if has is None or asked is None else has >= asked


def mastered_of(text: str, rows: Iterable[tuple[int, str, float]], sufficient_from: float) -> Reached | None:
    """How many pupils mastered what a goal says, by method tests (pupil, goal, percentage; by day) with a goal that the
    text names; of several of these all, of each the last time. None when the text names none."""
    said = text.casefold()
    last = {(pupil, goal): percent for pupil, goal, percent in rows if goal and goal.casefold() in said}
    if not last:
        return None
    pupils: dict[int, bool] = {}
    for (pupil, _goal), percent in last.items():
        pupils[pupil] = pupils.get(pupil, True) and percent >= sufficient_from
    return Reached(sum(pupils.values()), len(pupils))


def is_met(reached: int | None, counted: int | None, to_reach: int | None, of: int | None) -> bool | None:
    """Whether a goal in children was met. Counted of fewer pupils than it was set for, it asks the same part of them,
    rounded up: 6 of 8, of whom 7 have a result, is 6 of 7. None without a result, or without a number to reach."""
    if reached is None or not counted or to_reach is None or not of:
        return None
    return reached >= min(to_reach, -(-to_reach * counted // of))


def moves(before: Mapping[int, int], now: Mapping[int, int]) -> tuple[int, int]:
    """How many pupils went to an arrangement more ahead, and to one less ahead. Pupil → place, 0 the most ahead; who is
    not in both is not counted."""
    both = before.keys() & now.keys()
    return sum(now[pupil] < before[pupil] for pupil in both), sum(now[pupil] > before[pupil] for pupil in both)


def notes_in_short(notes: Iterable[tuple[int, str]], phrases: Iterable[str]) -> tuple[tuple[NoteCount, ...], int]:
    """Notes (pupil, text) counted per phrase of the list, the most used first; and how many are in own words."""
    known = set(phrases)
    found: dict[str, list[int]] = defaultdict(list)
    own = 0
    for pupil, text in notes:
        if text in known:
            found[text].append(pupil)
        else:
            own += 1
    counts = [NoteCount(text, len(pupils), len(set(pupils))) for text, pupils in found.items()]
    return tuple(sorted(counts, key=lambda one: (-one.notes, one.text))), own


def sentences_of(back: LookBack, language: Language = "nl", *, listed: bool = False) -> list[str]:
    """G6 and what goes with it, a sentence each; nothing of what is not known. `listed`: the goals stand below it with
    how each came out, so which ones were not reached is not told twice."""
    words = _english if language == "en" else _dutch
    return words(back, [one for one in back.goals if one.met is not None], listed)


def _dutch(back: LookBack, known: Sequence[GoalOutcome], listed: bool) -> list[str]:
    said = []
    if known:
        met, of = sum(bool(one.met) for one in known), len(known)
        verb = dutch.agree(met, "is er", "zijn er")
        number = "geen" if met == 0 else dutch.number_word(met)
        if of == 1:
            one = "Het doel" if len(back.goals) == 1 else "Eén doel"
            said.append(f"{one} is gehaald." if met else f"{one} is niet gehaald: {_short(known[0].text)}.")
        else:
            said.append(f"Van de {dutch.number_word(of)} doelen {verb} {number} gehaald.")
            missed = [_short(one.text) for one in known if not one.met]
            if missed and not listed:
                said.append(f"Niet gehaald: {'; '.join(missed)}.")
    open_ = len(back.goals) - len(known)
    if open_:
        said.append(f"Van {dutch.counted(open_, 'doel', 'doelen')} weten we het nog niet.")
    parts = [
        dutch.counted(number, "leerling", "leerlingen") + f" {dutch.agree(number, 'ging', 'gingen')} naar een {what}"
        for number, what in ((back.up, "aanbod met meer uitdaging"), (back.down, "aanbod met meer instructie"))
        if number
    ]
    if parts:
        said.append(dutch.sentence(f"{dutch.listed(parts)}."))
    if back.notes:
        told = [
            f"{n.text} ({n.notes} keer, bij {dutch.counted(n.pupils, 'leerling', 'leerlingen')})" for n in back.notes
        ]
        said.append(f"Genoteerd: {'; '.join(told)}.")
    if back.own:
        said.append(dutch.sentence(f"{dutch.counted(back.own, 'notitie', 'notities')} in eigen woorden."))
    return said


def _english(back: LookBack, known: Sequence[GoalOutcome], listed: bool) -> list[str]:
    said = []
    if known:
        met, of = sum(bool(one.met) for one in known), len(known)
        if of == 1:
            one = "The goal" if len(back.goals) == 1 else "One goal"
            said.append(f"{one} was reached." if met else f"{one} was not reached: {_short(known[0].text)}.")
        else:
            number = "none" if met == 0 else english.number_word(met)
            said.append(
                f"Of the {english.number_word(of)} goals, {number} {english.agree(met, 'was', 'were')} reached."
            )
            missed = [_short(one.text) for one in known if not one.met]
            if missed and not listed:
                said.append(f"Not reached: {'; '.join(missed)}.")
    open_ = len(back.goals) - len(known)
    if open_:
        said.append(f"Of {english.counted(open_, 'goal', 'goals')} we do not know yet.")
    parts = [
        english.counted(number, "pupil", "pupils") + f" went to work with {what}"
        for number, what in ((back.up, "more challenge"), (back.down, "more instruction"))
        if number
    ]
    if parts:
        said.append(english.sentence(f"{english.listed(parts)}."))
    if back.notes:
        told = [f"{n.text} ({n.notes} times, of {english.counted(n.pupils, 'pupil', 'pupils')})" for n in back.notes]
        said.append(f"Noted: {'; '.join(told)}.")
    if back.own:
        said.append(english.sentence(f"{english.counted(back.own, 'note', 'notes')} in own words."))
    return said


def _short(text: str) -> str:
    """A goal as part of a sentence: its first sentence, without the end."""
    return text.strip().split(". ")[0].rstrip(".")
