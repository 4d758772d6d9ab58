"""Fills an empty installation with the invented board, through the readers and actions that real files go through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from psycopg.types.range import DateRange

from leercirkel.apps import clock
from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope, whole_installation
from leercirkel.apps.assessment.actions import import_results, load_marks, load_norms, save_calendar, save_standards
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.cycle.actions import load_interventions
from leercirkel.apps.cycle.models import CycleRun
from leercirkel.apps.demo.files import SchoolFiles, read_board
from leercirkel.apps.demo.people import OF_THE_BOARD, Users, give, load_parent, load_staff
from leercirkel.apps.demo.rounds import load_rounds
from leercirkel.apps.demo.selectors import BOARD, DOMAIN
from leercirkel.apps.dossier.actions import open_case
from leercirkel.apps.organisation.actions import create_board, create_school, load_guardians, load_roster, looks
from leercirkel.apps.organisation.models import (
    Board,
    Group,
    Pupil,
    PupilKey,
    School,
    StaffMember,
    Team,
    TeamGroup,
    TeamMember,
)
from leercirkel.apps.planning.actions import plan_meeting
from leercirkel.exchange.edexml import reader as edexml
from leercirkel.exchange.guardians import reader as guardians
from leercirkel.exchange.problems import Problem, has_errors

T = TypeVar("T")

PARENTS_CLASS = "Uilen"
_LOOKED_AT = 6
"""How many pupils each of those who look have already looked at."""


class NotEmpty(Exception):
    """There is something in this database already: an invented board does not belong among it."""


def is_loaded() -> bool:
    """Whether the invented board is here."""
    return Board.objects.filter(name=BOARD).exists() and User.objects.filter(email__endswith=f"@{DOMAIN}").exists()


@transaction.atomic
def load_board(folder: Path) -> Board:
    """Everything that `leercirkel demo-files --board` wrote in this folder, and a user for each role.

    All of it or nothing. Raises NotEmpty when there is a board or a user already.
    """
    if Board.objects.exists() or User.objects.exists():
        raise NotEmpty
    files = read_board(folder)
    users = Users()
    board = create_board(name=files.name, number=files.number, by=None)
    for one in files.schools:
        _load_school(one, board, users)
    with whole_installation():
        for code, name, bundle in OF_THE_BOARD:
            user = users.new(f"{code}@{DOMAIN}", name)
            user.save()
            give([(user, bundle)], board=board, school=None)
        _looks()
    return board


def schools_without_rounds() -> list[int]:
    """The schools that have an earlier year to look back on, but no round yet."""
    with transaction.atomic(), whole_installation():
        begun = CycleRun.objects.values("school")
        earlier = Group.objects.filter(school_year__lt=clock.school_year()).values("school")
        rows = School.objects.filter(pk__in=earlier).exclude(pk__in=begun).order_by("pk")
        return list(rows.values_list("pk", flat=True))


def load_rounds_of(school: int) -> None:
    """Gives a school its rounds, with plans and what belongs to them (demo.rounds). After load_board, not in its
    transaction: figures are made from what is committed."""
    with transaction.atomic(), scope(schools=[school]):
        load_rounds(School.objects.get(pk=school))


def _load_school(files: SchoolFiles, board: Board, users: Users) -> None:
    school = create_school(
        board=board, brin=files.brin, location=files.location, name=files.name, kind=files.kind, by=None
    )
    with scope(schools=[school.pk]):
        for path in files.rosters():
            load_roster(roster=_read(edexml.read, path), by=None, school=school)
        import_results(school=school, files=[(path.read_bytes(), path.name) for path in files.results()], by=None)
        _load_what_results_are_held_against(files, school)
        staff = load_staff(files, school, users)
        load_guardians(school=school, lines=_read(guardians.read, files.folder / "ouders.csv"), by=None)
        if school.kind == School.Kind.SBO:
            load_parent(school, PARENTS_CLASS, users)
        told = files.teams()
        teams = {one["name"]: _team(one, school, staff) for one in told["team"]}
        pupils = dict(PupilKey.objects.filter(school=school).values_list("key", "pupil_id"))
        for one in told["case"]:
            open_case(
                school=school, pupil=Pupil.objects.get(pk=pupils[one["pupil"]]), since=one["since"],
                members=[staff[key] for key in one["members"]],
                parents_informed_on=one.get("parents_informed_on"), by=None,
            )  # fmt: skip
        for one in told["meeting"]:
            _meeting(one, school, teams, staff, pupils)


GROWTH_NORMS = "groeinormen-demo-lvs.toml"
"""In the folder of a school whose pupils have a grade, where the files were made for a demonstration."""


def _load_what_results_are_held_against(files: SchoolFiles, school: School) -> None:
    first = min(Group.objects.filter(school=school).values_list("school_year", flat=True))
    standards, calendar = (files.folder / name for name in ("normen.toml", "toetsen.toml"))
    save_standards(school=school, school_year=first, toml=standards.read_text(encoding="utf-8"), by=None)
    save_calendar(school=school, school_year=first, toml=calendar.read_text(encoding="utf-8"), by=None)
    norms = files.folder / "normtabel-demo-lvs.csv"
    load_norms(
        school=school, content=norms.read_bytes(), name=norms.name, by=None,
        source="Demo-LVS, een verzonnen toets", right_of_use="verzonnen gegevens voor de demonstratie",
    )  # fmt: skip
    growth = files.folder / GROWTH_NORMS
    if growth.exists():
        load_norms(
            school=school, content=growth.read_bytes(), name=growth.name, by=None,
            source="Verzonnen leerlingen van de Demo-LVS", right_of_use="verzonnen gegevens voor de demonstratie",
        )  # fmt: skip
    marks = files.folder / "kenmerken.csv"
    load_marks(school=school, content=marks.read_bytes(), name=marks.name, by=None)
    done = files.folder / "aanpakken.toml"
    load_interventions(school=school, content=done.read_bytes(), name=done.name, by=None)


def _read(reader: Callable[[bytes, str], tuple[T | None, list[Problem]]], path: Path) -> T:
    """What is in one of our own files: a fault in it is a fault of ours."""
    found, problems = reader(path.read_bytes(), path.name)
    if found is None or has_errors(problems):
        raise ValueError(f"{path}: {problems[0].message}")
    return found


def _team(told: dict[str, Any], school: School, staff: dict[str, StaffMember]) -> Team:
    during = DateRange(told["since"], None)
    team = Team.objects.create(
        school=school, kind=told["kind"], name=told["name"], subject=told.get("subject", ""), during=during
    )
    groups = Group.objects.filter(school=school, school_year=clock.school_year(), name__in=told.get("groups", ()))
    TeamGroup.objects.bulk_create(TeamGroup(school=school, team=team, group=group) for group in groups)
    TeamMember.objects.bulk_create(
        TeamMember(school=school, team=team, staff=staff[key], during=during, chair=key == told["chair"])
        for key in told["members"]
    )
    log.record(Kind.CREATED, by=None, school=school.pk, about=team, count=len(told["members"]))
    return team


def _meeting(
    told: dict[str, Any],
    school: School,
    teams: dict[str, Team],
    staff: dict[str, StaffMember],
    pupils: dict[str, int],
) -> None:
    """A meeting of the day of the demonstration lasts all day: it is going on at whatever hour one looks."""
    day: date = told["day"]
    starts, ends = _at(day, told.get("starts", "0.00")), _at(day, told.get("ends", "0.00"))
    groups = {g.name: g for g in Group.objects.filter(school=school, school_year=clock.school_year())}
    plan_meeting(
        school=school,
        team=teams[told["team"]],
        title=told["title"],
        starts_at=starts,
        ends_at=ends if ends > starts else ends + timedelta(days=1),
        attendees=[staff[key] for key in told["attendees"]],
        groups=[groups[one["group"]] for one in told["agenda"] if "group" in one],
        pupils=[(pupils[one["pupil"]], one.get("parents_informed_on")) for one in told["agenda"] if "pupil" in one],
        by=None,
    )


def _at(day: date, hour: str) -> datetime:
    hours, minutes = hour.split(".")
    return timezone.make_aware(datetime.combine(day, time(int(hours), int(minutes))))


def _looks() -> None:
    """A few looks in the log, as the pages write them: an empty log would tell nobody what it is for."""
    for code, group in (("uilen", "Uilen"), ("kc", "Reigers"), ("smw", "Merels"), ("groep5", "Groep 5")):
        user = User.objects.get(email=f"{code}@{DOMAIN}")
        seats = Pupil.objects.filter(
            enrolments__group__name=group, enrolments__during__contains=clock.today(), school__staff__user=user
        )
        for pupil in seats.order_by("sort_key")[:_LOOKED_AT]:
            looks.pupil_seen(pupil=pupil, by=user, purpose="pupil")
