"""One row in every table of measurements, for each school of the world that has a pupil."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.world import World

from leercirkel.apps.assessment.models import (
    Advice,
    CalendarVersion,
    ImportBatch,
    MethodResult,
    NormFile,
    Observation,
    OwnTest,
    PupilMark,
    PupilMatch,
    SourceMapping,
    StandardsDraft,
    StandardsVersion,
    UploadedFile,
)
from leercirkel.apps.cycle.models import Agreement, Intervention, InterventionGroup, InterventionPupil, UndertakenFile
from leercirkel.apps.insight.models import (
    AnswerText,
    BoardReport,
    Job,
    JobFile,
    KeptFigures,
    KeptReport,
    SharedSheet,
    TalkNotes,
)
from leercirkel.apps.organisation.models import Group, Pupil, School

STANDARDS = """
[[standard]]
subject = "rekenen"
quantity = "score"
tiers = [{name = "basis", threshold = 100, target_share = 0.75}]
"""
CALENDAR = """
[[test]]
subject = "rekenen"
instrument = "Demo-LVS"
moment = "M"
window = {from = "01-15", until = "02-15"}
"""
REPORT = {"school_year": 2026, "moment": "M", "audience": "named", "language": "nl", "parts": [], "forms": ["pdf"]}
SHEET = {
    "language": "nl", "labels": {"page": "blz."}, "title": "Rapportgesprek", "header": "School · midden 2026-2027",
    "colours": dict.fromkeys(("ink", "soft", "line", "hair", "brand"), "#000000"),
    "sheets": [{"name": "Uw kind", "group": "Groep", "when": "midden 2026-2027", "subjects": [], "boxes": []}],
}  # fmt: skip
PUPILS = {"kantelaar": "noor", "pluimgaard": "bo", "zandloper": "xena"}
GROUPS = {"kantelaar": "5", "pluimgaard": "b5", "zandloper": "x5"}


def undertaken(school: School, pupil: Pupil, group: Group) -> list[Any]:
    """An intervention with a group and a pupil, and an agreement."""
    file = UndertakenFile.objects.create(school=school, name="a.toml", sha256="a" * 64)
    made = Intervention.objects.create(
        school=school, file=file, name="Meer lezen", start=date(2026, 9, 1), end=date(2026, 12, 1), subject="rekenen"
    )
    return [
        file,
        made,
        InterventionGroup.objects.create(school=school, intervention=made, group=group),
        InterventionPupil.objects.create(school=school, intervention=made, pupil=pupil),
        Agreement.objects.create(
            school=school, file=file, school_year=2026, moment="M", text="elke dag", done="done", group=group
        ),
    ]


def measure(world: World) -> dict[str, dict[str, Any]]:
    """Makes the rows, in the scope of the caller; gives them by table (lower case) and short name of the school."""
    made: dict[str, dict[str, Any]] = {}
    for name, who in PUPILS.items():
        school, pupil = world.schools[name], world.pupils[who]
        batch = ImportBatch.objects.create(school=school, state=ImportBatch.State.OPEN)
        brought: dict[str, Any] = {"school": school, "pupil": pupil, "batch": batch, "school_year": 2026}
        year = {"school": school, "school_year": 2026, "number": 1}
        job = Job.objects.create(
            school=school, kind=Job.Kind.REPORT, options=REPORT, state=Job.State.DONE, made_by=world.users["head"]
        )
        talk = {"school": school, "pupil": pupil, "school_year": 2026, "moment": "M"}
        rows = [
            TalkNotes.objects.create(**talk, texts={"home": "Elke dag tien minuten lezen."}),
            SharedSheet.objects.create(**talk, sheet=SHEET, made_by=world.users["head"]),
            batch,
            job,
            JobFile.objects.create(school=school, job=job, name="a.pdf", media_type="application/pdf", content=b""),
            BoardReport.objects.create(school=school, school_year=2026, moment="M", report="{}"),
            UploadedFile.objects.create(school=school, batch=batch, name="a.csv", sha256="a" * 64, content=b"a"),
            SourceMapping.objects.create(school=school, signature="a" * 64, label="a.csv", mapping=""),
            PupilMatch.objects.create(school=school, written="a", pupil=pupil),
            Advice.objects.create(**brought, taken_on=date(2027, 2, 1), advice="havo"),
            MethodResult.objects.create(
                **brought, taken_on=date(2026, 10, 1), subject="rekenen", block="blok 1", goal="tellen", percent=80
            ),
            Observation.objects.create(
                **brought, taken_on=date(2026, 10, 1), moment="B", list="Kleuters", domain="taal", stage="3"
            ),
            PupilMark.objects.create(school=school, pupil=pupil, since=date(2026, 8, 1), care="opp"),
            OwnTest.objects.create(
                school=school, pupil=pupil, school_year=2026, moment="M", subject="rekenen", instrument="Demo-LVS",
                test_level="M4",
            ),
            StandardsVersion.objects.create(**year, toml=STANDARDS),
            StandardsDraft.objects.create(school=school, school_year=2025, toml=STANDARDS),
            CalendarVersion.objects.create(**year, toml=CALENDAR),
            AnswerText.objects.create(
                school=school, school_year=2026, moment="M", question="goals_reached", number=1, text="a",
                made_by=world.users["head"],
            ),
            KeptReport.objects.create(school=school, page=KeptReport.Page.SCHOOL, asked="", version="0", report=""),
            KeptFigures.objects.create(school=school, what="ground", version="0", content=b""),
            *undertaken(school, pupil, world.groups[GROUPS[name]]),
            NormFile.objects.create(
                school=school, name="n.csv", sha256="a" * 64, content=b"a", tables=1, source="own", right_of_use="own"
            ),
        ]  # fmt: skip
        for row in rows:
            made.setdefault(type(row).__name__.lower(), {})[name] = row
    return made
