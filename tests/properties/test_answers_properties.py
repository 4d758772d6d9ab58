"""Whatever the figures: short sentences, plain words, no number of a very small group, and nothing but the figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.answer_cells import (
    YEAR,
    agreement,
    cell,
    cohort,
    intervention,
    period,
    points,
    pool,
    tier,
    total,
    trend,
)

from leercirkel.analysis.answers import QUESTIONS, answer
from leercirkel.analysis.answers.evidence import key_of, rests_on
from leercirkel.analysis.answers.say import sentences_of
from leercirkel.analysis.model import (
    Agreement,
    Answer,
    CohortTrend,
    DestinationChanges,
    GradeTrend,
    InterventionEffect,
    OverviewCell,
)
from leercirkel.core import dutch, english
from leercirkel.core.destinations import DESTINATIONS
from leercirkel.core.subjects import SUBJECTS

GROUPS = st.sampled_from(
    ["Groep 5", "Uilen", "1/2A", "5/6", "Instructiegroep begrijpend lezen 3", "'t Nest", "Juf Anna", "Bovenbouw",
     "Unit 5-6", "De heel lange naam van een groep die niemand zo zegt"]
)  # fmt: skip
NAMES = GROUPS | st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="{}nN"), max_size=40)
YEARS = st.sampled_from(["2024-2025", "2025-2026", YEAR])
MOMENTS = st.sampled_from(["B", "M", "E"])
WORDS = st.sampled_from(
    [
        "extra leestijd",
        "Bouw!",
        "voortgezet lezen: voor–samen–zelf, vier keer per week met de hele groep",
        "B.O.U.W. app.",
        "elke dag vijf minuten automatiseren",
    ]
) | st.text(st.characters(categories=["L", "P", "Zs"], exclude_characters="{}()nN"), min_size=1, max_size=60)
THRESHOLDS = st.sampled_from([20.0, 95.5, None, "III", "C", "E4", "Plus", "1F"])
SHARES = st.sampled_from([0.25, 0.75, 0.9, 1.0])
REASONS = st.dictionaries(
    st.sampled_from(["ill", "exempt", "too_hard", "just_arrived", "moved", "other"]), st.integers(1, 4), max_size=4
)
FLOATS = st.floats(-40, 40, allow_nan=False)


@st.composite
def counts(draw: st.DrawFn, most: int = 40) -> tuple[int, int]:
    """Reached and counted."""
    n = draw(st.integers(0, most))
    return draw(st.integers(0, n)), n


@st.composite
def cells(draw: st.DrawFn, whole_school: bool = False) -> OverviewCell:
    """A cell with one tier for all and perhaps one for pupils with extra support."""
    (k, n), limit, share = draw(counts(300 if whole_school else 40)), draw(THRESHOLDS), draw(SHARES)
    tiers = [tier(k, n, threshold=limit, target_share=share)]
    if draw(st.booleans()):
        tiers.append(tier(*draw(counts(12)), scope="care"))
    return cell(
        k, n, tiers,
        group=None if whole_school else draw(NAMES), grade=draw(st.none() | st.integers(1, 8)), school_year=draw(YEARS),
        subject=draw(st.sampled_from(SUBJECTS)), moment=draw(MOMENTS), not_taken=draw(REASONS),
        instrument=draw(st.sampled_from(["DEMO", "Cito L.V.S. 3.0"])),
        missing=draw(st.integers(0, 4)), quantity=draw(st.sampled_from(["score", "dle", None])),
    )  # fmt: skip


@st.composite
def trends(draw: st.DrawFn) -> GradeTrend:
    """A trend along one of the axes."""
    axis = draw(st.sampled_from(["grade", "didactic_age_band", "destination", None]))
    value = {
        "grade": st.integers(1, 8),
        "didactic_age_band": st.just("11-20"),
        "destination": st.sampled_from(DESTINATIONS),
    }
    along = {axis: draw(value[axis])} if axis else {}
    line = points(
        *draw(st.lists(counts(60), min_size=1, max_size=6)), new_version_at=draw(st.none() | st.integers(2021, 2026))
    )
    if axis == "destination" and draw(st.booleans()):
        line = tuple(replace(p, two_below=draw(st.integers(0, p.judged - p.reached))) for p in line)
    return trend(
        line, draw(st.sampled_from(["up", "down", "none", None])), subject=draw(st.sampled_from(SUBJECTS)),
        instrument=draw(st.sampled_from(["DEMO", "AVI"])), pool=draw(st.none() | counts(300).map(lambda c: pool(*c))),
        **along,
    )  # fmt: skip


@st.composite
def cohorts(draw: st.DrawFn) -> CohortTrend:
    """A cohort with growth in any direction."""
    growth, half, leavers = draw(FLOATS), draw(st.none() | st.floats(0, 10)), draw(st.integers(0, 9))
    return cohort(
        growth, None if half is None else growth - half, None if half is None else growth + half,
        group=draw(NAMES), subject=draw(st.sampled_from(SUBJECTS)), quantity=draw(st.sampled_from(["score", "dle"])),
        stayers=draw(st.integers(0, 30)), joiners=draw(st.integers(0, 9)), leavers=leavers,
        leavers_present=draw(st.integers(0, leavers)), total_change=draw(FLOATS),
        expected_growth=draw(st.none() | FLOATS),
        from_moment=draw(MOMENTS), from_school_year=draw(st.sampled_from(["2024-2025", "2025-2026"])),
    )  # fmt: skip


@st.composite
def interventions(draw: st.DrawFn) -> InterventionEffect:
    """An intervention with measurements of any kind, or none."""
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        growth, expected, half = draw(st.none() | FLOATS), draw(FLOATS), draw(st.floats(0.01, 10))
        difference = 0.0 if growth is None else growth - expected
        verdict = "more" if difference > half else "less" if difference < -half else "undecided"
        if growth is None:
            verdict = draw(st.sampled_from(["too_few", "no_measure", "not_carried_out"]))
        part = period(growth, expected, difference - half, difference + half, verdict)
        parts.append(replace(part, counted=draw(st.integers(0, 200))))
    return intervention(
        *parts, name=draw(WORDS), selected_low=draw(st.booleans()),
        pupils=max(p.counted for p in parts) + draw(st.integers(0, 20)),
        weeks_planned=draw(st.none() | st.integers(1, 40)), weeks_given=draw(st.none() | st.integers(0, 40)),
        carried_out=draw(st.booleans()), quantity=draw(st.sampled_from(["score", "dle", None])),
        observed_goal=draw(st.none() | WORDS), observed_reached=draw(st.none() | st.integers(0, 5)),
        observed_of=draw(st.none() | st.integers(5, 30)), observers=draw(st.none() | st.integers(0, 4)),
    )  # fmt: skip


AGREEMENTS = st.builds(
    agreement, WORDS, st.sampled_from(["done", "partly", "not_done"]), school_year=YEARS, moment=MOMENTS,
    subject=st.none() | st.sampled_from(SUBJECTS), group=st.none() | st.just("Uilen"),
)  # fmt: skip


@st.composite
def changes(draw: st.DrawFn) -> DestinationChanges:
    """Changes of destination in one year."""
    up, down, other = (draw(st.integers(0, 9)) for _ in range(3))
    return DestinationChanges(draw(YEARS), up + down + other, up, down)


FORBIDDEN = (
    "(en)", "(s)", "significant", "p-waarde", "p-value", "zwakke", "slecht", "onvoldoende", "weak", "poor", "None",
    "nan", "  ", "{", "}",
)  # fmt: skip


def plain_cells(whole_school: bool = False) -> st.SearchStrategy[OverviewCell]:
    """Cells of groups whose names hold no number and no number word."""
    named = st.sampled_from(["Uilen", "Reigers", "Bovenbouw"])
    if whole_school:
        return cells(True)
    return st.tuples(cells(), named).map(lambda drawn: replace(drawn[0], group=drawn[1]))


def plain_cohorts() -> st.SearchStrategy[CohortTrend]:
    """Cohorts of such groups."""
    return cohorts().map(lambda c: replace(c, group="Uilen"))


def plainly(effect: InterventionEffect) -> InterventionEffect:
    """The same intervention, named without a number."""
    return replace(effect, name="extra leestijd", observed_goal=None)


def named(made: Agreement) -> Agreement:
    """The same agreement, worded without a number."""
    return replace(made, text="elke dag automatiseren")


def numbers(text: str, words: Sequence[str]) -> Counter[str]:
    """The figures in a text, in digits or in words, without what moments, grades and tests are called."""
    text = text.casefold().replace("eén", "één").replace(",", ".")
    text = re.sub(r"\d{4}-\d{4}|grade \d|groep \d|leerjaar \d", "", text)
    found = re.findall(r"\d+(?:\.\d+)?|[a-zé]+", text)
    return Counter(str(words.index(w)) if w in words else w for w in found if w in words or w[0].isdigit())


Everything = tuple[
    list[OverviewCell], list[OverviewCell], list[GradeTrend], list[CohortTrend], list[DestinationChanges],
    list[InterventionEffect], list[Agreement],
]  # fmt: skip


def _unique(of: st.SearchStrategy[object], size: int) -> st.SearchStrategy[list[object]]:
    return st.lists(of, max_size=size, unique_by=lambda r: tuple(key_of(r).values()))  # type: ignore[arg-type]


SCHOOLS = st.tuples(
    _unique(cells(), 12),
    _unique(cells(whole_school=True), 6),
    _unique(trends(), 5),
    _unique(cohorts(), 4),
    _unique(changes(), 2),
    _unique(interventions(), 3),
    _unique(AGREEMENTS, 3),
)
PLAIN_SCHOOLS = st.tuples(
    _unique(plain_cells(), 8),
    _unique(plain_cells(True), 4),
    _unique(trends(), 5),
    _unique(plain_cohorts(), 4),
    _unique(changes(), 2),
    _unique(interventions().map(plainly), 3),
    _unique(AGREEMENTS.map(named), 3),
)


def say(school: Everything) -> tuple[Answer, ...]:
    overview, totals, grade_trend, cohort_trend, destination_changes, undertaken, agreements = school
    return answer(
        school_year=YEAR,
        moment="M",
        overview=overview,
        totals=totals,
        grade_trend=grade_trend,
        cohort_trend=cohort_trend,
        destination_changes=destination_changes,
        interventions=undertaken,
        agreements=agreements,
    )


@settings(max_examples=150, deadline=None)
@given(SCHOOLS)
def test_sentences_are_short_and_plain_and_rest_on_the_figures(school: Everything) -> None:
    answers = say(school)
    everything = [r for results in school for r in results]
    for a in answers:
        assert a.text.endswith((".", "?"))
        assert a.text_en.endswith((".", "?"))
        for text in (a.text, a.text_en):
            parts = sentences_of(text)
            assert 1 <= len(parts) <= 3, text
            assert all(len(s.split()) <= 25 for s in parts), text
            assert text[0] == text[0].upper(), text
            assert not any(w in text for w in FORBIDDEN), text
        assert a.question in QUESTIONS
        assert a.evidence
        assert all(len(rests_on(e, everything)) == 1 for e in a.evidence)
    assert len({(a.template, a.text, str(a.evidence)) for a in answers}) == len(answers)


@settings(max_examples=150, deadline=None)
@given(PLAIN_SCHOOLS)
def test_both_languages_name_the_same_figures(school: Everything) -> None:
    for a in say(school):
        assert numbers(a.text, dutch.NUMBER_WORDS) == numbers(a.text_en, english.NUMBER_WORDS), (a.text, a.text_en)


@settings(max_examples=60, deadline=None)
@given(SCHOOLS, st.randoms(use_true_random=False))
def test_the_same_figures_give_the_same_sentences_in_whatever_order(school: Everything, random: object) -> None:
    shuffled = tuple(random.sample(results, len(results)) for results in school)  # type: ignore[attr-defined]
    assert say(school) == say(shuffled)  # type: ignore[arg-type]


@settings(max_examples=200, deadline=None)
@given(counts(), THRESHOLDS, SHARES, st.integers(0, 4), REASONS)
def test_one_cell_says_its_own_counts_and_below_five_none(
    count: tuple[int, int], threshold: float | str | None, share: float, missing: int, reasons: dict[str, int]
) -> None:
    k, n = count
    c = cell(
        k, n, [tier(k, n, threshold=threshold, target_share=share)], group="Uilen", missing=missing, not_taken=reasons
    )
    answers = answer(school_year=YEAR, moment="M", overview=[c], totals=[])
    if n == 0:  # that nobody took it is told when that is nobody of five or more: it gives no result away
        answers = tuple(a for a in answers if a.template != "Z07" or a.evidence[0].figures["to_come"] < 5)
    told = " ".join(a.text for a in answers)
    if n < 5:
        assert not re.search(r"\d|leerling(?!en zelf)", told), told
        assert all(not e.figures for a in answers for e in a.evidence)
        return
    [fact] = [a for a in answers if a.template in ("Z01", "Z02", "Z03", "Z04", "Z05", "Z06")]
    t = c.tiers[0]
    assert fact.template == {
        "above": "Z01", "below": "Z02", "too_few": "Z06", "undecided": "Z03" if t.reached_goal else "Z04",
    }[t.verdict] or (fact.template == "Z05" and k == n)  # fmt: skip
    assert f"alle {n} leerlingen" in fact.text or f"{k} van de {n} leerlingen" in fact.text
    if fact.template in ("Z01", "Z02", "Z03", "Z04"):
        assert f"ons doel was {t.goal_count} van de {n}" in fact.text.lower()
    assert (" haalde " in fact.text) == (k == 1)


@settings(max_examples=100, deadline=None)
@given(st.lists(cells(), max_size=25, unique_by=lambda r: tuple(key_of(r).values())))
def test_a_group_has_at_most_six_answers(overview: list[OverviewCell]) -> None:
    answers = answer(school_year=YEAR, moment="M", overview=overview, totals=[total(70, 90)])
    for group in {c.group for c in overview}:
        own = [a for a in answers if {e.key["group"] for e in a.evidence} == {group} and a.template != "Z09"]
        assert len(own) <= 6
