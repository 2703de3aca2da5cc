"""Who can be drawn for an audit on a day: every child with an open case, and why some are left out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from data.dataclass import dataclass
from fcl_tui.definitions.caseload import UNALLOCATED, clients_at, holders_at
from fcl_tui.definitions.days.spells import open_on

if TYPE_CHECKING:
    from data.frames import Scan

AUDITED_STATUSES = ("child_in_need", "child_protection", "looked_after", "care_leaver")
SEALED = "restricted record"
NO_SUCH_STATUS = "short breaks alone"
ADVISER_ONLY = "care leaver without a social worker"
OTHER_AUTHORITY = "plan held for another authority"
OTHER_TEAM = "team not audited"
SMALLEST_CELL = 5
"""Children a stratum of team and status has at least; smaller ones of a team are put together"""


@dataclass(frozen=True)
class Rules:
    """The authority's rules of a draw; kept with it."""

    places: int = 53
    strata: str = "pod"
    """pod, status, or pod_status"""
    months_without_repeat: int = 12
    weeks_open: int = 6
    teams_left_out: tuple[str, ...] = ()

    def told(self) -> dict[str, object]:
        """As JSON can hold it."""
        return vars(self) | {"teams_left_out": list(self.teams_left_out)}

    @property
    def audited_lately(self) -> str:
        """The reason of a child who was audited in these months."""
        return f"audited in the last {self.months_without_repeat} months"

    @property
    def too_new(self) -> str:
        """The reason of a child whose case is too new to judge."""
        return f"open for less than {self.weeks_open} weeks"


def population(
    scan: Scan, as_at: date, rules: Rules, *, restricted: Collection[str], audited: Collection[str]
) -> pl.LazyFrame:
    """Every child with an open case on the day.

    The pod is the team of the allocated social worker. A child without one is not left out: the stratum and
    the pod are "Unallocated".

    Args:
        scan: frames of the whole authority, for any reader.
        restricted: numbers of restricted records.
        audited: numbers of children audited in the months without repeat.

    Returns:
        one row per child: person_id (unique), pod, stratum, status, worker (String), family (String, null
        when not known), reason (String; why the child is left out, the first that applies; null: can be
        drawn); sorted by person_id.
    """
    started = (
        scan("statuses")
        .filter(open_on(as_at))
        .group_by("person_id")
        .agg(opened=pl.col("start").min(), from_ever=pl.col("start").is_null().any())
    )
    held = holders_at(scan, as_at).select(
        "person_id", pod="team", holder="worker", adviser="personal_adviser"
    )
    elsewhere = (
        scan("cp_plans")
        .filter(
            pl.col("cppl_cp_plan_ola") == "Y",
            open_on(as_at, "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
        )
        .select(person_id="cppl_person_id", _ola=pl.lit(value=True))
        .unique()
    )
    families = (
        scan("family")
        .select(person_id="fami_person_id", family="fami_family_id")
        .drop_nulls()
        .sort("person_id", "family")
        .unique("person_id", keep="first", maintain_order=True)
    )
    rows = (
        clients_at(scan, as_at)
        .select("person_id", "status")
        .drop_nulls("person_id")
        .unique("person_id", keep="first", maintain_order=True)
        .join(held, on="person_id", how="left")
        .join(started, on="person_id", how="left")
        .join(elsewhere, on="person_id", how="left")
        .join(families, on="person_id", how="left")
    )
    latest = as_at - timedelta(weeks=rules.weeks_open)
    known_new = (pl.col("opened") > latest) & ~pl.col("from_ever")
    by_adviser = (
        (pl.col("status") == "care_leaver") & pl.col("holder").is_null() & pl.col("adviser").is_not_null()
    )
    reason = (
        pl.when(pl.col("person_id").is_in(list(restricted)))
        .then(pl.lit(SEALED))
        .when(~pl.col("status").is_in(AUDITED_STATUSES))
        .then(pl.lit(NO_SUCH_STATUS))
        .when(by_adviser)
        .then(pl.lit(ADVISER_ONLY))
        .when(pl.col("_ola").fill_null(value=False))
        .then(pl.lit(OTHER_AUTHORITY))
        .when(pl.col("pod").is_in(list(rules.teams_left_out)).fill_null(value=False))
        .then(pl.lit(OTHER_TEAM))
        .when(known_new.fill_null(value=False))
        .then(pl.lit(rules.too_new))
        .when(pl.col("person_id").is_in(list(audited)))
        .then(pl.lit(rules.audited_lately))
    )
    pod = (
        pl.when(pl.col("holder").is_null())
        .then(pl.lit(UNALLOCATED))
        .otherwise(pl.col("pod").fill_null(UNALLOCATED))
    )
    told = rows.with_columns(reason=reason, pod=pod, worker="holder")
    return (
        told.with_columns(stratum=_stratum(rules.strata))
        .select("person_id", "pod", "stratum", "status", "worker", "family", "reason")
        .sort("person_id")
    )


def _stratum(strata: str) -> pl.Expr:
    if strata == "status":
        return pl.when(pl.col("pod") == UNALLOCATED).then(pl.lit(UNALLOCATED)).otherwise("status")
    if strata != "pod_status":
        return pl.col("pod")
    can = pl.col("reason").is_null()
    enough = can.sum().over("pod", "status") >= SMALLEST_CELL
    status = pl.when(enough).then("status").otherwise(pl.lit("others"))
    return pl.when(pl.col("pod") == UNALLOCATED).then("pod").otherwise(pl.format("{}: {}", "pod", status))
