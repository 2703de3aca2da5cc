"""What Annex A counts in another way than we do: its clock, its windows, the last event only.

Each gives one row: item (words), annex (Float64), out_of (Int64, null where it is a number), why (String).
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from fcl_tui.definitions.calendar import Calendar

Rows = Callable[[str, str], pl.LazyFrame]
"""Rows of the family of an official key, in a window (now, six months, twelve months)"""
LIMIT = 45


def assessment_clock(rows: Rows, calendar: Calendar) -> pl.LazyFrame:
    """Assessments in 45 working days of their own start, those without one in no figure."""
    done = rows("assess_completed", "six months").filter(pl.col("start_date").is_not_null())
    days = calendar.working_days_between(pl.col("start_date"), pl.col("date"))
    told = done.with_columns(_in=days <= LIMIT).select(annex=_share("_in"), out_of=_many())
    return _named(told, "Completed in 45 working days, %", "its clock starts with the assessment")


def assessments_listed(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Assessments open at some time in the six months."""
    done = rows("assess_completed", "six months").select("record")
    every = pl.concat([done, rows("assess_open", "now").select("record")]).unique()
    return _named(
        every.select(annex=_many(), out_of=_none()), "Assessments listed", "open ones are listed too"
    )


def early_help(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Early help begun in, or open at some time in, the six months."""
    told = rows("eh_assessments", "six months").select(annex=_many(), out_of=_none())
    return _named(told, "Early help listed", "episodes that ended in the six months are listed too")


def in_need_listed(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Children in need at some time in the six months."""
    ended = rows("cin_ended", "six months").filter(pl.col("flow") == "ended").select("person_id")
    every = pl.concat([ended, rows("cin_open", "now").select("person_id")]).unique()
    told = every.select(annex=_many(), out_of=_none())
    return _named(told, "Children listed", "those whose case closed in the six months are listed too")


def protection_listed(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Children on a plan at some time in the six months."""
    ended = rows("cp_ended", "six months").filter(pl.col("flow") == "ended").select("person_id")
    every = pl.concat([ended, rows("cp_open", "now").select("person_id")]).unique()
    told = every.select(annex=_many(), out_of=_none())
    return _named(told, "Children listed", "those whose plan ended in the six months are listed too")


def looked_after_listed(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Children looked after at some time in the six months."""
    ceased = rows("cla_ceased", "six months").filter(pl.col("flow") == "ceased").select("person_id")
    every = pl.concat([ceased, rows("cla_open", "now").select("person_id")]).unique()
    told = every.select(annex=_many(), out_of=_none())
    return _named(told, "Children listed", "those who left care in the six months are listed too")


def looked_after_without_agreed(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Children looked after on the day, without those in a single agreed series of short breaks (V1)."""
    kept = rows("cla_open", "now").filter(pl.col("legal_code").fill_null("") != "V1")
    told = kept.select(annex=_many(), out_of=_none())
    return _named(told, "Looked after on the day", "the standard's script leaves out V1 as well as V3 and V4")


def last_missing(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Return interviews offered after the last missing episode of each child looked after."""
    ended = rows("missing_episodes", "twelve months").filter(pl.col("ended"), pl.col("looked_after"))
    last = ended.sort("start", "episode_id").unique("person_id", keep="last", maintain_order=True)
    told = last.with_columns(_in=pl.col("offered") == "Y").select(annex=_share("_in"), out_of=_many())
    return _named(told, "Return interview offered, %", "only each looked-after child's last episode")


def _share(column: str) -> pl.Expr:
    inside = pl.col(column).fill_null(value=False)
    return pl.when(pl.len() > 0).then(inside.sum() * 100.0 / pl.len())


def _many() -> pl.Expr:
    return pl.len().cast(pl.Int64)


def _none() -> pl.Expr:
    return pl.lit(None, pl.Int64)


def _named(told: pl.LazyFrame, item: str, why: str) -> pl.LazyFrame:
    return told.select(
        item=pl.lit(item), annex=pl.col("annex").cast(pl.Float64), out_of="out_of", why=pl.lit(why)
    )
