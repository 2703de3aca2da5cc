"""Children who started and who ceased to be looked after in the window of each day."""

import polars as pl

from data.frames import Scan, collect
from fcl_tui.definitions.care_periods import ANOTHER_FOLLOWS, NEW_PERIOD, by_day
from fcl_tui.definitions.wording.bands import NOT_RECORDED
from fcl_tui.records.care.looked_after import LEGAL, NEEDS, length
from fcl_tui.records.over_time.people import with_holder, with_person

REASONS = {
    "Adopted": ("E11", "E12"),
    "Special guardianship": ("E43", "E44", "E45", "E46", "E47", "E48"),
    "Child arrangements order": ("E41",),
    "Home, planned": ("E4A",),
    "Home, unplanned": ("E4B",),
    "To others without parental responsibility": ("E13",),
    "18 or over, stayed with carers": ("E17",),
    "Independent living": ("E5", "E6"),
    "Adult care": ("E7",),
    "Custody": ("E9",),
    "Remand ended": ("E14",),
    "Age assessed as adult": ("E15",),
    "Another authority": ("E3",),
    "Moved abroad": ("E16",),
    "Died": ("E2",),
    "Any other reason": ("E8",),
}
_GROUP = {code: group for group, codes in REASONS.items() for code in codes}


def _episodes(scan: Scan) -> pl.LazyFrame:
    """One row per episode: person_id, start, end, begun, reason, entered, short_break at its ends, key.

    Whether it was a short break is asked of its first piece for the start and of its last for the end.
    """
    need = scan("cla_episodes").select(
        source_row="source_row",
        need="clae_cla_primary_need_code",
        ceased="clae_cla_episode_ceased_date",
    )
    return (
        by_day(scan)
        .group_by("person_id", "source_row", maintain_order=True)
        .agg(
            start=pl.col("start").min(),
            begun=pl.col("begun").first(),
            reason=pl.col("reason").first(),
            entered=pl.coalesce("entered", "start").first(),
            episode=pl.col("episode").first(),
            starts_short=pl.col("short_break").first(),
            ends_short=pl.col("short_break").last(),
            legal_code=pl.col("legal_status").first(),
        )
        .join(need, on="source_row", how="left")
    )


