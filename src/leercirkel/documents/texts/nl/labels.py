"""The fixed texts of the pages in Dutch: titles, heads of tables, the key."""

from __future__ import annotations

LABELS: dict[str, str] = {
    # every page; {page} and {pages} are numbers
    "page": "blz. {page} van {pages}",
    # the first page; {links} are page numbers
    "report": "Resultaten in beeld",
    "answers": "Wat zien we?",
    "no_answers": "Er is in deze ronde nog te weinig om in een zin te zeggen. De cijfers staan in de tabellen hierna.",
    "why": "Waaraan zien we dat?",
    "where": "(blz.\u00a0{links})",
    "and": "en",
    "guide": "Zo lees je een vakje.",
    "guide_text": "Negen van de veertien leerlingen haalden het doel; elf waren er nodig. De stip is deze keer, de "
    "streep is onze norm. De balk laat zien waar de uitslag ook had kunnen uitkomen met even goed onderwijs: ligt de "
    "streep in de balk, dan kan het verschil toeval zijn.",
    "contents": "In dit rapport",
    # the overview
    "overview": "Overzicht van de groepen",
    "overview_text": "Per groep en toets: hoeveel leerlingen ons doel haalden, en hoe zeker we zijn van het verschil "
    "met onze norm.",
    "group": "Groep",
    "key_bold": "vet",
    "key_bold_text": "= doel gehaald · doel = zoveel leerlingen zijn nodig",
    # trends
    "trends": "Trends per vak",
    # groups
    "groups": "Per groep",
    "groups_text": "Waarschijnlijk tussen: in leerlingen, vanaf 20 leerlingen in procenten.",
    "head_test": "Vak en toets",
    "head_goal": "Doel",
    "head_reached": "Gehaald",
    "head_our_goal": "Ons doel",
    "head_between": "Waarschijnlijk tussen",
    "head_verdict": "Oordeel",
    "head_mean": "Gemiddelde, niveaus",
    "difference": "Waar komt het verschil vandaan?",
    "growth": "Groei en leerrendement",
    "head_pupil": "Leerling",
    "subjects_differ": "Groot verschil tussen vakken",
    # advices, method tests and observations
    "advices": "Toetsadviezen van groep 8",
    "advices_text": "Aantal leerlingen per advies van de doorstroomtoets. Het schooladvies staat niet in de bestanden "
    "van dit rapport: beide zijn hier niet vergeleken. Is het toetsadvies hoger, dan stelt de school het schooladvies "
    "naar boven bij, tenzij dat niet in het belang van de leerling is.",
    "advices_total": "Met een toetsadvies",
    "head_advice": "Toetsadvies",
    "method_tests": "Methodetoetsen",
    "head_block": "Blok",
    "head_date": "Datum",
    "head_insufficient": "Onvoldoende",
    "head_sufficient": "Voldoende",
    "head_good": "Goed",
    "observations": "Observaties van de jongste leerlingen",
    "observations_text": "Aantal leerlingen per fase, in de woorden van de lijst. Niet geobserveerd is geen gemiste "
    "toets.",
    "head_domain": "Domein",
    "head_observed": "Geobserveerd",
    "head_not_observed": "Niet geobserveerd",
    # interventions and agreements
    "interventions": "Wat leverden onze aanpakken op?",
    "interventions_text": "Groei van wie meededen, naast de groei die we zonder de aanpak verwachtten bij wie op "
    "hetzelfde niveau begon. “Kan toeval zijn” betekent niet dat een aanpak niet werkt: met een paar groepen zien we "
    "alleen grote verschillen.",
    "head_intervention": "Aanpak",
    "head_pupils": "Leerlingen",
    "head_given": "Uitgevoerd",
    "head_measured": "Gemeten",
    "head_growth": "Groei",
    "head_expected": "Verwacht",
    "head_difference": "Verschil, waarschijnlijk tussen",
    "agreements": "Wat spraken we eerder af?",
    "head_after": "Na de ronde",
    "head_agreement": "Afspraak",
    "head_about": "Vak of groep",
    "head_done": "Gedaan",
    # how it was made
    "method": "Zo is gerekend",
    "standards": "Onze normen",
    "head_subject": "Vak",
    "head_instrument": "Toets",
    "head_moment": "Moment",
    "head_whom": "Voor wie",
    "head_standard": "Norm",
    "files": "Gebruikte bestanden",
    # only on the HTML page; {links} are names of places
    "skip": "Naar de inhoud",
    "made_with": "gemaakt met Leercirkel",
    "see": "Zie {links}.",
    "to_overview": "overzicht",
    "to_interventions": "aanpakken",
    "table": "Tabel",
    "chart": "Grafiek",
    "caption_interventions": "Aanpakken en wat ze brachten",
    "caption_agreements": "Eerdere afspraken",
    "caption_standards": "De eigen normen, zoals ze zijn toegepast",
    "long_word": "Waarschijnlijk",
    "long_word_broken": "Waarschijn\u00adlijk",
}
