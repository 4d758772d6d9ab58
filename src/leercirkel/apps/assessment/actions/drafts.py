"""Working on standards before they hold: a draft per school year that becomes a new version, or is thrown away."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from leercirkel.apps.access.models import User
from leercirkel.apps.assessment.actions.imports import FilesHaveErrors
from leercirkel.apps.assessment.actions.settings import save_standards
from leercirkel.apps.assessment.models import StandardsDraft, StandardsVersion
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import School
from leercirkel.exchange.problems import has_errors
from leercirkel.exchange.standards import reader
from leercirkel.exchange.standards.model import StandardsFile
from leercirkel.exchange.standards.writer import write


class DraftThere(Exception):
    """Somebody is working on these standards already."""


class DraftMoved(Exception):
    """Somebody changed the draft meanwhile, or it is gone; nothing was done."""


class StandardsMoved(Exception):
    """Another version was made since the draft was begun; nothing was done."""


@transaction.atomic
def begin_draft(
    *, school: School, school_year: int, toml: str, based_on: StandardsVersion | None, by: User, note: str = ""
) -> StandardsDraft:
    """Begins a draft of the standards of a school year. Raises DraftThere when there is one."""
    made, new = StandardsDraft.objects.get_or_create(
        school=school,
        school_year=school_year,
        defaults={"toml": toml, "based_on": based_on, "note": note, "made_by": by},
    )
    if not new:
        raise DraftThere
    log.record(Kind.CREATED, by=by, school=school.pk, about=made)
    return made


def change_draft(*, draft: StandardsDraft, revision: int, file: StandardsFile, by: User) -> None:
    """Puts these standards in the draft, in place of what it said. Raises DraftMoved when it is not the one of
    `revision` any more."""
    replace_draft(draft=draft, revision=revision, toml=write(file), by=by)


@transaction.atomic
def replace_draft(*, draft: StandardsDraft, revision: int, toml: str, by: User, note: str | None = None) -> None:
    """Puts this text in the draft. Raises FilesHaveErrors when it cannot be read, DraftMoved as `change_draft`."""
    read, problems = reader.read_begun(toml.encode(), "normen")
    if read is None or has_errors([each for each in problems if each.code != "no-standard"]):
        raise FilesHaveErrors(problems)
    kept = _locked(draft, revision)
    kept.toml, kept.revision, kept.made_by, kept.made_at = toml, revision + 1, by, timezone.now()
    kept.note = kept.note if note is None else note
    kept.save()


@transaction.atomic
def confirm_draft(
    *, draft: StandardsDraft, revision: int, seen: StandardsVersion | None, holding: StandardsVersion | None, note: str,
    by: User,
) -> StandardsVersion:  # fmt: skip
    """Makes the draft a new version that holds from now on, and removes it.

    `seen`: the version that the user compared with; `holding`: the one that holds now. Raises StandardsMoved when these
    differ, DraftMoved as `change_draft`, FilesHaveErrors when no standard stands in it.
    """
    kept = _locked(draft, revision)
    if seen != holding:
        raise StandardsMoved
    made = save_standards(school=kept.school, school_year=kept.school_year, toml=kept.toml, by=by, note=note)
    kept.delete()
    return made


@transaction.atomic
def discard_draft(*, draft: StandardsDraft, by: User) -> None:
    """Throws a draft away; what holds does not change."""
    log.record(Kind.REMOVED, by=by, school=draft.school_id, about=draft)
    draft.delete()


def _locked(draft: StandardsDraft, revision: int) -> StandardsDraft:
    kept = StandardsDraft.objects.select_for_update().filter(pk=draft.pk, revision=revision).first()
    if kept is None:
        raise DraftMoved
    return kept
