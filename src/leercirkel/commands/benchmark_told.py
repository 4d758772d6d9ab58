"""What `leercirkel benchmark successful` prints: the method, its parameters, counts, and who is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from leercirkel.analysis.benchmark.comparable import SURE, figures_of
from leercirkel.analysis.benchmark.compare import ADVICE, SCORE, Comparison
from leercirkel.analysis.benchmark.definition import STANDARDISED, Definition, over_a_break
from leercirkel.analysis.benchmark.levels import Indicator, Reached
from leercirkel.analysis.benchmark.published import Place
from leercirkel.analysis.open_data import FLAGS, TESTS
from leercirkel.commands.output import write_whole
from leercirkel.core.calendar import school_year_label
from leercirkel.documents.charts.dots import Dot, Sign, dots
from leercirkel.documents.texts import texts_of
from leercirkel.exchange.duo.comparing import Named

TITLES = {SCORE: "eindscore", ADVICE: "advies havo of vwo"}
COLUMNS = {SCORE: "eindscore", ADVICE: "advies"}
ANSWERS = {"yes": "succesvol", "no": "niet", "unknown": "niet te zeggen", "too_few_years": "te weinig jaren"}
POPULATIONS = {"weighting": "schoolweging van de inspectie", "disadvantage": "achterstandsscore per leerling (CBS)"}
COUNTRY = "heel Nederland"
FEWEST_YEARS = 2
"""Years with data that the published way asks for."""
_TEXTS = texts_of("nl")


def show(
    made: Comparison,
    names: Mapping[str, Named],
    flags: Mapping[str, Counter[str]],
    reached: Mapping[str, Mapping[Indicator, Reached]],
    where: str,
) -> None:
    """Prints everything."""
    _method(made.definition, where)
    _counts(made, flags)
    for indicator in made.places:
        _groups(made, indicator)
    _found(made, names, reached)
    _beyond(made, names)


def called(made: Comparison) -> list[str]:
    """The successful schools of the group with the heaviest population, which are told one by one."""
    in_group = made.group == made.definition.groups
    return [
        school for school, there in zip(made.schools, in_group, strict=True) if there and made.answer(school) == "yes"
    ]


def years_of(given: Definition) -> str:
    """The school years that are compared, in words."""
    return ", ".join(school_year_label(year) for year in given.years)


def _method(given: Definition, where: str) -> None:
    score = TESTS.get(given.score, "alle toetsen, gestandaardiseerd binnen toets en jaar")
    average = "het gemiddelde van de jaren" if given.average == "yearly" else "alle leerlingen van de jaren samen"
    print(f"Succesvolle scholen, {where}, {years_of(given)}")
    print("Manier: Gemeente Amsterdam (2019), Zeven pijlers; zie docs/domein/vergelijken.md")
    population = POPULATIONS[given.population]
    print(f"  populatie            {population}; {given.groups} groepen van evenveel scholen")
    print(f"  vergeleken           alleen de scholen van {where}, met elkaar" if where != COUNTRY else
          f"  vergeleken           alle scholen van {COUNTRY}")  # fmt: skip
    print(f"  (a) eindscore        {score}")
    high, without = " + ".join(map(_advice, given.high_advices)), " en ".join(map(_advice, given.not_counted))
    print(f"  (b) havo/vwo         {high}, van alle adviezen zonder {without}")
    print(f"  per school           {average}; ten minste {given.least_years} jaar")
    print(f"  succesvol            op (a) en/of (b) {given.above:g} SD of meer boven de eigen groep, en hoogstens "
          f"{given.most_below} jaar eronder")  # fmt: skip
    print(f"  niet gebruikt        rijen met: {' · '.join(FLAGS[flag].replace('; ', ', ') for flag in given.left_out)}")
    print("  let op               De populatie van het document (opleiding, inkomen, vve, migratie) is niet openbaar: "
          f"{population} staat ervoor in de plaats.")  # fmt: skip
    if given.least_years < FEWEST_YEARS:
        print("                       De gepubliceerde manier vraagt ten minste twee jaar: in één jaar is een verschil "
              "vaker toeval.")  # fmt: skip
    if over_a_break(given.years):
        print("                       In 2023-2024 kwamen er andere toetsen en meer dubbele adviezen: vergelijk "
              "scholen met elkaar, niet met zichzelf van daarvoor.")  # fmt: skip
    print(
        "                       SBO doet niet mee: daar telt uitstroom op het niveau van het ontwikkelingsperspectief."
    )


def _counts(made: Comparison, flags: Mapping[str, Counter[str]]) -> None:
    every: Counter[str] = Counter()
    for school in made.schools:
        every.update(flags.get(school, {}))
    print(f"\nScholen met een populatie: {_n(len(made.schools))}")
    for indicator, places in made.places.items():
        exact = sum(place.exact for place in places.values())
        print(f"  met {TITLES[indicator]}: {_n(len(places))}, zonder afgeschermde aantallen {_n(exact)}")
    for flag, n in every.most_common():
        print(f"  {_n(n):>9} rijen: {FLAGS[flag]}")


def _groups(made: Comparison, indicator: str) -> None:
    write = _writer(made.definition, indicator)
    print(f"\n{TITLES[indicator][0].upper()}{TITLES[indicator][1:]}")
    print("  groep  scholen  gemiddelde     SD  succesvol  niet te zeggen  te weinig jaren")
    for group in sorted(set(made.group.tolist())):
        mine = [
            place for school, number in zip(made.schools, made.group, strict=True)
            if number == group and (place := made.places[indicator].get(school))
        ]  # fmt: skip
        if not mine:
            continue
        told, first = Counter(place.answer for place in mine), mine[0]
        spread = _spread(made, indicator, first.group_sd)
        print(f"  {group:>5}  {_n(first.group_n):>7}  {write(first.group_mean):>10}  {spread:>5}"
              f"  {told['yes']:>9}  {told['unknown']:>14}  {told['too_few_years']:>15}")  # fmt: skip


def _found(made: Comparison, names: Mapping[str, Named], reached: Mapping[str, Mapping[Indicator, Reached]]) -> None:
    answers = {school: made.answer(school) for school in made.schools}
    told = Counter(answers.values())
    print(f"\nSuccesvol: {_n(told['yes'])} · niet te zeggen: {_n(told['unknown'])} · niet: {_n(told['no'])} · "
          f"te weinig jaren: {_n(told['too_few_years'])}")  # fmt: skip
    last, mine = made.definition.groups, called(made)
    if not mine:
        return
    print(f"In groep {last}, met de zwaarste populatie:")
    for school in sorted(mine, key=lambda s: (_named(names, s).municipality, _named(names, s).name)):
        named = _named(names, school)
        parts = [
            f"{TITLES[indicator]} {_between(_writer(made.definition, indicator), place)}"
            for indicator, places in made.places.items()
            if (place := places.get(school)) and place.answer == "yes"
        ]
        parts += [f"{code} {_range(found)}" for code, found in reached.get(school, {}).items()]
        print(f"  {school}  {named.name}, {named.place}: {'; '.join(parts)}")


def _beyond(made: Comparison, names: Mapping[str, Named]) -> None:
    print("\nHoe zeker is het? (kleine en afgeschermde aantallen en losse jaren eruit; docs/domein/vergelijken.md)")
    if not made.believed:
        print("  Er zijn te weinig scholen om dat te schatten.")
    for indicator, found in made.believed.items():
        sure = int((found.chance >= SURE).sum())
        likely = int((found.chance >= 0.5).sum())
        called = [k for k, school in enumerate(made.schools) if _yes(made, indicator, school)]
        right = sum(found.chance[k] for k in called if found.chance[k] == found.chance[k])
        stand_out = "valt op" if sure == 1 else "vallen op"
        stays = f"van een verschil in één jaar blijft {_TEXTS.percentage(found.stability)}"
        stays += " (aangenomen: te weinig aantallen zijn niet afgeschermd)" if found.years_stated else ""
        print(f"  {TITLES[indicator]}: {_schools(sure)} {stand_out} (kans van ten minste {SURE:.0%} op ten minste "
              f"{made.definition.above:g} SD boven de eigen populatie, zonder geluk), {_n(likely)} waarschijnlijk "
              "wel")  # fmt: skip
        print(f"    van de {_n(len(called))} die de gepubliceerde manier noemt, zijn het er naar schatting "
              f"{_n(round(right))}; {stays}")  # fmt: skip


def _yes(made: Comparison, indicator: str, school: str) -> bool:
    place = made.places[indicator].get(school)
    return place is not None and place.answer == "yes"


def rows(made: Comparison, names: Mapping[str, Named], flags: Mapping[str, Counter[str]]) -> list[dict[str, Any]]:
    """A row per school, for a file."""
    figures = {indicator: figures_of(made, indicator) for indicator in made.believed}
    out = []
    for k, school in enumerate(made.schools):
        named = _named(names, school)
        row: dict[str, Any] = {
            "school": school, "naam": named.name, "plaats": named.place, "gemeente": named.municipality,
            "populatie": round(float(made.population[k]), 4), "groep": int(made.group[k]),
            "uitkomst": ANSWERS[made.answer(school)],
        }  # fmt: skip
        for indicator, places in made.places.items():
            place, figure = places.get(school), figures[indicator][k] if indicator in figures else None
            name = COLUMNS[indicator]
            row |= {
                f"{name}_uitkomst": ANSWERS[place.answer] if place else "",
                f"{name}_laagst": _round(place.low if place else None),
                f"{name}_hoogst": _round(place.high if place else None),
                f"{name}_jaren": place.years if place else 0,
                f"{name}_geschat": _round(figure.value if figure else None),
                f"{name}_van": _round(figure.low if figure else None),
                f"{name}_tot": _round(figure.high if figure else None),
                f"{name}_kans": _round(figure.chance if figure else None),
            }
        row["kanttekeningen"] = " ".join(f"{flag}:{n}" for flag, n in sorted(flags.get(school, {}).items()))
        out.append(row)
    return out


KEY: tuple[tuple[Sign, str], ...] = (
    ("marked", "succesvol"), ("plain", "niet, of niet te zeggen"),
    ("unsure", "schatting: afgeschermde aantallen"), ("mean", "gemiddelde van de groep"),
)  # fmt: skip


def charts(made: Comparison, folder: Path, where: str) -> list[Path]:
    """The two figures of the document: every school a dot, by group. Gives where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    group = dict(zip(made.schools, made.group.tolist(), strict=True))
    for indicator, places in made.places.items():
        given = [
            Dot(group[school], place.estimate, place.answer == "yes", not place.exact)
            for school, place in places.items()
            if place.answer != "too_few_years"
        ]
        if not given:
            continue
        means = {group[school]: mean for school, place in places.items() if (mean := place.group_mean) == mean}
        number, write = made.definition.groups, _writer(made.definition, indicator)
        title = f"Scholen naar schoolgroep en {TITLES[indicator]}"
        years = years_of(made.definition)
        signs = {"marked": any(d.marked for d in given), "unsure": any(d.unsure for d in given)}
        drawn = dots(
            given, number, f"{title}, {where}, {years}. {_in_words(given, means, write)}",
            axis=write, across="schoolgroep (laatste: zwaarste populatie)",
            means=[means.get(each) for each in range(1, number + 1)],
            head=(title, f"{where}, {years}: elke stip is een school"),
            key=[(sign, words) for sign, words in KEY if signs.get(sign, True)],
            foot="Bron: DUO, CBS en inspectie; bewerking Leercirkel",
        )  # fmt: skip
        path = folder / f"scholen-{'eindscore' if indicator == SCORE else 'havo-vwo'}.svg"
        write_whole(path, drawn.encode())
        out.append(path)
    return out


