"""What a check of the installation found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["good", "attention", "wrong"]
WORDS: dict[Verdict, str] = {"good": "goed", "attention": "let op", "wrong": "fout"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `advice` is empty when it is good."""

    topic: str
    verdict: Verdict
    text: str
    advice: str = ""


def good(topic: str, text: str) -> Finding:
    """It is as it should be."""
    return Finding(topic, "good", text)


def attention(topic: str, text: str, advice: str) -> Finding:
    """It works, and is not as it should be."""
    return Finding(topic, "attention", text, advice)


def wrong(topic: str, text: str, advice: str) -> Finding:
    """It does not work, or is not safe."""
    return Finding(topic, "wrong", text, advice)
