"""What Annex A counts in another way than we do: its clock, its windows, the last event only.

Each function gives the rows that Annex A counts; of a share all that it is out of, with `inside` (Boolean).
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from data.dataclass import dataclass
from fcl_tui.definitions.days.calendar import Calendar

Rows = Callable[[str, str], pl.LazyFrame]
"""Rows of the family of an official key, in a window (now, six months, twelve months)"""
LIMIT = 45
COLUMNS = ("date", "ended", "episode_id", "flow", "legal_code", "looked_after", "offered", "person_id",
           "record", "start", "start_date")  # fmt: skip
"""Of the rows, those that are read here"""


@dataclass(frozen=True)
class Annex:
    """A count of Annex A: what it is called, why it is not ours, and its rows."""

    item: str
    why: str
    of: str
    """an official key of the family whose rows it counts"""
    rows: Callable[[Rows, Calendar], pl.LazyFrame]
    share: bool = False


def counted(annex: Annex, rows: Rows, calendar: Calendar) -> pl.LazyFrame:
    """One row: item (words), annex (Float64: number or per cent), out_of (Int64, null of a number), why."""
    many, told = pl.len().cast(pl.Int64), annex.rows(rows, calendar)
    inside = pl.col("inside").fill_null(value=False).sum() if annex.share else many
    share = pl.when(pl.len() > 0).then(inside * 100.0 / pl.len())
    return told.select(
        item=pl.lit(annex.item),
        annex=(share if annex.share else many).cast(pl.Float64),
        out_of=many if annex.share else pl.lit(None, pl.Int64),
        why=pl.lit(annex.why),
    )


def _assessment_clock(rows: Rows, calendar: Calendar) -> pl.LazyFrame:
    """Assessments in 45 working days of their own start, those without one in no figure."""
    done = rows("assess_completed", "six months").filter(pl.col("start_date").is_not_null())
    days = calendar.working_days_between(pl.col("start_date"), pl.col("date"))
    return done.with_columns(inside=days <= LIMIT)


def _assessments_listed(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Assessments open at some time in the six months."""
    return _either(rows("assess_completed", "six months"), rows("assess_open", "now"), "record")


def _early_help(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Early help begun in, or open at some time in, the six months."""
    return rows("eh_assessments", "six months")


def _in_need_listed(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Children in need at some time in the six months."""
    ended = rows("cin_ended", "six months").filter(pl.col("flow") == "ended")
    return _either(rows("cin_open", "now"), ended, "person_id")


def _protection_listed(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Children on a plan at some time in the six months."""
    ended = rows("cp_ended", "six months").filter(pl.col("flow") == "ended")
    return _either(rows("cp_open", "now"), ended, "person_id")


def _looked_after_listed(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Children looked after at some time in the six months."""
    ceased = rows("cla_ceased", "six months").filter(pl.col("flow") == "ceased")
    return _either(rows("cla_open", "now"), ceased, "person_id")


def _looked_after_without_agreed(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Children looked after on the day, without those in a single agreed series of short breaks (V1)."""
    return rows("cla_open", "now").filter(pl.col("legal_code").fill_null("") != "V1")


def _last_missing(rows: Rows, _calendar: Calendar) -> pl.LazyFrame:
    """Return interviews offered after the last missing episode of each child looked after."""
    ended = rows("missing_episodes", "twelve months").filter(pl.col("ended"), pl.col("looked_after"))
    last = ended.sort("start", "episode_id").unique("person_id", keep="last", maintain_order=True)
    return last.with_columns(inside=pl.col("offered") == "Y")


def _either(first: pl.LazyFrame, second: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """The rows of both, each key once, as the first has it."""
    both = pl.concat([first, second], how="diagonal_relaxed")
    return both.unique(key, keep="first", maintain_order=True)


COUNTS: dict[str, Annex] = {
    "assessment_clock": Annex(
        "Completed in 45 working days, %",
        "its clock starts with the assessment",
        "assess_completed",
        _assessment_clock,
        share=True,
    ),
    "assessments_listed": Annex(
        "Assessments listed", "open ones are listed too", "assess_completed", _assessments_listed
    ),
    "early_help": Annex(
        "Early help listed",
        "episodes that ended in the six months are listed too",
        "eh_assessments",
        _early_help,
    ),
    "in_need_listed": Annex(
        "Children listed",
        "those whose case closed in the six months are listed too",
        "cin_open",
        _in_need_listed,
    ),
    "protection_listed": Annex(
        "Children listed", "those whose plan ended in the six months are listed too", "cp_open",
        _protection_listed,
    ),
    "looked_after_listed": Annex(
        "Children listed", "those who left care in the six months are listed too", "cla_open",
        _looked_after_listed,
    ),
    "looked_after_without_agreed": Annex(
        "Looked after on the day",
        "the standard's script leaves out V1 as well as V3 and V4",
        "cla_open",
        _looked_after_without_agreed,
    ),
    "last_missing": Annex(
        "Return interview offered, %",
        "only each looked-after child's last episode",
        "missing_episodes",
        _last_missing,
        share=True,
    ),
}  # fmt: skip
"""By the name that a page of ChAT gives"""
