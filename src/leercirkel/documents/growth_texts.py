"""Growth percentiles in words: the same on a page and on paper. No verdict on a child."""

from __future__ import annotations

from leercirkel.analysis.model import GroupPercentile, GrowthPercentile
from leercirkel.documents.texts import Texts

LITTLE_SAID_FROM = 50
"""From so many percentiles between both ends on, half the scale, it is said that this says little about one pupil."""


def growth_place(texts: Texts, growth: GrowthPercentile | None) -> str:
    """The growth percentile of one pupil with how sure it is, or why there is none; empty without a norm for it."""
    if growth is None:
        return ""
    earlier = [texts.moment(one.school_year, one.moment) for one in reversed(growth.earlier)]
    if growth.percentile is None:
        outside = growth.withheld == "outside"
        return texts.growth_place_outside(earlier) if outside else texts.growth_place_lacking(earlier)
    said = texts.growth_place(growth.percentile, earlier, growth.norm_pupils, growth.norm_years)
    if growth.low is None or growth.high is None:
        return f"{said} {texts.growth_place_unsure}"
    wide = growth.high - growth.low >= LITTLE_SAID_FROM
    return f"{said} {texts.growth_place_between(growth.low, growth.high, wide=wide)}"


def growth_middle(texts: Texts, group: GroupPercentile, least: int = 1) -> str:
    """The median of a group with how sure it is, or that there are too few; what it is says `texts.growth_legend`.
    `least`: fewer pupils are not told of, and neither are so few without a percentile."""
    if group.counted < max(1, least):
        return ""
    of = group.counted + (group.not_placed if group.not_placed >= least else 0)
    if group.median is None or group.low is None or group.high is None:
        return texts.growth_few(group.counted, of)
    return texts.growth_middle(group.counted, of, group.median, group.low, group.high)
