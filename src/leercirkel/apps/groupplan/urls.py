"""Addresses of plans for groups and for single pupils."""

from django.urls import path

from leercirkel.apps.groupplan import views
from leercirkel.apps.groupplan.views import (
    day_notes,
    evaluations,
    left,
    overview,
    phrases,
    pupil_fixing,
    pupil_plans,
    written,
)

urlpatterns = [
    path("plannen/", views.plans, name="plans"),
    path("plannen/maken/<int:run>/", views.make, name="plans-make"),
    path("plannen/geen-groep/<int:row>/", left.choose, name="plans-choose"),
    path("plannen/geen-groep/keuze/<int:pk>/terug/", left.choice_back, name="plans-choice-back"),
    path("plannen/geen-groep/lid/<int:pk>/terug/", left.member_back, name="plans-member-back"),
    path("plannen/vaststellen/", views.fix_mine, name="plans-fix"),
    path("plannen/boekje/", views.booklet, name="plans-booklet"),
    path("plannen/inrichten/", views.setup, name="plans-setup-here"),
    path("plannen/inrichten/<int:school>/", views.setup, name="plans-setup"),
    path("plannen/inrichten/<int:school>/voorstel/", views.setup_start, name="plans-setup-start"),
    path("plannen/inrichten/<int:school>/vakgebied/<int:pk>/", views.setup_area, name="plans-setup-area"),
    path(
        "plannen/inrichten/<int:school>/vakgebied/<int:pk>/stoppen/", views.setup_area_end, name="plans-setup-area-end"
    ),
    path(
        "plannen/inrichten/<int:school>/arrangement/<int:pk>/", views.setup_arrangement, name="plans-setup-arrangement"
    ),
    path(
        "plannen/inrichten/<int:school>/arrangement/<int:pk>/stoppen/",
        views.setup_arrangement_end,
        name="plans-setup-arrangement-end",
    ),
    path(
        "plannen/inrichten/<int:school>/vakgebied/<int:pk>/regel/", views.setup_area_rule, name="plans-setup-area-rule"
    ),
    path("plannen/inrichten/<int:school>/regel/", views.setup_rule, name="plans-setup-rule"),
    path("plannen/<int:pk>/", views.plan, name="plan"),
    path("plannen/<int:pk>/leerling/<int:row>/", views.move, name="plan-move"),
    path("plannen/<int:pk>/tekst/<str:section>/", views.text, name="plan-text"),
    path("plannen/<int:pk>/doel/", views.goal_new, name="plan-goal-new"),
    path("plannen/<int:pk>/doel/<int:goal>/", views.goal, name="plan-goal"),
    path("plannen/<int:pk>/instructies/", views.most_groups, name="plan-most"),
    path("plannen/<int:pk>/vaststellen/", views.fix, name="plan-fix"),
    path("plannen/<int:pk>/wijzigen/", views.reopen, name="plan-reopen"),
    path("plannen/<int:pk>/volgend-blok/", views.next_block, name="plan-next-block"),
    path("plannen/<int:pk>/handelingsplan/", pupil_plans.open_from_plan, name="plan-pupil-plan"),
    path("plannen/<int:pk>/afdrukken/", views.paper, name="plan-paper"),
    path("plannen/<int:pk>/versies/<int:number>/", views.version, name="plan-version"),
    path("plannen/<int:pk>/evaluatie/", evaluations.evaluation, name="plan-evaluation"),
    path("plannen/<int:pk>/evaluatie/bewaren/", evaluations.evaluation_save, name="plan-evaluation-save"),
    path("groepen/<int:pk>/overzicht/", overview.overview, name="group-overview"),
    path("groepen/<int:pk>/overzicht/<int:pupil>/", overview.say_phrase, name="group-overview-say"),
    path("groepen/<int:pk>/overzicht/<int:pupil>/<int:row>/vervalt/", overview.end_phrase, name="group-overview-end"),
    path("dagnotities/", day_notes.day_notes, name="day-notes"),
    path("dagnotities/<int:pk>/weghalen/", day_notes.day_note_back, name="day-note-back"),
    path("leerlingen/<int:pk>/opgeschreven/", written.written, name="pupil-written"),
    path("leerlingen/<int:pk>/opgeschreven/afdrukken/", written.written_paper, name="pupil-written-paper"),
    path("leerlingen/<int:pk>/handelingsplannen/", pupil_plans.plans_of_pupil, name="pupil-plans"),
    path("leerlingen/<int:pk>/handelingsplannen/openen/", pupil_plans.open_new, name="pupil-plan-open"),
    path("handelingsplannen/<int:pk>/", pupil_plans.plan, name="pupil-plan"),
    path("handelingsplannen/<int:pk>/tekst/<str:section>/", pupil_plans.text, name="pupil-plan-text"),
    path("handelingsplannen/<int:pk>/doel/", pupil_plans.goal_new, name="pupil-plan-goal-new"),
    path("handelingsplannen/<int:pk>/doel/<int:goal>/", pupil_plans.goal, name="pupil-plan-goal"),
    path("handelingsplannen/<int:pk>/dagen/", pupil_plans.days, name="pupil-plan-days"),
    path("handelingsplannen/<int:pk>/vaststellen/", pupil_fixing.fix, name="pupil-plan-fix"),
    path("handelingsplannen/<int:pk>/wijzigen/", pupil_fixing.reopen, name="pupil-plan-reopen"),
    path("handelingsplannen/<int:pk>/weggooien/", pupil_fixing.throw_away, name="pupil-plan-away"),
    path("handelingsplannen/<int:pk>/afdrukken/", pupil_fixing.paper, name="pupil-plan-paper"),
    path("handelingsplannen/<int:pk>/versies/<int:number>/", pupil_fixing.version, name="pupil-plan-version"),
    path("handelingsplannen/<int:pk>/evaluatie/", pupil_fixing.evaluation, name="pupil-plan-evaluation"),
    path(
        "handelingsplannen/<int:pk>/evaluatie/bewaren/", pupil_fixing.evaluation_save, name="pupil-plan-evaluation-save"
    ),
    path("plannen/zinnen/", phrases.phrases, name="plan-phrases"),
]