def _in_words(given: Sequence[Dot], means: Mapping[int, float], write: Callable[[float], str]) -> str:
    """What the figure shows, for who does not see it: of each group how many schools, from where to where, their mean
    and how many are successful."""
    out = []
    for group in sorted({dot.group for dot in given}):
        mine = [dot for dot in given if dot.group == group]
        low, high = (write(end(dot.value for dot in mine)) for end in (min, max))
        mean = f", gemiddeld {write(means[group])}" if group in means else ""
        out.append(f"Groep {group}: {_schools(len(mine))} van {low} tot {high}{mean}, "
                   f"{_n(sum(dot.marked for dot in mine))} succesvol.")  # fmt: skip
    return " ".join(out)


def _named(names: Mapping[str, Named], school: str) -> Named:
    return names.get(school) or Named(school, "", "", "")


def _between(write: Callable[[float], str], place: Place) -> str:
    low, high = write(place.low), write(place.high)
    return low if low == high else f"{low} tot {high}"


def _range(found: Reached) -> str:
    low, high = _TEXTS.percentage(found.low), _TEXTS.percentage(found.high)
    return low if low == high else f"{low} tot {high}"


def _writer(given: Definition, indicator: str) -> Callable[[float], str]:
    decimals = _decimals(given)
    written = _TEXTS.percentage if indicator == ADVICE else lambda value: _TEXTS.number(value, decimals)
    return lambda value: "–" if value != value else written(value)


def _spread(made: Comparison, indicator: str, value: float) -> str:
    if value != value:
        return "–"
    return _TEXTS.number(100 * value, 1) if indicator == ADVICE else _TEXTS.number(value, _decimals(made.definition))


def _decimals(given: Definition) -> int:
    return 2 if given.score == STANDARDISED else 1


def _round(value: float | None) -> float | str:
    return "" if value is None or value != value else round(value, 4)


def _schools(n: int) -> str:
    return f"{_n(n)} {'school' if n == 1 else 'scholen'}"


def _n(value: int) -> str:
    return _TEXTS.count(value)


def _advice(code: str) -> str:
    return "niet mogelijk" if code == "not_possible" else code.replace("_", "/")
