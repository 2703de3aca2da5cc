"""Finding the standard's tables and columns in a database or files that may name, miss or add some."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from data.dataclass import dataclass
from data.errors import DataError
from data.schema.tables import PREFIX, fields, key_of, names, person_of
from data.sources.base import coverage_schema

if TYPE_CHECKING:
    import polars as pl
    import sqlalchemy as sa

    from data.issues.model import Issue, Severity

_TABLE_NAMES = {
    "cla_placements": "cla_placement",
    "contact": "contacts",
    "s47_enquiries": "s47_enquiry",
    "sdq_score": "sdq_scores",
    "involvement": "involvements",
    "departments": "department",
    "professional": "professionals",
}
_LOCAL_NAMES = {
    "pers_single_unique_id": ("pers_common_child_id",),
    "pers_common_child_id": ("pers_single_unique_id",),
    "cinp_cin_plan_id": ("cin_plan_id",),
    "lacp_table_id": ("lacp_cla_care_plan_id",),
    "clar_cla_person_id": ("clar_person_id",),
    "cppr_cp_review_id": ("review_id",),
    "cppr_cp_plan_id": ("cp_plan_id", "plan_id"),
    "cppr_cp_review_due": ("due_date",),
    "cppr_cp_review_date": ("actual_date",),
    "cppr_cp_review_quorate": ("quorate",),
    "cppr_cp_review_outcome_continue_cp": ("review_outcome",),
    "ehcn_ehcp_asmt_id": ("ehcn_ehcp_assessment_id",),
}
"""What some case systems' scripts call a field. Besides, a field may come without its table's prefix."""

PLAN_LINK = "cinv_cin_plan_id"
"""Where a visit names its plan instead of its child, the child comes from the plan."""

_SYSTEM_SCHEMAS = ("information_schema", "pg_", "sys", "guest", "db_", "crdb_internal")


@dataclass(frozen=True)
class Found:
    """One of the standard's tables as it is in the source."""

    table: str
    place: str
    """its name there"""
    columns: Mapping[str, str]
    """the standard's field, and the column's name there"""
    missing: tuple[str, ...]
    unused: tuple[str, ...]
    link: str | None = None
    """the column that names the plan, where the child is not named"""


@dataclass(frozen=True)
class Layout:
    """Everything of the standard that a schema of a database, or a folder of files, holds."""

    schema: str | None
    tables: Mapping[str, Found]
    shapeless: Mapping[str, str] = field(default_factory=dict)
    """tables that have a name of the standard and no column of it: table, name there"""
    unknown: tuple[str, ...] = ()
    """names with the standard's prefix that it does not know"""


def find(inspector: sa.Inspector, schema: str | None, name: str) -> Layout:
    """Find the tables in the schema asked for, else the default one, else the only one that has any."""
    if schema is not None:
        known = {found.lower(): found for found in inspector.get_schema_names()}
        if schema.lower() not in known:
            raise DataError(f"{name} has no schema called {schema}. It has: {_listed(known.values())}.")
        layout = _in_schema(inspector, known[schema.lower()])
        if not layout.tables:
            raise DataError(f"The schema {schema} of {name} holds no SSD tables. {_expected(layout)}")
        return layout
    layout = _in_schema(inspector, None)
    if layout.tables:
        return layout
    others = [
        other
        for found in inspector.get_schema_names()
        if not found.lower().startswith(_SYSTEM_SCHEMAS) and found != inspector.default_schema_name
        if (other := _in_schema(inspector, found)).tables
    ]
    if len(others) == 1:
        return others[0]
    if others:
        schemas = _listed(other.schema or "" for other in others)
        raise DataError(f"{name} holds SSD tables in several schemas: {schemas}. Say which with --schema.")
    raise DataError(f"{name} holds no SSD tables. {_expected(layout)}")


def _expected(layout: Layout) -> str:
    if layout.shapeless:
        shapeless = _listed(layout.shapeless.values())
        return f"It has {shapeless}, but without the standard's columns. Is it the right database?"
    return (
        "Expected tables such as ssd_person. Check the database and schema (--schema), and your permissions."
    )


def _listed(texts: Iterable[str]) -> str:
    texts = list(texts)
    return ", ".join(texts[:8]) + (" …" if len(texts) > 8 else "") or "none"


def _in_schema(inspector: sa.Inspector, schema: str | None) -> Layout:
    def columns(place: str) -> list[str]:
        return [column["name"] for column in inspector.get_columns(place, schema)]

    places = sorted({*inspector.get_table_names(schema), *inspector.get_view_names(schema)})
    tables: dict[str, Found] = {}
    shapeless: dict[str, str] = {}
    unknown: list[str] = []
    for place in sorted(
        places, key=lambda text: not text.lower().startswith(PREFIX)
    ):  # the prefix goes first
        table = table_named(place)
        if table is None:
            if place.lower().startswith(PREFIX):
                unknown.append(place)
        elif table not in tables:
            found = match(table, place, columns(place))
            if found is None:
                shapeless.setdefault(table, place)
            else:
                tables[table] = found
    ordered = {table: tables[table] for table in names() if table in tables}
    return Layout(schema, ordered, {t: p for t, p in shapeless.items() if t not in tables}, tuple(unknown))


