"""Whether the log still is what was sealed: everything is counted and hashed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.models import Era, Seal
from leercirkel.apps.audit.seals import Window, after, reckon, schools


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain does not hold. `school` None: the events of no school."""

    school: int | None
    seal: int | None
    made_at: datetime | None
    what: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was looked at, and the first fault of each chain."""

    seals: int = 0
    events: int = 0
    unsealed: int = 0
    oldest_unsealed: datetime | None = None
    faults: list[Fault] = field(default_factory=list)


UNSEALED = """
select count(*), min(at) from audit_event
where school_id is not distinct from %s and (era > %s or (era = %s and transaction >= %s))
"""
OUTSIDE = """
select count(*) from audit_event
where not exists (select from audit_era where audit_era.id = audit_event.era)
   or (era = %s and transaction >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
"""


def verify(heads: Iterable[str] = ()) -> Outcome:
    """Recounts and rehashes every window of every chain. `heads`: hashes of seals that were kept elsewhere.

    Does not see what was written after the last seal of a chain: `unsealed` says how many rows those are.
    """
    total = Outcome()
    seals = events = unsealed = 0
    oldest: list[datetime] = []
    with transaction.atomic(), whole_installation():
        eras = list(Era.objects.order_by("id").values_list("id", flat=True))
        for school in schools():
            last, counted, fault = _chain(school, eras)
            seals += Seal.objects.filter(school_id=school).count()
            events += counted
            if fault is not None:
                total.faults.append(fault)
            era, since = after(last, eras)
            rows, at = _row(UNSEALED, [school, era, era, since])
            unsealed += rows
            oldest += [at] if at else []
        total.faults.extend(_outside(eras))
        total.faults.extend(_missing(heads))
    return Outcome(seals, events, unsealed, min(oldest, default=None), total.faults)


def _chain(school: int | None, eras: list[int]) -> tuple[Seal | None, int, Fault | None]:
    """The last seal that holds, how many events it and those before it cover, and the first fault."""
    last: Seal | None = None
    counted = 0
    for seal in Seal.objects.filter(school_id=school).order_by("id").iterator():
        what = _wrong(seal, last, eras)
        if what:
            return last, counted, Fault(school, seal.pk, seal.made_at, what)
        counted += seal.events
        last = seal
    return last, counted, None


def _wrong(seal: Seal, last: Seal | None, eras: list[int]) -> str:
    """What is wrong with a seal; empty when nothing is."""
    if seal.previous != (last.hash if last else "") or (seal.era, seal.from_transaction) != after(last, eras):
        return "sluit niet aan op het zegel ervoor: er is een zegel weg, of er is er een tussen gezet"
    window = Window(seal.era, seal.from_transaction, seal.until_transaction)
    events, digest = reckon(seal.school_id, window, seal.previous)
    if events < seal.events:
        return f"{seal.events - events} regels weg van de {seal.events}"
    if events > seal.events:
        return f"{events - seal.events} regels te veel; het waren er {seal.events}"
    return "" if digest == seal.hash else f"van de {seal.events} regels is er minstens één veranderd"


def _outside(eras: list[int]) -> Iterator[Fault]:
    """Rows that no seal will ever cover: of an era that is not there, or of a transaction that has yet to come."""
    rows, *_ = _row(OUTSIDE, [eras[-1]])
    if rows:
        yield Fault(None, None, None, f"{rows} regels met een tijdperk of transactie die niet bestaat")


def _missing(heads: Iterable[str]) -> Iterator[Fault]:
    kept = set(heads)
    for digest in sorted(kept - set(Seal.objects.filter(hash__in=kept).values_list("hash", flat=True))):
        yield Fault(None, None, None, f"het bewaarde zegel {digest[:12]}… staat er niet meer")


def _row(query: str, values: list[int | None]) -> tuple[int, datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row[0], row[1] if len(row) > 1 else None
