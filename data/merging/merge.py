"""One table of a snapshot from what the sources gave: children found, keys made, duplicates held.

Every row that comes in goes out or is held in the issues; only rows of `person`, and of lists of workers
and teams that are not a database's own, are merged where they speak of the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import polars as pl

from data.dataclass import dataclass
from data.issues import model as issue_frames
from data.issues.rows import Hold, issues_of
from data.merging.duplicates import repeated
from data.merging.precedence import SHARED_KEYS, beside, merged
from data.merging.visits import UNSPECIFIC, days_elsewhere
from data.merging.with_parent import without_orphaned
from data.schema.tables import PROVENANCE, key_of, person_of, polars_schema

Scan: TypeAlias = Callable[[str], pl.LazyFrame]

PARENTS = {
    "cin_assessments": ("cina_referral_id", "cin_episodes", "cine_referral_id"),
    "cin_plans": ("cinp_referral_id", "cin_episodes", "cine_referral_id"),
    "s47_enquiry": ("s47e_referral_id", "cin_episodes", "cine_referral_id"),
    "cp_plans": ("cppl_referral_id", "cin_episodes", "cine_referral_id"),
    "cp_visits": ("cppv_cp_plan_id", "cp_plans", "cppl_cp_plan_id"),
    "cp_reviews": ("cppr_cp_plan_id", "cp_plans", "cppl_cp_plan_id"),
    "cla_placement": ("clap_cla_id", "cla_episodes", "clae_cla_id"),
    "cla_reviews": ("clar_cla_id", "cla_episodes", "clae_cla_id"),
    "cla_visits": ("clav_cla_id", "cla_episodes", "clae_cla_id"),
    "permanence": ("perm_cla_id", "cla_episodes", "clae_cla_id"),
    "involvements": ("invo_referral_id", "cin_episodes", "cine_referral_id"),
}
"""Where a row may not name its child: its link, the table it leads to, and the field there."""

NUMBERED = "no-number"
"""How the keys begin that rows without one are given."""

REGISTERS = ("person", "professionals", "department")


@dataclass(frozen=True)
class Part:
    """All that one source gave for a table."""

    frame: pl.LazyFrame
    own_keys: bool
    """the source is a database that numbers its rows itself"""
    others: Scan | None = None
    """what the source gave for other tables, as it came; asked for visits and for what needs other rows"""


@dataclass(frozen=True)
class Finished:
    """A table as the snapshot holds it."""

    frame: pl.LazyFrame
    """its rows, to be sorted by `order`: by child and then number, one row each"""
    order: list[str]
    held: pl.DataFrame
    """source and source_row of the rows that are not in `frame` or merged into it"""
    issues: pl.DataFrame


def finished(table: str, parts: Iterable[Part], parents: Scan) -> Finished:
    """Make one table of the parts, given the finished tables before it in the standard's order.

    Of rows with the same key the fullest is kept. Where several sources speak of a child, what the first
    says stands; what another adds is decided in `data.merging.precedence`. What depends on a row that
    yields goes with it (`data.merging.with_parent`). `person` is merged field by field.
    """
    told: list[pl.DataFrame] = []
    held: list[pl.DataFrame] = []

    def hold(rows: pl.DataFrame, rule: str, severity: str, reason: str | pl.Expr) -> None:
        held.append(rows.select(PROVENANCE))
        told.append(issues_of(rows, table, rule, severity, effect="row held", reason=reason))

    kept: list[pl.LazyFrame] = []
    elsewhere: list[pl.LazyFrame] = []
    for part in parts:
        if table == UNSPECIFIC and part.others is not None:
            elsewhere.append(days_elsewhere(part.others))
        frame = _with_child(table, part.frame, parents)
        frame = _with_keys(table, frame, hold, told)
        if kept and part.others is not None:
            frame = without_orphaned(table, frame, part.others, parents, kept, hold)
        if part.own_keys or table not in REGISTERS:
            frame = _once(table, frame, hold)
        else:
            frame = merged(table, [frame], told)
        kept.append(frame)
    frame = merged(table, kept, told) if table in REGISTERS else beside(table, kept, hold, told, elsewhere)
    order = [name for name in (person_of(table), key_of(table)) if name]
    if table in SHARED_KEYS:
        order += [name for name in polars_schema(table) if name not in order]
    empty = pl.DataFrame(schema=dict.fromkeys(PROVENANCE, pl.String()))
    return Finished(frame, order, pl.concat([empty, *held]), pl.concat([issue_frames.frame(), *told]))


def _with_child(table: str, frame: pl.LazyFrame, parents: Scan) -> pl.LazyFrame:
    """Fill the child where the row names only its plan, period of care or referral."""
    person = person_of(table)
    if table not in PARENTS or person is None or not _any(frame, pl.col(person).is_null()):
        return frame
    link, parent, parent_key = PARENTS[table]
    known = (
        parents(parent)
        .select("source", pl.col(parent_key).alias(link), pl.col(str(person_of(parent))).alias("_child"))
        .drop_nulls()
        .group_by("source", link)
        .agg(pl.col("_child").first(), (pl.col("_child").n_unique() == 1).alias("_one"))
        .filter("_one")
        .drop("_one")
    )
    joined = frame.join(known, on=["source", link], how="left")
    return joined.with_columns(pl.coalesce(person, "_child").alias(person)).drop("_child")


def _any(frame: pl.LazyFrame, condition: pl.Expr) -> bool:
    return bool(frame.select(condition.any()).collect().item())


def _with_keys(table: str, frame: pl.LazyFrame, hold: Hold, told: list[pl.DataFrame]) -> pl.LazyFrame:
    """Give rows without a key one made of their content's rank, the same at every load."""
    key = key_of(table)
    if not _any(frame, pl.col(key).is_null()):
        return frame
    without = frame.filter(pl.col(key).is_null()).collect()
    others = frame.filter(pl.col(key).is_not_null())
    if key == person_of(table):
        hold(
            without, "no_key", "error", "The row does not say which child it is about, so it cannot be used."
        )
        return others
    content = [name for name in polars_schema(table, provenance=False) if name != key]
    reason = "The row has no number of its own; it was given one for this snapshot."
    told.append(issues_of(without, table, "no_key", "warning", effect="kept", reason=reason, column=key))
    rank = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(7)
    numbered = without.sort(content, nulls_last=True, maintain_order=True).with_columns(
        pl.concat_str(pl.lit(f"{NUMBERED}-"), rank).alias(key)
    )
    return pl.concat([others, numbered.lazy()])


