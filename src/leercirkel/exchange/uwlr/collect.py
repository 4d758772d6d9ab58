"""From elements to raw records: the school, the tests and every pupil's results, each with its line.

Only the text of the elements in `_TREE` is ever asked for. The key of the coupling in the SOAP header, private blocks
and whatever a later version adds pass without becoming text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any, Final

from leercirkel.exchange.problems import shorten

ROOT: Final = "leerresultaten_verzoek"
WRAPPERS: Final = frozenset({"Envelope"})
SECRETS: Final = frozenset({"autorisatie", "autorisatiesleutel"})
"""The SOAP header that opens the coupling of the school; its text is never read."""

_LEAF: Final[dict[str, Any]] = {}
_SCHOOL: Final = ("schooljaar", "brincode", "dependancecode", "aanmaakdatum", "xsdversie")
_NORMS: Final[dict[str, Any]] = {"norm": {"eindnormwaarde": _LEAF}}
_RESULT: Final[dict[str, Any]] = {
    **dict.fromkeys(("afnamedatum", "toetscode", "versie", "toetsonderdeelcode", "score"), _LEAF),
    "osoresultaat": {
        "toetsscore": {"vaardigheidsscore": _LEAF},
        "referentiescore": dict.fromkeys(("codereferentiescore", "codevergelijkingsgroep", "waarde"), _LEAF),
    },
}
_TEST: Final[dict[str, Any]] = {
    **dict.fromkeys(("toetscode", "versie", "toetsnaam", "leerjaar", "vakgebied"), _LEAF),
    "toetsnormering": _NORMS,
    "toetshierarchie": {"ingang": _LEAF},
    "toetsonderdelen": {
        "toetsonderdeel": {
            **dict.fromkeys(("toetsonderdeelcode", "toetsonderdeelnaam"), _LEAF),
            "toetsonderdeelnormering": _NORMS,
        }
    },
}
_TREE: Final[dict[str, Any]] = {
    "school": dict.fromkeys(_SCHOOL, _LEAF),
    "toetsafnames": {
        "toetsafname": {**dict.fromkeys(("leerlingid", "eckid"), _LEAF), "resultaten": {"resultaat": _RESULT}}
    },
    "toetsen": {"toets": _TEST},
}
_RECORDS: Final = frozenset(
    {"school", "toetsafname", "resultaat", "referentiescore", "toets", "toetsonderdeel", "norm", "ingang"}
)
_PASSED_OVER: Final = frozenset(
    {"schoolkey", "auteur", "commentaar", "resultaatverwerkerid", "infourl", "aantalopgaven", "aantalgoed"}
    | {"aantalfout", "aantalgelezen", "tijd", "codevaardigheidsschaal", "betrouwbaarheidsinterval", "kwalificatie"}
    | {"toetscategorie", "toetsniveau", "wegingsfactor", "term", "omschrijving", "beginnormwaarde", "normkleur"}
    | {"schoolcijfer_vanaf", "schoolcijfer_totenmet", "toetsonderdeelvolgnummer"}
)
"""Elements of the standard that we do not need; not worth a word."""


@dataclass(slots=True)
class Record:
    """One element with what it holds: texts by element name, and the records inside it in the order of the file."""

    tag: str
    line: int
    mark: str | None = None  # the attribute that orders or names it: resultaat/@key, ingang/@niveau
    fields: dict[str, str] = field(default_factory=dict)
    children: list[Record] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """The text of a field on one line, or None when it is absent or empty."""
        return self.fields.get(name) or None

    def of(self, tag: str) -> list[Record]:
        """The records of this kind directly inside."""
        return [child for child in self.children if child.tag == tag]


class Collector:
    """A safe_xml.Sink that fills `top`, a record that holds school, toetsafname and toets records.

    `unknown` and `private` hold names of elements that were passed over, with the first line; `other_results` the
    lines of results in a private form (anderresultaat); `secret` the line of the coupling's key.
    """

    def __init__(self) -> None:
        self.root: str | None = None
        self.namespace = ""
        self.found_root = False
        self.top = Record(ROOT, 1)
        self.unknown: dict[str, int] = {}
        self.private: list[int] = []
        self.other_results: list[int] = []
        self.secret: int | None = None
        self._open: list[tuple[dict[str, Any] | None, Record]] = []

    def start(self, tag: str, attributes: dict[str, str], line: int) -> bool:
        """See safe_xml.Sink."""
        if self.root is None:
            self.root = tag
        if not self._open:
            if tag in SECRETS and self.secret is None:
                self.secret = line
            if tag == ROOT and not self.found_root and self.root in (ROOT, *WRAPPERS):
                self.found_root = True
                self.namespace = next((v for k, v in attributes.items() if k.startswith("xmlns")), "")[:200]
                self._open.append((_TREE, self.top))
            return False
        tree, record = self._open[-1]
        inside = None if tree is None else tree.get(tag)
        if tree is not None and inside is None:
            self._pass_over(tag, line)
        if inside is not None and tag in _RECORDS:
            mark = attributes.get("key") or attributes.get("niveau")
            made = Record(tag, line, mark and mark[:256])
            record.children.append(made)
            record = made
        self._open.append((inside, record))
        return inside is _LEAF

    def end(self, tag: str, text: str | None) -> None:
        """See safe_xml.Sink."""
        if not self._open:
            return
        _, record = self._open.pop()
        if text is not None:
            plain = " ".join(text.split())
            record.fields.setdefault(tag, plain if plain.isascii() else unicodedata.normalize("NFC", plain))

    def _pass_over(self, tag: str, line: int) -> None:
        if tag == "anderresultaat":
            self.other_results.append(line)
        elif tag == "toevoegingen":
            self.private.append(line)
        elif tag not in _PASSED_OVER:
            self.unknown.setdefault(shorten(tag, 40), line)
