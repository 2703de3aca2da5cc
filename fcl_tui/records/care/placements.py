"""Placements that ended in the window of each day, and why."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.wording.bands import NOT_RECORDED
from fcl_tui.definitions.wording.labels import label_as_sentence
from fcl_tui.records.care.looked_after import placed_groups
from fcl_tui.records.over_time.people import with_holder, with_person


def ended(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and placement that ended in its window.

    Returns:
        day, first, last, person_id, placement_id, end_date (Date), change_code, change_reason (words; "Not
        recorded" where blank), and the columns of `over_time.with_person` and `with_holder` and the
        placement and provider groups, as on the day it ended.
    """
    places = (
        scan("cla_placement")
        .select(
            person_id="clap_person_id",
            placement_id="clap_cla_placement_id",
            end_date="clap_cla_placement_end_date",
            change_code="clap_cla_placement_change_reason",
            placement_type="clap_cla_placement_type",
            provider_code="clap_cla_placement_provider",
        )
        .drop_nulls(["person_id", "end_date"])
    )
    over = days.join(places, how="cross").filter(
        pl.col("end_date").is_between(pl.col("first"), pl.col("last"))
    )
    told = with_holder(with_person(over.with_columns(as_at="day", day="end_date"), scan), scan)
    return placed_groups(told.drop("day").rename({"as_at": "day"})).with_columns(
        change_reason=label_as_sentence(pl.col("change_code"), "placement_change_reason").fill_null(
            NOT_RECORDED
        )
    )
