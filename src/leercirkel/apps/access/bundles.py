"""The usual jobs as bundles of rights. A school may change its own copies; these are what it starts with.

Sources: docs/domein/rollen.md. Job titles grant nothing by themselves: only an assignment of a bundle does.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from leercirkel.apps.access.rights import Reach, Right

R, P = Right, Reach


@dataclass(frozen=True, slots=True)
class Bundle:
    """A job: its stable code, its name for staff, what it is for and the rights with their reach."""

    code: str
    name: str
    about: str
    rights: tuple[tuple[Right, Reach], ...]


def _all(*rights: Right) -> tuple[tuple[Right, Reach], ...]:
    return tuple((right, P.ALL) for right in rights)


def _at(reach: Reach, *rights: Right) -> tuple[tuple[Right, Reach], ...]:
    return tuple((right, reach) for right in rights)


BUNDLES = (
    Bundle(
        "teacher",
        _("leerkracht"),
        _("Ziet en begeleidt de leerlingen van eigen groepen en instructiegroepen."),
        _all(R.SEE_FIGURES)
        + _at(
            P.OWN_GROUPS,
            *(R.SEE_PUPILS, R.SEE_RESULTS, R.SEE_CONTACTS, R.SEE_DOSSIER, R.SEE_PUBLISHED),
            *(R.WRITE_RESULTS, R.WRITE_PLAN, R.WRITE_DOSSIER, R.PUBLISH, R.EXPORT),
        )
        + _at(P.TEAM_GROUPS, R.SEE_FIGURES)
        + _at(P.AGENDA, R.SEE_PUPILS, R.SEE_RESULTS),
    ),
    Bundle(
        "learning_coordinator",
        _("leercoördinator"),
        _("Begeleidt leerkrachten en teams: observaties en teams, geen dossiers."),
        _all(R.SEE_FIGURES, R.WRITE_ANALYSIS, R.SEE_OBSERVATIONS, R.COACH, R.MANAGE_TEAMS)
        + _at(P.AGENDA, R.SEE_PUPILS, R.SEE_RESULTS),
    ),
    Bundle(
        "trend_analyst",
        _("trendanalist"),
        _("Leest resultaten in en onderzoekt ze: resultaten, geen dossiers."),
        _all(
            *(R.SEE_FIGURES, R.SEE_PUPILS, R.SEE_RESULTS, R.WRITE_RESULTS, R.WRITE_ANALYSIS, R.EXPORT),
            *(R.MANAGE_ROSTER, R.MANAGE_STANDARDS),
        ),
    ),
    Bundle(
        "care_director",
        _("zorgregisseur"),
        _("Regelt de extra ondersteuning: dossiers, geen observaties van lessen."),
        _all(
            *(R.SEE_FIGURES, R.SEE_PUPILS, R.SEE_RESULTS, R.SEE_CONTACTS, R.SEE_DOSSIER, R.SEE_PUBLISHED),
            *(R.WRITE_PLAN, R.WRITE_ANALYSIS, R.WRITE_DOSSIER, R.WRITE_CONTACTS, R.PUBLISH, R.LEAD_CASES, R.EXPORT),
        ),
    ),
    Bundle(
        "subject_team",
        _("lid regiegroep"),
        _("Volgt het eigen vak op schoolniveau, zonder namen."),
        _at(P.OWN_SUBJECT, R.SEE_FIGURES),
    ),
    Bundle(
        "learning_team",
        _("lid leerteam"),
        _("Ziet de groepen van het leerteam; namen alleen zolang een groep op de agenda staat."),
        _at(P.TEAM_GROUPS, R.SEE_FIGURES) + _at(P.AGENDA, R.SEE_PUPILS, R.SEE_RESULTS),
    ),
    Bundle(
        "head",
        _("directeur"),
        _("Verantwoordelijk voor de school."),
        _all(
            *(R.SEE_FIGURES, R.SEE_PUPILS, R.SEE_RESULTS, R.SEE_CONTACTS, R.SEE_DOSSIER, R.SEE_OBSERVATIONS),
            *(R.SEE_PUBLISHED, R.WRITE_ANALYSIS, R.WRITE_CONTACTS, R.PUBLISH, R.EXPORT, R.MANAGE_ROSTER),
            *(R.MANAGE_TEAMS, R.SEE_AUDIT, R.MANAGE_STANDARDS),
        ),
    ),
    Bundle(
        "board",
        _("bestuur"),
        _("Ziet de scholen naast elkaar, zonder namen."),
        _all(R.SEE_BOARD),
    ),
    Bundle(
        "social_worker",
        _("schoolmaatschappelijk werk"),
        _("Ziet de leerlingen van eigen casussen en de contactgegevens van nieuwe leerlingen."),
        _at(P.CASES, R.SEE_PUPILS, R.SEE_CONTACTS, R.SEE_DOSSIER, R.WRITE_DOSSIER)
        + _at(P.NEWCOMERS, R.SEE_PUPILS, R.SEE_CONTACTS),
    ),
    Bundle(
        "network_contact",
        _("schoolcontactpersoon"),
        _(
            "Van het samenwerkingsverband: leerlingen van een casus, of op de agenda zolang het overleg "
            "duurt; altijd pas als de ouders het weten."
        ),
        _at(P.CASES_INFORMED, R.SEE_PUPILS, R.SEE_RESULTS, R.SEE_DOSSIER)
        + _at(P.AGENDA_INFORMED, R.SEE_PUPILS, R.SEE_RESULTS),
    ),
    Bundle(
        "guardian",
        _("ouder"),
        _("Ziet van eigen kinderen wat de school deelt."),
        _at(P.OWN_CHILDREN, R.SEE_PUBLISHED),
    ),
    Bundle(
        "administrator",
        _("beheerder"),
        _("Regelt gebruikers en instellingen, ziet geen leerlingen."),
        _all(R.MANAGE_USERS, R.MANAGE_SETTINGS),
    ),
    Bundle(
        "privacy_officer",
        _("functionaris gegevensbescherming"),
        _("Ziet wie wat heeft bekeken, niet wat er staat."),
        _all(R.SEE_AUDIT, R.SEE_PRIVACY),
    ),
)
