"""Groups, pupils and staff: from raw records to the model, with keys and references checked here.

The schema of the standard checks keys too, but the same elements in the UWLR namespace escape it; so nothing is left to
a schema.
"""

from __future__ import annotations

from typing import Final

from leercirkel.core.records import dataclass
from leercirkel.exchange.edexml.codes import COMBINATION, MAX_KEY, ROLES
from leercirkel.exchange.edexml.collect import Record, Reference
from leercirkel.exchange.edexml.fields import (
    FIRST_YEAR,
    checked_text,
    date_of,
    gender_of,
    grade_of,
    initials_of,
    starting,
    text_of,
    who,
    with_unique_keys,
)
from leercirkel.exchange.edexml.model import Group, Location, Pupil, Staff
from leercirkel.exchange.edexml.report import Report
from leercirkel.exchange.edexml.school import School

_KEYS: Final = {"groep": "groep", "samengestelde_groep": "samengestelde groep", "vestiging": "vestiging"}
_OLDEST: Final = 25
"""Years before the school year in which a pupil can have been born, for files from before about 2015."""


@dataclass(frozen=True, slots=True)
class Known:
    """What records may refer to: the keys that the file defines, by kind of element."""

    groups: dict[str, Group]
    locations: frozenset[str]

    def has(self, tag: str, key: str) -> bool:
        """True when `key` is that of an element of the kind `tag`."""
        if tag == "vestiging":
            return key in self.locations
        group = self.groups.get(key)
        return group is not None and group.mixed == (tag == "samengestelde_groep")


def read_locations(records: list[Record], report: Report) -> tuple[Location, ...]:
    """The locations with a usable key; one without a name is called by its key."""
    return tuple(
        Location(key, text_of(record, "naam", report) or key) for key, record in with_unique_keys(records, report)
    )


def read_groups(records: list[Record], report: Report) -> tuple[Group, ...]:
    """Groups of both kinds; their keys must differ over both. A class without a usable grade counts as combination."""
    groups = []
    for key, record in with_unique_keys(records, report):
        name = text_of(record, "naam", report)
        if name is None:
            message = f"De naam van {who(record)} ontbreekt; de sleutel is als naam gebruikt."
            advice = "Geef de groep een naam."
            report.add("warning", "group-name-missing", message, advice, row=record.line, field="naam")
        mixed = record.tag == "samengestelde_groep"
        grade = "" if mixed else grade_of(record, report)
        if grade is None:
            grade = COMBINATION
            if "jaargroep" not in record.fields:
                message = f"De jaargroep van {who(record)} ontbreekt; de jaargroep van elke leerling telt."
                advice = "Vul de jaargroep van de groep in; C bij een combinatiegroep."
                report.add("warning", "group-grade-missing", message, advice, row=record.line, field="jaargroep")
        groups.append(Group(key, name or key, grade, mixed))
    return tuple(groups)


def read_pupils(records: list[Record], known: Known, school: School, report: Report) -> tuple[Pupil, ...]:
    """The pupils with a usable key, leavers included. A pupil's own grade is never overruled by that of the group."""
    eck_ids: dict[str, int] = {}
    first = FIRST_YEAR if school.year is None else min(FIRST_YEAR, school.year - _OLDEST)
    return tuple(
        _pupil(key, record, known, school, eck_ids, first, report) for key, record in with_unique_keys(records, report)
    )


def read_staff(records: list[Record], known: Known, report: Report) -> tuple[Staff, ...]:
    """The staff with a usable key; `roles` joins the roles of the person and those within groups, each once."""
    staff = []
    eck_ids: dict[str, int] = {}
    for key, record in with_unique_keys(records, report):
        _eck_id(record, eck_ids, report)
        surname, prefix, first_name = _names(record, report)
        resolved = (_resolve(record, reference, known, report) for reference in record.references)
        groups = tuple(dict.fromkeys(group for group in resolved if group is not None))
        staff.append(Staff(key, surname, prefix, first_name, _roles(record, report), groups))
    return tuple(staff)


def _pupil(
    key: str, record: Record, known: Known, school: School, eck_ids: dict[str, int], first: int, report: Report
) -> Pupil:
    surname, prefix, first_name = _names(record, report)
    group: str | None = None
    location: str | None = None
    mixed: list[str] = []
    for reference in record.references:
        found = _resolve(record, reference, known, report)
        if found is None:
            continue
        if reference.tag == "samengestelde_groep":
            mixed.append(found)
        elif reference.tag == "vestiging":
            location = location or found
        elif group is None:
            group = found
        else:
            message = f"{starting(who(record))} zit in meer dan één stamgroep; de eerste is gebruikt."
            advice = "Een leerling heeft ten hoogste één stamgroep. Gebruik voor de andere een samengestelde groep."
            report.add("warning", "second-group", message, advice, row=reference.line, field="groep", value=found)
    left_on = date_of(record, "uitstroomdatum", report)
    birth_date = date_of(record, "geboortedatum", report, first=first, last=school.last_year)
    pupil = Pupil(
        key=key,
        stable_key=not key.startswith("#"),
        surname=surname,
        prefix=prefix,
        first_name=first_name,
        initials=initials_of(record, report),
        birth_date=birth_date,
        gender=gender_of(record, report),
        grade=_grade(record, known.groups.get(group or ""), school.has_passed(left_on), report),
        group=group,
        instruction_groups=tuple(dict.fromkeys(mixed)),
        start_group3=date_of(record, "start_ondw_jgr3", report),
        enrolled_on=date_of(record, "instroomdatum", report),
        left_on=left_on,
        eck_id=_eck_id(record, eck_ids, report),
        location=location,
        row=record.line,
    )
    _check_order(pupil, record, report)
    return pupil


