"""Messages of the doorstroomtoets by hand; changes are given by path."""

from __future__ import annotations

import copy
import json
from typing import Any

MESSAGE: dict[str, Any] = {
    "datumtijd": "2026-03-10T09:00:00Z",
    "auteur": "Verzonnen toetssysteem",
    "versie": "Doorstroomtoetsketen_v1.1",
    "profiel": "Leerlingtoetsresultaat",
    "schooljaar": "2025-2026",
    "resultatenscores": {
        "id": "rs-1",
        "deelnemerref": [{"label": "LAS-key", "onderwijsdeelnemerID": "101"}],
        "versie": "Definitief",
        "toetsdefinitie": "DIA",
        "afnamecontext": {"afname": {"id": "a-1", "afnametijdstip": "2026-02-03T08:30:00Z"}},
        "scores": {
            "id": "sc-1",
            "scores": [
                {"label": "Toetsscore", "id": "s-1", "waarde": "365"},
                {"label": "Toetsscore", "id": "s-2", "toetseenheid": "REKENEN", "waarde": "71.5"},
                {"label": "Aantal goed", "id": "s-3", "toetseenheid": "REKENEN", "waarde": "28"},
            ],
        },
        "resultaten": {
            "resultaten": [
                {"label": "Toetsadvies", "waarde": "havo"},
                {"label": "Referentieniveau", "toetseenheid": "REKENEN", "waarde": "1S"},
                {"label": "Referentieniveau", "toetseenheid": "LEZEN", "waarde": "2F"},
                {"label": "Referentieniveau", "toetseenheid": "TAALVERZORGING", "waarde": "<1F"},
                {"label": "Percentielscore", "toetseenheid": "LEZEN", "waarde": "64"},
            ]
        },
    },
    "toets": {"label": "Doorstroomtoets", "id": "DIA", "naam": "Dia-doorstroomtoets 2026"},
}
REMOVED = object()


def message(changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """A good message with values replaced or REMOVED: {"toets.naam": "x"}; numbers are places in a list."""
    made = copy.deepcopy(MESSAGE)
    for path, value in (changes or {}).items():
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        node: Any = made
        for step in steps:
            node = node[step]
        if value is REMOVED:
            del node[last]
        else:
            node[last] = value
    return made


def of(*messages: object) -> bytes:
    """One message as an object, more as a list."""
    return json.dumps(messages[0] if len(messages) == 1 else messages).encode()


PUPIL = "resultatenscores.deelnemerref"


def about(key: str, eck_id: str | None = None, **changes: Any) -> dict[str, Any]:
    """A message about this pupil."""
    references = [("LAS-key", key)] if key else []
    references += [("ECK-iD", eck_id)] if eck_id else []
    made = message({PUPIL: [{"label": label, "onderwijsdeelnemerID": value} for label, value in references]})
    return made | changes
