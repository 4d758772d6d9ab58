"""The plan of one pupil for its page, a fixed version and paper: all from the plan as a version keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.analysis.plan_goals import sentence_of_no_change
from leercirkel.apps.cycle.models import Judgement
from leercirkel.apps.groupplan.models import Phrase, PlanGoal, PupilEvaluation, PupilGoal, PupilPlan
from leercirkel.apps.groupplan.presenters import words
from leercirkel.apps.groupplan.presenters.plan import Part
from leercirkel.apps.groupplan.proposals import PUPIL_SECTIONS
from leercirkel.apps.organisation.models import Group, Pupil
from leercirkel.core import dutch, english, subjects
from leercirkel.core.other_names import without_names


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in words; `kept`: what is changed of it, the words or the threshold."""

    pk: int
    label: str
    text: str
    kept: str
    test: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A plan as it is shown. `seen`: what was known when it began, with its heading; `going_on`: that it goes on from
    the last one, and what is different, empty for a first plan; `parts`: those with a text, or all to be filled in."""

    title: str
    period: str
    review: str
    owner: str
    seen: tuple[tuple[str, tuple[str, ...]], ...]
    goals: tuple[Goal, ...]
    parts: tuple[Part, ...]
    going_on: str


def day(on: date) -> str:
    """A day in words."""
    return english.day(on) if words.language() == "en" else dutch.day(on)


def title_of(area: str) -> str:
    """ "Handelingsplan rekenen"."""
    return _("Handelingsplan %s") % area if area else _("Handelingsplan")


def page_of(content: Mapping[str, Any], pupil: Pupil, plan: int | None = None) -> Page:
    """A plan from what a version keeps (`actions.pupil_fixing.content_of`); with `plan` (its id) to be filled in."""
    texts = content["texts"]
    parts = [
        Part(code, str(label), str(texts.get(code, "")), reverse("pupil-plan-text", args=[plan, code]) if plan else "")
        for code, label in PUPIL_SECTIONS.items()
        if _has_place(code, content, plan is not None)
    ]
    goes_on = content["before"]
    return Page(
        title_of(content["area"]), period_of(content), day(date.fromisoformat(content["review_on"])),
        content["owner"], seen_of(content["seen"]), tuple(_goal(one, pupil) for one in content["goals"]), tuple(parts),
        sentence_of_no_change(texts.get("different", ""), words.language()) if goes_on else "",
    )  # fmt: skip


def _has_place(code: str, content: Mapping[str, Any], fills_in: bool) -> bool:
    """Whether a part stands there: with a text, or to be filled in. What is different has its own sentence on top."""
    if code == "different":
        return fills_in and bool(content["before"])
    return fills_in or bool(content["texts"].get(code))


def period_of(content: Mapping[str, Any]) -> str:
    """ "23 november 2026 tot en met 29 januari 2027"."""
    ends = {"from": day(date.fromisoformat(content["starts"])), "until": day(date.fromisoformat(content["ends"]))}
    return _("%(from)s tot en met %(until)s") % ends


def _goal(goal: Mapping[str, Any], pupil: Pupil) -> Goal:
    test = goal["kind"] == PlanGoal.Kind.TEST
    label = str(PlanGoal.Kind(goal["kind"]).label)
    return Goal(goal["id"], label, words.pupil_goal_text(goal, pupil), goal["threshold" if test else "text"], test)


def seen_of(seen: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a plan was opened with, by heading."""
    english_page = words.language() == "en"
    finding = (seen.get("finding_en") if english_page else "") or seen.get("finding", "")
    said: dict[str, list[str]] = {kind: [] for kind in Phrase.Kind.values}
    for kind, text in seen.get("phrases", ()):
        said[kind].append(text)
    found = (
        (_("Bevinding"), [finding] if finding else []),
        (_("Uitslagen"), [result_line(one) for one in seen.get("results", ())]),
        (_("Wat helpt"), said[Phrase.Kind.HELPING]),
        (_("Wat hindert"), said[Phrase.Kind.HINDERING]),
        (_("Wat nodig is"), said[Phrase.Kind.NEED]),
    )
    return tuple((heading, tuple(lines)) for heading, lines in found if lines)


def result_line(basis: Mapping[str, Any]) -> str:
    """ "Rekenen: 92 · doel 100 · niveau IV (midden 2026-2027); methodetoetsen: 2 van de 6 doelen onvoldoende"."""
    subject = dutch.sentence(subjects.label(basis["subject"], words.language()))
    line = f"{subject}: {words.result_words(basis)}"
    if "round" in basis:
        line += f" ({words.moment_words(*basis['round'])})"
    of, below = basis.get("method", (0, 0))
    return f"{line}; {words.method_words(of, below)}" if below else line


