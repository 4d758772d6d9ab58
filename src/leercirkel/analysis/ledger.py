"""What a school learned: from finding to explanation, what was done, how far it was carried out, and what it brought.

One line per finding and what was done about it. Nothing is computed from an explanation; lines are only kept, counted
and shown to who may see them. Explanations that point at one teacher stand in no line about one group, they are counted
over at least `TOLD_FROM_GROUPS` groups; a board has nothing but such counts. Rules: `docs/domein/verklaringen.md`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from leercirkel.analysis.model import EffectVerdict
from leercirkel.core.explanations import EXPLANATIONS, TOLD_FROM_GROUPS
from leercirkel.core.records import dataclass
from leercirkel.core.text import squeezed


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One finding and one thing done about it; either may be missing.

    `groups`: the groups the finding is about, `took_part` those of the intervention, by keys that are unique over
    schools and years. `codes` are of core.explanations, `own_words` stand beside them. `finding` is in the
    team's words when it has any, `computed` as the figures say it (empty for the team's own). `key` names the
    intervention, `measure` is a code of core.support.SCHOOL_MEASURES or empty. `verdict` is None while no effect was
    measured; `choice`: what the team decided (continue, adapt, stop) or empty, and `why`.
    """

    school_year: int
    moment: str
    subject: str
    finding: str = ""
    groups: frozenset[str] = frozenset()
    codes: tuple[str, ...] = ()
    own_words: tuple[str, ...] = ()
    key: str = ""
    intervention: str = ""
    measure: str = ""
    took_part: frozenset[str] = frozenset()
    weeks_given: int | None = None
    weeks_planned: int | None = None
    verdict: EffectVerdict | None = None
    choice: str = ""
    why: str = ""
    computed: str = ""

    @property
    def taught(self) -> bool:
        """Whether anything can be learned from it: an explanation was chosen, or something was done."""
        return bool(self.codes or self.own_words or self.intervention)

    @property
    def about_one(self) -> bool:
        """Whether the finding is about one group; also when it is not known about which (a grade that sits in a class
        of another grade)."""
        return len(self.groups) <= 1


@dataclass(frozen=True, slots=True)
class LedgerCount:
    """How often something was said or tried for a subject, in how many groups, and what it brought."""

    subject: str
    code: str
    groups: int
    more: int = 0
    undecided: int = 0
    less: int = 0


def for_team(lines: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
    """The lines that a team sees, the newest first: without what points at the teacher of one group."""
    shown = [
        replace(line, codes=tuple(code for code in line.codes if not EXPLANATIONS[code].of_one_teacher))
        if line.about_one
        else line
        for line in lines
    ]
    return tuple(
        sorted(shown, key=lambda line: (-line.school_year, "EMB".find(line.moment), line.subject, line.finding))
    )


def without_own_words(lines: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
    """Lines for who does not lead rounds of the school: what was said in own words about one group stays with who was
    at that talk, so it is not shown and cannot be searched for either. `computed` takes the place of an own finding."""
    return tuple(replace(line, own_words=(), finding=line.computed) if line.about_one else line for line in lines)


def found(lines: Iterable[LedgerLine], words: str) -> tuple[LedgerLine, ...]:
    """The lines in which every word occurs, in finding, explanation, intervention or reason; capitals, accents and
    spaces do not matter."""
    wanted = [squeezed(word) for word in words.split()]
    return tuple(line for line in lines if all(word in _everything(line) for word in wanted))


def _everything(line: LedgerLine) -> str:
    said = [text for code in line.codes for text in (EXPLANATIONS[code].text, EXPLANATIONS[code].text_en)]
    return squeezed(" ".join([line.finding, *said, *line.own_words, line.intervention, line.why, line.subject]))


def explanation_counts(lines: Iterable[LedgerLine], *, only_of_teachers: bool = False) -> tuple[LedgerCount, ...]:
    """How often each explanation was chosen per subject, over at least `TOLD_FROM_GROUPS` groups; the most first."""
    of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in lines:
        for code in line.codes:
            if EXPLANATIONS[code].of_one_teacher or not only_of_teachers:
                of[line.subject, code] |= line.groups
    return _most_first(LedgerCount(*what, len(groups)) for what, groups in of.items())


def measure_counts(lines: Iterable[LedgerLine]) -> tuple[LedgerCount, ...]:
    """How often each kind of intervention was tried per subject and what it brought, over at least `TOLD_FROM_GROUPS`
    groups that took part. An intervention for several findings counts once."""
    of: dict[tuple[str, str], dict[str, LedgerLine]] = defaultdict(dict)
    for line in lines:
        if line.measure:
            of[line.subject, line.measure][line.key] = line
    made = []
    for what, members in of.items():
        groups = frozenset().union(*(line.took_part for line in members.values()))
        brought = Counter(line.verdict for line in members.values())
        made.append(LedgerCount(*what, len(groups), brought["more"], brought["undecided"], brought["less"]))
    return _most_first(made)


def _most_first(counts: Iterable[LedgerCount]) -> tuple[LedgerCount, ...]:
    told = [count for count in counts if count.groups >= TOLD_FROM_GROUPS]
    return tuple(sorted(told, key=lambda count: (-count.groups, count.subject, count.code)))
