"""A frozen dataclass with slots of ours is what one of the standard library is."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import ClassVar

import pytest

from leercirkel.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """Every kind of field."""

    name: str
    size: int = 3
    parts: list[int] = dataclasses.field(default_factory=list)
    secret: str = dataclasses.field(default="s", repr=False)
    remark: str = dataclasses.field(default="", compare=False)
    kind: ClassVar[str] = "k"

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("size")


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same, of the standard library."""

    name: str
    size: int = 3
    parts: list[int] = dataclasses.field(default_factory=list)
    secret: str = dataclasses.field(default="s", repr=False)
    remark: str = dataclasses.field(default="", compare=False)
    kind: ClassVar[str] = "k"

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("size")


@dataclass(frozen=True, slots=True)
class One:
    """A single field."""

    value: float


@dataclass(frozen=True, slots=True)
class Nothing:
    """No field."""


def test_it_is_a_dataclass_like_theirs() -> None:
    ours, theirs = Ours("a", 4, [1], remark="r"), Theirs("a", 4, [1], remark="r")

    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert [f.name for f in dataclasses.fields(ours)] == [f.name for f in dataclasses.fields(theirs)]
    assert dataclasses.replace(ours, size=5) == Ours("a", 5, [1])
    assert Ours.__match_args__ == Theirs.__match_args__
    assert Ours.__slots__ == Theirs.__slots__


def test_defaults_hold_for_each_by_itself() -> None:
    first, second = Ours("a"), Ours("a")

    first.parts.append(1)

    assert (second.size, second.parts, second.secret) == (3, [], "s")


def test_equal_by_the_fields_that_count_and_only_to_its_own_class() -> None:
    assert Ours("a", remark="x") == Ours("a", remark="y")
    assert Ours("a") != Ours("b")
    assert Ours("a") != Theirs("a")
    assert One(1.0) == One(1.0) != One(2.0)
    assert Nothing() == Nothing()


def test_equal_ones_are_one_key() -> None:
    assert len({One(1.0), One(1.0), One(2.0)}) == 2
    assert len({Nothing(), Nothing()}) == 1
    with pytest.raises(TypeError):
        hash(Ours("a"))  # holds a list


@pytest.mark.parametrize("name", ["size", "unknown"])
def test_nothing_in_it_can_be_changed(name: str) -> None:
    one = Ours("a")

    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(one, name, 4)
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(one, name)


def test_what_must_hold_is_looked_at_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="size"):
        Ours("a", -1)
    with pytest.raises(TypeError, match=r"Ours.__init__\(\) missing 1 required positional argument: 'name'"):
        Ours()  # type: ignore[call-arg]


@pytest.mark.parametrize("one", [Ours("a", 4, [1], "t", "r"), One(1.5), Nothing()])
def test_it_can_be_sent_and_copied(one: object) -> None:
    for again in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
        assert again == one
        assert repr(again) == repr(one)


def test_own_methods_stay() -> None:
    @dataclass(frozen=True, slots=True)
    class Told:
        value: int

        def __repr__(self) -> str:
            return "told"

    assert repr(Told(1)) == "told"


def test_other_dataclasses_are_those_of_the_standard_library() -> None:
    @dataclass(slots=True)
    class Open:
        value: int

    one = Open(1)
    one.value = 2

    assert one == Open(2)


def test_a_field_only_by_keyword_is_refused() -> None:
    with pytest.raises(TypeError, match="in their order"):

        @dataclass(frozen=True, slots=True)
        class Wrong:
            value: int = dataclasses.field(kw_only=True)
