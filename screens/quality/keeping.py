"""The draft of an audit on its way to the disk: the newest is kept, one write at a time, in a thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from data.errors import DataError
from data.office.quality import drafts

if TYPE_CHECKING:
    from data.office.office import Office
    from fcl_tui.quality.form import Draft


class Keeper:
    """Keeps the drafts of one audit and one person. `trouble`: why the last could not be kept there."""

    def __init__(self, office: Office, case_id: str, who: str, stage: str) -> None:
        self._office, self._key = office, (case_id, who, stage)
        self._turn, self._at_home = threading.Lock(), threading.Lock()
        self._newest: drafts.Kept | None = None
        self._written: drafts.Kept | None = None
        self._here: drafts.Kept | None = None
        """what the home holds"""
        self.trouble = ""

    @property
    def case_id(self) -> str:
        """The audit whose drafts it keeps."""
        return self._key[0]

    def take(self, draft: Draft) -> None:
        """This is the newest now; `write` puts it down."""
        self._newest = drafts.Kept(*self._key, draft.told(), drafts.now())

    def write(self) -> None:
        """Write the newest draft: in the home first, in the office database after. Runs in a thread."""
        with self._turn:
            newest = self._newest
            if newest is None or newest is self._written:
                return
            self._written = newest
            trouble = ""
            try:
                self.write_here()
            except DataError as error:
                trouble = str(error)
            try:
                drafts.keep_there(self._office, newest)
            except DataError:
                trouble = trouble or "Kept in this home; the office database cannot be reached now."
            self.trouble = trouble

    def write_here(self) -> None:
        """Write the newest in the home alone, without waiting for the database: the session may be ending."""
        with self._at_home:
            newest = self._newest
            if newest is not None and newest is not self._here:
                drafts.keep_here(self._office, newest)
                self._here = newest

    def last(self) -> Draft | None:
        """The draft that was kept; None: there is none."""
        from fcl_tui.quality.form import Draft

        kept = drafts.draft_of(self._office, *self._key)
        try:
            return None if kept is None else Draft.heard(kept.body)
        except (KeyError, TypeError):
            return None
