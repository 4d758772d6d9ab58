"""Every text has its English, in the catalogue and compiled; and the check finds what has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from leercirkel.config import translations, untranslated

TEMPLATE = """{% if naam %}
    {% translate "Opslaan" %}
  {% blocktranslate with wie=naam %}Dag {{ wie }}, 100%{% endblocktranslate %}
{% blocktranslate count n=aantal %}Een leerling{% plural %}{{ n }} leerlingen{% endblocktranslate %}{% endif %}
<input placeholder="{% translate 'Zoeken' %}">{{ waarde|default:_("niets") }}
"""
ENGLISH: dict[str, str | tuple[str, ...]] = {
    "Opslaan": "Save",
    "Dag %(wie)s, 100%%": "Hello %(wie)s, 100%%",
    "Een leerling": ("One pupil", "%(n)s pupils"),
    "Zoeken": "Search",
    "niets": "nothing",
    "Bladeren": "Browse",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An application with one app, of which every text has its English."""
    app = tmp_path / "apps" / "boeken"
    (app / "templates" / "boeken").mkdir(parents=True)
    (tmp_path / "config").mkdir()
    (app / "apps.py").write_text('from django.utils.translation import gettext_lazy as _\nX = _("Bladeren")\n')
    (app / "templates" / "boeken" / "lijst.html").write_text(TEMPLATE, encoding="utf-8")
    translations.update(tmp_path)
    translate(tmp_path, ENGLISH)
    return tmp_path


def translate(root: Path, english: dict[str, str | tuple[str, ...]]) -> None:
    """Fills in English as someone does by hand, and runs the tool."""
    source = translations.sources(root)[0]
    catalog = translations.kept(source)
    for message in catalog:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            message.string = english.get(key, message.string)
    source.po.write_bytes(translations.as_po(catalog))
    translations.update(root)


def test_every_text_of_leercirkel_has_its_english() -> None:
    assert translations.check() == []


def test_texts_are_found_in_templates_and_python_however_these_are_indented(root: Path) -> None:
    found = {
        str(m.id if isinstance(m.id, str) else m.id[0]) for m in translations.extracted(translations.sources(root)[0])
    }

    assert found - {""} == set(ENGLISH)
    assert translations.check(root) == []


def test_a_new_text_without_english_is_told(root: Path) -> None:
    page = root / "apps" / "boeken" / "templates" / "boeken" / "lijst.html"
    page.write_text(TEMPLATE + '{% translate "Sluiten" %}', encoding="utf-8")

    translations.update(root)

    assert translations.check(root) == ["boeken: 'Sluiten' has no English"]


def test_english_that_loses_a_placeholder_is_told(root: Path) -> None:
    translate(root, {"Dag %(wie)s, 100%%": "Hello, 100%%"})

    assert translations.check(root) == ["boeken: 'Dag %(wie)s, 100%%' has other placeholders in English"]


def test_a_catalogue_changed_by_hand_and_not_compiled_is_told(root: Path) -> None:
    source = translations.sources(root)[0]
    source.po.write_text(source.po.read_text().replace("Save", "Keep"))

    assert translations.check(root) == ["boeken: django.mo is not compiled from django.po"]


def test_a_text_that_is_gone_leaves_the_catalogue(root: Path) -> None:
    (root / "apps" / "boeken" / "templates" / "boeken" / "lijst.html").write_text('{% translate "Opslaan" %}')

    assert any("is not of these texts" in each for each in translations.check(root))
    translations.update(root)
    assert translations.check(root) == []
    assert "Zoeken" not in translations.sources(root)[0].po.read_text()


def test_one_text_with_two_translations_is_told_for_only_one_of_them_would_be_seen(root: Path) -> None:
    (root / "config" / "shared.py").write_text('from django.utils.translation import gettext as _\nX = _("Opslaan")\n')
    translations.update(root)
    shared = translations.sources(root)[-1]
    assert "Save" in shared.po.read_text()  # taken over from where it stood

    shared.po.write_text(shared.po.read_text().replace("Save", "Store"))
    translations.update(root)

    assert translations.check(root) == ["config: 'Opslaan' has another English than in boeken"]


def test_words_that_no_translation_reaches_are_found() -> None:
    page = """<h1>Leercirkel</h1><p>{% translate "Goed" %} <kbd>Esc</kbd> {# uitleg #}</p>
    <img alt="een plaatje"><p title="{{ naam }}">vergeten</p><dd translate="no">Jan</dd>"""

    assert untranslated.of(page) == ["een plaatje", "vergeten"]
