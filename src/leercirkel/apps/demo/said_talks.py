"""What was said and decided in talks, evaluations and agreements of the invented board: some write in key words, others
in sentences. All of it is made up."""

from __future__ import annotations

from typing import Final

DECIDED: Final[dict[str, tuple[str, ...]]] = {
    "rekenen": (
        "Elke dag vijf minuten automatiseren, op een vaste tijd voor de pauze",
        "Bij de instructie eerst het rekenrek, dan pas de som op papier",
        "De toets van blok 4 samen nakijken en de groepjes opnieuw indelen",
        "Klokkijken elke ochtend bij het dagritme, tot de herfstvakantie",
        "Wie sprongen van tien nog telt, krijgt drie keer per week voorinstructie",
        "Redactiesommen: eerst samen tekenen wat er gebeurt",
        "Tafels van 6, 7 en 8 terug in het weekrooster, tien minuten per dag",
        "Een collega kijkt mee bij de instructie in kleine stappen",
    ),
    "technisch_lezen": (
        "Elke dag een kwartier hardop lezen in tweetallen",
        "Voortgezet lezen starten met twee groepjes, vier keer per week",
        "Boeken op niveau ruilen met de groep hierboven, elke maand",
        "AVI-toets afnemen bij wie in juni geen nieuw niveau haalde",
        "Wie E3 nog niet haalt, leest elke dag met de assistent",
        "Racelezen drie keer per week, met een grafiekje per tweetal",
        "Voorleesmoment na de pauze blijft, ook in toetsweken",
    ),
    "spelling": (
        "Dictee op vrijdag meteen samen nakijken, fouten verwoorden",
        "De regelkaart ligt op elke tafel, ook bij het schrijven van een verhaal",
        "Vier weken lang elke maandag de categorieën van vorig jaar",
        "Werkwoordspelling: elke dag drie zinnen op het wisbord",
        "Spellen met een app als extra, niet in plaats van de les",
        "Bij een eigen tekst kiest een leerling zelf twee woorden om na te kijken",
    ),
    "begrijpend_lezen": (
        "Teksten bij wereldoriëntatie gebruiken we ook voor begrijpend lezen",
        "Moeilijke woorden vooraf, met plaatjes, bij elke tekst",
        "Eén strategie per drie weken, en die ook in andere vakken noemen",
        "Wie nog niet vlot leest, luistert de tekst eerst",
        "Na elke tekst een gesprek van tien minuten in kleine kring",
        "Het leerteam kiest vier lange teksten voor dit half jaar",
    ),
    "woordenschat": (
        "Woorden van de week op de muur, en elke vrijdag een quiz",
        "Twee keer per dag voorlezen, met drie woorden die we laten terugkomen",
        "Themahoek om de drie weken wisselen, met woordkaarten",
        "Ouders krijgen de woorden van het thema mee naar huis",
    ),
    "": (
        "Lessen beginnen op tijd: materiaal ligt klaar voor de bel",
        "Tijdens zelfstandig werken loopt de leerkracht een vaste ronde",
        "Na de herfstvakantie kijken we of de indeling nog klopt",
        "De overdracht naar de duo-partner gaat via het groepsoverzicht",
        "Voor leerlingen die meer aankunnen één rijke opdracht per week",
        "De weektaak gaat van twaalf naar acht opdrachten",
        "Startmoment om half negen voor wie moeilijk begint",
        "In de kleine kring elke dag vijf andere kinderen",
    ),
}  # fmt: skip
"""Subject → what a group talk about it decided."""

TALKED: Final = (
    "Fijne start van het jaar. De groep werkt rustig, de overgang naar zelfstandig werken kost nog tijd. We kiezen "
    "één ding en doen dat goed.",
    "Uitslagen samen bekeken. Herkenbaar beeld. Het begrip is er, het tempo blijft achter. Vooral bij wie in het "
    "voorjaar is gekomen.",
    "beeld klopt met de blokken. vorig jaar veel wisselingen, nu vast duo. eerst rust en routine, dan meer groepjes",
    "De leerkracht ziet meer dan de toets laat zien: bij mondelinge vragen gaat het goed. Afgesproken om dat in de "
    "methodetoets te volgen.",
    "Lang gesproken over de twee groepjes die veel instructie vragen. Samenvoegen kan op dinsdag en donderdag, dan is "
    "de assistent er.",
    "Trots op wat de groep bij lezen heeft laten zien. Dat houden we vast. Voor het andere vak nemen we dezelfde "
    "aanpak over: voordoen, samen, zelf.",
    "kort overleg. geen verrassingen. afspraken van juni lopen door, zie onder",
    "We twijfelen of de instructie te lang is. Een collega komt kijken, daarna beslissen we over de groepjes.",
    "De spullen voor het automatiseren zijn er nu. Vorig jaar begonnen we te laat; deze keer vanaf week 37.",
    "Veel kinderen met weinig Nederlandse woorden. We kijken eerst naar het aanbod: lezen we genoeg voor, en komen "
    "de woorden terug?",
    "Groot verschil in tempo. De snelle leerlingen wachten te vaak op de rest. Verrijking komt op de weektaak.",
    "Goed gesprek over verwachtingen. We leggen het doel hoger dan het voorstel en kijken in november of dat past.",
)
"""What was noted in group talks, each by another hand."""

