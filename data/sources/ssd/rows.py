"""Rows of one of the standard's tables, from its own columns to the standard's fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from data.schema.convert import as_text
from data.schema.tables import person_of
from data.sources.ssd.layout import Found

_PLAN = "plan"


def columns_of(found: Found) -> list[str]:
    """The table's own columns that are read, each once."""
    link = [found.link] if found.link else []
    return list(dict.fromkeys([*found.columns.values(), *link]))


def in_fields(
    found: Found, there: pl.DataFrame, plans: pl.DataFrame | None, *, beside: Sequence[str] = ()
) -> pl.DataFrame:
    """The rows, as many and in the same order, under the standard's field names.

    Args:
        found: the table.
        there: its rows under its own column names.
        plans: plan and child (String, each plan once), where visits name only their plan.
        beside: other columns to keep as they are.
    """
    columns = dict(found.columns) | ({_PLAN: found.link} if found.link else {})
    raw = there.select(*(pl.col(column).alias(field) for field, column in columns.items()), *beside)
    person = person_of(found.table)
    if found.link and plans is not None and person:
        raw = raw.with_columns(_number(raw[_PLAN])).join(
            plans.rename({"child": person}), on=_PLAN, how="left", maintain_order="left"
        )
    return raw


def plan_columns(tables: Mapping[str, Found]) -> dict[str, str] | None:
    """The columns of the plans that say plan and child; None where no visit needs them."""
    visits, plans = tables.get("cin_visits"), tables.get("cin_plans")
    if visits is None or visits.link is None or plans is None:
        return None
    plan, child = plans.columns.get("cinp_cin_plan_id"), plans.columns.get("cinp_person_id")
    return {"plan": plan, "child": child} if plan and child else None


def one_plan(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Plan and child as text, each plan once."""
    texts = [frame.select(_number(frame["plan"]), as_text(frame["child"])) for frame in frames]
    empty = pl.DataFrame(schema={"plan": pl.String, "child": pl.String})
    return pl.concat([empty, *texts]).drop_nulls().unique("plan", keep="first", maintain_order=True)


def _number(plans: pl.Series) -> pl.Series:
    """Numbers of plans as text, alike where one table has them as whole numbers and another not."""
    return as_text(plans).str.replace(r"^(-?\d+)\.0+$", "$1")
