"""Workers and teams that rows name and the registers do not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from data.issues.rows import issues_of
from data.merging.merge import Scan
from data.schema.tables import fields, key_of, person_of

REGISTERS = ("professionals", "department")


def registers(scan: Scan) -> dict[str, pl.DataFrame]:
    """What rows may call a worker or a team: for each register that holds any, one String column `named`."""
    known = {
        name: scan(name).select(named=key_of(name)).drop_nulls().unique().collect() for name in REGISTERS
    }
    names_too = scan("department").select(named="dept_team_name").drop_nulls().collect()
    # some systems write the team's name where its number belongs
    known["department"] = pl.concat([known["department"], names_too]).unique()
    return {name: frame for name, frame in known.items() if len(frame)}  # none at all is said by the source


def unknown_links(
    table: str, frame: pl.LazyFrame, known: Mapping[str, pl.DataFrame]
) -> Iterator[pl.DataFrame]:
    """One issue for each unknown worker or team, not for each row."""
    for field in fields(table):
        register = field.foreign_key.partition(".")[0]
        if register not in known or table in REGISTERS:
            continue
        person = person_of(table)
        strangers = (
            frame.select("source", "source_row", field.name)
            .filter(pl.col(field.name).is_not_null())
            .join(known[register].lazy().rename({"named": field.name}), on=field.name, how="anti")
            .group_by("source", field.name)
            .agg(pl.col("source_row").min())
            .with_columns(pl.lit(None, dtype=pl.String).alias(person or "_person"))
            .collect(engine="streaming")
            .sort("source", field.name)
        )
        what = "worker" if register == "professionals" else "team"
        reason = (
            f"No {what} has this number in {register}, so it is shown as it is; add it there in the source. "
            "The first such row is named."
        )
        yield issues_of(
            strangers, table, f"unknown_{what}", "warning", effect="kept", reason=reason, column=field.name,
            value=pl.col(field.name),
        )  # fmt: skip
