"""Logs as one JSON object a line, without personal data.

A log outlives what it tells about, is read by people who may not see a child's file, and is copied to other systems. So
nothing that a person typed or that stands in the database gets into it:

- our own loggers give a constant event and named fields from a fixed list (`FIELDS`), each of a fixed form;
- of other packages' messages we keep the template, with text arguments left out; a message without arguments may have
  been put together from anything, so only its place in the source is kept;
- of an exception we keep its type and where it was raised, never its text: that often quotes what was typed.
"""

from __future__ import annotations

import contextlib
import json
import logging
import logging.config
import os
import re
import sys
import threading
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The number of the request that this thread works on; the same stands in the answer's X-Request-ID."""

_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")
_ROUTE = re.compile(r"[a-zA-Z0-9_/<>:.\-^$]{0,160}")
_ADDRESS = re.compile(r"(unix:)?[0-9a-zA-Z.:\[\]/_-]{1,120}")
FIELDS: dict[str, re.Pattern[str] | type] = {
    "method": re.compile(r"[A-Z]{3,16}"),
    "route": _ROUTE,
    "status": int,
    "ms": float,
    "bytes": int,
    "count": int,
    "program": _CODE,
    "code": _CODE,
    "exit": int,
    "child": int,
    "attempt": int,
    "seconds": float,
    "version": _CODE,
    "bind": _ADDRESS,
    "task": _CODE,
}
"""What our own loggers may tell, and in which form; anything else is left out."""

_PLACE = re.compile(r"%(\((?P<name>\w+)\))?[#0\- +]*(\*|\d+)?(\.(\*|\d+))?[diouxXeEfFgGcrsa]")
_LARGEST_NUMBER = 999_999
"""A larger number may be a pupil's (nine digits)."""
_MOST_FRAMES = 30


def logger(part: str) -> logging.Logger:
    """The logger of a part of ours: `logger("web").info("request", extra={"fields": {...}})`."""
    return logging.getLogger(f"leercirkel.{part}")


class JsonLines(logging.Formatter):
    """Makes a line of a record, and lets no personal data through."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON, on one line."""
        out: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "pid": record.process,
        }
        if record.name.split(".")[0] == "leercirkel":
            out["event"] = str(record.msg) if _CODE.fullmatch(str(record.msg)) else "unnamed"
            out |= _fields(getattr(record, "fields", {}))
        else:
            out["message"] = _template(record)
        if "event" not in out or out["event"] == "unnamed" or record.levelno >= logging.ERROR:
            out["source"] = f"{record.module}.{record.funcName}:{record.lineno}"
        if number := request_id.get():
            out["request"] = number
        if record.exc_info and record.exc_info[1] is not None:
            out["error"] = told(record.exc_info[1])
        return json.dumps(out, ensure_ascii=True)


class StandardError(logging.Handler):
    """Writes to what standard error is at that moment. What cannot be logged is not shown in another way."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line. Python's own answer to a fault in here would be to print the message and its arguments."""
        try:
            line = self.format(record)
        except Exception as error:  # whatever it is: the record's text must not come out another way
            line = json.dumps({"level": "error", "event": "not-loggable", "logger": record.name, "error": told(error)})
        with contextlib.suppress(OSError, ValueError):  # nobody reads
            sys.stderr.write(line + "\n")
            sys.stderr.flush()


def _fields(given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        return {}
    out: dict[str, Any] = {}
    for key, value in given.items():
        form = FIELDS.get(key)
        if isinstance(form, re.Pattern):
            if isinstance(value, str) and form.fullmatch(value):
                out[key] = value
        elif form is not None and isinstance(value, int | float) and not isinstance(value, bool):
            out[key] = round(value, 1) if form is float else int(value)
    return out


def _template(record: logging.LogRecord) -> str | None:
    """The message of another package without what was put into it; None when it cannot be told apart."""
    if not record.args or not isinstance(record.msg, str):
        return None
    arguments = record.args if isinstance(record.args, tuple) else (record.args,)
    left = list(arguments)

    def filled(place: re.Match[str]) -> str:
        value = None if place["name"] or not left else left.pop(0)
        harmless = isinstance(value, int | float) and abs(value) <= _LARGEST_NUMBER
        return str(value) if harmless else "…"

    return _PLACE.sub(filled, record.msg).replace("%%", "%")


def told(error: BaseException) -> dict[str, Any]:
    """An exception by its type and place, with the ones it came from; its text is left out."""
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    out: dict[str, Any] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and cause is not error:
        out["from"] = f"{type(cause).__module__}.{type(cause).__qualname__}"
    return out


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-3:])


def configuration(level: str | None = None) -> dict[str, Any]:
    """For logging.config.dictConfig, and for Django's LOGGING: every logger to standard error, as `JsonLines`.

    `level` is for our own loggers (LEERCIRKEL_LOG_LEVEL, else INFO); others tell warnings and worse.
    """
    ours = (level or os.environ.get("LEERCIRKEL_LOG_LEVEL", "INFO")).upper()
    through: dict[str, Any] = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "leercirkel.operations.logs.JsonLines"}},
        "handlers": {
            "standard_error": {
                "class": "leercirkel.operations.logs.StandardError",
                "formatter": "lines",
            }
        },
        "root": {"level": "WARNING", "handlers": ["standard_error"]},
        "loggers": {
            "leercirkel": {"level": ours if ours in logging.getLevelNamesMapping() else "INFO"},
            # Django would mail the whole request to ADMINS, and print pages in development.
            "django": {"level": "WARNING", **through},
            "django.server": {"level": "ERROR", **through},
            "django.request": {"level": "ERROR", **through},  # 4xx are in our line on the request
            "gunicorn.error": {"level": "WARNING", **through},
            "gunicorn.access": {"level": "ERROR", **through},
            "py.warnings": {"level": "ERROR", **through},  # their text is for who tests
        },
    }


def set_up() -> None:
    """Sends all logs of this process through `JsonLines`, also what would end it or a thread of it."""
    logging.config.dictConfig(configuration())
    logging.captureWarnings(capture=True)
    sys.excepthook = _unhandled
    threading.excepthook = lambda thread: _unhandled(thread.exc_type, thread.exc_value, thread.exc_traceback)


def _unhandled(kind: type[BaseException], error: BaseException | None, trace: Any) -> None:
    if error is None or issubclass(kind, KeyboardInterrupt):
        return
    logger("process").critical("unhandled-error", exc_info=(kind, error, trace))
