"""What starting, keys, bytes, memory and leaving cost in a real terminal, beside the peers installed.

Run with `make bench`, or: python -m tests.benchmarks.terminal [--short] [--peers PYTHON] [--home DIR ...]
[--data DIR] [--turns N] [--only TEXT]. All programs take turns in a terminal of 120x40; medians. The data is
made first.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from fcl_tui.terminal import kept_page
from tests.benchmarks import figures, programs, slow_line
from tests.benchmarks.figures import Samples
from tests.benchmarks.programs import Home, Missing, Spec
from tests.benchmarks.pseudo_terminal import BrokenOffError, Program

CHILDREN = 2_000
IDLE = 2.0


@dataclass(frozen=True)
class Effort:
    """How often each thing is done."""

    turns: int
    keys: int
    pages: int
    held: int
    commands: int


WHOLE = Effort(turns=5, keys=15, pages=5, held=60, commands=7)
SHORT = Effort(turns=2, keys=8, pages=3, held=30, commands=3)


def play(spec: Spec, effort: Effort, scratch: Path) -> Samples:
    """Start it, use it, leave it; what was measured, by name."""
    told = Samples()
    if spec.home is not None and not spec.again:
        kept_page.forget(spec.home)
    own = Path(tempfile.mkdtemp(dir=scratch))  # some keep there what was typed the last time
    program = Program(spec.words, programs.environment(own) | spec.environment)
    try:
        shown = (program.until(spec.first) - program.started) * 1e3
        if not spec.again:
            program.rest(0.3)
        if spec.typed is not None:
            program.quiet(1.0)
            program.press(spec.typed)
            shown += program.press("\n", programs.FIRST).drawn
        if spec.again:
            program.press_now("down")
            told.add("live", (program.until(programs.ON_THE_SECOND_ROW) - program.started) * 1e3)
        told.add("first byte", program.first_byte or 0.0)
        told.add("first rows", shown)
        told.add("first paint", program.written)
        told.add("work", program.work())
        if spec.ready is not None:
            program.until(spec.ready)
        program.quiet(1.0)
        rss, pss, own = program.memory()
        told.add("rss", rss)
        told.add("pss", pss)
        told.add("own", own)
        if spec.keys:
            told.add("idle", program.quiet(IDLE))
            _rows(program, spec, effort, told)
            _letters(program, spec, told)
        told.add("leaving", program.leave(spec.leave))
    finally:
        program.close()
    return told


def _rows(program: Program, spec: Spec, effort: Effort, told: Samples) -> None:
    """Down within the view, then at its lower edge, then by pages."""
    for _ in range(effort.keys if "less" not in spec.name else 0):
        answer = program.press("down")
        told.add("key", answer.drawn)
        told.add("key bytes", answer.bytes)
    program.hold("down", 40 - effort.keys, 40)
    for _ in range(effort.pages):
        told.add("row", program.press("down").drawn)
    if not spec.few:
        before = program.work()
        told.add("held bytes", program.hold("down", effort.held, 30))
        told.add("held work", (program.work() - before) / effort.held)
    for _ in range(effort.pages):
        if spec.few:
            program.press("page up")
        answer = program.press("page")
        told.add("page", answer.drawn)
        told.add("page bytes", answer.bytes)


def _letters(program: Program, spec: Spec, told: Samples) -> None:
    """The filter and Find of our own application, letter by letter, to the drawing that answers each."""
    if spec.filters:
        program.press("/")
        for word in spec.filters:
            for end in range(1, len(word) + 1):
                told.add("filter", program.press(word[end - 1], f'filter "{word[:end]}" ').drawn)
            for end in range(len(word) - 1, -1, -1):
                shown = f'filter "{word[:end]}" ' if end else "words in any order"
                took = program.press("\x7f", shown).drawn
                if end:
                    told.add("filter", took)
        program.press("\x1b")
    if spec.finds:
        program.press("f", "Find a client")
        before = ""
        for typed, top in spec.finds:
            if not typed.startswith(before):
                for end in range(len(before) - 1, -1, -1):
                    program.press("\x7f", f"!!   {before[:end]}" if end else "name, part of a name", 0.2)
            answer = program.press(typed[-1], None if top is None else rf"▸.*\b{top}", 0.2)
            if top is not None:
                told.add("find", answer.drawn)
            before = typed
        program.press("\x1b")


def commands(home: Home, times: int) -> Samples:
    """Commands that answer and end, beside a Python that imports one library; ms, taking turns."""
    people = programs.collect(
        home.snapshot.scan("people").select("person_id", "surname").drop_nulls().head(1)
    )
    number, surname = people.row(0)
    there = ["--home", str(home.path), "--as-at", home.day.isoformat(), "--format", "json"]
    ours = [sys.executable, "-c", programs.OURS]
    asked = {
        "python": [sys.executable, "-c", "pass"],
        "import polars": [sys.executable, "-c", "import polars"],
        "import typer": [sys.executable, "-c", "import typer"],
        "--help": [*ours, "--help"],
        "find": [*ours, "find", surname, *there],
        "report": [*ours, "report", "client-summary", "--client", number, *there],
    }
    told = Samples()
    for turn in range(times + 1):
        for name, words in asked.items():
            begun = time.perf_counter()
            subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env=programs.environment(home.path))
            if turn:
                told.add(name, (time.perf_counter() - begun) * 1e3)
    return told


def measured(specs: list[Spec | Missing], effort: Effort, scratch: Path) -> dict[str, Samples | str]:
    """Every program in turns; for those that are not there or failed, why."""
    found: dict[str, Samples | str] = {}
    for turn in range(effort.turns + 1):  # the first is for the page cache and the .pyc files
        for spec in specs:
            if isinstance(spec, Missing):
                found[spec.name] = spec.why
                continue
            if isinstance(found.get(spec.name), str):
                continue
            if sys.stderr.isatty():
                print(
                    f"\rturn {turn} of {effort.turns}: {spec.name:<60}", end="", file=sys.stderr, flush=True
                )
            try:
                told = play(spec if turn else replace(spec, keys=False), effort, scratch)
            except BrokenOffError as error:
                found[spec.name] = f"failed: {str(error).splitlines()[0]}"
                print(f"{spec.name}: {error}", file=sys.stderr)
                continue
            if turn:
                kept = found.setdefault(spec.name, Samples())
                kept.extend(told)  # type: ignore[union-attr]
    if sys.stderr.isatty():
        print(f"\r{'':<90}\r", end="", file=sys.stderr, flush=True)
    return found


def run(folder: Path, told: argparse.Namespace) -> None:
    """Make the data, measure, print."""
    short = told.short
    effort = SHORT if short else WHOLE
    if told.turns:
        effort = Effort(**{**vars(effort), "turns": told.turns})
    scratch = folder / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    demo = Home.at(programs.demonstration(folder, CHILDREN))
    overview = demo.overview()
    same_rows = scratch / "overview.parquet"
    overview.write_parquet(same_rows)
    specs: list[Spec | Missing] = [
        *programs.peers(
            folder, told.peers, short=short, same_rows=same_rows, first_id=str(overview["person_id"][0])
        ),
        *programs.of_the_demo(demo, scratch, short=short),
    ]
    homes = [Home.at(path) for path in told.home]
    specs += [programs.ours(home, scratch, short=short) for home in homes]
    if told.only:
        specs = [spec for spec in specs if told.only in spec.name or spec.name == figures.FLOOR]
    found = measured(specs, effort, scratch)
    print(f"{os.cpu_count()} cores, 120x40, TERM=xterm-256color, medians of {effort.turns} turns")
    print(figures.tables(found))
    timed = commands(demo, effort.commands)
    asked = {} if short else {home: figures.questions(home.path) for home in [demo, *homes]}
    print(figures.targets(found, timed, asked, [spec for spec in specs if isinstance(spec, Spec)]))
    print(slow_line.targets(demo, scratch))


def main() -> None:
    """Read the command line and run."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--short", action="store_true", help="few peers, few turns: a minute and a half")
    words.add_argument(
        "--peers", default=sys.executable, metavar="PYTHON", help="the Python of the peers' environment"
    )
    words.add_argument("--home", type=Path, nargs="+", default=[], help="homes with bigger snapshots")
    words.add_argument("--data", type=Path, default=None, help="keep what is made in this folder")
    words.add_argument("--only", metavar="TEXT", help="programs with this in their name, and the floor")
    words.add_argument("--turns", type=int, default=None)
    told = words.parse_args()
    if not Path("/proc/self/smaps_rollup").exists():
        raise SystemExit("This measures with /proc, which is not on this machine.")
    if told.data:
        run(told.data.resolve(), told)
        return
    with tempfile.TemporaryDirectory(prefix="fcl-bench-") as place:
        run(Path(place), told)


if __name__ == "__main__":
    main()
