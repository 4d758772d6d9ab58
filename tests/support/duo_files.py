"""Open-data files of invented schools, as text, in the layouts of the publishers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

IDENTITY = (
    "INSTELLINGSCODE;VESTIGINGSCODE;INSTELLINGSNAAM_VESTIGING;POSTCODE_VESTIGING;PLAATSNAAM;GEMEENTENUMMER;"
    "GEMEENTENAAM;PROVINCIE;SOORT_PO;DENOMINATIE_VESTIGING;BEVOEGD_GEZAG_NUMMER"
)
ADVICES = "VSO;PRO;VMBO_B;VMBO_B_K;VMBO_K;VMBO_K_GT;VMBO_GT;VMBO_GT_HAVO;HAVO;HAVO_VWO;VWO;ADVIES_NIET_MOGELIJK"
LEVELS = "REKENEN_LAGER1F;REKENEN_1F;REKENEN_1S;REKENEN_2F;LV_LAGER1F;LV_1F;LV_2F;TV_LAGER1F;TV_1F;TV_2F"


def who(brin: str = "99ZZ", location: str = "00", kind: str = "Bo", municipality: str = "Verzonnen") -> str:
    """The identity block of a school that cannot exist."""
    return f'{brin};{location};"BS ""De Kring""";0000AA;NERGENS;9999;{municipality};Utrecht;{kind};Openbaar;99999'


def advices(*rows: str, drawn: str = "20230501", day: str = "20221001") -> bytes:
    """Advices: each row the identity block and twelve counts."""
    head = f"PEILDATUM_LEERLINGEN;PRIKDATUM_ADVIEZEN;{IDENTITY};{ADVICES}"
    return "\n".join([head, *(f"{day};{drawn};{row}" for row in rows)]).encode() + b"\n"


def levels(*rows: str, day: str = "20221001") -> bytes:
    """Reference levels: each row the identity block and ten counts."""
    return "\n".join([f"PEILDATUM;{IDENTITY};{LEVELS}", *(f"{day};{row}" for row in rows)]).encode() + b"\n"


def scores_2018(*rows: str) -> bytes:
    """End scores of 2018-2019, with LEERJAAR_8 and in Windows-1252."""
    identity = IDENTITY.replace("INSTELLINGSCODE;VESTIGINGSCODE", "BRIN_NUMMER;VESTIGINGSNUMMER")
    tests = "CET_AANTAL;CET_GEM;IEP_AANTAL;IEP_GEM;ROUTE8_AANTAL;ROUTE8_GEM;DIA_AANTAL;DIA_GEM;AMN_AANTAL;AMN_GEM"
    head = f"PEILDATUM_LEERLINGEN;PRIKDATUM_SCORES;{identity};LEERJAAR_8;ONTHEFFING_REDEN_ND;{tests}"
    return "\n".join([head, *(f"20190417;20190725;{row}" for row in rows)]).encode("cp1252")


def scores_2023(*rows: str) -> bytes:
    """End scores since 2023-2024."""
    tests = ";".join(f"{test}_AANTAL;{test}_GEM" for test in ("IEP", "ROUTE8", "DIA", "AMN", "DOE", "LIB"))
    head = f"PEILDATUM_LEERLINGEN;PRIKDATUM;{IDENTITY};ONTHEFFING_REDEN_ND;{tests}"
    return "\n".join([head, *(f"20231001;20240904;{row}" for row in rows)]).encode()


def api(head: str, *rows: str) -> bytes:
    """A file of the API: commas, and PEILJAAR as the year of 1 October."""
    return "\n".join([head, *rows]).encode()


def ods(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """An OpenDocument spreadsheet; numbers as numbers, shown with a comma."""

    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        shown = f"{value}".replace(".", ",")
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{shown}</text:p>'
            "</table:table-cell>"
        )

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(cell(value) for value in row)}</table:table-row>" for row in rows)
        + '<table:table-row table:number-rows-repeated="1040000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return ods_of(content)


def ods_of(content: str) -> bytes:
    """An OpenDocument spreadsheet with this content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """An XLSX workbook."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()
