"""Samples into tables: medians, ratios, and whether a target is met."""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.programs import Home, Spec

FLOOR = "DataTable, 50 rows"
SAME_ROWS = "VisiData, our rows"


class Samples:
    """What was measured, by name; all turns together."""

    def __init__(self) -> None:
        self.of: dict[str, list[float]] = {}

    def add(self, name: str, value: float) -> None:
        self.of.setdefault(name, []).append(value)

    def extend(self, other: "Samples") -> None:
        for name, values in other.of.items():
            self.of.setdefault(name, []).extend(values)

    def median(self, name: str) -> float | None:
        values = self.of.get(name)
        return statistics.median(values) if values else None

    def p95(self, name: str) -> float | None:
        values = sorted(self.of.get(name, []))
        return values[min(len(values) - 1, int(0.95 * len(values)))] if values else None


TIMES = (
    ("first byte", "first byte"), ("rows", "first rows"), ("live", "live"), ("key", "key"), ("p95", "key*"),
    ("row", "row"), ("page", "page"), ("filter", "filter"), ("p95", "filter*"), ("find", "find"),
    ("p95", "find*"), ("leave", "leaving"),
)  # fmt: skip
SIZES = (
    ("key", "key bytes"), ("held row", "held bytes"), ("page", "page bytes"), ("first paint", "first paint"),
    ("2 s quiet", "idle"), ("RSS MB", "rss"), ("PSS", "pss"), ("own", "own"), ("CPU ms", "work"),
    ("a held key", "held work"),
)  # fmt: skip


def _value(samples: Samples, name: str) -> float | None:
    return samples.p95(name[:-1]) if name.endswith("*") else samples.median(name)


def _cell(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.1f}" if value < 20 and value != int(value) else f"{value:,.0f}"


def _table(head: str, columns: Sequence[tuple[str, str]], found: Mapping[str, Samples | str]) -> str:
    lines = [f"{head:<32}" + "".join(f"{title:>11}" for title, _ in columns)]
    for name, told in found.items():
        if isinstance(told, Samples):
            cells = "".join(f"{_cell(_value(told, key)):>11}" for _, key in columns)
            lines.append(f"{name:<32}{cells}")
    return "\n".join(lines)


def tables(found: Mapping[str, Samples | str]) -> str:
    """Times, then bytes and memory, then what was left out."""
    left_out = [f"left out: {name}, {why}" for name, why in found.items() if isinstance(why, str)]
    return "\n\n".join(
        [
            _table("milliseconds", TIMES, found),
            _table("bytes, memory", SIZES, found),
            *(["\n".join(left_out)] if left_out else []),
        ]
    )


def questions(home: Path) -> list[dict[str, Any]]:
    """The three questions to a home, asked in a process of their own; empty where DuckDB is missing."""
    words = [sys.executable, "-m", "tests.benchmarks.questions", str(home)]
    asked = subprocess.run(words, check=False, capture_output=True, text=True)
    if asked.returncode:
        print(f"left out: reports beside SQL, {(asked.stderr.strip() or 'failed').splitlines()[-1]}")
        return []
    told: list[dict[str, Any]] = json.loads(asked.stdout)
    return told


@dataclass(frozen=True)
class Target:
    """What was wanted: at most `most` of `unit`, or at most `most` times what another program took."""

    what: str
    value: float | None
    most: float
    unit: str = "ms"
    of: float | None = None
    """the other's figure, where the target is a ratio"""

    def line(self) -> str:
        if self.value is None:
            return f"  {self.what:<52}{'-':>12}{'':>10}{self._wanted():>14}   not measured"
        reached = self.value / self.of if self.of else self.value
        ratio = f"{reached:.2f} x" if self.of else f"{reached / self.most:.2f} x" if self.most else ""
        met = "met" if reached <= self.most else "MISSED"
        value = f"{_cell(self.value)} {self.unit}"
        return f"  {self.what:<52}{value:>12}{ratio:>10}{self._wanted():>14}   {met}"

    def _wanted(self) -> str:
        return f"{self.most:g} x" if self.of is not None else f"{self.most:,g} {self.unit}"


def _of_program(told: Samples, found: Mapping[str, Samples | str], *, demo: bool) -> list[Target]:
    def other(peer: str, name: str = "first rows") -> float | None:
        samples = found.get(peer)
        return samples.median(name) if isinstance(samples, Samples) else None

    rows = told.median("first rows")
    lines = [
        Target(f"first rows, to {FLOOR}", rows, 1.0, of=other(FLOOR)),
        Target(
            "processor time to first rows, to the same", told.median("work"), 1.0, of=other(FLOOR, "work")
        ),
    ]
    if demo and other(SAME_ROWS):
        lines.append(Target(f"first rows, to {SAME_ROWS}", rows, 0.5, of=other(SAME_ROWS)))
    return [
        *lines,
        Target("something true", told.median("first byte"), 50),
        Target("key", told.median("key"), 5),
        Target("key, p95", told.p95("key"), 12),
        Target("page", told.median("page"), 15),
        Target("filter, p95 a letter", told.p95("filter"), 50),
        Target("find, p95 a letter", told.p95("find"), 50),
        Target("leaving", told.median("leaving"), 100),
        Target("a key in view", told.median("key bytes"), 400, "bytes"),
        Target("a row while a key is held", told.median("held bytes"), 600, "bytes"),
        Target("a page", told.median("page bytes"), 7_000, "bytes"),
        Target("first paint", told.median("first paint"), 20_000, "bytes"),
        Target("nothing pressed", told.median("idle"), 0, "bytes"),
        Target("memory (RSS)", told.median("rss"), 90, "MB"),
        Target("memory (PSS)", told.median("pss"), 90, "MB"),
    ]


MOST = {"a client's chronology": 50.0, "a team's caseload": 100.0, "assessments by team": 1_000.0}


def targets(
    found: Mapping[str, Samples | str],
    timed: Samples,
    asked: Mapping[Home, Sequence[Mapping[str, Any]]],
    specs: Sequence[Spec],
) -> str:
    """Each target with what was reached, the ratio, and whether it is met."""
    mine = [spec.name for spec in specs if spec.filters]
    lines = [f"\n{'targets':<54}{'reached':>12}{'ratio':>10}{'wanted':>14}"]
    for name in mine:
        told = found.get(name)
        if isinstance(told, Samples):
            lines += [name, *(line.line() for line in _of_program(told, found, demo=name == mine[0]))]
    lines.append("command line")
    polars, typer = timed.median("import polars"), timed.median("import typer")
    for name, most, of, other in (
        ("find", 1.5, polars, "import polars"),
        ("report", 1.5, polars, "import polars"),
        ("--help", 1.2, typer, "import typer"),
    ):
        lines.append(Target(f"fcl-tui {name}, to {other}", timed.median(name), most, of=of).line())
    lines += ["reports"] if any(asked.values()) else []
    for home, answers in asked.items():
        for answer in answers:
            what = f"{answer['question']}, {home.children:,} children"
            lines.append(Target(what, answer["ours"], MOST[answer["question"]]).line())
            lines.append(Target(f"{what}, to DuckDB", answer["ours"], 1.0, of=answer["sql"]).line())
            if not answer["agree"]:
                lines.append(f"  {what}: THE SQL SAYS SOMETHING ELSE")
    return "\n".join(lines)
