"""The repository keeps its own promises: links lead somewhere, locks hold no address, decisions stay short."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(p for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
DECISIONS = sorted((ROOT / "docs" / "adr").glob("0*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_on_a_page_leads_to_a_file(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)

    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)

    broken = [t for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert broken == []


def test_every_page_that_the_code_names_is_there() -> None:
    named = {
        (page, str(path.relative_to(ROOT)))
        for path in ROOT.glob("src/**/*.py")
        for page in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8"))
    }

    absent = sorted(f"{page} (in {source})" for page, source in named if not (ROOT / page).exists())

    assert absent == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    without_hash = [line for line in lines if not line.startswith(" ") and not line.endswith("\\")]

    assert without_hash == []
    assert all(re.match(r"[a-z0-9-]+==\S+|\s+--hash=sha256:[0-9a-f]{64}", line) for line in lines)
    assert re.search(r"://|index-url|find-links|file:| @ ", text) is None


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda p: p.stem)
def test_a_decision_is_short_says_what_was_rejected_and_is_in_the_index(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    index = (decision.parent / "README.md").read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 30
    assert all(part in text for part in ("**What.**", "**Why.**", "**Rejected.**"))
    assert f"]({decision.name})" in index


def test_the_glossary_gives_all_eighty_terms_three_names() -> None:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")

    rows = re.findall(r"^\| (\d+) \| `([a-z0-9_]+)` \| (\S.*?) \| (\S.*?) \|$", text, re.MULTILINE)

    assert [int(number) for number, *_ in rows] == list(range(1, 81))
    assert len({code for _, code, *_ in rows}) == 80


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    names = tomllib.loads("\n".join(lines))["project"]["dependencies"]

    explained = [line for line in lines if any(line.strip().startswith(f'"{name}",') for name in names)]

    assert len(explained) == len(names)
    assert all("  # " in line for line in explained)


def test_what_the_threat_model_says_was_tried_is_there() -> None:
    named = set(re.findall(r"`(test_\w+\.py)`", (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")))
    there = {path.name for path in (ROOT / "tests").rglob("test_*.py")}

    assert len(named) > 20
    assert named <= there
