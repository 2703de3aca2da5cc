"""What a reader sees of a snapshot: whose rows, and the tokens of those whose record is shut."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from data.dataclass import dataclass

if TYPE_CHECKING:
    import polars as pl

    from data.snapshots.reader import Snapshot


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

    changes: int = 0
    """How often the reader has come to see something else since the process began"""

    def __post_init__(self) -> None:
        self.tokens: Mapping[str, str] = {}
        self._name()

    def _name(self) -> None:
        """Give a token to each sealed record without one; a record keeps its token as long as the process."""
        new = [person for person in self.sealed if person not in self.tokens]
        order = list(range(len(self.tokens) + 1, len(self.tokens) + len(new) + 1))
        secrets.SystemRandom().shuffle(order)
        self.tokens = {
            **self.tokens,
            **{person: f"R-{number}" for person, number in zip(new, order, strict=True)},
        }

    def become(self, sealed: tuple[str, ...], visible: pl.Series | None, outside: int) -> bool:
        """See this from now on, in every snapshot that is seen with this view; whether it is another."""
        before, now = self.visible, visible
        same = before is None and now is None
        if before is not None and now is not None:
            same = set(before) == set(now)
        if same and set(sealed) == set(self.sealed):
            return False
        self.sealed, self.visible, self.outside = sealed, visible, outside
        self._name()
        self.changes += 1
        return True

    @property
    def closed(self) -> list[str]:
        """The sealed records not opened since."""
        return [person for person in self.sealed if person not in self.opened]

    @property
    def whole(self) -> bool:
        """Whether the reader sees everything as it is."""
        return self.visible is None and not self.closed


def view_of(snapshot: Snapshot) -> View | None:
    """What a snapshot's reader sees of it; None for one that is read whole, which no `Narrowed` has made.

    Asked without that module, which comes with the tables of the standard and their library.
    """
    return getattr(snapshot, "view", None)
