"""Foster placements that ended in a period, and why."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.days.spells import within
from fcl_tui.definitions.wording.labels import label_as_sentence
from fcl_tui.measures.fostering import KIND_NAMES, NO_REASON, UNPLANNED
from fcl_tui.records.fostering.children import FOSTER, SAME_HOME, kind, placements
from fcl_tui.records.over_time.holders import held_on


def ended(
    scan: Scan,
    as_at: date,
    span: tuple[date, date],
    *,
    kind_asked: str | None = None,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """One row per foster placement (U1 to U6) that ended in the period, but for a change of its status alone.

    Returns:
        row_key (unique), person_id, name, date_of_birth, kind, kind_name, placement (words), start, end
        (Date), days (Int64, calendar days), reason (words; "Not recorded"), unplanned, recorded (Boolean:
        see the measures), team, worker, worker_now (as `held_on` gives of the day it ended);
        the latest first.
    """
    rows = placements(scan, as_at).filter(
        pl.col("placement_type").is_in(FOSTER),
        within("end", *span),
        (pl.col("reason") != SAME_HOME).fill_null(value=True),
    )
    rows = rows.with_columns(kind=kind(), credit_day="end")
    if kind_asked is not None:
        rows = rows.filter(pl.col("kind") == kind_asked)
    if person_ids is not None:
        rows = rows.filter(pl.col("person_id").is_in(person_ids))
    key = pl.concat_str("placement_id", "person_id", "source_row", separator="|", ignore_nulls=True)
    return (
        held_on(rows, scan, as_at)
        .with_columns(
            row_key=key,
            kind_name=pl.col("kind").replace(KIND_NAMES),
            placement=label_as_sentence(pl.col("placement_type"), "placement_type"),
            days=(pl.col("end") - pl.col("start")).dt.total_days(),
            unplanned=pl.col("reason").is_in(UNPLANNED).fill_null(value=False),
            recorded=pl.col("reason").is_not_null(),
            reason=label_as_sentence(pl.col("reason"), "placement_change_reason").fill_null(NO_REASON),
        )
        .sort("end", "name", "row_key", descending=[True, False, False], nulls_last=True)
    )
