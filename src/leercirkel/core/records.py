"""`dataclass` of the standard library, quicker to make for the ones we use most: frozen, with slots.

At every start the program makes some 150 of them. The standard library compiles six methods for each; here a class has
only an `__init__` of its own, and all share the rest: a quarter of the time (docs/ontwikkel/prestaties.md).
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, **options):
        """As `dataclasses.dataclass`. Raises TypeError for a frozen class with slots that has a field only by keyword,
        or one that is not given when it is made."""
        if options == {"frozen": True, "slots": True}:
            return _record
        return dataclasses.dataclass(cls, **options)


def _record(cls: type) -> type:
    for name, method in _SHARED.items():
        if name not in vars(cls):
            setattr(cls, name, method)
    cls.__doc__ = cls.__doc__ or cls.__name__  # the standard library would look for the arguments to tell of
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields = dataclasses.fields(made)
    if any(field.kw_only or not field.init for field in fields):
        raise TypeError(f"{made.__qualname__}: a record has all its fields from its arguments, in their order")
    made.__init__ = _init(made, fields)
    made.__told__ = tuple(field.name for field in fields if field.repr)
    made.__given__ = _values([field.name for field in fields])
    made.__compared__ = _values([field.name for field in fields if field.compare])
    return made  # type: ignore[no-any-return]


def _init(made: type, fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    names: dict[str, Any] = {"put": object.__setattr__, "MISSING": dataclasses.MISSING}
    arguments, lines = ["self"], []
    for place, field in enumerate(fields):
        value, default = field.name, f"default_{place}"
        if field.default_factory is not dataclasses.MISSING:
            names[default] = field.default_factory
            arguments.append(f"{value}=MISSING")
            value = f"{default}() if {value} is MISSING else {value}"
        elif field.default is not dataclasses.MISSING:
            names[default] = field.default
            arguments.append(f"{value}={default}")
        else:
            arguments.append(value)
        lines.append(f" put(self, {field.name!r}, {value})")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(arguments)}):\n" + ("\n".join(lines) or " pass"), names)
    init = names["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


def _values(names: list[str]) -> Any:
    """What gives the values of these fields as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return staticmethod(lambda record: tuple([getattr(record, name) for name in names]))


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self.__compared__(self) == self.__compared__(other)


def _hash(self: Any) -> int:
    return hash(self.__compared__(self))


def _repr(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__told__)})"


def _reduce(self: Any) -> tuple[Any, ...]:
    return self.__class__, self.__given__(self)


def _setattr(self: Any, name: str, value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED = {
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__reduce__": _reduce,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
}
