"""Files that are read together give what each gives alone: the same rows, and the same problems in the same order."""

from __future__ import annotations

import pytest

from leercirkel.exchange.tables import reader

OWN = "leerlingnummer;vak;toets;afnamedatum;vaardigheidsscore;niveau;reden_niet_gemaakt"
OTHER = "Lln.nr;Vakgebied;Toetsnaam;Toetsdatum;VS;Niv"
FILES = {
    "goed.csv": f"{OWN}\n1;rekenen;LVS;20-1-2026;104,5;II;\n2;rekenen;LVS;20-1-2026;;;ziek\n",
    "fouten.csv": f"{OWN}\n1;rekenen;LVS;31-2-2026;104;II;\n2;vliegen;LVS;20-1-2026;9999;II;\n3;rekenen;LVS;;x;II;?\n",
    "anders.csv": OTHER + "".join(f"\n1;Rekenen;LVS;2026-01-20;{n};III" for n in (*range(90, 98), "abc")),
    "avi.csv": f"{OWN}\n1;technisch lezen;AVI;20-1-2026;;M5;\n2;technisch lezen;AVI;20-1-2026;;Q9;\n",
    "breed.csv": "Leerlingnummer;RW M6 2025-2026;RW E6 2025-2026\n1;88;\n2;;x1\n3;90;91\n",
    "niets.csv": f"{OWN}\n;;;;;;-\n",
    "leeg.csv": "",
    "veel.csv": OWN + "\n" + "1;rekenen;LVS;20-1-2026;fout;II;\n" * 300,
}


@pytest.mark.parametrize("names", [sorted(FILES), sorted(FILES, reverse=True), ["fouten.csv", "fouten.csv"]])
def test_files_read_together_give_what_each_gives_alone(names: list[str]) -> None:
    alone = [reader.read(FILES[name].encode(), name) for name in names]

    made = [reader.open_results(FILES[name].encode(), name) for name in names]
    tables = iter(reader.read_rows([opened for opened, _ in made if opened is not None]))
    together = [next(tables) if opened is not None else (None, problems) for opened, problems in made]

    for (table, problems), (expected, expected_problems) in zip(together, alone, strict=True):
        assert problems == expected_problems
        assert (table is None) == (expected is None)
        if table is not None and expected is not None:
            assert table.file == expected.file
            assert table.frame.equals(expected.frame)
    assert sum(len(problems) for _, problems in together) > 3
    assert any(table is not None and table.frame.height for table, _ in together) or len(names) == 2


def test_of_more_rows_than_go_together_each_file_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_TOGETHER", 2)
    names = ["goed.csv", "fouten.csv", "anders.csv", "avi.csv"]
    opened = [one for name in names if (one := reader.open_results(FILES[name].encode(), name)[0]) is not None]

    read = reader.read_rows(opened)

    assert [table.file for table, _ in read] == names
    assert [table.frame["pupil_key"].to_list() for table, _ in read] == [["1", "2"], [], ["1"] * 8, ["1"]]
