"""Periods of care, placements and legal statuses, as spells."""

import polars as pl

from fcl_tui.timescales.cycles import NAMED, named, row_of, whole
from fcl_tui.timescales.inputs import Ground

SHORT_BREAKS = ("V3", "V4")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
FOR_ADOPTION = ("A3", "A4", "A5", "A6")
LONG_TERM = ("U1", "U4")
FOSTERING = "U"
PERMANENT = (
    r'(?i)(?:LTFOST(?:18)?|LTRELFR|long-?\s*term foster\w*)"?\s*(?::\s*"?(?:Y|YES|TRUE|1)\b|[,\]};|]|$)'
)
"""Long-term fostering in a care plan: a flag that is set, or the option named on its own."""

FAR = pl.date(9999, 1, 1)
NEW_PERIOD = "S"
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


def placements(on: Ground) -> pl.LazyFrame:
    """Placements as spells, with placement_type, period (the spell of the period of care) and care_ended."""
    return on.kept("placements", lambda: _placements(on))


def _without_short_breaks(spells: pl.LazyFrame, on: Ground) -> pl.LazyFrame:
    """Leave out the spells in which every legal status was a short break (V3, V4)."""
    short = (
        spells.select(*NAMED, "started", "ended")
        .join(legal_statuses(on).select("person_id", "legal", "legal_from", "legal_to"), on="person_id")
        .filter(
            pl.col("legal_from") <= pl.coalesce("ended", FAR),
            (pl.coalesce("legal_to", FAR) > pl.col("started")) | (pl.col("legal_from") == pl.col("started")),
        )
        .group_by(*NAMED)
        .agg(short=pl.col("legal").is_in(SHORT_BREAKS).all())
        .filter("short")
    )
    return spells.join(short, on=NAMED, how="anti")


def _all_periods(on: Ground) -> pl.LazyFrame:
    """Episodes that share `clae_cla_id`.

    Episodes without one belong together while each begins by the day the one before ended.
    """
    start, end = pl.col("clae_cla_episode_start_date"), pl.col("clae_cla_episode_ceased_date")
    begins = pl.coalesce(start, pl.col("clae_entered_care_date"))
    broken = begins > pl.coalesce(end, FAR).shift().cum_max().over("clae_person_id")
    unnamed = pl.concat_str(pl.lit("care "), broken.fill_null(False).cum_sum().over("clae_person_id") + 1)
    episodes = (
        on.scan("cla_episodes")
        .filter(pl.col("clae_person_id").is_not_null(), begins.is_not_null())
        .sort("clae_person_id", begins, end, "clae_cla_episode_id", nulls_last=True)
        .with_columns(
            begins=begins,
            period=pl.coalesce(
                "clae_cla_id",
                pl.lit("entered ") + pl.col("clae_entered_care_date").cast(pl.String),
                unnamed,
            ),
        )
    )
    return whole(
        episodes.group_by("clae_person_id", "period", maintain_order=True)
        .agg(
            match_id=pl.col("clae_cla_id").first(),
            entered=pl.col("clae_entered_care_date").min(),
            begins=pl.col("begins").min(),
            reason=pl.col("clae_cla_episode_start_reason").first(),
            ended=pl.col("clae_cla_episode_ceased_date").last(),
            row=row_of("cla_episodes", "clae_cla_episode_id").first(),
        )
        .select(
            "match_id",
            "ended",
            "row",
            person_id="clae_person_id",
            spell="period",
            started=pl.coalesce("entered", "begins"),
            begin_known=pl.col("entered").is_not_null()
            | (pl.col("reason").fill_null(NEW_PERIOD) == NEW_PERIOD),
            ended_by=pl.lit("the child stopped being looked after"),
            started_by=pl.lit("became looked after"),
        )
    )


def _periods(on: Ground) -> pl.LazyFrame:
    return _without_short_breaks(all_periods(on), on)


