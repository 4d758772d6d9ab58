"""Two standards files beside each other: which standards came, went and changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from leercirkel.core.records import dataclass
from leercirkel.core.standards import Tier
from leercirkel.exchange.standards.entries import Entry, entries_of
from leercirkel.exchange.standards.model import StandardsFile


@dataclass(frozen=True, slots=True)
class Changed:
    """One standard that is not the same in both files. `before` None: new; `after` None: gone."""

    before: Entry | None
    after: Entry | None

    @property
    def tiers(self) -> tuple[tuple[Tier | None, Tier | None], ...]:
        """The tiers that differ, by name, as (before, after)."""
        old = {tier.name: tier for tier in self.before.standard.tiers} if self.before else {}
        new = {tier.name: tier for tier in self.after.standard.tiers} if self.after else {}
        return tuple(
            (old.get(name), new.get(name)) for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)
        )

    @property
    def holds_elsewhere(self) -> bool:
        """Whether it is for other results or other pupils than before."""
        return self.before is None or self.after is None or _where(self.before) != _where(self.after)


def changes(before: StandardsFile, after: StandardsFile) -> tuple[Changed, ...]:
    """The standards that differ, in the order of `after`, then those that are gone. The order itself says nothing.

    A standard for the same results and pupils is the same one, with other tiers; of the rest those of one subject and
    quantity that ask the same are the same one, for others.
    """
    old, new = list(entries_of(before.standards)), list(entries_of(after.standards))
    for entry in [entry for entry in new if entry in old]:
        if entry in old:
            old.remove(entry)
            new.remove(entry)
    pairs: dict[int, Entry] = {}
    for same in (_where, _asks):
        for entry in new:
            if id(entry) not in pairs and (match := _first(old, same(entry), same)) is not None:
                old.remove(match)
                pairs[id(entry)] = match
    return (*(Changed(pairs.get(id(entry)), entry) for entry in new), *(Changed(entry, None) for entry in old))


def _first(entries: Sequence[Entry], key: Any, same: Any) -> Entry | None:
    return next((entry for entry in entries if same(entry) == key), None)


def _where(entry: Entry) -> Any:
    return replace(entry.standard, tiers=()), entry.moments


def _asks(entry: Entry) -> Any:
    return entry.standard.subject, entry.standard.quantity, entry.standard.scope, _tiers(entry.standard.tiers)


def _tiers(tiers: Iterable[Tier]) -> tuple[Tier, ...]:
    return tuple(sorted(tiers, key=lambda tier: tier.name))
