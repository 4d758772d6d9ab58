"""What the people of the invented board wrote in their rounds and plans. All of it is made up."""

from __future__ import annotations

from typing import Final

HELPING: Final = (
    "is trots op afgemaakt werk", "helpt graag anderen", "weet veel van dieren", "vraagt door bij techniek",
    "heeft een vaste vriend in de groep", "ouders lezen elke avond voor", "komt graag naar school",
    "onthoudt goed met plaatjes", "accepteert hulp van bekende volwassenen", "houdt vol in de gymzaal",
)  # fmt: skip
HINDERING: Final = (
    "raakt de draad kwijt bij opdrachten van meer dan twee stappen", "veel geluid kost energie",
    "kleine Nederlandse woordenschat", "leest nog niet vlot, waardoor rekenverhalen lang duren",
    "wisselende thuissituatie", "vaak ziek geweest in groep 4", "begint niet zonder startmoment",
    "trekt zich terug na een fout", "slaapt weinig",
)  # fmt: skip
NEEDS: Final = (
    "voorinstructie in een klein groepje", "stappenkaart", "eerst voordoen, dan samen", "vaste plek vooraan",
    "time-timer", "kortere opdracht, zelfde doel", "tekst laten voorlezen", "woorden vooraf met plaatjes",
    "direct zien of het goed is", "afgesproken hulpteken", "beweegmoment na twintig minuten",
    "werken met een maatje",
)  # fmt: skip
NOTES: Final = (
    "werkte goed door", "lukte met hulp", "begreep de uitleg nog niet", "vroeg zelf om hulp", "kwam niet op gang",
    "was afgeleid", "hielp een ander", "extra uitleg gegeven", "las hardop in het kleine groepje", "was moe",
    "af zonder hulp, wil meer", "samen de stappenkaart gebruikt", "klok op hele uren gaat nu goed",
    "sprong over de tien lukt met blokjes", "snapte de tekst na voorlezen", "begon uit zichzelf",
)  # fmt: skip

EXPLAINED: Final = (
    *("instruction_short",) * 5, *("feedback_short",) * 4, *("automation_short",) * 7, *("content_unfinished",) * 5,
    *("teacher_change",) * 2, "",
)  # fmt: skip
"""Codes of core.explanations as often as they were chosen; the empty one is in own words."""
OWN_EXPLANATION: Final = "samenstelling van de groep: vijf nieuwe leerlingen in één half jaar"
SUPPORTS: Final = (
    "in de lesbezoeken van november begon de verwerking vaak na tien minuten uitleg",
    "de bloktoetsen laten hetzelfde zien",
    "",
)
REFUTES: Final = ("als het bij de bloktoets van april nog zo is, ligt het ergens anders aan", "")
ASIDE: Final = ("we wachten de volgende meting af", "dit pakt het leerteam op", "hier speelt de nieuwe toets mee")
REWORDED: Final = (
    "Dit herkennen we uit de les: het begrip is er, het tempo nog niet.",
    "Klopt met ons beeld. Vooral de leerlingen die later kwamen halen dit nog niet.",
    "In de weektaken zien we het ook; de bloktoetsen gingen beter.",
)
OWN_FINDING: Final = "Bij de overgang naar zelfstandig werken gaat veel tijd verloren, in bijna alle groepen."
OWN_OF_SUBJECT: Final = {
    "technisch_lezen": ("Bij technisch lezen lezen de meeste leerlingen alleen stil; hardop lezen we te weinig.",
                        "practice_short"),
    "spelling": ("Bij spelling beklijft het niet: goed in het dictee, fout in de eigen tekst.", "feedback_short"),
    "begrijpend_lezen": ("Bij begrijpend lezen haken steeds dezelfde leerlingen af bij lange teksten.",
                         "material_short"),
    "rekenen": ("Bij rekenen kost tellen op de vingers nog te veel tijd.", "automation_short"),
}  # fmt: skip
"""Subject → what a team saw itself, and how it explains that."""

