"""How the figures of single pupils are made: only in a report with names, which stays inside the team."""

from __future__ import annotations

from leercirkel.analysis.explain.formula import Formula

PUPIL_TEST: dict[str, Formula] = {
    "change": Formula(
        "verschil met de vorige keer", "growth",
        "uitslag nu − uitslag van de meting ervoor, op dezelfde toetsversie; in scores, anders in DLE’s, anders in "
        "AVI-stappen", ("quantity",),
    ),
    "real": Formula(
        "verschil is echt", "growth",
        "(nu − toen) ÷ √(SEM₀² + SEM₁²) is minstens 1,64, omhoog of omlaag; de meetfout (SEM) komt uit het normbestand",
        ("change",),
    ),
}  # fmt: skip

PUPIL_GROWTH: dict[str, Formula] = {
    "percentile": Formula(
        "groeipercentiel", "growth_percentile",
        "plaats van de score tussen de 99 krommen van de groeinorm, bij de eerdere scores van deze leerling",
        ("norm_pupils",),
    ),
    "low": Formula(
        "groeipercentiel: waarschijnlijk vanaf", "growth_percentile",
        "groeipercentiel van score − 1,645 × √(SEM² + Σ(helling × SEM)²), met de meetfout (SEM) van elke toets uit het "
        "normbestand en de helling van de middelste kromme", ("percentile",),
    ),
    "high": Formula("groeipercentiel: waarschijnlijk tot", "growth_percentile", "als vanaf, met +", ("percentile",)),
    "norm_pupils": Formula("leerlingen van de groeinorm", "growth_percentile", "staat in de groeinorm"),
    "withheld": Formula(
        "waarom geen groeipercentiel", "growth_percentile",
        "no_earlier: een eerdere score ontbreekt; outside: een eerdere score ligt buiten die van de groeinorm",
    ),
}  # fmt: skip

PUPIL_POINT: dict[str, Formula] = {
    "reached": Formula(
        "doel gehaald", "standards", "uitslag gelijk aan of hoger dan de hoofdgrens die voor deze leerling geldt"
    ),
}

SUBJECT_GAP: dict[str, Formula] = {
    "months": Formula(
        "verschil tussen vakken", "learning_yield",
        "DLE van het ene vak − DLE van het andere, op dezelfde toets in deze ronde; van een DLE als “>60” telt de "
        "grens; alleen het grootste verschil, en alleen als het meer is dan 10 maanden en dan z × √(SE₁² + SE₂²); SE "
        "is de meetfout van de DLE uit het normbestand (zonder: 3 maanden), en met z is de kans dat toeval in een klas "
        "van 28 iemand aanwijst hooguit 5%", ("ahead", "behind", "instrument"),
    ),
    "at_least": Formula("of meer", "learning_yield", "één van beide DLE’s ligt buiten de schaal (“>60” of “<1”)"),
}  # fmt: skip
