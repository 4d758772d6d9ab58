"""What makes files of real schools dirty, planted on purpose: each of it is named by `leercirkel check`.

Every invented school already has twins, and a first name that the test system spells otherwise; the SBO also has a
result in the holiday and a test of the wrong grade. Here is the rest, for every school.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from leercirkel.demo import exports
from leercirkel.demo.careers import History, Seat
from leercirkel.demo.marks import Mark
from leercirkel.demo.people import respelled
from leercirkel.demo.rounds import Round
from leercirkel.demo.schools import FORMER_GROUP_NAME
from leercirkel.demo.scores import AVI_LEVELS, Result
from leercirkel.exchange.edexml.model import Pupil, Roster

_FORMER_NAMES = {"bao": ("Groep 6", "De Zonnetjes"), "units": ("5/6B", "Unit geel")}
"""The class that changed its name in November, now and before."""

ADDRESS = "Schuilgaarde 7391"
"""The invented street that is nobody's business."""


@dataclass(frozen=True, slots=True)
class Dirt:
    """Which pupils and classes of a school have something wrong, chosen without chance."""

    history: History
    twice: Seat
    other_spelling: Seat
    secret: Seat
    renamed: tuple[str, str]

    def rosters(self, made: Sequence[Roster]) -> list[Roster]:
        """With a second roster of the last year, made in October: a class had another name then, and the teacher of the
        last class was still there. In the newest roster one pupil stands twice and one first name is spelled anew."""
        *older, last = made
        day = date(last.school_year, 10, 1)
        now, before = self.renamed
        autumn = replace(
            last,
            reference_date=day,
            created_on=day,
            groups=tuple(replace(g, name=before) if g.name == now else g for g in last.groups),
            pupils=tuple(_in_autumn(p, day) for p in last.pupils if p.enrolled_on and p.enrolled_on <= day),
            file=last.file.replace(".xml", "-oktober.xml"),
        )
        last_class = [g.key for g in last.groups if not g.mixed][-1]
        staff = tuple(m for m in last.staff if not (m.groups and m.groups[0] == last_class))
        pupils = tuple(p for pupil in last.pupils for p in self._records(pupil, last.school_year))
        return [*older, autumn, replace(last, staff=staff, pupils=pupils)]

    def _records(self, pupil: Pupil, year: int) -> Iterator[Pupil]:
        if pupil.key == self.twice.pupil.key:
            yield replace(pupil, left_on=date(year, 11, 13))
            yield replace(pupil, key=self.second_key, enrolled_on=date(year + 1, 1, 11))
        elif pupil.key == self.other_spelling.pupil.key:
            yield replace(pupil, first_name=respelled(pupil.first_name or "Bo"))
        else:
            yield pupil

    @property
    def second_key(self) -> str:
        """The number that the pupil got who was enrolled a second time."""
        return str(max(int(s.pupil.key) for s in self.history.seats) + 40)

    def with_address(self, data: bytes) -> bytes:
        """The EDEXML file with an address that is secret, as a supplier's own block has it."""
        start = data.index(f'<leerling key="{self.secret.pupil.key}">'.encode())
        end = data.index(b"    </leerling>", start)
        block = (
            "      <postcodenl>9999ZZ</postcodenl>\n      <toevoegingen>\n        <adresgegevens>\n"
            f"          <straat>{ADDRESS}</straat>\n          <geheimadres>ja</geheimadres>\n"
            "        </adresgegevens>\n      </toevoegingen>\n"
        )
        return data[:end] + block.encode() + data[end:]

    def results(self, results: Sequence[Result]) -> tuple[list[Result], list[Result]]:
        """The results with one in the holiday, one of a test far from the grade, and those of the middle of the year of
        the pupil who is enrolled twice under the second number; and apart the AVI results of one class, as cards."""
        last = Round(self.history.last_year, "M")
        read = next(s.group for s in self.history.in_year(last.school_year) if s.grade == 5)
        kept, cards = [], []
        planted: set[str] = set()
        for r in results:
            newest = (r.seat.school_year, r.moment) == (last.school_year, "M") and not r.not_taken
            if newest and r.seat.pupil.key == self.twice.pupil.key:
                pupil = replace(r.seat.pupil, person=replace(r.seat.pupil.person, key=self.second_key))
                r = replace(r, seat=replace(r.seat, pupil=pupil))
            if newest and r.avi and r.seat.group == read:
                cards.append(r)
                continue
            if newest and r.subject == "spelling" and r.seat.grade == 7 and "holiday" not in planted:
                planted.add("holiday")
                r = replace(r, taken_on=last.day(2, 24))
            elif newest and r.subject == "spelling" and r.seat.grade == 4 and "grade" not in planted:
                planted.add("grade")
                r = replace(r, test_level="M8")
            kept.append(r)
        return kept, cards

    def marks(self, marks: Sequence[Mark]) -> list[Mark]:
        """One destination of a pupil of this year has no reason."""
        here = {s.pupil.key for s in self.history.in_year(self.history.last_year)}
        bare = next((m for m in marks if m.destination and m.pupil.key in here), None)
        return [replace(m, reason="") if m is bare else m for m in marks]

    def undertaken(self, text: str) -> str:
        """An agreement and a group plan that nobody looked back at."""
        last = self.history.last_year
        group = self.twice.group
        return text + (
            f'\n[[intervention]]\nname = "Groepsplan begrijpend lezen {group}"\nsubject = "begrijpend_lezen"\n'
            f'from = {last}-09-07\nuntil = {last}-12-18\nweeks_planned = 14\ngroups = ["{group}"]\n'
            f'\n[[agreement]]\nschool_year = "{last - 1}-{last}"\nmoment = "E"\n'
            'text = "na acht weken samen het groepsplan spelling nakijken"\nsubject = "spelling"\n'
        )


