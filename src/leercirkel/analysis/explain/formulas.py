"""For every figure of a report: its Dutch name, its formula, what it is made of, and how to make it again.

A record is a dict with the keys of the JSON report (`leercirkel/report/1`). `inputs` name other figures of the same
record; `again` computes the figure from the record and the report's `method`, where the record holds enough for that.
"""

from __future__ import annotations

from typing import Any

from leercirkel.analysis.explain.effect_formulas import INTERVENTION, PERIOD
from leercirkel.analysis.explain.formula import Again, Formula, Record
from leercirkel.analysis.explain.pupil_formulas import PUPIL_GROWTH, PUPIL_POINT, PUPIL_TEST, SUBJECT_GAP
from leercirkel.core.verdicts import Policy, goal_count, judge_share


def _policy(method: Record) -> Policy:
    return Policy(method["no_number_below"], method["no_verdict_below"], method["confidence"])


def _of_share(field: str, counted: str) -> Again:
    def again(record: Record, method: Record) -> Any:
        target = record.get("target_share")
        judged = judge_share(record["reached"], record[counted], 0.5 if target is None else target, _policy(method))
        return getattr(judged, field)

    return again


def _goal(counted: str) -> Again:
    return lambda record, method: goal_count(record[counted], record["target_share"]) if record[counted] else None


def _share_figures(counted: str, whom: str) -> dict[str, Formula]:
    made_of = ("reached", counted)
    return {
        counted: Formula(whom, "standards", "aantal leerlingen met een uitslag én een eigen norm die voor hen geldt"),
        "reached": Formula(
            "gehaald", "standards",
            "aantal van deze leerlingen met een uitslag gelijk aan of hoger dan de grens die voor hen geldt",
            (counted,),
        ),
        "share": Formula("aandeel gehaald", "share", "gehaald ÷ geteld", made_of, _of_share("share", counted)),
        "low": Formula(
            "aandeel: waarschijnlijk vanaf", "share",
            "ondergrens van Wilson: (p + z²/2n − z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), met p = gehaald ÷ geteld",
            made_of, _of_share("low", counted),
        ),
        "high": Formula(
            "aandeel: waarschijnlijk tot", "share",
            "bovengrens van Wilson: (p + z²/2n + z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), met p = gehaald ÷ geteld",
            made_of, _of_share("high", counted),
        ),
    }  # fmt: skip


_TARGET = Formula("streefpercentage", "standards", "uit de eigen normen van de school")

_JUDGED: dict[str, Formula] = {
    "target_share": _TARGET,
    "goal_count": Formula(
        "doel in leerlingen", "goal", "kleinste hele aantal leerlingen dat het streefpercentage haalt",
        ("counted", "target_share"), _goal("counted"),
    ),
    "reached_goal": Formula(
        "doel gehaald", "goal", "gehaald ≥ doel in leerlingen", ("reached", "goal_count"),
        lambda record, method: None if record["goal_count"] is None else record["reached"] >= record["goal_count"],
    ),
    "verdict": Formula(
        "oordeel", "verdict",
        "above: het hele interval ligt boven het streefpercentage; below: eronder; anders undecided; too_few onder de "
        "grens voor een oordeel",
        ("counted", "low", "high", "target_share"), _of_share("verdict", "counted"),
    ),
}  # fmt: skip

TIER: dict[str, Formula] = {
    "threshold": Formula("grens", "standards", "uit de eigen normen; leeg als er in de groep meer dan één lijn geldt"),
    **_share_figures("counted", "geteld"),
    **_JUDGED,
}

