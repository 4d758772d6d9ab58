"""What was written of one pupil, in order of time, as its parents may read it: no name and no number of others that
tells of one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from leercirkel.analysis.look_back import LookBack
from leercirkel.analysis.plan_goals import told_to_parents
from leercirkel.apps import clock
from leercirkel.apps.groupplan.models import (
    DayNote,
    Evaluation,
    GroupPlan,
    PlanChoice,
    PlanGoal,
    PlanVersionPupil,
    PupilPhrase,
)
from leercirkel.apps.groupplan.presenters import words, written_plans
from leercirkel.apps.groupplan.presenters.entries import Entry
from leercirkel.apps.groupplan.presenters.overview import KINDS
from leercirkel.apps.groupplan.proposals import REASONS, WITHOUT_PLAN
from leercirkel.apps.groupplan.selectors.written import Written, version_at
from leercirkel.apps.organisation.models import Pupil
from leercirkel.core import dutch, english
from leercirkel.core.calendar import school_year_label, school_year_of
from leercirkel.core.other_names import sentences_with, without_names

Mask = Callable[[str], str]
"""Takes the names of other children out of a text."""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything, the newest first: what holds now by kind, plans that are not fixed, and entries by school year.
    `masked`: the name of another child was left out somewhere."""

    now: tuple[tuple[str, tuple[str, ...]], ...]
    drafts: tuple[str, ...]
    years: tuple[tuple[str, tuple[Entry, ...]], ...]
    masked: bool


def day(on: date) -> str:
    """A day in words."""
    return english.day(on) if words.language() == "en" else dutch.day(on)


def page_of(pupil: Pupil, written: Written, others: Iterable[Pupil]) -> Page:
    """What was written of `pupil`; `others` are the children whose names may not stand in it."""
    names = _names(pupil, others)
    instead = _("[een ander kind]")
    masked: list[bool] = []

    def mask(text: str) -> str:
        found = without_names(text, names, instead)
        masked.append(found != text)
        return found

    today = clock.today()
    entries = [
        *(_phrase(row, mask, today) for row in written.phrases),
        *(_note(row, mask) for row in written.notes),
        *(_fixed(row, mask, names, pupil) for row in written.fixed),
        *(_evaluation(row, written, mask, pupil, names) for row in written.evaluations),
        *(_without(row) for row in written.without),
        *written_plans.entries(written.own, mask),
    ]
    by_year: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: each.on, reverse=True):
        by_year.setdefault(school_year_of(entry.on), []).append(entry)
    now = tuple(
        (str(label), tuple(_said(row, mask) for row in written.phrases if row.kind == kind and today in row.during))
        for kind, label in KINDS
    )
    drafts = tuple(
        _("%(area)s (%(group)s): %(arrangement)s")
        % {
            "area": row.plan.area.name, "group": row.plan.group.name,
            "arrangement": row.arrangement.name if row.arrangement else _("nog geen arrangement"),
        }
        for row in written.drafts
    ) + tuple(written_plans.drafts(written.own))  # fmt: skip
    years = tuple((school_year_label(year), tuple(found)) for year, found in by_year.items())
    return Page(now, drafts, years, any(masked))


def _names(pupil: Pupil, others: Iterable[Pupil]) -> list[str]:
    """First names and whole names of others. A first name that is this pupil's as well is taken to be said of it."""
    found = {str(each) for each in others} | {each.first_name for each in others if each.first_name}
    return sorted(found - {pupil.first_name, str(pupil)})


def _said(row: PupilPhrase, mask: Mask) -> str:
    area = f" ({row.area.name})" if row.area else ""
    return f"{mask(row.text)}{area}{_(', uit het OPP') if row.from_opp else ''}"


def _phrase(row: PupilPhrase, mask: Mask, today: date) -> Entry:
    label = next(str(each) for kind, each in KINDS if kind == row.kind)
    last = row.during.upper - timedelta(days=1) if row.during.upper else None
    holds = _("geldt nog") if last is None or last >= today else _("gold tot en met %s") % day(last)
    return Entry(row.during.lower, label, _said(row, mask), (holds,))


def _note(row: DayNote, mask: Mask) -> Entry:
    area = f" ({row.area.name})" if row.area else ""
    gone = _("wordt vernietigd op %s") % day(row.destroy_on)
    return Entry(row.on, _("Dagnotitie"), f"{mask(row.text)}{area}", (gone,))


def _fixed(row: PlanVersionPupil, mask: Mask, names: Sequence[str], pupil: Pupil) -> Entry:
    content, version = row.content, row.version
    own = pupil.first_name or str(pupil)
    of_plan = version.content
    area = of_plan.get("area") or version.plan.area.name
    title = _("Plan %(area)s (%(group)s), versie %(number)d") % {
        "area": area, "group": of_plan.get("group") or version.plan.group.name, "number": version.number,
    }  # fmt: skip
    arrangement = str(content.get("arrangement", ""))
    lines = [_("Arrangement: %s.") % arrangement] if arrangement else []
    if content.get("cluster"):
        lines.append(_("Instructie in groepje %s.") % content["cluster"])
    if content.get("reason") in REASONS:
        lines.append(_("Anders dan het voorstel: %s.") % REASONS[content["reason"]])
    if of_plan.get("kind") != GroupPlan.Kind.OBSERVATION:  # of groups 1 and 2 there is no test
        lines.append(_("Uitslag toen: %s.") % words.result_words(content.get("basis", {})))
    lines += _goals(of_plan.get("goals", ()), arrangement, area, mask, names, pupil)
    lines += [mask(words.named(text, own)) for text in content.get("needs", ())]
    phrases = [mask(text) for _kind, text in content.get("phrases", ())]
    if phrases:
        lines.append(_("In het plan stond: %s.") % "; ".join(phrases))
    on = timezone.localtime(version.fixed_at).date()
    return Entry(on, _("Plan"), title, tuple(lines))


