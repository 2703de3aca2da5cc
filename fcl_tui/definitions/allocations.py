"""Who holds a child's case, and when: the allocated worker and the personal adviser."""

import polars as pl

from data.frames import Scan
from data.schema.fields import Field, names_of
from fcl_tui.definitions.directory import named
from fcl_tui.definitions.statuses import leaver_since

ALLOCATED_ROLES = (
    "cw",
    "aw",
    "allocated",
    "allocated worker",
    "allocated case worker",
    "allocated caseworker",
    "allocated social worker",
    "allocated practitioner",
    "allocated sw",
    "case worker",
    "caseworker",
    "case holder",
    "case responsible worker",
    "child s social worker",
    "social worker",
)
"""Roles (lower case, letters only) that mean the allocated case worker. Other workers, such as a supervising
social worker or a reviewing officer, hold no case."""

ADVISER_ROLES = ("pa", "personal adviser", "personal advisor")
"""Roles that mean the personal adviser; any role that contains one of the two long forms counts too."""

EXPLICIT, UNNAMED, LEAVING_CARE = 0, 1, 2
"""How an allocation is known: by its role, by an involvement without one, by the leaving care record."""

FIELDS = (
    Field("person_id", "String", "person", "the child's number"),
    Field("role", "String", "kept", "allocated_worker or personal_adviser"),
    Field("worker_id", "String", "kept", "the worker's number"),
    Field("worker", "String", "kept", "name, else what the row says"),
    Field("team_id", "String", "kept", "the team's number"),
    Field("team", "String", "kept", "name, else what the row says"),
    Field("start", "Date", "kept", "null: from ever"),
    Field("end", "Date", "kept", "null while it is open"),
    Field(
        "rank",
        "Int8",
        "kept",
        "0 known by its role, 1 an involvement without a role, 2 the leaving care record",
    ),
    Field("source_row", "String", "key", "the row of the source"),
)
"""The prepared frame `allocations`: one row per spell of holding a case."""


def _involvements(scan: Scan) -> pl.LazyFrame:
    words = (
        pl.col("invo_professional_role_id")
        .str.to_lowercase()
        .str.replace_all(r"[^a-z]+", " ")
        .str.strip_chars()
    )
    blank = (words.is_null() | (words == "")) & pl.col("invo_professional_role_id").fill_null(
        ""
    ).str.strip_chars().eq("")
    adviser = words.is_in(ADVISER_ROLES) | words.str.contains(r"personal advis[eo]r")
    return (
        scan("involvements")
        .with_columns(
            role=pl.when(adviser)
            .then(pl.lit("personal_adviser"))
            .when(words.is_in(ALLOCATED_ROLES) | blank)
            .then(pl.lit("allocated_worker")),
            rank=pl.when(blank).then(UNNAMED).otherwise(EXPLICIT).cast(pl.Int8),
        )
        .filter(pl.col("role").is_not_null() & pl.col("invo_person_id").is_not_null())
        .select(
            pl.col("invo_person_id").alias("person_id"),
            "role",
            pl.col("invo_professional_id").alias("worker_id"),
            pl.col("invo_professional_team").alias("team_id"),
            pl.col("invo_involvement_start_date").alias("start"),
            pl.col("invo_involvement_end_date").alias("end"),
            "rank",
            "source_row",
        )
    )


def leaving_care_holders(scan: Scan) -> pl.LazyFrame:
    """Who holds the case by the leaving care record, which has no date of its own.

    It says who does so in the data loaded, so it tells nothing of the time before the young person could be
    a care leaver, or before that worker's latest involvement in the role began, where there is one. A record
    dated before that is no guide; there the start stays open.

    Returns:
        one row per record and role: person_id, role, worker_id, team_id, start (Date, null = from ever), end
        (null), rank, source_row.
    """
    recorded = pl.max_horizontal("clea_care_leaver_latest_contact", "clea_pathway_plan_review_date")
    dated = (
        _involvements(scan)
        .group_by("person_id", "role", "worker_id")
        .agg(begun=pl.col("start").max(), undated=pl.col("start").is_null().any())
        .filter(~pl.col("undated"), pl.col("worker_id").is_not_null())
        .drop("undated")
    )

    def held(role: str, worker: str) -> pl.LazyFrame:
        return (
            scan("care_leavers")
            .filter(pl.col(worker).is_not_null() & pl.col("clea_person_id").is_not_null())
            .select(
                pl.col("clea_person_id").alias("person_id"),
                pl.lit(role).alias("role"),
                pl.col(worker).alias("worker_id"),
                pl.col("clea_care_leaver_allocated_team").alias("team_id"),
                recorded.alias("recorded"),
                pl.lit(None, pl.Date).alias("end"),
                pl.lit(LEAVING_CARE, pl.Int8).alias("rank"),
                "source_row",
            )
        )

    start = pl.max_horizontal("since", "begun")
    contradicted = (start > pl.col("recorded")).fill_null(value=False)
    return (
        pl.concat(
            [
                held("personal_adviser", "clea_care_leaver_personal_advisor"),
                held("allocated_worker", "clea_care_leaver_worker_id"),
            ]
        )
        .join(leaver_since(scan), on="person_id", how="left")
        .join(dated, on=["person_id", "role", "worker_id"], how="left")
        .with_columns(start=pl.when(~contradicted).then(start))
        .select("person_id", "role", "worker_id", "team_id", "start", "end", "rank", "source_row")
    )


def allocations(scan: Scan) -> pl.LazyFrame:
    """Every spell of holding a case, from involvements and from the leaving care record.

    Returns:
        one row per spell, in the columns of `FIELDS`; sorted by person_id, role, start.
    """
    spells = pl.concat([_involvements(scan), leaving_care_holders(scan)])
    return (
        named(spells, scan)
        .select(names_of(FIELDS))
        .sort("person_id", "role", "start", "rank", "source_row", "worker_id", "team")
    )


def latest_first(frame: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    """One allocation for each group: known by its role before others, then the latest started.

    Args:
        frame: allocations, perhaps with more columns.
        by: the columns that name a group.

    Returns:
        one row per group. Ties fall to the last row of the source, so the answer never changes.
    """
    return frame.sort(
        *by,
        "rank",
        "start",
        "source_row",
        "worker_id",
        descending=[False] * len(by) + [False, True, True, True],
        nulls_last=True,
    ).unique(subset=list(by), keep="first", maintain_order=True)
