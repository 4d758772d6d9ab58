"""The counter of the played round can find what it looks for: numbers typed over, clicks, pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.support.counted import SECONDS, Count, Person, Thought, numbers_in

PAGE = """<p>Score 104 en 3,5 jaar, 6 van de 8.</p><label>Tekst<input name=t></label>
<label>Norm<input value="75"></label><select><option>a<option>b</select><button>Bewaar</button>"""


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.set_content(PAGE)
    yield page
    context.close()


def test_a_number_that_stood_on_a_page_or_in_a_field_is_typed_over(blank: Page) -> None:
    person = Person(blank, Count(), "typen")

    person.fill(blank.get_by_label("Tekst"), "we mikken op 104, na 3.5 jaar, bij 75 procent")

    assert person.count.retyped == ["104", "3.5", "75"]
    assert person.count.typed == len("we mikken op 104, na 3.5 jaar, bij 75 procent")


def test_a_number_that_another_person_saw_is_known_too(blank: Page, browser: Browser) -> None:
    count = Count()
    Person(blank, count, "kijken").look()
    other = browser.new_context().new_page()
    other.set_content("<label>Tekst<input></label>")

    Person(other, count, "typen").fill(other.get_by_label("Tekst"), "104")
    other.context.close()

    assert count.retyped == ["104"]


def test_a_number_that_nobody_was_shown_is_new(blank: Page) -> None:
    person = Person(blank, Count(), "typen")

    person.fill(blank.get_by_label("Tekst"), "in lokaal 19, zonder cijfers die er al stonden")

    assert person.count.retyped == []


def test_clicks_are_counted_by_what_they_are_for_and_exceptions_apart(blank: Page) -> None:
    person = Person(blank, Count(), "een")

    person.click(blank.get_by_role("button"))
    person.step = "twee"
    person.choose(blank.locator("select"), "b", exception=True)
    person.fill(blank.get_by_label("Tekst"), "woorden")

    assert person.count.clicks == {"een": 1, "twee": 3}
    assert (person.count.all_clicks, person.count.exceptions) == (4, 2)


def test_each_page_that_is_opened_counts(blank: Page) -> None:
    person = Person(blank, Count(), "lezen")

    for _ in range(3):
        blank.goto("data:text/html,<p>blad</p>")

    assert person.count.pages == {"lezen": 3}


@pytest.mark.parametrize(
    ("text", "numbers"), [("80% van 12,5", {"80", "12.5"}), ("niets", set()), ("M4-2026", {"4", "2026"})]
)
def test_numbers_in_a_text_whatever_stands_around_them(text: str, numbers: set[str]) -> None:
    assert numbers_in(text) == numbers


def test_thought_is_what_was_counted_times_what_is_assumed() -> None:
    light = Counter({"pages": 1, "exceptions": 1})
    heavy = Counter({"pages": 1, "pupils placed differently": 4})

    found = Thought([light, heavy])

    minutes = [(SECONDS["pages"] + SECONDS["exceptions"]) / 60,
               (SECONDS["pages"] + 4 * SECONDS["pupils placed differently"]) / 60]  # fmt: skip
    assert found.of_four() == pytest.approx((2 * sum(minutes), 4 * max(minutes)))
    assert found.mean("exceptions") == 0.5