def _goals(
    goals: Iterable[Mapping[str, Any]], arrangement: str, area: str, mask: Mask, names: Sequence[str], pupil: Pupil
) -> Iterable[str]:
    given = list(goals)
    whole = _whole(given)
    for goal in given:
        if goal["arrangement"] in ("", arrangement) and (text := _goal(goal, area, whole, mask, names, pupil)):
            yield text if text == words.limit_text(goal, area) else _("Doel: %s") % text


def _whole(goals: Iterable[Mapping[str, Any]]) -> int | None:
    """Of how many pupils the goal of everyone together tells."""
    return next((goal["of"] for goal in goals if not goal["arrangement"] and goal.get("of")), None)


def _goal(
    goal: Mapping[str, Any], area: str, whole: int | None, mask: Mask, names: Sequence[str], pupil: Pupil
) -> str:  # fmt: skip
    """A goal in words. A goal in words that is about another child is left out; a number of few children too."""
    if goal["kind"] != PlanGoal.Kind.TEST or goal["text"]:
        text = words.named(str(goal["text"]), _who(goal.get("named", ()), pupil))
        return "" if _about_others(goal, text, names) else mask(text)
    if told_to_parents(goal["of"] or 0, whole if goal["arrangement"] else None):
        return words.test_goal_text(goal, goal["arrangement"], area, now=True, fixed=True)
    return words.limit_text(goal, area)


def _who(ids: Sequence[int], pupil: Pupil) -> str:
    """Who a goal is about, for the parents of one of them or of none."""
    own = [pupil.first_name or str(pupil)] if pupil.pk in ids else []
    rest = len(ids) - len(own)
    others = [_("[een ander kind]") if rest == 1 else _("[andere kinderen]")] if rest else []
    return dutch.listed([*own, *others])


def _about_others(goal: Mapping[str, Any], text: str, names: Sequence[str]) -> bool:
    return goal["kind"] != PlanGoal.Kind.STEP and any(sentences_with(text, name) for name in names)


def _evaluation(row: Evaluation, written: Written, mask: Mask, pupil: Pupil, names: Sequence[str]) -> Entry:
    """The goals of everyone and of the arrangement the pupil had then, each with how it came out as far as it is of so
    many pupils that it tells of none of them; and what is said of this pupil in so many words."""
    version = version_at(written, row)
    arrangement = str(version.content.get("arrangement", "")) if version else ""
    goals = {goal["id"]: goal for goal in version.version.content.get("goals", ()) if "id" in goal} if version else {}
    sizes = written.sizes.get(version.version_id, {}) if version else {}
    everyone = sum(sizes.values())
    lines = [_("Arrangement: %s.") % arrangement] if arrangement else []
    for one in LookBack.read(row.computed).goals:
        goal = goals.get(one.goal)
        if goal is None or goal["arrangement"] not in ("", arrangement):
            continue
        tested = goal["kind"] == PlanGoal.Kind.TEST and not goal["text"]
        area = row.plan.area.name
        if text := words.limit_text(goal, area) if tested else _goal(goal, area, None, mask, names, pupil):
            of = (sizes.get(arrangement, 0), everyone) if goal["arrangement"] else (everyone, None)
            told = told_to_parents(*of)
            lines.append(_came_out(text, arrangement if goal["arrangement"] else "", one.met, tested, told))
    if own := sentences_with(row.text, pupil.first_name):
        lines.append(mask(own))
    title = f"{row.get_kind_display()} {row.plan.area.name}".capitalize()
    on = timezone.localtime(row.done_at).date() if row.done_at else row.due_on
    return Entry(on, _("Evaluatie"), title, tuple(lines))


def _came_out(text: str, arrangement: str, met: bool | None, tested: bool, told: bool) -> str:
    """A goal with how it came out. Of a test goal it says for whom: everyone and an arrangement have the same words."""
    if not tested:
        return f"{text} {words.outcome(met)}" if told else text
    who = _("Leerlingen van %s") % arrangement if arrangement else _("De hele groep")
    outcome = words.outcome(met) if told else _("Met zo weinig leerlingen noemen we geen uitkomst.")
    return f"{text} {who}: {outcome[0].lower()}{outcome[1:]}"


def key_of(page: Page) -> str:
    """What words of plans mean, for parents: of those that stand on the page."""
    lines = [line for _year, found in page.years for one in found for line in one.lines]

    def there(word: str) -> bool:
        return any(word in line for line in lines)

    meant = [
        (there(_("Arrangement: %s.").partition("%")[0]), _("Arrangement: hoeveel uitleg een leerling krijgt.")),
        (there("DLE"), _("DLE: tot waar een leerling in de leerstof is, in maanden les.")),
        (there(_("lijn %s").partition("%")[0]), _("Lijn: wat past bij de bestemming van de leerling.")),
        (there("doel (") or there("goal ("), _("Tussen haakjes: welk van de doelen van de school.")),
    ]
    return " ".join(said for here, said in meant if here)


def _without(row: PlanChoice) -> Entry:
    of = {"area": row.area.name, "year": school_year_label(row.school_year), "reason": WITHOUT_PLAN[row.reason]}
    said = _("Geen groepsplan voor %(area)s in %(year)s: %(reason)s.") % of
    return Entry(timezone.localtime(row.chosen_at).date(), _("Plan"), said)