def subject_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Subjects to choose from."""
    return [(code, dutch.sentence(subjects.label(code, words.language()))) for code in codes]


def quantity_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """What a test goal can be of."""
    said = {
        "score": _("vaardigheidsscore"), "dle": _("DLE"), "level": _("niveau (I–V of A–E)"), "avi": _("AVI-niveau"),
        "reference": _("referentieniveau"),
    }  # fmt: skip
    return [(code, said[code]) for code in codes]


def choice_words(evaluation: PupilEvaluation) -> str:
    """What the team decided, in a sentence."""
    return {
        Judgement.Choice.CONTINUE: _("We gaan door."),
        Judgement.Choice.ADAPT: _("We gaan door, en passen het plan aan."),
        Judgement.Choice.STOP: _("We stoppen met dit plan."),
    }[Judgement.Choice(evaluation.choice)]


def with_names(page: Page, others: Iterable[Pupil], pupil: Pupil) -> bool:
    """Whether the first name of another child of the same groups stands in what was written."""
    names = {each.first_name for each in others if each.first_name} - {pupil.first_name}
    written = "\n".join([*(part.text for part in page.parts), *(goal.text for goal in page.goals)])
    return without_names(written, names, "") != written


@dataclass(frozen=True, slots=True)
class Line:
    """A plan in a list. `state`: where it stands, with the colour of its chip."""

    plan: PupilPlan
    title: str
    period: str
    state: str
    colour: str
    evaluate: bool
    group: str = ""


def line_of(plan: PupilPlan, today: date, group: str = "") -> Line:
    """A plan in a list; `evaluate`: fixed, and its day has come."""
    done: PupilEvaluation | None = getattr(plan, "evaluation", None)
    if done is not None:
        state, colour = _("geëvalueerd: %s") % done.get_choice_display(), "blue"
    elif plan.state == PupilPlan.State.FIXED and plan.review_on < today:
        state, colour = _("nog te evalueren, sinds %s") % day(plan.review_on), "warm"
    elif plan.state == PupilPlan.State.FIXED:
        state, colour = _("vastgesteld, evaluatie op %s") % day(plan.review_on), "brand"
    else:
        state, colour = _("concept"), "warm"
    evaluate = done is None and plan.state == PupilPlan.State.FIXED and plan.review_on <= today
    title = title_of(plan.area.name if plan.area else "")
    return Line(plan, title, words.period(plan), state, colour, evaluate, group)


def lines_of(plans: Iterable[PupilPlan], classes: Mapping[int, Group], today: date) -> list[Line]:
    """Plans of several pupils in a list: by class, then by name."""
    named = {pupil: group.name for pupil, group in classes.items()}
    order = {pupil: (group.position, group.name) for pupil, group in classes.items()}
    rows = sorted(plans, key=lambda plan: (order.get(plan.pupil_id, (0, "")), plan.pupil.sort_key, plan.pk))
    return [line_of(plan, today, named.get(plan.pupil_id, "")) for plan in rows]


def paper_of(
    content: Mapping[str, Any],
    plan: PupilPlan,
    state: str,
    evaluation: PupilEvaluation | None,
    goals: Sequence[PupilGoal],
) -> dict[str, Any]:
    """The plan as `documents.group_plan` takes it: one A4."""
    page = page_of(content, plan.pupil)
    parts = [{"heading": heading, "text": "\n".join(lines)} for heading, lines in page.seen]
    parts += [{"heading": part.heading, "text": part.text} for part in page.parts]
    parts.append({"heading": _("Evaluatie"), "text": _looked_back(page, evaluation, goals)})
    made = {
        "title": page.title, "group": str(plan.pupil), "school": plan.school.name, "period": page.period,
        "state": state, "teachers": page.owner, "groups": page.going_on,
        "goals": [goal.text for goal in page.goals], "clusters": [], "parts": parts,
    }  # fmt: skip
    labels = {
        "together": _("Doelen"), "goals": _("Doelen"), "pupils": _("Leerlingen"), "evaluation": _("Evaluatie"),
        "none": _("Nog niets opgeschreven."),
        "inside": _("Leerlingdossier: voor de school en voor ouders met gezag."),
    }  # fmt: skip
    return {"language": words.language(), "labels": labels, "plans": [made]}


def _looked_back(page: Page, evaluation: PupilEvaluation | None, goals: Sequence[PupilGoal]) -> str:
    if evaluation is None:
        return _("op %s") % page.review
    lines = [f"{goal.text} {words.outcome(own.met)}" for goal in page.goals for own in goals if own.pk == goal.pk]
    return "\n".join([*lines, " ".join((choice_words(evaluation), evaluation.why)).strip()])
