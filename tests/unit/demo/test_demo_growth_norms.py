"""The invented growth norms of the demonstration: readable, for the tests of its schools, and made as others are."""

from __future__ import annotations

from pathlib import Path

from leercirkel.analysis.growth_norms.model import FEWEST
from leercirkel.demo import norms
from leercirkel.demo.growth_norms import SUBJECTS, write_growth_norms
from leercirkel.exchange.growth_norms import contents, reader


def test_the_demonstration_has_a_norm_for_each_step_to_the_round_of_its_day(tmp_path: Path) -> None:
    path = write_growth_norms(tmp_path)

    tables, problems = reader.read(path.read_bytes(), path.name)

    assert problems == []
    assert tables is not None
    versions = {subject: norms.scale_for(subject, 2026, 2026).version for subject in SUBJECTS}
    assert {table.test.subject: table.test.version for table in tables} == versions
    assert {table.to.grade for table in tables} == {4, 5, 6, 7, 8}
    assert {table.to.moment for table in tables} == {"M"}
    assert {len(table.earlier) for table in tables} == {1, 2}
    assert all(table.norm.pupils >= FEWEST[len(table.earlier)] for table in tables)
    assert contents.odd(tables) == []
    assert write_growth_norms(tmp_path).read_bytes() == path.read_bytes()
