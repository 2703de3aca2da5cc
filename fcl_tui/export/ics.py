"""Due items as a calendar file (.ics) for other programs: initials, number and the item's name, no more.

A calendar leaves the building: it is synchronised to telephones and shown to colleagues. So no name, no date
of birth and no words from the record go into it, and children whose record is restricted are left out.
"""

import hashlib
from collections.abc import Container
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from fcl_tui.config.faults import tell
from fcl_tui.export import save
from fcl_tui.export.folder import told_where

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.answer import Answer

NEEDED = ("item_id", "item", "initials", "person_id", "due_date")
BEGINNING = date(2000, 1, 1)


def as_ics(items: "pl.DataFrame", as_at: date, *, now: datetime | None = None) -> bytes:
    """Write items as all-day events on their due dates.

    Args:
        items: item_id (unique), item, initials (or null), person_id, due_date (Date; rows without are left
            out).
        as_at: a later day replaces the events of an earlier one where both hold the same item.
        now: when the file is made; None is this moment.

    Returns:
        the file's text in UTF-8. An item has the same UID in every file, so that importing twice gives one
        event; the events block no time and carry no alarm.
    """
    from icalendar import Calendar, Event

    stamp = (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    calendar = Calendar()
    calendar.add("prodid", "-//fcl-tui//Planner//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    from fcl_tui.export.cleaning import clean_frame

    wanted = items.select(NEEDED).drop_nulls("due_date")
    said = clean_frame(wanted.drop("item_id"))
    for item_id, (item, initials, person_id, due) in zip(wanted["item_id"], said.iter_rows(), strict=True):
        event = Event()
        event.add("uid", uid(item_id))
        event.add("dtstamp", stamp)
        event.add("sequence", max(0, (as_at - BEGINNING).days))
        event.add("dtstart", due)
        event.add("dtend", due + timedelta(days=1))
        event.add("summary", f"{item} — {initials + ' ' if initials else ''}{person_id}")
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def of_answer(answer: "Answer") -> bytes:
    """The items of a planner's answer as a calendar file.

    Raises:
        DataError: the answer is not a planner's list of items, or there is none in it.
    """
    if answer.report != "planner" or not set(NEEDED) <= set(answer.rows.columns):
        raise DataError("Only the planner can be written as ics: fcl-tui report planner --format ics.")
    if answer.rows.is_empty():
        raise DataError("Nothing is due in these eight weeks, so there is no calendar to write.")
    return as_ics(answer.rows, answer.as_at)


def uid(item_id: str) -> str:
    """The name of an item's event, the same for ever; it tells nothing of the item."""
    return f"{hashlib.sha256(item_id.encode()).hexdigest()[:40]}@fcl-tui"


def sharable(items: "pl.DataFrame", restricted: Container[str]) -> "pl.DataFrame":
    """Keep the items of children whose record is not restricted."""
    import polars as pl

    sealed = [person for person in items["person_id"].unique().to_list() if person in restricted]
    return items.filter(~pl.col("person_id").is_in(sealed))


def write_calendar(items: "pl.DataFrame", as_at: date, folder: Path, restricted: Container[str]) -> str:
    """Write items to a new file in a folder, readable by this user alone.

    Returns:
        the sentence that says where it is and what was left out, or why it could not be written.
    """
    kept = sharable(items, restricted)
    withheld = items.height - kept.height
    if kept.is_empty():
        return "Nothing to write" + (": these records are restricted." if withheld else ".")
    path = folder / f"planner-{datetime.now():%Y%m%d-%H%M%S}.ics"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        save(as_ics(kept, as_at), path)
    except DataError as error:
        return str(error)
    except OSError as error:
        return tell(error)
    left = f"; {withheld:,} of restricted records left out" if withheld else ""
    return f"{kept.height:,} written (initials and id only){left}{told_where(path)}"
