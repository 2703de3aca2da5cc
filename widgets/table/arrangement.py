"""How a reader has arranged the columns of a table: which are shown, in what order, how wide, which stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from data.dataclass import dataclass
from widgets.cells.column import Column

NARROWEST, WIDEST = 3, 60


@dataclass(frozen=True)
class Arrangement:
    """Wishes by key. A key that a table does not have means nothing there; one not named is as it was."""

    order: tuple[str, ...] = ()
    """keys from left to right; those that are not named follow in the table's own order"""
    hidden: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)
    """cells by key"""
    frozen: frozenset[str] | None = None
    """keys that stay when the others are moved sideways; None: as the table has it"""

    def told(self) -> dict[str, Any] | None:
        """The wishes as JSON can hold them; None when there are none."""
        if self == Arrangement():
            return None
        return {
            "order": list(self.order),
            "hidden": sorted(self.hidden),
            "widths": dict(sorted(self.widths.items())),
            "frozen": None if self.frozen is None else sorted(self.frozen),
        }


def understood(told: object) -> Arrangement:
    """What `told` said, as far as it is of the right kind; it may come from another version."""
    if not isinstance(told, dict):
        return Arrangement()
    widths = told.get("widths")
    frozen = told.get("frozen")
    return Arrangement(
        tuple(_texts(told.get("order"))),
        frozenset(_texts(told.get("hidden"))),
        {
            key: min(max(width, NARROWEST), WIDEST)
            for key, width in (widths if isinstance(widths, dict) else {}).items()
            if isinstance(key, str) and type(width) is int
        },
        frozenset(_texts(frozen)) if isinstance(frozen, list) else None,
    )


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def in_order(columns: Sequence[Column], wish: Arrangement) -> list[Column]:
    """All columns from left to right, the hidden ones too."""
    place = {key: number for number, key in enumerate(wish.order)}
    return sorted(columns, key=lambda column: place.get(column.key, len(place)))


def arranged(columns: Sequence[Column], wish: Arrangement) -> Sequence[Column]:
    """The columns as they are shown; all of them where every one would be hidden."""
    if wish == Arrangement():
        return columns
    ordered = in_order(columns, wish)
    shown = [column for column in ordered if column.key not in wish.hidden] or ordered
    return tuple(
        replace(
            column,
            width=wish.widths.get(column.key, column.width),
            stretch=column.stretch and column.key not in wish.widths,
            # who has put columns into an order wants the first ones where not all fit
            priority=number if wish.order else column.priority,
            frozen=column.frozen if wish.frozen is None else column.key in wish.frozen,
        )
        for number, column in enumerate(shown)
    )


__all__ = ["NARROWEST", "WIDEST", "Arrangement", "arranged", "in_order", "understood"]
