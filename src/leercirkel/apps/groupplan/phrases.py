"""The phrases that a school starts with; from its first change on its own list holds.

Invented here, in the words of a teacher; short enough for a button.
"""

from __future__ import annotations

from leercirkel.apps.groupplan.models import Phrase

KINDS = Phrase.Kind
LONGEST = 120
"""So many characters a phrase or note may have."""

START: dict[str, tuple[str, ...]] = {
    KINDS.HELPING: (
        "is trots op eigen werk",
        "helpt graag een ander",
        "vraagt door als iets boeit",
        "werkt graag samen",
        "onthoudt goed met plaatjes",
        "houdt vol als het moeilijk is",
        "laat zich graag helpen",
        "heeft een maatje in de groep",
        "thuis wordt veel voorgelezen",
        "komt met plezier naar school",
    ),
    KINDS.HINDERING: (
        "raakt de draad kwijt bij lange opdrachten",
        "geluid in de klas kost energie",
        "kent nog weinig woorden",
        "leest nog niet vlot",
        "komt moeilijk op gang",
        "trekt zich terug na een fout",
        "werkt te snel",
        "is vaak moe",
        "miste veel lessen",
        "heeft thuis geen rustige plek",
    ),
    KINDS.NEED: (
        "vooraf uitleg in een klein groepje",
        "eerst voordoen, dan samen",
        "stappenkaart op tafel",
        "vaste plek vooraan",
        "tijd zichtbaar op een klok",
        "minder opgaven, zelfde doel",
        "tekst laten voorlezen",
        "woorden vooraf met plaatjes",
        "meteen zien of het goed is",
        "afgesproken teken om hulp",
        "even bewegen tussendoor",
        "werken met een maatje",
    ),
    KINDS.NOTE: (
        "werkte goed door",
        "deed actief mee",
        "hielp een ander",
        "lukte zonder hulp",
        "lukte met hulp",
        "begreep de uitleg nog niet",
        "vroeg zelf om hulp",
        "kwam niet op gang",
        "was afgeleid",
        "was moe of verdrietig",
        "extra uitleg gegeven",
        "had meer uitdaging nodig",
    ),
}
