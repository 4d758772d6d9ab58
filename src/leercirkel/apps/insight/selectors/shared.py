"""What one process worked out of a school's figures, kept in the database for the other ones until a figure changes."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection

from leercirkel.apps.insight.models import KeptFigures
from leercirkel.apps.insight.selectors.kept_pages import as_text

PATIENCE = 10.0
"""So many seconds another process is waited for; who waited longer works it out as well."""

AGAIN = 0.05
"""Seconds between two looks whether the other one is ready."""

LOCK = 5181
"""Seed of the locks: one per school and thing."""


def shared(school: int, what: str, version: tuple[int, int], make: Callable[[], bytes]) -> bytes:
    """What `make` gives for this school, or what another process made of the same `version` (`changes.version_of`).

    While one process makes it the others wait. It is there for them when the transaction that made it ends, and goes
    with the first change of a figure (a trigger on assessment_change). It must be the same whoever asks: the caller has
    seen to it that this user may have it. Not an action: it tells nobody anything and leaves no event.
    """
    until, mine = time.monotonic() + PATIENCE, False
    while (kept := _found(school, what, version)) is None and not mine and time.monotonic() < until:
        mine = _first(school, what)
        if not mine:
            time.sleep(AGAIN)
    if kept is not None:
        return kept
    made = make()
    if mine:  # who does not hold the lock would wait for who does
        row = KeptFigures(school_id=school, what=what, version=as_text(version), content=made)
        KeptFigures.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["school", "what"], update_fields=["version", "content"]
        )
    return made


def _found(school: int, what: str, version: tuple[int, int]) -> bytes | None:
    rows = KeptFigures.objects.filter(school=school, what=what, version=as_text(version))
    content = rows.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def _first(school: int, what: str) -> bool:
    """Whether nobody else is making it; then it is ours until the transaction ends, however its process ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtextextended(%s, %s))", [f"{school}/{what}", LOCK])
        return bool(cursor.fetchone()[0])
