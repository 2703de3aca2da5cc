"""Which office database a home uses, and marks for the command line."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.office.office import Office, Seen, schema
from fcl_tui.settings import Settings

if TYPE_CHECKING:
    from fcl_tui.export import Answer


def office_of(settings: Settings, *, demo: bool) -> Office:
    """The office of these settings; the demo authority has one of its own, its numbers being nobody's."""
    if demo:
        return Office(settings.home / "demo-office")
    return Office(settings.home, settings.office_url)


def known_marks(settings: Settings, *, demo: bool) -> Seen:
    """All marks; what is wrong with the office database goes to standard error, and the report goes on."""
    import polars as pl

    office = office_of(settings, demo=demo)
    if not office.in_use():
        return Seen(pl.DataFrame(schema=schema()), 0)
    seen = office.read()
    if seen.trouble:
        sys.stderr.write(f"{seen.trouble}\n")
    return seen


def marks_listed(home: Path, as_at: date | None, *, history: bool) -> "Answer":
    """The marks of a home, or all that was ever marked."""
    import polars as pl

    from fcl_tui.command_session import CommandSession
    from fcl_tui.reports.child_notes import as_marks, child_notes
    from fcl_tui.reports.due import open_items
    from fcl_tui.reports.marks import listed

    session = CommandSession(home, as_at)
    session.door.require("marks")
    marks = known_marks(session.settings, demo=session.snapshot.manifest.demo).marks
    theirs = marks.filter(pl.col("person_id").is_in(session.door.seen_of(marks["person_id"]).implode()))
    owed = open_items(session.scan_open, session.calendar, session.as_at)
    rows = listed(theirs.lazy(), owed, session.as_at, session.snapshot.manifest.data_date, history=history)
    if not history:
        rows = pl.concat([rows, as_marks(child_notes(theirs.lazy(), session.as_at))])
    return session.answer("marks", "Marks", rows, parameters={"history": "true"} if history else {})
