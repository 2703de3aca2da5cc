"""Which rows of a return can be used: whose they are, and which of several that say the same counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from datetime import date

import polars as pl

from data.dataclass import dataclass
from data.issues.model import Severity
from data.schema.codes import code_expr
from data.schema.convert import NOTHING
from data.schema.dates import moments
from data.sources.base import PlaceCount
from data.sources.ssda903.layout import CHILD, Column, columns, names
from data.sources.ssda903.problems import Problems, place_of
from data.sources.ssda903.sheets import Sheet, by_kind
from data.sources.ssda903.years import EPISODES, end_of, happened, is_whole, told_by, year_in_name

ONCE = {
    "episodes": (CHILD, "DECOM"),
    "reviews": (CHILD, "REVIEW"),
    "missing": (CHILD, "MIS_START"),
    "uasc": (CHILD,),
    "oc3": (CHILD,),
    "ad1": (CHILD, "DATE_INT"),
    "placed_for_adoption": (CHILD, "DATE_PLACED"),
    "previous_permanence": (CHILD,),
    "sw_episodes": (CHILD, "SW_DECOM"),
}
"""What the rows of two years of return have in common when they are about the same: the later year's counts.
OC2 is an answer about one year, and header rows of all years together tell about a child."""

YEARLY = ("oc2",)
"""Answers about one year: the same answer in another year is another answer."""


NO_HOME = ("dolo",)
"""Files that no table of the standard can hold."""


@dataclass
class Rows:
    """The usable rows of a whole return, by kind.

    Each frame has the contract's columns of its kind (String), source_row, child (String, never null) and
    year (Int32: the year of return, null where it cannot be told), later years first.
    """

    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    columns: dict[str, frozenset[str]] = field(default_factory=dict)
    """the contract's columns that some file of the kind has"""
    counts: list[PlaceCount] = field(default_factory=list)
    data_date: date | None = None
    """the last day of the latest year of return, where that can be told and the year seems whole"""


def usable(sheets: Sequence[Sheet], whole: str, problems: Problems, today: date) -> Rows:
    """Sort out the rows of all files together; `whole` is the name of the folder or file they are in."""
    found = Rows()
    years = _years(sheets, whole, today)
    held: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for sheet in sheets:
        taken[sheet.place] += sheet.frame.height + sheet.held
        held[sheet.place] += sheet.held
    for kind, several in by_kind(sheets):
        every = pl.concat(
            [
                sheet.frame.with_columns(year=pl.lit(years[sheet.place], pl.Int32), nth=pl.lit(nth))
                for nth, sheet in enumerate(several)
            ]
        ).sort(pl.col("year").fill_null(0), descending=True, maintain_order=True)
        kept = _kept(kind, _with_child(kind, every, problems), problems)
        if kind in NO_HOME:
            kept = _without_home(kept, problems)
        lost = every.join(kept.select("source_row"), on="source_row", how="anti")
        held.update(dict(lost.group_by(place_of().alias("place")).len().iter_rows()))
        found.frames[kind] = kept
        found.columns[kind] = frozenset().union(*(sheet.columns for sheet in several))
    found.counts = [
        PlaceCount(place, count, count - held[place], held[place]) for place, count in taken.items()
    ]
    found.data_date = _data_date(found, today)
    return found


