"""A hostile or broken file gives one clear problem: no traceback, no hang, nothing opened on its behalf."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leercirkel.exchange import safe_xml
from leercirkel.exchange.edexml.reader import load, read
from leercirkel.exchange.problems import Problem

PUPIL = "<leerling key='1'><roepnaam>Zoë</roepnaam><jaargroep>4</jaargroep></leerling>"
BODY = f"<EDEX><school><schooljaar>2025-2026</schooljaar></school><leerlingen>\n{PUPIL}</leerlingen></EDEX>"
BOMB = (
    '<!DOCTYPE EDEX [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>\n<EDEX>&j;</EDEX>"
)


def refusal(data: bytes) -> Problem:
    roster, problems = read(data, "EDEX.xml")
    assert roster is None
    assert len(problems) == 1
    assert problems[0].severity == "error"
    assert problems[0].advice
    return problems[0]


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        '<!DOCTYPE EDEX SYSTEM "file:///etc/passwd">\n' + BODY,
        '<!DOCTYPE EDEX [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<EDEX>&x;</EDEX>',
        '<!DOCTYPE EDEX [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>\n<EDEX/>',
        "<!DOCTYPE EDEX>" + BODY,
    ],
)
def test_any_doctype_is_refused_before_it_is_read(data: str) -> None:
    assert refusal(data.encode()).code == "xml-doctype"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b" \n\t ", "file-empty"),
        (b"PK\x03\x04\x14\x00\x06\x00", "not-xml"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "not-xml"),
        (b"%PDF-1.7\n", "not-xml"),
        (b'{"leerlingen": []}', "not-xml"),
        (b"leerlingnummer;achternaam\r\n1;Bos\r\n", "not-xml"),
        (BODY.encode().replace(b"Zo", b"Zo\0"), "xml-nul-bytes"),
        (b"<EDEX>" * 65 + b"</EDEX>" * 65, "xml-too-deep"),
        (b"<EDEX>" * 100_000, "xml-too-deep"),
        (BODY.encode()[:-20], "xml-truncated"),
        (BODY.encode()[:60], "xml-truncated"),
        (b"<EDEX>&nbsp;</EDEX>", "xml-entity"),
        (b"<EDEX>&#0;</EDEX>", "xml-entity"),
        (b"<EDEX><a></b></EDEX>", "xml-malformed"),
        (b"<EDEX a='1' a='2'/>", "xml-malformed"),
        (b"\n<?xml version='1.0'?><EDEX/>", "xml-before-start"),
        (BODY.encode() + b"<EDEX/>", "xml-after-end"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_a_truncated_file_gives_no_half_roster() -> None:
    data = BODY.replace(PUPIL, PUPIL + "\n" + PUPIL.replace("'1'", "'2'")).encode()

    found = refusal(data[: data.rindex(b"</leerlingen")])

    assert (found.code, found.row) == ("xml-truncated", 3)


@pytest.mark.parametrize(
    "data",
    [
        BODY.encode(),
        b"\xef\xbb\xbf" + BODY.encode(),
        BODY.encode("utf-16"),
        ("<?xml version='1.0' encoding='UTF-16'?>" + BODY).encode("utf-16"),
        ("<?xml version='1.0' encoding='UTF-8'?>" + BODY).encode("utf-16"),
        ("<?xml version='1.0' encoding='UTF-16'?>" + BODY).encode("utf-16-le"),
        ("<?xml version='1.0' encoding='UTF-16'?>" + BODY).encode("utf-16-be"),
        ("<?xml version='1.0' encoding='utf-16'?>" + BODY).encode(),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>" + BODY).encode("latin-1"),
        ("<?xml version='1.0' encoding='Windows-1252'?>" + BODY).encode("cp1252"),
        ("<?xml version='1.0' encoding='ISO-8859-15'?>" + BODY).encode("iso-8859-15"),
    ],
)
def test_the_encodings_of_the_field_are_read(data: bytes) -> None:
    roster, _ = read(data, "EDEX.xml")

    assert roster is not None
    assert roster.pupils[0].first_name == "Zoë"


@pytest.mark.parametrize(
    "data",
    [
        ("<?xml version='1.0' encoding='UTF-8'?>\n" + BODY).encode("cp1252"),
        ("<?xml version='1.0' encoding='klingon'?>" + BODY).encode(),
        ("<?xml version='1.0' encoding='hex'?>" + BODY).encode(),
        ("<?xml version='1.0' encoding='utf-7'?>" + BODY).encode(),
        BODY.encode("utf-32"),
    ],
)
def test_a_wrong_or_unknown_encoding_is_refused(data: bytes) -> None:
    assert refusal(data).code == "xml-encoding"


def test_the_line_of_a_wrong_character_is_named() -> None:
    assert refusal(("<?xml version='1.0' encoding='UTF-8'?>\n" + BODY).encode("cp1252")).row == 3


@pytest.mark.parametrize("field", ["achternaam", "roepnaam", "geboortedatum", "jaargroep", "geslacht"])
def test_a_million_characters_are_not_kept(field: str) -> None:
    data = BODY.replace("<roepnaam>", f"<{field}>{'x' * 1_000_000}</{field}><roepnaam>").encode()

    roster, problems = read(data, "EDEX.xml")

    assert roster is not None
    assert len(repr(roster)) < 2_000
    assert any(found.field == field for found in problems)
    assert all(len(repr(found)) < 2_000 for found in problems)


@pytest.mark.parametrize("piece", ["x\n", "&amp;", "<![CDATA[x]]>", "é", "x<b/>", "x<!-- -->"])
@pytest.mark.parametrize("closed", [True, False])
def test_a_long_text_in_many_pieces_is_not_kept_either(piece: str, closed: bool) -> None:
    end = "</achternaam>" if closed else ""
    data = BODY.replace("<roepnaam>", f"<achternaam>{piece * 10_000}{end}<roepnaam>").encode()

    roster, problems = read(data, "EDEX.xml")

    assert (roster is not None) is closed
    assert len(repr(roster)) < 2_000
    assert all(len(repr(found)) < 2_000 for found in problems)


def test_a_million_characters_in_a_key_are_not_kept() -> None:
    data = BODY.replace("key='1'", f"key='{'x' * 1_000_000}' eckid='{'y' * 1_000_000}'").encode()

    roster, problems = read(data, "EDEX.xml")

    assert roster is None
    assert {"key-too-long", "no-pupils"} <= {found.code for found in problems}
    assert all(len(repr(found)) < 2_000 for found in problems)


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "MAX_ELEMENTS", 5)

    assert refusal(b"<EDEX>" + b"<a/>" * 5 + b"</EDEX>").code == "xml-too-many-elements"


def test_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "MAX_BYTES", 100)

    assert refusal(BODY.encode()).code == "file-too-large"


def test_a_file_of_two_gigabytes_is_refused_without_opening_it(tmp_path: Path) -> None:
    path = tmp_path / "groot.xml"
    with path.open("wb") as stream:
        stream.truncate(2 * 1024**3)  # sparse: takes no room on disk
    path.chmod(0)  # opening it would give another problem

    roster, problems = load(path)

    assert roster is None
    assert [found.code for found in problems] == ["file-too-large"]
    assert "2048 MB" in problems[0].message


def test_a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(b"x" * 10)

    assert safe_xml.read_limited(path, 10) == b"x" * 10
    assert isinstance(safe_xml.read_limited(path, 9), Problem)


def test_a_folder_a_pipe_and_a_missing_file_are_problems(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.xml"
    os.mkfifo(pipe)

    for path in (tmp_path, pipe, tmp_path / "weg.xml", tmp_path / "nul\0.xml"):
        roster, problems = load(path)
        assert roster is None
        assert [found.code for found in problems] == ["file-unreadable"]
