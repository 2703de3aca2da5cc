"""Which visit of a looked-after child counts for which clock.

The ordinary rule, the care order at home and the placement for adoption follow one another. A visit counts
for one clock: the one that starts on its day, else the one it falls in, the day that one ends included.
"""

import polars as pl

from fcl_tui.timescales.cycles import NAMED, attached, cycles, row_of, seen
from fcl_tui.timescales.families.care import FAR, FOR_ADOPTION, legal_statuses, owners
from fcl_tui.timescales.families.placements import placements
from fcl_tui.timescales.inputs import Ground

HOME, FULL = "P1", "C2"


def visited(rule: str, on: Ground) -> pl.LazyFrame:
    """The cycles of this rule's visits; a visit counts for one clock, whichever rules follow one another.

    On a day when one clock ends and another starts it counts for the one that starts.
    """
    clocks = on.kept("visit clocks", lambda: _visit_clocks(on))
    key = pl.concat_str("clock", pl.lit("|"), "spell")
    made = attached(
        clocks.with_columns(spell=key), _visits(on), start_day_counts=on.settings.event_on_start_day_counts
    )
    theirs = clocks.filter(pl.col("clock") == rule)
    mine = made.join(theirs.select("person_id", spell=key, name="spell"), on=NAMED).with_columns(spell="name")
    latest = "visit" if on.latest_only("cla_visits") else None
    return cycles(theirs.drop("clock"), mine.drop("name"), then="last visit", latest_only=latest)


def _visit_clocks(on: Ground) -> pl.LazyFrame:
    """Every placement as the spell, or spells, of its visits: as `placements`, with clock (the rule)."""
    spells = {
        "cla_visit": _ordinary(on),
        "cla_visit_care_order_home": _home_under_order(on),
        "adoption_placement_visit": for_adoption(on),
    }
    return pl.concat(
        [frame.with_columns(clock=pl.lit(rule)) for rule, frame in spells.items()], how="diagonal"
    )


def _ordinary(on: Ground) -> pl.LazyFrame:
    """Placements, but the time replaced by the care order at home and by the adoption rules."""
    order = _at_home(on).rename({"order_date": "home_order"}).drop("order_row")
    return (
        placements(on)
        .filter(~pl.col("placement_type").is_in(FOR_ADOPTION).fill_null(False))
        .join(order, on=NAMED, how="left")
        .filter(pl.col("home_order").is_null() | (pl.col("home_order") > pl.col("started")))
        .with_columns(
            ended=pl.min_horizontal("ended", "home_order"),
            ended_by=pl.when(pl.col("home_order").is_not_null())
            .then(pl.lit("a full care order was made"))
            .otherwise("ended_by"),
        )
        .drop("home_order")
    )


def _home_under_order(on: Ground) -> pl.LazyFrame:
    """Placements at home under a full care order, from the order or the later move home."""
    later_order = pl.col("order_date") > pl.col("started")
    return (
        placements(on)
        .join(_at_home(on), on=NAMED, how="inner")
        .with_columns(
            row=pl.concat_str("row", "order_row", separator="; ", ignore_nulls=True),
            started_by=pl.when(later_order).then(pl.lit("care order")).otherwise("started_by"),
            started=pl.max_horizontal("started", "order_date"),
        )
        .drop("order_date", "order_row")
    )


def for_adoption(on: Ground) -> pl.LazyFrame:
    """Placements for adoption, as `placements`."""
    return placements(on).filter(pl.col("placement_type").is_in(FOR_ADOPTION))


def _at_home(on: Ground) -> pl.LazyFrame:
    """Placements with parents under a full care order: NAMED, order_date, order_row (the first)."""
    return (
        placements(on)
        .filter(pl.col("placement_type") == HOME)
        .join(legal_statuses(on).filter(pl.col("legal") == FULL), on="person_id")
        .filter(
            pl.col("legal_from") < pl.coalesce("ended", FAR),
            pl.coalesce("legal_to", FAR) > pl.col("started"),
        )
        .group_by(*NAMED)
        .agg(
            order_date=pl.col("legal_from").min(), order_row=pl.col("legal_row").sort_by("legal_from").first()
        )
    )


def _visits(on: Ground) -> pl.LazyFrame:
    """Visits at which the child was seen; they name a period of care, not a placement: the day tells."""
    return (
        on.scan("cla_visits")
        .filter(seen("clav_cla_visit_seen", on.settings))
        .join(owners(on), left_on="clav_cla_id", right_on="match_id", how="left")
        .select(
            person_id=pl.coalesce("clav_person_id", "owner"),
            match_id=pl.lit(None, pl.String),
            date="clav_cla_visit_date",
            row=row_of("cla_visits", "clav_cla_visit_id"),
        )
    )
