"""Which answers come first: a cover of at most six, then the school, then the groups, at most six each.

What went well comes first and is never invented: Z29 is said only of a result clearly above the norm, a goal that all
reached, a goal reached again and again, growth beyond what was expected, or a rising trend. Rules:
`docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from leercirkel.analysis.answers.places import natural_key
from leercirkel.analysis.answers.wording import MOST_WORDS, Finding, Kind, first_fitting, sentences_of
from leercirkel.analysis.model import Answer
from leercirkel.core.subjects import SUBJECTS

COVER = 6
MOST_PER_GROUP = 6

_PRIDE = "Hier mogen we trots op zijn: "

_SLOTS: tuple[tuple[Kind, int], ...] = (("proud", 1), ("clear", 2), ("pattern", 1), ("pool", 1), ("missing", 1))
"""The kinds a cover has first, and how many of each; places that stay empty go to what comes next in `_FILL`."""

_FILL: tuple[Kind, ...] = ("clear", "pattern", "breadth", "fact", "trend", "goal", "incidental", "break", "missing")

_COVER_ORDER: tuple[Kind, ...] = (
    "proud", "clear", "fact", "pattern", "breadth", "trend", "goal", "incidental", "growth", "break", "pool", "missing",
    "small", "excluded",
)  # fmt: skip

_ORDER: tuple[Kind, ...] = (
    "proud", "clear", "pattern", "breadth", "fact", "growth", "trend", "incidental", "goal", "break", "pool", "missing",
    "small", "excluded",
)  # fmt: skip


def ordered(findings: Iterable[Finding]) -> tuple[Answer, ...]:
    """The answers in the order of reading. The same findings give the same order, however they were ordered."""
    everything = sorted(findings, key=_rank)
    school = [f for f in everything if f.place is None]
    cover = _cover(school, everything)
    chosen = {id(f) for f in cover}
    rest = [f for f in school if id(f) not in chosen]
    groups: dict[str, list[Finding]] = defaultdict(list)
    for f in everything:
        if f.place is not None:
            groups[f.place].append(f)
    for place in sorted(groups, key=natural_key):
        taken = sum(f.place == place for f in cover)
        own = [f for f in _good_first(groups[place]) if id(f) not in chosen]
        rest += own[: MOST_PER_GROUP - taken]
    return tuple(f.answer for f in [*cover, *rest])


def _rank(f: Finding) -> tuple[object, ...]:
    subject = SUBJECTS.index(f.subject) if f.subject in SUBJECTS else len(SUBJECTS)
    return _ORDER.index(f.kind), f.good, -f.weight, subject, f.answer.text, repr(f.answer.evidence)


def _cover(school: Sequence[Finding], everything: Sequence[Finding]) -> list[Finding]:
    """The best six. Nothing is said twice: what the school is proud of is not repeated as a finding."""
    best = _best(everything)
    chosen = [] if best is None else [best]

    def add(kind: Kind, most: int, among: Sequence[Finding]) -> None:
        for f in among:
            if len(chosen) >= COVER or most <= 0:
                return
            if f.kind == kind and all(not _says_the_same(f, c) for c in chosen):
                chosen.append(f)
                most -= 1

    for kind, most in _SLOTS:
        add(kind, most, school)
    for kind in _FILL:
        add(kind, COVER, school)
    for kind in ("clear", "pattern"):
        add(kind, COVER, everything)
    return sorted(chosen, key=lambda f: (f is not best, _COVER_ORDER.index(f.kind)))


def _says_the_same(one: Finding, other: Finding) -> bool:
    """Two findings on the same question with the same evidence, or one of them already chosen."""
    same_question = one.answer.question == other.answer.question
    return one.answer == other.answer or (same_question and one.answer.evidence == other.answer.evidence)


def _best(findings: Sequence[Finding]) -> Finding | None:
    """The one good thing the cover begins with: what the school may be proud of, else its best reached goal."""
    kinds: tuple[Kind, ...] = ("clear", "fact", "pattern", "growth", "trend")
    proud = [f for f in findings if f.pride]
    for f in sorted(proud, key=lambda f: (f.place is not None, kinds.index(f.kind), -f.weight)):
        text = first_fitting([_PRIDE + f.pride[0], *f.pride[1:]])
        if all(len(s.split()) <= MOST_WORDS for s in sentences_of(text)):
            return replace(f, kind="proud", answer=replace(f.answer, template="Z29", text=text), place=None)
    reached = [f for f in findings if f.good and f.kind == "fact" and f.place is None]
    return max(reached, key=lambda f: f.weight, default=None)


def _good_first(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one group, its best news in front."""
    kinds: tuple[Kind, ...] = ("clear", "growth", "pattern", "trend", "breadth", "fact")
    good = [f for f in findings if f.good and f.kind in kinds]
    if not good:
        return list(findings)
    best = min(good, key=lambda f: (kinds.index(f.kind), -f.weight))
    return [best, *(f for f in findings if f is not best)]
