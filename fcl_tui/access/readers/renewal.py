"""Whether who may see what has changed since it was read: asked before each record, list and search."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.stamps import stamp_of
from fcl_tui.access.readers.roles import FILE
from fcl_tui.access.seen.restricted_records import DEMO_LIST, LIST

if TYPE_CHECKING:
    from fcl_tui.access.readers.reader import Reader

SINCE_THEN = "Who may see what has changed since this was listed. Press r to ask again, then do it once more."
OTHERWISE = "What you may see here has changed. Start fcl-tui again."


class NoEntryError(DataError):
    """The reader may not come in, or not any more: an open session ends."""


Stamp = tuple[object, ...]


def stamp(home: Path) -> Stamp:
    """What is another when a list was changed, or when another day has begun, on which cover may be over."""
    return (date.today(), *(stamp_of(home / name) for name in (FILE, LIST, DEMO_LIST)))


class Renewal:
    """Reads the lists of one open session again, when they are not what they were. Safe in any thread."""

    def __init__(self, home: Path, take: Callable[[Reader | None], bool]) -> None:
        """`take` puts a reader in force, and says whether what they see is something else than before."""
        self._home, self._take = home, take
        self._reader: Callable[[], Reader | None] | None = None
        self._stamp: Stamp = ()
        self._over: NoEntryError | None = None
        self._shut = False
        """The lists are not in order now"""
        self._one_at_a_time = threading.RLock()
        self.when_changed: Callable[[], object] | None = None
        """Called, in any thread, once the reader sees something else than before"""
        self.when_over: Callable[[DataError], object] | None = None
        """Called, in any thread, once the reader may not be here any more"""

    def begin(self, reader: Callable[[], Reader | None], read: Stamp) -> None:
        """Ask this for the reader, whenever the lists are others than at the stamp."""
        self._reader, self._stamp = reader, read

    def renew(self) -> bool:
        """As `Door.renew`."""
        with self._one_at_a_time:
            if self._over is not None:
                raise self._over
            if self._reader is None or (now := stamp(self._home)) == self._stamp:
                return False
            try:
                changed = self._take(self._reader())
            except NoEntryError as error:
                self._over = error
                if self.when_over is not None:
                    self.when_over(error)
                raise
            except DataError:  # what is on the screens asks again too, and is refused
                if self.when_changed is not None and not self._shut:
                    self._shut = True
                    self.when_changed()
                raise
            self._stamp, self._shut = now, False
        if changed and self.when_changed is not None:
            self.when_changed()
        return changed
