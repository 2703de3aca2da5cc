"""Checks over whole tables: what cannot be right, or leaves a report unable to say something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import polars as pl

from data.checks.cases import Cases, case_checks
from data.checks.links import registers, unknown_links
from data.checks.part import Carried, parts
from data.checks.people import same_child_twice, without_birth_date
from data.checks.referrals import after_death, referral_checks
from data.checks.rows import row_checks
from data.checks.spells import overlaps
from data.checks.visits import visit_checks
from data.merging.merge import Scan
from data.schema.tables import fields, names

FILLED = {
    "invo_professional_id": "involvements",
    "invo_professional_team": "involvements",
    "clea_person_id": "care_leavers",
    "clap_cla_placement_start_date": "cla_placement",
    "cine_referral_date": "cin_episodes",
    "cppl_cp_plan_start_date": "cp_plans",
    "clae_cla_episode_start_date": "cla_episodes",
    "cppv_cp_plan_id": "cp_visits",
    "clav_cla_id": "cla_visits",
}
"""What a source has to say somewhere before it is missed anywhere."""


def checks(scan: Scan, data_date: date) -> Iterator[pl.DataFrame]:
    """Find what is wrong in the finished tables; every frame has the columns of the issues.

    All of it is kept in the tables: these are doubts for the people who own the data. First each table is
    read once, row by row; then what takes several rows of a child is looked at for some children at a
    time, so that memory does not grow with the authority.
    """
    people = scan("person").select("pers_person_id", "pers_dob").collect()
    known = registers(scan)
    for table in names():
        yield row_checks(table, scan(table), people, data_date)
        yield from unknown_links(table, scan(table), known)
    del people
    yield without_birth_date(scan)
    yield same_child_twice(scan)
    carried = Carried(scan, FILLED)
    for part in parts(scan):
        cases = Cases(part, data_date)
        yield from overlaps(part)
        yield from case_checks(part, cases, carried, data_date)
        yield from referral_checks(part)
        yield from after_death(part)
        yield from visit_checks(part, cases, carried, data_date)


def best_coverage(said: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """For each table the best that any source says, earlier sources first; all 47 tables are there."""
    rank = {"full": 0, "partial": 1, "none": 2}
    best = (
        pl.concat([frame.with_columns(_order=pl.lit(number)) for number, frame in enumerate(said)])
        .with_columns(_rank=pl.col("coverage").replace_strict(rank, default=2, return_dtype=pl.Int8))
        .sort("_rank", "latest_only", "_order", nulls_last=True)
        .unique("table", keep="first", maintain_order=True)
        .drop("_rank", "_order")
    )
    return (
        pl.DataFrame({"table": names()})
        .join(best, on="table", how="left", maintain_order="left")
        .with_columns(
            pl.col("coverage").fill_null("none"),
            pl.col("latest_only").fill_null(False),
            pl.col("missing_columns", "note").fill_null(""),
        )
    )


def first_year(scan: Scan, data_date: date) -> int:
    """The year of the earliest thing that happened to a child, birth dates aside."""
    years = [data_date.year]
    for table in names():
        dates = [
            field.name
            for field in fields(table)
            if field.kind in ("date", "datetime") and not field.name.endswith("dob")
        ]
        if dates:
            first = scan(table).select(pl.min_horizontal(pl.col(dates).cast(pl.Date).min())).collect().item()
            years += [] if first is None else [first.year]
    return min(years)
