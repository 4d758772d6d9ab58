"""The school's own norms and its test calendar, as the TOML files that the school would write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leercirkel.core.destinations import DESTINATIONS
from leercirkel.demo import norms
from leercirkel.demo.messages import DOORSTROOMTOETS
from leercirkel.demo.rounds import WINDOWS, holidays
from leercirkel.demo.schools import Profile
from leercirkel.demo.scores import AVI_LEVELS

_COMMON_FACTORS = {"rekenen": 0.45, "technisch_lezen": 0.45, "begrijpend_lezen": 0.50, "spelling": 0.43}
"""SBO: DLE ≥ factor × didactic age is the basic goal until the pupil's own DLE is 30."""

_END_DLE = {"VMBO_BB": 32, "VMBO_KB": 39, "VMBO_GL_TL": 47}
"""DLE at the end of school that a destination asks; every other destination stays on the common line."""

_OPEN_END = 1000
"""Upper end of "from DLE 30 on": above every DLE there is."""

_SBO_AVI: tuple[tuple[int, int, str, str, str], ...] = (
    (5, 14, "Start", "M3", "E3"),
    (15, 24, "M3", "E3", "M4"),
    (25, 34, "M3", "E3", "E4"),
    (35, 44, "E3", "M4", "M5"),
    (45, 54, "M4", "E4", "E5"),
    (55, 60, "M4", "M5", "M6"),
)
"""SBO: didactic age from, to, and the AVI level that belongs to the minimum, basic and high line there."""

CARE = {"sbo": '["ihp", "two_below"]', "bao": '["opp", "hgpd"]'}
"""Who is held against the norm for extra support."""

_BAO_LEVELS: dict[str, tuple[float, float, float]] = {
    "rekenen": (0.80, 0.60, 0.25),
    "begrijpend_lezen": (0.80, 0.60, 0.20),
    "technisch_lezen": (0.85, 0.65, 0.25),
    "spelling": (0.80, 0.60, 0.20),
    "taalverzorging": (0.80, 0.60, 0.20),
    "woordenschat": (0.75, 0.60, 0.20),
}
"""BAO: share that reaches at least level IV, III and I."""

_UNIT_LEVELS: dict[str, tuple[float, float, float]] = {
    "rekenen": (0.75, 0.55, 0.15),
    "begrijpend_lezen": (0.75, 0.50, 0.15),
    "technisch_lezen": (0.75, 0.50, 0.15),
    "spelling": (0.75, 0.55, 0.15),
    "taalverzorging": (0.75, 0.50, 0.15),
    "woordenschat": (0.70, 0.50, 0.15),
}
"""The same for the school with units, which has a higher schoolweging."""


def standards_toml(profile: Profile, last_year: int) -> str:
    """The standards file of the school."""
    blocks = _sbo(profile) if profile.kind == "sbo" else _bao(profile, last_year)
    remark = f"# Eigen normen van {profile.name}. Wat hier staat heeft het team vastgesteld.\n"
    top = f'school_name = "{profile.name}"\nschool_type = "{profile.kind}"\nmain_tier = "basis"\n'
    return remark + top + f"care = {CARE[profile.kind]}\n" + "".join(blocks)


def _sbo(profile: Profile) -> Iterator[str]:
    for subject, factor in _COMMON_FACTORS.items():
        yield f"\n# {subject}: de gemeenschappelijke lijn, en vanaf een eigen DLE van 30 de lijn van de bestemming.\n"
        yield _standard(f'subject = "{subject}"', 'quantity = "dle"', 'scope = "all"', tiers=_dl_tiers(factor))
        for code in DESTINATIONS:
            own = _END_DLE[code] / 60 if code in _END_DLE else factor
            yield _standard(
                f'subject = "{subject}"', 'quantity = "dle"', f'scope = "destination:{code}"',
                f"dle = [30, {_OPEN_END}]", tiers=_dl_tiers(own),
            )  # fmt: skip
    yield "\n# Leerlingen met een IHP, of die twee keer op rij onder de lijn zaten.\n"
    for subject, factor in _COMMON_FACTORS.items():
        yield _standard(
            f'subject = "{subject}"', 'quantity = "dle"', 'scope = "care"',
            tiers=[("eigen doel", f"dl_factor = {factor * 2 / 3:.4f}", 0.60)],
        )  # fmt: skip
    yield "\n# AVI: het niveau dat bij de gemeenschappelijke lijn voor technisch lezen hoort.\n"
    for first, last, low, basis, high in _SBO_AVI:
        tiers = [("minimum", f'threshold = "{low}"', 0.90), ("basis", f'threshold = "{basis}"', 0.75)]
        tiers.append(("hoog", f'threshold = "{high}"', 0.25))
        yield _standard(
            'subject = "technisch_lezen"', 'instrument = "AVI"', 'quantity = "avi"',
            f"didactic_age = [{first}, {last}]", tiers=tiers,
        )  # fmt: skip


