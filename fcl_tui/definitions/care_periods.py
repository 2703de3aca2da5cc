"""Periods of care: the one definition that statuses and due dates share.

- An episode without an end goes on until the child's next episode without an end starts. One that began
  later and has ended ends nothing. One within another is part of the same period, whatever its number.
- Episodes are one period while none begins later than the day after all before it ended. Another period of
  care number starts another period, unless the episode before ended X1 (SSDA903: the next begins at once).
- Days on which every legal status in force is a short break (V3, V4) are apart.
"""

import polars as pl

from data.frames import Scan
from data.schema.open_spells import until

SHORT_BREAKS = ("V3", "V4")
"""Legal statuses of short breaks: shown, never counted as looked after."""
NEW_PERIOD = "S"
"""Why an episode began: a new period of care."""
ANOTHER_FOLLOWS = "X1"
"""Why an episode ceased: another begins at once."""
_FAR = pl.date(9999, 12, 31)


def known_start_or_open(start: str, end: str) -> pl.Expr:
    """A row without a start date tells nothing once it has ended; while open it still counts."""
    return pl.col(start).is_not_null() | pl.col(end).is_null()


def legal_statuses(scan: Scan) -> pl.LazyFrame:
    """Legal status spells: person_id, legal_status (code), legal_start, legal_end (Date).

    The end is the stored one, else the start of the next; null = open.
    """
    return (
        scan("legal_status")
        .filter(pl.col("lega_person_id").is_not_null() & pl.col("lega_legal_status").is_not_null())
        .sort("lega_person_id", "lega_legal_status_start_date", "lega_legal_status_id")
        .select(
            pl.col("lega_person_id").alias("person_id"),
            pl.col("lega_legal_status").alias("legal_status"),
            pl.col("lega_legal_status_start_date").alias("legal_start"),
            pl.coalesce(
                "lega_legal_status_end_date",
                pl.col("lega_legal_status_start_date").shift(-1).over("lega_person_id"),
            ).alias("legal_end"),
        )
    )


_EPISODE_ORDER = ("person_id", "start", "end", "episode", "source_row")
_STRETCH = ("person_id", "start", "end")


def _in_order(episodes: pl.LazyFrame) -> pl.LazyFrame:
    return episodes.sort(*_EPISODE_ORDER, nulls_last=[False, False, True, False, False])


def _with_care(episodes: pl.LazyFrame) -> pl.LazyFrame:
    """Add number (String: of the period of care) and care (UInt32, ascending: which period it is part of).

    An episode within another has the number of that one.
    """
    person = "person_id"
    end = pl.col("end").fill_null(_FAR)
    before = end.cum_max().shift(1).over(person)
    outer = pl.col("outer")
    longest_first = [False, False, True, False, False]
    reason = pl.when(outer).then(pl.col("reason").fill_null("")).forward_fill().over(person)
    follows = reason.shift(1).over(person) == ANOTHER_FOLLOWS
    another = (pl.col("number") != pl.col("number").shift(1).over(person)) & ~follows
    first = pl.col(person).cum_count().over(person) == 1
    apart = pl.col("start") > before.dt.offset_by("1d")
    return (
        episodes.sort(*_EPISODE_ORDER, descending=longest_first)
        .with_columns(outer=(end > before).fill_null(value=True))
        .with_columns(number=pl.col("cla_id").first().over(person, outer.cum_sum().over(person)))
        .with_columns(care=(first | (apart | another).fill_null(value=False)).cum_sum())
        .drop("outer")
    )


def _episodes(scan: Scan) -> pl.LazyFrame:
    """Care episodes with an end: the stored one, else the start of the next that is open."""
    person = "person_id"
    return _with_care(
        _in_order(
            scan("cla_episodes")
            .select(
                pl.col("clae_person_id").alias(person),
                pl.coalesce("clae_cla_episode_start_date", "clae_entered_care_date").alias("start"),
                pl.col("clae_cla_episode_ceased_date").alias("end"),
                pl.col("clae_cla_episode_ceased_reason").alias("reason"),
                pl.col("clae_cla_episode_start_reason").alias("begun"),
                pl.col("clae_entered_care_date").alias("entered"),
                pl.col("clae_cla_id").alias("cla_id"),
                pl.col("clae_cla_episode_id").alias("episode"),
                "source_row",
            )
            .filter(pl.col(person).is_not_null() & known_start_or_open("start", "end"))
        ).with_columns(end=until("start", "end", person))
    )


