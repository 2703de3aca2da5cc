"""What each column tells about a child, said once: what stays when a record is restricted, and what goes.

The fields of the standard are listed in `ssd_fields`, the columns of the frames made at load here. A column
that is in none of these lists goes (`class_of`), and a test names it, so that nothing new is shown because
nobody thought of it.
"""

from functools import cache
from typing import Literal

from data.schema import tables
from fcl_tui.access import ssd_fields

Class = Literal["person", "key", "kept", "hidden"]
"""person: a child's number, shown as a token; key: a row's number, shown as a token that joins as before;
kept: shown; hidden: blank."""

NO_CHILD = frozenset(("professionals", "department", "version_log", "rules", "holidays", "coverage"))
"""Frames that hold no child: everybody who may come in reads them whole."""

PREPARED = ("people", "statuses", "allocations", "due_items", "events", "assessments", "issues")
"""Frames made at load, by person_id."""

_KEYS = [
    "source_row",
    "item_id",
    "assessment_id",
    "referral_id",
]

_PERSONS = ("person_id",)

_HIDDEN = [
    "name",
    "forename",
    "surname",
    "date_of_birth",
    "expected_date_of_birth",
    "date_of_death",
    "sex",
    "gender",
    "ethnicity",
    "upn",
    "find_key",
    "detail",
    "source_rows",
    "factors",
    "outcome",
    "outcomes",
    "value",
    "row",
    "reason",
]

_KEPT = [
    "source",
    "status",
    "start",
    "end",
    "short_break",
    "legal_status",
    "role",
    "worker_id",
    "worker",
    "team_id",
    "team",
    "rank",
    "rule",
    "kind",
    "cycle",
    "started",
    "due_date",
    "done_date",
    "ended",
    "limit_date",
    "limit_reason",
    "interval",
    "unit",
    "assumed",
    "started_by",
    "step",
    "ended_by",
    "waived",
    "soft",
    "unknown",
    "soon",
    "soon_unit",
    "local_team",
    "known_from",
    "at_latest",
    "date",
    "event",
    "significant",
    "start_date",
    "clock_start",
    "authorised_date",
    "working_days",
    "in_time",
    "no_further_action",
    "child_seen",
    "belongs_by",
    "referral_closed",
    "place",
    "column",
    "severity",
    "effect",
    "ssd_table",
]


@cache
def _listed() -> dict[str, Class]:
    classes: dict[str, Class] = dict.fromkeys([*ssd_fields.HIDDEN, *_HIDDEN], "hidden")
    classes |= dict.fromkeys([*ssd_fields.KEPT, *_KEPT], "kept")
    classes |= dict.fromkeys([*ssd_fields.KEYS, *_KEYS], "key")
    classes |= dict.fromkeys(_PERSONS, "person")
    for table in tables.names():
        if table in NO_CHILD:
            continue
        for field in tables.fields(table):
            parent = field.foreign_key.split(".")[0]
            if parent == "person" or (table == "person" and field.primary_key):
                classes[field.name] = "person"
            elif field.primary_key or (parent and parent not in NO_CHILD):
                classes[field.name] = "key"
    return classes


def class_of(column: str) -> Class:
    """The class of a column of a frame about children; hidden when it has not been classified."""
    return _listed().get(column, "hidden")


def unclassified(columns: list[str]) -> list[str]:
    """Columns that have not been classified."""
    return [column for column in columns if column not in _listed()]
