"""What waits for who imports, of whose group tests are late, and whether the snapshot is up to date: lines for the
start page (apps/pages/due.py)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.assessment.selectors.imports import imports_of
from leercirkel.apps.assessment.selectors.progress import overdue, round_of
from leercirkel.apps.assessment.selectors.snapshot import snapshot_trouble
from leercirkel.apps.assessment.words import subject_name
from leercirkel.apps.organisation.models import Group, School
from leercirkel.apps.organisation.selectors import groups_of
from leercirkel.apps.pages.due import Due


def imports_to_confirm(request: Request) -> Iterator[Due]:
    """One's own files that were looked at and not confirmed: after KEPT_DAYS they are gone."""
    if not request.sight.may(Right.WRITE_RESULTS):
        return
    waiting = imports_of(request.sight).filter(made_by_id=request.sight.user, state=ImportBatch.State.OPEN)
    for batch in waiting[:5]:
        yield Due(
            _("Resultaten voor %(school)s: nakijken en bevestigen") % {"school": batch.school.name},
            url=reverse("import", args=[batch.pk]),
            action=_("Nakijken"),
            detail=_("Tot dan wordt er niets ingelezen."),
            until=timezone.localtime(batch.made_at).date() + timedelta(days=ImportBatch.KEPT_DAYS),
        )


def snapshot_not_renewed(request: Request) -> Iterator[Due]:
    """For who looks after the installation: who was removed may still be in the snapshot, and only room helps."""
    if not request.sight.may(Right.MANAGE_SETTINGS) or (trouble := snapshot_trouble()) is None:
        return
    what, ask = {
        "no_room": (
            _("De momentopname is niet bijgewerkt: de schijf is vol"),
            _("Vraag wie de server beheert om ruimte te maken."),
        ),
        "not_allowed": (
            _("De momentopname is niet bijgewerkt: Leercirkel mag niet in de map schrijven"),
            _("Vraag wie de server beheert om %(command)s te draaien.") % {"command": "leercirkel snapshot"},
        ),
        "other": (
            _("De momentopname is niet bijgewerkt"),
            _("Vraag wie de server beheert om in de logs van de worker te kijken."),
        ),
    }[trouble]
    still = _("Wie is verwijderd, kan er nog in staan. Leercirkel probeert het elk uur opnieuw.")
    yield Due(what, detail=f"{ask} {still}", order=1)


def late_tests(request: Request) -> Iterator[Due]:
    """Tests whose window is over and that pupils of one's own groups did not take, without a reason: a line a group.

    Only for who has the group as such: who sees a whole school has the test calendar.
    """
    own = request.sight.extent(Right.WRITE_RESULTS).group_ids
    if not own:
        return
    groups = groups_of(request.sight, Right.WRITE_RESULTS, clock.school_year()).filter(pk__in=own)
    by_school: dict[School, list[Group]] = {}
    for group in groups.select_related("school").order_by("school__name", "kind", "position", "name"):
        by_school.setdefault(group.school, []).append(group)
    for school, of_school in by_school.items():
        yield from _late_at(request, school, of_school)


def _late_at(request: Request, school: School, groups: list[Group]) -> Iterator[Due]:
    today = clock.today()
    cells = [cell for cell in round_of(request.sight, school, clock.school_year(), groups).cells if cell.waiting]
    late = overdue(cells, today)
    for group in groups:
        if count := late.get(group.pk, 0):
            theirs = [cell for cell in cells if cell.group == group.pk and today > cell.window[1]]
            newest = max(theirs, key=lambda cell: cell.window[1])
            text = ngettext(
                "%(group)s: %(count)d uitslag ontbreekt nog, zonder reden",
                "%(group)s: %(count)d uitslagen ontbreken nog, zonder reden",
                count,
            )
            yield Due(
                text % {"group": group.name, "count": count},
                url=reverse("test-calendar-group", args=[group.pk]) + f"?moment={newest.moment}",
                action=_("Aanvullen"),
                detail=", ".join(dict.fromkeys(str(subject_name(cell.subject)) for cell in theirs)),
                order=15,
            )
