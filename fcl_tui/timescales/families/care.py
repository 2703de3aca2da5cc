"""Periods of care and legal statuses, as spells."""

import polars as pl

from fcl_tui.definitions.care_periods import NEW_PERIOD, by_day, in_periods
from fcl_tui.timescales.cycles import row_of, whole
from fcl_tui.timescales.inputs import Ground

FOR_ADOPTION = ("A3", "A4", "A5", "A6")
LONG_TERM = ("U1", "U4")
FOSTERING = "U"
PERMANENT = (
    r'(?i)(?:LTFOST(?:18)?|LTRELFR|long-?\s*term foster\w*)"?\s*(?::\s*"?(?:Y|YES|TRUE|1)\b|[,\]};|]|$)'
)
"""Long-term fostering in a care plan: a flag that is set, or the option named on its own."""

FAR = pl.date(9999, 1, 1)
NO_BEGINNING = "the day this period of care began is not in the source"


def _legal_statuses(on: Ground) -> pl.LazyFrame:
    return (
        on.scan("legal_status")
        .filter(
            pl.col("lega_legal_status_start_date").is_not_null(),
            pl.col("lega_legal_status").is_not_null(),
            pl.col("lega_person_id").is_not_null(),
        )
        .select(
            person_id="lega_person_id",
            legal="lega_legal_status",
            legal_from="lega_legal_status_start_date",
            legal_to="lega_legal_status_end_date",
            legal_row=row_of("legal_status", "lega_legal_status_id"),
        )
        .sort("person_id", "legal_from", "legal_to", "legal_row", nulls_last=True)
    )


def in_force(frame: pl.LazyFrame, dated: pl.LazyFrame, day: str, since: str, until: str) -> pl.LazyFrame:
    """The frame with the columns of the person's latest `dated` row in force on `day`; null when none is."""
    columns = [name for name in dated.collect_schema().names() if name not in ("person_id", since, until)]
    over = pl.col(until).is_null() | (pl.col(until) > pl.col(day))
    return (
        frame.sort(day)
        .join_asof(
            dated.sort(since, until, *columns, nulls_last=True),
            left_on=day,
            right_on=since,
            by="person_id",
            strategy="backward",
            check_sortedness=False,
            coalesce=False,
        )
        .with_columns(pl.when(over).then(name).alias(name) for name in columns)
        .drop(since, until)
    )


def legal_statuses(on: Ground) -> pl.LazyFrame:
    """person_id, legal (code), legal_from, legal_to (Date), legal_row; by person and day."""
    return on.kept("legal statuses", lambda: _legal_statuses(on))


def all_periods(on: Ground) -> pl.LazyFrame:
    """Periods of care, short breaks among them, as spells."""
    return on.kept("all periods", lambda: _all_periods(on))


def periods(on: Ground) -> pl.LazyFrame:
    """Periods of care without short breaks, as spells, with begin_known (Boolean)."""
    return on.kept("periods", lambda: _periods(on))


def no_beginning() -> pl.Expr:
    """Why a first cycle that counts from entering care has no due date; null where the day is known.

    A source that begins in the middle of a period (one year's return) holds its first episode there, not its
    first episode: a date counted from that would be later than the true one.
    """
    return pl.when((pl.col("cycle") == 1) & ~pl.col("begin_known")).then(pl.lit(NO_BEGINNING))


def care_by_day(on: Ground) -> pl.LazyFrame:
    """Pieces of care, as `definitions.care_periods.by_day` gives them."""
    return on.kept("care by day", lambda: by_day(on.scan))


def _as_spells(on: Ground, *, short_breaks_apart: bool) -> pl.LazyFrame:
    """Periods of care as spells, called by their number, else by the day of entering, else by count."""
    person = "person_id"
    name = pl.coalesce(
        "match_id",
        pl.lit("entered ") + pl.col("entered").cast(pl.String),
        pl.concat_str(pl.lit("care "), pl.col("period").rank("dense").over(person)),
    )
    again = pl.int_range(pl.len()).over(person, "spell") > 0
    known = pl.col("before").is_null() | (pl.col("entered") >= pl.col("before"))
    return (
        in_periods(care_by_day(on), short_breaks_apart=short_breaks_apart)
        .with_columns(first_number=pl.col("number").drop_nulls().first().over("care"))
        .filter(pl.col("start").is_not_null())
        .group_by(person, "period", maintain_order=True)
        .agg(
            match_id=pl.col("first_number").first(),
            entered=pl.col("entered").min(),
            begins=pl.col("start").min(),
            before=pl.col("before").first(),
            reason=pl.col("begun").first(),
            ended=pl.when(pl.col("end").is_not_null().all()).then(pl.col("end").max()),
            short_break=pl.col("short_break").first(),
            row=row_of("cla_episodes", "episode").first(),
        )
        .with_columns(spell=name)
        .filter(~pl.col("short_break") if short_breaks_apart else pl.lit(True))
        .with_columns(
            spell=pl.when(again)
            .then(pl.concat_str("spell", pl.lit(" from "), pl.col("begins").cast(pl.String)))
            .otherwise("spell")
        )
        .select(
            "match_id",
            "ended",
            "row",
            person,
            "spell",
            started=pl.when(known).then(pl.coalesce("entered", "begins")).otherwise("begins"),
            begin_known=pl.col("entered").is_not_null()
            | (pl.col("reason").fill_null(NEW_PERIOD) == NEW_PERIOD)
            | (pl.col("begins") <= pl.col("before").dt.offset_by("1d")).fill_null(False),
            ended_by=pl.lit("the child stopped being looked after"),
            started_by=pl.lit("became looked after"),
        )
    )


def _all_periods(on: Ground) -> pl.LazyFrame:
    return whole(_as_spells(on, short_breaks_apart=False))


def _periods(on: Ground) -> pl.LazyFrame:
    return whole(_as_spells(on, short_breaks_apart=True))


def owners(on: Ground) -> pl.LazyFrame:
    """match_id (a period of care, unique) and owner: some sources name the period and not the child."""
    named_ = care_by_day(on).filter(pl.col("cla_id").is_not_null())
    return named_.select(match_id="cla_id", owner="person_id").unique(
        "match_id", keep="first", maintain_order=True
    )


def long_term_plans(on: Ground) -> pl.LazyFrame:
    """Care plans that say long-term fostering: person_id, plan_from, plan_to (Date), long_term (True)."""
    return (
        on.scan("cla_care_plan")
        .filter(
            pl.col("lacp_person_id").is_not_null(),
            pl.col("lacp_cla_care_plan_json").str.contains(PERMANENT),
        )
        .select(
            person_id="lacp_person_id",
            plan_from=pl.coalesce("lacp_cla_care_plan_start_date", pl.date(1900, 1, 1)),
            plan_to="lacp_cla_care_plan_end_date",
            long_term=pl.lit(True),
        )
    )
