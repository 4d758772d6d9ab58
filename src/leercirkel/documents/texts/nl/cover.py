"""The first page in Dutch, and what stands on every page."""

from __future__ import annotations

from collections.abc import Sequence

from leercirkel.analysis.model import Answer, TrendPoint, TrendPool
from leercirkel.core import dutch
from leercirkel.documents.texts.nl.words import Words


class Cover(Words):
    """School, round, what was counted, and what answers rest on."""

    not_taken = "niet gemaakt, met reden"
    guide_said = "Voorbeeld: 9 van de 14 haalden het doel van 11; waarschijnlijk tussen 5 en 12; kan toeval zijn."

    def title(self, about: str) -> str:
        """The title of the document; `about`: school and round."""
        return f"Resultaten in beeld, {about}"

    def audience(self, *, board: bool, least: int) -> str:
        """For whom the report is, as it says on every page. `least`: what concerns fewer pupils is not for a board."""
        if board:
            return f"Voor het bestuur: zonder namen, zonder cijfers over minder dan {least} leerlingen"
        return "Voor het team: kan kleine aantallen bevatten"

    def kept(self, days: Sequence[str]) -> str:
        """Which figures are those of an earlier report for the board."""
        said = self.listed([self.day(day) for day in days])
        return f"Waar sindsdien minder dan vijf leerlingen bijkwamen, staan de cijfers van eerder: stand van {said}."

    def subtitle(self, moment: str, as_of: str, code: str) -> str:
        """Below the name of the school: the round, the day of its last result, and the school's code."""
        stand = f"stand van {self.day(as_of)}" if as_of else ""
        return " · ".join(part for part in (self.sentence(moment), stand, code) if part)

    def groups_noun(self, n: int) -> str:
        """What so many groups are called."""
        return dutch.agree(n, "groep", "groepen")

    def subjects_noun(self, n: int) -> str:
        """What so many subjects are called."""
        return dutch.agree(n, "vak", "vakken")

    def results_noun(self, n: int) -> str:
        """What so many results are called."""
        return dutch.agree(n, "uitslag", "uitslagen")

    def of_expected(self, expected: int) -> str:
        """ "van 90 verwachte uitslagen", after the number of results."""
        return f"van {self.count(expected)} verwachte {dutch.agree(expected, 'uitslag', 'uitslagen')}"

    def more_parts(self, n: int) -> str:
        """How much more an answer rests on."""
        return f"En nog {dutch.counted(n, 'onderdeel', 'onderdelen')}."

    def cell_head(self, who: str, subject: str, instrument: str, moment: str) -> str:
        """What a line of evidence is about."""
        return f"{who}, {self.subject_within(subject)} ({self.instrument(instrument)}), {moment}"

    def with_result(self, head: str, counted: int) -> str:
        """Evidence without a goal."""
        return f"{head}: {self.pupils(counted)} met een uitslag."

    def no_pupils(self, head: str) -> str:
        """Evidence without pupils."""
        return f"{head}: geen leerlingen."

    def reached(self, head: str, k: int, n: int, goal: int | None, between: str) -> str:
        """Evidence with a goal; `between` is empty where the group is small."""
        text = f"{head}: {self.of(k, n)}, doel {goal}"
        return f"{text}, waarschijnlijk tussen {between}." if between else f"{text}."

    def trend_evidence(self, subject: str, who: str, points: Sequence[TrendPoint], pool: TrendPool | None) -> str:
        """The last years of a trend, and the years together that end there."""
        head = f"Trend {self.subject_within(subject)}, {who}"
        text = ", ".join(f"{p.school_year}: {self.of(p.reached, p.judged)}" for p in points)
        if pool is not None:
            years = dutch.number_word(len(pool.school_years))
            text += f"; {years} jaar samen {self.of(pool.reached, pool.judged)}, doel {pool.goal_count}"
        return f"{head}; {text}." if text else f"{head}."

    def cohort_head(self, group: str, subject: str, since: str) -> str:
        """What a line about the same pupils is about."""
        return f"{self.group(group)}, {self.subject_within(subject)}, sinds {since}"

    def few_stayers(self, head: str) -> str:
        """Too few pupils to compare."""
        return f"{head}: te weinig leerlingen die er toen ook waren."

    def stayers_grew(self, head: str, stayers: int, grew: str, joiners: int, leavers: int) -> str:
        """The growth of those who stayed (`grew`: "+4,2 punten, …"), and how many came and went."""
        return f"{head}: {dutch.counted(stayers, 'blijver', 'blijvers')} {grew}; {joiners} erbij, {leavers} weg."

    def effect_evidence(self, name: str, counted: str, growth: str, expected: str, difference: str) -> str:
        """What was measured of an intervention."""
        return (
            f"{name}: {counted} leerlingen met twee uitslagen, groei {growth}, verwacht {expected}, "
            f"verschil waarschijnlijk tussen {difference}."
        )

    def answer(self, answer: Answer) -> str:
        """An answer in words."""
        return answer.text
