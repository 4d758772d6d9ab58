"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Assessment(AppConfig):
    """Test results and the imports that brought them."""

    name = "leercirkel.apps.assessment"
    label = "assessment"

    def ready(self) -> None:
        """Enters the pages of this app in the navigation, and new results on the start page."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.assessment import afterwards, due, news, tasks
        from leercirkel.apps.assessment.norm_tables.due import tables_that_end
        from leercirkel.apps.organisation.pupil_tabs import PupilTab
        from leercirkel.apps.organisation.pupil_tabs import register as register_tabs
        from leercirkel.apps.pages.due import register as due_register
        from leercirkel.apps.pages.navigation import Entry, Section, register
        from leercirkel.apps.pages.news import register as news_register

        afterwards.register_change(tasks.ask_for_snapshot)
        due_register(due.imports_to_confirm)
        due_register(due.late_tests)
        due_register(due.snapshot_not_renewed)
        either = (Right.SEE_RESULTS, Right.WRITE_RESULTS)
        register(
            Entry("imports", _("Resultaten inlezen"), Section.ROUND, 15, (Right.WRITE_RESULTS,), ("import",)),
            Entry("result-enter", _("Uitslag invoeren"), Section.ROUND, 20, (Right.WRITE_RESULTS,), ("result-",)),
            Entry(
                "test-calendar", _("Toetskalender"), Section.ROUND, 10, (*either, Right.MANAGE_SETTINGS), ("test-cal",)
            ),
            Entry("method-tests", _("Methodetoetsen"), Section.ROUND, 30, either, ("method-",)),
            Entry("observations", _("Observaties"), Section.ROUND, 40, either, ("observation",)),
        )
        news_register(news.results_of_own_groups)
        news_register(news.imports_of_own_schools)
        register_tabs(PupilTab("pupil-marks", _("Kenmerken"), Right.SEE_DOSSIER, 30))
        register(Entry("marks", _("Kenmerken"), Section.QUALITY, 30, (Right.WRITE_PLAN,), ("marks", "pupil-mark-")))
        reads = (Right.SEE_FIGURES, Right.MANAGE_STANDARDS)
        register(
            Entry("standards", _("Eigen normen"), Section.QUALITY, 40, reads, under=("standards",)),
            Entry("norm-tables", _("Normtabellen"), Section.QUALITY, 45, reads, under=("norm-",)),
        )
        due_register(tables_that_end)
