"""Looked-after children and those placed for adoption: visits and reviews."""

import polars as pl

from fcl_tui.timescales.cycles import NAMED, attached, both, cycles, row_of
from fcl_tui.timescales.families.care import (
    FAR,
    FOR_ADOPTION,
    FOSTERING,
    LONG_TERM,
    in_force,
    legal_statuses,
    long_term_plans,
    no_beginning,
    owners,
    periods,
)
from fcl_tui.timescales.families.placements import placements
from fcl_tui.timescales.families.visit_clocks import HOME, for_adoption, visited
from fcl_tui.timescales.inputs import Ground, clock

INTERIM = "C1"


def _first_reviews(on: Ground) -> pl.LazyFrame:
    """person_id, period, first_review (Date): the first review held in each period of care."""
    spells = periods(on)
    held = attached(spells, _reviews(on), start_day_counts=True)
    return held.group_by(*NAMED).agg(first_review=pl.col("date").min()).rename({"spell": "period"})


def cla_visit(on: Ground) -> pl.LazyFrame:
    """Visits in each placement, but those replaced by the care order at home and by the adoption rules."""
    cycle = visited("cla_visit", on)
    cycle = in_force(
        cycle, legal_statuses(on).drop("legal_row"), day="started", since="legal_from", until="legal_to"
    )
    cycle = in_force(cycle, long_term_plans(on), day="started", since="plan_from", until="plan_to")
    cycle = cycle.join(_first_reviews(on), on=["person_id", "period"], how="left")
    first = pl.col("cycle") == 1
    interim = ((pl.col("placement_type") == HOME) & (pl.col("legal") == INTERIM)).fill_null(False)
    reviewed = (pl.col("first_review") <= pl.col("started")).fill_null(False)
    settled = pl.col("started") >= on.due("cla_visit", "long_term_after", pl.col("spell_started"))
    kind = pl.col("placement_type")
    meant = kind.is_in(LONG_TERM).fill_null(False) | (
        pl.col("long_term").fill_null(False) & kind.str.starts_with(FOSTERING).fill_null(True)
    )
    with_parents = (kind == HOME).fill_null(False) & ~interim
    return clock(
        cycle.with_columns(
            rule=pl.lit("cla_visit"),
            step=pl.when(first)
            .then(pl.lit("first"))
            .when(interim & ~reviewed)
            .then(pl.lit("interim_order_home_before_review"))
            .when(interim)
            .then(pl.lit("interim_order_home"))
            .when(settled & meant)
            .then(pl.lit("long_term"))
            .otherwise(pl.lit("later")),
            assumed=both(
                pl.col("assumed"),
                pl.when(with_parents).then(
                    pl.lit("with parents, under which regulation is not in the source: ordinary interval")
                ),
            ),
        )
    )


def cla_visit_care_order_home(on: Ground) -> pl.LazyFrame:
    """Visits to children at home under a full care order."""
    return clock(
        visited("cla_visit_care_order_home", on).with_columns(
            rule=pl.lit("cla_visit_care_order_home"),
            step=pl.when(pl.col("cycle") == 1).then(pl.lit("first")).otherwise(pl.lit("later")),
        )
    )


def _held_while_placed(spells: pl.LazyFrame, on: Ground) -> pl.LazyFrame:
    """Reviews held in these placements for adoption. One that names only its period of care is that child's.

    A review on the day of placing is the adoption clock's, which starts. One on the day the placement ends
    is the ordinary clock's, which starts again, unless the child stops being looked after.
    """
    reviews = _reviews(on).join(owners(on), on="match_id", how="left")
    by_day = reviews.with_columns(
        person_id=pl.coalesce("person_id", "owner"), match_id=pl.lit(None, pl.String)
    ).drop("owner")
    goes_on = spells.filter(pl.col("period").is_not_null(), pl.col("ended") < pl.coalesce("care_ended", FAR))
    return attached(spells, by_day, start_day_counts=True).join(
        goes_on.select(*NAMED, date="ended"), on=[*NAMED, "date"], how="anti"
    )


def adoption_placement_visit(on: Ground) -> pl.LazyFrame:
    """Visits to children placed for adoption: weekly until the first adoption review, then as decided."""
    first_review = (
        _held_while_placed(for_adoption(on), on).group_by(*NAMED).agg(first_review=pl.col("date").min())
    )
    reviewed = (pl.col("first_review") <= pl.col("started")).fill_null(False)
    return clock(
        visited("adoption_placement_visit", on)
        .join(first_review, on=NAMED, how="left")
        .with_columns(
            rule=pl.lit("adoption_placement_visit"),
            started_by=pl.when(pl.col("cycle") == 1)
            .then(pl.lit("placed for adoption"))
            .otherwise("started_by"),
            step=pl.when(pl.col("cycle") == 1)
            .then(pl.lit("first"))
            .when(reviewed)
            .then(pl.lit("later"))
            .otherwise(pl.lit("before_review")),
            assumed=both(
                pl.col("assumed"),
                pl.when(~reviewed & (pl.col("cycle") > 1) & pl.lit(on.latest_only("cla_reviews"))).then(
                    pl.lit("only the latest review is in this source: taken as not reviewed before the visit")
                ),
            ),
        )
    )