OVERVIEW: dict[str, Formula] = {
    "expected": Formula(
        "verwacht", "expected", "met uitslag + nog geen uitslag + niet gemaakt met reden",
        ("counted", "missing", "not_taken"),
        lambda record, method: record["counted"] + record["missing"] + sum(record["not_taken"].values()),
    ),
    "counted": Formula(
        "met uitslag", "expected",
        "aantal leerlingen van de groep met een uitslag die telt: één per leerling, de laatste van dit moment",
    ),
    "missing": Formula("nog geen uitslag", "expected", "aantal verwachte leerlingen zonder uitslag en zonder reden"),
    "not_taken": Formula("niet gemaakt", "expected", "aantal leerlingen met deze reden in het resultatenbestand"),
    "mean": Formula(
        "gemiddelde", "mean",
        "som van de uitslagen ÷ aantal; van vaardigheidsscores, of van DLE’s waar de toets geen scores geeft; een "
        "DLE als “>60” telt niet mee",
        ("quantity", "mean_of", "censored"),
    ),
    "mean_of": Formula("gemiddelde over", "mean", "aantal leerlingen van wie het gemiddelde is", ("quantity",)),
    "sd": Formula("spreiding", "mean", "standaarddeviatie van deze leerlingen (n − 1)", ("quantity", "mean_of")),
    "mean_low": Formula(
        "gemiddelde: waarschijnlijk vanaf", "mean", "gemiddelde − t(n−1) × spreiding ÷ √n", ("mean", "sd", "mean_of")
    ),
    "mean_high": Formula(
        "gemiddelde: waarschijnlijk tot", "mean", "gemiddelde + t(n−1) × spreiding ÷ √n", ("mean", "sd", "mean_of")
    ),
    "censored": Formula("buiten de schaal", "mean", "aantal DLE’s als “>60” of “<1”; niet in het gemiddelde"),
    "levels": Formula("niveau", "levels", "aantal leerlingen met dit niveau, zoals de toetsmaker het leverde"),
    "didactic_age": Formula(
        "didactische leeftijd", "didactic_age", "gemiddelde in maanden van wie verwacht werd, voor zover bekend"
    ),
}  # fmt: skip

_POINT: dict[str, Formula] = {
    "counted": Formula("met uitslag", "expected", "aantal leerlingen met een uitslag op de meest gemaakte versie"),
    "mean": Formula("gemiddelde", "mean", "som van de uitslagen ÷ aantal", ("mean_of",)),
    "mean_of": Formula("gemiddelde over", "mean", "aantal leerlingen van wie het gemiddelde is"),
    "mean_low": Formula("gemiddelde: waarschijnlijk vanaf", "mean", "gemiddelde − t(n−1) × spreiding ÷ √n", ("mean",)),
    "mean_high": Formula("gemiddelde: waarschijnlijk tot", "mean", "gemiddelde + t(n−1) × spreiding ÷ √n", ("mean",)),
    **_share_figures("judged", "geteld"),
    "new_version": Formula("nieuwe toetsversie", "grade_trend", "een andere versie dan het jaar ervoor"),
    "verdict": Formula(
        "oordeel", "verdict", "zoals bij het overzicht, tegen het streefpercentage van de trend",
        ("judged", "low", "high", "target_share"), _of_share("verdict", "judged"),
    ),
    "two_below": Formula(
        "twee metingen op rij onder de lijn", "grade_trend",
        "aantal van de getelde leerlingen dat nu en bij de vorige meting van deze toets, hooguit een schooljaar "
        "eerder, onder de eigen lijn zat; alleen per bestemming", ("judged",),
    ),
}  # fmt: skip

_OF_A_YEAR = ("mean", "mean_of", "mean_low", "mean_high", "new_version", "two_below")

_POOL: dict[str, Formula] = {name: formula for name, formula in _POINT.items() if name not in _OF_A_YEAR} | {
    "mean": Formula("gemiddelde", "mean", "som van de uitslagen ÷ aantal", ("counted",)),
    "goal_count": Formula(
        "doel in leerlingen", "goal", "kleinste hele aantal van alle leerlingen van deze jaren samen dat het "
        "streefpercentage haalt", ("judged", "target_share"), _goal("judged"),
    ),
}  # fmt: skip

GRADE_TREND: dict[str, Formula] = {
    "target_share": _TARGET,
    "direction": Formula(
        "richting", "grade_trend",
        "rechte lijn door de jaren van de nieuwste versie, gewogen naar leerlingen; up of down als het interval van de "
        "helling nul uitsluit; alleen jaren met genoeg leerlingen, minstens drie",
        ("points",),
    ),
}  # fmt: skip


def _sum_of_parts(record: Record, method: Record) -> Any:
    parts = (record["growth"], record["joiner_effect"], record["leaver_effect"])
    return None if None in parts else parts[0] + parts[1] - parts[2]


_BOTH = "aantal leerlingen met een uitslag op beide momenten"

