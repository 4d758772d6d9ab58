"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Cycle(AppConfig):
    """From results to what was done about them, and back."""

    name = "leercirkel.apps.cycle"
    label = "cycle"

    def ready(self) -> None:
        """Enters the pages of this app in the navigation."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.cycle import closing, due, progress, sources, steps, to_do
        from leercirkel.apps.pages.due import register as due_register
        from leercirkel.apps.pages.navigation import Entry, Section, register

        due_register(due.rounds_to_open)
        closing.register(to_do.open_tasks)
        progress.register(sources.of_findings)
        steps.register(steps.StepPage(steps.Step.GOALS, "round-goals"))
        steps.register(steps.StepPage(steps.Step.RESULTS, "round-results"))
        steps.register(steps.StepPage(steps.Step.ANALYSIS, "round-findings", sources.tell_analysis))
        steps.register(steps.StepPage(steps.Step.EXPLANATIONS, "round-explanations", sources.tell_explanations))
        steps.register(steps.StepPage(steps.Step.SUPPORT, "round-support", sources.tell_support))
        steps.register(steps.StepPage(steps.Step.MONITORING, "round-monitoring", sources.tell_monitoring))
        steps.register(steps.StepPage(steps.Step.EFFECT, "round-effect", sources.tell_effect))
        due_register(due.weeks_to_say)
        due_register(due.first_talks)
        due_register(due.checks_to_make)
        due_register(due.questions_to_answer)
        register(
            Entry("rounds", _("Rondes"), Section.CYCLE, 10, (Right.SEE_FIGURES,), ("round", "rounds")),
            Entry("ledger", _("Wat hebben we geleerd?"), Section.CYCLE, 80, (Right.SEE_FIGURES,)),
            Entry("board-ledger", _("Wat hebben we geleerd?"), Section.CYCLE, 80, (Right.SEE_BOARD,)),
            Entry("undertaken", _("Aanpakken"), Section.QUALITY, 20, (Right.SEE_FIGURES,), ("undertaken-",)),
        )