def _reviews(on: Ground) -> pl.LazyFrame:
    return (
        on.scan("cla_reviews")
        .filter((pl.col("clar_cla_review_cancelled") != "Y").fill_null(True))
        .select(
            person_id="clar_cla_person_id",
            match_id="clar_cla_id",
            date="clar_cla_review_date",
            row=row_of("cla_reviews", "clar_cla_review_id"),
        )
    )


def cla_review(on: Ground) -> pl.LazyFrame:
    """First, second and later reviews of each period of care; none while the child is placed for adoption.

    Where the source holds only the latest review, it cannot say which one it was. One held later than
    the second could have been due counts as a later one; any other takes the earlier of the two answers.
    """
    latest = on.latest_only("cla_reviews")
    spells = periods(on)
    held = attached(spells, _reviews(on), start_day_counts=True)
    cycle = cycles(spells, held, then="last review held", latest_only="review" if latest else None)
    number = pl.col("cycle")
    if latest:
        second_due = on.due(
            "cla_review_second", "second", on.due("cla_review_first", "first", pl.col("spell_started"))
        )
        number = pl.when((number > 1) & (pl.col("started") <= second_due)).then(2).when(number > 1).then(3)
        number = number.otherwise(1)
    maybe_first = pl.lit("only the latest review is in this source; it may be the first, so the earlier date")
    which = pl.when(number == 1).then(pl.lit("first")).when(number == 2).then(pl.lit("second"))
    step = which.otherwise(pl.lit("later"))
    return clock(
        _outside_adoption(cycle, on).with_columns(
            step=step,
            rule=pl.lit("cla_review_") + step,
            assumed=pl.when(pl.lit(latest) & (number == 2)).then(maybe_first).otherwise("assumed"),
            at_latest=pl.when(pl.lit(latest) & (number == 2)).then(
                on.due("cla_review_later", "later", pl.col("started"))
            ),
            unknown=no_beginning(),
            started_by=pl.when(number == 2).then(pl.lit("first review held")).otherwise("started_by")
            if not latest
            else pl.col("started_by"),
        )
    )


def _outside_adoption(cycle: pl.LazyFrame, on: Ground) -> pl.LazyFrame:
    """Cut the cycles of a period of care to the time in which the child is not placed for adoption.

    A cycle open on the day of such a placement ends there. When the placement ends and the child goes on
    being looked after, the review is owed again, from the last one held, wherever that was: such a cycle
    is known from the day the placement ended, which nobody could foretell.
    """
    placed = (
        placements(on)
        .filter(pl.col("placement_type").is_in(FOR_ADOPTION), pl.col("period").is_not_null())
        .select("person_id", spell="period", placed="started", placed_to="ended")
        .sort(*NAMED, "placed")
    )
    before = placed.select(*NAMED, since=pl.col("placed_to").shift().over(NAMED), until="placed")
    after = placed.group_by(NAMED, maintain_order=True).agg(
        since=pl.col("placed_to").last(), until=pl.lit(None, pl.Date).first()
    )
    pieces = pl.concat([before, after.filter(pl.col("since").is_not_null())]).filter(
        pl.col("since").is_null() | pl.col("until").is_null() | (pl.col("since") < pl.col("until"))
    )
    since, until, done = pl.col("since"), pl.col("until"), pl.col("done_date")
    resumed = (pl.col("started") < since).fill_null(False)
    cut = until.is_not_null() & (pl.coalesce(done, FAR) >= until)
    around = (
        cycle.join(pieces, on=NAMED, how="inner")
        .filter(
            pl.col("started") < pl.coalesce(until, FAR),
            since.is_null() | ((pl.coalesce(done, FAR) >= since) & (pl.coalesce("ended", FAR) > since)),
        )
        .with_columns(
            known_from=pl.when(resumed).then(since),
            done_date=pl.when(~cut).then(done),
            ended=pl.when(cut).then(pl.min_horizontal("ended", until)).otherwise("ended"),
            ended_by=pl.when(cut).then(pl.lit("the child was placed for adoption")).otherwise("ended_by"),
            spell=pl.when(resumed)
            .then(pl.concat_str("spell", pl.lit(" again from "), since.cast(pl.String)))
            .otherwise("spell"),
        )
        .drop("since", "until")
    )
    untouched = cycle.join(placed.select(NAMED).unique(), on=NAMED, how="anti")
    return pl.concat([untouched, around], how="diagonal_relaxed")


def adoption_placement_review(on: Ground) -> pl.LazyFrame:
    """Reviews of children placed for adoption."""
    spells = for_adoption(on)
    held = _held_while_placed(spells, on)
    latest = "review" if on.latest_only("cla_reviews") else None
    number = pl.col("cycle")
    return clock(
        cycles(spells, held, then="last review held", latest_only=latest).with_columns(
            rule=pl.lit("adoption_placement_review"),
            at_latest=pl.when(pl.lit(latest is not None) & (number == 2)).then(
                on.due("adoption_placement_review", "later", pl.col("started"))
            ),
            started_by=pl.when(number == 1).then(pl.lit("placed for adoption")).otherwise("started_by"),
            step=pl.when(number == 1)
            .then(pl.lit("first"))
            .when(number == 2)
            .then(pl.lit("second"))
            .otherwise(pl.lit("later")),
        )
    )
