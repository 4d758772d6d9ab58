"""The findings of a round about single pupils, for the talk about them; never told outside the team.

Two measurements in a row below the line that holds for the pupil (one's own when there is one, else that of all), that
this is over again, and subjects that differ more than the tests can be off (Z28). A row is of one subject and test by
the main tier, of measurements at most one school year apart. A pupil with an OPP is talked about in the OPP talk. Rule:
`docs/domein/bevindingen.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import narwhals as nw

from leercirkel.analysis.answers.facts import When
from leercirkel.analysis.answers.pupils import back_on_line, below_in_a_row
from leercirkel.analysis.findings import RoundFinding, key_of, like_of
from leercirkel.analysis.ground import Ground
from leercirkel.analysis.model import Evidence, PupilSheet
from leercirkel.core.calendar import MOMENTS, school_year_label
from leercirkel.core.records import dataclass

FEWEST = 2
"""So many measurements in a row make a finding: one may be chance."""
MOST_SHOWN = 2
"""So many findings of one pupil the talk begins with; the others are folded."""

At = tuple[int, str]


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A pupil and a test taken in the round: the measurements before it with `below` each time, newest first; the
    first one is of the round."""

    pupil: str
    subject: str
    instrument: str
    measured: tuple[tuple[At, bool], ...]


def pupil_rows(ground: Ground, of_round: At) -> tuple[PupilRow, ...]:
    """The rows of everyone with a judged result in the round, by pupil, subject and test."""
    year, moment = of_round
    now = (year, MOMENTS.index(moment))
    window = ground.lines.filter((nw.col("school_year") <= year) & (nw.col("school_year") >= year - 2))
    columns = ("pupil", "school_year", "moment", "subject", "instrument", "tier", "care_line", "reached")
    held: dict[tuple[str, str, str], dict[tuple[int, int], bool]] = defaultdict(dict)
    for row in sorted(ground.engine.rows(window.select(*columns)), key=lambda row: bool(row["care_line"])):
        at = row["school_year"], MOMENTS.index(row["moment"])
        if row["tier"] == ground.main_tiers.get(row["subject"]) and at <= now:
            held[row["pupil"], row["subject"], row["instrument"]][at] = not row["reached"]  # an own line comes last
    found = []
    for who, by_time in sorted(held.items()):
        if now in by_time:
            times = sorted(by_time, reverse=True)
            gap = next((i for i in range(1, len(times)) if times[i - 1][0] - times[i][0] > 1), len(times))
            found.append(PupilRow(*who, tuple(((y, MOMENTS[m]), by_time[y, m]) for y, m in times[:gap])))
    return tuple(found)


def pupil_findings(
    rows: Iterable[PupilRow], sheets: Sequence[PupilSheet], with_opp: Collection[str]
) -> tuple[RoundFinding, ...]:
    """The findings, per pupil what lasts longest first and what went well last. The talk begins with at most MOST_SHOWN
    of a pupil that something can be done about; the rest, and what is over again, is folded. `with_opp`: keys of pupils
    with an OPP. `sheets`: of the round, without names; their texts stay without a name, so that one place shows it.
    """
    of_pupil: dict[str, list[RoundFinding]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: -_below(row)):
        if (found := _of_row(row, row.pupil in with_opp)) is not None:
            of_pupil[row.pupil].append(found)
    for sheet in sheets:
        if sheet.difference is not None:
            gap = sheet.difference
            evidence = Evidence(
                "overview",
                {"subject": gap.ahead, "instrument": gap.instrument},
                {"months": gap.months, "behind": gap.behind},
            )
            of_pupil[sheet.pupil].append(
                _finding(sheet.pupil, sheet.pupil in with_opp, "differ", f"{gap.ahead}-{gap.behind}", gap.behind,
                         "Z28", False, "", (gap.text, gap.text_en), evidence)
            )  # fmt: skip
    return tuple(
        replace(found, rank=rank, shown=rank <= MOST_SHOWN and not found.good)
        for pupil in sorted(of_pupil)
        for rank, found in enumerate(sorted(of_pupil[pupil], key=lambda each: each.good), start=1)
    )


def _below(row: PupilRow) -> int:
    """How many times in a row below, counted back from now."""
    return next((i for i, (_at, below) in enumerate(row.measured) if not below), len(row.measured))


def _of_row(row: PupilRow, opp: bool) -> RoundFinding | None:
    times, whens = _below(row), [When(school_year_label(year), moment) for (year, moment), _ in row.measured]
    before = _below(PupilRow(row.pupil, row.subject, row.instrument, row.measured[1:]))
    if times >= FEWEST:
        template, *said = below_in_a_row(row.subject, whens[:times][::-1])
    elif times == 0 and before >= FEWEST:
        template, *said = back_on_line(row.subject, before)
    else:
        return None
    evidence = Evidence(
        "overview", {"subject": row.subject, "instrument": row.instrument},
        {f"{year}-{moment}": "below" if below else "reached" for (year, moment), below in row.measured[: times or 3]},
    )  # fmt: skip
    pattern = "structural" if times > FEWEST else ""
    return _finding(
        row.pupil, opp, "own_line", row.instrument, row.subject, template, times == 0, pattern, (said[0], said[1]),
        evidence,
    )  # fmt: skip


def _finding(
    pupil: str, opp: bool, family: str, apart: str, subject: str, template: str, good: bool, pattern: str,
    said: tuple[str, str], evidence: Evidence,
) -> RoundFinding:  # fmt: skip
    return RoundFinding(
        key=key_of(family, pupil, subject, {"apart": apart}), like=like_of(family, subject, "pupil", good),
        level="pupil", talk="opp" if opp else "pupil", place=None, pupil=pupil, grade=None, subject=subject,
        question="", template=template, good=good, strength="", pattern=pattern, text=said[0], text_en=said[1],
        evidence=(evidence,), rank=0, shown=False,
    )  # fmt: skip
