"""Reading the log: of a school, of a board, and of one pupil."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from leercirkel.apps.access.models import Assignment, User
from leercirkel.apps.access.rights import Right
from leercirkel.apps.access.sight import Sight
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event, Seal
from leercirkel.apps.audit.words import LOOKS
from leercirkel.apps.organisation.models import Pupil, School
from leercirkel.apps.organisation.selectors import pupils_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone wants to see of the log. `before`: only events with a lower id, for the next page."""

    actor: int | None = None
    kind: str = ""
    since: date | None = None
    until: date | None = None
    pupils: frozenset[int] | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One event with the people in it. `pupil` None: of no pupil, or of one whose name the reader may not see."""

    event: Event
    who: str
    pupil: Pupil | None
    pupil_number: int | None
    address: str
    changes: dict[str, object] = field(default_factory=dict)
    whom: str = ""
    """The user that it was done to: who got a role, or whose account it is."""


@dataclass(frozen=True, slots=True)
class Look:
    """That someone saw or changed a pupil's file: once or several times on a day."""

    day: date
    last_at: datetime
    who: str
    kind: str
    times: int


@dataclass(frozen=True, slots=True)
class SchoolUse:
    """What was done at a school of late, in numbers, and when its log was sealed last."""

    school: School
    users: int
    looks: int
    exports: int
    failed: int
    sealed_at: datetime | None


def schools_of(sight: Sight) -> QuerySet[School]:
    """The schools whose log the user may read."""
    return School.objects.filter(pk__in=sight.extent(Right.SEE_AUDIT).schools)


def people_of(school: School) -> QuerySet[User]:
    """Everyone who has or had a role at the school, by name."""
    at = Q(school=school) | Q(school=None, board=school.board_id)
    return User.objects.filter(pk__in=Assignment.objects.filter(at).order_by().values("user")).order_by("name", "pk")


def events_of(school: School, asked: Asked, how_many: int) -> list[Event]:
    """The latest events of a school that are asked for, with details, newest first.

    Also what its people did that belongs to no school: signing in, their account.
    """
    own = _filtered(Event.objects.filter(school_id=school.pk), asked)[:how_many]
    loose = Event.objects.filter(school_id=None, actor__in=people_of(school).order_by().values("pk"))
    found = [*own, *_filtered(loose, asked)[:how_many]]
    return sorted(found, key=lambda event: event.pk, reverse=True)[:how_many]


def told(sight: Sight, events: Iterable[Event]) -> list[Told]:
    """Events with names, as far as the reader may see these. Three queries at most, however many events.

    What changed in a row is only for who sees names: for others it would be the content of a file.
    """
    found = list(events)
    roles = {event.object_id or 0 for event in found if event.object_type == "access.assignment"}
    owners = dict(Assignment.objects.filter(pk__in=roles).values_list("pk", "user")) if roles else {}
    whom = {event.pk: _whom(event, owners) for event in found}
    people = {user for user in (*(event.actor for event in found), *whom.values()) if user}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    seen = _pupils(sight, {event.pupil for event in found if event.pupil})
    content = sight.may(Right.SEE_PUPILS)
    return [_one(event, names, seen, names.get(whom[event.pk] or 0, ""), content=content) for event in found]


def named(sight: Sight, school: School, text: str) -> frozenset[int]:
    """Ids of pupils of a school that answer to `text`: a name for who may see it, or numbers with commas."""
    numbers = [part.strip() for part in text.split(",")]
    if all(number.isdecimal() for number in numbers):
        return frozenset(map(int, numbers))
    if not sight.may(Right.SEE_PUPILS):
        return frozenset()
    found = pupils_of(sight, Right.SEE_PUPILS).filter(school=school)
    for word in text.split():
        found = found.filter(Q(first_name__icontains=word) | Q(surname__icontains=word))
    return frozenset(found.order_by().values_list("pk", flat=True))


