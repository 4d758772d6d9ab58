"""Gathers the Dutch texts of pages, keeps their English beside them, and compiles what the server reads.

    python -m leercirkel.config.translations           # after changing a text: then fill in what is empty in *.po
    python -m leercirkel.config.translations --check   # what a test runs: nothing missing, nothing stale

Each app has its catalogue (apps/<app>/locale/en), what all share stands in config/locale/en. A text that another
catalogue has already is filled in from there. Needs Babel, which an installation does not have.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from leercirkel.config import untranslated

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

    Known = dict[tuple[object, str | None], Message]

ROOT = Path(__file__).parents[1]
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""No dates in the files: they would differ in each branch."""


@dataclass(frozen=True, slots=True)
class Source:
    """A catalogue and the files whose texts are in it."""

    name: str
    folder: Path
    files: tuple[Path, ...]

    @property
    def po(self) -> Path:
        """The texts with their English, for people."""
        return self.folder / "locale" / "en" / "LC_MESSAGES" / "django.po"

    @property
    def mo(self) -> Path:
        """The same for the server."""
        return self.po.with_suffix(".mo")


def sources(root: Path = ROOT) -> list[Source]:
    """One per app, and one for what all share (config and the modules beside the apps)."""
    apps = [folder for folder in sorted((root / "apps").iterdir()) if (folder / "apps.py").is_file()]
    made = [Source(folder.name, folder, tuple(_texts_in(folder))) for folder in apps]
    shared = [*_texts_in(root / "config"), *sorted((root / "apps").glob("*.py"))]
    return [*made, Source("config", root / "config", tuple(shared))]


def _texts_in(folder: Path) -> Iterator[Path]:
    for suffix in ("py", "html", "txt"):
        for file in sorted(folder.rglob(f"*.{suffix}")):
            if "migrations" not in file.parts and (suffix == "py" or "templates" in file.parts):
                yield file


def extracted(source: Source) -> Catalog:
    """The texts of a source, without English."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    catalog = Catalog(locale="en", fuzzy=False)
    for file in source.files:
        text = file.read_text(encoding="utf-8")
        if file.suffix != ".py":
            # Within brackets no line is indented wrongly, whatever the template looks like.
            text = f"(\n{templatize(text, origin=str(file))}\n)"
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            catalog.add(message, context=context)
    return catalog


def kept(source: Source) -> Catalog:
    """The catalogue as it is on disk; empty when there is none."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not source.po.exists():
        return Catalog(locale="en", fuzzy=False)
    with source.po.open("rb") as file:
        return read_po(file, locale="en")


def merged(new: Catalog, old: Catalog, others: Known) -> Catalog:
    """The texts of now with the English of before; `others` help with what another catalogue says already."""
    for message in new:
        if not message.id:
            continue
        known = old.get(message.id, message.context) or others.get((message.id, message.context))
        if known is not None and (known.id == message.id):
            message.string, message.flags = known.string, message.flags | ({"fuzzy"} if known.fuzzy else set())
    new.creation_date = new.revision_date = ALWAYS
    new.header_comment = "# The English of the texts in this folder. Made by python -m leercirkel.config.translations"
    return new


def as_po(catalog: Catalog) -> bytes:
    """The file for people: sorted, without places and dates, so that branches merge."""
    from babel.messages.pofile import write_po

    out = io.BytesIO()
    write_po(out, catalog, width=110, no_location=True, sort_output=True, omit_header=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    dull = ('"Project-Id', '"Report-Msgid', '"POT-Cre', '"PO-Rev', '"Last-Tr', '"Language-Team', '"Generated-By')
    return "".join(line for line in lines if not line.startswith(dull)).encode()


def as_mo(catalog: Catalog) -> bytes:
    """The file for the server."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    out = io.BytesIO()
    compiled = read_po(io.BytesIO(as_po(catalog)), locale="en")
    compiled.creation_date = compiled.revision_date = ALWAYS
    write_mo(out, compiled)
    return out.getvalue()


def problems_of(message: Message) -> str:
    """What is wrong with the English of one text; empty when nothing is."""
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    if not all(strings):
        return "has no English"
    if message.fuzzy:
        return "is fuzzy"
    wanted = {each for text in ids for each in PLACEHOLDER.findall(text)}
    if {each for text in strings for each in PLACEHOLDER.findall(text or "")} != wanted:
        return "has other placeholders in English"
    return ""


def update(root: Path = ROOT) -> None:
    """Writes every catalogue anew."""
    all_sources = sources(root)
    before = {source.name: kept(source) for source in all_sources}
    others: Known = {
        (m.id, m.context): m for catalog in before.values() for m in catalog if m.id and not problems_of(m)
    }
    for source in all_sources:
        catalog = merged(extracted(source), before[source.name], others)
        if len(catalog) == 0:
            continue
        source.po.parent.mkdir(parents=True, exist_ok=True)
        for file, content in ((source.po, as_po(catalog)), (source.mo, as_mo(catalog))):
            if not file.exists() or file.read_bytes() != content:
                file.write_bytes(content)


def check(root: Path = ROOT) -> list[str]:
    """Everything that would show Dutch, or nothing, to who reads English; one line each."""
    found: list[str] = []
    said: dict[tuple[object, str | None], tuple[object, str]] = {}
    for source in sources(root):
        catalog = merged(extracted(source), kept(source), {})
        if len(catalog) == 0:
            continue
        for message in catalog:
            if message.id and (problem := problems_of(message)):
                found.append(f"{source.name}: {message.id!r} {problem}")
            elif message.id:
                string, where = said.setdefault((message.id, message.context), (message.string, source.name))
                if string != message.string:
                    found.append(f"{source.name}: {message.id!r} has another English than in {where}")
        if not source.po.exists() or source.po.read_bytes() != as_po(catalog):
            found.append(f"{source.name}: {source.po.name} is not of these texts")
        if not source.mo.exists() or source.mo.read_bytes() != as_mo(catalog):
            found.append(f"{source.name}: {source.mo.name} is not compiled from {source.po.name}")
        for file in source.files:
            if file.suffix == ".html":
                text = file.read_text(encoding="utf-8")
                found += [f"{source.name}: {file.name}: {words!r} is not translated" for words in untranslated.of(text)]
    return found


def main(arguments: list[str]) -> int:
    """The command."""
    import django

    os.environ.setdefault("LEERCIRKEL_SECRET_KEY", "translations")
    os.environ.setdefault("DATABASE_URL", "postgresql:///none")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leercirkel.config.settings")
    django.setup()
    if "--check" not in arguments:
        update()
    problems = check()
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
