"""The findings of a round: what a team talks about, made of the answers to the six questions and put in the order of
what can be acted on. Pupils: `pupil_findings`.

Each finding has the meeting where it belongs: what is about one group (or a grade that is one group) its own talk, all
else the analysis of the school. Of one cell is told once: that it comes back (Z14) or is new (Z15) takes the place of
the plain fact. Cells that give no verdict are folded into one sentence with three years together (Z09) and come on
request. A talk begins with at most so many, the best news among them when there is any; it is never invented. Order:
what is sure and in our own hands first, then what keeps coming back, growth, trends, goals and interventions, then what
may be chance. Rule: `docs/domein/bevindingen.md`; source: quality card Opbrengstgericht leidinggeven, step 3.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Literal

from leercirkel.analysis.answers import findings_of
from leercirkel.analysis.answers.evidence import in_order
from leercirkel.analysis.answers.order import best_of
from leercirkel.analysis.answers.places import natural_key
from leercirkel.analysis.answers.pools import folded_of_group
from leercirkel.analysis.answers.wording import Finding, Round
from leercirkel.analysis.model import Evidence, SchoolReport
from leercirkel.core.records import dataclass
from leercirkel.core.standards import Standard
from leercirkel.core.verdicts import DEFAULT_POLICY, Policy

Level = Literal["pupil", "group", "grade", "subject", "school"]
Talk = Literal["opp", "pupil", "group", "school"]

MOST_PER_GROUP, MOST_PER_SCHOOL = 6, 5
"""How many findings a talk begins with, unless the school says otherwise."""

FAMILY: dict[str, str] = {
    **dict.fromkeys(("Z01", "Z02", "Z03", "Z04", "Z05", "Z06", "Z14", "Z15"), "goal"),
    "Z07": "to_come", "Z08": "left_out", "Z09": "undecided", "Z10": "breadth", "Z11": "breadth", "Z12": "trend",
    "Z13": "trend", "Z16": "version", "Z17": "growth", "Z18": "low_but_growing", "Z19": "composition",
    "Z20": "own_goals", "Z21": "destination_line", "Z22": "destinations", "Z30": "agreement", "Z31": "goal_fit",
    **dict.fromkeys(("Z23", "Z24", "Z25", "Z26", "Z27"), "effect"),
}  # fmt: skip
"""Template → what the finding is about, whatever comes out of it: so its key stays when the figures change."""

_JUDGED = ("goal", "own_goals", "destination_line")
_PASSING = ("school_year", "moment", "version", "quantity", "tier", "from_moment", "from_school_year", "to_moment")
"""What is not in a key: it is another one at the next round."""
NO_CAUSE_ASKED = ("Z07", "Z08", "Z16")
"""What is not about how pupils do, so that nobody has to say why: results still to come, who is left out, a new version
of a test."""
_FOLDED = ("Z03", "Z04", "Z06")
_ON_REQUEST = ("Z06", "Z08", "Z13", "Z16")
_MAKES_ROOM = 2
"""With so many undecided cells in a group they are folded into one sentence."""


@dataclass(frozen=True, slots=True)
class RoundFinding:
    """One finding of a round.

    `key` names it within the round and from round to round; `like` is the same for all that are alike (what it is
    about, subject, level, good or not), whoever they are about. `place`: name of the group whose talk it belongs to;
    `pupil`: key in the roster. `strength`: a verdict (core.verdicts), or empty; `pattern`: "incidental", "structural"
    or empty. `rank`: place among those of its talk, from 1; `shown`: the talk begins with it.
    """

    key: str
    like: str
    level: Level
    talk: Talk
    place: str | None
    pupil: str | None
    grade: int | None
    subject: str
    question: str
    template: str
    good: bool
    strength: str
    pattern: str
    text: str
    text_en: str
    evidence: tuple[Evidence, ...]
    rank: int
    shown: bool


def round_findings(
    report: SchoolReport,
    *,
    standards: Sequence[Standard] = (),
    policy: Policy = DEFAULT_POLICY,
    most_per_group: int = MOST_PER_GROUP,
    most_per_school: int = MOST_PER_SCHOOL,
) -> tuple[RoundFinding, ...]:
    """The findings about school and groups of the report's round, per talk in their order: the school first, then the
    groups by name. The same report gives the same findings."""
    overview, trends = in_order(report.overview), in_order(report.grade_trend)
    round_ = Round(report.school_year, report.moment, report.method.main_tiers, policy, standards, {})
    groups = {cell.group for cell in report.overview if cell.group is not None}
    found = _told_once_per_cell(findings_of(report, report.method.main_tiers, policy, standards))
    talks: dict[str | None, list[Finding]] = defaultdict(list)
    for each in found:
        talks[each.place if each.place in groups else None].append(each)
    out: list[RoundFinding] = []
    keys: Counter[str] = Counter()
    for place in sorted(talks, key=lambda name: (name is not None, natural_key(name or ""))):
        mine = talks[place]
        if place is not None and (fold := folded_of_group(place, overview, trends, round_)):
            mine = [*mine, fold]
        most = most_per_school if place is None else most_per_group
        for rank, (each, shown) in enumerate(_in_order(mine, most), start=1):
            out.append(_made(each, place, rank, shown, keys))
    return tuple(out)


def _told_once_per_cell(found: Iterable[Finding]) -> list[Finding]:
    """Without the plain fact of a cell of which is told that it comes back or is new: that holds the same counts."""
    everything = list(found)
    patterns = {_cell(each) for each in everything if each.answer.template in ("Z14", "Z15")}
    plain = ("Z01", "Z02", "Z03", "Z04", "Z05", "Z06")
    return [each for each in everything if each.answer.template not in plain or _cell(each) not in patterns]


def _cell(found: Finding) -> tuple[Any, ...]:
    first = found.answer.evidence[0]
    return first.kind, *first.key.items()


def _in_order(found: Sequence[Finding], most: int) -> list[tuple[Finding, bool]]:
    """The findings of one talk, each with whether the talk begins with it."""
    best = best_of(found)
    in_order = sorted(found, key=lambda each: (each is not best, _act_on(each), -each.weight, repr(each.answer)))
    folded = any(each.answer.template == "Z09" for each in found)
    later = (*_FOLDED, *_ON_REQUEST) if folded else _ON_REQUEST
    first = [each for each in in_order if each is best or each.answer.template not in later][:most]
    chosen = {id(each) for each in first}
    return [(each, id(each) in chosen) for each in sorted(in_order, key=lambda each: id(each) not in chosen)]


def _act_on(found: Finding) -> int:
    """What can be acted on first: smaller goes first."""
    template, verdict = found.answer.template, strength_of(found)
    if template == "Z02" or (template in ("Z14", "Z15") and not found.good and verdict == "below"):
        return 0 if template == "Z14" else 1
    if template == "Z14" and not found.good:
        return 2
    if template in ("Z10", "Z11") and not found.good:
        return 3
    if template == "Z21" and verdict == "below":
        return 4
    if template == "Z17" and getattr(found.fact, "verdict", None) == "less":
        return 5
    if template == "Z12" and not found.good:
        return 6
    return _THEN.get(template, 20) + (10 if found.good else 0)


_THEN = {
    "Z31": 7, "Z30": 8, "Z25": 8, "Z26": 8, "Z27": 8, "Z24": 9, "Z23": 9, "Z18": 10, "Z20": 11, "Z15": 11, "Z22": 12,
    "Z19": 12, "Z09": 13, "Z07": 14, "Z21": 15, "Z17": 15, "Z04": 16, "Z03": 16, "Z13": 18, "Z16": 18, "Z06": 19,
}  # fmt: skip


def strength_of(found: Finding) -> str:
    """The verdict of the cell a finding is about; empty where there is none."""
    if FAMILY.get(found.answer.template) not in _JUDGED:
        return ""
    verdict = found.answer.evidence[0].figures.get("verdict")
    return verdict if isinstance(verdict, str) else ""


def _made(found: Finding, place: str | None, rank: int, shown: bool, keys: Counter[str]) -> RoundFinding:
    answer, level = found.answer, _level(found, place)
    family, subject = FAMILY.get(answer.template, answer.template), found.subject or ""
    folded = family == "undecided"  # the subject that years together tell of may be another one next time
    first = answer.evidence[0].key if answer.evidence and not folded else {}
    key = key_of(family, place or found.place or "", "" if folded else subject, first)
    keys[key] += 1
    if keys[key] > 1:
        key = f"{key}|{keys[key]}"
    grade = first.get("grade")
    return RoundFinding(
        key=key, like=like_of(family, subject, level, found.good), level=level,
        talk="school" if place is None else "group", place=place, pupil=None,
        grade=grade if isinstance(grade, int) else None, subject=subject, question=answer.question,
        template=answer.template, good=found.good, strength=strength_of(found),
        pattern={"Z14": "structural", "Z15": "incidental"}.get(answer.template, ""), text=answer.text,
        text_en=answer.text_en, evidence=answer.evidence, rank=rank, shown=shown,
    )  # fmt: skip


def _level(found: Finding, place: str | None) -> Level:
    where = getattr(found.fact, "where", None)
    if where is not None and where.kind == "grade":
        return "grade"
    if place is not None:
        return "group"
    return "subject" if found.subject else "school"


def key_of(family: str, place: str, subject: str, of: Mapping[str, Any]) -> str:
    """The key of a finding: what it is about, where, which subject, and what else tells it from others there."""
    apart = [str(value) for name, value in of.items() if name not in (*_PASSING, "group", "subject") and value]
    key = "|".join([family, place, subject, *apart])
    return key if len(key) <= 180 else f"{key[:120]}|{sha256(key.encode()).hexdigest()[:40]}"


def like_of(family: str, subject: str, level: Level, good: bool) -> str:
    """The same for findings that are alike."""
    return f"{family}|{subject[:60]}|{level}|{'well' if good else 'work'}"
