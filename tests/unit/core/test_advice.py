"""Advices on secondary education: codes for what tests and standards write, in steps of a half."""

from __future__ import annotations

from itertools import pairwise

import pytest

from leercirkel.core import advice

LADDER = (
    "PRO", "PRO+VMBO_BB", "VMBO_BB", "VMBO_BB+VMBO_KB", "VMBO_KB", "VMBO_KB+VMBO_GL_TL", "VMBO_GL_TL",
    "VMBO_GL_TL+HAVO", "HAVO", "HAVO+VWO", "VWO",
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("vwo", "VWO"), ("PRAKTIJKONDERWIJS", "PRO"), ("VMBO_BB_MET_LWOO", "VMBO_BB"), ("vmbo-gl/tl", "VMBO_GL_TL"),
        ("vmbo-bb tm vmbo-kb", "VMBO_BB+VMBO_KB"), ("VMBO_BB_TM_VMBO_KB_MET_LWOO", "VMBO_BB+VMBO_KB"),
        ("VMBO_GL/TL_TM_HAVO", "VMBO_GL_TL+HAVO"), ("vmbo-gl/tl/havo", "VMBO_GL_TL+HAVO"),
        ("kb/gl-tl", "VMBO_KB+VMBO_GL_TL"), ("havo / vwo", "HAVO+VWO"), ("havo t/m vwo", "HAVO+VWO"),
        ("pro/vmbo-bb", "PRO+VMBO_BB"), ("mavo/havo", "VMBO_GL_TL+HAVO"), ("vmbo-b/k", "VMBO_BB+VMBO_KB"),
    ],
)  # fmt: skip
def test_an_advice_is_understood_as_it_is_written(written: str, code: str) -> None:
    assert advice.parse(written) == code


@pytest.mark.parametrize(
    "written", ["", "vmbo", "GEEN_SPECIFIEK_ADVIES_MOGELIJK", "pro/havo", "vwo/havo", "VSO_ARBEID", "havo/onbekend"]
)
def test_nothing_is_guessed(written: str) -> None:
    assert advice.parse(written) is None


def test_a_double_advice_lies_half_a_step_above_its_lower_one() -> None:
    assert [b - a for a, b in pairwise(map(advice.order, LADDER))] == [0.5] * (len(LADDER) - 1)


@pytest.mark.parametrize("code", LADDER)
def test_every_advice_has_its_own_name_which_leads_back_to_it(code: str) -> None:
    assert advice.parse(advice.label(code)) == code
    assert len({advice.label(one, "en") for one in LADDER}) == len(LADDER)
