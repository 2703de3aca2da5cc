"""The draw: who is audited in a quarter, the same on every machine, with a reason for each child left out.

Within a stratum children come in the order of SHA-256 over the seed and their number, so that the draw hangs
neither on the order of rows nor on Polars, Python's random numbers or the machine. The seed is public: period
and number of the draw.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from math import floor

import polars as pl

from data.dataclass import dataclass

METHOD = "1"
"""Raised when a draw with the same frame and seed would come out otherwise"""
SEPARATOR = "\x1f"
SELECTED, RESERVE, EXCLUDED = "selected", "reserve", "excluded"
SIBLING = "brother or sister drawn"
COLUMNS = {
    "person_id": pl.String,
    "pod": pl.String,
    "stratum": pl.String,
    "place": pl.String,
    "rank": pl.Int64,
    "reason": pl.String,
}


@dataclass(frozen=True)
class Draw:
    """One draw: one row per child considered, and the checksum of them."""

    seed: str
    wanted: int
    rows: pl.DataFrame
    """COLUMNS, with status, worker and sort_key; selected first, then reserves, then those left out"""

    @property
    def sha256(self) -> str:
        """The checksum of the rows as they are given out."""
        return checksum(self.rows)

    @property
    def selected(self) -> int:
        """How many children were drawn."""
        return self.rows.filter(pl.col("place") == SELECTED).height

    @property
    def excluded(self) -> dict[str, int]:
        """How many children were left out, by reason, the most frequent first."""
        told = (
            self.rows.filter(pl.col("place") == EXCLUDED)
            .group_by("reason")
            .len()
            .sort("len", "reason", descending=[True, False])
        )
        return {reason: int(count) for reason, count in told.rows()}


def allocation(sizes: Mapping[str, int], places: int) -> dict[str, int]:
    """How many places each stratum gets.

    One to every stratum if there are enough, the rest in proportion to size - 1 by the largest remainder,
    never more than its size; equal remainders: the larger stratum, then its name. Strata without a child
    get none. With fewer places than strata all of them go by the largest remainder of the sizes.
    """
    sizes = {name: size for name, size in sizes.items() if size > 0}
    if places >= sum(sizes.values()):
        return sizes
    if places < len(sizes):
        return _by_remainder(sizes, sizes, places)
    rest = {name: size - 1 for name, size in sizes.items()}
    more = _by_remainder(rest, sizes, places - len(sizes))
    return {name: 1 + more[name] for name in sizes}


def _by_remainder(weights: Mapping[str, int], sizes: Mapping[str, int], places: int) -> dict[str, int]:
    total = sum(weights.values())
    if not total or not places:
        return dict.fromkeys(weights, 0)
    # in whole numbers: a remainder must not hang on how a machine rounds
    whole = {name: floor(places * weight // total) for name, weight in weights.items()}
    left = places - sum(whole.values())
    order = sorted(weights, key=lambda name: (-(places * weights[name] % total), -sizes[name], name))
    for name in order[:left]:
        whole[name] += 1
    return whole


def seed_of(period: str, number: int) -> str:
    """The seed of a draw: public, so that no one can shop for a draw."""
    return f"{period}|{number}"


def sort_key(seed: str, person_id: str) -> str:
    """Where a child comes in the order of a draw."""
    return hashlib.sha256(f"{seed}{SEPARATOR}{person_id}".encode()).hexdigest()


def in_order(seed: str, person_ids: Sequence[str]) -> list[str]:
    """The numbers in the order of a draw."""
    return sorted(person_ids, key=lambda one: sort_key(seed, one))


def checksum(rows: pl.DataFrame) -> str:
    """SHA-256 over COLUMNS of every row, by the children's numbers."""
    told = rows.select(*COLUMNS).sort("person_id").rows()
    text = json.dumps(told, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def draw(population: pl.DataFrame, places: int, seed: str) -> Draw:
    """Draw children for a round.

    Args:
        population: one row per child considered: person_id (unique), pod, stratum, status, worker (String,
            null when there is none), family (String, null when not known), reason (String: why the child is
            left out; null: can be drawn).
        places: how many are wanted; with fewer children than that all are drawn.
        seed: see `seed_of`.

    Returns:
        every child of the population once. Of brothers and sisters (the same family) one is drawn; the others
        are left out with SIBLING.
    """
    keys = [sort_key(seed, one) for one in population["person_id"]]  # Polars has no cryptographic hash
    rows = population.with_columns(sort_key=pl.Series(keys, dtype=pl.String)).sort("sort_key")
    can = rows.filter(pl.col("reason").is_null())
    sizes = _sizes(can)
    passed = pl.Series("person_id", [], dtype=pl.String)
    while True:
        left = can.filter(~pl.col("person_id").is_in(passed.implode()))
        there = _sizes(left)
        share = allocation(sizes, places)
        short = {name for name, count in share.items() if there.get(name, 0) < count}
        if short:  # its children are brothers and sisters of others: the places go to other strata
            share = allocation(sizes | {name: there.get(name, 0) for name in short}, places)
        left = left.with_columns(rank=pl.int_range(pl.len()).over("stratum") + 1)
        places_of = pl.col("stratum").replace_strict(share, default=0, return_dtype=pl.Int64)
        picked = left.filter(pl.col("rank") <= places_of)
        again = pl.col("family").is_not_null() & ~pl.struct("family").is_first_distinct()
        twice = picked.filter(again)["person_id"]
        if twice.is_empty():
            break
        passed = pl.concat([passed, twice])
    families = picked["family"].drop_nulls()
    theirs = pl.col("family").is_in(families.implode()).fill_null(value=False)
    chosen = pl.col("person_id").is_in(picked["person_id"].implode())
    reserves = left.filter(~chosen, ~theirs).with_columns(
        rank=pl.int_range(pl.len()).over("stratum")
        + 1
        + pl.col("stratum").replace_strict(share, default=0, return_dtype=pl.Int64)
    )
    drawn = pl.concat(
        [
            picked.with_columns(place=pl.lit(SELECTED)),
            reserves.with_columns(place=pl.lit(RESERVE)),
        ]
    )
    out = rows.join(drawn, on="person_id", how="anti").with_columns(
        reason=pl.coalesce("reason", pl.lit(SIBLING)), rank=pl.lit(None, pl.Int64), place=pl.lit(EXCLUDED)
    )
    names = [*COLUMNS, "status", "worker", "sort_key"]
    parts = [
        drawn.with_columns(pl.col("rank").cast(pl.Int64))
        .sort(pl.col("place") != SELECTED, "stratum", "rank")
        .select(names),
        out.sort("reason", "person_id").select(names),
    ]
    return Draw(seed, places, pl.concat(parts))


def _sizes(rows: pl.DataFrame) -> dict[str, int]:
    return {name: int(count) for name, count in rows.group_by("stratum").len().sort("stratum").rows()}
