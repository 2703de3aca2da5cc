"""Who matters to a child, as far as the data knows: relatives and workers."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.allocations import leaving_care_holders
from fcl_tui.definitions.caseload import described_at
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.directory import named
from fcl_tui.definitions.wording.labels import OUTSIDE, RESTRICTED, blank_to_null, role_name, status_name

COLUMNS = (
    "relation",
    "person_id",
    "name",
    "detail",
    "team",
    "start",
    "end",
    "current",
    "date_of_birth",
    "age",
    "status",
)
RELATIONS = ("mother", "child", "sibling", "family", "professional")
"""In this order. A sibling has the same mother; a family member is in the same family group."""


def kin(scan: Scan, person_id: str) -> pl.LazyFrame:
    """relation, person_id, detail, each other person once under the first relation that holds."""
    mothers = scan("mother").select(
        mother="moth_person_id", child="moth_childs_person_id", born="moth_childs_dob"
    )
    mother = mothers.filter(pl.col("child") == person_id).select(
        relation=pl.lit("mother"), person_id="mother", detail=pl.lit(None, pl.String)
    )
    child = mothers.filter(pl.col("mother") == person_id).select(
        relation=pl.lit("child"),
        person_id="child",
        detail=pl.concat_str(pl.lit("born "), pl.col("born").dt.strftime("%d/%m/%Y")),
    )
    sibling = mothers.join(
        mothers.filter((pl.col("child") == person_id) & pl.col("mother").is_not_null())
        .select("mother")
        .unique(),
        on="mother",
        how="semi",
    ).select(relation=pl.lit("sibling"), person_id="child", detail=pl.lit("same mother"))
    groups = scan("family").select(group=blank_to_null(pl.col("fami_family_id")), person_id="fami_person_id")
    family = (
        groups.join(
            groups.filter(pl.col("person_id") == person_id).select("group").unique(), on="group", how="semi"
        )
        .filter(pl.col("group").is_not_null())
        .select(
            relation=pl.lit("family"),
            person_id="person_id",
            detail=pl.concat_str(pl.lit("family group "), pl.col("group")),
        )
    )
    order = pl.col("relation").replace_strict(
        {name: rank for rank, name in enumerate(RELATIONS)}, return_dtype=pl.Int32
    )
    unnamed_child = (
        pl.col("person_id").is_null() & (pl.col("relation") == "child") & pl.col("detail").is_not_null()
    )
    return (
        pl.concat([mother, child, sibling, family])
        .filter(((pl.col("person_id") != person_id) & pl.col("person_id").is_not_null()) | unnamed_child)
        .sort(order, "person_id", "detail", nulls_last=True)
        .unique(
            ["person_id", pl.when(pl.col("person_id").is_null()).then("detail")],
            keep="first",
            maintain_order=True,
        )
    )


def _professionals(scan: Scan, as_at: date, person_id: str) -> pl.LazyFrame:
    workers = (
        scan("involvements")
        .filter(pl.col("invo_person_id") == person_id)
        .filter(
            pl.col("invo_involvement_start_date").is_null() | (pl.col("invo_involvement_start_date") <= as_at)
        )
        .select(
            detail=role_name("invo_professional_role_id"),
            worker_id="invo_professional_id",
            team_id="invo_professional_team",
            start="invo_involvement_start_date",
            end=pl.when(pl.col("invo_involvement_end_date") <= as_at).then("invo_involvement_end_date"),
        )
    )
    words = {
        "personal_adviser": "personal adviser (leaving care record)",
        "allocated_worker": "worker (leaving care record)",
    }
    leaving = (
        leaving_care_holders(scan)
        .filter(pl.col("person_id") == person_id, open_on(as_at))
        .select(
            "worker_id",
            "team_id",
            "end",
            detail=pl.col("role").replace_strict(words, return_dtype=pl.String),
            start=pl.lit(None, pl.Date),
        )
    )
    held_now = workers.filter(open_on(as_at)).select("worker_id").unique()
    every = pl.concat(
        [workers, leaving.join(held_now, on="worker_id", how="anti").select(workers.collect_schema().names())]
    )
    return named(every, scan).select(
        pl.lit("professional").alias("relation"),
        pl.lit(None, pl.String).alias("person_id"),
        pl.col("worker").alias("name"),
        "detail",
        "team",
        "start",
        "end",
        open_on(as_at).alias("current"),
    )


def relationships(scan: Scan, as_at: date, person_id: str) -> pl.LazyFrame:
    """Everyone the data connects with the child.

    Returns:
        one row per relationship: relation (mother, child, sibling, family, professional), person_id (null for
        professionals and for a child without a number), name, detail (why: "same mother", "family group 12",
        or a worker's role), team, start, end (Date, as known on the day), current (Boolean), date_of_birth,
        age, status in words of the other person; relatives first, then present and past professionals, the
        latest started first. A worker's involvement that had not begun on the day is left out.
    """
    related = kin(scan, person_id)
    others = described_at(
        scan, as_at, related.filter(pl.col("person_id").is_not_null()).select("person_id").unique()
    )
    told = ~pl.col("name").is_in([RESTRICTED, OUTSIDE]).fill_null(value=False)
    others = others.with_columns(
        pl.when(told).then(pl.col(one)).alias(one) for one in ("team", "age", "status")
    )
    relatives = related.join(
        others.select(
            "person_id", "name", "team", "date_of_birth", "age", status_name(pl.col("status")).alias("status")
        ),
        on="person_id",
        how="left",
    ).with_columns(start=pl.lit(None, pl.Date), end=pl.lit(None, pl.Date), current=pl.lit(value=True))
    professionals = _professionals(scan, as_at, person_id).with_columns(
        date_of_birth=pl.lit(None, pl.Date), age=pl.lit(None, pl.Int64), status=pl.lit(None, pl.String)
    )
    order = pl.col("relation").replace_strict(
        {name: rank for rank, name in enumerate(RELATIONS)}, return_dtype=pl.Int32
    )
    return pl.concat([relatives.select(COLUMNS), professionals.select(COLUMNS)]).sort(
        order,
        ~pl.col("current"),
        pl.col("start").is_null(),
        -pl.col("start").to_physical(),
        "name",
        "person_id",
        "detail",
        nulls_last=True,
    )