def _dl_tiers(factor: float) -> list[tuple[str, str, float]]:
    return [
        ("minimum", f"dl_factor = {factor * 2 / 3:.4f}", 0.90),
        ("basis", f"dl_factor = {factor:.4f}", 0.75),
        ("hoog", f"dl_factor = {factor * 1.4:.4f}", 0.25),
    ]


def _bao(profile: Profile, last_year: int) -> Iterator[str]:
    for subject, shares in (_UNIT_LEVELS if profile.units else _BAO_LEVELS).items():
        labels = zip(("minimum", "basis", "hoog"), ("IV", "III", "I"), shares, strict=True)
        yield _standard(
            f'subject = "{subject}"', f'instrument = "{norms.INSTRUMENT}"', 'quantity = "level"',
            "grades = [3, 4, 5, 6, 7, 8]",
            tiers=[(name, f'threshold = "{label}"', share) for name, label, share in labels],
        )  # fmt: skip
    yield "\n# Technisch lezen ook op de vaardigheidsscore: het landelijk gemiddelde van het moment.\n"
    scale = norms.scale_for("technisch_lezen", last_year, last_year)
    for grade in range(3, 9):
        for moment in ("B", "M") if grade == 8 else ("M", "E"):
            score = round(norms.mean(scale, norms.months(grade, moment)))
            yield _standard(
                'subject = "technisch_lezen"', f'instrument = "{norms.INSTRUMENT}"', 'quantity = "score"',
                f'moment = "{moment}"', f"grades = [{grade}]",
                tiers=[("vaardigheidsscore", f"threshold = {score}", 0.45 if profile.units else 0.55)],
            )  # fmt: skip
    yield "\n# Doorstroomtoets: het fundamentele niveau en het streefniveau.\n"
    for subject, target in (("rekenen", "1S"), ("begrijpend_lezen", "2F"), ("taalverzorging", "2F")):
        yield _standard(
            f'subject = "{subject}"', f'instrument = "{DOORSTROOMTOETS}"', 'quantity = "reference"', "grades = [8]",
            tiers=[("basis", 'threshold = "1F"', 0.95), ("hoog", f'threshold = "{target}"', 0.55)],
        )  # fmt: skip
    yield "\n# AVI: hoogstens een half jaar achter het niveau van de eigen jaargroep.\n"
    for grade in range(3, 8):
        for moment in ("M", "E"):
            own = AVI_LEVELS.index(f"{moment}{grade}")
            yield _standard(
                'subject = "technisch_lezen"', 'instrument = "AVI"', 'quantity = "avi"', f'moment = "{moment}"',
                f"grades = [{grade}]",
                tiers=[("basis", f'threshold = "{AVI_LEVELS[max(1, own - 1)]}"', 0.60 if profile.units else 0.70)],
            )  # fmt: skip
    yield "\n# Leerlingen met een OPP.\n"
    for subject in ("rekenen", "begrijpend_lezen", "technisch_lezen", "spelling"):
        yield _standard(
            f'subject = "{subject}"', f'instrument = "{norms.INSTRUMENT}"', 'quantity = "level"', 'scope = "care"',
            "grades = [5, 6, 7, 8]", tiers=[("eigen doel", 'threshold = "IV"', 0.50)],
        )  # fmt: skip


def _standard(*lines: str, tiers: list[tuple[str, str, float]]) -> str:
    inline = ",\n".join(f'  {{ name = "{n}", {limit}, target_share = {share:.2f} }}' for n, limit, share in tiers)
    return "\n[[standard]]\n" + "\n".join(lines) + f"\ntiers = [\n{inline},\n]\n"


def calendar_toml(profile: Profile, years: Sequence[int] = ()) -> str:
    """The test calendar of the school: group 8 at B and M, groups 3–7 at M and E; comprehension from E3 in the BAO; and
    the holidays of these school years."""
    blocks = ["# Toetskalender: welke toets van wie wordt verwacht, en in welke weken.\n"]
    for subject in profile.subjects:
        for moment, grades in (("B", [8]), ("M", [3, 4, 5, 6, 7, 8]), ("E", [3, 4, 5, 6, 7])):
            if profile.kind == "bao" and subject == "begrijpend_lezen" and moment == "M":
                grades = grades[1:]
            blocks.append(_test(subject, norms.INSTRUMENT, moment, grades))
    blocks += [_test("technisch_lezen", "AVI", m, g) for m, g in (("M", [3, 4, 5, 6, 7, 8]), ("E", [3, 4, 5, 6, 7]))]
    blocks.append("\n# Vakanties.\n" if years else "")
    for year in years:
        for name, first, last in holidays(year):
            blocks.append(f'\n[[holiday]]\nname = "{name}"\nfrom = {first}\nuntil = {last}\n')
    return "".join(blocks)


def _test(subject: str, instrument: str, moment: str, grades: list[int]) -> str:
    (from_month, from_day), (to_month, to_day) = WINDOWS[moment]
    return (
        f'\n[[test]]\nsubject = "{subject}"\ninstrument = "{instrument}"\nmoment = "{moment}"\ngrades = {grades}\n'
        f'window = {{ from = "{from_month:02d}-{from_day:02d}", until = "{to_month:02d}-{to_day:02d}" }}\n'
    )
