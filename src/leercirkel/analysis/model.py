"""What the analyses answer: frozen dataclasses, the one source for the PDF, the JSON and every later page.

Shares run from 0 to 1; intervals are 90%; what cannot be computed is None. School years are written "2025-2026".
The JSON contract (`leercirkel/report/1`, schema in `documents/schema/`) has the same names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from leercirkel.core.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class TierResult:
    """How many pupils reached one tier. `threshold` is None when pupils were held against their own lines.

    `counted` are the pupils with a usable result and a standard; `goal_count` is the smallest whole number of them
    that reaches `target_share`. `reached_goal` is the fact, `verdict` the strength (`core.verdicts`).
    """

    name: str
    scope: str  # "all" or "care"
    threshold: float | str | None
    target_share: float
    counted: int
    reached: int
    share: float | None
    low: float | None
    high: float | None
    goal_count: int | None
    reached_goal: bool | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class OverviewCell:
    """One group (or, in `totals`, the whole school: group None) on one test at one moment.

    expected = counted + missing + sum of not_taken; for a board expected = counted, because it is not told who has no
    result (where nobody has one, all are under "other"). `mean` and `sd` are of `quantity` (score, else dle; censored
    DLEs left out, `censored` counts them). `levels` gives the number of pupils per level as delivered. `didactic_age`
    is the mean DL in months of who was expected, as far as known.
    """

    school_year: str
    group: str | None
    grade: int | None
    didactic_age_band: str | None
    subject: str
    moment: str
    instrument: str
    version: str
    expected: int
    counted: int
    missing: int
    not_taken: dict[str, int]
    quantity: Literal["score", "dle"] | None
    mean: float | None
    sd: float | None
    mean_low: float | None
    mean_high: float | None
    censored: int
    levels: dict[str, int]
    tiers: tuple[TierResult, ...]
    didactic_age: float | None = None
    mean_of: int | None = None  # pupils that the mean is of


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One school year in a trend: other children every year. `share` is of the main tier."""

    school_year: str
    version: str
    new_version: bool  # the test version differs from the point before: the line begins again here
    counted: int
    mean: float | None
    mean_low: float | None
    mean_high: float | None
    judged: int  # pupils with a standard, the denominator of share
    reached: int
    share: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    mean_of: int | None = None  # pupils that the mean is of
    two_below: int | None = None  # of `judged`, below the line now and at the measurement before; only by destination


@dataclass(frozen=True, slots=True)
class TrendPool:
    """The last three calendar years taken together (fewer when the version changed or years are absent)."""

    school_years: tuple[str, ...]
    counted: int
    mean: float | None
    judged: int
    reached: int
    share: float | None
    low: float | None
    high: float | None
    goal_count: int | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class GradeTrend:
    """Same grade (or didactic-age band, or destination) and moment over the years. Exactly one of the three is set;
    all three None: the whole school."""

    grade: int | None
    didactic_age_band: str | None
    destination: str | None
    subject: str
    instrument: str
    moment: str
    quantity: Literal["score", "dle"] | None
    tier: str | None
    target_share: float | None
    points: tuple[TrendPoint, ...]
    pools: tuple[TrendPool, ...]  # a moving pool, one per point where at least two years could be pooled
    pool: TrendPool | None  # up to and including the newest point; None right after a new version
    direction: Literal["up", "down", "none"] | None  # None: fewer than three years of enough pupils on one version


@dataclass(frozen=True, slots=True)
class CohortTrend:
    """The same pupils followed back. total_change = growth + joiner_effect − leaver_effect, exactly.

    Stayers have a result at both moments; joiners only at the later; leavers only at the earlier one, of whom
    `leavers_present` still sit in the group but have no later result.
    """

    group: str
    grade: int | None
    school_year: str
    subject: str
    instrument: str
    version: str
    quantity: Literal["score", "dle"]
    from_moment: str
    from_school_year: str
    to_moment: str
    stayers: int
    joiners: int
    leavers: int
    leavers_present: int
    mean_from: float | None
    mean_to: float | None
    total_change: float | None
    growth: float | None
    growth_low: float | None
    growth_high: float | None
    joiner_effect: float | None
    leaver_effect: float | None
    expected_growth: float | None  # from the norm file's means, else None


