"""Writing to the log: one call, in the transaction of what it is about."""

from __future__ import annotations

import json
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from leercirkel.apps import statements
from leercirkel.apps.audit.kinds import Kind


@dataclass(frozen=True, slots=True)
class Source:
    """Where a request came from."""

    address: str | None = None
    browser: str = ""


source: ContextVar[Source] = ContextVar("source", default=Source())  # noqa: B039 (frozen)
"""Set by the middleware for the length of a request."""

INSERT = """
with new as (select nextval(pg_get_serial_sequence('audit_event', 'id')) as id),
event as (
  insert into audit_event
    (id, kind, actor, board, school_id, pupil, object_type, object_id, count, purpose, era, transaction)
  select id, %s, %s, %s, %s, %s, %s, %s, %s, %s, audit_era_now(), pg_current_xact_id()::text::bigint from new
)
insert into audit_eventdetail (event_id, school_id, actor_name, address, browser, changes)
select id, %s, %s, %s, %s, %s::jsonb from new
"""
# The id is taken beforehand: RETURNING would need the right to read what is written, and who fails to sign in has none.


def record(
    kind: Kind,
    *,
    by: Any,
    school: int | None = None,
    board: int | None = None,
    pupil: int | None = None,
    about: Any = None,
    count: int | None = None,
    purpose: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Adds an event; it stays only when the transaction around it does.

    `by` is the acting user, None for the system or someone not signed in. `about` is the row it is about. `purpose` is
    a code, never text of a user. `changes` is {field: [before, after]} of fields that may be kept.
    """
    where = source.get()
    ids = (about._meta.label_lower, about.pk) if about is not None else ("", None)
    actor = getattr(by, "pk", None)
    event = [kind.value, actor, board, school, pupil, *ids, count, purpose]
    detail = [school, by.name if actor else "", where.address, where.browser[:200], json.dumps(changes or {})]
    statements.run(INSERT, [*event, *detail])
