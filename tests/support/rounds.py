"""One row in every table of rounds and plans, for each school of the world that has a teacher with a group."""

from __future__ import annotations

from datetime import date
from typing import Any

from psycopg.types.range import DateRange
from tests.support.world import World

from leercirkel.apps.cycle.models import (
    Agreement,
    Check,
    ChosenExplanation,
    CycleRun,
    CycleSettings,
    Finding,
    HelpQuestion,
    Intervention,
    InterventionFinding,
    Judgement,
    LessonVisit,
    Minutes,
    RoundMeeting,
    Snapshot,
    StepDone,
    Support,
    WeekGiven,
)
from leercirkel.apps.groupplan.models import (
    Arrangement,
    ClusterRule,
    DayNote,
    Evaluation,
    GroupPlan,
    Phrase,
    PlanArea,
    PlanChoice,
    PlanGoal,
    PlanPupil,
    PlanVersion,
    PlanVersionPupil,
    PupilEvaluation,
    PupilGoal,
    PupilPhrase,
    PupilPlan,
    PupilPlanVersion,
)
from leercirkel.apps.organisation.models import Group, Pupil, School, StaffMember
from leercirkel.apps.planning.models import Task

WHO = {
    "kantelaar": ("noor", "5", "teacher"),
    "pluimgaard": ("bo", "b5", "teacher_b"),
    "zandloper": ("xena", "x5", "teacher_x"),
}
"""School → pupil, group, teacher."""
MINUTES: dict[str, Any] = {
    "title": "Groepsbespreking", "sub": "", "parts": [{"heading": "Dit valt op", "lines": ["Een zin."]}],
    "decided": {"heading": "Besloten", "none": "", "head": ["Wat", "Wie", "Uiterlijk"], "rows": []},
    "notes": "", "notes_heading": "Besproken", "audience": "", "language": "nl",
}  # fmt: skip
SPRING = {"starts": date(2027, 3, 15), "ends": date(2027, 7, 9)}


def rounds(world: World) -> dict[str, dict[str, Any]]:
    """Makes the rows, in the scope of the caller; gives them by table (lower case) and short name of the school."""
    made: dict[str, dict[str, Any]] = {}
    for name, (pupil, group, staff) in WHO.items():
        school = world.schools[name]
        rows = _round(school, world.pupils[pupil], world.groups[group], world.staff[staff])
        rows += _plans(school, world.pupils[pupil], world.groups[group], rows[0])
        rows += _of_one(school, world.pupils[pupil], staff=world.staff[staff], run=rows[0])
        for row in rows:
            made.setdefault(type(row).__name__.lower(), {})[name] = row
    return made


def _round(school: School, pupil: Pupil, group: Group, staff: StaffMember) -> list[Any]:
    run = CycleRun.objects.create(school=school, school_year=2026, moment="M", leader=staff)
    of = {"school": school, "run": run}
    snapshot = Snapshot.objects.create(**of, number=1, figures="0", report=b"", results=90, expected=100)
    finding = Finding.objects.create(
        **of,
        snapshot=snapshot,
        key="Z04 rekenen",
        level="pupil",
        talk="pupil",
        pupil=pupil,
        text="Een zin.",
        group=group,
    )
    intervention = Intervention.objects.create(
        **of, name="Elke dag lezen", start=date(2026, 9, 1), end=date(2026, 12, 1), subject="rekenen"
    )
    meeting = RoundMeeting.objects.create(**of, kind="group", group=group)
    support = Support.objects.create(**of, kind="coaching", staff=staff, other=staff, forms=["visit"])
    known = {"school": school, "intervention": intervention}
    return [
        run,
        snapshot,
        finding,
        meeting,
        support,
        CycleSettings.objects.create(school=school),
        StepDone.objects.create(**of, step="goals", group=group),
        ChosenExplanation.objects.create(school=school, finding=finding, code="weeks_short"),
        InterventionFinding.objects.create(**known, finding=finding),
        WeekGiven.objects.create(**known, monday=date(2026, 9, 7), given=True),
        Check.objects.create(**known, on=date(2026, 10, 12)),
        Judgement.objects.create(**of, intervention=intervention, choice="continue"),
        Minutes.objects.create(school=school, of=meeting, number=1, content=MINUTES),
        Agreement.objects.create(
            school=school, school_year=2026, moment="M", text="elke dag", meeting=meeting, owner=staff, group=group
        ),
        HelpQuestion.objects.create(**of, staff=staff, group=group, text="Hoe houd ik iedereen erbij?"),
        LessonVisit.objects.create(school=school, support=support, on=date(2027, 3, 20), seen=["goals"]),
        Task.objects.create(school=school, key="a", owner=staff, text="Verslag maken"),
    ]


def _plans(school: School, pupil: Pupil, group: Group, run: CycleRun) -> list[Any]:
    area = PlanArea.objects.create(school=school, name="rekenen", subjects=["rekenen"])
    base = Arrangement.objects.create(school=school, name="basis", position=1, usual=True)
    plan = GroupPlan.objects.create(school=school, run=run, area=area, group=group, **SPRING)
    version = PlanVersion.objects.create(school=school, plan=plan, number=1, content={})
    evaluation = Evaluation.objects.create(school=school, plan=plan, kind="interim", due_on=date(2027, 4, 12))
    return [
        area,
        base,
        plan,
        version,
        evaluation,
        ClusterRule.objects.create(school=school, number=1, rule={}),
        PlanPupil.objects.create(school=school, plan=plan, pupil=pupil, arrangement=base, proposed=base),
        PlanGoal.objects.create(school=school, plan=plan, arrangement=base, kind="mastery", text="tellen tot 100"),
        PlanVersionPupil.objects.create(school=school, version=version, pupil=pupil, content={}),
        PlanChoice.objects.create(school=school, pupil=pupil, area=area, school_year=2026, reason="opp"),
        Phrase.objects.create(school=school, kind="need", text="stappenkaart"),
        PupilPhrase.objects.create(
            school=school, pupil=pupil, kind="need", text="stappenkaart", during=DateRange(date(2026, 9, 1), None)
        ),
        DayNote.objects.create(
            school=school, pupil=pupil, group=group, area=area, on=date(2027, 3, 1), text="werkte goed door",
            destroy_on=date(2027, 12, 6),
        ),
    ]  # fmt: skip


def _of_one(school: School, pupil: Pupil, staff: StaffMember, run: CycleRun) -> list[Any]:
    """A plan of one pupil that runs, and one before it that was looked back on."""
    of = {"school": school, "pupil": pupil, "run": run, "owner": staff}
    before = PupilPlan.objects.create(
        **of, starts=date(2026, 9, 7), ends=date(2026, 10, 16), review_on=date(2026, 10, 12), state="fixed"
    )
    plan = PupilPlan.objects.create(**of, **SPRING, review_on=date(2027, 5, 10), before=before)
    version = {"area": "", "starts": "2027-03-15", "ends": "2027-07-09", "review_on": "2027-05-10", "owner": "",
               "texts": {}, "seen": {}, "before": True, "goals": []}  # fmt: skip
    return [
        PupilEvaluation.objects.create(school=school, plan=before, choice="continue"),
        plan,
        PupilGoal.objects.create(school=school, plan=plan, kind="observation", text="werkt door", on=plan.ends),
        PupilPlanVersion.objects.create(school=school, plan=plan, number=1, content=version),
    ]