def dirt(history: History, respelled_key: str) -> Dirt:
    """What will be wrong in this school; `respelled_key`: the pupil whom the test system spells otherwise already."""
    last = history.in_year(history.last_year)
    came = date(history.last_year, 8, 1)
    alike = [(s.pupil.person.surname, s.pupil.person.birth_date) for s in last]

    def one(grade: int, *others: str) -> Seat:
        return next(
            s for s in last
            if s.grade == grade and s.pupil.enrolled_on < came and s.pupil.left_on is None
            and s.pupil.key not in (respelled_key, *others)
            and alike.count((s.pupil.person.surname, s.pupil.person.birth_date)) == 1
        )  # fmt: skip

    profile = history.profile
    names = FORMER_GROUP_NAME if profile.kind == "sbo" else _FORMER_NAMES["units" if profile.units else "bao"]
    return Dirt(history, one(4), one(7), one(5), names)


def _in_autumn(pupil: Pupil, day: date) -> Pupil:
    return replace(pupil, left_on=None) if pupil.left_on and pupil.left_on > day else pupil


def cards_csv(results: Sequence[Result]) -> bytes:
    """AVI cards as a teacher keeps them: a row per pupil, a column per card. One pupil masters E4 and not M4."""
    levels = AVI_LEVELS[1:]
    strange = next((r for r in results if r.avi == "E4"), results[0])
    rows = []
    for r in results:
        person = r.seat.pupil.person
        rank = AVI_LEVELS.index("E4" if r is strange else r.avi or "Start")
        words = {rank: "beheersing", rank + 1: "instructie", rank + 2: "frustratie", rank - 1: "beheersing"}
        if r is strange:
            words = {rank: "beheersing", rank - 1: "instructie", rank + 1: "frustratie"}
        cells = [words.get(place, "") for place in range(1, len(AVI_LEVELS))]
        rows.append([person.key, person.surname, person.first_name, f"{person.birth_date:%d-%m-%Y}",
                     f"{r.taken_on:%d-%m-%Y}", *cells])  # fmt: skip
    header = ["leerlingnummer", "achternaam", "roepnaam", "geboortedatum", "afnamedatum"]
    return exports.text_table([*header, *(f"AVI {level}" for level in levels)], rows).encode("utf-8-sig")
