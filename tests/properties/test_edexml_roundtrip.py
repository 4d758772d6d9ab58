"""Whatever roster the standard can carry, writing and reading it gives it back unchanged."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from leercirkel.exchange.edexml.codes import COMBINATION, GRADES, ROLES
from leercirkel.exchange.edexml.model import Gender, Group, Location, Pupil, Roster, Staff
from leercirkel.exchange.edexml.reader import read
from leercirkel.exchange.edexml.writer import without_lines, write
from leercirkel.exchange.problems import has_errors

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "data" / "edexml" / "geschreven_deel.xsd"))
# What XML can carry: no surrogates, no control characters, not the two noncharacters at the end of the first plane.
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")


def names(limit: int) -> st.SearchStrategy[str]:
    """Text as the reader leaves it: composed, single spaces, none at the ends."""
    return (
        st.text(CHARACTERS, min_size=1, max_size=limit // 2)
        .map(lambda text: " ".join(unicodedata.normalize("NFC", text).split()))
        .filter(lambda text: 0 < len(text) <= limit and unicodedata.is_normalized("NFC", text))
    )


KEYS = st.text(CHARACTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
DATES = st.dates(date(1990, 1, 1), date(2099, 12, 31))
GENDERS: list[Gender | None] = [None, "male", "female", "unspecified"]
PERSON_GRADES = [grade for grade in GRADES if grade != COMBINATION]


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    year = draw(st.integers(2012, 2098))
    group_keys = draw(st.lists(KEYS, max_size=5, unique=True))
    groups = tuple(
        Group(key, draw(names(64)), "" if mixed else draw(st.sampled_from(sorted(GRADES))), mixed)
        for key in group_keys
        for mixed in [draw(st.booleans())]
    )
    locations = tuple(Location(key, draw(names(64))) for key in draw(st.lists(KEYS, max_size=2, unique=True)))
    pupil_keys = draw(st.lists(KEYS, min_size=1, max_size=4, unique=True))
    eck_ids = draw(st.lists(KEYS, min_size=len(pupil_keys), max_size=len(pupil_keys), unique=True))
    pupils = tuple(draw(pupils_of(key, eck, groups, locations)) for key, eck in zip(pupil_keys, eck_ids, strict=True))
    staff = tuple(draw(staff_of(key, groups)) for key in draw(st.lists(KEYS, max_size=2, unique=True)))
    return Roster(
        school=draw(st.from_regex(r"([0-9]{2}[A-Z]{2}[0-9]{2}|[1-9][0-9]{1,5}|K-[a-z]{1,9})?", fullmatch=True)),
        school_year=year,
        reference_date=draw(st.none() | st.dates(date(year, 1, 1), date(year + 1, 12, 31))),
        created_on=draw(st.none() | st.dates(date(year, 1, 1), date(year + 1, 12, 31))),
        groups=groups,
        pupils=pupils,
        staff=staff,
        locations=locations,
    )


@st.composite
def pupils_of(
    draw: st.DrawFn, key: str, eck_id: str, groups: tuple[Group, ...], locations: tuple[Location, ...]
) -> Pupil:
    classes = [group for group in groups if not group.mixed]
    group = draw(st.sampled_from([None, *classes]))
    # Without a grade of its own a pupil would get that of the class: only a combination group leaves it open.
    open_grade = [None] if group is None or group.grade == COMBINATION else []
    surname = draw(st.none() | names(200))
    mixed = [group.key for group in groups if group.mixed]
    return Pupil(
        key=key,
        stable_key=not key.startswith("#"),
        surname=surname,
        prefix=None if surname is None else draw(st.none() | names(10)),
        first_name=draw(names(64) if surname is None else st.none() | names(64)),
        initials=None if surname is None else draw(st.none() | st.text("ABCÉZ", min_size=1, max_size=6)),
        birth_date=draw(st.none() | st.dates(date(1990, 1, 1), date(2011, 12, 31))),
        gender=draw(st.sampled_from(GENDERS)),
        grade=draw(st.sampled_from([*open_grade, *PERSON_GRADES])),
        group=None if group is None else group.key,
        instruction_groups=tuple(draw(st.lists(st.sampled_from(mixed), unique=True))) if mixed else (),
        start_group3=draw(st.none() | DATES),
        enrolled_on=draw(st.none() | DATES),
        left_on=draw(st.none() | DATES),
        eck_id=draw(st.sampled_from([None, eck_id])),
        location=draw(st.sampled_from([None, *(location.key for location in locations)])),
    )


@st.composite
def staff_of(draw: st.DrawFn, key: str, groups: tuple[Group, ...]) -> Staff:
    surname = draw(st.none() | names(200))
    keys = [group.key for group in groups]
    return Staff(
        key=key,
        surname=surname,
        prefix=None if surname is None else draw(st.none() | names(10)),
        first_name=draw(names(64) if surname is None else st.none() | names(64)),
        roles=tuple(draw(st.lists(st.sampled_from(sorted(ROLES)) | names(64), max_size=3, unique=True))),
        groups=tuple(draw(st.lists(st.sampled_from(keys), unique=True))) if keys else (),
    )


@settings(max_examples=200, deadline=20_000)
@given(rosters(), st.none() | names(64))
def test_what_is_written_reads_back_the_same_and_keeps_to_the_standard(roster: Roster, author: str | None) -> None:
    data = write(roster, author=author)

    back, problems = read(data, "EDEX.xml")

    assert back is not None
    assert without_lines(back) == roster
    assert not has_errors(problems)
    assert SCHEMA.validate(etree.fromstring(data)), SCHEMA.error_log