@dataclass(frozen=True, slots=True)
class GroupGrowth:
    """Growth of the pupils of one group between two moments, in one quantity.

    `steps_median` only for AVI. `real_up` and `real_down` count pupils whose change is larger than what the test can
    be off (None without a measurement error in the norm file). `conditional_z` is the mean conditional growth in SDs
    (None without norms), `low_scorers` the part of the pupils in the national lowest fifth at the earlier moment,
    for whom a plain before/after misleads.
    """

    group: str
    school_year: str
    subject: str
    instrument: str
    quantity: Literal["score", "dle", "avi"]
    from_moment: str
    from_school_year: str
    to_moment: str
    counted: int
    mean: float | None
    low: float | None
    high: float | None
    steps_median: float | None
    at_least_one_step: int | None
    real_up: int | None
    real_down: int | None
    conditional_z: float | None
    low_scorers: int | None


@dataclass(frozen=True, slots=True)
class GroupYield:
    """Learning yield (DLE ÷ DL) in one group: the median, and what was left out by the noise rule."""

    group: str
    school_year: str
    moment: str
    subject: str
    counted: int
    median: float | None
    dl_below_10: int
    without_dl: int
    censored: int
    uneven_pupils: int  # pupils for whom this subject differs from another one beyond noise


@dataclass(frozen=True, slots=True)
class MethodTestCell:
    """One goal of a method test in one group (of a combination group: one grade; grade None: a mixed one).

    `counted` are the pupils with a percentage right; `categories` splits them into insufficient, sufficient and good by
    the school's own bounds (percentages, included); `reached` are sufficient or good. `taken_on`: ISO date of the last
    pupil. Who is not counted is not missing.
    """

    school_year: str
    group: str
    grade: int | None
    subject: str
    block: str
    goal: str
    taken_on: str
    counted: int
    categories: dict[str, int]
    reached: int
    share: float | None
    low: float | None
    high: float | None
    sufficient_from: float
    good_from: float


@dataclass(frozen=True, slots=True)
class ObservationCell:
    """One domain of an observation list in one group (of a combination group: one grade; grade None: a mixed one) at
    one moment.

    `stages` gives the number of pupils per stage in the school's own words, in order; `not_observed` are the others who
    were in the group while the list was filled in.
    """

    school_year: str
    moment: str
    group: str
    grade: int | None
    list: str
    domain: str
    observed: int
    not_observed: int
    stages: dict[str, int]


EffectVerdict = Literal["more", "less", "undecided", "not_carried_out", "too_few", "no_measure"]
"""What an intervention brought, beyond what was expected without it."""


@dataclass(frozen=True, slots=True)
class InterventionPeriod:
    """Growth of those who took part between two moments, against what was expected without the intervention.

    `counted` have a result at both moments. `difference` = growth − expected with its 90% interval, which also holds
    what happens to a whole class in a year. `expected_from`: where the expectation comes from.
    """

    from_school_year: str
    from_moment: str
    to_school_year: str
    to_moment: str
    counted: int
    growth: float | None
    expected: float | None
    difference: float | None
    low: float | None
    high: float | None
    expected_from: Literal["norms", "own_school"] | None
    verdict: EffectVerdict