TEXTS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "rekenen": {
        "content": (
            "Getalbegrip en bewerkingen tot 100, tafels van 2, 5 en 10, klok en geld. Elke vrijdag herhaling.",
            "blok 5 t/m 8 van de methode; eerst sprong over tiental, dan pas onder elkaar",
            "We volgen de leerlijn per groepje en sluiten elke week af met drie opgaven van het doel. Wie het doel al "
            "haalt, maakt de verrijking en legt aan een ander uit hoe het gaat.",
        ),
        "approach": (
            "Voordoen, samen doen, zelf doen. Na vijf minuten kijken wie verder kan.",
            "modelen met rekenrek en getallenlijn; fouten meteen bespreken",
        ),
        "time": ("vijf keer een uur, waarvan tien minuten automatiseren", "5 x 60 min"),
        "organisation": ("Twee instructies, daarna rondes. De assistent is er op maandag en donderdag.",
                         "instructietafel voor intensief, rest weektaak"),
    },
    "technisch lezen": {
        "content": ("Vlot en nauwkeurig lezen op eigen niveau, elke week een nieuwe leestekst.",
                    "woorden met twee lettergrepen, daarna korte verhalen"),
        "approach": ("Voor, samen en zelf; elke dag hardop in een klein groepje.", "racelezen en duolezen"),
        "time": ("vier keer 45 minuten, en elke dag een kwartier stil lezen", "4 x 45 min + 15 min per dag"),
        "organisation": ("Over de groepen heen, met vier leerkrachten tegelijk.", "duo's die elke vier weken wisselen"),
    },
    "spelling": {
        "content": ("Per twee weken vier categorieën, met een dictee aan het eind.", "cat. 9 t/m 14, herhalen op ma"),
        "approach": ("Hardop verwoorden van de regel, daarna op papier.", "regelkaart erbij, meteen nakijken"),
        "time": ("vier keer een half uur", "4 x 30 min"),
        "organisation": ("Klassikale start van tien minuten, daarna in niveaus.", "bordsessie, wisbordjes"),
    },
    "begrijpend lezen en taal": {
        "content": ("Eén strategie per drie weken, en elke week tien woorden uit de tekst.",
                    "voorspellen, samenvatten, vragen stellen; woorden van de week"),
        "approach": ("Hardop denken bij de tekst, daarna in tweetallen.", "moeilijke woorden vooraf, met plaatjes"),
        "time": ("twee keer een uur en elke dag voorlezen", "2 x 60 min"),
        "organisation": ("Wie nog niet vlot leest, luistert de tekst eerst.", "kleine kring aan de instructietafel"),
    },
}  # fmt: skip
"""Name of an area → part of a plan → how different teachers put it: some in key words, some in long sentences."""
OBSERVED: Final = {
    "content": ("Spel met hoeveelheden, rijmen en vertellen rond een thema van drie weken.",
                "themahoek, voorleesboek, tellen tot 20"),
    "organisation": ("Kleine kring van vijf kinderen, elke dag een andere.", "keuzebord, kleine kring"),
}  # fmt: skip
MASTERY: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "rekenen": (("de tafels van 2, 5 en 10 uit het hoofd", "80% goed op de bloktoets"),
                ("optellen over het tiental heen", "acht van de tien sommen op het wisbord")),
    "technisch lezen": (("een tekst van hun eigen niveau vlot voorlezen", "hoogstens drie fouten per bladzijde"),),
    "spelling": (("de woorden van de vier categorieën goed schrijven", "90% goed in het dictee"),),
    "begrijpend lezen en taal": (("in eigen woorden vertellen waar een tekst over gaat", "het gesprek na de tekst"),),
}  # fmt: skip
"""Name of an area → what they can, and how that is seen (without the words around them)."""
DIFFERENT: Final = "Elke dag vijf minuten automatiseren aan het begin van de les."
