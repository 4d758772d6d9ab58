"""Who can be tried in a demonstration: one user per role, by an address of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.models import User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DOMAIN = "demo.invalid"


@dataclass(frozen=True, slots=True)
class Role:
    """A role to try. `code`: before the @ of the user's address. `school` and `place`: names of the demonstration."""

    code: str
    role: _StrPromise
    school: str
    sees: _StrPromise
    place: str = ""

    @property
    def email(self) -> str:
        """The user's address."""
        return f"{self.code}@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class DemoRole:
    """A user who can be tried: `user` is the id, `sees` one line on what is to be seen."""

    user: int
    email: str
    name: str
    role: str
    place: str
    sees: str


BOARD = "Stichting Kadewijs"
KANTELAAR, PLUIMGAARD = "SBO De Kantelaar", "Basisschool De Pluimgaard"

ROLES: tuple[Role, ...] = (
    Role("uilen", _("leerkracht"), KANTELAAR, _("de eigen groep, met resultaten, ouders en dossiers"), "de Uilen"),
    Role("uilen-valken", _("leerkracht in twee duo's"), KANTELAAR, _("de leerlingen van beide groepen"),
         "de Uilen en de Valken"),
    Role("groep5", _("leerkracht"), PLUIMGAARD, _("de eigen groep, en van de school alleen aantallen"), "groep 5"),
    Role("kc", _("kwaliteitscoördinator"), KANTELAAR, _("alle delen van het werk: teams, resultaten, dossiers")),
    Role("leercoordinator", _("leercoördinator"), PLUIMGAARD, _("teams en overleggen, geen dossiers")),
    Role("trendanalist", _("trendanalist"), KANTELAAR, _("alle resultaten van de school, geen dossiers")),
    Role("zorgregisseur", _("zorgregisseur"), PLUIMGAARD, _("dossiers en ouders, geen observaties van lessen")),
    Role("regiegroep", _("lid regiegroep"), KANTELAAR, _("het eigen vak op schoolniveau, zonder namen"),
         "technisch lezen"),
    Role("leerteam", _("lid leerteam"), KANTELAAR, _("namen alleen van de groep die vandaag op de agenda staat"),
         "onderbouw"),
    Role("directeur", _("directeur"), KANTELAAR, _("de hele school, en wie wat heeft bekeken")),
    Role("bestuur", _("bestuur"), BOARD, _("drie scholen naast elkaar, zonder namen")),
    Role("smw", _("schoolmaatschappelijk werk"), KANTELAAR, _("leerlingen van eigen casussen en nieuwe leerlingen")),
    Role("schoolcontactpersoon", _("schoolcontactpersoon"), KANTELAAR,
         _("leerlingen van een casus of op de agenda van vandaag, als de ouders het weten")),
    Role("ouder", _("ouder"), KANTELAAR, _("het eigen kind: alleen wat de school deelt")),
    Role("beheerder", _("beheerder"), BOARD, _("gebruikers en rollen, geen leerlingen")),
    Role("fg", _("functionaris gegevensbescherming"), BOARD, _("wie wat heeft bekeken, niet wat er staat")),
)  # fmt: skip


def demo_roles() -> tuple[DemoRole, ...]:
    """The users that the sign-in page of a demonstration offers, in the order of ROLES; nobody anywhere else."""
    if not settings.DEMO:
        return ()
    users = {user.email: user for user in User.objects.filter(email__in=[one.email for one in ROLES], is_active=True)}
    return tuple(
        DemoRole(
            user=users[one.email].pk,
            email=one.email,
            name=users[one.email].name,
            role=str(one.role),
            place=f"{one.school}, {one.place}" if one.place else one.school,
            sees=str(one.sees),
        )
        for one in ROLES
        if one.email in users
    )
