"""Which children are a reader's: those that a team or a worker holds today, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.dataclass import dataclass

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from data.snapshots.reader import Snapshot


@dataclass(frozen=True)
class Scope:
    """Which children a reader may see: all, or those a team or a worker holds."""

    everyone: bool = False
    teams: frozenset[str] = frozenset()
    workers: frozenset[str] = frozenset()
    """names or numbers, as the data has them"""
    named: frozenset[str] = frozenset()
    """restricted records opened to the reader by name, in whatever team"""


def in_remit(scan: Snapshot, scope: Scope, today: date) -> tuple[pl.Series | None, int]:
    """The children a scope covers today, and how many with an open case it does not.

    A child belongs to every team and worker that hold the case today; one whom nobody holds any more, to
    the team that held it last. Relatives who are nobody's client come with the children.

    Returns:
        numbers (String), None for all; and the count.
    """
    import polars as pl

    from data.frames import collect
    from fcl_tui.definitions.days.spells import open_on

    if scope.everyone:
        return None, 0
    held = scan.scan("allocations")
    now = held.filter(open_on(today))
    ended = held.join(now, on="person_id", how="anti").filter(pl.col("role") == "allocated_worker")
    last = ended.sort("end", "start", nulls_last=True).unique("person_id", keep="last", maintain_order=True)
    team = pl.col("team").is_in(list(scope.teams)) | pl.col("team_id").is_in(list(scope.teams))
    worker = pl.col("worker").is_in(list(scope.workers)) | pl.col("worker_id").is_in(list(scope.workers))
    theirs = pl.concat(
        [
            now.filter(team.fill_null(value=False) | worker.fill_null(value=False)).select("person_id"),
            last.filter(team.fill_null(value=False)).select("person_id"),
            pl.LazyFrame({"person_id": sorted(scope.named)}, schema={"person_id": pl.String}),
        ]
    ).unique()
    clients = pl.concat([held.select("person_id"), scan.scan("statuses").select("person_id")]).unique()
    mothers = (
        scan.scan("mother")
        .join(theirs, left_on="moth_childs_person_id", right_on="person_id", how="semi")
        .select(person_id="moth_person_id")
        .drop_nulls()
        .join(clients, on="person_id", how="anti")
    )
    visible = collect(pl.concat([theirs, mothers]).unique())["person_id"]
    open_now = scan.scan("statuses").filter(open_on(today)).select("person_id").unique()
    outside = collect(open_now.filter(~pl.col("person_id").is_in(visible.implode())).select(pl.len())).item()
    return visible, int(outside)
