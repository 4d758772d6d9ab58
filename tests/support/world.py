"""A small invented world for tests: two boards, three schools, and everyone who could want to look.

The day is 2027-03-02 (tests/support/django_settings.py). `build()` makes it in the database, in some fifty
statements; fixture `world`. Everything is found by a short name:

    world.schools["kantelaar"]  world.groups["5"]  world.pupils["noor"]  world.users["teacher"]  world.teams["leerteam"]

Kadewijs
  kantelaar (SBO)
    group 5: noor, daan, mila and milo (twins), secret (an address that is secret), new (came two weeks ago);
             left: went away in November. Teachers: teacher and duo; was: stood in until January
    group 6: yassin (an open case), informed and uninformed (on the agenda of the support team today), closed (a case
             that was closed), untold (an open case of which the parents do not know). Teacher: teacher6; substitute:
             for these weeks
    rekenen (instruction): noor and yassin. Teacher: teacher_rekenen
    next (group 6 of the coming year): noor, daan. Teacher: teacher_next
    past (group 4 of the year before): noor, daan, left. Teacher: teacher6
    teams: leerteam (group 6 is on the agenda today, group 5 tomorrow), regiegroep (rekenen), support
  pluimgaard (BAO)    group b5: bo, bas. teacher_b, head_b, administrator_b
Overwater
  zandloper (BAO)     group x5: xena, xander. teacher_x, head_x, administrator_x, guardian_x
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg.types.range import DateRange

from leercirkel.apps.access.models import Assignment, Bundle, User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.models import ImportBatch, Result
from leercirkel.apps.dossier.models import Case, CaseMember
from leercirkel.apps.organisation.models import (
    Board,
    Enrolment,
    Group,
    GroupMembership,
    GroupTeacher,
    Guardian,
    Guardianship,
    Pupil,
    School,
    StaffMember,
    Team,
    TeamGroup,
    TeamMember,
)
from leercirkel.apps.planning.models import AgendaItem, Meeting, MeetingAttendee

DAY = date(2027, 3, 2)
PASSWORD = "een lange zin die niemand raadt"
YEAR = DateRange(date(2026, 8, 1), date(2027, 8, 1))
LAST_YEAR = DateRange(date(2025, 8, 1), date(2026, 8, 1))
NEXT_YEAR = DateRange(date(2027, 8, 1), date(2028, 8, 1))
EVER = DateRange(date(2020, 8, 1), None)
HERE = ZoneInfo("Europe/Amsterdam")


def day(which: date, hour: int = 0) -> datetime:
    """That hour of a day, in the Netherlands."""
    return datetime(which.year, which.month, which.day, hour, tzinfo=HERE)


@dataclass(frozen=True, slots=True)
class World:
    """What `build` made, by short names."""

    boards: dict[str, Board] = field(default_factory=dict)
    schools: dict[str, School] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    staff: dict[str, StaffMember] = field(default_factory=dict)
    guardians: dict[str, Guardian] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)

    def with_password(self, name: str) -> User:
        """The user, who can now sign in with PASSWORD: hashing takes a moment, so only who needs it."""
        user = self.users[name]
        user.set_password(PASSWORD)
        user.save()
        return user


SCHOOLS = {
    "kantelaar": (101, "kadewijs", "99XA", "De Kantelaar", "sbo"),
    "pluimgaard": (102, "kadewijs", "99XB", "De Pluimgaard", "bao"),
    "zandloper": (201, "overwater", "99XC", "De Zandloper", "bao"),
}
GROUPS = {  # school, school year, kind, name, grade, subject
    "5": ("kantelaar", 2026, "base", "Uilen", "5", ""),
    "6": ("kantelaar", 2026, "base", "Spechten", "6", ""),
    "rekenen": ("kantelaar", 2026, "instruction", "Rekenen 2", "", "rekenen"),
    "next": ("kantelaar", 2027, "base", "Spechten", "6", ""),
    "past": ("kantelaar", 2025, "base", "Merels", "4", ""),
    "b5": ("pluimgaard", 2026, "base", "Groep 5 Pluim", "5", ""),
    "x5": ("zandloper", 2026, "base", "Groep 5 Zand", "5", ""),
}
PUPILS = {  # group, first name, surname, birthday
    "noor": ("5", "Noor", "Aardenburg", date(2017, 10, 4)),
    "daan": ("5", "Daan", "Brinkhorst", date(2017, 11, 30)),
    "mila": ("5", "Mila", "Castelein", date(2018, 1, 9)),
    "milo": ("5", "Milo", "Castelein", date(2018, 1, 9)),
    "secret": ("5", "Esra", "Dorrestein", date(2018, 2, 2)),
    "new": ("5", "Ilyas", "Eversdijk", date(2018, 3, 3)),
    "left": ("5", "Lotte", "Fransema", date(2018, 4, 4)),
    "yassin": ("6", "Yassin", "Griffioen", date(2016, 12, 12)),
    "informed": ("6", "Jaylin", "Hazewinkel", date(2016, 11, 11)),
    "uninformed": ("6", "Sem", "IJsselstein", date(2017, 1, 1)),
    "closed": ("6", "Tess", "Jagersma", date(2017, 2, 2)),
    "untold": ("6", "Roos", "Karelsen", date(2017, 3, 3)),
    "bo": ("b5", "Bo", "Kruisbergen", date(2017, 10, 10)),
    "bas": ("b5", "Bas", "Lichtenvoort", date(2017, 10, 11)),
    "xena": ("x5", "Xena", "Moerdijker", date(2017, 10, 12)),
    "xander": ("x5", "Xander", "Noordhoek", date(2017, 10, 13)),
}
TEACHERS = {  # user: groups with a period
    "teacher": (("5", YEAR),),
    "duo": (("5", YEAR),),
    "was": (("5", DateRange(date(2026, 8, 1), date(2027, 1, 15))),),
    "teacher6": (("6", YEAR), ("past", LAST_YEAR)),
    "substitute": (("6", DateRange(date(2027, 2, 15), date(2027, 3, 20))),),
    "teacher_rekenen": (("rekenen", YEAR),),
    "teacher_next": (("next", NEXT_YEAR),),
    "teacher_b": (("b5", YEAR),),
    "teacher_x": (("x5", YEAR),),
}
ROLES = {  # user: bundle, school or board
    **dict.fromkeys(("teacher", "duo", "was", "teacher6", "substitute"), ("teacher", "kantelaar")),
    **dict.fromkeys(("teacher_rekenen", "teacher_next"), ("teacher", "kantelaar")),
    "learning_coordinator": ("learning_coordinator", "kantelaar"),
    "trend_analyst": ("trend_analyst", "kantelaar"),
    "care_director": ("care_director", "kantelaar"),
    "subject_team": ("subject_team", "kantelaar"),
    "learning_team": ("learning_team", "kantelaar"),
    "head": ("head", "kantelaar"),
    "board": ("board", "kadewijs"),
    "social_worker": ("social_worker", "kantelaar"),
    "network_contact": ("network_contact", "kantelaar"),
    "guardian": ("guardian", "kantelaar"),
    "administrator": ("administrator", "kantelaar"),
    "administrator_board": ("administrator", "kadewijs"),
    "privacy_officer": ("privacy_officer", "kadewijs"),
    "former": ("head", "kantelaar"),
    "gone": ("care_director", "kantelaar"),
    "teacher_b": ("teacher", "pluimgaard"),
    "head_b": ("head", "pluimgaard"),
    "administrator_b": ("administrator", "pluimgaard"),
    "teacher_x": ("teacher", "zandloper"),
    "head_x": ("head", "zandloper"),
    "administrator_x": ("administrator", "zandloper"),
    "guardian_x": ("guardian", "zandloper"),
}
"""One user of each kind; beside these "nobody": a user without any role. "former" was head until yesterday; "gone"
stopped working there in January, and nobody took the role away."""
NOT_STAFF = {"guardian", "guardian_x", "board", "administrator_board", "privacy_officer", "nobody"}
TEAMS = {  # kind, subject, groups, members
    "leerteam": ("learning", "", ("5", "6"), ("learning_team", "learning_coordinator")),
    "regiegroep": ("subject", "rekenen", (), ("subject_team",)),
    "support": ("support", "", (), ("care_director", "social_worker")),
}


def build() -> World:
    """Makes it. Runs in a transaction (fixture `db`), or commits (`own_db`)."""
    world = World()
    names = {"kadewijs": "Stichting Kadewijs", "overwater": "Stichting Overwater"}
    boards = Board.objects.bulk_create(Board(name=name) for name in names.values())
    world.boards.update(zip(names, boards, strict=True))
    with scope(schools=[row[0] for row in SCHOOLS.values()], boards=[board.pk for board in boards]):
        _schools(world)
        _people(world)
        _pupils(world)
        _teams(world)
        _assignments(world)
    return world


def _schools(world: World) -> None:
    schools = [
        School(id=number, board=world.boards[board], brin=brin, name=name, kind=kind)
        for number, board, brin, name, kind in SCHOOLS.values()
    ]
    world.schools.update(zip(SCHOOLS, School.objects.bulk_create(schools), strict=True))
    groups = [
        Group(
            school=world.schools[school],
            school_year=year,
            kind=kind,
            key=key,
            name=name,
            grade=grade,
            subject=subject,
            position=position,
        )
        for position, (key, (school, year, kind, name, grade, subject)) in enumerate(GROUPS.items())
    ]
    world.groups.update(zip(GROUPS, Group.objects.bulk_create(groups), strict=True))


def _people(world: World) -> None:
    names = [*ROLES, "nobody"]
    users = [User(email=f"{name}@demo.invalid", name=_spoken(name), password="!") for name in names]
    world.users.update(zip(names, User.objects.bulk_create(users), strict=True))
    employed = [name for name in names if name not in NOT_STAFF]
    staff = [
        StaffMember(
            school=world.schools[ROLES[name][1]],
            first_name="Staf",
            surname=_spoken(name),
            during=DateRange(date(2020, 8, 1), date(2027, 1, 15)) if name == "gone" else EVER,
            user=world.users[name],
        )
        for name in employed
    ]
    world.staff.update(zip(employed, StaffMember.objects.bulk_create(staff), strict=True))
    GroupTeacher.objects.bulk_create(
        GroupTeacher(
            school=world.groups[group].school,
            group=world.groups[group],
            staff=world.staff[name],
            during=during,
            substitute=name in {"substitute", "was"},
        )
        for name, groups in TEACHERS.items()
        for group, during in groups
    )


def _spoken(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _pupils(world: World) -> None:
    pupils = [
        Pupil(
            school=world.groups[group].school,
            first_name=first,
            surname=surname,
            birth_date=birthday,
            enrolled_on=date(2027, 2, 15) if name == "new" else date(2025, 8, 1),
            sort_key=f"{surname} {first}".casefold(),
        )
        for name, (group, first, surname, birthday) in PUPILS.items()
    ]
    world.pupils.update(zip(PUPILS, Pupil.objects.bulk_create(pupils), strict=True))
    periods = {"left": DateRange(date(2026, 8, 1), date(2026, 11, 15)), "new": DateRange(date(2027, 2, 15), None)}
    rows = [(name, row[0], periods.get(name, YEAR)) for name, row in PUPILS.items()]
    rows += [(name, "past", LAST_YEAR) for name in ("noor", "daan", "left")]
    rows += [(name, "next", NEXT_YEAR) for name in ("noor", "daan")]
    Enrolment.objects.bulk_create(
        Enrolment(
            school=world.groups[group].school,
            pupil=world.pupils[name],
            group=world.groups[group],
            grade=world.groups[group].grade,
            during=during,
        )
        for name, group, during in rows
    )
    GroupMembership.objects.bulk_create(
        GroupMembership(
            school=world.schools["kantelaar"], pupil=world.pupils[name], group=world.groups["rekenen"], during=YEAR
        )
        for name in ("noor", "yassin")
    )
    _results(world)
    _guardians(world)


def _results(world: World) -> None:
    batches = {
        school.pk: batch
        for school, batch in zip(
            world.schools.values(),
            ImportBatch.objects.bulk_create(ImportBatch(school=school) for school in world.schools.values()),
            strict=True,
        )
    }
    Result.objects.bulk_create(
        Result(
            school=pupil.school,
            pupil=pupil,
            group=world.groups[PUPILS[name][0]],
            batch=batches[pupil.school_id],
            school_year=year,
            moment="M",
            subject=subject,
            taken_on=date(year + 1, 1, 20),
            score=100.0 + year - 2025,
        )
        for name, pupil in world.pupils.items()
        for subject in ("rekenen", "spelling")
        for year in (2025, 2026)
    )


def _guardians(world: World) -> None:
    yes, no, unknown = Guardianship.Authority.YES, Guardianship.Authority.NO, Guardianship.Authority.UNKNOWN
    rows: dict[str, tuple[tuple[str, ...], str, bool, str | None, dict[str, Any]]] = {
        # pupils, authority, no contact, user, more
        "mother": (("mila", "milo"), yes, False, "guardian", {"address": "Lindelaan 3", "phone": "06 00000001"}),
        "father": (("mila", "milo"), yes, True, None, {"address": "Iepenweg 4"}),
        "stepfather": (("noor",), no, False, None, {}),
        "unknown": (("daan",), unknown, False, "guardian", {"phone": "06 00000002"}),
        "hidden": (("secret",), yes, False, None, {"secret_address": True, "phone": "06 00000003"}),
        "of_case": (("yassin",), yes, False, None, {"interpreter": "Tigrinya"}),
        "of_new": (("new",), yes, False, None, {"address": "Beukenhof 5"}),
        "other_board": (("xena",), yes, False, "guardian_x", {"address": "Zandpad 6"}),
    }
    guardians = [
        Guardian(
            school=world.pupils[pupils[0]].school,
            first_name="Verzorger",
            surname=_spoken(name),
            email=f"{name}@thuis.invalid",
            user=world.users[user] if user else None,
            **more,
        )
        for name, (pupils, _authority, _contact, user, more) in rows.items()
    ]
    world.guardians.update(zip(rows, Guardian.objects.bulk_create(guardians), strict=True))
    Guardianship.objects.bulk_create(
        Guardianship(
            school=world.pupils[pupil].school,
            pupil=world.pupils[pupil],
            guardian=world.guardians[name],
            authority=authority,
            no_contact=no_contact,
        )
        for name, (pupils, authority, no_contact, _user, _more) in rows.items()
        for pupil in pupils
    )


def _teams(world: World) -> None:
    here = world.schools["kantelaar"]
    teams = [
        Team(school=here, kind=kind, name=_spoken(name), subject=subject, during=YEAR)
        for name, (kind, subject, _groups, _members) in TEAMS.items()
    ]
    world.teams.update(zip(TEAMS, Team.objects.bulk_create(teams), strict=True))
    TeamGroup.objects.bulk_create(
        TeamGroup(school=here, team=world.teams[name], group=world.groups[group])
        for name, row in TEAMS.items()
        for group in row[2]
    )
    TeamMember.objects.bulk_create(
        TeamMember(school=here, team=world.teams[name], staff=world.staff[member], during=YEAR)
        for name, row in TEAMS.items()
        for member in row[3]
    )
    _cases(world)
    _meetings(world)


def _cases(world: World) -> None:
    here = world.schools["kantelaar"]
    since = DateRange(date(2026, 10, 1), None)
    periods = {"yassin": since, "untold": since, "closed": DateRange(date(2026, 9, 1), date(2027, 2, 1))}
    cases = [Case(school=here, pupil=world.pupils[name], during=during) for name, during in periods.items()]
    world.cases.update(zip(periods, Case.objects.bulk_create(cases), strict=True))
    CaseMember.objects.bulk_create(
        CaseMember(
            school=here,
            case=case,
            staff=world.staff[member],
            during=periods[name],
            parents_informed_on=None if name == "untold" else date(2026, 10, 2),
        )
        for name, case in world.cases.items()
        for member in ("social_worker", "network_contact")
    )


def _meetings(world: World) -> None:
    here, tomorrow = world.schools["kantelaar"], DAY + timedelta(days=1)
    rows = {
        "leerteam": (world.teams["leerteam"], DAY),
        "leerteam_tomorrow": (world.teams["leerteam"], tomorrow),
        "support": (world.teams["support"], DAY),
    }
    meetings = [
        Meeting(school=here, team=team, title=_spoken(name), starts_at=day(on), ends_at=day(on + timedelta(days=1)))
        for name, (team, on) in rows.items()
    ]
    world.meetings.update(zip(rows, Meeting.objects.bulk_create(meetings), strict=True))
    MeetingAttendee.objects.create(school=here, meeting=world.meetings["support"], staff=world.staff["network_contact"])
    leerteam, later, support = (world.meetings[name] for name in rows)
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(school=here, meeting=leerteam, group=world.groups["6"]),
            AgendaItem(school=here, meeting=later, group=world.groups["5"]),
            AgendaItem(
                school=here, meeting=support, pupil=world.pupils["informed"], parents_informed_on=date(2027, 2, 20)
            ),
            AgendaItem(school=here, meeting=support, pupil=world.pupils["uninformed"]),
        ]
    )


def _assignments(world: World) -> None:
    bundles = {bundle.code: bundle for bundle in Bundle.objects.filter(school=None)}
    Assignment.objects.bulk_create(
        Assignment(
            user=world.users[name],
            bundle=bundles[bundle],
            board=world.boards[place] if place in world.boards else world.schools[place].board,
            school=world.schools.get(place),
            during=DateRange(date(2025, 8, 1), DAY) if name == "former" else EVER,
        )
        for name, (bundle, place) in ROLES.items()
    )
