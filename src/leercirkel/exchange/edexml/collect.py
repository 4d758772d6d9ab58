"""From elements to raw records: what stands where, with its line, and nothing that we must not keep.

Only the text of the fields named here is ever asked for; everything else (BSN, origin, private blocks, what a later
version adds) passes without becoming text.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import Final

from leercirkel.core.records import dataclass
from leercirkel.exchange.edexml.codes import IGNORED, MAX_KEY, PRIVATE
from leercirkel.exchange.problems import shorten

ROOTS: Final = frozenset({"EDEX", "leerlinggegevens"})
# What UWLR puts around `leerlinggegevens` when an answer of the service is saved as a file.
WRAPPERS: Final = frozenset({"Envelope", "leerlinggegevens_antwoord"})

_NAME_FIELDS: Final = frozenset({"achternaam", "voorvoegsel", "voornamen", "voorletters-1", "roepnaam"})
_SCHOOL_FIELDS: Final = frozenset(
    {"schooljaar", "peildatum", "brincode", "dependancecode", "instellingsnummer", "schoolkey", "aanmaakdatum"}
    | {"xsdversie"}
)
_TEXT_FIELDS: Final[dict[str, frozenset[str]]] = {
    "vestigingen": frozenset({"naam"}),
    "groepen": frozenset({"naam", "jaargroep"}),
    "leerlingen": _NAME_FIELDS
    | {"geboortedatum", "geslacht", "start_ondw_jgr3", "jaargroep", "instroomdatum", "uitstroomdatum"},
    "leerkrachten": _NAME_FIELDS | {"rol", "rolomschrijving"},
}
_RECORDS: Final[dict[str, frozenset[str]]] = {
    "vestigingen": frozenset({"vestiging"}),
    "groepen": frozenset({"groep", "samengestelde_groep"}),
    "leerlingen": frozenset({"leerling"}),
    "leerkrachten": frozenset({"leerkracht"}),
}
_REFERENCES: Final[dict[str, frozenset[str]]] = {"leerlingen": frozenset({"groep", "vestiging"})}
_CONTAINERS: Final[dict[str, dict[str, frozenset[str]]]] = {
    "leerlingen": {"samengestelde_groepen": frozenset({"samengestelde_groep"})},
    "leerkrachten": {"groepen": frozenset({"groep", "samengestelde_groep"})},
}
_ROLES: Final = frozenset({"rol", "rolomschrijving"})
_NOTHING: Final[frozenset[str]] = frozenset()
_RESTRICTED: Final = re.compile(
    r"(geheim|afgescherm|afscherm)\w*adres|adres\w*(geheim|afgescherm|afscherm)|indicatie_?geheim", re.IGNORECASE
)
"""In the name of an element or attribute by which a supplier says that an address may not be known."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a record points to: `tag` is `groep`, `samengestelde_groep` or `vestiging`; `key` is None when not given."""

    tag: str
    key: str | None
    line: int


