"""The dataclass of this project: declared in a fifth of the time of the library's own.

`@dataclass(frozen=True)` of the standard library writes and compiles six functions for every class,
half a millisecond each: with some seventy classes at a start, more than a person's key may take.
Here only `__init__` is written; comparing, hashing and showing are three functions that all classes
share. To the type checker it is the library's own, so what is frozen is refused there and not at
run time.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, kw_only: bool = False
    ) -> type | Callable[[type], type]:
        """A class of its annotated fields, as `dataclasses.dataclass`.

        Equal where the class and the fields are; hashed by its fields where frozen, never where it
        may change. `fields`, `replace` and `asdict` of the library work on it.
        """
        if cls is None:
            return lambda undeclared: dataclass(undeclared, frozen=frozen, kw_only=kw_only)
        own = cls.__dict__
        declared = dataclasses.dataclass(cls, eq=False, repr=False, kw_only=kw_only)
        if "__eq__" not in own:
            declared.__eq__ = _same
            declared.__hash__ = own.get("__hash__") or (_hashed if frozen else None)
        if "__repr__" not in own:
            declared.__repr__ = _shown
        return declared


def _compared(cls: type) -> Callable[[object], Any]:
    """What gives the values that `cls` is compared by, made once for each class."""
    compared: Callable[[object], Any] | None = cls.__dict__.get("_compared")
    if compared is None:
        names = [field.name for field in dataclasses.fields(cls) if field.compare]
        compared = staticmethod(attrgetter(*names))
        cls._compared = compared  # type: ignore[attr-defined]
    return compared


def _same(self: object, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    compared = _compared(self.__class__)
    return compared(self) == compared(other)


def _hashed(self: object) -> int:
    return hash((_compared(self.__class__)(self),))


def _shown(self: object) -> str:
    shown = ", ".join(
        f"{field.name}={getattr(self, field.name)!r}"
        for field in dataclasses.fields(self)  # type: ignore[arg-type]
        if field.repr
    )
    return f"{self.__class__.__qualname__}({shown})"
