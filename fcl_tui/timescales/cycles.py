"""The one shape all repeating timescales share: a spell, what happened in it, and the cycles between.

A spell is a plan, a placement or a period of care. Cycle 1 starts when the spell starts and is done by
the first thing that happened in it; cycle n starts with the thing before and is done by the nth; the last
one is open. Things on one day are one. Nothing before the spell's start or after its end counts.

Spells: person_id, spell (String, names the spell within the person), match_id (String|null, what its
happenings point to), started (Date, never null), ended (Date|null), ended_by, started_by, row (String:
"table/key"), and whatever facts a rule needs. Happenings: person_id (null when only match_id is known),
match_id (null when only the person is known), date (Date), row.
"""

import polars as pl

from fcl_tui.timescales.rulebook.rules import Settings

NAMED = ("person_id", "spell")


def row_of(table: str, key: str) -> pl.Expr:
    """The row's name, "table/key"; null when it has no key."""
    return pl.lit(f"{table}/") + pl.col(key)


def named(key: str, start: str) -> pl.Expr:
    """What a spell is called: its key in the source, else the day it started."""
    return pl.coalesce(pl.col(key), pl.lit("from ") + pl.col(start).cast(pl.String))


def whole(spells: pl.LazyFrame) -> pl.LazyFrame:
    """Spells that can be used: known person and start, one row per name."""
    return (
        spells.filter(pl.col("person_id").is_not_null(), pl.col("started").is_not_null())
        .sort(*NAMED, "started", "row", nulls_last=True)
        .unique(subset=NAMED, keep="first", maintain_order=True)
    )


def seen(field: str, settings: Settings) -> pl.Expr:
    """Whether a visit counts, by its "child seen" code."""
    if settings.unseen_visits_count:
        return pl.lit(True)
    code = pl.col(field)
    if settings.blank_seen_counts:
        return code.is_null() | (code != "N")
    return code == "Y"


def attached(spells: pl.LazyFrame, happenings: pl.LazyFrame, *, start_day_counts: bool) -> pl.LazyFrame:
    """Happenings with the spell they belong to: person_id, spell, date, row.

    One that names its spell belongs to that and to no other. One that does not belongs to the spell of
    the person that had most lately started.
    """
    dated = happenings.filter(pl.col("date").is_not_null())
    theirs = spells.select(*NAMED, "match_id", "started", "ended")
    known = theirs.select("match_id").filter(pl.col("match_id").is_not_null()).unique()
    pointing = (
        dated.filter(pl.col("match_id").is_not_null())
        .join(theirs, on="match_id", how="inner", suffix="_spell")
        .filter(pl.col("person_id").is_null() | (pl.col("person_id") == pl.col("person_id_spell")))
        .with_columns(person_id=pl.col("person_id_spell"))
    )
    loose = (
        dated.filter(pl.col("person_id").is_not_null())
        .join(known, on="match_id", how="anti")
        .drop("match_id")
        .sort("date")
        .join_asof(
            theirs.drop("match_id").sort("started", "ended", "spell", nulls_last=True),
            left_on="date",
            right_on="started",
            by="person_id",
            strategy="backward",
            allow_exact_matches=start_day_counts,
            check_sortedness=False,
            coalesce=False,
        )
        .filter(pl.col("spell").is_not_null())
    )
    columns = (*NAMED, "date", "row", "started", "ended")
    begun = pl.col("date") >= pl.col("started") if start_day_counts else pl.col("date") > pl.col("started")
    return (
        pl.concat([pointing.select(columns), loose.select(columns)])
        .filter(begun, pl.col("ended").is_null() | (pl.col("date") <= pl.col("ended")))
        .select(*NAMED, "date", "row")
    )


def cycles(
    spells: pl.LazyFrame, happenings: pl.LazyFrame, *, then: str, latest_only: str | None = None
) -> pl.LazyFrame:
    """The cycles of every spell.

    Args:
        spells: as above.
        happenings: as `attached` returns them.
        then: what the clock of a later cycle started from ("last visit").
        latest_only: what the source holds only the latest of ("visit"); then only the cycle from the
            latest one is given, since nothing is known of those before. None: the source holds them all.

    Returns:
        one row per cycle: the spell's columns, with started, started_by and cycle (Int32) of the cycle,
        spell_started (Date), done_date, source_rows and assumed.
    """
    own_row = spells.select(*NAMED, date="started", row="row", order=pl.lit(0, pl.Int8))
    things = (
        happenings.group_by(*NAMED, "date")
        .agg(pl.col("row").min())
        .select(*NAMED, "date", "row", order=pl.lit(1, pl.Int8))
    )
    same_before = (pl.col("person_id") == pl.col("person_id").shift()) & (
        pl.col("spell") == pl.col("spell").shift()
    )
    same_after = same_before.shift(-1, fill_value=False)
    log = (
        pl.concat([own_row, things])
        .sort(*NAMED, "date", "order")
        .with_columns(first=~same_before.fill_null(False), at=pl.int_range(pl.len(), dtype=pl.Int32))
        .with_columns(
            cycle=pl.col("at") - pl.when("first").then("at").forward_fill() + 1,
            done_date=pl.when(same_after).then(pl.col("date").shift(-1)),
            done_row=pl.when(same_after).then(pl.col("row").shift(-1)),
        )
        .drop("first", "at", "order")
    )
    if latest_only is not None:
        log = log.filter(pl.col("done_date").is_null())
    later = pl.col("cycle") > 1
    assumed = pl.lit(f"only the latest {latest_only} is in this source") if latest_only else pl.lit(None)
    return (
        log.rename({"row": "from_row"})
        .join(spells.rename({"started": "spell_started"}), on=NAMED, how="inner")
        .with_columns(
            started=pl.col("date"),
            started_by=pl.when(later).then(pl.lit(then)).otherwise("started_by"),
            assumed=pl.when(later).then(assumed.cast(pl.String)),
            source_rows=pl.concat_str(
                pl.when(later).then("row"), "from_row", "done_row", separator="; ", ignore_nulls=True
            ),
        )
        .drop("date", "row", "from_row", "done_row")
    )


def both(*notes: pl.Expr) -> pl.Expr:
    """Several remarks as one; null when there is none."""
    joined = pl.concat_str(*notes, separator="; ", ignore_nulls=True)
    return pl.when(joined != "").then(joined)
