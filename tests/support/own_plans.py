"""Plans of single pupils as people make them in the browser: opened, written, fixed and looked back on."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from tests.support.signed_in import sign_in
from tests.support.world import World

from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit.models import Event
from leercirkel.apps.groupplan.models import PlanArea, PupilGoal, PupilPlan
from leercirkel.apps.organisation.models import Pupil


def user(world: World, name: str) -> Client:
    client = Client()
    sign_in(client, world.users[name])
    return client


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def opened(world: World, area: PlanArea | None, name: str = "daan", by: str = "teacher", **more: Any) -> PupilPlan:
    pupil = world.pupils[name]
    given = {"vakgebied": area.pk if area else "", **more}
    user(world, by).post(f"/leerlingen/{pupil.pk}/handelingsplannen/openen/", given)
    return newest(pupil)


def newest(pupil: Pupil) -> PupilPlan:
    with whole_installation():
        return PupilPlan.objects.select_related("pupil", "area", "owner").filter(pupil=pupil).order_by("-pk")[0]


def goals(plan: PupilPlan) -> list[PupilGoal]:
    with whole_installation():
        return list(PupilGoal.objects.filter(plan=plan).order_by("position", "pk"))


def write(client: Client, plan: PupilPlan, words: str, base: str = "", section: str = "doing") -> Any:
    return client.post(f"/handelingsplannen/{plan.pk}/tekst/{section}/", {"text": words, "base": base})


def fixed(world: World, plan: PupilPlan, by: str = "teacher", **more: str) -> PupilPlan:
    client = user(world, by)
    write(client, plan, "Elke dag een kwartier automatiseren met concreet materiaal.")
    revision = newest(plan.pupil).revision
    client.post(f"/handelingsplannen/{plan.pk}/vaststellen/", {"revision": revision, **more})
    return newest(plan.pupil)


def logged(purpose: str, kind: str) -> list[Event]:
    with whole_installation():
        return list(Event.objects.filter(purpose=purpose, kind=kind).order_by("-pk"))


def evaluate(world: World, plan: PupilPlan, choice: str, why: str = "", **said: str) -> Any:
    given = {"keuze": choice, "waarom": why, **said}
    return user(world, "teacher").post(f"/handelingsplannen/{plan.pk}/evaluatie/bewaren/", given, follow=True)
