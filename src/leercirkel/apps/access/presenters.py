"""Users and roles in words, as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leercirkel.apps import clock
from leercirkel.apps.access.bundles import BUNDLES
from leercirkel.apps.access.managing import Place
from leercirkel.apps.access.models import Assignment, Bundle, Notice, User
from leercirkel.apps.access.rights import Reach, Right
from leercirkel.apps.organisation.models import School

STATES = {
    "active": gettext_lazy("in gebruik"),
    "invited": gettext_lazy("uitgenodigd"),
    "late": gettext_lazy("uitnodiging verlopen"),
    "off": gettext_lazy("uitgeschakeld"),
}


@dataclass(frozen=True, slots=True)
class Role:
    """A role of someone: `pk` to act on it, its name, where, from when until when, and whether that is now."""

    pk: int
    name: str
    place: str
    since: date | None
    until: date | None
    when: str
    """"now", "later" or "over"."""
    given_by: str


@dataclass(frozen=True, slots=True)
class Held:
    """Roles of someone for the same places and time. `places` is empty where every line of the list would say the
    same; `since` is told of what has yet to begin, `until` of what ends."""

    roles: tuple[str, ...]
    places: tuple[str, ...]
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A user in the list."""

    pk: int
    name: str
    email: str
    state: str
    state_label: Any
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class BundleLine:
    """A role in the list of a school."""

    code: str
    name: str
    about: str
    own: bool
    users: int


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a role may do, for one reach: "eigen groepen" and then each right."""

    reach: Any
    rights: tuple[Any, ...]


def place_of(role: Assignment) -> str:
    """“Uilen, De Kantelaar”, “De Kantelaar” or “Stichting Kadewijs (hele bestuur)”. Never the name of a pupil."""
    if role.group is not None:
        return f"{role.group.name}, {role.school}"
    if role.pupil_id is not None:
        return _("één leerling van %(school)s") % {"school": role.school}
    if role.school is not None:
        return role.school.name
    return _("%(board)s (hele bestuur)") % {"board": role.board.name}


def label_of(place: Place) -> str:
    """A place as it stands in a list to choose from."""
    if place.group is not None and place.school is not None:
        return _("%(group)s, alleen deze groep") % {"group": place.group.name}
    if place.school is not None:
        return _("%(school)s, hele school") % {"school": place.school.name}
    return _("%(board)s, alle scholen") % {"board": place.board.name}


def role(given: Assignment) -> Role:
    """One role in words."""
    today, until = clock.today(), given.during.upper
    when = "now" if today in given.during else "later" if until is None or until > today else "over"
    last = until - timedelta(days=1) if until else None
    by = given.made_by.name if "made_by" in given._state.fields_cache and given.made_by else ""
    return Role(given.pk, _(given.bundle.name), place_of(given), given.during.lower, last, when, by)


def state_of(user: User) -> str:
    """active, invited, late (the invitation's time is over) or off."""
    if not user.is_active:
        return "off"
    invitation = getattr(user, "invitation", None)
    if invitation is None or invitation.accepted_at:
        return "active"
    return "invited" if invitation.expires_at > timezone.now() else "late"


def listed(users: Iterable[Any], *, only: School | None = None) -> list[Listed]:
    """Users of `selectors.listed` for the page. `only`: the one school of the list, which is then not said again."""
    return [
        Listed(user.pk, user.name, user.email, state := state_of(user), STATES[state], _held(user.roles_here, only))
        for user in users
    ]


def _held(given: Iterable[Assignment], only: School | None) -> tuple[Held, ...]:
    """Each role, place and date said once: what holds at a place for the same time, and then equal ones together."""
    at: dict[tuple[str, date | None, date | None], list[str]] = {}
    for each in given:
        told = role(each)
        place = "" if only is not None and told.place == only.name else told.place
        names = at.setdefault((place, told.since if told.when == "later" else None, told.until), [])
        if told.name not in names:
            names.append(told.name)
    same: dict[tuple[tuple[str, ...], date | None, date | None], list[str]] = {}
    for (place, since, until), names in at.items():
        same.setdefault((tuple(names), since, until), []).append(place)
    return tuple(
        Held(names, tuple(place for place in places if place), since, until)
        for (names, since, until), places in same.items()
    )


def lines(bundles: Iterable[Bundle], users: dict[str, int]) -> list[BundleLine]:
    """The roles of a school for the page."""
    return [
        BundleLine(each.code, _(each.name), _(each.about), each.school_id is not None, users.get(each.code, 0))
        for each in bundles
    ]


def allowed(bundle: Bundle) -> list[Allowed]:
    """What a role may do, reach by reach, in the order in which rights are told."""
    have = {(row.right, row.reach) for row in bundle.rights.all()}
    told = [
        Allowed(reach.label, tuple(right.label for right in Right if (right.value, reach.value) in have))
        for reach in Reach
    ]
    return [each for each in told if each.rights]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """Somebody who got to see names: who, by what, and who did it when."""

    pk: int
    who: str
    email: str
    what: str
    school: str
    by: str
    at: Any


def notices(found: Iterable[Notice]) -> list[NoticeLine]:
    """What who reads the log is told of, in words."""
    names = {each.code: each.name for each in BUNDLES}
    return [
        NoticeLine(
            each.pk,
            each.user.name if each.user else "",
            each.user.email if each.user else "",
            _notice(each, _(names[each.code]) if each.code in names else each.code),
            each.school.name,
            each.made_by.name if each.made_by else "",
            each.made_at,
        )
        for each in found
    ]


def _notice(notice: Notice, role: str) -> str:
    count = notice.count or 0
    if notice.kind == Notice.Kind.ROLE:
        return _("kreeg de rol %(role)s") % {"role": role}
    if notice.kind == Notice.Kind.BUNDLE:
        words = ngettext(
            "De rol %(role)s mag meer zien; %(count)d gebruiker heeft die rol.",
            "De rol %(role)s mag meer zien; %(count)d gebruikers hebben die rol.",
            count,
        )
        return words % {"role": role, "count": count}
    words = ngettext(
        "zette bij het inlezen %(count)d leerling in een eigen groep",
        "zette bij het inlezen %(count)d leerlingen in een eigen groep",
        count,
    )
    return words % {"count": count}
