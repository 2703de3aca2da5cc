"""Adoption over time: children adopted with how long each step took, those who wait, and what was decided."""

import polars as pl

from data.frames import Scan
from fcl_tui.definitions.wording.bands import NOT_RECORDED, STAGES
from fcl_tui.definitions.wording.labels import label_as_sentence
from fcl_tui.records.over_time.people import with_holder, with_person

ADOPTED = ("E11", "E12")
ENDS = (("entered", "decided"), ("decided", "matched"), ("matched", "placed"), ("placed", "ordered"))
"""Of each of `bands.STAGES`: the dates it is between"""
LATELY, EARLIER = "Last twelve months", "Before"
MONTHS = 14
"""Scorecards: entering care to moving in, within 14 months"""
_CHILD = ["person_id", "day"]
_YES = "Y"


def _permanence(scan: Scan) -> pl.LazyFrame:
    return (
        scan("permanence")
        .select(
            permanence_id="perm_table_id",
            person_id="perm_person_id",
            cla_id="perm_cla_id",
            decided="perm_adm_decision_date",
            placement_order="perm_placement_order_date",
            matched="perm_matched_date",
            placed="perm_placed_for_adoption_date",
            by_carer=(pl.col("perm_adopted_by_carer_flag") == _YES).fill_null(value=False),
            with_foster_carer="perm_placed_foster_carer_date",
            early="perm_placed_ffa_cp_date",
            reversed="perm_decision_reversed_date",
            reversed_code="perm_decision_reversed_reason",
            ordered="perm_permanence_order_date",
            sibling_group=pl.col("perm_part_of_sibling_group").replace_strict(
                {"Y": "Yes", "N": "No"}, default=NOT_RECORDED
            ),
        )
        .drop_nulls("person_id")
    )


def _episodes(scan: Scan) -> pl.LazyFrame:
    return scan("cla_episodes").select(
        person_id="clae_person_id",
        number="clae_cla_id",
        entered=pl.coalesce("clae_entered_care_date", "clae_cla_episode_start_date"),
        begun="clae_cla_episode_start_date",
        ceased="clae_cla_episode_ceased_date",
        reason="clae_cla_episode_ceased_reason",
    )