def rows(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day, child and flow: the first start and the last ceasing in the day's window.

    A start is an episode that began with reason S, a ceasing one that ended with another reason than X1;
    short breaks are neither. A child who starts or ceases more than once in the window is counted once:
    the first start, the last ceasing.

    Args:
        days: day, first, last (`definitions.days.asked`): the window, both days in it.

    Returns:
        day, first, last, person_id, flow (started, ceased), change (Int64: 1, -1), event_date (Date: of the
        start or ceasing), episode (its key), reason_code, reason (group in words; of ceasings), entered,
        length (in care until the event, of ceasings), need, legal_status (of starts), returned (Boolean: a
        start within 12 months after an earlier period of care ended), reason_before (why that one ended),
        and the columns of `over_time.with_person` and `with_holder`, all as on the day of the event.

    Source: SSDA903; Department for Education, looked-after children statistics.
    """
    started, ceased = _events(scan)
    events = pl.concat([_with_return(started, ceased), ceased], how="diagonal")
    return _described(_in_window(events, days), scan)


def began(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """The children who started to be looked after in the day's window, as `rows` has them, undescribed."""
    return _in_window(_events(scan)[0], days)


def _events(scan: Scan) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Every start and every ceasing, in the columns of `_episodes`, flow, event_date and change.

    An episode that ended without a reason is a ceasing where no other of the child was open on that day.
    """
    episodes = collect(_episodes(scan)).lazy()  # used four times below, and the cutting is the most of it
    started = episodes.filter(
        pl.col("begun") == NEW_PERIOD, ~pl.col("starts_short"), pl.col("start").is_not_null()
    ).with_columns(flow=pl.lit("started"), event_date="start", change=pl.lit(1, pl.Int64))
    key = ["person_id", "source_row"]
    others = episodes.select("person_id", other="source_row", other_start="start", other_end="ceased")
    went_on = (
        episodes.filter(pl.col("ceased").is_not_null(), pl.col("reason").is_null())
        .join(others, on="person_id", how="inner")
        .filter(
            pl.col("other") != pl.col("source_row"),
            pl.col("other_start") <= pl.col("ceased").dt.offset_by("1d"),
            pl.col("other_end").is_null() | (pl.col("other_end") > pl.col("ceased")),
        )
        .select(key)
        .unique()
    )
    ceased = (
        episodes.filter(
            pl.col("ceased").is_not_null(),
            pl.col("reason").fill_null("") != ANOTHER_FOLLOWS,
            ~pl.col("ends_short"),
        )
        .join(went_on, on=key, how="anti")
        .with_columns(flow=pl.lit("ceased"), event_date="ceased", change=pl.lit(-1, pl.Int64))
    )
    return started, ceased


def _with_return(started: pl.LazyFrame, ceased: pl.LazyFrame) -> pl.LazyFrame:
    """Add returned and reason_before: of the latest earlier ceasing, if it was within 12 months."""
    before = ceased.select("person_id", "event_date", before="event_date", reason_before="reason")
    key = ["person_id", "source_row"]
    last = (
        started.select(*key, begins="event_date")
        .join(before.drop("event_date"), on="person_id", how="inner")
        .filter(
            pl.col("before") <= pl.col("begins"), pl.col("before") >= pl.col("begins").dt.offset_by("-12mo")
        )
        .sort("before", "reason_before")
        .unique(key, keep="last", maintain_order=True)
        .select(*key, "reason_before", returned=pl.lit(value=True))
    )
    return started.join(last, on=key, how="left").with_columns(pl.col("returned").fill_null(value=False))


def _in_window(events: pl.LazyFrame, days: pl.LazyFrame) -> pl.LazyFrame:
    """The events within each day's window: of a child the first start and the last ceasing."""
    inside = pl.col("event_date").is_between(pl.col("first"), pl.col("last"))
    # a start that is later is worse, a ceasing that is later is better: the sign makes them one order
    rank = pl.col("event_date").to_physical() * pl.col("change")
    return (
        days.join(events, how="cross")
        .filter(inside)
        .sort("day", "flow", "person_id", rank, "source_row", maintain_order=True)
        .unique(["day", "flow", "person_id"], keep="first", maintain_order=True)
    )


def _described(events: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    legal = {code: group for group, codes in LEGAL.items() for code in codes}
    as_at = events.with_columns(as_at="day", day="event_date")
    told = with_holder(with_person(as_at, scan), scan).with_columns(length=length())
    return (
        told.drop("day")
        .rename({"as_at": "day"})
        .with_columns(
            reason_code=pl.when(pl.col("flow") == "ceased").then(pl.col("reason")),
            need=pl.col("need").replace_strict(NEEDS, default=NOT_RECORDED),
            legal_status=pl.col("legal_code").replace_strict(legal, default=NOT_RECORDED),
            length=pl.when(pl.col("flow") == "ceased").then("length"),
            reason_before=pl.when("returned").then(
                pl.col("reason_before").replace_strict(_GROUP, default=NOT_RECORDED)
            ),
        )
        .with_columns(
            reason=pl.when(pl.col("flow") == "ceased").then(
                pl.when(pl.col("reason_code").is_null())
                .then(pl.lit(NOT_RECORDED))
                .otherwise(pl.col("reason_code").replace_strict(_GROUP, default="Any other reason"))
            )
        )
    )


def starts(scan: Scan, days: pl.LazyFrame) -> pl.LazyFrame:
    """One row per day and period of care begun in its window, each of a child's own.

    Returns:
        as `rows`, of the starts alone: returned (Boolean) and reason_before say of each whether an earlier
        period of care ended in the 12 months before it.

    Source: Annex A list 8, second or subsequent period in the last 12 months.
    """
    started, ceased = _events(scan)
    inside = pl.col("event_date").is_between(pl.col("first"), pl.col("last"))
    return _described(days.join(_with_return(started, ceased), how="cross").filter(inside), scan)
