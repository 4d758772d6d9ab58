"""Tells Django of this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupPlan(AppConfig):
    """From results to a plan for a group, and from one plan to the next."""

    name = "leercirkel.apps.groupplan"
    label = "groupplan"

    def ready(self) -> None:
        """Enters the list of plans in the navigation, and what waits on the start page."""
        from leercirkel.apps.access.rights import Right
        from leercirkel.apps.assessment import afterwards, used_by
        from leercirkel.apps.cycle import closing, goals, offers, progress, steps
        from leercirkel.apps.groupplan import due, due_pupils, goals_of_round, offered, tasks, uses
        from leercirkel.apps.groupplan.selectors import READS
        from leercirkel.apps.groupplan.selectors.written import may_read
        from leercirkel.apps.organisation.pupil_tabs import PupilTab
        from leercirkel.apps.organisation.pupil_tabs import register as register_tabs
        from leercirkel.apps.pages.due import register as due_register
        from leercirkel.apps.pages.navigation import Entry, Section, register

        register(Entry("plans", _("Groepsplannen"), Section.CYCLE, 20, READS, ("plan-", "plans-", "plan")))
        register(Entry("day-notes", _("Dagnotities"), Section.CYCLE, 30, (Right.WRITE_PLAN,), ("day-note",)))
        register_tabs(PupilTab("pupil-written", _("Wat we opschreven"), Right.SEE_DOSSIER, 35, may_read))
        register_tabs(PupilTab("pupil-plans", _("Handelingsplan"), Right.SEE_DOSSIER, 34, may_read))
        due_register(due.plans_to_fix)
        afterwards.register_change(tasks.ask_for_late_results)
        due_register(due.evaluations_to_do)
        due_register(due_pupils.plans_that_wait)
        closing.register(due_pupils.open_tasks)
        offers.register(offered.pupil_plan)
        progress.register(due.plans_of_round)
        progress.register(due_pupils.plans_of_round)
        goals.register(goals_of_round.mastery_goals)
        steps.register(steps.StepPage(steps.Step.PLANS, "plans", due.tell_plans, of_round=False))
        used_by.register(uses.fixed_plans)
