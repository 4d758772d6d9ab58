"""Writes the workbook that both readers get: FILE, 50,000 rows × 15 columns, a fault in every two hundredth row."""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta

import xlsxwriter

ROWS = 50_000
HEADER = (
    "leerlingnummer", "achternaam", "roepnaam", "geboortedatum", "groep", "jaargroep", "vak", "toets", "versie",
    "afnamedatum", "moment", "vaardigheidsscore", "niveau", "dle", "soort",
)  # fmt: skip
SURNAMES = (
    "Jansen",
    "de Vries",
    "van den Berg",
    "Bakker",
    "Yılmaz",
    "El Amrani",
    "Visser",
    "Şahin",
    "de Groot",
    "Öztürk",
)
NAMES = ("Noor", "Daan", "Mila", "Yassin", "Sem", "Jaylin", "Emma", "Ilyas", "Zoë", "Lucas", "Renée", "Finn")
SUBJECTS = ("rekenen", "begrijpend_lezen", "spelling", "technisch_lezen", "woordenschat", "taalverzorging")
LEVELS = ("I", "II", "III", "IV", "V")


def main(path: str) -> None:
    """Pupils of 2,084 with two sittings a year in six subjects: dates as dates, scores as numbers, DLEs as text."""
    rng = random.Random(1)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet("Resultaten"), book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(0, 0, HEADER)
        for n in range(ROWS):
            pupil, sitting = divmod(n, 24)
            year, rest = divmod(sitting, 12)
            half, subject = divmod(rest, 6)
            grade = 3 + (pupil + year) % 6
            taken = date(2024 + year, 1 if half == 0 else 6, 8) + timedelta(days=rng.randrange(14))
            born = date(2018 - grade, 10, 1) + timedelta(days=rng.randrange(365))
            score = round(rng.gauss(100 + 20 * grade, 12), 1)
            dle = f"{min(60, max(0, round(rng.gauss(10 * (grade - 3) + 8, 6))))}"
            row = [
                f"{pupil + 1:05d}", SURNAMES[pupil % 10], NAMES[pupil % 12], born, f"Groep {grade}", grade,
                SUBJECTS[subject], "Demo LVS", "3.0", taken, "ME"[half], score, LEVELS[rng.randrange(5)], dle, "LVS",
            ]  # fmt: skip
            if n % 200 == 100:
                column, wrong = ((9, "31-02-2025"), (11, "honderd"), (6, "rekenkunde"), (5, "12"))[n // 200 % 4]
                row[column] = wrong
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(n + 1, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(n + 1, column, value)
                else:
                    sheet.write_number(n + 1, column, value)


if __name__ == "__main__":
    main(sys.argv[1])
