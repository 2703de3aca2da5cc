"""A handful of rows as a whole authority; prepared frames are made as a load makes them."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from data.issues import model as issues
from data.schema import tables
from data.schema.fields import schema_of
from fcl_tui.definitions.allocations import allocations
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.definitions.statuses import statuses
from fcl_tui.loading.prepare import ENGINE
from fcl_tui.prepared.assessments import RULE, assessments
from fcl_tui.prepared.events.chronology import events
from fcl_tui.prepared.people import people
from fcl_tui.timescales import due as due_frame
from fcl_tui.timescales.engine import due_items
from fcl_tui.timescales.rulebook import rules
from fcl_tui.timescales.rulebook.packaged import load_rules

RULES_IN_FORCE = load_rules()
CLOCK_OF_ASSESSMENTS = replace(
    RULES_IN_FORCE, rules={key: replace(rule, on=key == RULE) for key, rule in RULES_IN_FORCE.rules.items()}
)
"""The one timescale that assessments follow: the others would be worked out for nothing."""
CALENDAR = Calendar.england(2015, 2030)
AS_AT = date(2026, 3, 31)

PREPARED = ("people", "statuses", "allocations", "events", "assessments")
"""Worked out once, when first asked for, as a load does."""

RULES = [
    ("cp_visit", "Child protection visit", "visit", "wd", False, 5, "wd"),
    ("cin_visit", "Child in need visit", "visit", "wd", False, 5, "wd"),
    ("cp_review_later", "Review conference", "review", "m", True, 14, "d"),
    ("assessment_45wd", "Assessment finished", "assessment", "wd", True, 10, "wd"),
    ("health_review", "Review health assessment", "health", "m", True, 28, "d"),
    ("pa_contact", "Keeping in touch", "contact", "w", False, 7, "d"),
    ("pathway_review", "Pathway plan review", "plan", "m", True, 28, "d"),
]


def rules_frame() -> pl.DataFrame:
    """The rules that the hand-made items name, in the shape of the prepared frame."""
    named = ("rule", "name", "kind", "unit", "statutory", "soon", "soon_unit")
    told = {"applies_to": "", "source": "", "needs": "", "available": True}
    rows = [dict(zip(named, rule, strict=True)) | told for rule in RULES]
    return pl.DataFrame(rows, schema=schema_of(rules.FIELDS))


def item(person: str, rule: str, started: date, due: date | None, **more: Any) -> dict[str, Any]:
    """One due item; more: done_date, ended, limit_date, cycle, assumed."""
    of_rule = next(one for one in RULES if one[0] == rule)
    plain = {"kind": of_rule[2], "unit": of_rule[3], "cycle": 2, "interval": 1, "started_by": "last visit"}
    key = f"{person}|{rule}|1|{more.get('cycle', 2)}"
    return (
        plain
        | {"item_id": key, "person_id": person, "rule": rule, "started": started, "due_date": due}
        | more
    )


class Authority:
    """Call `scan` like a snapshot's; pass tables as lists of rows holding only the fields that matter."""

    def __init__(self, *, due: list[dict[str, Any]] | None = None, none_of: tuple[str, ...] = (),
        latest_only: tuple[str, ...] = (),
                 lacking: dict[str, str] | None = None, **rows: list[dict[str, Any]]) -> None:  # fmt: skip
        self.frames: dict[str, pl.LazyFrame] = {}
        self.kept: set[str] = set()
        for table in tables.names():
            schema = tables.polars_schema(table)
            given = [
                {"source": "hand", "source_row": f"{table}/{number}", tables.key_of(table): str(number)} | row
                for number, row in enumerate(rows.pop(table, []), start=1)
            ]
            self.frames[table] = pl.DataFrame(given, schema=schema).lazy()
        assert not rows, f"no such table: {list(rows)}"
        lack = lacking or {}
        self.frames["coverage"] = pl.LazyFrame(
            {
                "table": list(tables.names()),
                "coverage": ["none" if name in none_of else "full" for name in tables.names()],
                "latest_only": [name in latest_only for name in tables.names()],
                "missing_columns": [lack.get(name, "") for name in tables.names()],
                "note": [""] * len(tables.names()),
            }
        )
        self.frames["issues"] = issues.frame().lazy()
        self.frames["rules"] = rules_frame().lazy()
        self.frames["holidays"] = CALENDAR.frame().lazy()
        self.frames["due_items"] = pl.DataFrame(due or [], schema=schema_of(due_frame.FIELDS)).lazy()
        self.frames["people"] = people(self.scan)
        self.frames["statuses"] = statuses(self.scan)
        self.frames["allocations"] = allocations(self.scan)
        self.frames["events"] = events(self.scan)
        items = due_items(self.scan, CLOCK_OF_ASSESSMENTS, CALENDAR)
        self.frames["assessments"] = assessments(
            self.scan, RULES_IN_FORCE, CALENDAR, self.frames["allocations"], items
        )

    def scan(self, name: str) -> pl.LazyFrame:
        if name in PREPARED and name not in self.kept:
            self.kept.add(name)
            self.frames[name] = self.frames[name].collect(engine=ENGINE).lazy()
        return self.frames[name]


def child(
    person: str, forename: str | None = "Ann", surname: str | None = "Lee", **more: Any
) -> dict[str, Any]:
    row = {
        "pers_person_id": person,
        "pers_forename": forename,
        "pers_surname": surname,
        "pers_dob": date(2015, 3, 1),
    }
    return row | more


def referral(person: str, start: date | None, end: date | None = None, **more: Any) -> dict[str, Any]:
    return {
        "cine_person_id": person,
        "cine_referral_date": start,
        "cine_close_date": end,
        "cine_referral_nfa": "N",
    } | more


def episode(person: str, start: date | None, end: date | None = None, **more: Any) -> dict[str, Any]:
    row = {
        "clae_person_id": person,
        "clae_cla_episode_start_date": start,
        "clae_cla_episode_ceased_date": end,
    }
    return row | {"clae_cla_id": "1"} | more


def plan(person: str, start: date | None, end: date | None = None, **more: Any) -> dict[str, Any]:
    return {"cppl_person_id": person, "cppl_cp_plan_start_date": start, "cppl_cp_plan_end_date": end} | more


def involved(
    person: str, worker: str, start: date | None, end: date | None = None, **more: Any
) -> dict[str, Any]:
    row = {"invo_person_id": person, "invo_professional_id": worker, "invo_professional_role_id": "CW"}
    return row | {"invo_involvement_start_date": start, "invo_involvement_end_date": end} | more
