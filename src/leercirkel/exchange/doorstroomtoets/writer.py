"""Writing pupil results of the doorstroomtoets, as a test system would deliver them: a list of messages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, Final

from leercirkel.core.calendar import school_year_label
from leercirkel.exchange.doorstroomtoets.reader import INSTRUMENTS, PROFILE, SUBJECTS, WINTER, PupilResult, read

_KINDS: Final = {name: kind for kind, name in INSTRUMENTS.items()}
_UNITS: Final = {subject: unit for unit, subject in SUBJECTS.items()}
_LANGUAGE: Final = ("LEZEN", "TAALVERZORGING")


def write(results: Sequence[PupilResult], *, author: str) -> bytes:
    """The messages of these results as UTF-8 JSON, one list; reading it back gives the same results, numbered from 1.

    Raises ValueError when a message cannot carry a result: no date, no school year, no key.
    """
    messages = [_message(result, number, author) for number, result in enumerate(results, 1)]
    data = (json.dumps(messages, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")
    back, problems = read(data, "doorstroomtoets.json")
    wrong = next((p for p in problems if p.severity == "error"), None)
    if wrong is not None:
        raise ValueError(f"the doorstroomtoets cannot carry these results: {wrong.code} at {wrong.field}")
    if back is None or [_bare(r) for r in back.results] != [_bare(r) for r in results]:
        raise ValueError("the doorstroomtoets cannot carry these results unchanged")
    return data


def _bare(result: PupilResult) -> tuple[Any, ...]:
    return (result.las_key, result.eck_id, result.school_year, result.made_at, result.taken_on, result.instrument,
            result.subjects, result.advice)  # fmt: skip


def _message(result: PupilResult, number: int, author: str) -> dict[str, Any]:
    kind = _KINDS.get(result.instrument, result.instrument)
    references = [("LAS-key", result.las_key), ("ECK-iD", result.eck_id)]
    made_at = {} if result.made_at is None else {"datumtijd": result.made_at.isoformat().replace("+00:00", "Z")}
    day = "" if result.taken_on is None else datetime.combine(result.taken_on, time(), WINTER).isoformat()
    scores, outcomes = _values(result)
    return {
        **made_at,
        "auteur": author,
        "versie": "Doorstroomtoetsketen_v1.1",
        "profiel": PROFILE,
        "schooljaar": "" if result.school_year is None else school_year_label(result.school_year),
        "resultatenscores": {
            "id": f"rs-{number}",
            "deelnemerref": [{"label": label, "onderwijsdeelnemerID": key} for label, key in references if key],
            "versie": "Definitief",
            "toetsdefinitie": kind,
            "afnamecontext": {"afname": {"id": f"afname-{number}", "afnametijdstip": day}},
            **({"scores": {"id": f"sc-{number}", "scores": scores}} if scores else {}),
            "resultaten": {"resultaten": outcomes},
        },
        "toets": _test(kind, result.instrument),
    }


def _values(result: PupilResult) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    scores: list[dict[str, str]] = []
    outcomes = [] if result.advice is None else [{"label": "Toetsadvies", "waarde": result.advice}]
    for subject, values in result.subjects.items():
        unit = {"toetseenheid": _UNITS[subject]}
        for label, name in (("Referentieniveau", "reference_level"), ("Percentielscore", "percentile")):
            if name in values:
                outcomes.append({"label": label, **unit, "waarde": values[name]})
        if "score" in values:
            scores.append({"label": "Toetsscore", "id": f"s-{len(scores) + 1}", **unit, "waarde": values["score"]})
    return scores, outcomes


def _test(kind: str, name: str) -> dict[str, Any]:
    language = [{"label": "Domein", "id": domain} for domain in _LANGUAGE]
    parts = [{"label": "Onderdeel", "id": "NEDERLANDSE_TAAL", "toetsonderdelen": language},
             {"label": "Onderdeel", "id": "REKENEN"}]  # fmt: skip
    return {"label": "Doorstroomtoets", "id": kind, "naam": name, "toetsonderdelen": parts}