SCHOOL_DECIDED: Final = (
    ("De regiegroep rekenen beschrijft hoe we automatiseren, van groep 3 tot en met 8", 30),
    ("Ieder leerteam bekijkt voor de kerst twee lessen bij elkaar", 80),
    ("De assistenten krijgen een vast rooster voor de kleine groepjes", 14),
    ("In maart laten we zien wat de aanpakken hebben opgeleverd, ook wat niet werkte", 168),
    ("We bespreken met het team hoe we toetsen bij wie pas is gestart", 190),
)
"""What the school analysis decided, and after how many days it is to be done."""
SCHOOL_TALKED: Final = (
    "Rekenen blijft het vak waar we de meeste winst kunnen halen. Bij lezen gaan we door met wat werkt. Niet te veel "
    "tegelijk: twee aanpakken voor de hele school, de rest per groep."
)
SCHOOL_NOW: Final = {
    "Voortgezet lezen: voor, samen en zelf": "Het voortgezet lezen houden we vast, met een derde groepje erbij.",
    "Rekenen: elke dag automatiseren": "Het automatiseren is bijna niet gegeven. Dat ligt niet aan de aanpak maar aan "
    "het rooster; eerst regelen, dan pas beoordelen.",
    "Spelling met een app": "De spelling-app laat niet meer zien dan toeval. We stoppen er niet mee, maar koppelen hem "
    "aan het dictee.",
    "Extra leeshulp voor de laagste scoorders": "De leerlingen met extra leeshulp gingen vooruit, maar niet meer dan "
    "we ook zonder verwachtten. We kijken wat er in die tijd gebeurt.",
    "Nieuwe rekenmethode als proef": "De proef met de nieuwe rekenmethode begon moeizaam en haalt nu in.",
}  # fmt: skip
"""What was done → what the school analysis of the running round says of it."""
SCHOOL_DECIDED_NOW: Final = (
    ("De tijd voor de aanpakken staat voortaan op het rooster, in alle groepen op hetzelfde uur", 13),
    ("Elk leerteam kiest één aanpak om mee door te gaan, en één om mee te stoppen", 20),
)

QUESTIONS: Final = (
    "Ik krijg de instructie niet kort genoeg. Hoe houd ik de snelle leerlingen bij de les zonder de rest te verliezen?",
    "Wil graag dat iemand meekijkt hoe ik de kleine groepjes organiseer. Nu ben ik vooral aan het rennen.",
    "Hoe geef ik meteen feedback als er 28 schriften liggen?",
    "hulp bij het plan voor lezen, twee leerjaren in één groep",
    "Ik wil leren rekenen meer met materiaal te doen. Ik grijp te snel naar het boek.",
    "Hoe krijgen we als duo de overdracht korter en beter?",
    "Mijn groep wordt na de pauze maar langzaam rustig. Wat doen anderen?",
    "Ik zou graag eens zien hoe het leesonderwijs hiernaast gaat.",
)
COACHED: Final = (
    ("De instructie duurt hooguit twaalf minuten, en daarna kan iedereen aan het werk.", ("coaching", "visit")),
    ("Bij elke rekenles zien de leerlingen meteen of hun som goed is.", ("co_teaching", "coaching")),
    ("Vaste looproute en een hulpteken, zodat de kleine kring niet wordt onderbroken.", ("coaching",)),
)
"""Goal and forms of coaching."""
IN_THE_PLAN: Final = (
    ("Samen met de collega van de andere groep het plan voor lezen maken.", ("plan_help",)),
    ("Op dinsdag en donderdag een tweede paar handen bij de instructietafel.", ("extra_hands",)),
    ("Intervisie over automatiseren, drie keer in een half jaar.", ("peer_group",)),
)
"""Goal and forms of what stands in a group's plan."""
APPRAISED: Final = ("Ontwikkeldoel: hogere verwachtingen zichtbaar maken in de les.", ("head",))
VISITED: Final = (
    "Rustige start, doel op het bord. Controle of iedereen het snapt kan nog een keer vaker.",
    "korte instructie (11 min). feedback tijdens de ronde, mooi om te zien",
    "Nu ook een terugblik aan het begin. De overgang naar het werken gaat veel vlotter.",
    "De wisbordjes werken. Nog even letten op wie niets opschrijft.",
)

