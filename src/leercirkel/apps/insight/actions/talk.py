"""Writing on talk sheets, and sharing them with parents: passing on is an explicit act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from leercirkel.apps.access.models import User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.insight.models import Job, SharedSheet, TalkNotes
from leercirkel.apps.insight.selectors.talk import version_of_notes
from leercirkel.apps.insight.talking import BOXES, LONGEST
from leercirkel.apps.organisation.models import Group, Pupil


class AlreadyShared(Exception):
    """Exactly this sheet is what the parents have already."""


class WrittenMeanwhile(Exception):
    """Somebody else wrote on this sheet since the page was opened; nothing was kept."""


class AlreadyWithdrawn(Exception):
    """Somebody was first."""


@transaction.atomic
def write_notes(
    *, pupil: Pupil, of_round: tuple[int, str], texts: Mapping[str, str], by: User, seen: int | None = None
) -> TalkNotes:
    """Keeps what was written for this round, as a new version. `seen`: the version that the user began with, 0 when
    there was none.

    Raises WrittenMeanwhile when there is a newer one, and ValueError for a box that is not there or too long a text.
    """
    if not texts.keys() <= set(BOXES) or any(len(text) > LONGEST for text in texts.values()):
        raise ValueError("not a box of the talk sheet, or too long")
    Pupil.objects.select_for_update().get(pk=pupil.pk)  # two who write follow each other
    if seen is not None and seen != version_of_notes(pupil.pk, of_round):
        raise WrittenMeanwhile
    made = TalkNotes.objects.create(
        school_id=pupil.school_id, pupil=pupil, school_year=of_round[0], moment=of_round[1], texts=dict(texts),
        made_by=by,
    )  # fmt: skip
    log.record(Kind.CHANGED, by=by, school=pupil.school_id, pupil=pupil.pk, about=made, purpose="talk_notes")
    return made


@transaction.atomic
def share_sheet(*, pupil: Pupil, of_round: tuple[int, str], sheet: Mapping[str, Any], by: User) -> SharedSheet:
    """Gives parents this sheet, as it is now; one that was shared before for this round no longer stands there.

    Raises AlreadyShared when they have exactly this one.
    """
    of_this = SharedSheet.objects.select_for_update().filter(
        pupil=pupil, school_year=of_round[0], moment=of_round[1], withdrawn_at=None
    )
    if any(each.sheet == sheet for each in of_this):
        raise AlreadyShared
    of_this.update(withdrawn_at=timezone.now(), withdrawn_by=by)
    made = SharedSheet.objects.create(
        school_id=pupil.school_id, pupil=pupil, school_year=of_round[0], moment=of_round[1], sheet=dict(sheet),
        made_by=by,
    )  # fmt: skip
    log.record(Kind.PUBLISHED, by=by, school=pupil.school_id, pupil=pupil.pk, about=made, purpose="talk_sheet")
    return made


@transaction.atomic
def withdraw_sheet(*, shared: SharedSheet, reason: str, by: User) -> None:
    """Takes a sheet back: parents no longer see it; that they could stays known. Raises AlreadyWithdrawn."""
    kept = SharedSheet.objects.select_for_update().get(pk=shared.pk)
    if kept.withdrawn_at is not None:
        raise AlreadyWithdrawn
    kept.withdrawn_at, kept.withdrawn_by, kept.reason = timezone.now(), by, reason
    kept.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    log.record(Kind.REMOVED, by=by, school=kept.school_id, pupil=kept.pupil_id, about=kept, purpose="talk_sheet")


@transaction.atomic
def sheet_printed(*, pupil: Pupil, by: User) -> None:
    """A talk sheet leaves the system as a document."""
    log.record(Kind.REPORT_MADE, by=by, school=pupil.school_id, pupil=pupil.pk, about=pupil, purpose="talk_sheet")


@transaction.atomic
def text_taken(*, about: Pupil | Group, by: User, pupil: int | None = None, count: int | None = None) -> None:
    """Results were shown as text to paste elsewhere: of one pupil, or of a group (`count`: pupils by name)."""
    log.record(Kind.EXPORTED, by=by, school=about.school_id, pupil=pupil, about=about, count=count, purpose="paste")


@transaction.atomic
def shared_seen(*, shared: SharedSheet, by: User) -> None:
    """Somebody opened what was shared of a child."""
    log.record(
        Kind.PUPIL_SEEN, by=by, school=shared.school_id, pupil=shared.pupil_id, about=shared, purpose="shared_sheet"
    )


@transaction.atomic
def shared_fetched(*, shared: SharedSheet, by: User) -> None:
    """What was shared of a child leaves the system as a document."""
    log.record(
        Kind.EXPORTED, by=by, school=shared.school_id, pupil=shared.pupil_id, about=shared, purpose="shared_sheet"
    )


@transaction.atomic
def order_sheets(*, group: Group, of_round: tuple[int, str], by: User) -> Job:
    """Puts the talk sheets of a whole group on the list of work."""
    from leercirkel.apps.insight.tasks import make_sheets

    options = {"group": group.pk, "school_year": of_round[0], "moment": of_round[1]}
    job = Job.objects.create(school_id=group.school_id, kind=Job.Kind.TALK_SHEETS, options=options, total=2, made_by=by)
    make_sheets.enqueue(job.pk, by.pk)
    return job
