"""The rows behind a figure: those it counts, or is out of, on the day or at the end of a month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from data.errors import DataError
from data.schema.codes import label_expr
from fcl_tui.definitions.days.asked import frame
from fcl_tui.definitions.days.window import window_of
from fcl_tui.definitions.wording.labels import without_code
from fcl_tui.reports.measured.figures import behind, condition
from fcl_tui.reports.measured.figures import told as told_of
from fcl_tui.reports.measured.known import unknown
from fcl_tui.reports.official import registry
from fcl_tui.reports.run import behind_drill, narrowed
from fcl_tui.reports.spec import Parts
from fcl_tui.reports.strategic.views.headline import left_out
from widgets.cells.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fcl_tui.definitions.figures.measure import Measure
    from fcl_tui.reports.context import Context
    from fcl_tui.reports.official.family import Family
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.strategic.declared import Strategic

CODED = {
    "reason_code": ("reason", "reason_new_episode", "reason_episode_ceased"),
    "change_code": ("why it ended", "placement_change_reason"),
    "touch": ("contact", "in_touch"),
    "activity": ("activity", "activity"),
    "home_code": ("home", "accommodation"),
}
"""Columns of records that hold codes: what they are called to people, and the lists that say the codes"""
BEFORE_WORDS = {
    "source_detail": ("source", "contact_source", "referral_source"),
    "factor": ("factor", "assessment_factors"),
}
"""Columns of records with a code before its words: what they are called to people, and the lists"""
NAMES = ("kind",)
"""Columns of records that hold names in snake_case"""


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
        spans = [_span(query.text("month"), measure, context)]
        drilled = narrowed(family.records(context, frame(spans)), query).filter(behind(measure))
        if unknown(context, family.as_records, [measure]):
            drilled = drilled.filter(pl.lit(value=False))
    return parts(
        family, measure, drilled, context, {} if query.drill is not None else {"figure": measure.label}
    )


def parts(
    family: Family, measure: Measure, drilled: pl.LazyFrame, context: Context, words: Mapping[str, str]
) -> Parts:
    """The records behind a figure, listed as `rows` says, with the figure on top."""
    told = drilled.with_columns(in_numerator=condition(measure.where))
    return Parts(
        listed(told, family.identified_by, high=measure.higher_is_better is True),
        left_out(context, [measure]),
        {"figure": drilled.select(**told_of(measure))},
        lambda frames: _line(measure, frames),
        words,
    )


def listed(rows: pl.LazyFrame, identified_by: Sequence[str], *, high: bool = False) -> pl.LazyFrame:
    """Records with in_numerator as the list of every strategic report shows them.

    Args:
        high: those that count come last: they are as they should be.
    """
    told = rows.with_columns(
        counted=pl.when("in_numerator").then(pl.lit("Yes")).otherwise(pl.lit("No")),
        facts=_facts(rows, identified_by),
    )
    first = pl.col("in_numerator") if high else ~pl.col("in_numerator")
    shown = ("person_id", "name", "counted", "age", "team", "worker", "facts", "in_numerator")
    return (
        told.sort(first, "name", "person_id", "facts", nulls_last=True)
        .select(shown)
        .with_row_index("row_key")
        .with_columns(row_key=pl.col("row_key").cast(pl.String))
    )


def _span(text: str | None, measure: Measure, context: Context) -> tuple[date, date, date]:
    """The day and the window that a figure's rows are asked for: the as-at day, a month's end, or first/last.

    Raises:
        DataError: the text is no day, nor two, or one after the as-at day.
    """
    if text is None:
        return (context.as_at, *window_of(measure).on(context.as_at))
    try:
        first, day = (
            date.fromisoformat(one) for one in (text if "/" in text else f"{text}/{text}").split("/")
        )
    except ValueError:
        raise DataError(
            f"--month takes a day such as 2026-03-31, or two as 2026-01-01/2026-03-31, not {plain(text)!r}."
        ) from None
    if day > context.as_at:
        raise DataError(
            f"{day:%d/%m/%Y} is after the as-at day, {context.as_at:%d/%m/%Y}: nothing is known of it."
        )
    return (day, first, day) if "/" in text else (day, *window_of(measure).on(day))


def _is_number(column: str) -> bool:
    return column == "record" or column.endswith("_id")


def _facts(rows: pl.LazyFrame, columns: Sequence[str]) -> pl.Expr:
    """What is recorded in these columns, each after its name: contact in touch, since 12/03/2026."""
    schema = rows.collect_schema()
    parts = []
    for name in sorted(columns, key=_is_number):  # it tells people least
        value = pl.col(name)
        text = value.dt.strftime("%d/%m/%Y") if schema[name] == pl.Date else value.cast(pl.String)
        words, *lists = (CODED | BEFORE_WORDS).get(name, (name.removesuffix("_id").replace("_", " "),))
        if name in CODED:
            for code_list in lists:
                text = label_expr(text, code_list)
        elif name in BEFORE_WORDS:
            text = without_code(text, *lists)
        elif name in NAMES:
            text = text.str.replace_all("_", " ")
        parts.append(pl.format("{} {}", pl.lit(words), text.fill_null("not recorded")))
    return pl.concat_str(parts, separator=", ") if parts else pl.lit("")


def _line(measure: Measure, frames: Mapping[str, pl.DataFrame]) -> str:
    """The figure itself, worked out of the rows; how many rows where they are another number."""
    rows, figure = frames["rows"], frames["figure"].row(0, named=True)
    if measure.out_of is not None:
        return f"{measure.label}: {int(rows['in_numerator'].sum()):,} of {rows.height:,}"
    value = figure["value"]
    if value is None or value == rows.height:
        return f"{measure.label}: {rows.height:,}"
    return f"{measure.label}: {value:,.10g}, from {rows.height:,} rows"
