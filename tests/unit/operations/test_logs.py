"""The logs hold no personal data, also when somebody tries to put it there."""

from __future__ import annotations

import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest

from leercirkel.operations import logs

NAME = "Sanne de Wit"
MAIL = "sanne@kadewijs.example"
PUPIL_NUMBER = 123_456_782


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """What was logged since, as read back from standard error."""
    before = {name: logging.getLogger(name).level for name in ("", "leercirkel", "django", "gunicorn.error")}
    handlers = logging.getLogger().handlers[:]
    logging.config.dictConfig(logs.configuration("DEBUG"))
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logging.getLogger().handlers[:] = handlers
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def test_an_event_is_one_json_line_with_its_fields(lines: Any) -> None:
    fields = {"method": "GET", "route": "/leerling/<int:pk>/", "status": 200, "ms": 12.345}
    token = logs.request_id.set("0123456789abcdef")

    logs.logger("web").info("request", extra={"fields": fields})

    logs.request_id.reset(token)
    (line,) = lines()
    assert line.items() >= {"level": "info", "logger": "leercirkel.web", "event": "request", "ms": 12.3}.items()
    assert line["route"] == "/leerling/<int:pk>/"
    assert line["request"] == "0123456789abcdef"


@pytest.mark.parametrize(
    "fields",
    [
        {"route": f"/leerling/?naam={NAME}"},
        {"route": f"/uitnodiging/{MAIL}"},
        {"name": NAME},
        {"mail": MAIL},
        {"program": NAME},
        {"code": MAIL},
        {"status": NAME},
        {"count": MAIL},
        {NAME: 1},
        {"bind": f"{NAME} "},
        {"method": NAME},
        {"task": [NAME]},
        NAME,
    ],
)
def test_a_field_that_is_not_on_the_list_or_not_of_its_form_is_left_out(lines: Any, fields: Any) -> None:
    logs.logger("web").warning("request", extra={"fields": fields})

    assert not leaks(lines())


@pytest.mark.parametrize("logger", ["leercirkel.web", "django.request", "axes", "allauth", "gunicorn.error", "other"])
@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        (f"Aanmelden van {NAME} mislukt", ()),
        (f"{MAIL}", ()),
        ("Not found: %s", (f"/leerling/?naam={NAME}",)),
        ("login failure by %(who)s", ({"who": MAIL},)),
        ("%s of %d", (NAME, PUPIL_NUMBER)),
        ("%r", ({"mail": MAIL},)),
        ("number %d", (PUPIL_NUMBER,)),
        ("%-20s|%.5s", (NAME, NAME)),
    ],
)
def test_messages_of_other_packages_lose_what_was_put_into_them(
    lines: Any, logger: str, message: str, arguments: tuple[Any, ...]
) -> None:
    logging.getLogger(logger).error(message, *arguments)

    assert not leaks(lines())


def test_a_template_and_its_small_numbers_are_kept(lines: Any) -> None:
    logging.getLogger("django.request").error("%s: status %d after %d", "Bad Request", 400, 3)

    (line,) = lines()
    assert line["message"] == "…: status 400 after 3"


def test_a_message_without_arguments_is_told_by_its_place(lines: Any) -> None:
    logging.getLogger("other").error("put together from " + NAME)

    (line,) = lines()
    assert line["message"] is None
    assert line["source"].startswith("test_logs.test_a_message_without_arguments")


def test_an_error_is_told_by_type_and_place_not_by_what_was_typed(lines: Any) -> None:
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise KeyError(MAIL) from error
    except KeyError:
        logs.logger("web").exception("request", extra={"fields": {"status": 500}})

    (line,) = found = lines()
    assert not leaks(found)
    assert line["error"]["type"] == "builtins.KeyError"
    assert line["error"]["from"] == "builtins.ValueError"
    assert "test_logs.py" in line["error"]["at"][0]


def test_a_record_that_cannot_be_formatted_shows_nothing_of_itself(lines: Any) -> None:
    class Unwilling(str):
        def __str__(self) -> str:
            raise ValueError(NAME)

    handler = logs.StandardError()
    handler.setFormatter(logs.JsonLines())

    handler.handle(logging.makeLogRecord({"name": "leercirkel.web", "msg": Unwilling(MAIL)}))
    handler.handle(logging.makeLogRecord({"name": "other", "msg": "%s and %s", "args": (NAME,)}))

    found = lines()
    assert not leaks(found)
    assert found[0]["event"] == "not-loggable"
    assert found[1]["message"] == "… and …"


def test_an_exception_group_and_a_long_trace_stay_one_line(lines: Any) -> None:
    def deep(left: int) -> None:
        if left == 0:
            raise ExceptionGroup(NAME, [ValueError(MAIL)])
        deep(left - 1)

    try:
        deep(100)
    except ExceptionGroup:
        logs.logger("web").exception("request")

    (line,) = found = lines()
    assert not leaks(found)
    assert len(line["error"]["at"]) <= 30


def leaks(found: list[dict[str, Any]]) -> list[str]:
    assert found, "nothing was logged, so nothing was tried"
    text = json.dumps(found, ensure_ascii=False)
    return [secret for secret in ("Sanne", "kadewijs", "naam=", str(PUPIL_NUMBER)) if secret in text]
