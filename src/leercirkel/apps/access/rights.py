"""What can be allowed, and how far it reaches: the two lists that bundles of rights are made of.

Codes are stable: they stand in the database and in the log. What is said to users: `label`.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Right(models.TextChoices):
    """One thing that someone may do."""

    SEE_FIGURES = "figures.see", _("resultaten van groepen en school zien, zonder namen")
    SEE_PUPILS = "pupils.see", _("leerlingen zien: naam, groep en loopbaan")
    SEE_RESULTS = "results.see", _("resultaten van leerlingen zien")
    SEE_CONTACTS = "contacts.see", _("ouders en contactgegevens zien")
    SEE_DOSSIER = "dossier.see", _("dossiers van leerlingen zien")
    SEE_OBSERVATIONS = "observations.see", _("observaties van lessen zien")
    SEE_PUBLISHED = "published.see", _("zien wat de school met ouders deelt")
    WRITE_RESULTS = "results.write", _("toetsresultaten invoeren en inlezen")
    WRITE_PLAN = "plan.write", _("plannen schrijven")
    WRITE_ANALYSIS = "analysis.write", _("de antwoorden van de school en haar aanpakken schrijven")
    WRITE_DOSSIER = "dossier.write", _("in dossiers schrijven")
    WRITE_CONTACTS = "contacts.write", _("ouders en gezag bijhouden")
    COACH = "coach", _("collega's begeleiden")
    PUBLISH = "publish", _("iets met ouders delen")
    LEAD_CASES = "cases.lead", _("casussen openen en sluiten")
    EXPORT = "export", _("gegevens uit het systeem halen")
    MANAGE_ROSTER = "roster.manage", _("leerlingen en groepen inlezen, jaarovergang")
    MANAGE_TEAMS = "teams.manage", _("teams, groepsleerkrachten en overleggen bijhouden")
    MANAGE_USERS = "users.manage", _("gebruikers en rechten beheren")
    MANAGE_SETTINGS = "settings.manage", _("instellingen van de school beheren")
    MANAGE_STANDARDS = "standards.manage", _("eigen normen en normtabellen vastleggen")
    SEE_AUDIT = "audit.see", _("zien wie wat heeft gedaan en bekeken")
    SEE_PRIVACY = "privacy.see", _("het privacyoverzicht zien")
    SEE_BOARD = "board.see", _("scholen naast elkaar zien")


class Reach(models.TextChoices):
    """How far a right goes within the school or board of the assignment."""

    ALL = "all", _("de hele school of het hele bestuur")
    OWN_GROUPS = "own_groups", _("eigen groepen")
    TEAM_GROUPS = "team_groups", _("groepen van het eigen team")
    AGENDA = "agenda", _("wie op de agenda staat, zolang het overleg duurt")
    AGENDA_INFORMED = "agenda_informed", _("wie op de agenda staat, als de ouders het weten")
    CASES = "cases", _("leerlingen van eigen casussen")
    CASES_INFORMED = "cases_informed", _("leerlingen van eigen casussen, als de ouders het weten")
    NEWCOMERS = "newcomers", _("nieuwe leerlingen")
    OWN_SUBJECT = "own_subject", _("eigen vakgebied, op schoolniveau")
    OWN_CHILDREN = "own_children", _("eigen kinderen")


ABOUT_PUPILS = frozenset(
    {
        Right.SEE_FIGURES,
        Right.SEE_PUPILS,
        Right.SEE_RESULTS,
        Right.SEE_CONTACTS,
        Right.SEE_DOSSIER,
        Right.SEE_PUBLISHED,
        Right.WRITE_RESULTS,
        Right.WRITE_PLAN,
        Right.WRITE_ANALYSIS,
        Right.WRITE_DOSSIER,
        Right.WRITE_CONTACTS,
        Right.PUBLISH,
        Right.LEAD_CASES,
        Right.EXPORT,
        Right.MANAGE_ROSTER,
        Right.SEE_BOARD,
    }
)
"""Rights that need rows about pupils; without any of these the database shows none (row_security.py)."""

WITH_NAMES = ABOUT_PUPILS - {Right.SEE_FIGURES, Right.WRITE_ANALYSIS, Right.SEE_BOARD}
"""Rights that show who a pupil is."""

SECOND_FACTOR = WITH_NAMES | {
    Right.SEE_OBSERVATIONS,
    Right.MANAGE_USERS,
    Right.MANAGE_SETTINGS,
    Right.SEE_AUDIT,
    Right.SEE_PRIVACY,
}
"""Rights for which a second step is asked at signing in: who sees pupils, and who could give that to others."""

_PUPILS = frozenset(Reach) - {Reach.OWN_SUBJECT, Reach.OWN_CHILDREN}
_CLASS = frozenset({Reach.ALL, Reach.OWN_GROUPS})
_FILE = _CLASS | {Reach.CASES, Reach.CASES_INFORMED}
_WHOLE = frozenset({Reach.ALL})
_LIMITED: dict[Right, frozenset[Reach]] = {
    Right.SEE_FIGURES: _WHOLE | {Reach.OWN_GROUPS, Reach.TEAM_GROUPS, Reach.OWN_SUBJECT},
    Right.SEE_PUPILS: _PUPILS,
    Right.SEE_RESULTS: _PUPILS - {Reach.NEWCOMERS},
    Right.SEE_CONTACTS: _FILE | {Reach.NEWCOMERS},
    Right.SEE_DOSSIER: _FILE | {Reach.AGENDA, Reach.AGENDA_INFORMED},
    Right.SEE_PUBLISHED: _CLASS | {Reach.OWN_CHILDREN},
    Right.WRITE_RESULTS: _CLASS,
    Right.WRITE_PLAN: _CLASS,
    Right.WRITE_DOSSIER: _CLASS | {Reach.CASES},
    Right.WRITE_CONTACTS: _CLASS,
    Right.PUBLISH: _CLASS,
    Right.EXPORT: _CLASS,
}
MEANT_FOR: dict[Right, frozenset[Reach]] = {right: _LIMITED.get(right, _WHOLE) for right in Right}
"""How far each right can go at all."""
