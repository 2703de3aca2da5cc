"""How settled looked-after children are on each day: placements, carers and case workers over the window."""

import polars as pl

from data.frames import Scan, collect
from fcl_tui.records.care.looked_after import rows as looked_after

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
BY_CARER, FOR_ADOPTION = ("A3", "A5"), ("A3", "A4", "A5", "A6")
"""Placed for adoption: with the foster carers the child was with, and with anyone"""
NEW_CARER = ("S", "P", "B")
"""Why an episode began with another carer; L, T and U keep the carer"""
_CHILD = ["person_id", "day"]


def rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and looked-after child, with what the child lived through in the day's window.

    Returns:
        the columns of `looked_after.rows`; placements (Int64: open at any time from first to day, one that
        ended on the first day among them; T0 to T4 left out, and one for adoption with the same foster carers
        is the placement before it), workers (Int64: different case workers over the same days), in_care_2y,
        in_care_30m (Boolean: unbroken from 24, 30 months before the day), carer_since (Date: with the present
        carer), settled (Boolean: two years with the same carer, or placed for adoption and two years in this
        placement and the one before it).

    Source: SSDA903; Department for Education, placement stability.
    """
    day, since = pl.col("day"), pl.col("since")
    children = collect(looked_after(scan, days)).lazy()  # joined several times below
    return (
        children.join(_placements(children, scan), on=_CHILD, how="left")
        .join(_workers(children, scan), on=_CHILD, how="left")
        .join(_carers(children, scan), on=_CHILD, how="left")
        .with_columns(
            placements=pl.col("placements").fill_null(0),
            workers=pl.col("workers").fill_null(0),
            in_care_2y=(since <= day.dt.offset_by("-24mo")).fill_null(value=True),
            in_care_30m=(since <= day.dt.offset_by("-30mo")).fill_null(value=True),
            carer_since=pl.coalesce("carer_since", "placed"),
        )
        .with_columns(settled=_settled())
    )


def _settled() -> pl.Expr:
    two_years = pl.col("day").dt.offset_by("-24mo")
    adopted = pl.col("placement_type").is_in(FOR_ADOPTION)
    return (
        (pl.col("carer_since") <= two_years) | (adopted & (pl.col("carer_before") <= two_years))
    ).fill_null(value=False)


def _placements(children: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """person_id, day (unique), placements: of the days from first to day."""
    start, end = "clap_cla_placement_start_date", "clap_cla_placement_end_date"
    foster_before = pl.col("kind").shift(1).over("person_id").str.starts_with("U").fill_null(value=False)
    own = pl.int_range(pl.len())
    places = (
        scan("cla_placement")
        .select(
            person_id="clap_person_id",
            kind=pl.col("clap_cla_placement_type").fill_null(""),
            start=start,
            end=end,
            _key="clap_cla_placement_id",
        )
        .drop_nulls("person_id")
        .filter(~pl.col("kind").is_in(TEMPORARY))
        .sort("person_id", "start", "end", "_key", nulls_last=[False, False, True, False])
        .with_columns(home=pl.when(~(pl.col("kind").is_in(BY_CARER) & foster_before)).then(own))
        .with_columns(home=pl.col("home").forward_fill().over("person_id"))
    )
    lived = (pl.col("start").is_null() | (pl.col("start") <= pl.col("day"))) & (
        pl.col("end").is_null() | (pl.col("end") >= pl.col("first"))
    )
    return (
        children.select(*_CHILD, "first")
        .join(places, on="person_id", how="inner")
        .filter(lived)
        .group_by(_CHILD)
        .agg(placements=pl.col("home").n_unique().cast(pl.Int64))
    )


def _workers(children: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """person_id, day (unique), workers: different allocated case workers, also before care."""
    held = (
        scan("allocations")
        .filter(pl.col("role") == "allocated_worker", pl.col("rank") < 2)
        .select("person_id", "start", "end", who=pl.coalesce("worker_id", "worker"))
    )
    there = (pl.col("start").is_null() | (pl.col("start") <= pl.col("day"))) & (
        pl.col("end").is_null() | (pl.col("end") >= pl.col("first"))
    )
    return (
        children.select(*_CHILD, "first")
        .join(held, on="person_id", how="inner")
        .filter(there)
        .group_by(_CHILD)
        .agg(workers=pl.col("who").drop_nulls().n_unique().cast(pl.Int64))
    )


def _carers(children: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """person_id, day (unique), carer_since, carer_before (Date): when the last two carers took the child in.

    Within the present time in care; episodes that began with the same carer (L, T, U) begin nothing.
    """
    moves = (
        scan("cla_episodes")
        .filter(pl.col("clae_cla_episode_start_reason").is_in(NEW_CARER))
        .select(person_id="clae_person_id", moved="clae_cla_episode_start_date")
        .drop_nulls()
        .unique()
    )
    inside = (pl.col("moved") <= pl.col("day")) & (pl.col("moved") >= pl.col("since")).fill_null(value=True)
    return (
        children.select(*_CHILD, "since")
        .join(moves, on="person_id", how="inner")
        .filter(inside)
        .group_by(_CHILD)
        .agg(
            carer_since=pl.col("moved").max(),
            carer_before=pl.col("moved").sort(descending=True).get(1, null_on_oob=True),
        )
    )