def adopted(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child adopted in its window: the last episode that ended E11 or E12 in it.

    Returns:
        day, first, last, person_id, event_date (Date: of the order), entered, decided, placement_order,
        matched, placed, ordered, early (Date), a1 (Int64, calendar days: entering care to moving in with the
        adopters), a10 (the same, stopped when the child moved in with those who adopted, if earlier), a2
        (placement order to match, 0 where matched before; null without an order or a placement), in_14_months
        (Boolean), span (Last twelve months, Before), and the columns of `over_time`.

    Source: adoption scorecards, A1, A10, A2, A3.
    """
    ended = _episodes(scan).filter(pl.col("reason").is_in(ADOPTED))
    inside = pl.col("ceased").is_between(pl.col("first"), pl.col("last"))
    those = (
        days.join(ended, how="cross")
        .filter(inside)
        .sort("ceased", "number", nulls_last=False)
        .unique(_CHILD, keep="last", maintain_order=True)
        .rename({"ceased": "event_date"})
    )
    record = (
        those.select(*_CHILD, "number")
        .join(_permanence(scan), on="person_id", how="left")
        .with_columns(_other=(pl.col("cla_id") != pl.col("number")).fill_null(value=True))
        .sort("_other", "placed", "permanence_id", descending=[False, True, True], nulls_last=True)
        .unique(_CHILD, keep="first", maintain_order=True)
        .drop("number", "cla_id", "_other")
    )
    told = those.join(record, on=_CHILD, how="left").with_columns(
        lately=pl.col("event_date") > pl.col("day").dt.offset_by("-12mo"), kind=pl.lit("adopted")
    )
    return with_holder(with_person(_timed(told), scan), scan)


def _timed(rows: pl.LazyFrame) -> pl.LazyFrame:
    placed, entered = pl.col("placed"), pl.col("entered")
    same_home = pl.min_horizontal("placed", "with_foster_carer", "early")
    moved = pl.when(pl.col("by_carer") | pl.col("early").is_not_null()).then(same_home).otherwise(placed)
    a2 = pl.max_horizontal((pl.col("matched") - pl.col("placement_order")).dt.total_days(), pl.lit(0))
    given = pl.col("matched").is_not_null() & pl.col("placement_order").is_not_null() & placed.is_not_null()
    return rows.with_columns(
        a1=(placed - entered).dt.total_days(),
        a10=pl.when(placed.is_not_null()).then((moved - entered).dt.total_days()),
        a2=pl.when(given).then(a2).cast(pl.Int64),
        in_14_months=placed < entered.dt.offset_by(f"{MONTHS}mo"),
        span=pl.when("lately").then(pl.lit(LATELY)).otherwise(pl.lit(EARLIER)),
    )


def waiting(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and child with a decision for adoption, not placed, reversed or under an order by it.

    Returns:
        day, first, last, person_id, permanence_id, entered (Date), decided, placement_order (Date), order
        (With placement order, Without), waited (Int64, calendar days since the decision), in_14_months
        (Boolean: since entering care), sibling_group, and the columns of `over_time`.

    Source: Annex A list 10; adoption scorecards A9, A14.
    """
    day = pl.col("day")
    before = [(pl.col(name) <= day).fill_null(value=False) for name in ("placed", "reversed", "ordered")]
    those = (
        days.join(_permanence(scan), how="cross")
        .filter((pl.col("decided") <= day).fill_null(value=False), ~pl.any_horizontal(before))
        .sort("decided", "permanence_id")
        .unique(_CHILD, keep="last", maintain_order=True)
    )
    entered = (
        those.select(*_CHILD, "cla_id")
        .join(_episodes(scan), on="person_id", how="inner")
        .filter(pl.col("begun") <= day)
        .sort((pl.col("cla_id") == pl.col("number")).fill_null(value=False), "begun")
        .unique(_CHILD, keep="last", maintain_order=True)
        .select(*_CHILD, "entered")
    )
    has_order = (pl.col("placement_order") <= day).fill_null(value=False)
    told = those.join(entered, on=_CHILD, how="left").with_columns(
        order=pl.when(has_order).then(pl.lit("With placement order")).otherwise(pl.lit("Without")),
        waited=(day - pl.col("decided")).dt.total_days(),
        in_14_months=day < pl.col("entered").dt.offset_by(f"{MONTHS}mo"),
        kind=pl.lit("waiting"),
    )
    return with_holder(with_person(told, scan), scan)


def adopted_or_waiting(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """The rows of `adopted` and of `waiting`, one after the other; kind says which."""
    return pl.concat([adopted(scan, days), waiting(scan, days)], how="diagonal_relaxed")


def stages(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day, child adopted in its window and stage whose two dates are known.

    Returns:
        the columns of `adopted`; stage (of `bands.STAGES`), stage_days (Int64, calendar days).
    """
    told = adopted(scan, days)
    return pl.concat(
        [
            told.with_columns(stage=pl.lit(name), stage_days=(pl.col(end) - pl.col(start)).dt.total_days())
            for name, (start, end) in zip(STAGES, ENDS, strict=True)
        ]
    ).filter(pl.col("stage_days").is_not_null())


def events(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day, child and kind of event in its window, each child once a kind, the last.

    Returns:
        day, first, last, person_id, permanence_id, kind (decided, placement_order, reversed, placed),
        event_date (Date), reason (words, of reversals), early_permanence (Boolean), and the columns of
        `over_time`, as on the day of the event.
    """
    kinds = ("decided", "placement_order", "reversed", "placed")
    permanence = _permanence(scan)
    dated = pl.concat(
        [
            permanence.with_columns(kind=pl.lit(name), event_date=name).drop_nulls("event_date")
            for name in kinds
        ]
    )
    those = (
        days.join(dated, how="cross")
        .filter(pl.col("event_date").is_between(pl.col("first"), pl.col("last")))
        .sort("event_date", "permanence_id")
        .unique([*_CHILD, "kind"], keep="last", maintain_order=True)
    )
    then = with_holder(with_person(those.with_columns(as_at="day", day="event_date"), scan), scan)
    reversal = label_as_sentence(pl.col("reversed_code"), "decision_reversed_reason").fill_null(NOT_RECORDED)
    return (
        then.drop("day")
        .rename({"as_at": "day"})
        .with_columns(
            reason=pl.when(pl.col("kind") == "reversed").then(reversal),
            early_permanence=pl.col("early").is_not_null(),
        )
    )
