"""How long the due items take, beside a DuckDB formulation of three rules on the same Parquet files.

Run with `make bench-due`, or: python -m tests.benchmarks.due_items [--big] [--children N ...] [--together N].
Each measurement is a process of its own, so that its peak memory is its own; both engines write their
answer to Parquet, part by part as a load does, and the answers to the three rules are compared.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import polars as pl

from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.timescales.engine import due_items
from fcl_tui.timescales.families.front_door import NOT_ASSESSED
from fcl_tui.timescales.rulebook.packaged import load_rules
from tests.benchmarks import replicas

SIZES = (10_000, 100_000)
BIG = 1_000_000
TOGETHER = 10_000
"""Open children worked out in one pass."""
ENGLAND = Calendar.england(1995, 2029)
ADOPTIVE = ("A3", "A4", "A5", "A6")


def engine(folder: Path, children: int, together: int, out: Path, keys: tuple[str, ...] | None = None) -> int:
    """Every due item (or those of some rules) into `out`, a file a part. Returns how many."""
    rules = load_rules()
    if keys is not None:
        rules = replace(rules, rules={key: replace(one, on=key in keys) for key, one in rules.rules.items()})
    count = 0
    for number, copies in enumerate(replicas.parts(folder, children, together)):
        made = due_items(replicas.scan_of(folder, copies), rules, ENGLAND).collect()
        made.write_parquet(out / f"{number:05}.parquet")
        count += made.height
    return count


def three(folder: Path, children: int, together: int, out: Path) -> int:
    """The three rules by the engine."""
    from tests.benchmarks.sql import RULES

    return engine(folder, children, together, out, RULES)


def sql(folder: Path, children: int, together: int, out: Path) -> int:
    """The three rules by DuckDB."""
    from tests.benchmarks.sql import due

    for number, copies in enumerate(replicas.parts(folder, children, together)):
        due(folder, copies, ENGLAND, out / f"{number:05}.parquet")
    return int(pl.scan_parquet(out / "*.parquet").select(pl.len()).collect().item())


WAYS = {"all rules": engine, "three rules": three, "three rules, SQL": sql}


def disagreements(folder: Path, ours: Path, theirs: Path) -> tuple[int, int]:
    """How many answers were compared, and how many are not in both."""
    columns = ["person_id", "rule", "started", "due_date", "done_date"]
    placed = (
        pl.scan_parquet(folder / "cla_placement" / "*.parquet")
        .filter(pl.col("clap_cla_placement_type").is_in(ADOPTIVE))
        .select(person_id="clap_person_id", rule_stem=pl.lit("cla_review"))
        .unique()
    )
    compared = different = 0
    for mine in sorted(ours.glob("*.parquet")):
        engine_ = (
            pl.scan_parquet(mine)
            .filter(~pl.col("assumed").str.contains(NOT_ASSESSED, literal=True).fill_null(False))
            .with_columns(rule_stem=pl.col("rule").str.slice(0, 10))
            .join(placed, on=["person_id", "rule_stem"], how="anti")
            .select(columns)
        )
        other = pl.scan_parquet(theirs / mine.name).select(
            person_id="person", rule="rule", started="started", due_date="due", done_date="done"
        )
        both = pl.concat(
            [engine_.with_columns(side=pl.lit(1)), other.with_columns(side=pl.lit(-1))]
        ).group_by(columns).agg(pl.col("side").sum(), pl.len()).collect()  # fmt: skip
        compared += int(both["len"].sum())
        different += int(both["side"].abs().sum())
    return compared // 2, different


def measured(way: str, folder: Path, children: int, together: int, out: Path) -> dict[str, float]:
    """Seconds, items and peak memory (MB) of one way, in a process of its own."""
    out.mkdir(parents=True, exist_ok=True)
    words = [way, str(folder), str(children), str(together), str(out)]
    run = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.due_items", "--one", *words],
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, float] = json.loads(run.stdout)
    return told


def _one(way: str, folder: str, children: str, together: str, out: str) -> None:
    begun = time.perf_counter()
    count = WAYS[way](Path(folder), int(children), int(together), Path(out))
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "items": count, "peak": peak}))


def bench(place: Path, sizes: list[int], together: int) -> bool:
    """Measure, print, and say whether the answers agreed."""
    print(f"{'open children':>13} {'rows read':>12} {'what':<17} {'items':>11} {'seconds':>8} {'peak MB':>8}")
    before: dict[str, tuple[int, float]] = {}
    good = True
    for children in sizes:
        folder = place / str(children)
        folder.mkdir(parents=True, exist_ok=True)
        rows = replicas.make(folder, children)
        took: dict[str, float] = {}
        for way in WAYS:
            out = folder / "out" / way.replace(" ", "_").replace(",", "")
            told = measured(way, folder, children, together, out)
            took[way] = told["seconds"]
            print(
                f"{children:>13,} {rows:>12,} {way:<17} {told['items']:>11,} {told['seconds']:>8.2f}"
                f" {told['peak']:>8,.0f}",
                flush=True,
            )
        compared, different = disagreements(
            folder, folder / "out/three_rules", folder / "out/three_rules_SQL"
        )
        good = good and different == 0
        print(
            f"{'':>13} engine to SQL, three rules: {took['three rules'] / took['three rules, SQL']:.2f};"
            f" {compared:,} due dates compared, {different:,} differ"
        )
        for way, seconds in took.items():
            if way in before:
                was, then = before[way]
                more, longer = children / was, seconds / then
                print(f"{'':>13} {way}: {more:.0f} times the children, {longer:.1f} times the time")
            before[way] = (children, seconds)
    return good


def main() -> None:
    """Read the command line and run."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--big", action="store_true", help="a million open children too")
    words.add_argument("--children", type=int, nargs="+", default=None)
    words.add_argument("--together", type=int, default=TOGETHER, help="open children in one pass")
    words.add_argument("--keep", type=Path, default=None, help="keep the made tables in this folder")
    words.add_argument("--one", nargs=5, default=None, help=argparse.SUPPRESS)
    told = words.parse_args()
    if told.one:
        _one(*told.one)
        return
    sizes = told.children or [*SIZES, *([BIG] if told.big else [])]
    if told.keep:
        good = bench(told.keep, sizes, told.together)
    else:
        with tempfile.TemporaryDirectory() as place:
            good = bench(Path(place), sizes, told.together)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
