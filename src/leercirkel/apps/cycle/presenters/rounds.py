"""A round, shaped for its page: the steps, and where each group stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.request import Request
from leercirkel.apps.cycle import progress, steps
from leercirkel.apps.cycle.models import CycleRun, StepDone
from leercirkel.apps.cycle.selectors.ready import CameIn, label_of
from leercirkel.apps.organisation.models import Group

PERCENTAGE_FROM = 20
"""A percentage only from so many, and always with the count."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One of the eight steps. `state`: its chip; `said`: where it stands; `url` empty while it has no page."""

    code: str
    number: int
    label: str
    url: str
    state: str
    colour: str
    said: Any
    done: StepDone | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group with its lines. `late` those of which the agreed day has passed."""

    group: Group
    teachers: str
    lines: Sequence[tuple[progress.Line, bool]]


def name_of(run: CycleRun) -> str:
    """“middenronde 2026-2027”."""
    return label_of(run.school_year, run.moment)


def in_words(counted: CameIn) -> str:
    """How much is in: “812 van de 870 verwachte uitslagen (93%)”."""
    if not counted.expected:
        return _("Er is geen toetskalender voor dit moment: hoeveel er nog komt, is niet te zeggen.")
    said = _("%(results)d van de %(expected)d verwachte uitslagen zijn binnen") % {
        "results": counted.results,
        "expected": counted.expected,
    }
    share = f" ({100 * counted.results // counted.expected}%)" if counted.expected >= PERCENTAGE_FROM else ""
    return f"{said}{share}."


def since_then(before: CameIn, now: CameIn, changed: bool) -> str:
    """What came in since the figures of the round were fixed; empty when nothing changed."""
    more = now.results - before.results
    if not changed:
        return ""
    if more > 0:
        words = ngettext(
            "Sinds de cijfers van deze ronde zijn vastgezet, kwam er %d uitslag bij.",
            "Sinds de cijfers van deze ronde zijn vastgezet, kwamen er %d uitslagen bij.",
            more,
        )
        return words % more
    if more == 0:  # which table changed is not kept: also an intervention that was begun, or a week that was said
        return _(
            "Sinds de cijfers van deze ronde zijn vastgezet, kwam er geen uitslag bij, maar veranderde er wel iets "
            "waar cijfers van gemaakt worden. Dat kan ook een aanpak zijn, of een week waarin die gegeven is."
        )
    return _("Sinds de cijfers van deze ronde zijn vastgezet, is er iets veranderd in de gegevens van de school.")


def step_rows(request: Request, run: CycleRun, done: Mapping[tuple[str, int | None], StepDone]) -> list[StepRow]:
    """The eight steps in their order."""
    return [_step(request, run, number, step, done) for number, step in enumerate(StepDone.Step, start=1)]


def _step(
    request: Request, run: CycleRun, number: int, step: StepDone.Step, done: Mapping[tuple[str, int | None], StepDone]
) -> StepRow:
    page = steps.page_of(step)
    said = page.tell(request, run) if page and page.tell else steps.Said()
    row = done.get((step, None))
    begun = said.begun or any(of == step for of, _group in done)
    nothing = str(said.nothing) or _("nog niet begonnen")
    state, colour = (_("klaar"), "brand") if row else (_("bezig"), "blue") if begun else (nothing, "")
    return StepRow(step, number, str(step.label), _url(page, run), state, colour, said.text, row)


def _url(page: steps.StepPage | None, run: CycleRun) -> str:
    if page is None:
        return ""
    try:
        return reverse(page.url_name, kwargs={"pk": run.pk} if page.of_round else {})
    except NoReverseMatch:
        return ""


@dataclass(frozen=True, slots=True)
class Onward:
    """The way on from the page of a step: marks it done and goes to the next. `code`: this step."""

    code: str
    following: str


def onward(run: CycleRun, step: StepDone.Step, leads: bool) -> Onward | None:
    """For the foot of a step's page; None for who does not lead, or when the round is closed."""
    later = following(step)
    return Onward(step, str(later.label)) if leads and run.closed_at is None and later else None


def following(step: StepDone.Step) -> StepDone.Step | None:
    """The step after this one."""
    order = list(StepDone.Step)
    place = order.index(step) + 1
    return order[place] if place < len(order) else None


def address_of(run: CycleRun, step: StepDone.Step) -> str:
    """The page of a step; the round itself when it has none."""
    return _url(steps.page_of(step), run) or reverse("round", args=[run.pk])


def group_rows(
    groups: Sequence[Group], teachers: Mapping[int, Sequence[Any]], lines: Sequence[progress.Line]
) -> list[GroupRow]:
    """The groups that have anything to show, in the order of the school."""
    today = clock.today()
    of_group: dict[int, list[tuple[progress.Line, bool]]] = {}
    for line in lines:
        of_group.setdefault(line.group, []).append((line, line.late(today)))
    return [
        GroupRow(group, ", ".join(str(row.staff) for row in teachers.get(group.pk, ())), of_group[group.pk])
        for group in groups if group.pk in of_group
    ]  # fmt: skip
