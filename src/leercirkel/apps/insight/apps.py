"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Insight(AppConfig):
    """What the results say, on the level of pupil, group, school and board."""

    name = "leercirkel.apps.insight"
    label = "insight"

    def ready(self) -> None:
        """Enters the pages of this app in the navigation."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.assessment import afterwards
        from leercirkel.apps.insight import news, tasks
        from leercirkel.apps.organisation.pupil_tabs import PupilTab
        from leercirkel.apps.organisation.pupil_tabs import register as register_tabs
        from leercirkel.apps.pages.navigation import Entry, Section, register
        from leercirkel.apps.pages.news import register as news_register

        afterwards.register(tasks.ask_for_board_page)
        afterwards.register_change(tasks.ask_for_school_page)
        register_tabs(PupilTab("talk-sheet", _("Gespreksblad"), Right.SEE_RESULTS, 30))
        news_register(news.sheets_for_parents)
        register_tabs(PupilTab("pupil-results", _("Resultaten"), Right.SEE_RESULTS, 20))
        rights = (Right.SEE_FIGURES, Right.SEE_BOARD)
        register(
            Entry("insight-board", _("Resultaten van de scholen"), order=31, rights=(Right.SEE_BOARD,)),
            Entry(
                "insight-here",
                _("Resultaten in beeld"),
                order=5,
                rights=(Right.SEE_FIGURES,),
                under=("insight-school", "insight-answer"),
            ),
            Entry("reports", _("Rapporten"), Section.QUALITY, order=10, rights=rights, under=("report",)),
        )
