"""The teams and workers a reader can choose from, with how many clients each holds."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.caseload import clients_at
from fcl_tui.definitions.days.spells import open_on


def teams(scan: Scan, as_at: date) -> pl.LazyFrame:
    """Teams that hold a client on the day: team, clients (Int64); by name."""
    return clients_at(scan, as_at).group_by("team").agg(clients=pl.len().cast(pl.Int64)).sort(pl.col("team"))


def workers(scan: Scan, as_at: date, team: str | None = None) -> pl.LazyFrame:
    """Workers and personal advisers who hold a client on the day, of one team or all.

    Returns:
        worker, team (the one most of the worker's clients are with), clients (Int64); by name.
    """
    clients = clients_at(scan, as_at)
    if team is not None:
        clients = clients.filter(pl.col("team") == team)
    held = pl.concat(
        [
            clients.select("person_id", "worker", "team"),
            clients.select("person_id", worker="personal_adviser", team="team").drop_nulls("worker"),
        ]
    ).unique()
    return (
        held.group_by("worker")
        .agg(team=pl.col("team").mode().sort().first(), clients=pl.col("person_id").n_unique().cast(pl.Int64))
        .sort("worker")
    )


def advisers(scan: Scan, as_at: date, team: str | None = None) -> pl.LazyFrame:
    """Personal advisers of care leavers on the day: adviser, young_people (Int64); by name."""
    leavers = (
        scan("statuses").filter(pl.col("status") == "care_leaver").filter(open_on(as_at)).select("person_id")
    )
    clients = clients_at(scan, as_at).join(leavers.unique(), on="person_id", how="semi")
    if team is not None:
        clients = clients.filter(pl.col("team") == team)
    return (
        clients.drop_nulls("personal_adviser")
        .group_by(adviser="personal_adviser")
        .agg(young_people=pl.col("person_id").n_unique().cast(pl.Int64))
        .sort("adviser")
    )
