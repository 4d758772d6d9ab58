"""A value in a JSON file with the path to it: what is not as it should be is told by that path, once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from leercirkel.core.records import dataclass
from leercirkel.exchange.edexml.report import Report

MAX_TEXT: Final = 256
_KINDS: Final = {str: "tekst", int: "een getal", float: "een getal", bool: "ja of nee", list: "een lijst",
                 dict: "een object", type(None): "leeg"}  # fmt: skip
_ADVICE: Final = "Vraag het bestand opnieuw op; blijft dit zo, meld het bij de leverancier van de toets."


@dataclass(frozen=True, slots=True)
class Place:
    """One value; `path` is how a person finds it: ``[2].resultatenscores.id``. `number` is that of the message."""

    value: Any
    path: str
    number: int
    report: Report

    def wrong(self, code: str, message: str, value: object = None) -> None:
        """Report an error at this place."""
        self.report.add("error", code, message, _ADVICE, row=self.number, field=self.path or ".", value=value)

    def object(self, name: str, *, required: bool = True) -> Place | None:
        """The object under this name."""
        return self._of_kind(name, dict, "een object", required)

    def items(self, name: str, *, required: bool = True) -> Iterator[Place]:
        """The objects in the list under this name; an item of another kind is an error."""
        found = self._of_kind(name, list, "een lijst", required)
        for index, item in enumerate(found.value if found else ()):
            place = Place(item, f"{self._path(name)}[{index}]", self.number, self.report)
            if isinstance(item, dict):
                yield place
            else:
                place.wrong("json-type", f"Hier hoort een object te staan, er staat {_KINDS[type(item)]}.")

    def text(self, name: str, *, required: bool = True) -> str | None:
        """The text under this name, without spaces at its ends; None when it is absent, empty or something else."""
        found = self._of_kind(name, str, "tekst", required)
        text = "" if found is None else " ".join(found.value.split())
        if found is not None and required and not text:
            found.wrong("value-missing", "Deze tekst is leeg.")
        if len(text) > MAX_TEXT:
            Place(None, self._path(name), self.number, self.report).wrong(
                "text-too-long", f"Deze tekst is langer dan {MAX_TEXT} tekens."
            )
            return None
        return text or None

    def _of_kind(self, name: str, kind: type, word: str, required: bool) -> Place | None:
        value = self.value.get(name)
        place = Place(value, self._path(name), self.number, self.report)
        if value is None:
            if required:
                place.wrong("value-missing", "Dit gegeven ontbreekt.")
            return None
        if not isinstance(value, kind):
            place.wrong("json-type", f"Hier hoort {word} te staan, er staat {_KINDS[type(value)]}.")
            return None
        return place

    def _path(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name
