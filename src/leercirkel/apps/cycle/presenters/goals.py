"""Step 1: the school's own norms as they hold for the groups of a round, and what its last years say without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leercirkel.analysis.model import OverviewCell, TierResult
from leercirkel.analysis.norm_proposals import OwnYears, own_years
from leercirkel.documents.report.context import Context, View, groups_of, subject_order
from leercirkel.documents.report.parts import lists


@dataclass(frozen=True, slots=True)
class NormLine:
    """One norm: what is to be reached and by how many; `care`: of pupils with extra support."""

    text: str
    share: str
    care: bool


@dataclass(frozen=True, slots=True)
class Test:
    """A test of a group: its norms, or what the school's own years would say (`proposal`, empty when nothing). `main`:
    the norm that goals are told by."""

    subject: str
    test: str
    norms: Sequence[NormLine]
    main: NormLine | None
    proposal: str


@dataclass(frozen=True, slots=True)
class GroupNorms:
    """The tests of one group in the round. `cells`: the same per column of the table, None where it takes no such
    test; `without`: how many have no norm of the school's own."""

    name: str
    tests: Sequence[Test]
    cells: Sequence[Test | None]
    without: int


@dataclass(frozen=True, slots=True)
class CareNorm:
    """What is asked of the pupils of a group with extra support, and how many of them reached it."""

    group: str
    subject: str
    test: str
    text: str
    share: str
    reached: str


@dataclass(frozen=True, slots=True)
class Norms:
    """All groups of the round; `columns`: subject and test. `care`: the norms for pupils with extra support that hold
    for a pupil of the round; `has_care`: whether the school has such norms at all."""

    columns: Sequence[tuple[str, str]]
    groups: Sequence[GroupNorms]
    care: Sequence[CareNorm]
    has_care: bool


@dataclass(frozen=True, slots=True)
class Mastery:
    """The goals of method tests: a table per group and subject, and what is called sufficient and good."""

    bounds: str
    tables: Sequence[View]


def norms_of(context: Context) -> Norms:
    """The groups of the round with their tests, in the usual order of subjects."""
    found = []
    for name, cells in groups_of(context.of_round(context.report.overview)).items():
        whole = [c for c in cells if c.grade is None] or cells
        found.append((name, sorted(whole, key=lambda c: (subject_order(c.subject), c.instrument, c.version))))
    tests = sorted({(c.subject, c.instrument) for _, cells in found for c in cells}, key=_order)
    texts = context.texts
    columns = [(texts.subject(subject), texts.instrument(instrument)) for subject, instrument in tests]
    care = [each for name, cells in found for each in _care(context, name, cells)]
    has_care = any(standard.scope == "care" for standard in context.standards)
    return Norms(columns, [_group(context, name, cells, columns) for name, cells in found], care, has_care)


def mastery_of(context: Context) -> Mastery:
    """The goals of the method tests of the round's school year, per group and subject those of the last blocks.

    Never held against a norm for tests: what a method test asks was taught, and goals are not added up.
    """
    return Mastery(lists.bounds(context), lists.method_tests(context))


def _care(context: Context, name: str, cells: Sequence[OverviewCell]) -> list[CareNorm]:
    texts = context.texts
    return [
        CareNorm(
            texts.group(name), texts.subject(cell.subject), texts.instrument(cell.instrument), line.text, line.share,
            texts.of(tier.reached, tier.counted),
        )
        for cell in cells for tier in cell.tiers if tier.scope == "care"
        for line in [_line(context, cell, tier)]
    ]  # fmt: skip


def _order(test: tuple[str, str]) -> tuple[tuple[int, str], str]:
    return subject_order(test[0]), test[1]


def _group(
    context: Context, name: str, cells: Sequence[OverviewCell], columns: Sequence[tuple[str, str]]
) -> GroupNorms:
    tests = [_test(context, cell) for cell in cells]
    by_test = {(test.subject, test.test): test for test in tests}
    without = sum(not test.norms for test in tests)
    return GroupNorms(context.texts.group(name), tests, [by_test.get(column) for column in columns], without)


def _test(context: Context, cell: OverviewCell) -> Test:
    norms = [_line(context, cell, tier) for tier in cell.tiers]
    found = None if norms else own_years(context.report, cell)
    texts = context.texts
    proposal = _proposal(context, found) if found else ""
    main = context.main_tier(cell)
    told = _line(context, cell, main) if main else None
    return Test(texts.subject(cell.subject), texts.instrument(cell.instrument), norms, told, proposal)


def _line(context: Context, cell: OverviewCell, tier: TierResult) -> NormLine:
    said = f"{tier.name}: {context.threshold(cell, tier)}"
    share = context.texts.percentage(tier.target_share)
    if tier.goal_count is not None and tier.counted:
        share = _("%(share)s: %(goal)d van de %(of)d") % {"share": share, "goal": tier.goal_count, "of": tier.counted}
    return NormLine(said, share, tier.scope != "all")


def _proposal(context: Context, found: OwnYears) -> str:
    years = ", ".join(found.school_years)
    if found.level is not None:
        return _("in %(years)s haalden %(reached)d van de %(of)d leerlingen minstens niveau %(level)s") % {
            "years": years, "reached": found.reached, "of": found.leveled, "level": found.level,
        }  # fmt: skip
    return _("in %(years)s was het gemiddelde %(mean)s (%(of)d leerlingen)") % {
        "years": years, "mean": context.texts.mean(found.mean or 0.0), "of": found.counted,
    }  # fmt: skip
