"""What happened, in words that also a parent understands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leercirkel.apps.audit.kinds import Kind

LOOKS = frozenset({Kind.PUPIL_SEEN, Kind.CONTACTS_SEEN, Kind.REPORT_MADE, Kind.EXPORTED})
"""Kinds that say that someone saw a pupil's file, when they are about one pupil."""

DID: dict[str, Any] = {
    Kind.PUPIL_SEEN: _("heeft de bladzijde van deze leerling geopend"),
    Kind.CONTACTS_SEEN: _("heeft telefoon en adres van de ouders bekeken"),
    Kind.REPORT_MADE: _("heeft een rapport over deze leerling gemaakt"),
    Kind.EXPORTED: _("heeft gegevens van deze leerling uit het systeem gehaald"),
    Kind.CREATED: _("heeft iets toegevoegd"),
    Kind.CHANGED: _("heeft iets gewijzigd"),
    Kind.REMOVED: _("heeft iets verwijderd"),
    Kind.PUBLISHED: _("heeft iets met ouders gedeeld"),
}
"""On a pupil's page: after the name of who did it."""

OBJECTS: dict[str, Any] = {
    "access.assignment": _("rol"),
    "access.bundle": _("rechten van een rol"),
    "access.notice": _("nieuw zicht op leerlingen"),
    "access.user": _("gebruiker"),
    "assessment.importbatch": _("toetsresultaten"),
    "assessment.normfile": _("normtabellen"),
    "assessment.pupilmatch": _("onthouden antwoord: wie in een bestand wie is"),
    "assessment.sourcemapping": _("onthouden kolommen van een bron"),
    "assessment.pupilmark": _("kenmerk: bestemming of ondersteuning"),
    "assessment.standardsdraft": _("concept van de normen"),
    "assessment.standardsversion": _("eigen normen"),
    "audit.seal": _("logboek"),
    "benchmark.comparison": _("vergelijking met open data"),
    "cycle.agreement": _("afspraak uit een overleg"),
    "cycle.check": _("tussentijds kijken"),
    "cycle.chosenexplanation": _("verklaring"),
    "cycle.cyclerun": _("ronde"),
    "cycle.finding": _("bevinding"),
    "cycle.helpquestion": _("vraag van een leerkracht"),
    "cycle.intervention": _("aanpak"),
    "cycle.judgement": _("besluit over een aanpak"),
    "cycle.lessonvisit": _("lesbezoek"),
    "cycle.minutes": _("verslag van een overleg"),
    "cycle.roundmeeting": _("overleg van een ronde"),
    "cycle.support": _("afspraak met een leerkracht"),
    "cycle.undertakenfile": _("aanpakken en afspraken"),
    "groupplan.arrangement": _("arrangement"),
    "groupplan.daynote": _("dagnotitie"),
    "groupplan.evaluation": _("evaluatie van een plan"),
    "groupplan.groupplan": _("groepsplan"),
    "groupplan.phrase": _("zin uit de lijst van de school"),
    "groupplan.planarea": _("plangebied"),
    "groupplan.planchoice": _("keuze voor een leerling zonder instructiegroep"),
    "groupplan.planversion": _("vastgesteld plan"),
    "groupplan.pupilevaluation": _("evaluatie van een handelingsplan"),
    "groupplan.pupilplan": _("handelingsplan"),
    "groupplan.pupilplanversion": _("vastgesteld handelingsplan"),
    "groupplan.pupilphrase": _("wat een leerling helpt, hindert of nodig heeft"),
    "insight.sharedsheet": _("gespreksblad"),
    "planning.task": _("taak"),
    "insight.answertext": _("antwoord op een vraag van de schoolanalyse"),
    "dossier.case": _("casus"),
    "dossier.casemember": _("lid van een casus"),
    "organisation.board": _("bestuur"),
    "organisation.enrolment": _("plaats in een groep"),
    "organisation.group": _("groep"),
    "organisation.groupmembership": _("leerling in een instructiegroep"),
    "organisation.groupteacher": _("leerkracht van een groep"),
    "organisation.guardian": _("ouder of verzorger"),
    "organisation.guardianship": _("ouder of verzorger"),
    "organisation.pupil": _("leerling"),
    "organisation.rosterplan": _("leerlingen en groepen uit het leerlingadministratiesysteem"),
    "organisation.school": _("school"),
    "organisation.staffmember": _("medewerker"),
    "organisation.team": _("team"),
    "organisation.teammember": _("lid van een team"),
    "planning.agendaitem": _("punt op de agenda"),
    "planning.meeting": _("overleg"),
}
"""What an event is about, by its type in the log."""


PROPOSED: dict[str, Any] = {
    "roster_plan": _("voorstel uit een leerlingenlijst (nog niets veranderd)"),
    "import_files": _("bestanden die nog worden bekeken (nog niets ingelezen)"),
    "import_columns": _("wat kolommen van een bestand betekenen"),
    "import_pupils": _("antwoorden op wie in een bestand wie is"),
}
"""What is only looked at or answered on the way, by the purpose of the event: not the thing that comes of it."""


def object_of(code: str, purpose: str = "") -> Any:
    """The word for a type of row; empty for one without a word. What is only proposed is called so."""
    return PROPOSED.get(purpose) or OBJECTS.get(code, "")