def _without_home(rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    reason = "The Standard Safeguarding Dataset has no table for this, so the row is in no report."
    problems.rows(rows, "no_ssd_home", "note", reason, effect="row held", person="child")
    return rows.clear()


def _years(sheets: Sequence[Sheet], whole: str, today: date) -> dict[str, int | None]:
    """The year of each file, by its name or folder unless its dates speak against that; else by dates.

    Files without episodes of their own are of no later year than the episodes of the whole return.
    """
    said = {sheet.place: year_in_name(sheet.place.rpartition(": ")[2]) for sheet in sheets}
    years: dict[str, int | None] = {}
    groups: dict[tuple[str, int | None], list[Sheet]] = {}
    for sheet in sheets:
        name = said[sheet.place] or year_in_name(sheet.group) or year_in_name(whole)
        groups.setdefault((sheet.group, name), []).append(sheet)
    told: dict[tuple[str, int | None], int | None] = {}
    for has_episodes in (True, False):
        limit = max((year for year in told.values() if year is not None), default=None)
        for group, together in groups.items():
            if has_episodes == any(sheet.kind == EPISODES for sheet in together):
                frames = [(sheet.kind, sheet.frame) for sheet in together]
                told[group] = told_by(frames, today, None if has_episodes else limit)
    for (folder, named), together in groups.items():
        said_by_dates = told[folder, named]
        later = named is None or (said_by_dates is not None and said_by_dates > named)
        years |= {sheet.place: said_by_dates if later else named for sheet in together}
    return years


def _data_date(found: Rows, today: date) -> date | None:
    days = happened(found.frames.items(), today)
    years = [frame["year"].max() for frame in found.frames.values() if frame.height]
    latest = max((year for year in years if isinstance(year, int)), default=None)
    if latest is None or end_of(latest) > today or not is_whole(days, latest):
        return None
    return end_of(latest)


def _with_child(kind: str, rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """The rows that say whose they are and anything else, with `child`; the others are told."""
    text = pl.col(CHILD).str.replace(r"^(\d+)\.0+$", "$1")
    said = pl.any_horizontal(
        (~pl.col(name).is_in(NOTHING)).fill_null(False) for name in names(kind) if name != CHILD
    )
    judged = rows.with_columns(child=pl.when(~text.is_in(NOTHING)).then(text)).with_columns(
        fault=pl.when(pl.col("child").is_null()).then(pl.lit("no_child_id"))
        .when(pl.col(CHILD).str.to_uppercase() == CHILD).then(pl.lit("heading_row"))
        .when(~said).then(pl.lit("nothing_said"))
    )  # fmt: skip
    reasons: Sequence[tuple[str, Severity, str]] = (
        (
            "no_child_id",
            "error",
            "The row has no child number (CHILD), so its child is not known. Add it in the source.",
        ),
        ("heading_row", "note", "The row repeats the headings."),
        ("nothing_said", "warning", "The row has a child number and nothing else."),
    )
    for rule, severity, reason in reasons:
        problems.rows(
            judged.filter(pl.col("fault") == rule), rule, severity, reason, effect="row held", column=CHILD,
            person="child" if rule == "nothing_said" else None,
        )  # fmt: skip
    return judged.filter(pl.col("fault").is_null()).drop("fault")


def _kept(kind: str, rows: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Each row once; of two years' rows about the same, the later year's."""
    cells = [canonical(column).alias(f"same {column.name}") for column in columns(kind)]
    dated = [
        moments(rows[column.name]).cast(pl.Date).cast(pl.String).alias(f"date {column.name}")
        for column in columns(kind)
        if column.type == "date"
    ]
    rows = rows.with_columns(dated).with_columns(cells)
    same = [f"same {name}" for name in names(kind)]
    apart = ["year", "nth"] if kind in YEARLY else []
    first = pl.struct(*same, *apart[:1]).is_first_distinct()
    if kind in YEARLY:  # two files whose year is not known may be of two years
        first = (
            pl.when(pl.col("year").is_null())
            .then(pl.struct(*same, *apart).is_first_distinct())
            .otherwise(first)
        )
    again = rows.filter(~first)
    problems.rows(
        again, "duplicate_row", "note" if rows["nth"].n_unique() > 1 else "warning",
        "The same row is there more than once, in this file or another year's; it is counted once.",
        effect="row held", person="child",
    )  # fmt: skip
    rows = rows.filter(first)
    if kind in ONCE:
        key = [f"same {name}" for name in ONCE[kind]]
        latest = pl.col("year").max().over(key)
        over = (pl.col("year") < latest).fill_null(False) & pl.all_horizontal(pl.col(key).is_not_null())
        problems.rows(
            rows.filter(over), "superseded", "note",
            "A later year's return has different values for the same; those are used.",
            effect="row held", person="child",
        )  # fmt: skip
        rows = rows.filter(~over)
    return rows.select("source_row", "child", "year", *names(kind))


def canonical(column: Column) -> pl.Expr:
    """A cell as it is compared: dates, codes and numbers alike however they are written."""
    text = pl.col(column.name)
    plain = pl.when(~text.is_in(NOTHING)).then(text.str.to_uppercase())
    if column.type == "date":
        return pl.coalesce(f"date {column.name}", plain)
    if column.name == CHILD:
        return pl.col("child")
    if column.code_list:
        return pl.coalesce(code_expr(text, column.code_list), plain)
    return plain.str.replace(r"^(\d+)\.0+$", "$1")
