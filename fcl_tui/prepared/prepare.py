"""The frames made once, when a source is loaded, so that opening a screen is one small scan."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.allocations import allocations
from fcl_tui.definitions.calendar import Calendar
from fcl_tui.definitions.statuses import statuses
from fcl_tui.prepared.assessments import assessments
from fcl_tui.prepared.events.chronology import events
from fcl_tui.prepared.people import people
from fcl_tui.timescales.engine import due_items, rules_in_force
from fcl_tui.timescales.rules import Rules

NAMES = ("people", "statuses", "allocations", "due_items", "events", "assessments", "rules", "holidays")
"""The prepared frames, as a snapshot keeps them."""


def prepared(scan: Scan, rules: Rules, calendar: Calendar) -> dict[str, pl.LazyFrame]:
    """Every prepared frame, by name, from the tables of the standard. None depends on a day.

    Rows are in an order that the same tables give every time: a snapshot is the same, byte for byte.
    """
    held = allocations(scan)
    return {
        "people": people(scan),
        "statuses": statuses(scan),
        "allocations": held,
        "due_items": due_items(scan, rules, calendar).sort("person_id", "item_id"),
        "events": events(scan),
        "assessments": assessments(scan, rules, calendar, held),
        "rules": rules_in_force(scan, rules).lazy(),
        "holidays": calendar.frame().lazy(),
    }
