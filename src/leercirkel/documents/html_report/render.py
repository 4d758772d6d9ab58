"""From the report to one HTML file that can be mailed, opened and printed without anything else."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from leercirkel.analysis.model import SchoolReport
from leercirkel.documents.html_report import cover, decisions, groups, method, overview, trends
from leercirkel.documents.html_report.elements import Labels
from leercirkel.documents.html_report.tags import Html, tag
from leercirkel.documents.report.context import View
from leercirkel.documents.report.view import view_of
from leercirkel.documents.texts import Language

Part = tuple[str, str, Html]
"""Place in the document, heading, content."""


def render_html(report: SchoolReport, language: Language = "nl") -> bytes:
    """The report as UTF-8 HTML in Dutch (nl) or English (en), with its styles and charts inside. The same report gives
    the same bytes.

    Nothing in it is fetched and nothing runs: its own policy forbids both. It says what the
    PDF says, from the same view.
    """
    return f"<!doctype html>\n{_page(view_of(report, language))}\n".encode()


def _page(view: View) -> Html:
    return tag("html", _head(view), _body(view), lang=view["language"])


@cache
def _style() -> tuple[str, str]:
    """The style sheet, and the hash by which the policy of the page allows it."""
    css = files("leercirkel.documents.html_report").joinpath("page.css").read_text(encoding="utf-8").strip()
    return css, b64encode(sha256(css.encode()).digest()).decode()


def _head(view: View) -> Html:
    css, digest = _style()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="generator", content="Leercirkel"),
        tag("title", view["title"]),
        tag("style", Html(css)),
    )


def _body(view: View) -> Html:
    parts = _parts(view)
    return tag(
        "body",
        tag("a", view["labels"]["skip"], href="#inhoud", class_="skip"),
        _banner(view["cover"], view["labels"]),
        _contents(view, parts),
        tag("main", [_section(view, part) for part in parts], id="inhoud", tabindex="-1"),
        tag("footer", tag("p", view["header"], f" · {view['labels']['made_with']}")),
    )


def _banner(cover: View, labels: Labels) -> Html:
    audience = cover.get("audience", "")
    title = tag(
        "div",
        tag("p", labels["report"], class_="kind"),
        tag("h1", cover["school"]),
        tag("p", cover["subtitle"]),
        tag("p", audience, class_="audience") if audience else None,
        class_="banner",
    )
    return tag(
        "header", title, tag("ul", [tag("li", tag("b", f["n"]), f["what"]) for f in cover["facts"]], class_="facts")
    )


def _parts(view: View) -> list[Part]:
    """Everything below the title, in the order of the PDF; what there is nothing of is left out."""
    labels, marks, verdicts = view["labels"], view["marks"], view["verdicts"]
    key = overview.key(marks, view["key"])
    found = [
        ("antwoorden", labels["answers"], cover.cover(view["cover"], view["links"], labels, marks)),
        ("overview", labels["overview"], overview.overview(view["overview"], labels, marks, verdicts, key)),
    ]
    if view["trends"]:
        found.append(("trends", labels["trends"], trends.trends(view["trends"], labels, marks, key)))
    if view["groups"] or view["too_small"]:
        pages = groups.groups(view["groups"], view["too_small"], labels, marks, view["ways"])
        found.append(("groepen", labels["groups"], pages))
    if view["advices"]:
        found.append(("adviezen", labels["advices"], decisions.advices(view["advices"], labels)))
    if view["method_tests"]:
        tests = decisions.method_tests(view["method_tests"], view["method_bounds"], labels)
        found.append(("methodetoetsen", labels["method_tests"], tests))
    if view["observations"]:
        seen = decisions.observations(view["observations"], labels)
        found.append(("observaties", labels["observations"], seen))
    if view["interventions"] or view["agreements"]:
        done = decisions.interventions(view["interventions"], view["agreements"], labels, marks)
        found.append(("interventions", labels["interventions"], done))
    found.append(("methode", labels["method"], method.method(view["method"], labels)))
    return found


def _section(view: View, part: Part) -> Html:
    place, title, content = part
    wide = place == "overview" and view["overview"]["wide"]
    class_ = "part wide-page" if wide else "part" if place != "antwoorden" else None
    return tag("section", tag("h2", title, id=place), content, class_=class_, aria_labelledby=place)


def _contents(view: View, parts: list[Part]) -> Html:
    """Links to every part, and within it to every test and every group."""
    subjects = [s["title"] for s in view["trends"]]
    names = [
        f"{t} ({s['test']})" if subjects.count(t) > 1 else t for t, s in zip(subjects, view["trends"], strict=True)
    ]
    below = {
        "trends": [(f"trend-{i}", name) for i, name in enumerate(names)],
        "groepen": [(f"group-{i}", g["name"]) for i, g in enumerate(view["groups"])],
    }
    items = [tag("li", tag("a", title, href=f"#{place}"), _links(below.get(place, []))) for place, title, _ in parts]
    return tag(
        "nav", tag("h2", view["labels"]["contents"], id="wegwijzer"), tag("ul", items), aria_labelledby="wegwijzer"
    )


def _links(places: list[tuple[str, str]]) -> Html | None:
    if not places:
        return None
    return tag("ul", [tag("li", tag("a", name, href=f"#{place}")) for place, name in places])
