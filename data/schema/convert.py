"""Whatever a source holds, turned into the SSD's types and codes, with a record of what could not be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from data.issues import model as issue_frames
from data.schema.codes import code_expr
from data.schema.dates import EARLIEST, LATEST, moments
from data.schema.tables import Field, fields, person_of, polars_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTHING = ("", "NULL", "null", "(null)", "N/A", "n/a", "#N/A", "PLACEHOLDER_DATA")
"""Texts that mean there is no value. Not "Null" or "None": people are called that."""

_SHORTENED = r"^\d(?:\.\d+)?(?:[eE]\+\d+|e\d{2,})$"
"""1.23457E+15, as spreadsheets show long numbers; not 12E5, which may be a number of somebody's own."""

_LOOKS_LIKE_ID = ("_id", "_no", "_urn", "_upn", "_uln", "_unique_id", "_number")


class _Read(NamedTuple):
    """One column as read: the typed values, the text they came from, and which were not understood."""

    values: pl.Series
    text: pl.Series
    unread: pl.Series
    rule: str
    reason: str
    effect: str
    severity: str


def typed(table: str, raw: pl.DataFrame, *, source: str, place: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give a table's rows the standard's columns, types and codes.

    Args:
        table: the SSD table, without prefix.
        raw: any of the table's fields in any dtype, and source_row (String); other columns are ignored.
        source: the source's short name, for the `source` column and the issues.
        place: the sheet or table the rows come from, for the issues.

    Returns:
        The rows, as many and in the same order, in exactly `polars_schema(table)`; and the issues: a
        value that cannot be read is left blank (error), an unknown code is kept (warning).
    """
    columns: dict[str, pl.Series] = {}
    doubts: list[tuple[str, _Read]] = []
    for field in fields(table):
        if field.name not in raw.columns:
            continue
        read = _column(field, raw[field.name])
        columns[field.name] = read.values
        if read.unread.any():
            doubts.append((field.name, read))
    schema = polars_schema(table)
    frame = (
        pl.DataFrame(columns).with_columns(
            raw["source_row"].cast(pl.String), source=pl.lit(source, dtype=pl.String)
        )
        if columns
        else raw.select(pl.col("source_row").cast(pl.String), pl.lit(source, dtype=pl.String).alias("source"))
    )
    frame = frame.select(
        pl.col(name) if name in frame.columns else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in schema.items()
    ).cast(schema)  # type: ignore[arg-type]
    return frame, pl.concat([issue_frames.frame(), *_told(table, frame, place, doubts)])


def _told(
    table: str, frame: pl.DataFrame, place: str, doubts: list[tuple[str, _Read]]
) -> Iterator[pl.DataFrame]:
    person = person_of(table)
    for column, read in doubts:
        constants = {
            "place": place, "column": column, "rule": read.rule, "severity": read.severity,
            "effect": read.effect, "reason": read.reason, "ssd_table": table,
        }  # fmt: skip
        yield (
            frame.select(
                "source",
                pl.col("source_row").alias("row"),
                (pl.col(person) if person else pl.lit(None, dtype=pl.String)).alias("person_id"),
            )
            .with_columns(read.text.alias("value"))
            .filter(read.unread)
            .with_columns(pl.lit(text, dtype=pl.String).alias(name) for name, text in constants.items())
            .select(issue_frames.COLUMNS)
        )


def _column(field: Field, values: pl.Series) -> _Read:
    text = as_text(values)
    if field.kind in ("date", "datetime"):
        return _dates(field, values, text)
    if field.kind in ("int", "float"):
        return _numbers(field, text)
    code_list = "yes_no_unknown" if field.kind == "bool" else field.code_list
    if code_list and not field.name.endswith("_json"):
        return _codes(code_list, text)
    blanked = _blanked(text)
    if _is_id(field):
        return _ids(blanked, text)
    return _Read(blanked, text, _none(text), "", "", "kept", "note")


def _ids(blanked: pl.Series, text: pl.Series) -> _Read:
    """Numbers of people and rows: without decimals, and never the shortened form of a spreadsheet."""
    whole = blanked.str.replace(r"^(-?\d+)\.0+$", "$1")
    short = blanked.str.contains(_SHORTENED).fill_null(False)
    if not short.any():
        return _Read(whole, text, short, "", "", "kept", "note")
    frame = blanked.to_frame("id").with_columns(whole.alias("whole"))
    digits = pl.col("id").str.extract(r"\.(\d+)").str.len_chars().fill_null(0)
    exponent = pl.col("id").str.extract(r"[eE]\+?(\d+)$").cast(pl.Int64, strict=False)
    number = pl.col("id").cast(pl.Float64, strict=False)
    exact = (digits >= exponent) & (number == number.round(0)) & (number < 2**53)
    written = pl.when(exact).then(number.cast(pl.Int64, strict=False).cast(pl.String))
    values = frame.select(pl.when(short).then(written).otherwise("whole").alias(text.name)).to_series()
    return _Read(
        values, text, short & values.is_null(), "shortened_number",
        "A spreadsheet has shortened this number and its last digits are lost; format the column as text in "
        "the source and export it again.", "value left blank", "error",
    )  # fmt: skip


def as_text(values: pl.Series) -> pl.Series:
    """Any column as trimmed text, whole numbers without decimals, non-breaking spaces as spaces."""
    kind = values.dtype
    if kind.is_decimal():
        return values.cast(pl.String).str.replace(r"\.0+$", "")
    if kind.is_float():
        number = values.cast(pl.Float64)
        whole = (number == number.round(0)) & (number.abs() < 2**53)
        return number.to_frame("n").select(
            pl.when(whole.alias("w")).then(pl.col("n").cast(pl.Int64, strict=False).cast(pl.String))
            .otherwise(pl.col("n").cast(pl.String))
        )["n"].alias(values.name)  # fmt: skip
    if kind == pl.Null:
        return values.cast(pl.String)
    if kind == pl.Object:
        return pl.Series(values.name, list(map(str, values)), dtype=pl.String)
    text = values.cast(pl.String, strict=False)
    return text.str.replace_all("\u00a0", " ", literal=True).str.strip_chars() if kind == pl.String else text


def _blanked(text: pl.Series) -> pl.Series:
    return text.to_frame("t").select(pl.when(~pl.col("t").is_in(NOTHING)).then("t"))["t"].alias(text.name)


def _none(text: pl.Series) -> pl.Series:
    return pl.repeat(False, len(text), dtype=pl.Boolean, eager=True)


def _is_id(field: Field) -> bool:
    return field.primary_key or bool(field.foreign_key) or field.name.endswith(_LOOKS_LIKE_ID)


def _dates(field: Field, values: pl.Series, text: pl.Series) -> _Read:
    blanked = _blanked(text)
    read = moments(blanked if values.dtype == pl.String else values)
    unread = blanked.is_not_null() & read.is_null()
    never = (~read.dt.year().is_between(EARLIEST, LATEST)).fill_null(False)
    result = read.set(never, None) if never.any() else read
    if never.any() and not unread.any():
        return _Read(
            _as_kind(field, result), text, never, "placeholder_date",
            "The date is one that systems write when there is none, so it was left blank.",
            "value left blank", "note",
        )  # fmt: skip
    return _Read(
        _as_kind(field, result), text, unread | never, "unreadable_date",
        "This is not a date (day/month/year or year-month-day); correct it in the source.",
        "value left blank", "error",
    )  # fmt: skip


def _as_kind(field: Field, moment: pl.Series) -> pl.Series:
    return moment.cast(pl.Date) if field.kind == "date" else moment


def _numbers(field: Field, text: pl.Series) -> _Read:
    blanked = _blanked(text)
    number = blanked.str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
    usable = number.is_finite().fill_null(False)
    if field.kind == "int":
        usable &= ((number == number.round(0)) & (number.abs() < 2**53)).fill_null(False)
    kept = number.set(~usable, None)
    return _Read(
        kept.cast(pl.Int64) if field.kind == "int" else kept, text, blanked.is_not_null() & ~usable,
        "unreadable_number", "This is not a number the field can hold; correct it in the source.",
        "value left blank", "error",
    )  # fmt: skip


def _codes(code_list: str, text: pl.Series) -> _Read:
    code = text.to_frame("t").select(code_expr(pl.col("t"), code_list))["t"]
    blanked = _blanked(text)
    unknown = code.is_null() & blanked.is_not_null()
    values = code.fill_null(blanked) if unknown.any() else code
    return _Read(
        values, text, unknown, "unknown_code",
        f"The value is not in the code list {code_list}; it was kept as it came.", "kept", "warning",
    )  # fmt: skip
