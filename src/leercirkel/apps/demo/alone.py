"""Plans of single pupils of an invented school: some that run, one that was stopped, one that was only opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.sight import sight_of
from leercirkel.apps.cycle.models import CycleRun, Finding
from leercirkel.apps.demo.past import on_day
from leercirkel.apps.demo.team import Team
from leercirkel.apps.groupplan.actions.held import save_text
from leercirkel.apps.groupplan.actions.pupil_fixing import fix, look_back
from leercirkel.apps.groupplan.actions.pupil_plans import add_words, open_for
from leercirkel.apps.groupplan.models import GroupPlan, PlanArea, PlanPupil, PupilPlan
from leercirkel.apps.organisation.models import Pupil
from leercirkel.core.standards import QUANTITIES

_AREAS: Final = ("rekenen", "technisch lezen", "spelling")
_EARLY: Final = 3
"""So many plans a school has since the autumn: the first goes on otherwise, the second goes on, the third stops."""

_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "rekenen": {
        "seen": "Telt bij sommen over de tien nog op de vingers. Met het rekenrek lukt het wel.",
        "doing": "Sommen tot 20 eerst met het rekenrek, dan met de getallenlijn, dan zonder. Elke keer dezelfde drie "
        "stappen. Daarna vijf minuten automatiseren.",
        "when": "Vier keer per week een kwartier, tijdens het zelfstandig werken.",
        "who": "De leerkracht aan de instructietafel; op donderdag de onderwijsassistent.",
        "talked": "Wil graag laten zien wat al lukt. Ouders oefenen twee keer per week vijf minuten mee.",
    },
    "technisch lezen": {
        "seen": "Leest netjes, maar langzaam. Raadt bij lange woorden.",
        "doing": "Voor-koor-zelf lezen met een tekst op het eigen niveau, en elke keer lange woorden in stukjes.",
        "when": "Elke dag tien minuten hardop.",
        "who": "Leerkracht en tutor uit de bovenbouw, in het leeshoekje.",
        "talked": "Kiest zelf de boeken. Ouders lezen thuis om de beurt een bladzijde.",
    },
    "spelling": {
        "seen": "Kent de regels als we ze vragen, gebruikt ze nog niet in eigen teksten.",
        "doing": "Per week één categorie: regel hardop zeggen, vijf woorden, een eigen zin nakijken met het kaartje.",
        "when": "Drie keer per week tien minuten.",
        "who": "De leerkracht, samen met een maatje.",
        "talked": "Vindt nakijken met het kaartje prettiger dan een rood streepje.",
    },
}
_WORDS: Final = {
    "rekenen": "sommen tot 20 uitrekenen zonder tellen",
    "technisch lezen": "een tekst van dit niveau vlot lezen, met hoogstens vijf fouten",
    "spelling": "in een eigen tekst van tien zinnen de geoefende woorden goed schrijven",
}
_DECIDED: Final = (
    (
        ("adapt", "Drie keer per week is genoeg, dan blijft er tijd voor de gewone verwerking.", False),
        ("continue", "Nog niet gehaald, maar zonder rekenrek gaat steeds meer goed. Dit houden we vast.", False),
    ),
    (("continue", "", False),),
    (("stop", "Het lukt nu in de gewone les. We houden het in het groepsplan bij.", True),),
)
"""Of each plan of the autumn what was decided, as often as it was looked back on: choice, why, and whether what is
taught was mastered. The second one was forgotten after that."""


def begin_autumn(team: Team, run: CycleRun) -> None:
    """Plans of the autumn, looked back on at the day that they had for it; what goes on was fixed again."""
    for place, row in enumerate(_who(run)):
        by = team.users().get(row.plan.group_id, team.by)
        area = row.plan.area
        with on_day(date(clock.school_year(), 10, 5 + 7 * place), team.school):
            plan = _opened(team, row.pupil, area, None, by)
            _write(plan, area, by)
            _fixed(plan, by)
        following: PupilPlan | None = plan
        for choice, why, met in _DECIDED[place]:
            if following is not None and following.review_on <= clock.today():
                following = _looked_back(team, following, choice, why, met, by)


def _looked_back(team: Team, plan: PupilPlan, choice: str, why: str, met: bool, by: User) -> PupilPlan | None:
    with on_day(plan.review_on, team.school):
        found = PupilPlan.objects.select_related("pupil", "area", "school").get(pk=plan.pk)
        said = {goal.pk: met for goal in found.goals.all()}
        sight = sight_of(team.by.pk, clock.today())
        _done, following = look_back(plan=found, sight=sight, choice=choice, why=why, said=said, by=by)
        if following is not None:
            _fixed(following, by)
    return following


def open_now(team: Team, run: CycleRun, monday: date) -> None:
    """In the round that runs who leads it opens one because of a finding about a pupil; it waits for the teacher."""
    about = (Finding.Talk.PUPIL, Finding.Talk.OPP)
    found = Finding.objects.filter(run=run, talk__in=about, pupil__isnull=False, good=False, shown=True)
    taken = set(PupilPlan.objects.filter(school=team.school).values_list("pupil_id", flat=True))
    areas = {area.subjects[0]: area for area in PlanArea.objects.filter(school=team.school, ended_at=None)}
    finding = next(
        (one for one in found.order_by("rank", "pk") if one.subject in areas and one.pupil_id not in taken), None
    )
    if finding is not None and finding.pupil is not None:
        with on_day(min(monday, clock.today()), team.school):
            _opened(team, finding.pupil, areas[finding.subject], finding, team.by)


def _who(run: CycleRun) -> Sequence[PlanPupil]:
    """Of each area one pupil who works with most instruction and has no plan yet; each of another group."""
    found: list[PlanPupil] = []
    for name in _AREAS[:_EARLY]:
        kinds = (GroupPlan.Kind.PLAN, GroupPlan.Kind.BLOCK)
        rows = PlanPupil.objects.filter(plan__run=run, plan__area__name=name, plan__kind__in=kinds)
        known = rows.filter(basis__measure__in=QUANTITIES).select_related("plan__area", "plan__group", "pupil")
        groups = {row.plan.group_id for row in found}
        fits = [row for row in known.order_by("-arrangement__position", "pupil__sort_key", "pk")
                if row.plan.group_id not in groups]  # fmt: skip
        found += fits[:1]
    return found


def _opened(team: Team, pupil: Pupil, area: PlanArea, finding: Finding | None, by: User) -> PupilPlan:
    sight = sight_of(team.by.pk, clock.today())
    plan, _new = open_for(pupil=pupil, area=area, finding=finding, sight=sight, by=by)
    return PupilPlan.objects.select_related("pupil", "area", "school").get(pk=plan.pk)


def _write(plan: PupilPlan, area: PlanArea, by: User) -> None:
    for section, text in _TEXTS[area.name].items():
        save_text(plan=plan, section=section, text=text, base="", by=by)
    add_words(plan=plan, content=_WORDS[area.name], proof="drie keer goed in de les", by=by)


def _fixed(plan: PupilPlan, by: User) -> None:
    fix(plan=plan, revision=PupilPlan.objects.get(pk=plan.pk).revision, by=by)
