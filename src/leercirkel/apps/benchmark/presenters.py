"""What the pages about comparable schools say: never a ranking, and nothing told apart that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from leercirkel.analysis.benchmark.comparable import Figure, standing
from leercirkel.analysis.benchmark.compare import ADVICE, SCORE
from leercirkel.analysis.benchmark.definition import STANDARDISED, over_a_break
from leercirkel.analysis.benchmark.levels import Reached
from leercirkel.analysis.open_data import TESTS
from leercirkel.apps.benchmark.models import ComparedSchool, Comparison
from leercirkel.apps.benchmark.selectors import Beside, figure, reached
from leercirkel.apps.organisation.models import School
from leercirkel.apps.pages.templatetags.ui import verdict
from leercirkel.core.calendar import school_year_label
from leercirkel.core.records import dataclass
from leercirkel.documents import charts
from leercirkel.documents.texts import Texts, texts_of

WIDE = 560.0
_BESIDE = {1: "above", -1: "below", 0: "undecided"}


@dataclass(frozen=True, slots=True)
class Line:
    """One of the schools in the table behind a strip. `verdict`: how it lies from the own school, as HTML."""

    name: str
    place: str
    link: str
    value: str
    between: str
    verdict: SafeString
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator of the own school among those most like it."""

    title: str
    about: str
    value: str
    said: Sequence[str]
    chart: SafeString
    narrow: SafeString
    caption: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Level:
    """One of the inspectorate's indicators."""

    title: str
    value: str
    about: str
    signal: str
    verdict: str
    said: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on a page. `outstanding`: schools among the others that surely stand out, with on what."""

    name: str
    about: str
    panels: Sequence[Panel]
    outstanding: Sequence[tuple[Line, str]]
    levels: Sequence[Level]
    flags: Sequence[str]
    method: Sequence[str]
    sources: Sequence[str]


def _texts() -> Texts:
    return texts_of("en" if get_language() == "en" else "nl")


def page_of(school: School, found: Beside) -> Page:
    """The page of a school among those most like it."""
    panels = [made for name in (ADVICE, SCORE) if (made := _panel(school, found, name))]
    outstanding: dict[str, tuple[Line, list[str]]] = {}
    for panel in panels:
        for line in panel.lines:
            if line.stands_out:
                outstanding.setdefault(line.link, (line, []))[1].append(panel.title)
    return Page(
        name=school.name,
        about=_like(found),
        panels=panels,
        outstanding=[(line, " · ".join(titles)) for line, titles in outstanding.values()],
        levels=_levels(found.own),
        flags=_flags(found.own),
        method=_method(found.comparison),
        sources=_sources(found.comparison),
    )


def other_of(school: School, found: Beside, row: ComparedSchool) -> Page:
    """The page of one of the others: the own school is one of those around it."""
    texts = _texts()
    panels = []
    for name in (ADVICE, SCORE):
        own = figure(row, name)
        if own is None:
            continue
        write = _writer(texts, name, found.comparison)
        said = [_expected(own, write), _measured(row, name, write)]
        if own.stands_out:
            said.append(_("Dat is zeker hoger dan haar populatie doet verwachten."))
        panels.append(
            Panel(_title(name), _about(name, found.comparison), write(own.value), said, SafeString(""), SafeString(""),
                  _title(name), [])
        )  # fmt: skip
    near = _("%(population)s; %(own)s heeft %(mine)s.") % {
        "population": _population(found.comparison, row.population),
        "own": school.name,
        "mine": texts.plain(found.own.population),
    }
    return Page(row.name, near, panels, [], _levels(row), _flags(row), [], _sources(found.comparison))


def why_not(school: School, comparison: Comparison | None) -> str:
    """Why there is nothing to show for this school."""
    if comparison is None:
        return _("Er zijn nog geen open data ingelezen. Wie Leercirkel beheert doet dat met “leercirkel duo add” en "
                 "“leercirkel benchmark publish”.")  # fmt: skip
    if school.kind != "bao":
        return _(
            "Voor speciaal (basis)onderwijs zijn er geen cijfers om mee te vergelijken: er is geen schoolweging, en "
            "daar telt of leerlingen uitstromen op het niveau van hun ontwikkelingsperspectief."
        )
    why = _(
        "Van deze school staat er geen populatie in de open data (BRIN %(code)s). Zonder die is niet te zeggen welke "
        "scholen op haar lijken."
    )
    return why % {"code": f"{school.brin}-{school.location}"}


def _like(found: Beside) -> str:
    texts, own = _texts(), found.own
    first, last = min(row.population for row in found.like), max(row.population for row in found.like)
    return _("%(population)s. De %(n)d scholen die er het dichtst bij liggen hebben %(low)s tot %(high)s.") % {
        "population": _population(found.comparison, own.population), "n": len(found.like),
        "low": texts.plain(first), "high": texts.plain(last),
    }  # fmt: skip


def _population(comparison: Comparison, value: float) -> str:
    texts = _texts()
    if comparison.definition["population"] == "weighting":
        return _("Schoolweging %(value)s") % {"value": texts.plain(value)}
    return _("Achterstandsscore %(value)s per leerling") % {"value": texts.plain(value)}


def _panel(school: School, found: Beside, name: str) -> Panel | None:
    own = figure(found.own, name)
    rows = [(row, other) for row in found.like if (other := figure(row, name))]
    told = standing(own, [other for _row, other in rows]) if own else None
    if own is None or told is None:
        return None
    write = _writer(_texts(), name, found.comparison)
    lower = ngettext("%(n)d school ligt zeker lager", "%(n)d scholen liggen zeker lager", told.lower) % {
        "n": told.lower
    }
    lower = lower if told.lower else _("geen enkele ligt zeker lager")
    higher = _("%(n)d zeker hoger") % {"n": told.higher} if told.higher else _("geen zeker hoger")
    told_of = {"others": told.others, "lower": lower, "higher": higher, "untold": told.untold}
    said = [
        _("Van de %(others)d scholen: %(lower)s, %(higher)s. Met de andere %(untold)d is geen verschil te zien.")
        % told_of,
        _expected(own, write),
        _measured(found.own, name, write),
    ]
    if own.stands_out:
        said.append(_("Dat is zeker hoger dan onze populatie doet verwachten."))
    lines = _lines(school, rows, own, write)
    title = _title(name)
    caption = _("%(title)s: %(school)s en de scholen die op haar lijken") % {"title": title, "school": school.name}
    label = f"{caption}. {write(own.value)} ({_between(own, write)}). {said[0]}"
    place = charts.StripOwn(own.value, own.low, own.high, own.expected)
    values = [other.value for _row, other in rows]
    chart, narrow = (
        mark_safe(  # noqa: S308 (charts escape)
            charts.strip(
                place,
                values,
                told.middle,
                label,
                axis=write,
                own_label=_("onze school"),
                expected_label=_("verwacht"),
                width=width,
            )
        )
        for width in (WIDE, charts.NARROW)
    )
    return Panel(_title(name), _about(name, found.comparison), write(own.value), said, chart, narrow, caption, lines)


def _lines(
    school: School, rows: Sequence[tuple[ComparedSchool, Figure]], own: Figure, write: Callable[[float], str]
) -> list[Line]:
    """The table, by name. What every line needs is made once: there are eighty on a page."""
    words = {1: _("zeker hoger"), -1: _("zeker lager"), 0: _("geen verschil te zien")}
    marks = {code: verdict(_BESIDE[code], said) for code, said in words.items()}
    link = reverse("comparable-other", args=[school.pk, "CODE"])
    between = _("tussen %(low)s en %(high)s")
    lines = [
        Line(
            row.name, row.municipality or row.place, link.replace("CODE", row.code), write(other.value),
            between % {"low": write(other.low), "high": write(other.high)}, marks[other.beside(own)], other.stands_out,
        )
        for row, other in rows
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.name, line.place))


def _between(figure: Figure, write: Callable[[float], str]) -> str:
    return _("tussen %(low)s en %(high)s") % {"low": write(figure.low), "high": write(figure.high)}


def _expected(own: Figure, write: Callable[[float], str]) -> str:
    told = {
        "years": ngettext("%(n)d jaar", "%(n)d jaren", own.years) % {"n": own.years},
        "value": write(own.value),
        "between": _between(own, write),
        "expected": write(own.expected),
    }
    return (
        _("Over %(years)s: %(value)s, vrijwel zeker %(between)s. Bij deze populatie is %(expected)s te verwachten.")
        % told
    )


def _measured(row: ComparedSchool, name: str, write: Callable[[float], str]) -> str:
    """What the files say, before small and suppressed numbers are reckoned with: what a reader works out by hand."""
    low, high = map(write, row.figures[name]["range"])
    if low == high:
        return _("Rechtstreeks uit de bestanden, gemiddeld: %(value)s.") % {"value": low}
    told = {"low": low, "high": high}
    return (
        _("Rechtstreeks uit de bestanden, gemiddeld: %(low)s tot %(high)s, want er zijn aantallen afgeschermd.") % told
    )


def _title(name: str) -> str:
    return {ADVICE: _("Adviezen havo en vwo"), SCORE: _("Score op de eindtoets of doorstroomtoets")}[name]


def _about(name: str, comparison: Comparison) -> str:
    if name == ADVICE:
        return _(
            "Aandeel leerlingen met een advies havo, havo/vwo of vwo, van alle adviezen zonder vso en “niet mogelijk”."
        )
    test = comparison.definition["score"]
    if test == STANDARDISED:
        return _("Elke toets heeft een eigen schaal. Daarom staat hier hoe een school ligt tussen alle scholen met "
                 "dezelfde toets in hetzelfde jaar: 0 is gemiddeld, bij 1 haalt ongeveer één op de zes scholen "
                 "meer.")  # fmt: skip
    return _("Gemiddelde score op de %(test)s; alleen scholen met deze toets.") % {"test": TESTS[test]}


def _writer(texts: Texts, name: str, comparison: Comparison) -> Callable[[float], str]:
    if name == ADVICE:
        return lambda value: texts.percentage(min(max(value, 0.0), 1.0))
    if comparison.definition["score"] == STANDARDISED:
        return lambda value: texts.number(value, 1)
    return texts.plain


def _levels(row: ComparedSchool) -> list[Level]:
    titles = {"1F": _("Ten minste 1F"), "1S/2F": _("1S (rekenen) of 2F (lezen, taalverzorging)")}
    return [
        _level(_texts(), titles[name], found, row.levels[name])
        for name, found in sorted(reached(row).items())
        if name in titles
    ]


def _level(texts: Texts, title: str, found: Reached, told: dict[str, Any]) -> Level:
    low, high = texts.percentage(found.low), texts.percentage(found.high)
    value = low if low == high else _("%(low)s tot %(high)s") % {"low": low, "high": high}
    years = ngettext("%(n)d schooljaar", "%(n)d schooljaren", len(found.years)) % {"n": len(found.years)}
    told_of = {"n": texts.count(found.n), "years": years}
    if found.low == found.high:
        about = _("%(n)s uitslagen van lezen, taalverzorging en rekenen samen, %(years)s.") % told_of
    else:
        about = _("Hoogstens %(n)s uitslagen van lezen, taalverzorging en rekenen samen, %(years)s.") % told_of
    if found.five:
        about += " " + _("Bij minder dan 15 leerlingen in drie jaar tellen vijf jaren.")
    elif found.five is None:
        about += " " + _(
            "Aantallen zijn afgeschermd: het kunnen minder dan 15 leerlingen in drie jaar zijn, en dan tellen vijf "
            "jaren. Wat hier staat geldt voor drie en voor vijf."
        )
    signal = told["signal"]
    if signal is None:
        return Level(title, value, about, "–", "too_few", _("geen signaleringswaarde bekend"))
    shown = texts.percentage(signal)
    if told["estimated"]:
        shown = _("ongeveer %(value)s (schatting)") % {"value": shown}
    answer = found.against(signal)
    words = {
        "reached": _("op of boven de signaleringswaarde"), "missed": _("onder de signaleringswaarde"),
        "unknown": _("niet te zeggen: aantallen zijn afgeschermd"),
    }  # fmt: skip
    marks = {"reached": "above", "missed": "below", "unknown": "undecided"}
    return Level(title, value, about, shown, marks[answer], words[answer])


def _flags(row: ComparedSchool) -> list[str]:
    words = {
        "mean_withheld": _("Minder dan vijf leerlingen, dus geen gemiddelde: %(n)s."),
        "more_tests": _("Meer dan één toets in een jaar: %(n)s."),
        "few_pupils": _("Te weinig leerlingen om betrouwbaar te zijn: %(n)s."),
        "rebuilt": _("Nagebouwd uit een andere bron: %(n)s."),
        "rebuilt_unchecked": _("Nagebouwd, kleine aantallen niet nagekeken: %(n)s."),
    }
    out = [words[code] % {"n": _texts().count(n)} for code, n in sorted(row.flags.items()) if code in words]
    if hidden := row.flags.get("suppressed"):
        out.insert(0, _("Afgeschermde aantallen van deze school (“<5”: 1 tot en met 4): %(n)d.") % {"n": hidden})
    return out


def _method(comparison: Comparison) -> list[str]:
    given, texts = comparison.definition, _texts()
    years = ", ".join(school_year_label(year) for year in given["years"])
    population = {
        "weighting": _("schoolweging van de inspectie"),
        "disadvantage": _("achterstandsscore per leerling van het CBS"),
    }
    made = [
        _("Schooljaren: %(years)s.") % {"years": years},
        _("Populatie: %(what)s.") % {"what": population[given["population"]]},
        _("Vergeleken: %(n)s scholen voor basisonderwijs in het hele land.")
        % {"n": texts.count(comparison.counts["schools"])},
        _("Een school ligt zeker hoger of lager bij een kans van ten minste negen op de tien. Kleine aantallen, "
          "afgeschermde aantallen en losse goede jaren tellen daarin mee."),
        _("Een cijfer van weinig leerlingen of met afgeschermde aantallen ligt dichter bij wat te verwachten is dan "
          "rechtstreeks uit de bestanden: een school lijkt zo niet door geluk hoog of door pech laag."),
    ]  # fmt: skip
    if over_a_break(given["years"]):
        made.append(_("In 2023-2024 kwamen er andere toetsen en meer dubbele adviezen: vergelijk scholen met elkaar, "
                      "niet met zichzelf van daarvoor."))  # fmt: skip
    return made


def _sources(comparison: Comparison) -> list[str]:
    return [f"{each['what']} {school_year_label(each['school_year'])}: {each['file']}" for each in comparison.sources]
