"""The reasoning behind one due date, in plain sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date, timedelta
from typing import Any

import polars as pl

from data.dataclass import dataclass
from data.frames import Scan, collect
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.timescales.engine import CLOCKS
from fcl_tui.timescales.families.attempts import attempts
from fcl_tui.timescales.phrases import counted, day, sentence
from fcl_tui.timescales.provenance import origins
from fcl_tui.timescales.state import at

STATES = {"due": "Not due yet", "due_soon": "Due soon"}
NEAR_LIMIT = 400
"""Days from the due date within which a birthday that would end the duty is worth a line."""
AGAIN = "It is owed again since {}, when the placement for adoption ended."
KNOWN_FROM = {
    "adoption_entry_to_placed": "It is known since {}, when adoption was decided or first recorded.",
    "pathway_review": "It is known since {}: before that day there was no care leaver.",
    "pa_contact": "It is known since {}: before that day there was no care leaver.",
}
"""What the day it became known was, by rule; of any other rule, `AGAIN`."""
MANY = 12
"""Holidays named one by one; beyond that they are counted."""


@dataclass(frozen=True)
class Reasoning:
    """What a person would say when asked why: one sentence a line."""

    item_id: str
    lines: list[str] = field(default_factory=list)


def why(
    scan: Scan, calendar: Calendar, as_at: date, item_id: str, *, several_sources: bool = False
) -> Reasoning:
    """Lay out one due date: rule and source, where the clock started, the days counted, what would clear it.

    Args:
        scan: gives `due_items`, `rules` and the tables.
        calendar: the days not worked.
        as_at: the day it is looked at; what came later is not known.
        item_id: the item; one that is not there on that day gives one line saying so.
        several_sources: say of every row it is based on which source it came from, not only of a file's.
    """
    here = scan("due_items").filter(pl.col("item_id") == item_id)
    rows = collect(at(here, scan("rules"), calendar, as_at))
    if rows.is_empty():
        return Reasoning(item_id, [f"There is no such item on {day(as_at)}."])
    item = rows.row(0, named=True)
    rule = collect(scan("rules").filter(pl.col("rule") == item["rule"])).row(0, named=True)
    lines = [
        *_standing(item, as_at),
        *_rule(item, rule),
        *_counting(item, calendar),
        *origins(scan, item["source_rows"], several_sources=several_sources),
        *_so_far(item, scan, calendar, as_at),
        *attempts(item, scan, as_at),
        *_ending(item, rule),
    ]
    return Reasoning(item_id, lines)


def _standing(item: Mapping[str, Any], as_at: date) -> Iterator[str]:
    if item["due_date"] is None:
        yield f"{item['name']}: no due date. {sentence(item['reason'])}"
        return
    yield f"{item['name']}: due {day(item['due_date'])}."
    state, late, left = item["state"], item["days_late"], item["days"]
    if state == "on_time":
        yield f"Done in time, on {day(item['done_date'])}."
    elif state == "late":
        yield f"Done on {day(item['done_date'])}, {counted(late, 'd')} late."
    elif state == "missed":
        yield f"Missed: {item['reason']} ({day(item['ended'])})."
    elif state == "not_required":
        yield f"Not required: {item['reason']}."
    elif state == "overdue":
        working = f" ({counted(-left, 'wd')})" if item["unit"] == "wd" else ""
        yield f"Overdue on {day(as_at)} by {counted(late, 'd')}{working}."
        if item["reason"]:
            yield sentence(item["reason"])
    else:
        unit = "wd" if item["unit"] == "wd" else "d"
        when = "today" if left == 0 else f"{counted(abs(left), unit)} {'left' if left > 0 else 'ago'}"
        yield f"{STATES[state]}: on {day(as_at)}, {when}."
        if item["reason"]:
            yield sentence(item["reason"])


def _rule(item: Mapping[str, Any], rule: Mapping[str, Any]) -> Iterator[str]:
    kind = "Statutory" if item["statutory"] else "Local standard"
    if item["interval"]:
        step = item.get("step") or ""
        held = "" if step in ("", "first", "second", "later") else f" ({step.replace('_', ' ')})"
        yield f"The rule: {counted(item['interval'], item['unit'])}{held}."
    yield f"{kind}: {rule['source']}."
    if item.get("local_team"):
        yield (
            f"This interval is {item['local_team']}'s own: that team held the case on the day the clock "
            "started."
        )
    if rule.get("changed_in"):
        lines = (rule.get("changed_lines") or "").replace(",", ", ")
        where = f", line {lines}," if lines else ","
        yield f"This authority's own file, {rule['changed_in']}{where} changes the rule."
    if rule.get("note"):
        yield sentence(rule["note"])


def _counting(item: Mapping[str, Any], calendar: Calendar) -> Iterator[str]:
    start, due = item["started"], item["due_date"]
    if start is not None:
        nought = "1" if _starts_at_one(item, calendar) else "0"
        yield f"The clock started on {day(start)}: {item['started_by']}. That is day {nought}."
    if item.get("known_from"):
        told = KNOWN_FROM.get(item["rule"], AGAIN)
        yield told.format(day(item["known_from"]))
    if item["source_rows"]:
        yield f"It is based on {item['source_rows'].replace('; ', ', ')}."
    if start is None or due is None or not item["interval"]:
        return
    if item["unit"] == "wd":
        yield from _working_days(start, due, calendar)
    elif item["unit"] == "m":
        yield from _months(start, due)
    if item["unit"] != "wd" and (due.weekday() >= 5 or due in calendar.holidays):
        before = due
        while before.weekday() >= 5 or before in calendar.holidays:
            before -= timedelta(days=1)
        name = _holiday(due, calendar) if due in calendar.holidays else "a weekend"
        yield f"It falls on {name} and is not moved; the last working day before is {day(before)}."


def _starts_at_one(item: Mapping[str, Any], calendar: Calendar) -> bool:
    """Whether the start was counted as the first day: the due date is then one short of the interval."""
    start, due, every = item["started"], item["due_date"], item["interval"]
    if due is None or not every:
        return False
    if item["unit"] == "wd":
        days = pl.select(calendar.working_days_between(pl.lit(start), pl.lit(due))).item()
        return bool(days == every - 1)
    each = {"d": 1, "w": 7}.get(item["unit"])
    return each is not None and (due - start).days == every * each - 1


def _working_days(start: date, due: date, calendar: Calendar) -> Iterator[str]:
    skipped = [one for one in calendar.holidays if start < one <= due and one.weekday() < 5]
    yield "Weekends are not counted."
    if len(skipped) > MANY:
        yield f"{len(skipped)} bank holidays or closure days are not counted."
    elif skipped:
        named = ", ".join(f"{day(one)} ({_holiday(one, calendar)})" for one in skipped)
        yield f"Not counted either: {named}."
    else:
        yield "No bank holiday falls in between."


def _months(start: date, due: date) -> Iterator[str]:
    if due.day == start.day:
        yield f"Months keep the day of the month: the {start.day}."
    else:
        yield f"{due:%B %Y} has no {start.day}: its last day is taken."


def _holiday(one: date, calendar: Calendar) -> str:
    names = dict(zip(calendar.holidays, calendar.names, strict=False))
    return names.get(one) or "bank holiday"


def _so_far(item: Mapping[str, Any], scan: Scan, calendar: Calendar, as_at: date) -> Iterator[str]:
    """What was done earlier in the same plan, placement or period."""
    if item["cycle"] <= 1:
        if item["open"] and item["started"] is not None:
            yield "Nothing that counts has been done since."
        return
    spell = item["item_id"].split("|")
    family = next((list(keys) for keys in CLOCKS if item["rule"] in keys), [item["rule"]])
    others = collect(
        at(
            scan("due_items").filter(
                pl.col("person_id") == item["person_id"],
                pl.col("rule").is_in(family),
                pl.col("cycle") < item["cycle"],
                pl.col("item_id").str.split("|").list.slice(2, len(spell) - 3).list.join("|")
                == "|".join(spell[2:-1]),
            ),
            scan("rules"),
            calendar,
            as_at,
        )
    )
    done = others.filter(pl.col("state").is_in(["on_time", "late"]))
    if done.height:
        late = done.filter(pl.col("state") == "late").height
        told = f"{done.height} done, {_late_of(done.height, late)}"
        yield f"Before it, in the same plan, placement or period: {told}."


def _late_of(done: int, late: int) -> str:
    if done == 1:
        return "late" if late else "in time"
    return {0: "all in time", done: "all late"}.get(late, f"{late} of them late")


def _ending(item: Mapping[str, Any], rule: Mapping[str, Any]) -> Iterator[str]:
    limit, due = item["limit_date"], item["due_date"]
    near = limit is not None and due is not None and (limit - due).days <= NEAR_LIMIT
    if near and item["state"] != "not_required":
        yield f"It would not be required if {item['limit_reason']} ({day(limit)})."
    if item["assumed"]:
        yield f"Assumed: {item['assumed']}."
    if item["open"] and rule.get("clears"):
        yield f"What would clear it: {rule['clears']}."
