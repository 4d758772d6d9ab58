"""Results of a pupil or a group as plain text, to paste into another system.

Systems for pupils' files keep text as it comes: no table, no tab, nothing bold. So each fact has a line of its own,
lists have hyphens, and signs are those of every keyboard (letters keep their accents).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from leercirkel.analysis.answers.say import sentences_of
from leercirkel.analysis.model import OverviewCell, PupilPoint, PupilSheet, PupilTest
from leercirkel.documents.pupil_texts import value_texts
from leercirkel.documents.report.context import group_tests, main_tier_of, subject_order
from leercirkel.documents.texts import Language, Texts, texts_of

COUNTED = "counted"

_SIGNS = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "−": "-", "–": "-", "—": "-",
    "…": "...", "•": "-", "·": "-", "\u00a0": " ", "\u202f": " ", "\u2011": "-", "\t": " ",
})  # fmt: skip


def pupil_text(sheet: PupilSheet, *, school_year: str, moment: str, name: str = "", language: Language = "nl") -> str:
    """The round of one pupil: per subject the result, the one before, the change in words, or why there is none; and
    the largest difference between subjects. `name` stands at the head; the sentence on the difference has the name
    that the sheet was made with."""
    texts = texts_of(language)
    blocks = [[texts.paste_title(name, texts.moment(school_year, moment))]]
    blocks += [lines for test in _ordered(sheet.tests) if (lines := _test(texts, test, (school_year, moment)))]
    if sheet.difference is not None:
        said = sheet.difference.text_en if language == "en" else sheet.difference.text
        blocks.append([texts.paste_gap, *_listed(sentences_of(said))])
    return _joined(blocks)


def group_text(
    group: str,
    cells: Sequence[OverviewCell],
    sentences: Sequence[str],
    *,
    school_year: str,
    moment: str,
    main_tiers: Mapping[str, str],
    pupils: Sequence[tuple[str, PupilSheet]] = (),
    language: Language = "nl",
) -> str:
    """A group in one round: per subject how many reached the goal, then how sure that is, then who has no result; what
    the report says of the group (`sentences`); and the pupils with the names they are given here, if any."""
    texts = texts_of(language)
    blocks = [[texts.paste_title(texts.group(group), texts.moment(school_year, moment))]]
    blocks += [_goal(texts, test.whole, main_tiers) for test in group_tests(list(cells))]
    if sentences:
        blocks.append([texts.paste_more, *_listed(s for text in sentences for s in sentences_of(text))])
    if pupils:
        now = (school_year, moment)
        told = [(name, _line(texts, sheet, now)) for name, sheet in pupils]
        blocks.append([texts.paste_pupils, *_listed(f"{name}: {line}" for name, line in told if line)])
    return _joined(blocks)


def _ordered(tests: Iterable[PupilTest]) -> list[PupilTest]:
    return sorted(tests, key=lambda test: (subject_order(test.subject), test.instrument))


def _at(test: PupilTest, now: tuple[str, str]) -> PupilPoint | None:
    return next((point for point in test.points if (point.school_year, point.moment) == now), None)


def _test(texts: Texts, test: PupilTest, now: tuple[str, str]) -> list[str]:
    point = _at(test, now)
    if point is None:
        return []
    head = _head(texts, test.subject, test.instrument)
    counted = [each for each in test.points if each.status == COUNTED and each is not point]
    before = counted[-1] if counted else None
    taken = point.status == COUNTED
    lines = [texts.paste_now(_value(texts, point)) if taken else texts.paste_not_taken(texts.reason(point.status))]
    if before is not None:
        lines.append(texts.paste_before(texts.moment(before.school_year, before.moment), _value(texts, before)))
    if taken and (said := _change(texts, test, first=before is None)):
        lines.append(said)
    return [head, *_listed(lines)]


def _head(texts: Texts, subject: str, instrument: str, version: str = "") -> str:
    return texts.subject(subject) + (f" ({texts.instrument(instrument, version)})" if instrument else "")


def _value(texts: Texts, point: PupilPoint) -> str:
    main, small = value_texts(texts, point)
    if point.score is not None and not small:
        return texts.paste_score(main)
    return f"{main}, {texts.paste_score(small)}" if small else main


def _change(texts: Texts, test: PupilTest, *, first: bool) -> str:
    if test.change is None or test.quantity is None:
        return texts.paste_first if first else ""
    amount = texts.plain(abs(test.change), 0)
    if amount == "0":
        return texts.paste_same
    return texts.paste_change(amount, test.quantity, test.real, up=test.change > 0)


def _goal(texts: Texts, cell: OverviewCell, main_tiers: Mapping[str, str]) -> list[str]:
    tier, reasons = main_tier_of(cell, main_tiers), texts.reasons(cell)
    said = sentences_of(texts.goal_sentence(tier)) if tier and tier.counted else [texts.paste_counted(cell.counted)]
    head = _head(texts, cell.subject, cell.instrument, cell.version)
    return [head, *_listed([*said, *([texts.paste_without_result(reasons)] if reasons else [])])]


def _line(texts: Texts, sheet: PupilSheet, now: tuple[str, str]) -> str:
    told = []
    for test in _ordered(sheet.tests):
        point = _at(test, now)
        if point is not None:
            value = _value(texts, point) if point.status == COUNTED else texts.reason(point.status)
            told.append(f"{texts.subject_within(test.subject)} {value}")
    return "; ".join(told)


def _listed(lines: Iterable[str]) -> list[str]:
    return [f"- {line}" for line in lines]


def _joined(blocks: Sequence[Sequence[str]]) -> str:
    text = "\n\n".join("\n".join(block) for block in blocks)
    return "\n".join(line.rstrip() for line in text.translate(_SIGNS).split("\n")) + "\n"
