"""The answer to `fcl-tui marks`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fcl_tui.access.context_sources import chased_until, figures
from fcl_tui.access.office import known_marks

if TYPE_CHECKING:
    from fcl_tui.reports.answer import Answer


def marks_listed(home: Path, as_at: date | None, *, history: bool) -> "Answer":
    """The marks of a home, or all that was ever marked."""
    import polars as pl

    from fcl_tui.cli.asking.session import CommandSession
    from fcl_tui.definitions.child_notes import as_marks, child_notes
    from fcl_tui.definitions.marks import listed
    from fcl_tui.records.due.items import open_items

    session = CommandSession(home, as_at)
    session.door.require("marks")
    marks = known_marks(session.settings, demo=session.snapshot.manifest.demo).marks
    theirs = marks.filter(pl.col("person_id").is_in(session.door.seen_of(marks["person_id"]).implode()))
    owed = open_items(session.scan_open, session.calendar, session.as_at)
    told = chased_until(theirs.lazy(), session.calendar, figures(session.settings))
    rows = listed(told, owed, session.as_at, session.snapshot.manifest.data_date, history=history)
    if not history:
        rows = pl.concat([rows, as_marks(child_notes(theirs.lazy(), session.as_at))])
    return session.answer("marks", "Marks", rows, parameters={"history": "true"} if history else {})
