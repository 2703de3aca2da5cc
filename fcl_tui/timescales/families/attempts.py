"""What was tried and does not count: the visit without the child, the review that was cancelled."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from data.dataclass import dataclass
from data.frames import Scan, collect
from fcl_tui.timescales.cycles import row_of
from fcl_tui.timescales.phrases import day


@dataclass(frozen=True)
class _Attempts:
    """Where the attempts at a kind of work are recorded, and which of them do not count."""

    table: str
    key: str
    person: str
    date: str
    fails: pl.Expr
    reason: pl.Expr
    period: str | None = None
    """the field that names the period of care, where a row may not name the child"""


def _visits(table: str, stem: str, seen: str, period: str | None = None) -> _Attempts:
    """Visits at which the child was not seen."""
    unseen = pl.col(f"{stem}_{seen}") == "N"
    why = pl.lit("the child was not seen")
    key, person, on = (
        f"{stem}_{seen.replace('seen', 'id')}",
        f"{stem}_person_id",
        seen.replace("seen", "date"),
    )
    return _Attempts(table, key, person, f"{stem}_{on}", unseen, why, period)


_CP = _visits("cp_visits", "cppv", "cp_visit_seen")
_CIN = _visits("cin_visits", "cinv", "cin_visit_seen")
_CLA = _visits("cla_visits", "clav", "cla_visit_seen", "clav_cla_id")
_CLA_REVIEW = _Attempts(
    "cla_reviews", "clar_cla_review_id", "clar_cla_person_id", "clar_cla_review_date",
    pl.col("clar_cla_review_cancelled") == "Y", pl.lit("it was cancelled"), "clar_cla_id",
)  # fmt: skip


def _check(code: str) -> _Attempts:
    status = pl.col("clah_health_check_status")
    return _Attempts(
        "cla_health", "clah_health_check_id", "clah_person_id", "clah_health_check_date",
        (pl.col("clah_health_check_type") == code) & (status.fill_null("") != "Completed"),
        pl.when(status.is_null()).then(pl.lit("it has no status"))
        .otherwise(pl.format("its status is {}", status)),
    )  # fmt: skip


ATTEMPTS: Mapping[str, _Attempts] = {
    "cp_visit": _CP,
    "cin_visit": _CIN,
    "cla_visit": _CLA,
    "cla_visit_care_order_home": _CLA,
    "adoption_placement_visit": _CLA,
    "adoption_placement_review": _CLA_REVIEW,
    "cla_review_first": _CLA_REVIEW,
    "cla_review_second": _CLA_REVIEW,
    "cla_review_later": _CLA_REVIEW,
    "health_initial": _check("HEALTH"),
    "health_review": _check("HEALTH"),
    "dental_check": _check("DENTAL"),
}
"""By rule. A rule that is not here has no attempts in the source that it would not count."""


def attempts(item: Mapping[str, Any], scan: Scan, as_at: date) -> Iterator[str]:
    """A sentence for each attempt since the clock started, before the thing was done, that does not count."""
    of = ATTEMPTS.get(item["rule"])
    if of is None or item["started"] is None:
        return
    until = item["done_date"] or item["ended"] or as_at
    mine = pl.col(of.person) == item["person_id"]
    if of.period is not None:
        episodes = scan("cla_episodes").filter(pl.col("clae_person_id") == item["person_id"])
        periods = collect(episodes.select(pl.col("clae_cla_id").drop_nulls().unique()))["clae_cla_id"]
        mine |= pl.col(of.person).is_null() & pl.col(of.period).is_in(periods.implode())
    on = pl.col(of.date).cast(pl.Date)
    rows = collect(
        scan(of.table)
        .filter(mine, on.is_between(item["started"], until), of.fails)
        .select(on.alias("on"), of.reason.alias("reason"), row_of(of.table, of.key).alias("row"))
        .sort("on", "row")
    )
    for when, reason, row in rows.iter_rows():
        yield f"On {day(when)} it was tried, but that does not count: {reason}" + (
            f" ({row})." if row else "."
        )
