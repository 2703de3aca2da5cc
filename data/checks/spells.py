"""Placements and plans of one child that run at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from data.checks.part import Part, told
from data.dataclass import dataclass
from data.issues.model import Severity

FAR = date(9999, 12, 31)


@dataclass(frozen=True)
class _Kind:
    """Spells of which a child has one at a time."""

    table: str
    rule: str
    severity: Severity
    start: str
    end: str
    what: str
    counts: pl.Expr
    """which rows do"""


PLACEMENTS = _Kind(
    "cla_placement",
    "overlapping_placements",
    "error",
    "clap_cla_placement_start_date",
    "clap_cla_placement_end_date",
    "placement",
    ~pl.col("clap_cla_placement_type").fill_null("").str.starts_with("T"),  # temporary: beside another
)
CP_PLANS = _Kind(
    "cp_plans",
    "overlapping_cp_plans",
    "error",
    "cppl_cp_plan_start_date",
    "cppl_cp_plan_end_date",
    "child protection plan",
    pl.col("cppl_cp_plan_ola").fill_null("N") != "Y",  # held for another authority
)
CIN_PLANS = _Kind(
    "cin_plans",
    "overlapping_cin_plans",
    "warning",
    "cinp_cin_plan_start_date",
    "cinp_cin_plan_end_date",
    "child in need plan",
    pl.lit(value=True),
)
KINDS = (PLACEMENTS, CP_PLANS, CIN_PLANS)


def overlaps(part: Part) -> Iterator[pl.DataFrame]:
    """The later of two spells that run at the same time. One that starts on the day the other ends does not.

    Spells without a start, and those that end before they start (told apart), are left aside.
    """
    for kind in KINDS:
        yield _overlapping(part, kind)
    yield _over(part)


def _spells(part: Part, kind: _Kind) -> pl.DataFrame:
    rows = part.rows(kind.table, start=pl.col(kind.start), end=pl.col(kind.end), counts=kind.counts)
    until = pl.col("end").fill_null(FAR)
    return rows.filter("counts", pl.col("start") <= until).with_columns(until=until)


def _overlapping(part: Part, kind: _Kind) -> pl.DataFrame:
    longest = pl.col("until").cum_max()
    rows = (
        _spells(part, kind)
        .sort("person_id", "start", "until", "source_row")
        .with_columns(
            before=longest.shift(1).over("person_id"),
            other=pl.when(pl.col("until") == longest)
            .then("source_row")
            .forward_fill()
            .shift(1)
            .over("person_id"),
        )
        .filter(pl.col("start") < pl.col("before"))
    )
    still = pl.col("before") == FAR
    reason = pl.concat_str(
        pl.lit("The child has another "),
        pl.lit(kind.what),
        pl.lit(" at the same time ("),
        pl.col("other"),
        pl.when(still).then(pl.lit(", not ended")).otherwise(pl.col("before").dt.strftime(", to %d/%m/%Y")),
        pl.lit("). End the one before on the day this one starts, or correct the dates."),
    )
    return told(rows, kind.table, kind.rule, kind.severity, reason, column=kind.start, value=_stretch())


def _over(part: Part) -> pl.DataFrame:
    """Child in need plans that run on while the child is on a child protection plan."""
    protection = _spells(part, CP_PLANS).select(
        "person_id", cp_start="start", cp_until="until", other="source_row"
    )
    rows = (
        _spells(part, CIN_PLANS)
        .join(protection, on="person_id", how="inner")
        .filter(pl.col("start") < pl.col("cp_until"), pl.col("cp_start") < pl.col("until"))
        .sort("person_id", "source", "source_row", "cp_start", "other")
        .unique(["person_id", "source", "source_row"], keep="first", maintain_order=True)
    )
    reason = pl.concat_str(
        pl.lit("The child is on a child protection plan at the same time ("),
        pl.col("other"),
        pl.col("cp_start").dt.strftime(", from %d/%m/%Y"),
        pl.lit("). End the child in need plan when protection begins, or correct the dates."),
    )
    return told(
        rows, "cin_plans", "cin_plan_over_cp_plan", "warning", reason, column=CIN_PLANS.start,
        value=_stretch(),
    )  # fmt: skip


def _stretch() -> pl.Expr:
    ends = pl.when(pl.col("end").is_null()).then(pl.lit("not ended")).otherwise(pl.col("end").cast(pl.String))
    return pl.concat_str(pl.col("start"), pl.lit(" to "), ends)
