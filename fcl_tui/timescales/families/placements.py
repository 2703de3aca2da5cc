"""Placements, as spells."""

import polars as pl

from fcl_tui.definitions.care_periods import in_periods
from fcl_tui.timescales.cycles import NAMED, named, row_of, whole
from fcl_tui.timescales.families.care import FAR, all_periods, care_by_day, periods
from fcl_tui.timescales.inputs import Ground

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
NO_SHORT_BREAK = "the placement went on after short breaks"
SHORT_BREAK = "short breaks began"


def placements(on: Ground) -> pl.LazyFrame:
    """Placements as spells, with placement_type, period (the spell of the period of care) and care_ended."""
    return on.kept("placements", lambda: _placements(on))


def _placements(on: Ground) -> pl.LazyFrame:
    """Placements, temporary ones (T0 to T4) part of the placement they interrupt.

    placement_type (String) is that of the placement itself. A row without an end ends when the next
    placement, or the end of the period of care, comes. Where those that came next have ended and none
    followed, the child is back in the one without an end: a spell from then on.
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
            ended=pl.when(pl.col("end").is_not_null().all()).then(pl.col("end").max()),
            placement_type=pl.coalesce(pl.col("kind").filter(~temporary).first(), pl.col("kind").first()),
            row=pl.col("row").first(),
        )
    )
    return _in_periods(_one_at_a_time(spells), on)


def _one_at_a_time(spells: pl.LazyFrame) -> pl.LazyFrame:
    """End each placement when the next begins; add the return to one left open, with `back` (Boolean)."""
    person = "person_id"
    still = pl.col("ended").is_null()
    marked = spells.with_columns(
        next_start=pl.col("started").shift(-1).over(person),
        next_open=pl.when(still).then("started").shift(-1).backward_fill().over(person),
        back_at=pl.col("ended").max().over(person, still.cum_sum().over(person)),
        back=pl.lit(False),
    )
    returns = (
        marked.filter(still, pl.col("back_at") < pl.coalesce("next_open", FAR))
        .with_columns(
            spell=pl.concat_str("spell", pl.lit(" again from "), pl.col("back_at").cast(pl.String)),
            started="back_at",
            ended="next_open",
            back=pl.lit(True),
        )
        .drop("next_start", "next_open", "back_at")
    )
    once = marked.with_columns(ended=pl.min_horizontal("ended", "next_start"))
    return pl.concat([once.drop("next_start", "next_open", "back_at"), returns]).sort(
        person, "started", "back", "spell"
    )


def _in_periods(spells: pl.LazyFrame, on: Ground) -> pl.LazyFrame:
    """End placements with their period of care, and leave the days of short breaks out."""
    over = pl.when(pl.col("end").is_not_null().all()).then(pl.col("end").max())
    by_number = (
        in_periods(care_by_day(on), short_breaks_apart=False)
        .with_columns(left=over.over("period"))
        .filter(pl.col("cla_id").is_not_null())
        .group_by("person_id", "cla_id")
        .agg(
            left=pl.when(pl.col("left").is_not_null().all()).then(pl.col("left").max()), numbered=pl.lit(True)
        )
    )
    by_day_ = all_periods(on).select("person_id", entered="started", left_then="ended", then="spell")
    going_on = pl.coalesce("left_then", FAR) >= pl.col("started")
    placed = (
        spells.join(by_number, on=["person_id", "cla_id"], how="left")
        .sort("started")
        .join_asof(
            by_day_.sort("entered", "left_then", "then", nulls_last=True),
            left_on="started",
            right_on="entered",
            by="person_id",
            strategy="backward",
            check_sortedness=False,
            coalesce=False,
        )
        .with_columns(
            left=pl.when("numbered").then("left").when(going_on).then("left_then"),
            cared=pl.col("numbered").fill_null(False) | (pl.col("then").is_not_null() & going_on),
        )
        .filter(~pl.col("back") | pl.col("left").is_null() | (pl.col("left") > pl.col("started")))
        .with_columns(
            ended=pl.min_horizontal("ended", "left"),
            ended_by=pl.when(pl.col("left") <= pl.coalesce("ended", FAR))
            .then(pl.lit("the child stopped being looked after"))
            .otherwise(pl.lit("the placement ended")),
            started_by=pl.when("back")
            .then(pl.lit("return to the placement"))
            .otherwise(pl.lit("placement start")),
            match_id=pl.lit(None, pl.String),
        )
        .rename({"left": "care_ended"})
        .drop("numbered", "entered", "left_then", "then", "back")
    )
    return whole(_with_period(_without_short_breaks(placed, on), on))


def _with_period(spells: pl.LazyFrame, on: Ground) -> pl.LazyFrame:
    """Add period: the spell of `periods` that a placement is in, by number, else by its first day."""
    care = periods(on).select("person_id", cla_id="match_id", entered="started", period="spell")
    care = care.sort("entered", "period")
    first = care.unique(["person_id", "cla_id"], keep="first", maintain_order=True)
    numbered = care.filter(pl.col("cla_id").is_not_null())
    found = spells.sort("started")
    for frame, by, name in (
        (numbered.drop_nulls(), ["person_id", "cla_id"], "of_number"),
        (care.drop("cla_id"), ["person_id"], "of_day"),
    ):
        found = found.join_asof(
            frame.rename({"period": name}),
            left_on="started",
            right_on="entered",
            by=by,
            strategy="backward",
            check_sortedness=False,
            coalesce=False,
        ).drop("entered")
    return (
        found.join(first.drop("entered"), on=["person_id", "cla_id"], how="left")
        .with_columns(period=pl.when("cared").then(pl.coalesce("of_number", "period", "of_day")))
        .drop("of_number", "of_day", "cared")
    )


def _without_short_breaks(spells: pl.LazyFrame, on: Ground) -> pl.LazyFrame:
    """Cut the days of short breaks out of placements; the first keeps the name, a later part has its day."""
    short = (
        in_periods(care_by_day(on))
        .filter("short_break")
        .group_by("person_id", "period")
        .agg(
            since=pl.col("start").min(),
            until=pl.when(pl.col("end").is_not_null().all()).then(pl.col("end").max()),
            starts=pl.col("start").is_not_null().all(),
        )
        .with_columns(since=pl.when("starts").then("since"))
        .drop("period", "starts")
    )
    begun, over = pl.col("started"), pl.coalesce("ended", FAR)
    since = pl.coalesce("since", pl.date(1, 1, 1))
    breaks = (
        spells.select(*NAMED, "started", "ended")
        .join(short, on="person_id")
        .filter((since < over) | (since <= begun), pl.coalesce("until", FAR) > begun)
        .select(*NAMED, begins=pl.coalesce("until", FAR), stops=since)
    )
    parts = (
        pl.concat(
            [
                spells.join(breaks, on=NAMED, how="semi").select(
                    *NAMED, begins="started", stops=pl.lit(None, pl.Date)
                ),
                breaks,
            ]
        )
        .sort(*NAMED, "begins", "stops", nulls_last=False)
        .with_columns(stops=pl.col("stops").shift(-1).over(NAMED))
    )
    cut = (
        spells.join(parts, on=NAMED, how="inner")
        .with_columns(stops=pl.coalesce("stops", "ended"))
        .filter(pl.col("begins") < pl.coalesce("stops", FAR))
        .with_columns(
            spell=pl.when(pl.col("begins") > pl.col("started"))
            .then(pl.concat_str("spell", pl.lit(" from "), pl.col("begins").cast(pl.String)))
            .otherwise("spell"),
            started_by=pl.when(pl.col("begins") > pl.col("started"))
            .then(pl.lit(NO_SHORT_BREAK))
            .otherwise("started_by"),
            ended_by=pl.when(pl.col("stops") < pl.coalesce("ended", FAR))
            .then(pl.lit(SHORT_BREAK))
            .otherwise("ended_by"),
            started="begins",
            ended="stops",
        )
        .drop("begins", "stops")
    )
    return pl.concat([spells.join(breaks, on=NAMED, how="anti"), cut])
