"""The English of every name, formula and rule in this package: Dutch text → English.

Apart from the formulas themselves, so that these stay readable; a test fails when one has none.
"""

from __future__ import annotations

ENGLISH: dict[str, str] = {
    "verwacht": "expected",
    "met uitslag + nog geen uitslag + niet gemaakt met reden": (
        "with a result + no result yet + not taken for a reason"
    ),
    "met uitslag": "with a result",
    "aantal leerlingen van de groep met een uitslag die telt: één per leerling, de laatste van dit moment": (
        "number of pupils in the group with a result that counts: one per pupil, the last one of this moment"
    ),
    "nog geen uitslag": "no result yet",
    "aantal verwachte leerlingen zonder uitslag en zonder reden": (
        "number of expected pupils without a result and without a reason"
    ),
    "niet gemaakt": "not taken",
    "aantal leerlingen met deze reden in het resultatenbestand": (
        "number of pupils with this reason in the file with results"
    ),
    "gemiddelde": "mean",
    "som van de uitslagen ÷ aantal; van vaardigheidsscores, of van DLE’s waar de toets geen scores geeft;"
    " een DLE als “>60” telt niet mee": (
        "sum of the results ÷ number; of ability scores, or of DLEs where the test gives no scores; a DLE "
        "like “>60” does not count"
    ),
    "gemiddelde over": "mean over",
    "aantal leerlingen van wie het gemiddelde is": "number of pupils whose mean it is",
    "spreiding": "spread",
    "standaarddeviatie van deze leerlingen (n − 1)": "standard deviation of these pupils (n − 1)",
    "gemiddelde: waarschijnlijk vanaf": "mean: probably from",
    "gemiddelde − t(n−1) × spreiding ÷ √n": "mean − t(n−1) × spread ÷ √n",
    "gemiddelde: waarschijnlijk tot": "mean: probably up to",
    "gemiddelde + t(n−1) × spreiding ÷ √n": "mean + t(n−1) × spread ÷ √n",
    "buiten de schaal": "outside the scale",
    "aantal DLE’s als “>60” of “<1”; niet in het gemiddelde": "number of DLEs like “>60” or “<1”; not in the mean",
    "niveau": "level",
    "aantal leerlingen met dit niveau, zoals de toetsmaker het leverde": (
        "number of pupils with this level, as the maker of the test delivered it"
    ),
    "didactische leeftijd": "didactic age",
    "gemiddelde in maanden van wie verwacht werd, voor zover bekend": (
        "mean in months of those who were expected, as far as known"
    ),
    "grens": "line",
    "uit de eigen normen; leeg als er in de groep meer dan één lijn geldt": (
        "from the school's own standards; empty when more than one line holds in the group"
    ),
    "geteld": "counted",
    "aantal leerlingen met een uitslag én een eigen norm die voor hen geldt": (
        "number of pupils with a result and a standard that holds for them"
    ),
    "gehaald": "reached",
    "aantal van deze leerlingen met een uitslag gelijk aan of hoger dan de grens die voor hen geldt": (
        "number of these pupils with a result equal to or above the line that holds for them"
    ),
    "aandeel gehaald": "share that reached it",
    "gehaald ÷ geteld": "reached ÷ counted",
    "aandeel: waarschijnlijk vanaf": "share: probably from",
    "ondergrens van Wilson: (p + z²/2n − z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), met p = gehaald ÷ geteld": (
        "lower bound of Wilson: (p + z²/2n − z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), with p = reached ÷ counted"
    ),
    "aandeel: waarschijnlijk tot": "share: probably up to",
    "bovengrens van Wilson: (p + z²/2n + z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), met p = gehaald ÷ geteld": (
        "upper bound of Wilson: (p + z²/2n + z·√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), with p = reached ÷ counted"
    ),
    "streefpercentage": "target percentage",
    "uit de eigen normen van de school": "from the school's own standards",
    "doel in leerlingen": "goal in pupils",
    "kleinste hele aantal leerlingen dat het streefpercentage haalt": (
        "smallest whole number of pupils that reaches the target percentage"
    ),
    "doel gehaald": "goal reached",
    "gehaald ≥ doel in leerlingen": "reached ≥ goal in pupils",
    "oordeel": "verdict",
    "above: het hele interval ligt boven het streefpercentage; below: eronder; anders undecided; too_few "
    "onder de grens voor een oordeel": (
        "above: the whole interval lies above the target percentage; below: below it; otherwise undecided; "
        "too_few under the limit for a verdict"
    ),
    "richting": "direction",
    "rechte lijn door de jaren van de nieuwste versie, gewogen naar leerlingen; up of down als het "
    "interval van de helling nul uitsluit; alleen jaren met genoeg leerlingen, minstens drie": (
        "straight line through the years of the newest version, weighted by pupils; up or down when the "
        "interval of the slope excludes zero; only years with enough pupils, at least three"
    ),
    "aantal leerlingen met een uitslag op de meest gemaakte versie": (
        "number of pupils with a result on the version that most took"
    ),
    "som van de uitslagen ÷ aantal": "sum of the results ÷ number",
    "nieuwe toetsversie": "new version of the test",
    "een andere versie dan het jaar ervoor": "another version than the year before",
    "zoals bij het overzicht, tegen het streefpercentage van de trend": (
        "as in the overview, against the target percentage of the trend"
    ),
    "twee metingen op rij onder de lijn": "two measurements in a row below the line",
    "aantal van de getelde leerlingen dat nu en bij de vorige meting van deze toets, hooguit een "
    "schooljaar eerder, onder de eigen lijn zat; alleen per bestemming": (
        "number of the counted pupils who were below their line now and at the measurement of this test "
        "before, at most one school year earlier; only by destination"
    ),
    "kleinste hele aantal van alle leerlingen van deze jaren samen dat het streefpercentage haalt": (
        "smallest whole number of all pupils of these years together that reaches the target percentage"
    ),
    "blijvers": "stayers",
    "aantal leerlingen met een uitslag op beide momenten": "number of pupils with a result at both moments",
    "nieuwkomers": "joiners",
    "aantal leerlingen met alleen een uitslag op het latere moment": (
        "number of pupils with a result at the later moment only"
    ),
    "vertrokken": "left",
    "aantal leerlingen met alleen een uitslag op het eerdere moment": (
        "number of pupils with a result at the earlier moment only"
    ),
    "daarvan nog in de groep": "of these still in the group",
    "aantal vertrokkenen dat nog in de groep zit, nu zonder uitslag": (
        "number of those who left the measurement that are still in the group, now without a result"
    ),
    "gemiddelde toen": "mean then",
    "van blijvers en vertrokkenen": "of stayers and leavers",
    "gemiddelde nu": "mean now",
    "van blijvers en nieuwkomers": "of stayers and joiners",
    "hele verschil": "whole difference",
    "gemiddelde nu − gemiddelde toen = groei + effect van nieuwkomers − effect van vertrokkenen": (
        "mean now − mean then = growth + effect of joiners − effect of leavers"
    ),
    "groei van de blijvers": "growth of the stayers",
    "gemiddelde van (uitslag nu − uitslag toen) per blijver": "mean of (result now − result then) per stayer",
    "groei: waarschijnlijk vanaf": "growth: probably from",
    "groei − t(n−1) × spreiding van de verschillen ÷ √n": "growth − t(n−1) × spread of the differences ÷ √n",
    "groei: waarschijnlijk tot": "growth: probably up to",
    "groei + t(n−1) × spreiding van de verschillen ÷ √n": "growth + t(n−1) × spread of the differences ÷ √n",
    "effect van nieuwkomers": "effect of joiners",
    "gemiddelde nu van iedereen − gemiddelde nu van de blijvers": "mean now of everyone − mean now of the stayers",
    "effect van vertrokkenen": "effect of leavers",
    "gemiddelde toen van iedereen − gemiddelde toen van de blijvers": (
        "mean then of everyone − mean then of the stayers"
    ),
    "verwachte groei": "expected growth",
    "verschil tussen de landelijke gemiddelden van beide momenten in het normbestand": (
        "difference between the national means of both moments in the norm file"
    ),
    "met beide uitslagen": "with both results",
    "gemiddelde groei": "mean growth",
    "gemiddelde van (uitslag nu − uitslag toen)": "mean of (result now − result then)",
    "groei − t(n−1) × spreiding ÷ √n": "growth − t(n−1) × spread ÷ √n",
    "groei + t(n−1) × spreiding ÷ √n": "growth + t(n−1) × spread ÷ √n",
    "AVI-stappen, middelste": "AVI steps, middle one",
    "mediaan van het aantal stappen per leerling": "median of the number of steps per pupil",
    "minstens één stap": "at least one step",
    "aantal leerlingen met een hoger AVI-niveau dan toen": "number of pupils with a higher AVI level than then",
    "met een groeipercentiel": "with a growth percentile",
    "aantal leerlingen met een groeipercentiel": "number of pupils with a growth percentile",
    "zonder groeipercentiel": "without a growth percentile",
    "aantal leerlingen met een score op deze toets bij wie een eerdere score ontbreekt of buiten de groeinorm ligt": (
        "number of pupils with a score on this test of whom an earlier score is lacking or lies outside the growth norm"
    ),
    "groeipercentiel, middelste": "growth percentile, middle one",
    "mediaan van de groeipercentielen; niet van minder dan 10 leerlingen": (
        "median of the growth percentiles; not of fewer than 10 pupils"
    ),
    "groeipercentiel: waarschijnlijk vanaf": "growth percentile: probably from",
    "groeipercentiel: waarschijnlijk tot": "growth percentile: probably up to",
    "de leerling op plaats k van onderen of van boven, met de grootste k waarvoor de kans op minder dan k van n "
    "leerlingen aan één kant van het midden hooguit 5% is (tekentoets)": (
        "the pupil at place k from below or above, with the largest k for which the chance of fewer than k of n pupils"
        " on one side of the middle is at most 5% (sign test)"
    ),
    "groeipercentiel": "growth percentile",
    "plaats van de score tussen de 99 krommen van de groeinorm, bij de eerdere scores van deze leerling": (
        "place of the score among the 99 curves of the growth norm, at the earlier scores of this pupil"
    ),
    "groeipercentiel van score − 1,645 × √(SEM² + Σ(helling × SEM)²), met de meetfout (SEM) van elke toets uit het "
    "normbestand en de helling van de middelste kromme": (
        "growth percentile of score − 1.645 × √(SEM² + Σ(slope × SEM)²), with the measurement error (SEM) of each test"
        " from the norm file and the slope of the middle curve"
    ),
    "als vanaf, met +": "as from, with +",
    "leerlingen van de groeinorm": "pupils of the growth norm",
    "staat in de groeinorm": "stands in the growth norm",
    "waarom geen groeipercentiel": "why no growth percentile",
    "no_earlier: een eerdere score ontbreekt; outside: een eerdere score ligt buiten die van de groeinorm": (
        "no_earlier: an earlier score is lacking; outside: an earlier score lies outside those of the growth norm"
    ),
    "echt vooruit": "really ahead",
    "aantal leerlingen met (nu − toen) ÷ √(SEM₀² + SEM₁²) ≥ 1,64; de meetfout (SEM) komt uit het normbestand": (
        "number of pupils with (now − then) ÷ √(SEM₀² + SEM₁²) ≥ 1.64; the measurement error (SEM) comes from"
        " the norm file"
    ),
    "echt achteruit": "really back",
    "als echt vooruit, naar beneden": "as really ahead, downwards",
    "groei naar verwachting": "growth against expectation",
    "gemiddelde van (z₁ − ρ·z₀) ÷ √(1 − ρ²) per leerling, met ρ = 0,80 en z uit het normbestand": (
        "mean of (z₁ − ρ·z₀) ÷ √(1 − ρ²) per pupil, with ρ = 0.80 and z from the norm file"
    ),
    "lage scores bij het begin": "low scores at the beginning",
    "aantal leerlingen die toen bij de laagste vijfde van het land hoorden": (
        "number of pupils who then belonged to the lowest fifth of the country"
    ),
    "aantal leerlingen met een leerrendement": "number of pupils with a learning yield",
    "leerrendement, middelste": "learning yield, middle one",
    "mediaan van DLE ÷ DL per leerling": "median of DLE ÷ DL per pupil",
    "DL onder 10": "DL below 10",
    "aantal leerlingen, niet meegeteld: vooral meetruis": "number of pupils, not counted: mostly noise",
    "DL onbekend": "DL unknown",
    "aantal leerlingen, niet meegeteld": "number of pupils, not counted",
    "aantal DLE’s als “>60”, niet meegeteld": "number of DLEs like “>60”, not counted",
    "groot verschil tussen vakken": "large difference between subjects",
    "aantal leerlingen van wie dit vak van een ander vak verschilt, meer dan de toetsen ernaast kunnen zitten": (
        "number of pupils for whom this subject differs from another by more than the tests can be off"
    ),
    "bestemming aangepast": "destination changed",
    "omhoog + omlaag + naar of van een bestemming zonder plaats in de volgorde, in dit schooljaar; geteld"
    " zijn rijen van één leerling in de kenmerken (--pupils) die een andere bestemming noemen dan de rij "
    "ervoor": (
        "up + down + to or from a destination without a place in the order, in this school year; counted are "
        "rows of one pupil in the marks (--pupils) that name another destination than the row before"
    ),
    "omhoog": "up",
    "aantal aanpassingen naar een hogere bestemming": "number of changes to a higher destination",
    "omlaag": "down",
    "aantal aanpassingen naar een lagere bestemming": "number of changes to a lower destination",
    "wie meededen": "who took part",
    "aantal leerlingen dat op de eerste dag in de genoemde groepen zat, en de leerlingen die met hun "
    "nummer zijn genoemd en dat schooljaar op school zaten": (
        "number of pupils who were in the named groups on the first day, and the pupils named by their number"
        " who were at the school that year"
    ),
    "afgesproken weken": "agreed weeks",
    "zoals de school opgeeft": "as the school says",
    "gegeven weken": "weeks given",
    "uitgevoerd": "carried out",
    "gegeven weken ÷ afgesproken weken vanaf het deel dat de school kiest (anders de helft)": (
        "weeks given ÷ agreed weeks, from the part that the school chooses (otherwise half)"
    ),
    "laagste scores gekozen": "lowest scores chosen",
    "doel gezien": "goal seen",
    "aantal leerlingen, zoals de school opgeeft": "number of pupils, as the school says",
    "waargenomen leerlingen": "pupils observed",
    "waarnemers": "observers",
    "aantal deelnemers met een uitslag op beide momenten en een verwachting daarvoor": (
        "number of participants with a result at both moments and an expectation for them"
    ),
    "groei": "growth",
    "gemiddelde van (uitslag later − uitslag eerder) per deelnemer": (
        "mean of (result later − result earlier) per participant"
    ),
    "gemiddelde van de lijn (later op eerder, per jaargroep, met jaar en klas als toeval) bij het "
    "beginniveau van elke deelnemer, min dat beginniveau; uit leerlingen die niet meededen of uit het "
    "normbestand": (
        "mean of the line (later on earlier, per grade, with year and class as chance) at the starting level "
        "of each participant, minus that starting level; from pupils who did not take part or from the norm "
        "file"
    ),
    "verschil": "difference",
    "groei − verwachte groei": "growth − expected growth",
    "verschil: waarschijnlijk vanaf": "difference: probably from",
    "verschil − t × √(toeval van leerlingen ÷ n + toeval van klassen en jaar + onzekerheid van de lijn)": (
        "difference − t × √(chance of pupils ÷ n + chance of classes and year + uncertainty of the line)"
    ),
    "verschil: waarschijnlijk tot": "difference: probably up to",
    "verschil + t × √(toeval van leerlingen ÷ n + toeval van klassen en jaar + onzekerheid van de lijn)": (
        "difference + t × √(chance of pupils ÷ n + chance of classes and year + uncertainty of the line)"
    ),
    "waar de verwachting vandaan komt": "where the expectation comes from",
    "own_school: leerlingen van de eigen school die niet meededen; norms: het normbestand": (
        "own_school: pupils of the own school who did not take part; norms: the norm file"
    ),
    "more: het hele interval ligt boven nul; less: eronder; anders undecided; not_carried_out, too_few en"
    " no_measure gaan daarvoor": (
        "more: the whole interval lies above zero; less: below it; otherwise undecided; not_carried_out, "
        "too_few and no_measure go before that"
    ),
    "aantal leerlingen met een percentage goed voor dit doel": (
        "number of pupils with a percentage right for this goal"
    ),
    "per categorie": "per category",
    "aantal leerlingen per categorie; grenzen uit [method_tests] in de eigen normen, anders 60 en 80": (
        "number of pupils per category; limits from [method_tests] in the school's own standards, otherwise 60 and 80"
    ),
    "voldoende of goed": "sufficient or good",
    "aantal leerlingen met een percentage vanaf de grens voor voldoende": (
        "number of pupils with a percentage from the limit for sufficient"
    ),
    "voldoende vanaf": "sufficient from",
    "percentage goed, uit de eigen normen": "percentage right, from the school's own standards",
    "goed vanaf": "good from",
    "geobserveerd": "observed",
    "aantal leerlingen van wie dit domein is ingevuld": "number of pupils for whom this domain was filled in",
    "niet geobserveerd": "not observed",
    "aantal andere leerlingen van de groep toen de lijst werd ingevuld": (
        "number of other pupils in the group when the list was filled in"
    ),
    "per fase": "per stage",
    "aantal leerlingen per fase, in de woorden van de school": (
        "number of pupils per stage, in the school's own words"
    ),
    "leerlingen van groep 8": "pupils in grade 8",
    "aantal leerlingen in groep 8 toen de toets werd gemaakt": "number of pupils in grade 8 when the test was taken",
    "met een toetsadvies": "with a test advice",
    "aantal leerlingen van groep 8 met een toetsadvies": "number of pupils in grade 8 with a test advice",
    "per toetsadvies": "per test advice",
    "aantal leerlingen met dit advies in het nieuwste bericht van de toets": (
        "number of pupils with this advice in the newest message of the test"
    ),
    "verschil met de vorige keer": "difference from the time before",
    "uitslag nu − uitslag van de meting ervoor, op dezelfde toetsversie; in scores, anders in DLE’s, "
    "anders in AVI-stappen": (
        "result now − result of the measurement before, on the same version of the test; in scores, else in "
        "DLEs, else in AVI steps"
    ),
    "verschil is echt": "difference is real",
    "(nu − toen) ÷ √(SEM₀² + SEM₁²) is minstens 1,64, omhoog of omlaag; de meetfout (SEM) komt uit het normbestand": (
        "(now − then) ÷ √(SEM₀² + SEM₁²) is at least 1.64, up or down; the measurement error (SEM) comes from"
        " the norm file"
    ),
    "uitslag gelijk aan of hoger dan de hoofdgrens die voor deze leerling geldt": (
        "result equal to or above the main line that holds for this pupil"
    ),
    "verschil tussen vakken": "difference between subjects",
    "DLE van het ene vak − DLE van het andere, op dezelfde toets in deze ronde; van een DLE als “>60” "
    "telt de grens; alleen het grootste verschil, en alleen als het meer is dan 10 maanden en dan z × "
    "√(SE₁² + SE₂²); SE is de meetfout van de DLE uit het normbestand (zonder: 3 maanden), en met z is de "
    "kans dat toeval in een klas van 28 iemand aanwijst hooguit 5%": (
        "DLE of the one subject − DLE of the other, on the same test in this round; of a DLE like “>60” the "
        "limit counts; only the largest difference, and only when it is more than 10 months and than z × √(SE₁² + "
        "SE₂²); SE is the measurement error of the DLE from the norm file (without: 3 months), and with z the "
        "chance that in a class of 28 chance alone points at someone is at most 5%"
    ),
    "of meer": "or more",
    "één van beide DLE’s ligt buiten de schaal (“>60” of “<1”)": (
        "one of the two DLEs lies outside the scale (“>60” or “<1”)"
    ),
    "wie verwacht wordt en wie telt": "who is expected and who counts",
    "niveaus, zoals geleverd": "levels, as delivered",
    "welke lijn voor wie geldt": "which line holds for whom",
    "aandeel met interval van Wilson": "share with Wilson's interval",
    "gemiddelde met t-interval": "mean with t-interval",
    "oordeel uit het interval": "verdict from the interval",
    "trend per jaargroep": "trend per grade",
    "trend van dezelfde leerlingen": "trend of the same pupils",
    "groei van leerlingen": "growth of pupils",
    "groeipercentielen": "growth percentiles",
    "leerrendement": "learning yield",
    "wat een aanpak opleverde": "what an intervention brought",
    "methodetoetsen per doel": "method tests per goal",
    "observaties van groep 1 en 2": "observations of grades 1 and 2",
    "adviezen van de doorstroomtoets": "advices of the transition test",
    "bestemmingen": "destinations",
}
