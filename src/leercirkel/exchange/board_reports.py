"""Earlier reports for the board, as JSON, so that a new one does not give away what changed. See
`docs/domein/privacy.md`."""

from __future__ import annotations

from leercirkel.analysis.disclosure.earlier import Published
from leercirkel.exchange import safe_json
from leercirkel.exchange.built import Unfit, built
from leercirkel.exchange.problems import Problem

SCHEMA = "leercirkel/report/1"

_ANY_VERSION = "leercirkel/report/"

_MOST_SHOWN = 40
"""So many characters of a file's own words are told again."""

_ADVICE = "Geef de JSON die `leercirkel report --for board --out …json` eerder maakte, ongewijzigd."


def read(data: bytes, name: str, school: str | None = None) -> tuple[Published | None, list[Problem]]:
    """What an earlier report told, or None with why it cannot be used. Never raises.

    `school`: the code of the school that the new report is about; a report of another school is an error.
    """
    value, problem = safe_json.parse(data, name)
    if problem is not None:
        return None, [problem]
    form = value.get("schema") if isinstance(value, dict) else None
    if isinstance(form, str) and form != SCHEMA and form.startswith(_ANY_VERSION):
        message = f"Dit rapport heeft een andere vorm ({form[:_MOST_SHOWN]}); dit programma leest {SCHEMA}."
        advice = "Maak het rapport van toen opnieuw met dit programma, en geef dat."
        return None, [Problem("error", name, "report-other-version", message, advice)]
    if not isinstance(value, dict) or form != SCHEMA:
        return None, [_problem(name, "report-not-recognised", "Dit is geen rapport als JSON.")]
    if value.get("audience") != "board":
        return None, [_problem(name, "report-not-for-board", "Dit rapport is niet gemaakt voor het bestuur.")]
    try:
        told: Published = built(Published, value, partly=True)
    except Unfit as fault:
        message = f"Dit rapport is niet volledig of gewijzigd, bij “{fault}”."
        return None, [_problem(name, "report-damaged", message)]
    if school is not None and told.school != school:
        message = f"Dit rapport is van een andere school ({told.school[:_MOST_SHOWN]}), niet van {school}."
        advice = "Geef de eerdere rapporten voor het bestuur van deze school."
        return None, [Problem("error", name, "report-other-school", message, advice)]
    return told, []


def _problem(name: str, code: str, message: str) -> Problem:
    return Problem("error", name, code, message, _ADVICE)
