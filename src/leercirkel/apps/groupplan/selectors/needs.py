"""What helps and hinders pupils and what they need, as it holds on a day, and the school's list of phrases."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from leercirkel.apps import clock
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.groupplan.models import GroupPlan, Phrase, PlanArea, PupilPhrase
from leercirkel.apps.groupplan.phrases import START
from leercirkel.apps.groupplan.selectors.shown import Shown
from leercirkel.apps.organisation.models import School


def phrases_of(school: int, *kinds: str) -> dict[str, list[str]]:
    """Kind → the phrases to choose from. Of a kind that the school never changed, what every school starts with. One
    query."""
    asked = kinds or tuple(START)
    own: dict[str, list[str]] = {}
    changed = set()
    for kind, text, ended in Phrase.objects.filter(school=school, kind__in=asked).values_list(
        "kind", "text", "ended_at"
    ):
        changed.add(kind)
        if ended is None:
            own.setdefault(kind, []).append(text)
    return {kind: own.get(kind, []) if kind in changed else list(START[kind]) for kind in asked}


def notes_ever(school: int) -> set[str]:
    """Every phrase that notes of this school were chosen from, also those taken off the list. One query."""
    rows = Phrase.objects.filter(school=school, kind=Phrase.Kind.NOTE)
    return set(START[Phrase.Kind.NOTE]) | set(rows.values_list("text", flat=True))


def needs_of(
    pupils: Collection[int], shown: Shown, area: PlanArea | None = None, day: date | None = None
) -> QuerySet[PupilPhrase]:
    """What holds on `day` (default today) of these pupils and may be seen; of one area with what is of all."""
    return _seen(shown, area).filter(pupil__in=pupils, during__contains=day or clock.today()).order_by("kind", "id")


def from_opp(plan: GroupPlan, pupils: Collection[int]) -> list[str]:
    """What these pupils of a plan need by their OPP, for its area or for all, to choose from. One query."""
    rows = PupilPhrase.objects.filter(
        Q(area=None) | Q(area=plan.area_id), pupil__in=pupils, kind=Phrase.Kind.NEED, from_opp=True,
        during__contains=clock.today(),
    )  # fmt: skip
    return list(rows.order_by("text").values_list("text", flat=True).distinct())


def ended_of(pupil: int, shown: Shown, area: PlanArea | None = None) -> QuerySet[PupilPhrase]:
    """What held before, the last one first."""
    rows = _seen(shown, area).filter(pupil=pupil, during__endswith__lte=clock.today())
    return rows.select_related("area").order_by("-during", "-id")


def _seen(shown: Shown, area: PlanArea | None) -> QuerySet[PupilPhrase]:
    of_all = Q(area=None) if shown.whole else Q(area=None, kind=Phrase.Kind.NEED)
    if area is not None:
        return PupilPhrase.objects.filter(of_all | Q(area=area))
    # the file holds also what was written for an area that has ended
    return PupilPhrase.objects.filter(Q() if shown.whole and shown.results.subjects is None else _own(shown, of_all))


def _own(shown: Shown, of_all: Q) -> Q:
    return of_all | Q(area__in=shown.area_ids)


def schools_with_phrases(sight: Sight) -> QuerySet[School]:
    """The schools whose lists of phrases the user keeps: who leads or works on rounds of the whole school."""
    ids = sight.extent(Right.WRITE_ANALYSIS).schools & sight.pupil_schools
    return School.objects.filter(id__in=ids).order_by("name", "pk")