@dataclass(frozen=True, slots=True)
class InterventionEffect:
    """One intervention: who, how long, how far carried out, and what was measured.

    `weeks_given` below the policy's part of `weeks_planned`: not carried out, and no effect is told. `selected_low`:
    the lowest scorers were chosen, whose plain before/after misleads. `observed_*`: goals seen by observers, told as
    counts without a verdict. An intervention of more than half a year has a period per half year.
    """

    name: str
    subject: str | None
    instrument: str | None
    quantity: Literal["score", "dle"] | None
    groups: tuple[str, ...]
    pupils: int
    weeks_planned: int | None
    weeks_given: int | None
    carried_out: bool
    selected_low: bool
    periods: tuple[InterventionPeriod, ...]
    observed_goal: str | None = None
    observed_reached: int | None = None
    observed_of: int | None = None
    observers: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed on after an earlier round, and whether it was done. `subject` and `group` tie it to results."""

    school_year: str
    moment: str
    text: str
    done: Literal["done", "partly", "not_done"]
    subject: str | None
    group: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a sentence comes from: the kind and key of the result dataclass it was made from."""

    kind: Literal[
        "overview", "totals", "grade_trend", "cohort_trend", "destination_changes", "interventions", "agreements"
    ]
    key: dict[str, str | int | None]
    figures: dict[str, float | int | str | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """One finding (at most three sentences) on one of the questions, with what it rests on. `template`: e.g. "Z04".

    `text` is Dutch, `text_en` the same in English.
    """

    question: str
    template: str
    text: str
    evidence: tuple[Evidence, ...]
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class PupilPoint:
    """What came of one test at one moment for one pupil. `status`: "counted", "missing" or a reason.

    Only what was delivered is filled. `reached`: whether the main tier that holds for this pupil was reached.
    """

    school_year: str
    moment: str
    version: str
    taken_on: str | None
    status: str
    score: float | None
    level: str | None
    dle: float | None
    dle_operator: str | None
    avi: str | None
    reference_level: str | None
    reached: bool | None


@dataclass(frozen=True, slots=True)
class PupilTest:
    """All moments of one pupil on one test, oldest first.

    `change` is from the last result before to the last one, in `quantity` (steps for AVI), on one version only;
    `real`: whether that is more than the test can be off (None without a measurement error in the norm file).
    """

    subject: str
    instrument: str
    points: tuple[PupilPoint, ...]
    quantity: Literal["score", "dle", "avi"] | None
    change: float | None
    real: Literal["up", "down", "within_error"] | None


@dataclass(frozen=True, slots=True)
class PupilSheet:
    """One pupil of the round with all tests. `pupil` is the key in the roster, `name` the first name; both stay inside
    the team."""

    pupil: str
    name: str
    group: str
    grade: int | None
    care: bool
    destination: str | None
    tests: tuple[PupilTest, ...]


@dataclass(frozen=True, slots=True)
class DestinationChanges:
    """Destinations changed within a school year; analyses use the one that held at its start."""

    school_year: str
    changed: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Method:
    """How the figures were made, so that each can be recomputed."""

    confidence: float
    no_number_below: int
    no_verdict_below: int
    dl_convention: str
    main_tiers: dict[str, str]
    didactic_ages_estimated: int
    files: tuple[str, ...]
    problems: dict[str, int]  # severity → number
    without_standard: int  # results for which the school has no standard
    rules: dict[str, str] = field(default_factory=dict)  # rule → version (`core.rules`)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A figure that the report has but does not tell (only in the form for the board).

    `kind`: the list it was in ("overview", "totals", "grade_trend", …), or a part of a told cell ("tier", "mean",
    "levels", "pool"), or "absent": who has no result, in every cell. `key`: what names it there. `reason`: "small"
    (fewer pupils than `method.no_number_below`), or "protects" (from it a small figure would follow). See
    `docs/domein/privacy.md`.
    """

    kind: str
    key: dict[str, str | int | None]
    reason: Literal["small", "protects"]


@dataclass(frozen=True, slots=True)
class KeptFigures:
    """Figures left as an earlier report for the board told them, because too few pupils changed since.

    `key`: the school year, moment, subject, instrument and version of the column, or what names the row of `kind`.
    `as_of`: the ISO date of that report.
    """

    kind: str
    key: dict[str, str | int | None]
    as_of: str


Audience = Literal["team", "board"]
"""For whom a report is: "team" tells everything; "board" withholds what would tell of fewer than five pupils."""


@dataclass(frozen=True, slots=True)
class SchoolReport:
    """Everything the report says. `school_year` and `moment` name the round the report is about: the newest one with
    results; the lists hold all years that were given."""

    schema: str
    school: str
    school_name: str
    school_year: str
    moment: str
    as_of: str  # ISO date of the newest result
    overview: tuple[OverviewCell, ...]
    totals: tuple[OverviewCell, ...]
    grade_trend: tuple[GradeTrend, ...]
    cohort_trend: tuple[CohortTrend, ...]
    growth: tuple[GroupGrowth, ...]
    learning_yield: tuple[GroupYield, ...]
    destination_changes: tuple[DestinationChanges, ...]
    answers: tuple[Answer, ...]
    method: Method
    standards: tuple[dict[str, object], ...] = field(default=())
    interventions: tuple[InterventionEffect, ...] = field(default=())
    agreements: tuple[Agreement, ...] = field(default=())
    audience: Audience = "team"
    withheld: tuple[Withheld, ...] = field(default=())
    kept: tuple[KeptFigures, ...] = field(default=())
    method_tests: tuple[MethodTestCell, ...] = field(default=())
    observations: tuple[ObservationCell, ...] = field(default=())
    pupils: tuple[PupilSheet, ...] = field(default=())  # by name, only when the team asked for it
