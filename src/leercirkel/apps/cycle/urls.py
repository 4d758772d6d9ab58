"""Addresses of what a school does about its results."""

from django.urls import path

from leercirkel.apps.cycle.views import begun, effects, explanations, figures, findings, interventions, ledger, rounds

urlpatterns = [
    path("aanpakken/", interventions.undertaken, name="undertaken"),
    path("aanpakken/inlezen/", interventions.load, name="undertaken-load"),
    path("rondes/", rounds.rounds, name="rounds"),
    path("rondes/openen/<int:school>/", rounds.open_round, name="round-open"),
    path("rondes/<int:pk>/", rounds.round_page, name="round"),
    path("rondes/<int:pk>/overdragen/", rounds.hand_over, name="round-hand-over"),
    path("rondes/<int:pk>/afronden/", rounds.close, name="round-close"),
    path("rondes/<int:pk>/bijwerken/", rounds.take_in, name="round-take-in"),
    path("rondes/<int:pk>/stap/", rounds.step, name="round-step"),
    path("rondes/<int:pk>/doelen/", figures.goals, name="round-goals"),
    path("rondes/<int:pk>/resultaten/", figures.results, name="round-results"),
    path("rondes/<int:pk>/bevindingen/", findings.findings, name="round-findings"),
    path("rondes/<int:pk>/bevindingen/overnemen/", findings.accept_all, name="round-findings-accept"),
    path("rondes/<int:pk>/bevindingen/eigen/", findings.add, name="round-finding-add"),
    path("rondes/<int:pk>/bevindingen/<int:finding>/", findings.finding, name="round-finding"),
    path("rondes/<int:pk>/verklaringen/", explanations.explanations, name="round-explanations"),
    path("rondes/<int:pk>/verklaringen/<int:finding>/", explanations.explain, name="round-explain"),
    path("rondes/<int:pk>/aanpakken/", begun.undertaken, name="round-undertaken"),
    path("rondes/<int:pk>/aanpakken/beginnen/", begun.begin, name="round-undertake"),
    path("rondes/<int:pk>/aanpakken/<int:intervention>/", begun.change, name="round-undertaking"),
    path("rondes/<int:pk>/aanpakken/<int:intervention>/wie/<int:group>/", begun.who, name="round-undertaking-who"),
    path("rondes/<int:pk>/aanpakken/<int:intervention>/stoppen/", begun.end, name="round-undertaking-end"),
    path("rondes/<int:pk>/volgen/", effects.monitoring, name="round-monitoring"),
    path("rondes/<int:pk>/volgen/<int:intervention>/", effects.week, name="round-week"),
    path("rondes/<int:pk>/effect/", effects.effect, name="round-effect"),
    path("rondes/<int:pk>/effect/<int:intervention>/", effects.judge, name="round-judge"),
    path("rondes/<int:pk>/effect/<int:intervention>/verder/", effects.go_on, name="round-go-on"),
    path("geleerd/", ledger.ledger, name="ledger"),
    path("bestuur/geleerd/", ledger.board_ledger, name="board-ledger"),
]