INTERIM: Final = (
    "Groepje intensief gaat goed vooruit. Verder zoals gepland.",
    "loopt. een week achter door ziekte, halen we in na de vakantie",
    "We hebben de instructie korter gemaakt; sindsdien meer tijd om te oefenen.",
    "",
    "Twee leerlingen kunnen naar basis, dat passen we in het plan aan.",
    "Het materiaal kwam pas in oktober. De eerste weken telden dus niet echt mee.",
    "De tijd op het rooster is niet altijd gehaald: drie keer een studiedag op dezelfde dag.",
    "",
    "Samen met de andere groep lesgeven bevalt. Houden we zo.",
    "doelen op de bloktoets bijna gehaald, volgende week nog een keer herhalen",
)
FINAL: Final = (
    "De aanpak werkt, we gaan ermee door. Meer aandacht voor wie net onder het doel zit.",
    "doel net niet. meer herhaling inplannen op vrijdag",
    "Wat hielp: elke dag kort, altijd op hetzelfde moment.",
    "",
    "Voor het groepje intensief was het te veel tegelijk. Volgend plan: minder doelen, meer tijd.",
    "Mooi resultaat, en de leerlingen weten het zelf ook. Doel mag hoger.",
    "Door wisseling in januari is het laatste blok niet af. Dat komt terug in het nieuwe plan.",
    "We zien het meer in het dagelijks werk dan in de toets. Bij het volgende plan volgen we de bloktoetsen.",
    "",
    "Het samen lezen blijft. De stille leestijd gebruiken we voortaan voor de kleine kring.",
)
"""What teachers wrote when they looked back; often nothing, since the figures say enough."""

LOOKED: Final = {
    "Voortgezet lezen: voor, samen en zelf": "Loopt in beide groepjes; hardop lezen gaat elke week vlotter.",
    "Spelling met een app": "Ze werken graag met de app. In het dictee zien we het nog niet terug.",
    "Extra leeshulp voor de laagste scoorders": "Twee keer uitgevallen, verder elke week gegeven.",
}  # fmt: skip
"""What was done → what was seen halfway; of others nobody wrote it down."""
JUDGED: Final[dict[str, tuple[str, str]]] = {
    "technisch_lezen": ("continue", "De groepjes groeiden meer dan verwacht, en leerlingen vragen er zelf om."),
    "spelling": ("adapt", "De app alleen is niet genoeg. We koppelen hem aan het dictee van vrijdag."),
    "begrijpend_lezen": (
        "adapt",
        "Of het door de hulp komt, weten we niet. We gaan door in kleinere groepjes.",
    ),
}
"""Subject → what the team decided about what it had done, and why."""
MEASURES: Final = {
    "Extra leeshulp voor de laagste scoorders": "individual_help",
    "Voortgezet lezen: voor, samen en zelf": "regrouping",
}
"""What was done → what it is of the list of the field (core.support.SCHOOL_MEASURES)."""
TRAINED: Final = ("Scholing: korte instructie, veel oefenen", "In elke les is de helft van de tijd om te oefenen.")
"""Name and goal of what the whole team did."""
ALSO_BEGUN: Final = (
    "Woorden van de week: elke dag terug laten komen", "Leerlingen gebruiken de woorden in hun eigen tekst.",
)  # fmt: skip
BEGUN_NOW: Final = {
    "rekenen": ("Automatiseren op een vast moment, vijf minuten per dag", "Sommen tot 20 zonder tellen."),
    "begrijpend_lezen": ("Lange teksten in stukken, met een gesprek tussendoor",
                         "Wie afhaakte, vertelt na elk stuk waar het over ging."),
    "technisch_lezen": ("Elke dag tien minuten lezen in tweetallen", "Iedereen leest elke dag hardop."),
    "spelling": ("Dictee meteen bespreken", "Fouten in de eigen tekst zelf vinden."),
}  # fmt: skip
"""Subject → name and goal of what was begun in the running round."""
