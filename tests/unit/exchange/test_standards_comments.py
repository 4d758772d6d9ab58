"""Remarks in a standards file are found, and nothing that only looks like one."""

from __future__ import annotations

from leercirkel.exchange.standards.comments import comments
from leercirkel.exchange.standards.model import StandardsFile
from leercirkel.exchange.standards.writer import write


def test_remarks_are_found_on_lines_of_their_own_and_behind_values() -> None:
    assert comments('# afspraak van mei\n[[standard]]\nsubject = "rekenen"  # 75%\n') == ["# afspraak van mei", "# 75%"]


def test_a_sign_within_a_text_is_no_remark() -> None:
    assert comments('a = "nr # 1 \\" # 2"\nb = \'# 3\'\nc = """\n# 4\n"""\nd = \'\'\'\n# 5\n\'\'\'\n') == []


def test_what_the_program_writes_has_no_remarks() -> None:
    named, empty = StandardsFile("De Kantelaar", None, (), "normen.toml"), StandardsFile(None, None, (), "")

    assert [comments(write(file)) for file in (named, empty)] == [[], []]
