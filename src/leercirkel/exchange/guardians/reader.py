"""The list of guardians (CSV or XLSX) → lines. The format is described in docs/gebruik/ouders.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from leercirkel.core.text import squeezed
from leercirkel.exchange.guardians.model import Authority, GuardianLine, Relation
from leercirkel.exchange.marks.reader import NO, YES
from leercirkel.exchange.problems import Problem, shorten
from leercirkel.exchange.small_tables import Line, limited, read_lines

T = TypeVar("T")

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "leerlingnummer": ("leerling nr", "leerlingnr", "ll nummer", "leerlingcode"),
    "oudernummer": ("ouder nr", "oudernr", "verzorgernummer", "relatienummer"),
    "roepnaam": ("voornaam", "voornamen", "roepnaam ouder"),
    "tussenvoegsel": ("voorvoegsel",),
    "achternaam": ("naam", "naam ouder", "naam organisatie"),
    "relatie": ("soort relatie", "relatie tot leerling"),
    "gezag": ("ouderlijk gezag", "heeft gezag", "gezagsdrager"),
    "voogd": ("is voogd",),
    "woont bij": ("woont bij leerling", "inwonend", "zelfde adres"),
    "geheim adres": ("geheim", "afgeschermd adres"),
    "contactverbod": ("geen contact", "omgangsverbod"),
    "tolk": ("tolktaal", "taal tolk", "taal van de tolk"),
    "e-mail": ("mail", "e-mailadres", "mailadres"),
    "telefoon": ("telefoonnummer", "mobiel", "tel"),
    "adres": ("woonadres", "straat en huisnummer"),
}
RELATIONS: Final[dict[Relation, tuple[str, ...]]] = {
    "parent": ("ouder", "vader", "moeder", "adoptieouder"),
    "step_parent": ("stiefouder", "stiefvader", "stiefmoeder", "partner van ouder"),
    "foster_parent": ("pleegouder", "pleegvader", "pleegmoeder"),
    "legal_guardian": ("voogd", "voogdijinstelling"),
    "other": ("anders", "overig", "familie", "grootouder", "opa", "oma", "verzorger", "gezinsvoogd", "jeugdbeschermer"),
}
"""A gezinsvoogd (ondertoezichtstelling) has no authority: that stays with the parents (BW 1:262)."""
MAX_NAME, MAX_KEY, MAX_PHONE, MAX_LANGUAGE = 200, 256, 30, 40
_RELATION_OF: Final[dict[str, Relation]] = {squeezed(word): code for code, words in RELATIONS.items() for word in words}
_AUTHORITY_OF: Final[dict[str, Authority]] = {
    **{squeezed(word): "yes" for word in (*YES, "gezamenlijk", "gedeeld", "alleen", "eenhoofdig")},
    **{squeezed(word): "no" for word in (*NO, "geen")},
    **dict.fromkeys(("onbekend", "nietbekend", "nb"), "unknown"),
}
_NOTHING: Final = frozenset({"", "-", "geen", "nvt", "n.v.t."})
_EMAIL: Final = re.compile(r"[^@\s,;<>\"']{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,180}[A-Za-z0-9])?\.[A-Za-z]{2,24}")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 ()./-]{5,}")


def read(data: bytes, name: str) -> tuple[tuple[GuardianLine, ...] | None, list[Problem]]:
    """The lines of the list and everything that is wrong with it; None when nothing could be read. Never raises.

    A line with an error is left out. An empty cell says nothing; a voogd has authority by law (BW 1:245), also where
    the list does not know it; where it says "nee" that is an error. The address of who has a secret one is not read,
    and no address, phone number or e-mail address is ever in a problem.
    """
    table, problems = read_lines(data, name, COLUMNS, ("leerlingnummer", "achternaam"))
    if table is None:
        return None, problems
    lines = []
    for line in table.lines:
        reader = _Reader(line, name)
        found = reader.guardian()
        problems += reader.problems
        if found is not None:
            lines.append(found)
    problems += _twice(lines, name)
    problems += _differing(lines, name)
    return tuple(lines) or None, limited(sorted(problems, key=lambda p: p.row or 0), name)


class _Reader:
    """Reads one line; a cell that cannot be read is a problem of that line."""

    def __init__(self, line: Line, name: str) -> None:
        self.line, self.name = line, name
        self.problems: list[Problem] = []

    def guardian(self) -> GuardianLine | None:
        """What the line says; None when anything of it is an error."""
        pupil = self._text("leerlingnummer", MAX_KEY)
        if not pupil:
            self._fault("error", "pupil-missing", "Het leerlingnummer ontbreekt.",
                        "Neem het nummer over uit de leerlingadministratie.", "leerlingnummer")  # fmt: skip
        surname = self._text("achternaam", MAX_NAME)
        if not surname:
            self._fault("error", "surname-missing", "De achternaam ontbreekt.",
                        "Vul de achternaam in; bij een instelling haar naam.", "achternaam")  # fmt: skip
        secret = self._yes_no("geheim adres")
        relation, authority = self._relation_and_authority()
        found = GuardianLine(
            row=self.line.number,
            pupil=pupil,
            surname=surname,
            key=self._text("oudernummer", MAX_KEY),
            first_name=self._text("roepnaam", MAX_NAME),
            prefix=self._text("tussenvoegsel", MAX_NAME),
            relation=relation,
            authority=authority,
            lives_with=self._yes_no("woont bij"),
            secret_address=secret,
            no_contact=self._yes_no("contactverbod"),
            interpreter=self._interpreter(),
            email=self._checked("e-mail", _EMAIL, 254, "email-unreadable", "Dit is geen e-mailadres.",
                                "Schrijf één adres per rij, zoals naam@voorbeeld.nl."),
            phone=self._checked("telefoon", _PHONE, MAX_PHONE, "phone-unreadable", "Dit is geen telefoonnummer.",
                                "Schrijf één nummer per rij, zoals 06-12345678."),
            address=self._address(secret),
        )  # fmt: skip
        return None if any(problem.severity == "error" for problem in self.problems) else found

    def _relation_and_authority(self) -> tuple[Relation | None, Authority | None]:
        relation: Relation | None = self._known(
            "relatie", lambda text: _RELATION_OF.get(squeezed(text)), "relation-unknown",
            "Deze relatie kennen wij niet.", "Kies ouder, stiefouder, pleegouder, voogd of anders.",
        )  # fmt: skip
        authority: Authority | None = self._known(
            "gezag", lambda text: _AUTHORITY_OF.get(squeezed(text)), "authority-unknown",
            "Bij gezag hoort ja, nee of onbekend.", "Vul ja, nee of onbekend in.",
        )  # fmt: skip
        if self._yes_no("voogd"):
            relation = "legal_guardian"
        if relation == "legal_guardian":
            if authority == "no":
                self._fault("error", "guardian-without-authority", "Een voogd heeft altijd gezag; hier staat nee.",
                            "Kijk na of dit een voogd is, of alleen de verzorger.", "gezag")  # fmt: skip
            authority = "yes"
        return relation, authority

    def _cell(self, field: str) -> str:
        return " ".join("".join(c if c.isprintable() else " " for c in self.line.cells.get(field, "")).split())

    def _text(self, field: str, most: int) -> str:
        text = self._cell(field)
        if len(text) > most:
            self._fault("error", "text-too-long", f"Dit is langer dan {most} tekens.", "Kort het in.", field)
        return text

    def _known(self, field: str, how: Callable[[str], T | None], code: str, message: str, advice: str) -> T | None:
        text = self._cell(field)
        if not text:
            return None
        found = how(text) if len(text) <= 60 else None
        if found is None:
            self._fault("error", code, message, advice, field, text)
        return found

    def _yes_no(self, field: str) -> bool | None:
        words: Mapping[str, bool] = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
        return self._known(field, lambda text: words.get(text.casefold()), "yes-or-no",
                           f"Bij {field} hoort ja of nee.", "Vul ja of nee in, of laat de cel leeg.")  # fmt: skip

    def _interpreter(self) -> str | None:
        text = self._cell("tolk")
        if text.casefold() in YES:
            self._fault("error", "language-missing", "Er staat niet voor welke taal een tolk nodig is.",
                        "Vul de taal in, bijvoorbeeld Tigrinya.", "tolk")  # fmt: skip
        if len(text) > MAX_LANGUAGE:
            self._fault(
                "error", "text-too-long", f"Dit is langer dan {MAX_LANGUAGE} tekens.", "Vul de taal in.", "tolk"
            )
        if not text:
            return None
        return "" if text.casefold() in NO | _NOTHING else text

    def _checked(
        self, field: str, pattern: re.Pattern[str], most: int, code: str, message: str, advice: str
    ) -> str | None:
        """A text of a form; never shown, since it is of somebody."""
        text = self._cell(field)
        if not text:
            return None
        if len(text) > most or not pattern.fullmatch(text):
            self._fault("error", code, message, advice, field)
        return text

    def _address(self, secret: bool | None) -> str | None:
        if secret:
            if self._cell("adres"):
                self._fault("notice", "address-not-kept", "Dit adres is geheim: het is niet gelezen en niet bewaard.",
                            "Haal het adres weg uit het bestand.", "adres")  # fmt: skip
            return ""
        return self._text("adres", MAX_NAME) or None

    def _fault(self, severity: str, code: str, message: str, advice: str, field: str, value: str | None = None) -> None:
        shown = None if value is None else shorten(value)
        self.problems.append(Problem(severity, self.name, code, message, advice, self.line.number, field, shown))  # type: ignore[arg-type]


def _twice(lines: list[GuardianLine], name: str) -> list[Problem]:
    """The same person at one pupil on two rows."""
    seen: dict[tuple[str, ...], int] = {}
    problems = []
    for line in lines:
        who = (line.pupil, line.key) if line.key else (line.pupil, *_name(line))
        first = seen.setdefault(who, line.row)
        if first != line.row:
            message = f"Deze ouder staat al op rij {first} bij dezelfde leerling."
            advice = "Haal een van de twee rijen weg."
            problems.append(Problem("error", name, "guardian-twice", message, advice, line.row, "achternaam"))
    return problems


def _differing(lines: list[GuardianLine], name: str) -> list[Problem]:
    """One number with two names: siblings have the same guardian, and then everything of that person is the same."""
    first: dict[str, GuardianLine] = {}
    problems = []
    for line in lines:
        other = first.setdefault(line.key, line) if line.key else line
        if _name(other) != _name(line):
            message = f"Oudernummer {shorten(line.key, 20)} heeft op rij {other.row} een andere naam."
            advice = "Geef elke ouder een eigen nummer, en dezelfde ouder overal dezelfde naam."
            problems.append(Problem("error", name, "guardian-differs", message, advice, line.row, "oudernummer"))
    return problems


def _name(line: GuardianLine) -> tuple[str, str, str]:
    return squeezed(line.first_name), squeezed(line.prefix), squeezed(line.surname)
