"""Care leavers who are not on the list of those supervised, and why."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import age_on
from fcl_tui.definitions.days.spells import open_on
from fcl_tui.definitions.wording.labels import NOT_HERE
from fcl_tui.definitions.wording.omissions import said


def _silent(scan: Scan) -> list[pl.LazyFrame]:
    """One line where the source carries no such records: an empty list would look as if all were well."""
    if Coverage.read(scan).has("care_leavers"):
        return []
    reason = f"{NOT_HERE}: this list cannot say who is a care leaver"
    return [pl.LazyFrame({"reason": [reason], "count": [1], "what": ["table of care leavers"]})]


def left_out(scan: Scan, as_at: date) -> pl.LazyFrame:
    """Who is not on the list and might be looked for: reason, count (above zero), what (young people)."""
    shown = (
        scan("statuses").filter(pl.col("status") == "care_leaver").filter(open_on(as_at)).select("person_id")
    )
    records = scan("care_leavers").select(pl.col("clea_person_id").alias("person_id")).unique()
    unlisted = records.filter(pl.col("person_id").is_not_null()).join(shown, on="person_id", how="anti")
    age = age_on(pl.col("date_of_birth"), pl.lit(as_at))
    in_care = (
        scan("statuses")
        .filter((pl.col("status") == "looked_after") & ~pl.col("short_break"))
        .filter(open_on(as_at))
        .select("person_id")
        .unique()
        .join(scan("people").select("person_id", "date_of_birth"), on="person_id", how="left")
        .filter(age >= 16)
        .join(records, on="person_id", how="anti")
    )

    return pl.concat(
        [
            said(
                unlisted,
                "have a leaving care record, but it does not say that they are eligible now, they are not "
                "aged 16 to 25, or have died",
                "young people",
            ),
            said(in_care, "are looked after and 16 or over, without a leaving care record", "young people"),
            *_silent(scan),
        ]
    ).filter(pl.col("count") > 0)
