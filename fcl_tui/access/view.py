"""What a reader sees of a snapshot: whose rows, and the tokens of those whose record is shut."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass
class View:
    """What a reader sees of one snapshot, worked out once and kept for the snapshots compared with it.

    sealed holds restricted records in the remit that are not open to the reader; it shrinks when one is
    opened by breaking glass.
    """

    sealed: tuple[str, ...] = ()
    visible: pl.Series | None = None
    """numbers of the children in the remit, sealed ones too; None: all"""
    outside: int = 0
    """children with an open case who are not in the remit"""
    opened: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        order = list(range(1, len(self.sealed) + 1))
        secrets.SystemRandom().shuffle(order)
        self.tokens: Mapping[str, str] = {
            person: f"R-{number}" for person, number in zip(self.sealed, order, strict=True)
        }

    @property
    def closed(self) -> list[str]:
        """The sealed records not opened since."""
        return [person for person in self.sealed if person not in self.opened]

    @property
    def whole(self) -> bool:
        """Whether the reader sees everything as it is."""
        return self.visible is None and not self.closed
