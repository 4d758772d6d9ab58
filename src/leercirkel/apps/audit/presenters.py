"""Events as lines of a page and of a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from leercirkel.apps.access.bundles import BUNDLES
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.selectors import Look, Told
from leercirkel.apps.audit.words import DID, object_of

ROLES = {bundle.code: bundle.name for bundle in BUNDLES}


@dataclass(frozen=True, slots=True)
class Line:
    """One event on the page."""

    pk: int
    at: datetime
    who: str
    what: Any
    about: Any
    pupil: Any
    pupil_number: int | None
    count: int | None
    address: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One line on a pupil's page."""

    day: date
    who: str
    did: Any
    times: int


def lines(told: Iterable[Told]) -> list[Line]:
    """Events for the page."""
    return [
        Line(
            each.event.pk,
            each.event.at,
            each.who,
            _what(each.event.kind),
            _about(each),
            each.pupil,
            each.pupil_number,
            each.event.count,
            each.address,
            tuple(_changes(each.changes)),
        )
        for each in told
    ]


def seen(looks: Iterable[Look]) -> list[Seen]:
    """Looks at one pupil's file for that pupil's page."""
    return [Seen(look.day, look.who, DID[look.kind], look.times) for look in looks]


def as_csv(told: Iterable[Told]) -> bytes:
    """Events as a file for a spreadsheet: Dutch form (semicolons), UTF-8 with a mark, and no cell that is a formula."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    heads = (_("nummer"), _("wanneer"), _("wie"), _("wat"), _("waarover"), _("leerling"), _("aantal"), _("adres"))
    table.writerow(heads)
    for line in lines(told):
        at = timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M:%S")
        pupil = str(line.pupil) if line.pupil else line.pupil_number or ""
        cells = (line.pk, at, line.who, line.what, line.about, pupil, line.count or "", line.address)
        table.writerow([safe(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what begins as one."""
    return f"'{cell}" if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


def _what(kind: str) -> Any:
    return Kind(kind).label if kind in Kind.values else kind


def _about(each: Told) -> str:
    """What it was done to, where the kind of event does not say so already: “directeur, Luuk van der Zandlaar”."""
    event, words = each.event, []
    if event.kind in (Kind.RIGHTS_GIVEN, Kind.RIGHTS_TAKEN, Kind.BUNDLE_CHANGED):
        words.append(_(ROLES[code]) if (code := event.purpose.removesuffix("_standard")) in ROLES else "")
    elif event.object_type not in ("organisation.pupil", "access.user"):
        words.append(str(object_of(event.object_type, event.purpose)))
    return ", ".join(word for word in (*words, each.whom) if word)


def _changes(changes: dict[str, object]) -> Iterable[tuple[str, str, str]]:
    for name, values in changes.items():
        if isinstance(values, list) and len(values) == 2:
            yield name, _short(values[0]), _short(values[1])


def _short(value: object) -> str:
    if value in (None, "", []):
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
