"""One result of a pupil, and what changed, in a few signs: the same on a page and on paper."""

from __future__ import annotations

from leercirkel.analysis.model import PupilPoint, PupilTest
from leercirkel.analysis.one_pupil import PupilCourse
from leercirkel.documents.texts import Texts


def value_texts(texts: Texts, point: PupilPoint, *, dle_first: bool = False) -> tuple[str, str]:
    """What stands large, and what small: the level as delivered before the score, a DLE before nothing; or a DLE before
    everything, where the school's own line is in DLE."""
    score, dle = "" if point.score is None else texts.plain(point.score, 0), dle_text(texts, point)
    known = [text for text in (point.level, point.avi, point.reference_level, dle, score) if text]
    if dle_first and dle:
        known.insert(0, dle)
    main = known[0] if known else "–"
    return main, "" if main == score else score


def dle_text(texts: Texts, point: PupilPoint) -> str:
    """ "DLE 24", "DLE >60"; empty without one."""
    operator = point.dle_operator if point.dle_operator in ("<", ">") else ""
    return "" if point.dle is None else f"DLE {operator}{texts.plain(point.dle, 0)}"


def change_text(texts: Texts, test: PupilTest | PupilCourse) -> str:
    """ "+6", "−2" or "=": in points, DLEs or AVI steps; empty when the last two cannot be compared."""
    if test.change is None:
        return ""
    text = texts.plain(test.change, 0)
    if text == "0":
        return "="
    return text if text.startswith("−") else f"+{text}"