COHORT: dict[str, Formula] = {
    "stayers": Formula("blijvers", "cohort_trend", _BOTH),
    "joiners": Formula("nieuwkomers", "cohort_trend", "aantal leerlingen met alleen een uitslag op het latere moment"),
    "leavers": Formula("vertrokken", "cohort_trend", "aantal leerlingen met alleen een uitslag op het eerdere moment"),
    "leavers_present": Formula(
        "daarvan nog in de groep", "cohort_trend", "aantal vertrokkenen dat nog in de groep zit, nu zonder uitslag"
    ),
    "mean_from": Formula("gemiddelde toen", "cohort_trend", "van blijvers en vertrokkenen", ("stayers", "leavers")),
    "mean_to": Formula("gemiddelde nu", "cohort_trend", "van blijvers en nieuwkomers", ("stayers", "joiners")),
    "total_change": Formula(
        "hele verschil", "cohort_trend",
        "gemiddelde nu − gemiddelde toen = groei + effect van nieuwkomers − effect van vertrokkenen",
        ("mean_from", "mean_to", "growth", "joiner_effect", "leaver_effect"), _sum_of_parts,
    ),
    "growth": Formula(
        "groei van de blijvers", "cohort_trend", "gemiddelde van (uitslag nu − uitslag toen) per blijver", ("stayers",)
    ),
    "growth_low": Formula(
        "groei: waarschijnlijk vanaf", "mean", "groei − t(n−1) × spreiding van de verschillen ÷ √n",
        ("growth", "stayers"),
    ),
    "growth_high": Formula(
        "groei: waarschijnlijk tot", "mean", "groei + t(n−1) × spreiding van de verschillen ÷ √n",
        ("growth", "stayers"),
    ),
    "joiner_effect": Formula(
        "effect van nieuwkomers", "cohort_trend",
        "gemiddelde nu van iedereen − gemiddelde nu van de blijvers", ("mean_to", "joiners"),
    ),
    "leaver_effect": Formula(
        "effect van vertrokkenen", "cohort_trend",
        "gemiddelde toen van iedereen − gemiddelde toen van de blijvers", ("mean_from", "leavers"),
    ),
    "expected_growth": Formula(
        "verwachte groei", "growth", "verschil tussen de landelijke gemiddelden van beide momenten in het normbestand"
    ),
}  # fmt: skip

_SIGN = (
    "de leerling op plaats k van onderen of van boven, met de grootste k waarvoor de kans op minder dan k van n "
    "leerlingen aan één kant van het midden hooguit 5% is (tekentoets)"
)

GROWTH: dict[str, Formula] = {
    "counted": Formula("met beide uitslagen", "growth", _BOTH),
    "mean": Formula("gemiddelde groei", "growth", "gemiddelde van (uitslag nu − uitslag toen)", ("counted",)),
    "low": Formula("groei: waarschijnlijk vanaf", "mean", "groei − t(n−1) × spreiding ÷ √n", ("mean", "counted")),
    "high": Formula("groei: waarschijnlijk tot", "mean", "groei + t(n−1) × spreiding ÷ √n", ("mean", "counted")),
    "steps_median": Formula("AVI-stappen, middelste", "growth", "mediaan van het aantal stappen per leerling"),
    "at_least_one_step": Formula("minstens één stap", "growth", "aantal leerlingen met een hoger AVI-niveau dan toen"),
    "real_up": Formula(
        "echt vooruit", "growth", "aantal leerlingen met (nu − toen) ÷ √(SEM₀² + SEM₁²) ≥ 1,64; de meetfout (SEM) "
        "komt uit het normbestand",
    ),
    "real_down": Formula("echt achteruit", "growth", "als echt vooruit, naar beneden"),
    "conditional_z": Formula(
        "groei naar verwachting", "growth",
        "gemiddelde van (z₁ − ρ·z₀) ÷ √(1 − ρ²) per leerling, met ρ = 0,80 en z uit het normbestand",
    ),
    "low_scorers": Formula(
        "lage scores bij het begin", "growth", "aantal leerlingen die toen bij de laagste vijfde van het land hoorden"
    ),
}  # fmt: skip

YIELD: dict[str, Formula] = {
    "counted": Formula("geteld", "learning_yield", "aantal leerlingen met een leerrendement"),
    "median": Formula("leerrendement, middelste", "learning_yield", "mediaan van DLE ÷ DL per leerling", ("counted",)),
    "dl_below_10": Formula("DL onder 10", "learning_yield", "aantal leerlingen, niet meegeteld: vooral meetruis"),
    "without_dl": Formula("DL onbekend", "learning_yield", "aantal leerlingen, niet meegeteld"),
    "censored": Formula("buiten de schaal", "learning_yield", "aantal DLE’s als “>60”, niet meegeteld"),
    "uneven_pupils": Formula(
        "groot verschil tussen vakken", "learning_yield",
        "aantal leerlingen van wie dit vak van een ander vak verschilt, meer dan de toetsen ernaast kunnen zitten",
    ),
}  # fmt: skip

