"""Explanations and what was learned, shaped for their pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leercirkel.analysis.findings import NO_CAUSE_ASKED
from leercirkel.analysis.ledger import LedgerCount, LedgerLine
from leercirkel.apps.cycle.models import ChosenExplanation, Finding, Judgement
from leercirkel.apps.cycle.presenters.weeks import weeks_in_words
from leercirkel.core.calendar import school_year_label
from leercirkel.core.explanations import EXPLANATIONS, only_of_pupils
from leercirkel.core.support import SCHOOL_MEASURES
from leercirkel.core.text import squeezed
from leercirkel.documents.texts import Texts, texts_of


@dataclass(frozen=True, slots=True)
class Choice:
    """An explanation of the list beside a finding; `chosen`: its row when it was chosen."""

    code: str
    text: str
    chosen: ChosenExplanation | None


@dataclass(frozen=True, slots=True)
class ToExplain:
    """A finding with what was chosen, what can be chosen, and what was chosen earlier.

    `ask`: nothing but features of the pupils was chosen. `argued`: at the level of the school it is asked what speaks
    for an explanation. `unfolded`: the list stands open, as nothing was chosen yet and the finding asks for a
    cause; with what went well or what only tells of results to come it may be opened.
    """

    finding: Finding
    text: str
    about: str
    chosen: Sequence[tuple[ChosenExplanation, str]]
    within: Sequence[Choice]
    of_pupils: Sequence[Choice]
    ask: bool
    argued: bool
    unfolded: bool
    earlier: Sequence[LearnedRow]


@dataclass(frozen=True, slots=True)
class LearnedRow:
    """A line of what was learned, in words."""

    round: str
    subject: str
    finding: str
    why: Sequence[str]
    done: str
    given: str
    effect: str
    decided: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """How often something was said or tried, and what it brought."""

    subject: str
    what: str
    groups: int
    more: int
    undecided: int
    less: int


def to_explain(findings: Iterable[Finding], earlier: Mapping[str, Sequence[LedgerLine]]) -> list[ToExplain]:
    """The cards of the page."""
    return [_card(finding, earlier.get(finding.like, ())) for finding in findings]


def _card(finding: Finding, earlier: Sequence[LedgerLine]) -> ToExplain:
    texts = _texts()
    rows = list(finding.explanations.all())
    by_code = {row.code: row for row in rows if row.code}
    choices = [Choice(code, explained(code), by_code.get(code)) for code in EXPLANATIONS]
    own = any(row.own_text for row in rows)
    about = finding.group.name if finding.group else ""
    subject = texts.subject(finding.subject) if finding.subject else ""
    computed = finding.text_en if texts.language == "en" and finding.text_en else finding.text
    return ToExplain(
        finding,
        finding.own_text or computed,
        " · ".join(part for part in (about, subject) if part),
        [(row, explained(row.code) if row.code else row.own_text) for row in rows],
        [one for one in choices if not EXPLANATIONS[one.code].of_pupils],
        [one for one in choices if EXPLANATIONS[one.code].of_pupils],
        only_of_pupils(tuple(by_code), own),
        finding.talk == Finding.Talk.SCHOOL,
        not rows and not finding.good and finding.template not in NO_CAUSE_ASKED,
        learned(earlier),
    )


def explained(code: str) -> str:
    """An explanation of the list, in words."""
    one = EXPLANATIONS[code]
    return one.text_en if get_language() == "en" else one.text


def learned(lines: Iterable[LedgerLine]) -> list[LearnedRow]:
    """Lines in words."""
    texts = _texts()
    return [_learned(line, texts) for line in lines]


def _learned(line: LedgerLine, texts: Texts) -> LearnedRow:
    why = [explained(code) for code in line.codes] + list(line.own_words)
    decided = str(Judgement.Choice(line.choice).label) if line.choice else ""
    return LearnedRow(
        texts.moment(school_year_label(line.school_year), line.moment),
        texts.subject(line.subject) if line.subject else "",
        line.finding,
        why,
        line.intervention,
        _given(line),
        effect_in_words(line.verdict) if line.intervention else "",
        f"{decided}: {line.why}" if decided and line.why else decided,
    )


def effect_in_words(verdict: str | None) -> str:
    """What came of it, in words."""
    said = {
        "more": _("meer dan verwacht"),
        "less": _("minder dan verwacht"),
        "undecided": _("kan toeval zijn"),
        "not_carried_out": _("te weinig gegeven om iets te zeggen"),
        "too_few": _("te weinig leerlingen"),
        "no_measure": _("geen toets die het meet"),
    }
    return said.get(verdict or "", _("nog niet gemeten"))


def _given(line: LedgerLine) -> str:
    if line.weeks_given is None or line.weeks_planned is None:
        return ""
    return weeks_in_words(line.weeks_given, line.weeks_planned)


def explanation_rows(counts: Iterable[LedgerCount]) -> list[CountRow]:
    """Counts of explanations, in words."""
    return [_count(count, explained(count.code)) for count in counts]


def measure_rows(counts: Iterable[LedgerCount]) -> list[CountRow]:
    """Counts of kinds of interventions, in words."""
    english = get_language() == "en"
    return [_count(count, SCHOOL_MEASURES[count.code][english]) for count in counts]


def with_words(rows: Iterable[CountRow], words: str) -> list[CountRow]:
    """The rows in which every word occurs; capitals, accents and spaces do not matter. Only what was told may be
    searched in: a count over fewer groups is not found either."""
    wanted = [squeezed(word) for word in words.split()]
    return [row for row in rows if all(word in squeezed(f"{row.what} {row.subject}") for word in wanted)]


def _count(count: LedgerCount, what: str) -> CountRow:
    subject = _texts().subject(count.subject) if count.subject else "–"
    return CountRow(subject, what, count.groups, count.more, count.undecided, count.less)


def _texts() -> Texts:
    return texts_of("en" if get_language() == "en" else "nl")
