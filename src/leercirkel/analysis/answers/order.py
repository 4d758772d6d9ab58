"""Which answers come first: a cover of at most six, then the school, then the groups, at most six each.

What went well comes first and is never invented: Z29 is said only of a result clearly above the norm, a goal that all
reached, a goal reached again and again, growth beyond what was expected, or a rising trend. Rules:
`docs/domein/zinnen.md`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from leercirkel.analysis.answers.facts import Praised, Proud
from leercirkel.analysis.answers.places import natural_key
from leercirkel.analysis.answers.say import short, texts
from leercirkel.analysis.answers.wording import Finding, Kind
from leercirkel.analysis.model import Answer
from leercirkel.core.subjects import SUBJECTS

COVER = 6
MOST_PER_GROUP = 6
MOST_PER_KIND = 3

_SLOTS: tuple[tuple[Kind, int], ...] = (
    ("proud", 1), ("effect", 1), ("agreement", 1), ("clear", 1), ("pattern", 1), ("pool", 1), ("clear", 1),
    ("missing", 1),
)  # fmt: skip
"""The kinds a cover has first, and how many of each; places that stay empty go to what comes next in `_FILL`."""

_FILL: tuple[Kind, ...] = ("clear", "pattern", "breadth", "fact", "trend", "goal", "incidental", "break", "missing")

_PRIDE_ORDER: tuple[Kind, ...] = ("clear", "pattern", "fact", "growth", "trend")
"""What we are proud of first: this round's results, then what lasts; of each, the whole school before a group."""

_COVER_ORDER: tuple[Kind, ...] = (
    "proud", "clear", "fact", "pattern", "breadth", "trend", "goal", "incidental", "growth", "effect",
    "agreement", "break", "line", "destinations", "pool", "missing", "small", "excluded",
)  # fmt: skip

_ORDER: tuple[Kind, ...] = (
    "proud", "clear", "pattern", "breadth", "fact", "growth", "line", "trend", "effect", "agreement",
    "incidental", "goal", "break", "destinations", "pool", "missing", "small", "excluded",
)  # fmt: skip


def ordered(findings: Iterable[Finding]) -> tuple[Answer, ...]:
    """The answers in the order of reading. The same findings give the same order, however they were ordered."""
    everything = _once(sorted(findings, key=_rank))
    school = [f for f in everything if f.place is None]
    cover = _cover(school, everything)
    chosen = {id(f) for f in cover}
    rest = [f for f in school if id(f) not in chosen]
    groups: dict[str, list[Finding]] = defaultdict(list)
    for f in everything:
        if f.place is not None:
            groups[f.place].append(f)
    for place in sorted(groups, key=lambda p: (_is_group(groups[p]), natural_key(p))):
        taken = sum(f.place == place for f in cover)
        own = [f for f in groups[place] if id(f) not in chosen]
        rest += _of_group(own, MOST_PER_GROUP - taken)
    return tuple(f.answer for f in [*cover, *rest])


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Without the plain facts (Z03, Z04) of cells whose pattern is told: that sentence holds the same counts, and what
    comes back every time is no longer told as possible chance."""
    repeated = [f.answer.evidence[0].key for f in findings if f.answer.template == "Z14"]
    return [f for f in findings if f.answer.template not in ("Z03", "Z04") or f.answer.evidence[0].key not in repeated]


def _is_group(findings: Sequence[Finding]) -> bool:
    """Whether a place is a group; else it is a grade, an age band or a destination over several groups."""
    return any(e.kind in ("overview", "cohort_trend") for f in findings for e in f.answer.evidence)


def _rank(f: Finding) -> tuple[object, ...]:
    subject = SUBJECTS.index(f.subject) if f.subject in SUBJECTS else len(SUBJECTS)
    return _ORDER.index(f.kind), f.good, -f.weight, subject, f.answer.text, repr(f.answer.evidence)


def _cover(school: Sequence[Finding], everything: Sequence[Finding]) -> list[Finding]:
    """The best six. Nothing is said twice: what the school is proud of is not repeated as a finding, and of each kind
    a subject is told once."""
    best = _best(everything)
    chosen = [] if best is None else [best]

    def add(kind: Kind, most: int, among: Sequence[Finding]) -> None:
        for f in among:
            if len(chosen) >= COVER or most <= 0:
                return
            same_kind = [c for c in chosen if c.kind == kind]
            new_subject = f.subject is None or f.subject not in [c.subject for c in same_kind]
            if f.kind == kind and new_subject and all(not _says_the_same(f, c) for c in chosen):
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
    proud = [f for f in findings if f.proud]
    for f in sorted(proud, key=lambda f: (_PRIDE_ORDER.index(f.kind), f.place is not None, -f.weight)):
        if isinstance(f.fact, Praised):
            text, text_en = texts(Proud(f.fact))
            if short(text):
                return replace(f, kind="proud", answer=replace(f.answer, template="Z29", text=text, text_en=text_en))
    reached = [f for f in findings if f.good and f.kind == "fact"]
    return min(reached, key=lambda f: (f.place is not None, -f.weight), default=None)


def _of_group(findings: Sequence[Finding], most: int) -> list[Finding]:
    """The findings told of one group: its best news in front, and no kind crowds out the others."""
    in_order = _good_first(findings)
    per_kind: Counter[Kind] = Counter()
    preferred: list[Finding] = []
    for f in in_order:
        per_kind[f.kind] += 1
        if per_kind[f.kind] <= MOST_PER_KIND:
            preferred.append(f)
    left_over = [f for f in in_order if f not in preferred]
    told = [*preferred, *left_over][:most]
    return [f for f in in_order if f in told]


def best_of(findings: Sequence[Finding]) -> Finding | None:
    """The best news among some findings, as it stands there; None when there is none."""
    kinds: tuple[Kind, ...] = ("clear", "growth", "pattern", "trend", "breadth", "effect", "fact")
    good = [f for f in findings if f.good and f.kind in kinds]
    return min(good, key=lambda f: (kinds.index(f.kind), -f.weight, f.answer.text), default=None)


def _good_first(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one group, its best news in front."""
    kinds: tuple[Kind, ...] = ("clear", "growth", "pattern", "trend", "breadth", "fact")
    good = [f for f in findings if f.good and f.kind in kinds]
    if not good:
        return list(findings)
    best = min(good, key=lambda f: (kinds.index(f.kind), -f.weight))
    return [best, *(f for f in findings if f is not best)]
