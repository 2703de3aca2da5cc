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

    from fcl_tui.asked import Asked
    from fcl_tui.reports.child_notes import as_marks, child_notes
    from fcl_tui.reports.due import open_items
    from fcl_tui.reports.marks import listed

    asked = Asked(home, as_at)
    asked.door.require("marks")
    marks = known_marks(asked.settings, demo=asked.snapshot.manifest.demo).marks
    theirs = marks.filter(pl.col("person_id").is_in(asked.door.seen_of(marks["person_id"]).implode()))
    owed = open_items(asked.scan_open, asked.calendar, asked.as_at)
    rows = listed(theirs.lazy(), owed, asked.as_at, asked.snapshot.manifest.data_date, history=history)
    if not history:
        rows = pl.concat([rows, as_marks(child_notes(theirs.lazy(), asked.as_at))])
    return asked.answer("marks", "Marks", rows, parameters={"history": "true"} if history else {})
