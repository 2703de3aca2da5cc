"""What the Client Summary's lists need beside their rows: keys, kinds in words, places to jump to."""

from datetime import date

import polars as pl

from data.frames import Scan, collect
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.records.due.items import not_known_by_status


def keyed(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add a key that is unique in the list and the same after a refresh, and kinds in words.

    Returns:
        the rows plus event_key and kind_name (where there is an event) or row_key (String).
    """
    columns = rows.collect_schema().names()
    if "event" in columns:
        parts = ["date", "event", "source_row", "detail"]
        name = "event_key"
    elif "assessment_id" in columns:
        parts, name = ["assessment_id", "source_row"], "row_key"
    elif "relation" in columns:
        parts, name = ["relation", "person_id", "name", "detail", "start", "end"], "row_key"
    else:
        return rows
    key = pl.concat_str(*(pl.col(part).cast(pl.String) for part in parts), separator="|", ignore_nulls=True)
    nth = pl.int_range(pl.len()).over(name).cast(pl.String)
    rows = rows.with_columns(key.alias(name)).with_columns(
        pl.concat_str(pl.col(name), nth, separator="|").alias(name)
    )
    if "kind" in columns:
        rows = rows.with_columns(kind_name=pl.col("kind").str.replace_all("_", " "))
    return rows


def year_away(events: pl.DataFrame, here: date, way: int) -> str | None:
    """The key of the newest event of the nearest earlier (way 1) or later (way -1) year that has one."""
    dated = events.drop_nulls("date").with_columns(year=pl.col("date").dt.year())
    beyond = dated.filter(pl.col("year") < here.year if way > 0 else pl.col("year") > here.year)
    if beyond.is_empty():
        return None
    year = beyond["year"].max() if way > 0 else beyond["year"].min()
    return str(beyond.filter(pl.col("year") == year).sort("date", maintain_order=True)["event_key"][-1])


def not_known_of(scan: Scan, status: str) -> str:
    """What this source cannot tell of a child of this status, in words; empty when it can tell all."""
    frame = collect(not_known_by_status(Coverage.read(scan)).filter(pl.col("status") == status))
    return str(frame["not_known"][0] or "") if frame.height else ""
