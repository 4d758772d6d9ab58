"""Growth of pupils with extra support in a round, beside that of their classmates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from leercirkel.analysis.answers.places import natural_key
from leercirkel.analysis.care_growth import CareGrowth
from leercirkel.documents.report.context import Context, subject_order


@dataclass(frozen=True, slots=True)
class CareLine:
    """The whole school or a group on one test. `grew` is why there is no number, where there are too few pupils."""

    place: str
    counted: str
    grew: str
    others: str


@dataclass(frozen=True, slots=True)
class CareTest:
    """A test: the line of the school, and those of groups with enough pupils to tell."""

    subject: str
    test: str
    since: str
    school: CareLine
    groups: Sequence[CareLine] = field(default=())


def care_tests(context: Context, rows: Sequence[CareGrowth]) -> list[CareTest]:
    """By subject; a group only where there are pupils enough to tell of their growth."""
    out = []
    for row in sorted(rows, key=lambda row: (subject_order(row.subject), row.instrument, row.version)):
        if row.group is not None:
            continue
        test = (row.subject, row.instrument, row.version, row.quantity)
        groups = [
            each for each in rows
            if each.group is not None and not context.tiny(each.counted)
            and (each.subject, each.instrument, each.version, each.quantity) == test
        ]  # fmt: skip
        groups.sort(key=lambda each: natural_key(each.group or ""))
        texts = context.texts
        out.append(
            CareTest(
                texts.subject(row.subject), texts.instrument(row.instrument),
                texts.moment(row.from_school_year, row.moment), _line(context, row),
                [_line(context, each) for each in groups],
            )
        )  # fmt: skip
    return out


def _line(context: Context, row: CareGrowth) -> CareLine:
    texts = context.texts
    place = _("Hele school") if row.group is None else texts.group(row.group)
    if context.tiny(row.counted):
        return CareLine(place, context.fewer, _("te weinig leerlingen om groei te tonen"), "")
    ends = (row.low, row.high) if row.low is not None and row.high is not None else None
    told = None if context.few(row.counted) or ends is None else ends
    return CareLine(place, str(row.counted), texts.grew(row.mean, row.quantity, told), _others(context, row))


def _others(context: Context, row: CareGrowth) -> str:
    if row.others_mean is None or row.own_mean is None or context.tiny(row.compared):
        return ""
    said = context.texts.grew(row.others_mean, row.quantity, None)
    if row.compared == row.counted:
        return said
    own = context.texts.grew(row.own_mean, row.quantity, None)
    return _("%(others)s (bij %(n)d van hen; zij zelf %(own)s)") % {"others": said, "n": row.compared, "own": own}
