"""Each template in both languages, from the same fact. Most examples are those of `docs/domein/zinnen.md`."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from leercirkel.analysis.answers import en, facts, nl
from leercirkel.analysis.answers.facts import (
    SCHOOL,
    Agreed,
    BackOnLine,
    BelowInARow,
    Broad,
    CanSee,
    Composition,
    DestinationLine,
    DestinationsChanged,
    Direction,
    Effect,
    EffectWithoutFigures,
    Fact,
    Goal,
    GoalFit,
    Growth,
    Incidental,
    InTwoParts,
    LeftOut,
    Limit,
    LowButGrowing,
    Missing,
    NewVersion,
    Nobody,
    NoDirection,
    NoEffect,
    NotCarriedOut,
    OneSubject,
    OwnGoals,
    Proud,
    RestsOn,
    Seen,
    Structural,
    SubjectsDiffer,
    Together,
    TooFewToNumber,
    Topic,
    Undecided,
    When,
    Where,
    WhoCounts,
)
from leercirkel.analysis.answers.say import fitting, short, texts

GROUP, OWLS = Where("group", "Groep 5"), Where("group", "Uilen")
ARITHMETIC, SPELLING = Topic("rekenen"), Topic("spelling")
DLE_20, LEVEL_III = Limit("dle", 20.0), Limit("level", "III")
JANUARIES = tuple(When(f"{y}-{y + 1}", m, n) for y, m, n in ((2025, "M", 1), (2025, "E", 6), (2026, "M", 1)))

PRO = Where("destination", "PRO")


def an_effect(growth: float, expected: float, low: float, high: float, verdict: Any, **more: Any) -> Effect:
    """Sixteen weeks of extra reading for 24 pupils, unless told otherwise."""
    base: dict[str, Any] = {
        "name": "extra leestijd", "pupils": 24, "counted": 24, "weeks": 16, "since": None, "until": None,
        "unit": "score", "decimals": 0, "lowest": False, "difference": growth - expected,
    }  # fmt: skip
    return Effect(growth=growth, expected=expected, low=low, high=high, verdict=verdict, **(base | more))


EXAMPLES: list[tuple[str, Any, str, str]] = [
    (
        "Z01",
        Goal(Where("group", "Bovenbouw"), Topic("technisch_lezen"), 26, 28, 21, Limit("avi", "E4"), "above"),
        "De bovenbouw, technisch lezen: 26 van de 28 leerlingen haalden AVI E4. Ons doel was 21 van de 28. "
        "Dat ligt duidelijk boven onze norm.",
        "Bovenbouw, reading fluency: 26 of the 28 pupils reached AVI E4. Our goal was 21 of the 28. "
        "That is clearly above our standard.",
    ),
    (
        "Z02",
        Goal(GROUP, ARITHMETIC, 6, 14, 11, Limit("dle", 15.0), "below"),
        "Groep 5, rekenen: 6 van de 14 leerlingen haalden DLE 15 of hoger. Ons doel was 11 van de 14. "
        "Dat ligt duidelijk onder onze norm; zo'n groot verschil is zelden toeval.",
        "Groep 5, arithmetic: 6 of the 14 pupils reached DLE 15 or higher. Our goal was 11 of the 14. "
        "That is clearly below our standard; so large a difference is seldom chance.",
    ),
    (
        "Z03",
        Goal(OWLS, SPELLING, 13, 15, 12, LEVEL_III, "reached"),
        "De Uilen, spelling: 13 van de 15 leerlingen haalden minstens niveau III; ons doel was 12 van de 15. "
        "Doel gehaald. Het scheelde één leerling, dus de volgende keer kan het net anders uitvallen.",
        "Uilen, spelling: 13 of the 15 pupils reached at least level III; our goal was 12 of the 15. "
        "Goal reached. There was one pupil to spare, so next time it may turn out otherwise.",
    ),
    (
        "Z04",
        Goal(OWLS, ARITHMETIC, 9, 14, 11, DLE_20, "missed"),
        "De Uilen, rekenen: 9 van de 14 leerlingen haalden DLE 20 of hoger; ons doel was 11 van de 14. "
        "We kwamen twee leerlingen tekort. In een groep van 14 kan dat toeval zijn.",
        "Uilen, arithmetic: 9 of the 14 pupils reached DLE 20 or higher; our goal was 11 of the 14. "
        "We were two pupils short. In a group of 14 that may be chance.",
    ),
    (
        "Z05",
        Goal(OWLS, Topic("technisch_lezen"), 14, 14, 11, Limit("avi", "M4"), "all"),
        "De Uilen, technisch lezen: alle 14 leerlingen haalden AVI M4. Ons doel is gehaald, hoger kan niet.",
        "Uilen, reading fluency: all 14 pupils reached AVI M4. Our goal is reached; it cannot be higher.",
    ),
    (
        "Z06",
        Goal(Where("group", "Mussen"), ARITHMETIC, 4, 7, 6, Limit("dle", 10.0), "small"),
        "De Mussen, rekenen: 4 van de 7 leerlingen haalden DLE 10 of hoger. "
        "Voor een oordeel is de groep te klein; we kijken naar de leerlingen zelf.",
        "Mussen, arithmetic: 4 of the 7 pupils reached DLE 10 or higher. "
        "For a verdict the group is too small; we look at the pupils themselves.",
    ),
    (
        "Z06",
        TooFewToNumber(OWLS, ("rekenen", "begrijpend_lezen")),
        "De Uilen: bij rekenen en begrijpend lezen zijn er te weinig uitslagen om ze in cijfers te noemen; "
        "we kijken naar de leerlingen zelf.",
        "Uilen: for arithmetic and reading comprehension there are too few results to put in figures; "
        "we look at the pupils themselves.",
    ),
    (
        "Z07",
        Missing(GROUP, ARITHMETIC, 3, (("ill", 2), ("just_arrived", 1)), 9, 12, 14, DLE_20),
        "Groep 5, rekenen: van drie leerlingen is er nog geen uitslag (twee ziek, één later gestart). "
        "Komen die erbij, dan halen tussen de 9 en 12 van de 14 leerlingen DLE 20 of hoger.",
        "Groep 5, arithmetic: three pupils have no result yet (two ill, one started later). "
        "Once they are in, between 9 and 12 of the 14 pupils reach DLE 20 or higher.",
    ),
    (
        "Z07",
        Nobody(GROUP, ARITHMETIC, 14, (("missing", 14),)),
        "Groep 5, rekenen: van geen van de 14 leerlingen is er een uitslag (reden onbekend).",
        "Groep 5, arithmetic: none of the 14 pupils has a result (reason unknown).",
    ),
    (
        "Z08",
        LeftOut(GROUP, ARITHMETIC, 2, (("exempt", 1), ("moved", 1))),
        "Groep 5, rekenen – twee leerlingen tellen hier niet mee: één met ontheffing en één die van school ging. "
        "Hun eigen groei staat bij de leerling.",
        "Groep 5, arithmetic – two pupils do not count here: one with an exemption and one who left the school. "
        "Their own growth is shown per pupil.",
    ),
    (
        "Z08",
        LeftOut(GROUP, ARITHMETIC, 5, (("exempt", 2), ("too_hard", 1), ("moved", 2))),
        "Groep 5, rekenen – vijf leerlingen tellen hier niet mee. Dat zijn er twee met ontheffing, "
        "één omdat de toets te moeilijk was en twee die van school gingen. Hun eigen groei staat bij de leerling.",
        "Groep 5, arithmetic – five pupils do not count here. These are two with an exemption, "
        "one because the test was too hard and two who left the school. Their own growth is shown per pupil.",
    ),
    (
        "Z09",
        Undecided(23, 32, Together(SCHOOL, "rekenen", 3, True, 131, 212, 159), 3),
        "Bij 23 van de 32 onderdelen zijn onze groepen te klein om iets zeker te zeggen. Drie jaar samen laat wel iets "
        "zien: bij rekenen halen te weinig leerlingen ons doel (131 van de 212, doel 159).",
        "For 23 of the 32 parts our groups are too small to say anything for certain. Three years together do show "
        "something: in arithmetic too few pupils reach our goal (131 of the 212, goal 159).",
    ),
    (
        "Z09",
        Undecided(12, 12, None, 0),
        "Bij 12 van de 12 onderdelen zijn onze groepen te klein om iets zeker te zeggen. "
        "Meer jaren samen zijn er nog niet; we kijken per leerling wat nodig is.",
        "For 12 of the 12 parts our groups are too small to say anything for certain. "
        "There are no more years yet to put together; we look at what each pupil needs.",
    ),
    (
        "Z10",
        OneSubject(OWLS, 4, "spelling"),
        "De Uilen: bij één van de vier vakken is het doel niet gehaald. Het zit alleen bij spelling. "
        "Bij de andere vakken zien we het bij de Uilen niet.",
        "Uilen: in one of the four subjects the goal is not reached. It is only spelling. "
        "In the other subjects we do not see it in Uilen.",
    ),
    (
        "Z11",
        Broad(Where("group", "Groep 6"), 3, 4),
        "Het beeld is breed: bij drie van de vier vakken haalt groep 6 het doel niet. "
        "Dan zoeken we de verklaring niet bij één methode.",
        "The picture is broad: in three of the four subjects Groep 6 misses the goal. "
        "Then we do not look for the explanation in one teaching method.",
    ),
    (
        "Z11",
        Broad(Where("group", "Groep 6"), 0, 4),
        "Het beeld is breed: bij alle vier de vakken haalt groep 6 het doel. "
        "Dan zoeken we de verklaring niet bij één methode.",
        "The picture is broad: in all four subjects Groep 6 reaches the goal. "
        "Then we do not look for the explanation in one teaching method.",
    ),
    (
        "Z12",
        Direction(
            Where("grade", 5), ARITHMETIC, True, 3, ((14, 27), (18, 28), (23, 29)), "each_year", "2024-2025",
            "2026-2027",
        ),
        "In groep 5 haalt elk jaar een groter deel van de leerlingen ons doel voor rekenen. Het ging van 14 van de 27 "
        "(2024-2025) via 18 van de 28 naar 23 van de 29 (2026-2027). Het zijn wel steeds andere kinderen.",
        "In grade 5 a larger share of the pupils reaches our goal for arithmetic every year. It went from 14 of 27 "
        "(2024-2025) through 18 of 28 to 23 of 29 (2026-2027). They are different children every year.",
    ),
    (
        "Z12",
        Direction(
            SCHOOL, SPELLING, False, 4, ((90, 100), (85, 100), (95, 100), (70, 100)), "ends", "2023-2024", "2026-2027"
        ),
        "Op onze school haalt over vier jaar gezien een kleiner deel van de leerlingen ons doel voor spelling. "
        "Het ging van 90 van de 100 (2023-2024) naar 70 van de 100 (2026-2027). Het zijn wel deels andere kinderen.",
        "At our school a smaller share of the pupils reaches our goal for spelling, seen over four years. "
        "It went from 90 of 100 (2023-2024) to 70 of 100 (2026-2027). They are partly different children.",
    ),
    (
        "Z29",
        Proud(Direction(SCHOOL, SPELLING, True, 2, ((70, 100), (90, 100)), "each_year", "2025-2026", "2026-2027")),
        "Hier mogen we trots op zijn: op onze school haalt elk jaar een groter deel van de leerlingen ons doel voor "
        "spelling. Het ging van 70 van de 100 (2025-2026) naar 90 van de 100 (2026-2027). "
        "Het zijn wel deels andere kinderen.",
        "Something to be proud of: at our school a larger share of the pupils reaches our goal for spelling every "
        "year. It went from 70 of 100 (2025-2026) to 90 of 100 (2026-2027). They are partly different children.",
    ),
    (
        "Z13",
        NoDirection(Where("grade", 7), ARITHMETIC, 4, "up_and_down"),
        "Rekenen: de uitslagen van groep 7 gaan op en neer. Over vier jaar samen zien we geen stijging en geen daling.",
        "Arithmetic: the results of grade 7 go up and down. Over four years together we see no rise and no fall.",
    ),
    (
        "Z14",
        Structural(SCHOOL, ARITHMETIC, False, 58, 90, 68, JANUARIES),
        "De hele school, rekenen: het doel is niet gehaald (58 van de 90, doel 68). Dit zien we nu voor de derde keer "
        "op rij (januari 2026, juni 2026, januari 2027). Dat is geen uitschieter meer; hier hoort een verklaring bij.",
        "The whole school, arithmetic: the goal is not reached (58 of the 90, goal 68). This is the third time in a "
        "row (January 2026, June 2026, January 2027). That is no exception any more; it needs an explanation.",
    ),
    (
        "Z14",
        Structural(SCHOOL, ARITHMETIC, True, 80, 90, 68, JANUARIES),
        "De hele school, rekenen: het doel is gehaald (80 van de 90, doel 68). Dit zien we nu voor de derde keer "
        "op rij (januari 2026, juni 2026, januari 2027). Dat is geen toeval meer; dit willen we vasthouden.",
        "The whole school, arithmetic: the goal is reached (80 of the 90, goal 68). This is the third time in a "
        "row (January 2026, June 2026, January 2027). That is no coincidence any more; we want to keep it so.",
    ),
    (
        "Z15",
        Incidental(SCHOOL, ARITHMETIC, False, 67, 90, 68, True, When("2026-2027", "E", 6)),
        "De hele school, rekenen: het doel is niet gehaald (67 van de 90, doel 68). De vorige keren zagen we dit niet. "
        "Eén meting is nog geen patroon; in juni 2027 kijken we opnieuw.",
        "The whole school, arithmetic: the goal is not reached (67 of the 90, goal 68). We did not see this the times "
        "before. One measurement is no pattern yet; in June 2027 we look again.",
    ),
    (
        "Z16",
        NewVersion("rekenen", "2025-2026", (), False),
        "Sinds 2025-2026 gebruiken we een nieuwe versie van de rekentoets. "
        "De uitslagen van daarvoor kunnen we er niet naast leggen; de lijn begint opnieuw.",
        "Since 2025-2026 we use a new version of the test for arithmetic. "
        "Earlier results cannot be put beside the new ones; the line begins again.",
    ),
    (
        "Z17",
        Growth(OWLS, ARITHMETIC, "score", 12, When("2025-2026", "E", 6), 8.1, 5.2, 11.0, 6.0, 0, "fits"),
        "De Uilen, rekenen: de twaalf leerlingen die er in juni 2026 ook al waren, groeiden gemiddeld 8 punten "
        "(waarschijnlijk tussen 5 en 11). Verwacht was 6. Dat past bij wat we verwachtten.",
        "Uilen, arithmetic: the twelve pupils who were here in June 2026 grew by 8 points on average "
        "(probably between 5 and 11). Expected was 6. That fits what we expected.",
    ),
    (
        "Z18",
        LowButGrowing(Where("group", "Merels"), ARITHMETIC, False),
        "Rekenen: de Merels begonnen lager en zitten nog onder het doel, maar groeien zoals verwacht. "
        "Het aanbod slaat aan; de afstand is er nog.",
        "Arithmetic: Merels began lower and is still below the goal, but is growing as expected. "
        "Our teaching works; the distance is still there.",
    ),
    (
        "Z19",
        Composition(Where("group", "Spechten"), ARITHMETIC, "score", -2.0, 5.0, 11, 4, 2, 0),
        "Rekenen: het gemiddelde van de Spechten ging 2 punten omlaag. Dat komt vooral door wie erbij kwam (vier) en "
        "wie wegging (twee): de elf blijvers gingen 5 punten vooruit.",
        "Arithmetic: the mean of Spechten went down by 2 points. That is mostly because of who joined (four) and "
        "who left (two): the eleven who stayed gained 5 points.",
    ),
    (
        "Z20",
        OwnGoals(GROUP, ARITHMETIC, 6, 9, 7, "small"),
        "Groep 5: van de negen leerlingen met een eigen doel voor rekenen haalden er zes dat doel. "
        "Voor een oordeel zijn dat er te weinig; we kijken naar de leerlingen zelf.",
        "Groep 5: of the nine pupils with a goal of their own in arithmetic, six reached that goal. "
        "These are too few for a verdict; we look at the pupils themselves.",
    ),
    (
        "Z20",
        OwnGoals(GROUP, ARITHMETIC, 5, 5, 4, "small"),
        "Groep 5: alle vijf leerlingen met een eigen doel voor rekenen haalden dat doel. "
        "Voor een oordeel zijn dat er te weinig; we kijken naar de leerlingen zelf.",
        "Groep 5: all five pupils with a goal of their own in arithmetic reached that goal. "
        "These are too few for a verdict; we look at the pupils themselves.",
    ),
    (
        "Z20",
        OwnGoals(GROUP, ARITHMETIC, 0, 5, 4, "small"),
        "Groep 5: geen van de vijf leerlingen met een eigen doel voor rekenen haalde dat doel. "
        "Voor een oordeel zijn dat er te weinig; we kijken naar de leerlingen zelf.",
        "Groep 5: none of the five pupils with a goal of their own in arithmetic reached that goal. "
        "These are too few for a verdict; we look at the pupils themselves.",
    ),
    (
        "Z21",
        DestinationLine(PRO, ARITHMETIC, 13, 18, 3, None),
        "Van de 18 leerlingen met uitstroom praktijkonderwijs zitten er 13 op of boven hun lijn voor rekenen. "
        "Drie zitten er twee metingen op rij onder.",
        "Of the 18 pupils with destination practical education, 13 are on or above their line for arithmetic. "
        "Three were below it two measurements in a row.",
    ),
    (
        "Z21",
        DestinationLine(PRO, ARITHMETIC, 6, 18, 0, "below"),
        "Van de 18 leerlingen met uitstroom praktijkonderwijs zitten er 6 op of boven hun lijn voor rekenen. "
        "Niemand zit er twee metingen op rij onder. Dat ligt duidelijk onder onze norm.",
        "Of the 18 pupils with destination practical education, 6 are on or above their line for arithmetic. "
        "Nobody was below it two measurements in a row. That is clearly below our standard.",
    ),
    (
        "Z22",
        DestinationsChanged(5, 3, 2),
        "Bij vijf leerlingen is de bestemming dit jaar aangepast (drie omhoog en twee omlaag). "
        "We vergelijken met de bestemming waarmee het jaar begon.",
        "For five pupils the destination was changed this year (three up and two down). "
        "We compare with the destination that the year began with.",
    ),
    (
        "Z23",
        an_effect(9.0, 6.0, 1.0, 5.0, "more"),
        "16 weken extra leestijd voor 24 leerlingen. Ze groeiden 9 punten; zonder deze aanpak rekenden we op 6. "
        "Het verschil (waarschijnlijk tussen 1 en 5) is groter dan toeval.",
        "16 weeks of extra leestijd for 24 pupils. They grew 9 points; without it we counted on 6. "
        "The difference (probably between 1 and 5) is larger than chance.",
    ),
    (
        "Z24",
        an_effect(7.0, 6.0, -2.0, 4.0, "undecided", pupils=12, counted=11),
        "16 weken extra leestijd voor twaalf leerlingen (elf met twee uitslagen): ze groeiden 7 punten, "
        "we rekenden op 6. Dat verschil kan toeval zijn. "
        "Het betekent niet dat de aanpak niet werkt: met 11 leerlingen zien we alleen grote verschillen.",
        "16 weeks of extra leestijd for twelve pupils (eleven with two results): they grew 7 points; "
        "expected: 6. That difference may be chance. "
        "It does not mean that the approach does not work: with 11 pupils we see only large differences.",
    ),
    (
        "Z25",
        an_effect(2.0, 6.0, -6.0, -2.0, "less", since=JANUARIES[0], until=JANUARIES[1], weeks=None),
        "Extra leestijd voor 24 leerlingen, van januari 2026 tot juni 2026: ze groeiden 2 punten, we rekenden op 6. "
        "De groei bleef achter, ook als we toeval meerekenen.",
        "Extra leestijd for 24 pupils, from January 2026 to June 2026: they grew 2 points; expected: 6. "
        "Growth fell behind, also when we allow for chance.",
    ),
    (
        "Z25",
        InTwoParts(
            an_effect(
                2.0, 6.0, -6.0, -2.0, "less", name="nieuwe rekenmethode", since=JANUARIES[0], until=JANUARIES[1],
                weeks=None,
            ),
            an_effect(9.0, 6.0, 1.0, 5.0, "more", since=JANUARIES[1], until=JANUARIES[2], weeks=None),
        ),
        "Nieuwe rekenmethode, van januari 2026 tot juni 2026: ze groeiden 2 punten, we rekenden op 6. "
        "Daarna, tot januari 2027: ze groeiden 9 punten, we rekenden op 6. "
        "Eerst bleef de groei achter, daarna was de groei groter dan verwacht.",
        "Nieuwe rekenmethode, from January 2026 to June 2026: they grew 2 points; expected: 6. "
        "After that, until January 2027: they grew 9 points; expected: 6. "
        "First growth fell behind, then growth was larger than expected.",
    ),
    (
        "Z26",
        NotCarriedOut("dagelijks automatiseren", 3, 12),
        "Dagelijks automatiseren: deze aanpak is drie van de twaalf weken gegeven. "
        "Over het effect zeggen we daarom nog niets.",
        "Dagelijks automatiseren: this approach was given in three of the twelve weeks. "
        "So we say nothing about the effect yet.",
    ),
    (
        "Z23",
        EffectWithoutFigures("leestijd", 24, None, None, "more"),
        "Leestijd: 24 leerlingen groeiden meer dan verwacht. Het verschil is groter dan toeval.",
        "Leestijd: 24 pupils grew more than expected. The difference is larger than chance.",
    ),
    (
        "Z25",
        EffectWithoutFigures("leestijd", 24, None, None, "less"),
        "Leestijd: 24 leerlingen groeiden minder dan verwacht. De groei bleef achter, ook als we toeval meerekenen.",
        "Leestijd: 24 pupils grew less than expected. Growth fell behind, also when we allow for chance.",
    ),
    (
        "Z24",
        EffectWithoutFigures("app", 26, None, None, "undecided"),
        "App: 26 leerlingen groeiden ongeveer zoals verwacht. Het verschil kan toeval zijn. "
        "Het betekent niet dat de aanpak niet werkt: met 26 leerlingen zien we alleen grote verschillen.",
        "App: 26 pupils grew about as expected. The difference may be chance. "
        "It does not mean that the approach does not work: with 26 pupils we see only large differences.",
    ),
    (
        "Z26",
        NoEffect("spelling-app", "nothing_to_compare"),
        "Spelling-app: er zijn te weinig andere leerlingen om mee te vergelijken. "
        "Over het effect zeggen we daarom nog niets.",
        "Spelling-app: there are too few other pupils to compare with. So we say nothing about the effect yet.",
    ),
    (
        "Z26",
        Seen("SOVA-training", 8, "vraagt zelf om hulp", 5, 8, 2),
        "SOVA-training: bij 5 van de 8 is het doel gezien, door twee waarnemers (vraagt zelf om hulp). "
        "Dat is een telling, geen oordeel: er is niets om het mee te vergelijken.",
        "SOVA-training: the goal was seen in 5 of the 8, by two observers (vraagt zelf om hulp). "
        "That is a count, not a verdict: there is nothing to compare it with.",
    ),
    (
        "Z27",
        an_effect(7.0, 6.0, -2.0, 4.0, "undecided", pupils=12, counted=12, weeks=12, lowest=True),
        "Twaalf weken extra leestijd voor de twaalf leerlingen met de laagste uitslagen. "
        "Wie de ene keer het laagst scoort, scoort de volgende keer meestal hoger, ook zonder hulp. "
        "We tellen alleen wat daar bovenop komt: ongeveer 1 punt, en dat kan toeval zijn; "
        "het bewijst niet dat de aanpak niet werkt.",
        "Twelve weeks of extra leestijd for the twelve pupils with the lowest results. "
        "Those who score lowest once mostly score higher the next time, also without help. "
        "We count only what comes on top: about 1 point, and that may be chance; "
        "that does not mean it does not work.",
    ),
    (
        "Z28",
        SubjectsDiffer("Ilyas", "technisch_lezen", "rekenen", 14),
        "Ilyas is bij technisch lezen ongeveer 14 maanden verder dan bij rekenen. "
        "Dat is meer dan de toetsen ernaast kunnen zitten.",
        "Ilyas is about 14 months further in reading fluency than in arithmetic. That is more than the tests can be "
        "off.",
    ),
    (
        "Z30",
        Agreed(
            "elke dag vijf minuten automatiseren", "partly", None,
            Goal(SCHOOL, ARITHMETIC, 59, 106, 80, Limit("dle", None), "below"),
        ),
        "Vorige keer spraken we af: elke dag vijf minuten automatiseren. Dat is deels gedaan. "
        "Daarna zagen we: bij rekenen haalden 59 van de 106 leerlingen de eigen lijn (doel 80).",
        "Last time we agreed: elke dag vijf minuten automatiseren. That was partly done. "
        "After that we saw: in arithmetic 59 of the 106 pupils reached their own line (goal 80).",
    ),
    (
        "Z30",
        Agreed("elke dag vijf minuten automatiseren", "not_done", When("2025-2026", "E"), None),
        "Eind 2025-2026 spraken we af: elke dag vijf minuten automatiseren. Dat is niet gedaan.",
        "At the end of 2025-2026 we agreed: elke dag vijf minuten automatiseren. That was not done.",
    ),
    (
        "Z29",
        Proud(Goal(SCHOOL, Topic("technisch_lezen"), 92, 106, 80, Limit("dle", None), "above")),
        "Hier mogen we trots op zijn: 92 van de 106 leerlingen (87%) haalden bij technisch lezen de eigen lijn. "
        "Ons doel was 80 van de 106. Dat ligt duidelijk boven onze norm.",
        "Something to be proud of: 92 of the 106 pupils (87%) reached their own line in reading fluency. "
        "Our goal was 80 of the 106. That is clearly above our standard.",
    ),
    (
        "Z31",
        GoalFit(SCHOOL, ARITHMETIC, "M", 3, True, 98, 100),
        "De hele school, rekenen: dit doel haalden we midden in het jaar drie jaar op rij ruim. "
        "Past het nog? Ons beste jaar gaf 98 van de 100.",
        "The whole school, arithmetic: we amply reached this goal three years in a row halfway through the year. "
        "Does it still fit? Our best year gave 98 of the 100.",
    ),
    (
        "Z32",
        WhoCounts(24, 21, (("left", 2), ("no_result_before", 1)), 1),
        "Van de 24 leerlingen tellen er 21 mee. Niet: twee van school en één zonder uitslag vooraf. "
        "Eén leerling kwam er later bij en telt niet mee.",
        "Of the 24 pupils, 21 count. Not: two left the school and one without a result before. "
        "One pupil came later and does not count.",
    ),
    (
        "Z33",
        RestsOn("own_school", 1.6, "score", 0, 22),
        "Verwacht is wat leerlingen van onze school groeiden die even hoog begonnen en niet meededen. "
        "Wat een hele klas in een half jaar kan overkomen telt als toeval: ongeveer 2 punten, "
        "gezien bij 22 klassen van onze school.",
        "Expected is what pupils of our school grew who began as high and did not take part. "
        "What may befall a whole class in half a year counts as chance: about 2 points, "
        "seen in 22 classes of our school.",
    ),
    (
        "Z33",
        RestsOn("norms", 1.5, "dle", 1, 0),
        "Verwacht is wat leerlingen in Nederland groeien die even hoog begonnen. "
        "Wat een hele klas in een half jaar kan overkomen telt als toeval: ongeveer 1,5 DLE, een vaste waarde.",
        "Expected is what pupils in the Netherlands grow who began as high. "
        "What may befall a whole class in half a year counts as chance: about 1.5 DLE, a fixed value.",
    ),
    (
        "Z34",
        CanSee(24, (2.0, 4.0, 6.0), (3, 7, 10), 4.4, "score", 0),
        "Hiermee zien we een verschil van 2 punten in drie van de tien keer, van 4 punten in zeven, "
        "van 6 punten bijna altijd. Vanaf 4 punten zien we het meestal.",
        "With this we see a difference of 2 points three times in ten, of 4 points seven, "
        "of 6 points nearly always. From 4 points on we usually see it.",
    ),
    (
        "Z34",
        CanSee(12, None, (0, 4, 7), None, None, 0),
        "Met twaalf leerlingen zien we een klein effect bijna nooit, een middelgroot in vier van de tien keer, "
        "een groot in zeven.",
        "With twelve pupils we see a small effect hardly ever, a medium one four times in ten, a large one seven.",
    ),
    (
        "Z35",
        BelowInARow(Topic("rekenen"), (When("2025-2026", "E"), When("2026-2027", "M"))),
        "Rekenen: twee metingen op rij onder de eigen lijn (eind 2025-2026 en midden 2026-2027). "
        "We kijken wat er in ons aanbod anders kan.",
        "Arithmetic: two measurements in a row below the pupil's own line (end of 2025-2026 and middle of 2026-2027). "
        "We look at what we can offer differently.",
    ),
    (
        "Z36",
        BackOnLine(Topic("spelling"), 3),
        "Spelling: weer op of boven de eigen lijn, na drie metingen eronder.",
        "Spelling: on or above the pupil's own line again, after three below it.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "dutch", "english"), [e[1:] for e in EXAMPLES], ids=[f"{e[0]}-{type(e[1]).__name__}" for e in EXAMPLES]
)
def test_one_fact_is_told_in_dutch_and_in_english(fact: Fact, dutch: str, english: str) -> None:
    assert texts(fact) == (dutch, english)
    assert short(dutch)
    assert short(english)


def test_every_kind_of_fact_can_be_said_in_both_languages_and_has_an_example() -> None:
    kinds = set(get_args(facts.Fact))
    assert set(nl.SAY) == set(en.SAY) == kinds == {type(e[1]) for e in EXAMPLES}


@pytest.mark.parametrize("fact", [e[1] for e in EXAMPLES], ids=lambda f: type(f).__name__)
def test_both_languages_have_the_same_variants(fact: Fact) -> None:
    kind = type(fact)
    assert [len(v) for v in nl.SAY[kind](fact)] == [len(v) for v in en.SAY[kind](fact)]


@pytest.mark.parametrize(
    ("of", "dutch", "english"),
    [
        (Limit("score", 95.5), "vaardigheidsscore 95,5 of hoger", "ability score 95.5 or higher"),
        (Limit("reference", "1F"), "1F", "1F"),
        (Limit("dle", None), "de eigen lijn", "their own line"),
    ],
)
def test_thresholds_are_told_in_both_languages(of: Limit, dutch: str, english: str) -> None:
    assert (nl.words.limit(of), en.words.limit(of)) == (dutch, english)


def test_the_fullest_variant_that_fits_is_told() -> None:
    long = "een " * 26 + "zin."
    assert fitting([[long], ["kort."], ["korter."]], str.capitalize) == (1, "Kort.")
    assert fitting([[long], [long + " twee."]], str.capitalize)[0] == 1
