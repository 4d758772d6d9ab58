"""The example files in the handbook are files that work: what a school copies must be right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leercirkel.exchange.registry import check, recognise

HANDBOOK = Path(__file__).parents[3] / "docs" / "gebruik"
PAGES = ("eigen-normen.md", "toetskalender.md", "kenmerken.md", "aanpakken.md")
EXAMPLES = [
    pytest.param(kind, text, id=f"{page}-{number}")
    for page in PAGES
    for number, (kind, text) in enumerate(
        re.findall(r"```(toml|csv)\n(.*?)```", (HANDBOOK / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    )
]


def test_every_page_has_an_example_for_both_kinds_of_school() -> None:
    per_page = [sum(example.id.startswith(page) for example in EXAMPLES if example.id) for page in PAGES]

    assert per_page == [3, 2, 2, 2]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_an_example_of_the_handbook_is_read_without_any_remark(kind: str, text: str) -> None:
    data = text.encode()

    assert recognise(data, f"voorbeeld.{kind}").kind != "unknown"
    assert check([(data, f"voorbeeld.{kind}")]) == []
