"""What is there besides support/world.py for who walks the addresses: rows of every kind, of each school."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from psycopg.types.range import DateRange
from tests.support.measured import STANDARDS, measure
from tests.support.open_data import published
from tests.support.rounds import rounds
from tests.support.world import DAY, YEAR, World, day

from leercirkel.apps.access.models import Assignment, Notice
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.assessment.models import ImportBatch, Result, StandardsDraft, StandardsVersion, UploadedFile
from leercirkel.apps.dossier.models import Case, CaseMember
from leercirkel.apps.organisation.models import GroupTeacher, Guardianship, RosterPlan, Team, TeamMember
from leercirkel.apps.planning.models import AgendaItem, Meeting


@dataclass(frozen=True, slots=True)
class Things:
    """What the world has beside its own dictionaries, by short name."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)


def more_things(world: World) -> Things:
    """Makes a team, a meeting, a case, rosters and measurements at the other board, and finds the rows that addresses
    name."""
    with whole_installation():
        measured = measure(world)
        for table, of_schools in rounds(world).items():
            measured.setdefault(table, of_schools)
        published(f"{school.brin}{school.location}" for school in world.schools.values())
        there = world.schools["zandloper"]
        team = Team.objects.create(school=there, kind="learning", name="Leerteam Zand", during=YEAR)
        TeamMember.objects.create(school=there, team=team, staff=world.staff["teacher_x"], during=YEAR)
        meeting = Meeting.objects.create(
            school=there, team=team, title="Overleg Zand", starts_at=day(DAY), ends_at=day(DAY + timedelta(days=1))
        )
        item = AgendaItem.objects.create(school=there, meeting=meeting, group=world.groups["x5"])
        case = Case.objects.create(school=there, pupil=world.pupils["xena"], during=DateRange(date(2026, 10, 1), None))
        member = CaseMember.objects.create(school=there, case=case, staff=world.staff["teacher_x"], during=case.during)
        for school, name in (("kantelaar", "teacher"), ("zandloper", "teacher_x")):
            Notice.objects.create(school=world.schools[school], kind="role", user=world.users[name], code="teacher")
        decided = {"school_year": 2026, "mode": "first", "as_of": DAY, "fingerprint": "x", "state": "discarded"}
        plans = {
            name: RosterPlan.objects.create(school=world.schools[school], **decided)
            for name, school in (("plan", "kantelaar"), ("plan_x", "zandloper"))
        }
        open_ = ImportBatch.State.OPEN
        batches = {n: ImportBatch.objects.create(school=each, state=open_) for n, each in world.schools.items()}
        batches["own"] = ImportBatch.objects.create(
            school=world.schools["kantelaar"], state=open_, made_by=world.users["teacher"]
        )
        files = {
            n: UploadedFile.objects.create(school=each.school, batch=each, name="a.csv", sha256="a" * 64, content=b"a")
            for n, each in batches.items()
        }
        year = {"school_year": 2026, "toml": STANDARDS}
        standards = {
            name: StandardsVersion.objects.create(school=each, number=2, **year) for name, each in world.schools.items()
        }
        for name, each in world.schools.items():
            StandardsDraft.objects.create(school=each, based_on=standards[name], **year)
        rows: dict[str, dict[str, Any]] = {
            "batch": batches,
            "upload": files,
            "standards": standards,
            "norms": measured["normfile"],
            "mark": {_name(world.pupils, each.pupil_id): each for each in measured["pupilmark"].values()},
            "team": {**world.teams, "team_x": team},
            "meeting": {**world.meetings, "meeting_x": meeting},
            "case": {**world.cases, "case_x": case},
            "plan": plans,
            "team_member": {each.staff.user.email.partition("@")[0]: each for each in TeamMember.objects.all()},
            "case_member": {
                **{f"{_name(world.cases, each.case_id)}/{_who(each)}": each for each in CaseMember.objects.all()},
                "case_x/teacher_x": member,
            },
            "item": {
                **{_named_item(world, each): each for each in AgendaItem.objects.exclude(pk=item.pk)},
                "item_x": item,
            },
            "teaches": {
                f"{_name(world.groups, each.group_id)}/{_who(each)}": each for each in GroupTeacher.objects.all()
            },
            "role": {each.user.email.partition("@")[0]: each for each in Assignment.objects.select_related("user")},
            **measured,
            "shared_of_pupil": {_name(world.pupils, each.pupil_id): each for each in measured["sharedsheet"].values()},
            "result": {_name(world.pupils, each.pupil_id): each for each in Result.objects.filter(subject="rekenen")},
            "guardianship": {_name(world.pupils, each.pupil_id): each for each in Guardianship.objects.all()},
        }
    return Things(rows)


def _name(kept: dict[str, Any], pk: int) -> str:
    return next((name for name, each in kept.items() if each.pk == pk), "?")


def _who(row: Any) -> str:
    return str(row.staff.user.email.partition("@")[0])


def _named_item(world: World, item: AgendaItem) -> str:
    if item.pupil_id:
        return _name(world.pupils, item.pupil_id)
    return f"group-{_name(world.groups, item.group_id or 0)}"