def _once(table: str, frame: pl.LazyFrame, hold: Hold) -> pl.LazyFrame:
    """Keep one of rows that are the same, and the fullest of rows with the same key."""
    key = key_of(table)
    twice = repeated(frame, key).to_frame()
    if twice.is_empty():
        return frame
    content = list(polars_schema(table, provenance=False))
    doubtful = (
        frame.join(twice.lazy(), on=key, how="semi")
        .sort(key, pl.sum_horizontal(pl.col(content).is_null()), *content, "source_row", nulls_last=True)
        .collect()
    )
    again = _repeated(doubtful, content)
    hold(
        doubtful.filter(again),
        "duplicate_row",
        "warning",
        "The same row is there more than once; one is kept.",
    )
    doubtful = doubtful.filter(~again)
    if table not in SHARED_KEYS:
        later = _repeated(doubtful, [key])
        reason = "Another row has the same number and other content; the fullest is kept, correct the source."
        hold(doubtful.filter(later), "duplicate_key", "error", reason)
        doubtful = doubtful.filter(~later)
    return pl.concat([frame.join(twice.lazy(), on=key, how="anti"), doubtful.lazy()])


def _repeated(frame: pl.DataFrame, columns: list[str]) -> pl.Series:
    return frame.select(~pl.struct(columns).is_first_distinct())[columns[0]]