@dataclass(slots=True)
class Record:
    """A school, location, group, pupil or member of staff as the file has it; `fields` is name → (text, line)."""

    tag: str
    line: int
    key: str | None = None
    eck_id: str | None = None
    fields: dict[str, tuple[str, int]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    roles: list[tuple[str, str, int]] = field(default_factory=list)


class Collector:
    """A safe_xml.Sink that fills `school` and `records` (by section) and remembers what it passed over.

    `dropped` holds names of private fields, `unknown` names of elements the standard does not have, both with the first
    line; `blocks` the lines of `toevoegingen`; `repeated` a (record, field, line) for every field given twice;
    `restricted` the first line and the records where an address is said to be secret.
    """

    def __init__(self) -> None:
        self.root: str | None = None
        self.found_root = False
        self.sections: dict[str, int] = {}
        self.school: Record | None = None
        self.records: dict[str, list[Record]] = {name: [] for name in _RECORDS}
        self.dropped: dict[str, int] = {}
        self.unknown: dict[str, int] = {}
        self.blocks: list[int] = []
        self.repeated: list[tuple[Record, str, int]] = []
        self.restricted: dict[int, int] = {}
        self._level = -1  # 0 is the root, 1 a section, 2 a record (or a field of the school), 3 its fields …
        self._foreign = False
        self._skip: int | None = None  # the level of the element that is passed over with all that is in it
        self._section = ""
        self._record: Record | None = None
        self._text_fields: frozenset[str] = _NOTHING
        self._references: frozenset[str] = _NOTHING
        self._containers: dict[str, frozenset[str]] = {}
        self._container: frozenset[str] = _NOTHING
        self._line = 0

    def start(self, tag: str, attributes: dict[str, str], line: int) -> bool:
        """See safe_xml.Sink."""
        if not self.found_root:
            if self.root is None:
                self.root = tag
                self._foreign = tag not in ROOTS and tag not in WRAPPERS  # the reader says what it is, from `root`
            if tag in ROOTS and not self._foreign:
                self.found_root = True
                self._level = 0
            return False
        self._level += 1
        if self._skip is not None:
            self._look_for_secret(tag, attributes, line)
            return False
        level = self._level
        if level == 3:
            return self._start_field(tag, attributes, line)
        if level == 2:
            return self._start_record(tag, attributes, line)
        if level == 1:
            return self._start_section(tag, line)
        if level == 4 and tag in self._container and self._record is not None:
            self._record.references.append(Reference(tag, _attribute(attributes, "key"), line))
            return False
        if level == 5 and self._section == "leerkrachten" and tag in _ROLES:
            self._line = line
            return True
        return self._pass_over(tag, line, attributes)

    def end(self, tag: str, text: str | None) -> None:
        """See safe_xml.Sink."""
        if self._level < 0:
            return
        if self._skip is not None:
            if self._skip == self._level:
                self._skip = None
        elif text is not None and self._record is not None:
            self._store(self._record, tag, text)
        elif self._level == 3:
            self._container = _NOTHING
        self._level -= 1

    def _start_section(self, tag: str, line: int) -> bool:
        if tag == "school" and self.school is None:
            self.school = self._record = Record(tag, line)
        elif tag not in _RECORDS:
            return self._pass_over(tag, line)
        self.sections.setdefault(tag, line)
        self._section = tag
        self._text_fields = _TEXT_FIELDS.get(tag, _NOTHING)
        self._references = _REFERENCES.get(tag, _NOTHING)
        self._containers = _CONTAINERS.get(tag, {})
        return False

    def _start_record(self, tag: str, attributes: dict[str, str], line: int) -> bool:
        if self._section == "school":
            self._line = line
            return tag in _SCHOOL_FIELDS or self._pass_over(tag, line)
        if tag not in _RECORDS[self._section]:
            return self._pass_over(tag, line)
        self._record = Record(tag, line, _attribute(attributes, "key"), _attribute(attributes, "eckid"))
        self.records[self._section].append(self._record)
        return False

    def _start_field(self, tag: str, attributes: dict[str, str], line: int) -> bool:
        if tag in self._text_fields:
            self._line = line
            return True
        if tag in self._references and self._record is not None:
            self._record.references.append(Reference(tag, _attribute(attributes, "key"), line))
        elif tag in self._containers:
            self._container = self._containers[tag]
        else:
            return self._pass_over(tag, line, attributes)
        return False

    def _look_for_secret(self, tag: str, attributes: dict[str, str], line: int) -> bool:
        """Whether something is said of a secret address, which is remembered; what is said is never read."""
        said = self._section == "leerlingen" and any(_RESTRICTED.search(name[:100]) for name in (tag, *attributes))
        if said:
            self.restricted.setdefault(id(self._record), line)
        return said

    def _pass_over(self, tag: str, line: int, attributes: dict[str, str] | None = None) -> bool:
        self._skip = self._level
        if self._look_for_secret(tag, attributes or {}, line):
            return False
        if tag == "toevoegingen":
            self.blocks.append(line)
        elif tag in PRIVATE:
            self.dropped.setdefault(tag, line)
        elif tag not in IGNORED:
            self.unknown.setdefault(shorten(tag), line)
        return False

    def _store(self, record: Record, tag: str, text: str) -> None:
        if tag in _ROLES:
            record.roles.append((tag, text, self._line))
        elif tag in record.fields:
            self.repeated.append((record, tag, self._line))
        else:
            record.fields[tag] = (text, self._line)


def _attribute(attributes: dict[str, str], name: str) -> str | None:
    """The attribute without spaces at its ends (they carry no meaning); just over the limit when it is too long."""
    value = attributes.get(name)
    if value is None or len(value) <= MAX_KEY:
        return value and value.strip()
    return value[: 4 * MAX_KEY].strip()[: MAX_KEY + 1]