def table_named(place: str) -> str | None:
    """The standard's table that a name means, with the prefix or not, in any case."""
    bare = place.lower().removeprefix(PREFIX)
    table = _TABLE_NAMES.get(bare, bare)
    return table if table in names() else None


def match(table: str, place: str, columns: Iterable[str]) -> Found | None:
    """Match the columns of one table to the standard's fields; None when none has a name of the standard."""
    there = {column.lower(): column for column in columns}
    exact = [each.name for each in fields(table) if each.name in there]
    distinctive = [
        name for each in fields(table) for name in _LOCAL_NAMES.get(each.name, ()) if name in there
    ]
    if not exact and (not distinctive or not place.lower().startswith(PREFIX)):
        return None
    matched: dict[str, str] = {}
    for each in fields(table):
        candidates = (each.name, *_LOCAL_NAMES.get(each.name, ()), each.name.partition("_")[2])
        column = next((there[name] for name in candidates if name in there), None)
        if column is not None:
            matched[each.name] = column
    person = person_of(table)
    link = there.get(PLAN_LINK) or there.get("cin_plan_id") if table == "cin_visits" else None
    link = link if person not in matched else None
    used = {*matched.values(), link}
    return Found(
        table, place, matched,
        tuple(
            each.name for each in fields(table)
            if each.name not in matched and not (link and each.name == person)
        ),
        tuple(column for column in there.values() if column not in used),
        link,
    )  # fmt: skip


def layout_issues(layout: Layout, source: str) -> list[Issue]:
    """Say what is missing in the source and what of it is not used."""
    told: list[Issue] = []

    def tell(place: str, rule: str, severity: Severity, reason: str, **known: str) -> None:
        about = {"row": None, "column": None, "value": None, "person_id": None, "ssd_table": None} | known
        told.append(
            cast("Issue", about | {"source": source, "place": place, "rule": rule, "severity": severity,
                                   "effect": "kept", "reason": reason})
        )  # fmt: skip

    for table in names():
        if table in layout.shapeless:
            reason = (
                "The table has none of the standard's columns, so its rows are not used; check the table."
            )
            tell(layout.shapeless[table], "wrong_shape", "error", reason, ssd_table=table)
        elif table not in layout.tables and coverage_expected()[table] != "none":
            important = table in ("person", "cin_episodes", "involvements", "professionals")
            reason = "There is no such table in the source, so reports cannot know what it would hold."
            tell(PREFIX + table, "missing_table", "warning" if important else "note", reason, ssd_table=table)
    for table, found in layout.tables.items():
        for name in found.missing:
            if name == "pers_common_child_id":
                continue  # deployed tables never have it
            important = name in (key_of(table), person_of(table))
            reason = "The table has no such column, so the field stays blank."
            severity: Severity = "warning" if important else "note"
            tell(found.place, "missing_column", severity, reason, column=name, ssd_table=table)
        reason = "The column is not in the standard; it is not read."
        for column in found.unused:
            tell(found.place, "unused_column", "note", reason, column=column, ssd_table=table)
    for place in layout.unknown:
        tell(place, "unused_table", "note", "The table is not in the standard; it is not read.")
    return told


@cache
def coverage_expected() -> dict[str, str]:
    """How much of each table an SSD database carries, by the contract."""
    text = files("data").joinpath("contracts/coverage.csv").read_text(encoding="utf-8")
    return {
        row["table"].removeprefix(PREFIX): row["ssd_database"] for row in csv.DictReader(text.splitlines())
    }


def coverage_of(layout: Layout, rows: Mapping[str, int]) -> pl.DataFrame:
    """The `coverage` frame, given the rows read by table.

    full where the table is there with every column; partial where some are missing or it is empty.
    """
    import polars as pl

    told = []
    for table, expected in coverage_expected().items():
        found = layout.tables.get(table)
        coverage, note, missing = expected, "", ""
        if found is None:
            coverage = "none"
            shapeless = table in layout.shapeless
            note = (
                "the table has none of the standard's columns" if shapeless else "no such table in the source"
            )
        else:
            absent = [name for name in found.missing if name != "pers_common_child_id"]
            missing = ", ".join(absent)
            if absent:
                coverage, note = "partial", "columns are missing"
            if not rows.get(table):
                coverage, note = "partial", "the table is there but empty"
        told.append((table, coverage, False, missing, note))
    return pl.DataFrame(told, schema=coverage_schema(), orient="row")
