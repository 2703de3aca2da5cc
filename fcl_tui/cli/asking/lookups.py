"""Looking up people, and the reasons of one due date."""

from datetime import date
from pathlib import Path

import polars as pl

from data.errors import DataError
from data.frames import collect
from data.office import access_log as log
from fcl_tui.cli.asking.session import CommandSession
from fcl_tui.reports.answer import Answer


def found(home: Path, text: str, as_at: date | None) -> Answer:
    """People by name, number or date of birth."""
    from fcl_tui.access.seen.search import found as found_by
    from fcl_tui.records.find.near import NEAR_NAME

    session = CommandSession(home, as_at)
    session.door.require("find")
    rows = collect(found_by(session.door, session.scan_open, text, session.as_at, limit=None))
    near = not rows.is_empty() and bool((rows["found_by"] == NEAR_NAME).all())
    told = {"text": text} | ({"match": "no exact match; these names are like it"} if near else {})
    return session.answer("find", "Find a client", rows.lazy(), parameters=told)


def reasons(home: Path, client: str, item: str, as_at: date | None) -> list[str]:
    """The reasoning behind one due date of a client, named by its rule if it is open, or by the item's id."""
    from fcl_tui.records.child.summary import due
    from fcl_tui.timescales.why import why

    session = CommandSession(home, as_at)
    session.door.require("due-items")
    session.door.admit(client)
    session.door.record(log.PRINTED, report="why", person_id=client, detail=item)
    known = session.scan("people").filter(pl.col("person_id") == client).select("person_id")
    if collect(known).is_empty():
        raise DataError("No child in this snapshot has that number. fcl-tui find NAME gives the number.")
    items = collect(due(session.scan, session.calendar, session.as_at, client))
    wanted = items.filter((pl.col("item_id") == item) | (pl.col("rule") == item))
    if wanted.is_empty():  # one of the past, from due-items --history
        past = session.scan("due_items").filter(pl.col("person_id") == client, pl.col("item_id") == item)
        wanted = collect(past.select("item_id"))
    if wanted.is_empty():
        open_now = ", ".join(items["rule"].unique(maintain_order=True).to_list()) or "nothing"
        raise DataError(f"Client {client} has no open item {item!r} on that day. Open there: {open_now}.")
    lines: list[str] = []
    several = len(session.snapshot.manifest.sources) > 1
    for item_id in wanted["item_id"].to_list():
        reasoning = why(session.scan, session.calendar, session.as_at, item_id, several_sources=several)
        lines += [*reasoning.lines, ""]
    return lines[:-1]
