"""The frames made once, when a source is loaded, so that opening a screen is one small scan."""

import polars as pl

from data.frames import Scan, collect
from data.schema.fields import Field
from fcl_tui.definitions import allocations, statuses
from fcl_tui.definitions.days import calendar
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.prepared import assessments, people
from fcl_tui.prepared.events import chronology
from fcl_tui.timescales import due as due_fields
from fcl_tui.timescales.engine import due_items, rules_in_force
from fcl_tui.timescales.rulebook import rules
from fcl_tui.timescales.rulebook.rules import Rules

FIELDS: dict[str, tuple[Field, ...]] = {
    "people": people.FIELDS,
    "statuses": statuses.FIELDS,
    "allocations": allocations.FIELDS,
    "due_items": due_fields.FIELDS,
    "events": chronology.FIELDS,
    "assessments": assessments.FIELDS,
    "rules": rules.FIELDS,
    "holidays": calendar.FIELDS,
}
"""The prepared frames, as a snapshot keeps them, with what each declares of its columns."""

NAMES = tuple(FIELDS)


def prepared(scan: Scan, in_force: Rules, working_days: Calendar) -> dict[str, pl.LazyFrame]:
    """Every prepared frame, by name, from the tables of the standard. None depends on a day.

    Rows are in an order that the same tables give every time: a snapshot is the same, byte for byte.
    """
    # kept and read again below: worked out once
    held = collect(allocations.allocations(scan)).lazy()
    due = collect(due_items(scan, in_force, working_days).sort("person_id", "item_id")).lazy()
    return {
        "people": people.people(scan),
        "statuses": statuses.statuses(scan),
        "allocations": held,
        "due_items": due,
        "events": chronology.events(scan),
        "assessments": assessments.assessments(scan, in_force, working_days, held, due),
        "rules": rules_in_force(scan, in_force).lazy(),
        "holidays": working_days.frame().lazy(),
    }
