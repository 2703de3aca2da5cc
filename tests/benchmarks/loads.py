"""What a load costs, stage by stage: seconds, processor seconds, the most memory, disk; and DuckDB beside it.

Run with `make bench-load`, or: python -m tests.benchmarks.loads [--children N] [--home DIR] [--duckdb].
`--children` are the open children of a demo authority, each of which stands for six with a history. With
`--duckdb` the same rows lie in Parquet files first; fcl-tui loads them, and DuckDB reads each file and writes
it again, sorted in the same order and compressed alike, with as many threads.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from data.demo import DemoSource, write_extracts
from data.schema.tables import PREFIX, key_of, names, person_of
from data.snapshots.reader import open_current
from fcl_tui.loading.load import load

AS_AT = date(2026, 11, 24)
STAGES = (
    ("generate", "Making up|ssd_"),
    ("put in order", "Putting .* in order"),
    ("check", "Checking"),
    ("prepare", "Working out"),
    ("write prepared", "Writing"),
)
EVERY = 0.02
"""Seconds between two looks at the memory"""


def memory() -> float:
    """Megabytes in use now."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024


class Stages:
    """Seconds, processor seconds and the most memory of each stage that a progress tells."""

    def __init__(self) -> None:
        self.told: dict[str, list[float]] = {}
        self._now, self._since, self._cpu = "start", time.monotonic(), time.process_time()
        self._most = memory()
        threading.Thread(target=self._watch, daemon=True).start()

    def __call__(self, what: str, _done: int = 0, _total: int | None = None) -> None:
        now, cpu = time.monotonic(), time.process_time()
        of = self.told.setdefault(self._now, [0.0, 0.0, 0.0])
        of[:] = [of[0] + now - self._since, of[1] + cpu - self._cpu, max(of[2], self._most)]
        stage = next((name for name, told in STAGES if re.match(told, what)), "other")
        self._now, self._since, self._cpu, self._most = stage, now, cpu, memory()

    def _watch(self) -> None:
        while True:
            self._most = max(self._most, memory())
            time.sleep(EVERY)


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def made(home: Path, children: int) -> None:
    """Load a demo authority and print what it cost."""
    stages, begun = Stages(), time.monotonic()
    result = load([DemoSource(children, 1, AS_AT)], home, progress=stages, data_date=AS_AT, demo=True)
    stages("end")
    seconds = time.monotonic() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for stage, (wall, cpu, peak) in stages.told.items():
        print(f"{stage:16} {wall:8.1f} s {cpu:8.1f} cpu s {peak:8.0f} MB")
    disk = size_of(home / "snapshots" / result.snapshot) / 1e6
    print(
        f"{children:,} open, {result.tables['person']:,} children, {sum(result.tables.values()):,} rows: "
        f"{seconds:.1f} s, {time.process_time():.0f} cpu s, {most:.0f} MB, {disk:.0f} MB on disk"
    )
    for table, rows in sorted(result.tables.items(), key=lambda item: -item[1])[:12]:
        print(f"{rows:>14,} {table}")


@contextmanager
def timed(what: str) -> Iterator[None]:
    begun = time.monotonic()
    cpu = sum(os.times()[:4])
    yield
    print(f"{what:48} {time.monotonic() - begun:7.1f} s {sum(os.times()[:4]) - cpu:7.1f} cpu s", flush=True)


def beside_duckdb(children: int) -> None:
    """The same rows, in Parquet files: loaded; and read, sorted and written by DuckDB."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_extracts(DemoSource(children, 1, AS_AT).tables(), place / "extracts", "parquet")
        code = (
            "import sys; from pathlib import Path; from datetime import date; "
            "from fcl_tui.loading.load import load; "
            "from tests.benchmarks.loads import AS_AT, Stages; stages = Stages(); "
            "load([sys.argv[1]], Path(sys.argv[2]), data_date=AS_AT, progress=stages); stages('end'); "
            "print({name: [round(value, 1) for value in told] for name, told in stages.told.items()})"
        )
        with timed("fcl-tui load, all of it"):
            words = [sys.executable, "-c", code, str(place / "extracts"), str(place / "home")]
            subprocess.run(words, check=True)
        tables = open_current(place / "home").path / "tables"
        for what, query in (
            ("DuckDB, tables copied", "FROM read_parquet('{source}')"),
            ("DuckDB, tables copied in order", "FROM read_parquet('{source}') ORDER BY {order}"),
        ):
            con = duckdb.connect(config={"threads": os.cpu_count()})
            with timed(what):
                for name in names():
                    source = place / "extracts" / f"{PREFIX}{name}.parquet"
                    order = ", ".join(filter(None, (person_of(name), key_of(name))))
                    rows = query.format(source=source, order=order)
                    target = place / f"{name}.parquet"
                    con.execute(f"COPY ({rows}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
            con.close()
        con = duckdb.connect(config={"threads": os.cpu_count()})
        with timed("DuckDB, every file of the snapshot copied"):
            for number, source in enumerate([*tables.glob("*"), *(tables.parent / "prepared").glob("*")]):
                target = place / f"{number}.parquet"
                con.execute(
                    f"COPY (FROM read_parquet('{source}')) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=20_000)
    parser.add_argument("--home", type=Path, help="keep the snapshot here")
    parser.add_argument("--duckdb", action="store_true")
    told = parser.parse_args()
    if told.duckdb:
        beside_duckdb(told.children)
        return
    with tempfile.TemporaryDirectory() as folder:
        made(told.home or Path(folder), told.children)


if __name__ == "__main__":
    main()
