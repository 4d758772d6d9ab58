"""Growth norms from large populations: growth percentiles conditional on one to three earlier scores.

`splines` makes the columns of the regression, `quantiles` and `simplex` solve all percentiles exactly, `model` makes,
uses and checks a norm, `cohort` finds the pupils. See `docs/domein/groeinormen.md`.
"""
