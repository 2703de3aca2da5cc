"""The rows behind a figure: those it counts, or is out of, on the day or at the end of a month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from data.errors import DataError
from fcl_tui.definitions.days import frame
from fcl_tui.definitions.window import window_of
from fcl_tui.reports.figures import behind, condition
from fcl_tui.reports.known import unknown
from fcl_tui.reports.official import registry
from fcl_tui.reports.run import behind_drill, narrowed
from fcl_tui.reports.spec import Parts
from fcl_tui.reports.strategic.headline import left_out
from widgets.cells.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fcl_tui.definitions.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.query import Query
    from fcl_tui.reports.strategic.declared import Strategic


def rows(declared: Strategic, context: Context, query: Query) -> Parts:
    """The rows behind the figure gone into, or chosen; without one those of the stock.

    Returns:
        row_key (unique), person_id, name, counted (Yes, No: whether it is in the upper number), age (Int64),
        team, worker, facts (String: what tells the record from others), in_numerator (Boolean). Those not as
        they should be first, then by name.
    """
    from fcl_tui.reports.catalogue import load

    drilled = behind_drill(load(declared.key), context, query)
    key = declared.stock if query.drill is None else query.drill.measure
    key = key if query.drill is not None else query.text("measure") or key
    family = registry.family_of(key)
    measure = family.measure(key)
    if drilled is None:
        day = _day(query.text("month"), context)
        spans = [(day, *window_of(measure).on(day))]
        drilled = narrowed(family.records(context, frame(spans)), query).filter(behind(measure))
        if unknown(context, family.as_records, [measure]):
            drilled = drilled.filter(pl.lit(value=False))
    upper = condition(measure.where)
    told = drilled.with_columns(
        in_numerator=upper,
        counted=pl.when(upper).then(pl.lit("Yes")).otherwise(pl.lit("No")),
        facts=_facts(drilled, family.identified_by),
    )
    first = pl.col("in_numerator") if measure.higher_is_better is True else ~pl.col("in_numerator")
    shown = ("person_id", "name", "counted", "age", "team", "worker", "facts", "in_numerator")
    return Parts(
        told.sort(first, "name", "person_id", "facts", nulls_last=True)
        .select(shown)
        .with_row_index("row_key")
        .with_columns(row_key=pl.col("row_key").cast(pl.String)),
        left_out(context, [measure]),
        {},
        lambda frames: _line(measure, frames["rows"]),
        {} if query.drill is not None else {"figure": measure.label},
    )


def _day(text: str | None, context: Context) -> date:
    if text is None:
        return context.as_at
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise DataError(f"--month takes a day such as 2026-03-31, not {plain(text)!r}.") from None
    if day > context.as_at:
        raise DataError(
            f"{day:%d/%m/%Y} is after the as-at day, {context.as_at:%d/%m/%Y}: nothing is known of it."
        )
    return day


def _facts(rows: pl.LazyFrame, columns: Sequence[str]) -> pl.Expr:
    """What is recorded in these columns, each after its name: last health 12/03/2026, need N1."""
    schema = rows.collect_schema()
    parts = []
    for name in columns:
        value = pl.col(name)
        text = value.dt.strftime("%d/%m/%Y") if schema[name] == pl.Date else value.cast(pl.String)
        words = name.removesuffix("_id").removesuffix("_code").replace("_", " ")
        parts.append(pl.format("{} {}", pl.lit(words), text.fill_null("not recorded")))
    return pl.concat_str(parts, separator=", ") if parts else pl.lit("")


def _line(measure: Measure, rows: pl.DataFrame) -> str:
    upper, all_of_them = int(rows["in_numerator"].sum()), rows.height
    if measure.out_of is not None:
        return f"{measure.label}: {upper} of {all_of_them}"
    return f"{measure.label}: {all_of_them}"