def _placements(on: Ground) -> pl.LazyFrame:
    """Placements, temporary ones (T0 to T4) part of the placement they interrupt.

    placement_type (String) is that of the placement itself. A row without an end ends when the next
    placement, or the end of the period of care, comes.
    """
    rows = (
        on.scan("cla_placement")
        .filter(pl.col("clap_person_id").is_not_null(), pl.col("clap_cla_placement_start_date").is_not_null())
        .select(
            person_id="clap_person_id",
            name=named("clap_cla_placement_id", "clap_cla_placement_start_date"),
            cla_id="clap_cla_id",
            begin="clap_cla_placement_start_date",
            end="clap_cla_placement_end_date",
            kind="clap_cla_placement_type",
            place=pl.concat_str(
                "clap_cla_placement_type",
                pl.col("clap_cla_placement_urn").fill_null("-"),
                pl.col("clap_cla_placement_postcode").fill_null("-"),
                pl.col("clap_cla_placement_provider").fill_null("-"),
            ),
            row=row_of("cla_placement", "clap_cla_placement_id"),
        )
        .unique(["person_id", "name"], keep="first", maintain_order=True)
        .sort("person_id", "begin", "name")
    )
    temporary = pl.col("kind").is_in(TEMPORARY).fill_null(False)
    group = pl.col("person_id")
    same_care = (pl.col("cla_id") == pl.col("cla_id").shift()).fill_null(True)
    before = pl.int_range(pl.len()).over(group) > 0
    lasting = pl.when(~temporary).then(pl.col("place"))
    resumed = temporary.shift().over(group) & (pl.col("place") == lasting.shift().forward_fill().over(group))
    stays = before & same_care & (temporary | resumed.fill_null(False))
    spells = (
        rows.with_columns(spell_no=(~stays).cum_sum().over(group))
        .group_by("person_id", "spell_no", maintain_order=True)
        .agg(
            spell=pl.col("name").first(),
            cla_id=pl.col("cla_id").drop_nulls().first(),
            started=pl.col("begin").first(),
            ended=pl.col("end").last(),
            placement_type=pl.coalesce(pl.col("kind").filter(~temporary).first(), pl.col("kind").first()),
            row=pl.col("row").first(),
        )
        .with_columns(next_start=pl.col("started").shift(-1).over(group))
        .with_columns(ended=pl.min_horizontal("ended", "next_start"))
        .drop("spell_no", "next_start")
    )
    return _in_periods(spells, on)


def _in_periods(spells: pl.LazyFrame, on: Ground) -> pl.LazyFrame:
    """End placements with their period of care, and leave short breaks out."""
    periods_ = all_periods(on).select(
        "person_id", period="spell", cla_id="match_id", entered="started", left="ended"
    )
    named_ = periods_.filter(pl.col("cla_id").is_not_null()).select("person_id", "cla_id", "period", "left")
    return whole(
        _without_short_breaks(
            spells.join(named_, on=["person_id", "cla_id"], how="left")
            .sort("started")
            .join_asof(
                periods_.drop("cla_id").sort("entered", "left", "period", nulls_last=True),
                left_on="started",
                right_on="entered",
                by="person_id",
                strategy="backward",
                check_sortedness=False,
                coalesce=False,
            )
            .with_columns(
                period=pl.coalesce("period", "period_right"),
                left=pl.when(pl.col("period").is_not_null())
                .then("left")
                .when(pl.coalesce("left_right", FAR) >= pl.col("started"))
                .then("left_right"),
            )
            .with_columns(
                ended=pl.min_horizontal("ended", "left"),
                ended_by=pl.when(pl.col("left") <= pl.coalesce("ended", FAR))
                .then(pl.lit("the child stopped being looked after"))
                .otherwise(pl.lit("the placement ended")),
                started_by=pl.lit("placement start"),
                match_id=pl.lit(None, pl.String),
            )
            .rename({"left": "care_ended"})
            .drop("left_right", "period_right", "entered"),
            on,
        )
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