def _names(record: Record, report: Report) -> tuple[str | None, str | None, str | None]:
    """(surname, prefix, first name); the given names stand in for a first name that is absent."""
    surname = text_of(record, "achternaam", report)
    prefix = text_of(record, "voorvoegsel", report)
    first_name = text_of(record, "roepnaam", report) or text_of(record, "voornamen", report)
    if surname is None and first_name is None:
        message = f"{starting(who(record))} heeft geen achternaam en geen roepnaam."
        advice = "Vul ten minste een van beide in; zonder naam kan alleen op de sleutel worden gekoppeld."
        report.add("warning", "name-missing", message, advice, row=record.line, field="achternaam")
    return surname, prefix, first_name


def _grade(record: Record, group: Group | None, left: bool, report: Report) -> str | None:
    """The pupil's own grade; without one that of a class with a single grade, and a warning unless the pupil left."""
    own = grade_of(record, report)
    if own == COMBINATION:
        message = f"De jaargroep van {who(record)} is C; die code is alleen voor groepen."
        advice = "Vul bij de leerling de eigen jaargroep in."
        line = record.fields["jaargroep"][1]
        report.add("warning", "grade-combination", message, advice, row=line, field="jaargroep", value=own)
    elif own is not None:
        return own
    fallback = group.grade if group is not None and group.grade != COMBINATION else None
    if not left and ("jaargroep" not in record.fields or not record.fields["jaargroep"][0].strip()):
        used = (
            "; resultaten tellen dan in geen enkele jaargroep mee"
            if fallback is None
            else f"; die van de groep ({fallback}) is gebruikt"
        )
        message = f"De jaargroep van {who(record)} ontbreekt{used}."
        advice = "Vul in het administratiesysteem bij elke leerling de jaargroep in."
        report.add("warning", "grade-missing", message, advice, row=record.line, field="jaargroep")
    return fallback


def _check_order(pupil: Pupil, record: Record, report: Report) -> None:
    pairs = (
        ("geboortedatum", pupil.birth_date, "instroomdatum", pupil.enrolled_on),
        ("geboortedatum", pupil.birth_date, "start_ondw_jgr3", pupil.start_group3),
        ("instroomdatum", pupil.enrolled_on, "uitstroomdatum", pupil.left_on),
    )
    for earlier, first, later, second in pairs:
        if first is not None and second is not None and second < first:
            message = f"Bij {who(record)} ligt {later} voor {earlier}."
            advice = "Controleer beide datums in het administratiesysteem."
            line = record.fields[later][1]
            report.add("warning", "dates-in-wrong-order", message, advice, row=line, field=later, value=second)


def _resolve(record: Record, reference: Reference, known: Known, report: Report) -> str | None:
    """The key referred to when the file defines it, else None and an error."""
    key = reference.key
    if key and len(key) <= MAX_KEY and known.has(reference.tag, key):
        return key
    if not key:
        message = f"Bij {who(record)} staat een verwijzing zonder sleutel; zij is niet gebruikt."
        advice = "Vul de sleutel in of haal de verwijzing weg."
        report.add("warning", "reference-empty", message, advice, row=reference.line, field=reference.tag)
        return None
    kind = _KEYS[reference.tag]
    message = f"{starting(who(record))} verwijst naar een {kind} die niet in het bestand staat."
    advice = f"Neem de {kind} op in de export of verbeter de verwijzing."
    report.add("error", "reference-unknown", message, advice, row=reference.line, field=reference.tag, value=key)
    return None


def _eck_id(record: Record, seen: dict[str, int], report: Report) -> str | None:
    value = record.eck_id
    if not value:
        return None
    field = f"{record.tag}/@eckid"
    if len(value) > MAX_KEY:
        message = f"Het ECK iD van {who(record)} is langer dan {MAX_KEY} tekens en is niet overgenomen."
        report.add("error", "key-too-long", message, "Exporteer opnieuw.", row=record.line, field=field)
        return None
    if value in seen:
        message = f"Het ECK iD van {who(record)} is al gebruikt op regel {seen[value]} en is hier niet overgenomen."
        advice = "Elk ECK iD hoort bij één persoon. Meld dit bij de leverancier."
        report.add("error", "duplicate-key", message, advice, row=record.line, field=field, value=value)
        return None
    seen[value] = record.line
    return value


def _roles(record: Record, report: Report) -> tuple[str, ...]:
    roles: dict[str, None] = {}
    for tag, raw, line in record.roles:
        text = checked_text(raw, tag, record, line, report)
        if text is None:
            continue
        if tag == "rol" and text not in ROLES:
            message = f"De rol van {who(record)} is geen code van EDEXML; zij is als omschrijving gelezen."
            advice = "Gebruik een code van de standaard of het veld rolomschrijving."
            report.add("warning", "role-unknown", message, advice, row=line, field=tag, value=text)
        roles[text] = None
    return tuple(roles)
