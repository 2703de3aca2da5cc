"""Reviews that are recorded in a period: cancelled or held, who took part, what was decided."""

from datetime import date

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.coverage import Coverage
from fcl_tui.definitions.days.calendar import age_on
from fcl_tui.definitions.days.spells import within
from fcl_tui.definitions.wording.labels import blank_to_null, code_and_label
from fcl_tui.measures.reviews import HELD_NAMES
from fcl_tui.records.over_time.holders import held_on
from fcl_tui.records.reviewing.due import with_officer

TOOK_PART = ("PN1", "PN2", "PN3", "PN5", "PN6")
TOO_YOUNG, OLD_ENOUGH = "PN0", 4
NOT_RECORDED = "Not recorded"


def recorded(scan: Scan) -> pl.LazyFrame:
    """Every review of the two tables, held or cancelled.

    Returns:
        source, source_row, person_id (of a looked-after review without one, from its period of care), kind
        (looked_after, child_protection), date, cancelled (Boolean, never null), participation (code, or what
        the row says), quorate, ended (Boolean; null where the row does not say).
    """
    owners = (
        scan("cla_episodes")
        .select(period="clae_cla_id", owner="clae_person_id")
        .drop_nulls()
        .unique("period", keep="first", maintain_order=True)
    )
    no_answer = pl.lit(None, pl.Boolean)
    care = (
        scan("cla_reviews")
        .join(owners, left_on="clar_cla_id", right_on="period", how="left")
        .select(
            "source",
            "source_row",
            person_id=pl.coalesce("clar_cla_person_id", "owner"),
            kind=pl.lit("looked_after"),
            date=pl.col("clar_cla_review_date").cast(pl.Date),
            cancelled=(pl.col("clar_cla_review_cancelled") == "Y").fill_null(value=False),
            participation="clar_cla_review_participation",
            quorate=no_answer,
            ended=no_answer,
        )
    )

    def said(column: str, yes: str, no: str) -> pl.Expr:
        letter = blank_to_null(pl.col(column)).str.to_uppercase().str.slice(0, 1)
        return letter.replace_strict({yes: True, no: False}, default=None, return_dtype=pl.Boolean)

    plans = scan("cp_reviews").select(
        "source",
        "source_row",
        person_id="cppr_person_id",
        kind=pl.lit("child_protection"),
        date=pl.col("cppr_cp_review_date").cast(pl.Date),
        cancelled=pl.lit(value=False),
        participation="cppr_cp_review_participation",
        quorate=said("cppr_cp_review_quorate", "Y", "N"),
        ended=said("cppr_cp_review_outcome_continue_cp", "N", "Y"),
    )
    return pl.concat([care, plans])


def held(
    scan: Scan,
    as_at: date,
    span: tuple[date, date],
    person_ids: list[str] | None = None,
) -> pl.LazyFrame:
    """One row per review dated in the period.

    Returns:
        row_key (unique), the columns of `recorded`, kind_name, code (participation with its meaning; "Not
        recorded"), age (Int64, on the day), asked_to_take_part, took_part (Boolean: see the measure; false
        where the source does not carry participation), month, and team, worker, worker_now, name,
        date_of_birth as `held_on` gives of the day of the review; officer on that day.
    """
    rows = recorded(scan).filter(within("date", *span))
    if person_ids is not None:
        rows = rows.filter(pl.col("person_id").is_in(person_ids))
    rows = rows.with_columns(
        credit_day="date",
        month=pl.col("date").dt.month_start(),
        row_key=pl.concat_str("kind", "source", "source_row", separator="|", ignore_nulls=True),
    )
    code = code_and_label(blank_to_null(pl.col("participation")), "review_participation")
    told = with_officer(held_on(rows, scan, as_at), scan, "credit_day").with_columns(
        age=age_on(pl.col("date_of_birth"), pl.col("date")).cast(pl.Int64)
    )
    return answered(told, Coverage.read(scan), "age").with_columns(
        kind_name=pl.col("kind").replace_strict(HELD_NAMES, return_dtype=pl.String),
        code=code.fill_null(NOT_RECORDED),
    )


def answered(rows: pl.LazyFrame, coverage: Coverage, age: str) -> pl.LazyFrame:
    """Say of each review whether the child was to take part, and did.

    Args:
        rows: as `recorded`.
        age: the column of the child's age on the day of the review.

    Returns:
        rows plus asked_to_take_part (Boolean: not cancelled, aged four or over on the day, not PN0),
        took_part
        (Boolean: of them, one of TOOK_PART; a blank is not). False where the source does not carry it.
    """
    carried = {
        "looked_after": coverage.has("cla_reviews", "clar_cla_review_participation"),
        "child_protection": coverage.has("cp_reviews", "cppr_cp_review_participation"),
    }
    code = blank_to_null(pl.col("participation"))
    old = (pl.col(age) >= OLD_ENOUGH).fill_null(value=False)
    carries = pl.col("kind").replace_strict(carried, return_dtype=pl.Boolean)
    asked = ~pl.col("cancelled") & old & (code != TOO_YOUNG).fill_null(value=True) & carries
    return rows.with_columns(
        asked_to_take_part=asked, took_part=asked & code.is_in(TOOK_PART).fill_null(value=False)
    )
