"""Who is a client on a day, and who holds the case."""

from datetime import date

import polars as pl

from data.frames import Scan, collect, only
from fcl_tui.definitions.allocations import latest_first
from fcl_tui.definitions.care_periods import legal_statuses
from fcl_tui.definitions.days.calendar import age_on
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.labels import STATUS_NAMES, code_and_label

UNALLOCATED, NO_TEAM = "Unallocated", "No team"

PRIORITY = ("looked_after", "child_protection", "care_leaver", "child_in_need", "short_break")
"""Of several statuses on one day the first of these is the status; the others are listed in `also`."""


def statuses_at(scan: Scan, as_at: date) -> pl.LazyFrame:
    """One row per person with any open spell: person_id, status, also (other statuses in words, or null).

    Short breaks are no looked-after status: a child with nothing else has the status short_break.
    """
    order = pl.col("status").replace_strict(
        {name: rank for rank, name in enumerate(PRIORITY)}, return_dtype=pl.Int32
    )
    status = pl.when((pl.col("status") == "looked_after") & pl.col("short_break")).then(pl.lit("short_break"))
    return (
        scan("statuses")
        .filter(open_on(as_at))
        .select("person_id", status=status.otherwise(pl.col("status")))
        .unique()
        .with_columns(order=order)
        .sort("person_id", "order")
        .group_by("person_id", maintain_order=True)
        .agg(
            status=pl.col("status").first(),
            also=pl.col("status").slice(1).replace(STATUS_NAMES).str.to_lowercase().str.join(", "),
        )
        .with_columns(also=pl.when(pl.col("also") != "").then("also"))
    )


def holders_at(scan: Scan, as_at: date) -> pl.LazyFrame:
    """Who holds each case on the day.

    Returns:
        one row per person with any open allocation: person_id, team, worker (allocated worker, null when
        there is none), personal_adviser, adviser_team. Of several open the latest started.
    """
    held = latest_first(scan("allocations").filter(open_on(as_at)), "person_id", "role")
    worker = held.filter(pl.col("role") == "allocated_worker").select("person_id", "team", "worker")
    adviser = held.filter(pl.col("role") == "personal_adviser").select(
        "person_id", personal_adviser="worker", adviser_team="team"
    )
    return worker.join(adviser, on="person_id", how="full", coalesce=True)


def _legal_status_at(scan: Scan, as_at: date) -> pl.LazyFrame:
    return (
        legal_statuses(scan)
        .filter(open_on(as_at, "legal_start", "legal_end"))
        .sort("person_id", "legal_start", "legal_status", nulls_last=False)
        .unique("person_id", keep="last", maintain_order=True)
        .select("person_id", legal_status=code_and_label(pl.col("legal_status"), "legal_status"))
    )


def described_at(scan: Scan, as_at: date, people: pl.LazyFrame) -> pl.LazyFrame:
    """Say who each person is on the day, client or not.

    Args:
        people: rows with person_id (unique).

    Returns:
        the same rows: person_id, name, date_of_birth, age (Int64, null when unborn or not known), status
        ("closed" without an open spell), also, team, worker, personal_adviser, legal_status. A care leaver
        without a social worker is held by the personal adviser; without anyone, worker is "Unallocated" and
        team "No team".
    """
    held = held_at(scan, as_at, people)
    return held.join(_legal_status_at(scan, as_at), on="person_id", how="left", maintain_order="left")


def held_at(scan: Scan, as_at: date, people: pl.LazyFrame) -> pl.LazyFrame:
    """As `described_at`, without the legal status, which is read from a table of its own."""
    leaver = pl.col("status") == "care_leaver"
    adviser_holds = leaver & pl.col("worker").is_null()
    return (
        people.select("person_id")
        .join(scan("people").select("person_id", "name", "date_of_birth"), on="person_id", how="left")
        .join(statuses_at(scan, as_at), on="person_id", how="left")
        .join(holders_at(scan, as_at), on="person_id", how="left")
        .with_columns(
            status=pl.col("status").fill_null("closed"),
            age=age_on(pl.col("date_of_birth"), pl.lit(as_at)).cast(pl.Int64),
        )
        .with_columns(age=pl.when(pl.col("age") >= 0).then("age"))
        .select(
            "person_id",
            "name",
            "date_of_birth",
            "age",
            "status",
            "also",
            pl.when(adviser_holds).then("adviser_team").otherwise("team").fill_null(NO_TEAM).alias("team"),
            pl.when(adviser_holds)
            .then("personal_adviser")
            .otherwise("worker")
            .fill_null(UNALLOCATED)
            .alias("worker"),
            "personal_adviser",
        )
    )


def clients_at(scan: Scan, as_at: date) -> pl.LazyFrame:
    """Every client open on the day, with the one who holds the case.

    Returns:
        one row per client: person_id, name, date_of_birth, age, status (looked_after, child_protection,
        care_leaver, child_in_need, short_break), also (other statuses in words), team, worker,
        personal_adviser, legal_status (code and words); sorted by name, person_id. Never left out: a child
        without a row of its own has no name, one without a worker is "Unallocated".
    """
    return described_at(scan, as_at, statuses_at(scan, as_at)).sort("name", "person_id", nulls_last=True)


def in_scope(
    clients: pl.LazyFrame,
    team: str | None = None,
    worker: str | None = None,
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """Keep a team's, a worker's (or adviser's) or certain children's rows; None keeps all."""
    if team is not None:
        clients = clients.filter(pl.col("team") == team)
    if worker is not None:
        clients = clients.filter(
            (pl.col("worker") == worker) | (pl.col("personal_adviser") == worker).fill_null(value=False)
        )
    if person_ids is not None:
        clients = clients.filter(pl.col("person_id").is_in(person_ids))
    return clients


def held_by(scan: Scan, as_at: date, team: str | None = None, worker: str | None = None) -> Scan:
    """The frames with only the rows of children that a team or worker may hold on the day.

    A report on that team or worker gives the same answer on them and reads a fraction. Unallocated
    cases need the full frames, so these are returned unchanged. Collects the numbers.
    """
    if (team is None and worker is None) or team == NO_TEAM or worker == UNALLOCATED:
        return scan
    theirs = pl.col("team") == team if worker is None else pl.col("worker") == worker
    held = scan("allocations").filter(open_on(as_at), theirs).select(pl.col("person_id").unique())
    return only(scan, collect(held)["person_id"].drop_nulls().to_list())
