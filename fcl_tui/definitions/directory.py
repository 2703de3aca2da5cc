"""Who a worker number is and which team a team number is."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.wording.labels import blank_to_null


def workers(scan: Scan) -> pl.LazyFrame:
    """Every number a worker is known by: `_worker_key` (unique), `_worker_name`."""
    staff = scan("professionals")
    name = blank_to_null(pl.col("prof_professional_name")).alias("_worker_name")
    return (
        pl.concat(
            [
                staff.select(pl.col("prof_professional_id").alias("_worker_key"), name),
                staff.select(pl.col("prof_staff_id").alias("_worker_key"), name),
            ]
        )
        .filter(pl.col("_worker_key").is_not_null() & pl.col("_worker_name").is_not_null())
        .unique(subset="_worker_key", keep="first", maintain_order=True)
    )


def teams(scan: Scan) -> pl.LazyFrame:
    """Every way a team is written: `_team_key` (number or name, unique), `_team_id`, `_team_name`."""
    known = scan("department").select(
        pl.col("dept_team_id").alias("_team_id"),
        blank_to_null(pl.col("dept_team_name")).alias("_team_name"),
    )
    return (
        pl.concat(
            [
                known.select(pl.col("_team_id").alias("_team_key"), "_team_id", "_team_name"),
                known.select(pl.col("_team_name").alias("_team_key"), "_team_id", "_team_name"),
            ]
        )
        .filter(pl.col("_team_key").is_not_null() & pl.col("_team_name").is_not_null())
        .unique(subset="_team_key", keep="first", maintain_order=True)
    )


def named(rows: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Add the names behind `worker_id` and `team_id`.

    Args:
        rows: with worker_id and team_id (String) as their table has them: a number, on some systems a name.

    Returns:
        the same rows, in the same order, with worker and team (String: the name, else what the row says,
        else null); team_id becomes the team's number where the row held its name.
    """
    worker_key, team_key = blank_to_null(pl.col("worker_id")), blank_to_null(pl.col("team_id"))
    return (
        rows.with_columns(worker_id=worker_key, team_id=team_key)
        .join(workers(scan), left_on="worker_id", right_on="_worker_key", how="left", maintain_order="left")
        .join(teams(scan), left_on="team_id", right_on="_team_key", how="left", maintain_order="left")
        .with_columns(
            worker=pl.coalesce("_worker_name", "worker_id"),
            team=pl.coalesce("_team_name", "team_id"),
            team_id=pl.coalesce("_team_id", "team_id"),
        )
        .drop("_worker_name", "_team_name", "_team_id")
    )