def _with_legal(stretches: pl.LazyFrame, scan: Scan) -> pl.LazyFrame:
    """Stretches of time, each beside every legal status that was in force within it."""
    begins_in_time = pl.col("end").is_null() | (pl.col("legal_start") < pl.col("end"))
    ends_in_time = pl.col("start").is_null() | (pl.col("legal_end") > pl.col("start"))
    return stretches.join(legal_statuses(scan), on="person_id", how="inner").filter(
        pl.col("legal_start").is_null() | begins_in_time, pl.col("legal_end").is_null() | ends_in_time
    )


def _judged(legal: pl.LazyFrame, by: tuple[str, ...]) -> pl.LazyFrame:
    """Whether all of the legal statuses are short breaks, and which is the latest."""
    return (
        legal.sort(*by, "legal_start", "legal_status")
        .group_by(by, maintain_order=True)
        .agg(
            short_break=pl.col("legal_status").is_in(SHORT_BREAKS).all(),
            legal_status=pl.col("legal_status").last(),
        )
    )


def by_day(scan: Scan) -> pl.LazyFrame:
    """Care episodes cut where the legal status changes, and whether each piece is a short break.

    A short break is a piece on whose days every legal status in force is V3 or V4. Of days on which none is
    in force all those of the episode decide, as a source may hold the latest only.

    Returns:
        one row per piece, by person_id and start: person_id, start, end (Date; null = open), reason (why the
        episode ceased), begun (why it began), entered (Date), cla_id, episode (its key), source_row, number
        (of the period of care), care (UInt32, which period), short_break (Boolean), legal_status (code).
    """
    episodes = _episodes(scan)
    stretches = episodes.select(_STRETCH).unique()
    whole = _with_legal(stretches, scan)
    inside = (pl.col("cut") > pl.col("start")).fill_null(value=True) & (
        pl.col("cut") < pl.col("end")
    ).fill_null(value=True)
    cuts = [
        whole.select(*_STRETCH, cut=name).filter(pl.col("cut").is_not_null() & inside)
        for name in ("legal_start", "legal_end")
    ]
    first = stretches.with_columns(cut="start")
    pieces = (
        pl.concat([first, *cuts])
        .unique()
        .sort(*_STRETCH, "cut", nulls_last=False)
        .with_columns(
            piece_end=pl.coalesce(pl.col("cut").shift(-1).over(_STRETCH), "end"),
        )
    )
    of_day = _judged(
        whole.join(pieces.select(*_STRETCH, "cut"), on=_STRETCH, how="inner", nulls_equal=True).filter(
            (pl.col("legal_start") <= pl.col("cut")).fill_null(pl.col("legal_start").is_null()),
            pl.col("legal_end").is_null() | (pl.col("legal_end") > pl.col("cut")).fill_null(value=True),
        ),
        (*_STRETCH, "cut"),
    )
    of_all = _judged(whole, _STRETCH)
    cut = (
        episodes.join(pieces, on=_STRETCH, how="left", nulls_equal=True)
        .join(of_day, on=(*_STRETCH, "cut"), how="left", nulls_equal=True)
        .join(of_all, on=_STRETCH, how="left", nulls_equal=True, suffix="_of_all")
        .with_columns(
            start="cut",
            end="piece_end",
            short_break=pl.coalesce("short_break", "short_break_of_all").fill_null(value=False),
            legal_status=pl.coalesce("legal_status", "legal_status_of_all"),
        )
    )
    return _in_order(cut)


def in_periods(pieces: pl.LazyFrame, *, short_breaks_apart: bool = True) -> pl.LazyFrame:
    """The pieces of `by_day`, each with the period of care it is part of.

    Args:
        pieces: as `by_day` gives them, in its order.
        short_breaks_apart: whether days of short breaks are periods of their own.

    Returns:
        the same rows with period (UInt32, ascending) and before (Date: when all the child's pieces before
        this one are over; null for the first).
    """
    person = "person_id"
    before = pl.col("end").fill_null(_FAR).cum_max().shift(1).over(person)
    ordered = pieces.sort("care", maintain_order=True).with_columns(before=before, period="care")
    if not short_breaks_apart:
        return ordered
    changed = pl.any_horizontal(pl.col(name) != pl.col(name).shift(1) for name in ("care", "short_break"))
    return ordered.with_columns(period=changed.fill_null(value=True).cum_sum())