def looks_at(pupil: Pupil, days: int = 365) -> list[Look]:
    """Who saw or changed this pupil's file, newest first: one line per person, day and kind. One query and the names.

    For who may see the pupil. What the system did by itself, and looks at the log, do not count.
    """
    since = timezone.now() - timedelta(days=days)
    kinds = [*LOOKS, Kind.CREATED, Kind.CHANGED, Kind.REMOVED, Kind.PUBLISHED]
    rows = Event.objects.filter(pupil=pupil.pk, school_id=pupil.school_id, at__gte=since, kind__in=kinds)
    per_day = rows.exclude(actor=None).order_by().values_list("actor", "kind", F("at__date"))
    found = list(per_day.annotate(times=Count("pk"), last=Max("at")))
    names = dict(User.objects.filter(pk__in={row[0] for row in found}).values_list("pk", "name"))
    looks = [Look(day, last, names.get(actor or 0, ""), kind, times) for actor, kind, day, times, last in found]
    return sorted(looks, key=lambda look: look.last_at, reverse=True)


def use_of(sight: Sight, days: int = 30) -> list[SchoolUse]:
    """Per school what was done in so many days. Five queries, however many schools."""
    schools = list(schools_of(sight).order_by("name"))
    since = timezone.now() - timedelta(days=days)
    late = Event.objects.filter(school_id__in=[school.pk for school in schools], at__gte=since)
    counted: dict[int | None, dict[str, int]] = defaultdict(dict)
    for row in late.order_by().values("school_id", "kind").annotate(times=Count("*")):
        counted[row["school_id"]][row["kind"]] = row["times"]
    users = dict(late.order_by().values_list("school_id").annotate(Count("actor", distinct=True)))
    sealed = dict(Seal.objects.order_by().values_list("school_id").annotate(Max("made_at")))
    return [
        SchoolUse(
            school,
            users.get(school.pk, 0),
            sum(counted[school.pk].get(kind, 0) for kind in (*LOOKS, Kind.LIST_SEEN, Kind.SEARCHED)),
            counted[school.pk].get(Kind.EXPORTED, 0),
            counted[school.pk].get(Kind.SIGN_IN_FAILED, 0) + counted[school.pk].get(Kind.LOCKED_OUT, 0),
            sealed.get(school.pk),
        )
        for school in schools
    ]


def _filtered(events: QuerySet[Event], asked: Asked) -> QuerySet[Event]:
    wanted = Q()
    if asked.actor is not None:
        wanted &= Q(actor=asked.actor)
    if asked.kind:
        wanted &= Q(kind=asked.kind)
    if asked.since:
        wanted &= Q(at__gte=_midnight(asked.since))
    if asked.until:
        wanted &= Q(at__lt=_midnight(asked.until + timedelta(days=1)))
    if asked.pupils is not None:
        wanted &= Q(pupil__in=asked.pupils)
    if asked.before is not None:
        wanted &= Q(pk__lt=asked.before)
    return events.filter(wanted).select_related("detail").order_by("-pk")


def _midnight(day: date) -> datetime:
    """The beginning of a day here; a moment is compared faster than the day of every row."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _pupils(sight: Sight, ids: set[int]) -> dict[int, Pupil]:
    if not ids or not sight.may(Right.SEE_PUPILS):
        return {}
    return {pupil.pk: pupil for pupil in pupils_of(sight, Right.SEE_PUPILS).filter(pk__in=ids)}


def _whom(event: Event, owners: dict[int, int]) -> int | None:
    """The user that an event is about, when that is another than who did it."""
    user = event.object_id if event.object_type == "access.user" else None
    if event.object_type == "access.assignment":
        user = owners.get(event.object_id or 0)
    return None if user == event.actor else user


def _one(event: Event, names: dict[int, str], seen: dict[int, Pupil], whom: str, *, content: bool) -> Told:
    detail = getattr(event, "detail", None)
    who = (detail.actor_name if detail else "") or names.get(event.actor or 0, "")
    pupil = seen.get(event.pupil or 0)
    changes = detail.changes if detail and content and (event.pupil is None or pupil) else {}
    return Told(event, who, pupil, event.pupil, (detail.address if detail else "") or "", changes, whom)
