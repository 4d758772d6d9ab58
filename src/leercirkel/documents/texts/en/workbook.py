"""What stands in the cells of the workbook in English, and on its paper."""

from __future__ import annotations

from typing import ClassVar

from leercirkel.analysis.answers import QUESTIONS_EN
from leercirkel.documents.texts.en.sheets import COLUMNS, OTHERWISE, SHEETS
from leercirkel.documents.texts.en.words import Words


class Workbook(Words):
    """Names of sheets, heads, and the words in their cells."""

    columns = COLUMNS
    sheets = SHEETS
    otherwise = OTHERWISE
    nothing = "There is nothing to say about this in this round."
    paper_foot = "Page &P of &N"
    day_format = "[$-809]d mmmm yyyy"

    questions = QUESTIONS_EN
    yes = "yes"
    no = "no"
    whole_group = "whole group"
    part_of = "part of the group"
    all_groups = "whole school"
    units: ClassVar[dict[str, str]] = {"score": "score", "dle": "DLE", "avi": "AVI levels"}
    ways: ClassVar[dict[str | None, str]] = {
        "up": "rises", "down": "falls", "none": "no rise or fall to be seen", None: "",
    }  # fmt: skip
    effects: ClassVar[dict[str, str]] = {
        "more": "grew more than expected",
        "less": "grew less than expected",
        "undecided": "may be chance",
        "not_carried_out": "not carried out",
        "too_few": "too few pupils",
        "no_measure": "no two results",
    }
    expected_from: ClassVar[dict[str | None, str]] = {
        "norms": "norm table of the test",
        "own_school": "our own school",
        None: "",
    }
    protects = "not shown: a small group could be worked out from it"
    beyond: ClassVar[dict[str, str]] = {"<": "less than", ">": "more than"}
    """Of a DLE off the scale."""
    percentile_lacks: ClassVar[dict[str, str]] = {
        "no_earlier": "an earlier score is missing", "outside": "an earlier score lies outside the growth norm",
    }  # fmt: skip

    kinds: ClassVar[dict[str, str]] = {
        "overview": "result of a group",
        "totals": "result of the school",
        "absent": "who has no result",
        "tier": "goal",
        "mean": "mean",
        "levels": "levels",
        "pool": "years together",
        "grade_trend": "trend",
        "cohort_trend": "same pupils",
        "growth": "growth",
        "growth_percentiles": "growth percentiles",
        "learning_yield": "learning yield",
        "destination_changes": "changed destinations",
        "interventions": "intervention",
        "test_advices": "test advices",
        "method_tests": "method tests",
        "observations": "observations",
        "group": "group",
        "agreements": "agreement",
        "answers": "answer",
        "column": "test",
    }
    """What a withheld figure is about."""

    school_code = "School code"
    round_word = "Round"
    as_of = "As of"
    reading = "Reading the files"
    files_used = "Files used"

    def kept_figure(self, day: str) -> str:
        """Why a figure is that of an earlier report."""
        return f"as in the report of {self.day(day)}: too little has changed since"

    def how_to_read(self, few: int, sure: str) -> list[tuple[str, str]]:
        """How to read the sheets: topic and text. `few`: fewer pupils get no verdict; `sure`: how often intervals
        hold."""
        verdicts = self.verdicts
        return [
            (
                "This workbook",
                "Every sheet answers a question about this round; the sheet Trend also has the years before. Numbers "
                "are not rounded: their format shows fewer decimals. An empty cell is unknown or does not apply, never "
                "zero.",
            ),
            (
                "Verdict",
                f"▲ {verdicts['above']}, ▼ {verdicts['below']}, ○ {verdicts['undecided']}, "
                f"·· {self.fewer_pupils_than(few)}.",
            ),
            (
                "From and to",
                "Probably between these two: the Wilson interval of a share, in this workbook always as a percentage, "
                f"and the t interval of a mean ({sure}).",
            ),
            (
                "A ' before a text",
                "A text from a file that begins with = + - or @ was given a ' before it. Otherwise a spreadsheet "
                "program would run it.",
            ),
        ]
