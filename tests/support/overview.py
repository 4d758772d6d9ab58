"""The tables of docs/privacy/wie-ziet-wat.md, made from the standard roles. To write them into the page:

DJANGO_SETTINGS_MODULE=tests.support.django_settings python -m tests.support.overview
"""

from __future__ import annotations

from pathlib import Path

from leercirkel.apps.access.bundles import BUNDLES, Bundle
from leercirkel.apps.access.rights import Reach, Right

PAGE = Path(__file__).parents[2] / "docs" / "privacy" / "wie-ziet-wat.md"

SEEING = {
    Right.SEE_FIGURES: "cijfers zonder namen",
    Right.SEE_PUPILS: "naam, groep, loopbaan",
    Right.SEE_RESULTS: "toetsresultaten per leerling",
    Right.SEE_CONTACTS: "ouders, gezag, contact",
    Right.SEE_DOSSIER: "dossier",
    Right.SEE_OBSERVATIONS: "observaties van lessen",
    Right.SEE_PUBLISHED: "wat met ouders is gedeeld",
    Right.SEE_BOARD: "scholen naast elkaar, zonder namen",
    Right.SEE_AUDIT: "logboek van gebruik",
    Right.SEE_PRIVACY: "privacyoverzicht",
}
DOING = {
    Right.WRITE_RESULTS: "resultaten invoeren",
    Right.WRITE_PLAN: "plannen schrijven",
    Right.WRITE_ANALYSIS: "antwoorden en aanpakken schrijven",
    Right.WRITE_DOSSIER: "in dossier schrijven",
    Right.WRITE_CONTACTS: "ouders en gezag bijhouden",
    Right.PUBLISH: "met ouders delen",
    Right.LEAD_CASES: "casussen leiden",
    Right.COACH: "collega's begeleiden",
    Right.EXPORT: "uit het systeem halen",
    Right.MANAGE_ROSTER: "leerlingenlijst inlezen",
    Right.MANAGE_TEAMS: "teams, leerkrachten, overleggen",
    Right.MANAGE_USERS: "gebruikers en rechten",
    Right.MANAGE_SETTINGS: "instellingen",
    Right.MANAGE_STANDARDS: "eigen normen, normtabellen",
}
SHORT = {
    Reach.ALL: "school",
    Reach.OWN_GROUPS: "eigen groepen",
    Reach.TEAM_GROUPS: "groepen van het team",
    Reach.AGENDA: "agenda",
    Reach.AGENDA_INFORMED: "agenda, ouders weten het",
    Reach.CASES: "eigen casussen",
    Reach.CASES_INFORMED: "eigen casussen, ouders weten het",
    Reach.NEWCOMERS: "nieuwe leerlingen",
    Reach.OWN_SUBJECT: "eigen vak",
    Reach.OWN_CHILDREN: "eigen kinderen",
}


def table(columns: dict[Right, str]) -> str:
    """One row per role, one column per right; in the cell how far it goes, an empty cell for not at all."""
    lines = ["| rol | " + " | ".join(columns.values()) + " |", "|---|" + "---|" * len(columns)]
    rows = ([bundle.name, *(_cell(bundle, right) for right in columns)] for bundle in BUNDLES)
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(bundle: Bundle, right: Right) -> str:
    reaches = [reach for reach in Reach if (right, reach) in bundle.rights]
    if Reach.ALL in reaches:
        return "school"
    return "; ".join(SHORT[reach] for reach in reaches)


def filled(page: str) -> str:
    """The page with its tables made anew."""
    for name, columns in (("zien", SEEING), ("doen", DOING)):
        begin, end = f"<!-- {name}: made -->\n", "<!-- end -->"
        before, _, rest = page.partition(begin)
        page = before + begin + table(columns) + end + rest.partition(end)[2]
    return page


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
