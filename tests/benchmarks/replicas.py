"""A large authority made of a small one: the demo's tables again and again, each time with other numbers."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

from data.demo import generate
from data.schema import tables
from fcl_tui.timescales.rulebook.packaged import load_rules

AS_AT = date(2026, 3, 31)
BASE = 2_000
"""Open children of the demo authority that is copied; each has up to ten years of history."""

KEYS_OF_NOBODY = ("professional", "staff", "worker", "team", "advisor", "role")
"""Numbers of workers and teams stay as they are."""

USED = sorted({table for rule in load_rules().rules.values() for table in rule.needs} | {
    *("person", "cin_episodes", "cin_plans", "cp_plans", "cla_episodes", "cla_care_plan", "legal_status"),
    *("cla_placement", "cla_reviews", "initial_cp_conference"),
})  # fmt: skip
"""The tables that the engine reads."""


def make(folder: Path, children: int, seed: int = 1) -> int:
    """Write the tables for so many open children, a file a copy. Returns the rows written.

    Files that are there are kept: a folder is either whole or remade with another name.
    """
    base = min(children, BASE)
    done = folder / f"{children}.rows"
    if done.exists():
        return int(done.read_text())
    demo = generate(base, seed, AS_AT)
    rows = 0
    for copy in range(-(-children // base)):
        for table in USED:
            frame = demo[table]
            own = [
                name
                for name, kind in frame.schema.items()
                if kind == pl.String
                and name.endswith("_id")
                and not any(word in name for word in KEYS_OF_NOBODY)
            ]
            path = folder / table / f"{copy:05}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            person = tables.person_of(table)
            frame.with_columns(
                pl.format("{}-{}", pl.lit(f"{copy:05}"), pl.col(name)).alias(name) for name in own
            ).sort(person or frame.columns[0]).write_parquet(path)
            rows += frame.height
    done.write_text(str(rows))
    return rows


def parts(folder: Path, children: int, together: int) -> list[list[int]]:
    """The copies that are worked out together, `together` open children at a time, as a load does."""
    copies = list(range(-(-children // min(children, BASE))))
    size = max(together // BASE, 1)
    return [copies[first : first + size] for first in range(0, len(copies), size)]


def scan_of(folder: Path, copies: list[int]) -> Callable[[str], pl.LazyFrame]:
    """The tables of these copies, and a coverage that says all is there."""
    coverage = pl.LazyFrame(
        [(name, "full", False, "", "") for name in tables.names()],
        schema=["table", "coverage", "latest_only", "missing_columns", "note"],
        orient="row",
    )

    def scan(name: str) -> pl.LazyFrame:
        if name == "coverage":
            return coverage
        if name not in USED:
            return pl.LazyFrame(schema=tables.polars_schema(name))
        return pl.scan_parquet([folder / name / f"{copy:05}.parquet" for copy in copies], glob=False)

    return scan


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2])))
