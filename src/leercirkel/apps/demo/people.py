"""Staff and users of the invented board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from psycopg.types.range import DateRange

from leercirkel.apps import clock
from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.demo.files import SchoolFiles, day
from leercirkel.apps.demo.selectors import DOMAIN
from leercirkel.apps.organisation.models import (
    Board,
    Group,
    GroupTeacher,
    Guardianship,
    Pupil,
    School,
    StaffMember,
)
from leercirkel.core.calendar import school_year_start

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "directeur": ("head",),
    "leerkracht": ("teacher", "learning_team", "subject_team"),
    "kwaliteitscoördinator": ("learning_coordinator", "trend_analyst", "care_director"),
    "schoolmaatschappelijk werker": ("social_worker",),
    "schoolcontactpersoon": ("network_contact",),
}
"""Function → the bundles that come with it; who has none of these is given none, unless `FIRST` says so."""


@dataclass(frozen=True, slots=True)
class Special:
    """Someone who can be tried: which of the people with this function, and the bundles if others than usual."""

    code: str
    function: str
    place: int = 0
    classes: str = ""
    bundles: tuple[str, ...] = ()


SPECIAL: Mapping[str, tuple[Special, ...]] = {
    "sbo": (
        Special("uilen", "leerkracht", classes="Uilen"),
        Special("uilen-valken", "leerkracht", classes="Uilen, Valken"),
        Special("kc", "kwaliteitscoördinator", 0),
        Special("trendanalist", "kwaliteitscoördinator", 1, bundles=("trend_analyst",)),
        Special("regiegroep", "onderwijsassistent", 0, bundles=("subject_team",)),
        Special("leerteam", "onderwijsassistent", 1, bundles=("learning_team",)),
        Special("directeur", "directeur"),
        Special("smw", "schoolmaatschappelijk werker"),
        Special("schoolcontactpersoon", "schoolcontactpersoon"),
    ),
    "bao": (
        Special("groep5", "leerkracht", classes="Groep 5"),
        Special("zorgregisseur", "kwaliteitscoördinator", 0, bundles=("care_director",)),
        Special("leercoordinator", "kwaliteitscoördinator", 1, bundles=("learning_coordinator",)),
    ),
}
"""Folder of the school → who can be tried there."""

OF_THE_BOARD = (
    ("bestuur", "Marit van Berkhorst", "board"),
    ("beheerder", "Niels Zandbrink", "administrator"),
    ("fg", "Fenna ter Roerdijk", "privacy_officer"),
)
"""Address, name and bundle of who works for the board."""


@dataclass(slots=True)
class Users:
    """Makes users with an address of their own each. Nobody has a password: in a demonstration a button will do."""

    taken: set[str] = field(default_factory=set)

    def new(self, email: str, name: str) -> User:
        """A user, not yet in the database."""
        start, number = email.partition("@")[0], 1
        while email in self.taken:
            number += 1
            email = f"{start}{number}@{DOMAIN}"
        self.taken.add(email)
        return User(email=email, name=name, password=make_password(None))


def load_staff(files: SchoolFiles, school: School, users: Users) -> dict[str, StaffMember]:
    """Everyone in the staff list, with the dates that rosters do not have and a user for who works there now.

    Returns them by number. Who is in no roster (from outside) is added.
    """
    rows = files.rows("personeel.csv")
    known = {member.key: member for member in StaffMember.objects.filter(school=school)}
    special = dict(_chosen(files, rows))
    members = {row["personeelsnummer"]: _member(row, school, known.get(row["personeelsnummer"])) for row in rows}
    made = {
        key: users.new(f"{special[key].code}@{DOMAIN}" if key in special else row["e-mail"], str(members[key]))
        for key, row in ((row["personeelsnummer"], row) for row in rows)
        if not row["tot"] and (key in special or row["functie"] in BUNDLES)
    }
    User.objects.bulk_create(made.values())
    for key, user in made.items():
        members[key].user, members[key].email = user, user.email
    new = [member for key, member in members.items() if key not in known]
    StaffMember.objects.bulk_create(new)
    changed = [member for key, member in members.items() if key in known]
    StaffMember.objects.bulk_update(changed, ["email", "function", "during", "user"])
    _dated_teachers(rows, members, school)
    bundles = {row["personeelsnummer"]: BUNDLES.get(row["functie"], ()) for row in rows}
    bundles |= {key: one.bundles for key, one in special.items() if one.bundles}
    give(((made[key], code) for key in made for code in bundles[key]), board=school.board, school=school)
    log.record(Kind.CREATED, by=None, school=school.pk, count=len(members), purpose="staff")
    return members


def _chosen(files: SchoolFiles, rows: list[dict[str, str]]) -> Iterator[tuple[str, Special]]:
    now = [row for row in rows if not row["tot"]]
    for one in SPECIAL.get(files.folder.name, ()):
        fits = [r for r in now if r["functie"] == one.function and one.classes in ("", r["groepen"])]
        yield fits[one.place]["personeelsnummer"], one


def _member(row: dict[str, str], school: School, known: StaffMember | None) -> StaffMember:
    member = known or StaffMember(school=school, key=row["personeelsnummer"])
    member.first_name, member.prefix, member.surname = row["roepnaam"], row["voorvoegsel"], row["achternaam"]
    member.email, member.function = row["e-mail"], row["functie"]
    last = day(row["tot"])
    member.during = DateRange(day(row["vanaf"]), last + timedelta(days=1) if last else None)
    return member


def _dated_teachers(rows: list[dict[str, str]], members: Mapping[str, StaffMember], school: School) -> None:
    """Who began or stopped with a class within this year: a roster says who is there, not since when."""
    year = clock.school_year()
    first, end = school_year_start(year), school_year_start(year + 1)
    classes = {g.name: g for g in Group.objects.filter(school=school, school_year=year, kind=Group.Kind.BASE)}
    dated = [row for row in rows if row["groepen"] and (row["tot"] or row["invaller"])]
    GroupTeacher.objects.filter(
        group__school_year=year, staff__in=[members[row["personeelsnummer"]] for row in dated]
    ).delete()
    GroupTeacher.objects.bulk_create(
        GroupTeacher(
            school=school, group=classes[name], staff=member, substitute=bool(row["invaller"]),
            during=DateRange(max(first, member.during.lower), min(end, member.during.upper or end)),
        )
        for row in dated
        for member in [members[row["personeelsnummer"]]]
        for name in row["groepen"].split(", ")
    )  # fmt: skip


def load_parent(school: School, group: str, users: Users) -> User:
    """A user for one parent with authority of one child in this class."""
    child = Pupil.objects.filter(enrolments__group__name=group, enrolments__during__contains=clock.today())
    alone = Guardianship.objects.filter(pupil__in=child, authority=Guardianship.Authority.YES, no_contact=False)
    both = alone.filter(lives_with=True, relation=Guardianship.Relation.PARENT).order_by("pupil__sort_key", "id")
    guardian = next(each.guardian for each in both if each.guardian.guardianships.count() == 1)
    user = users.new(f"ouder@{DOMAIN}", str(guardian))
    user.save()
    guardian.user = user
    guardian.save(update_fields=["user"])
    give([(user, "guardian")], board=school.board, school=school)
    return user


def give(pairs: Iterable[tuple[User, str]], *, board: Board, school: School | None) -> None:
    """Assigns bundles from the first day of this school year, each with its event."""
    bundles = {bundle.code: bundle for bundle in Bundle.objects.filter(school=None)}
    during = DateRange(date(clock.school_year(), 8, 1), None)
    made = Assignment.objects.bulk_create(
        Assignment(user=user, bundle=bundles[code], board=board, school=school, during=during) for user, code in pairs
    )
    for one in made:
        log.record(Kind.RIGHTS_GIVEN, by=None, board=board.pk, school=school.pk if school else None, about=one)
