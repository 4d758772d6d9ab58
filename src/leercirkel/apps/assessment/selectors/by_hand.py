"""What was entered by hand, so that it can be undone as any other import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.assessment.models import ImportBatch, MethodResult, Observation, Result
from leercirkel.apps.assessment.selectors.hand import writable
from leercirkel.apps.organisation.models import Pupil

SHOWN_DAYS, MOST = 90, 200


@dataclass(frozen=True, slots=True)
class ByHand:
    """One batch that a person made, and the pupils whom it is about."""

    batch: ImportBatch
    pupils: tuple[Pupil, ...]


def entered_by_hand(sight: Sight, pk: int | None = None) -> list[ByHand]:
    """What was entered by hand in the last SHOWN_DAYS and still stands, the newest first: of whole schools everything,
    else one's own; and only when the user may still enter results of every pupil that it is about.

    The number of queries does not depend on the number of batches. `pk`: that one alone.
    """
    whole = sight.extent(Right.WRITE_RESULTS).schools
    rows = ImportBatch.objects.filter(
        Q(school_id__in=whole) | Q(made_by_id=sight.user),
        school_id__in=sight.pupil_schools, origin=ImportBatch.Origin.HAND, state=ImportBatch.State.DONE,
        made_at__gte=timezone.now() - timedelta(days=SHOWN_DAYS),
    )  # fmt: skip
    rows = rows.select_related("made_by", "school").order_by("-made_at", "-pk")
    batches = list((rows if pk is None else rows.filter(pk=pk))[:MOST])
    about = _pupils([batch.pk for batch in batches])
    ids = {pupil for pupils in about.values() for pupil in pupils}
    mine = {pupil.pk: pupil for pupil in writable(sight).filter(pk__in=ids)}
    return [
        ByHand(batch, tuple(sorted((mine[p] for p in about[batch.pk]), key=lambda pupil: pupil.sort_key)))
        for batch in batches
        if about[batch.pk] <= set(mine)
    ]


def _pupils(batches: Collection[int]) -> dict[int, set[int]]:
    """Batch → the pupils of the rows that it brought, or came in the place of."""
    found: dict[int, set[int]] = defaultdict(set)
    for model in (Result, MethodResult, Observation):
        for name in ("batch_id", "replaced_by_id"):
            rows = model.every.filter(**{f"{name}__in": batches}).values_list(name, "pupil_id").distinct()
            for batch, pupil in rows:
                found[batch].add(pupil)
    return found
