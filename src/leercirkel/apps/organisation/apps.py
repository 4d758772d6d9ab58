"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Organisation(AppConfig):
    """Board, schools, school years' groups, pupils and their enrolments, guardians, staff and teams."""

    name = "leercirkel.apps.organisation"
    label = "organisation"

    def ready(self) -> None:
        """Enters the pages of this app in the navigation."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.organisation import due as own
        from leercirkel.apps.organisation.pupil_tabs import PupilTab
        from leercirkel.apps.organisation.pupil_tabs import register as register_tabs
        from leercirkel.apps.pages import due
        from leercirkel.apps.pages.navigation import Entry, Section, register

        register_tabs(
            PupilTab("pupil", _("Loopbaan"), Right.SEE_PUPILS, 10),
            PupilTab("pupil-contacts", _("Ouders en contact"), Right.SEE_CONTACTS, 40),
            PupilTab("pupil-looks", _("Wie heeft gekeken"), Right.SEE_PUPILS, 90),
        )
        for source in (own.rosters_to_confirm, own.years_to_load, own.groups_without_teacher, own.authority_unknown):
            due.register(source)
        register(
            Entry("pupils", _("Leerlingen"), order=10, rights=(Right.SEE_PUPILS,), under=("pupil",)),
            Entry("groups", _("Groepen"), order=20, rights=(Right.SEE_PUPILS, Right.SEE_FIGURES), under=("group",)),
            Entry("schools", _("Scholen"), Section.MANAGEMENT, 12, (Right.SEE_FIGURES,), under=("school",)),
            Entry("board", _("Scholen naast elkaar"), order=30, rights=(Right.SEE_BOARD,)),
            Entry("children", _("Uw kinderen"), order=10, rights=(Right.SEE_PUBLISHED,), unless=(Right.SEE_PUPILS,)),
            Entry("teams", _("Teams"), Section.MANAGEMENT, 14, (Right.MANAGE_TEAMS, Right.LEAD_CASES), under=("team",)),
            Entry("teachers", _("Leerkrachten"), Section.MANAGEMENT, 16, (Right.MANAGE_TEAMS,), under=("teachers",)),
            Entry("rosters", _("Leerlingenlijst"), Section.MANAGEMENT, 20, (Right.MANAGE_ROSTER,), under=("roster",)),
            Entry(
                "guardians-import", _("Ouders inlezen"), Section.MANAGEMENT, 25, (Right.WRITE_CONTACTS,), ("authority",)
            ),
        )