GROWTH_PERCENTILES: dict[str, Formula] = {
    "counted": Formula("met een groeipercentiel", "growth_percentile", "aantal leerlingen met een groeipercentiel"),
    "not_placed": Formula(
        "zonder groeipercentiel", "growth_percentile",
        "aantal leerlingen met een score op deze toets bij wie een eerdere score ontbreekt of buiten de groeinorm ligt",
    ),
    "median": Formula(
        "groeipercentiel, middelste", "growth_percentile", "mediaan van de groeipercentielen; niet van minder dan 10 "
        "leerlingen", ("counted",),
    ),
    "low": Formula("groeipercentiel: waarschijnlijk vanaf", "growth_percentile", _SIGN, ("median", "counted")),
    "high": Formula("groeipercentiel: waarschijnlijk tot", "growth_percentile", _SIGN, ("median", "counted")),
}  # fmt: skip

CHANGES: dict[str, Formula] = {
    "changed": Formula(
        "bestemming aangepast", "destinations",
        "omhoog + omlaag + naar of van een bestemming zonder plaats in de volgorde, in dit schooljaar; geteld zijn "
        "rijen van één leerling in de kenmerken (--pupils) die een andere bestemming noemen dan de rij ervoor",
        ("up", "down"),
    ),
    "up": Formula("omhoog", "destinations", "aantal aanpassingen naar een hogere bestemming", ("changed", "down")),
    "down": Formula("omlaag", "destinations", "aantal aanpassingen naar een lagere bestemming", ("changed", "up")),
}  # fmt: skip

ADVICE: dict[str, Formula] = {
    "pupils": Formula("leerlingen van groep 8", "advices", "aantal leerlingen in groep 8 toen de toets werd gemaakt"),
    "counted": Formula(
        "met een toetsadvies", "advices", "aantal leerlingen van groep 8 met een toetsadvies", ("advices",),
        lambda record, method: sum(record["advices"].values()),
    ),
    "advices": Formula(
        "per toetsadvies", "advices", "aantal leerlingen met dit advies in het nieuwste bericht van de toets",
        ("counted",),
    ),
}  # fmt: skip

METHOD_TEST: dict[str, Formula] = {
    "counted": Formula("geteld", "method_tests", "aantal leerlingen met een percentage goed voor dit doel"),
    "categories": Formula(
        "per categorie", "method_tests",
        "aantal leerlingen per categorie; grenzen uit [method_tests] in de eigen normen, anders 60 en 80",
        ("sufficient_from", "good_from"),
    ),
    "reached": Formula(
        "voldoende of goed", "method_tests", "aantal leerlingen met een percentage vanaf de grens voor voldoende",
        ("counted", "sufficient_from"),
    ),
    **{name: TIER[name] for name in ("share", "low", "high")},
    "sufficient_from": Formula("voldoende vanaf", "method_tests", "percentage goed, uit de eigen normen"),
    "good_from": Formula("goed vanaf", "method_tests", "percentage goed, uit de eigen normen"),
}  # fmt: skip

OBSERVATION: dict[str, Formula] = {
    "observed": Formula("geobserveerd", "observations", "aantal leerlingen van wie dit domein is ingevuld"),
    "not_observed": Formula(
        "niet geobserveerd", "observations", "aantal andere leerlingen van de groep toen de lijst werd ingevuld"
    ),
    "stages": Formula("per fase", "observations", "aantal leerlingen per fase, in de woorden van de school"),
}

FORMULAS: dict[str, dict[str, Formula]] = {
    "overview": OVERVIEW,
    "overview.tiers": TIER,
    "totals": OVERVIEW,
    "totals.tiers": TIER,
    "grade_trend": GRADE_TREND,
    "grade_trend.points": _POINT,
    "grade_trend.pool": _POOL,
    "grade_trend.pools": _POOL,
    "cohort_trend": COHORT,
    "growth": GROWTH,
    "growth_percentiles": GROWTH_PERCENTILES,
    "learning_yield": YIELD,
    "destination_changes": CHANGES,
    "interventions": INTERVENTION,
    "interventions.periods": PERIOD,
    "method_tests": METHOD_TEST,
    "observations": OBSERVATION,
    "test_advices": ADVICE,
    "pupils.tests": PUPIL_TEST,
    "pupils.tests.growth": PUPIL_GROWTH,
    "pupils.tests.points": PUPIL_POINT,
    "pupils.difference": SUBJECT_GAP,
}
"""List of the report (with the list inside it) → field → formula."""
