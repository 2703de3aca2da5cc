"""Finding a client where some records are restricted: by name never, by the whole number as "Restricted"."""

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from data.frames import Scan, collect
from fcl_tui.access.seen.visible import view_of
from fcl_tui.definitions.caseload import held_at
from fcl_tui.prepared.find_index import TEXT
from fcl_tui.records.find.find import COLUMNS, find
from fcl_tui.records.find.indexed import Index
from fcl_tui.records.find.near import near

if TYPE_CHECKING:
    from data.snapshots.reader import Snapshot
    from fcl_tui.access.gate import Door

BY_NAME = "by name or date of birth"
"""Said in the log in the place of the words typed, which may be a child's name"""


def index_of(snapshot: "Snapshot", as_at: date) -> Index | None:
    """Where names are looked for, for a reader who sees all children but records not open to them.

    None for others, on days before the data, and where the snapshot has none.
    """
    if as_at < snapshot.manifest.data_date or not snapshot.holds(TEXT):
        return None
    view = view_of(snapshot)
    return Index(snapshot.scan, () if view is None else view.closed)


def found(
    door: "Door",
    scan: Scan,
    text: str,
    as_at: date,
    limit: int | None = 50,
    snapshot: "Snapshot | None" = None,
) -> pl.LazyFrame:
    """As `find`, or as `near` where nothing fits; both look at no other names than the reader may see.

    A restricted record that is not open is found by its number alone, typed in full. With the snapshot that
    the frames are from its index is used, as the reader may see it now.
    """
    number = text.strip()
    if not door.sealed(number):
        index = None if snapshot is None else index_of(snapshot, as_at)
        rows = collect(find(scan, text, as_at, limit, index))
        return near(scan, text, as_at, index=index) if rows.is_empty() else rows.lazy()
    shown = pl.LazyFrame({"person_id": [door.shown(number)]})
    return held_at(scan, as_at, shown).with_columns(found_by=pl.lit("number")).select(COLUMNS)


def asked_for(door: "Door", text: str, rows: pl.DataFrame) -> str | None:
    """The number of the one child whom a search was for, whether the reader may see them or not.

    For the log, never for a screen; None for a search by name or date of birth.
    """
    words = text.strip()
    if rows.height == 1 and rows["found_by"][0] == "number":
        return door.number(rows["person_id"][0])
    return words if (rows["person_id"] == words).any() or door.hides(words) else None


class Search:
    """One window's searches as they are typed, each in the log before its answer is handed over.

    Typing on, and taking letters off again, is the same search; so a name is one row of the log and not one
    a letter.
    """

    def __init__(self, door: "Door") -> None:
        self._door = door
        self._number = self._words = ""

    def ask(
        self, scan: Scan, text: str, as_at: date, limit: int, snapshot: "Snapshot | None" = None
    ) -> pl.DataFrame:
        """The people found; `snapshot` is where the frames are from, whose index makes it quicker.

        Raises:
            DataError: the reader may not search, or it cannot be written down.
        """
        self._door.require("find")
        rows = collect(found(self._door, scan, text, as_at, limit, snapshot))
        words = text.strip()
        if words:
            self._write_down(words, asked_for(self._door, words, rows))
        return rows

    def _write_down(self, words: str, number: str | None) -> None:
        from data.office.access_log import SEARCHED

        if number is not None:
            if number != self._number:
                self._door.record(SEARCHED, report="find", person_id=number, detail=words)
            self._number = number
        elif not self._words or not (words.startswith(self._words) or self._words.startswith(words)):
            self._door.record(SEARCHED, report="find", detail=BY_NAME)
            self._words = words
        elif len(words) > len(self._words):
            self._words = words
