"""The programs that are measured: the peers that are installed, and ours on each home."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import polars as pl

from data.frames import collect
from data.snapshots.reader import Snapshot, open_current
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.records.client_overview import client_overview
from fcl_tui.records.find.find import find
from tests.benchmarks.peers import rows
from tests.sshd import REPOSITORY

MILLION = 1_000_000
FIRST = r"P0000000\d"
APPS = str(Path(__file__).parent / "peers" / "apps.py")

OURS = f"import sys; sys.path.insert(0, {str(REPOSITORY)!r}); from fcl_tui.start import main; main()"
ON_THE_OVERVIEW = (
    f"import sys; sys.path.insert(0, {str(REPOSITORY)!r});"
    "from datetime import date; from pathlib import Path; home, day = sys.argv[1:];"
    "from fcl_tui.terminal.first_paint import paint_early; paint_early(['--home', home, '--as-at', day]);"
    "import fcl_tui.cli.main; from fcl_tui.terminal.launch import open_application;"
    "sys.exit(open_application(Path(home), date.fromisoformat(day), first='client-overview'))"
)
"""What `fcl-tui demo` does on a home that was not made by it"""
OVERVIEW_SHOWN = r"\d w?d (late|left|past) "
ON_THE_SECOND_ROW = r" State [^\n]*\n [^\n]*\n▸"


@dataclass(frozen=True)
class Spec:
    """A program, and what is done with it."""

    name: str
    words: list[str]
    first: str
    """on the screen once the first rows are"""
    leave: str = "q"
    ready: str | None = None
    """on the screen once all is read"""
    typed: str | None = None
    """a question to type before there are rows; `first` is then what shows that it can be typed"""
    keys: bool = True
    few: bool = False
    """so few rows that a held key reaches the end"""
    filters: tuple[str, ...] = ()
    finds: tuple[tuple[str, str | None], ...] = ()
    """what to type into Find, and how the number begins of who must then stand first (None: not timed)"""
    environment: dict[str, str] = field(default_factory=dict)
    home: Path | None = None
    """ours: where the first page is kept"""
    again: bool = False
    """opened once more, with the page that was kept; a key is pressed as soon as it is there"""


@dataclass(frozen=True)
class Missing:
    """A peer that cannot be measured here, and why."""

    name: str
    why: str


def environment(home: Path) -> dict[str, str]:
    """A plain terminal, and nothing of this one."""
    plain = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    return plain | {"PYTHONSAFEPATH": "1"}


def _has(python: str, module: str) -> bool:
    asked = subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False)
    return asked.returncode == 0


def _script(python: str, name: str) -> str | None:
    beside = Path(python).parent / name
    return str(beside) if beside.exists() else shutil.which(name)


def peers(folder: Path, python: str, *, short: bool, same_rows: Path, first_id: str) -> list[Spec | Missing]:
    """Every peer, in the order of the table.

    Args:
        folder: where their rows are kept.
        python: the interpreter in whose environment they are installed.
        same_rows: the rows of our Client Overview as Parquet, for VisiData.
        first_id: the number in the first of them.
    """
    found: list[Spec | Missing] = []

    def app(name: str, kind: str, file: Callable[[], Path] | None = None, **more: bool) -> Spec:
        return Spec(name, [sys.executable, APPS, kind, *([str(file())] if file else [])], FIRST, **more)

    def need(name: str, have: bool, how: str, make: Callable[[], Spec]) -> None:
        found.append(make() if have else Missing(name, f"not installed: {how}"))

    def million() -> Path:
        return rows.made(folder, MILLION)

    less = shutil.which("less")
    need(
        "less, 1M rows CSV",
        less is not None,
        "apt install less",
        lambda: Spec("less, 1M rows CSV", [str(less), "-S", str(rows.made(folder, MILLION, "csv"))], FIRST),
    )
    found.append(app("bare Textual, text only", "text", keys=False))
    found.append(app("DataTable, 50 rows", "datatable", few=True))
    if not short:
        found.append(app("DataTable, 10,000 rows", "datatable", lambda: rows.made(folder, 10_000)))
        fast = "textual-fastdatatable, 1M rows"
        need(
            fast,
            _has(python, "textual_fastdatatable"),
            "pip install textual-fastdatatable",
            lambda: Spec(fast, [python, APPS, "fast", str(million())], FIRST),
        )
    big = MILLION if short else 10 * MILLION
    found.append(
        app(f"line API, {big // MILLION}M rows in a window", "window", lambda: rows.made(folder, big))
    )
    if short:
        return found
    visidata, parquet = _script(python, "vd"), _has(python, "pyarrow.parquet")
    vd = [str(visidata), "--nothing", "--motd-url="]
    how = "pip install visidata pyarrow"
    have = visidata is not None and parquet
    need(
        "VisiData, 1M rows Parquet",
        have,
        how,
        lambda: Spec(
            "VisiData, 1M rows Parquet", [*vd, str(million())], FIRST, "\x11", ready=r"\b1000000 rows"
        ),
    )
    need(
        "VisiData, our rows",
        have,
        how,
        lambda: Spec("VisiData, our rows", [*vd, str(same_rows)], first_id, "\x11"),
    )
    harlequin = _script(python, "harlequin")
    need(
        "Harlequin, 1M rows Parquet",
        harlequin is not None and _has(python, "duckdb"),
        "pip install harlequin duckdb",
        lambda: Spec(
            "Harlequin, 1M rows Parquet",
            [str(harlequin), "--no-download-tzdata", "--viewer-max-rows", "-1"],
            "memory",
            "\x11",
            typed=f"select * from '{million()}'",
        ),
    )
    return found


# Ours


@dataclass(frozen=True)
class Home:
    """A home with a snapshot, and what is needed to ask it something."""

    path: Path
    snapshot: Snapshot
    calendar: Calendar
    children: int
    items: int

    @property
    def day(self) -> date:
        """The day the snapshot speaks for; all is asked as at it."""
        return self.snapshot.manifest.data_date

    @classmethod
    def at(cls, path: Path) -> "Home":
        snapshot = open_current(path)
        calendar = Calendar.of(collect(snapshot.scan("holidays")))
        shown = client_overview(snapshot.scan, calendar, snapshot.manifest.data_date)
        counts = collect(shown.select(children=pl.col("person_id").n_unique(), items=pl.len()))
        return cls(path, snapshot, calendar, *counts.row(0))

    def beside(self, folder: Path) -> Path:
        """A home with the same snapshot, so that nothing is written into this one."""
        made = folder / f"home-of-{self.children}"
        made.mkdir(parents=True, exist_ok=True)
        if not (made / "snapshots").exists():
            (made / "snapshots").symlink_to((self.path / "snapshots").resolve())
        return made

    def overview(self) -> pl.DataFrame:
        """The rows of the Client Overview, the number first."""
        shown = collect(client_overview(self.snapshot.scan, self.calendar, self.day))
        return shown.select("person_id", pl.exclude("person_id"))

    def finds(self, surnames: int) -> tuple[tuple[str, str | None], ...]:
        """Surnames letter by letter; a letter that changes nobody on top is typed, and not timed."""
        people = self.snapshot.scan("people").select("surname").drop_nulls()
        common = people.filter(pl.col("surname").str.contains(r"^[A-Za-z]{5,}$")).group_by("surname").len()
        names = collect(common.sort("len", "surname", descending=[True, False]).head(surnames))["surname"]
        found: list[tuple[str, str | None]] = []
        for name in names.to_list():
            before = None
            for length in range(1, 6):
                typed = name[:length].lower()
                first = collect(find(self.snapshot.scan, typed, self.day, limit=1))["person_id"].to_list()
                top = str(first[0])[:SHOWN_OF_A_NUMBER] if first else None
                found.append((typed, top if top != before else None))
                before = top
        return tuple(found)


SHOWN_OF_A_NUMBER = 8
"""Characters of a longer number that the list of Find has room for"""

FILTERS = ("mar", "dental", "late")


def demonstration(folder: Path, children: int) -> Path:
    """The home of the demo authority, made when it is not there yet."""
    home = folder / f"demo-{children}"
    if not (home / "demo.txt").exists():
        words = [sys.executable, "-c", OURS, "demo", "--home", str(home), "--children", str(children)]
        subprocess.run([*words, "--no-open"], check=True, stdout=subprocess.DEVNULL)
    return home


def ours(home: Home, folder: Path, *, short: bool) -> Spec:
    """The Client Overview of a home."""
    words = [sys.executable, "-c", ON_THE_OVERVIEW, str(home.beside(folder)), home.day.isoformat()]
    return Spec(
        f"fcl-tui, {home.children:,} children",
        words,
        OVERVIEW_SHOWN,
        filters=FILTERS[:1] if short else FILTERS,
        finds=home.finds(1 if short else 3),
        home=home.beside(folder),
    )


def again(first: Spec) -> Spec:
    """The same once more: nothing has changed, so its first page is the one that was kept."""
    return replace(first, name=f"{first.name}, again", keys=False, filters=(), finds=(), again=True)


def of_the_demo(home: Home, folder: Path, *, short: bool) -> list[Spec]:
    """`fcl-tui demo` as typed, the same over SSH, and `fcl-tui` alone, which opens the home screen."""
    day = home.day.isoformat()
    mine = ours(home, folder, short=short)
    typed = [sys.executable, "-c", OURS, "demo", "--home", str(home.path), "--as-at", day]
    alone = [sys.executable, "-c", OURS, "--home", str(home.path), "--as-at", day]
    there = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
    return [
        mine,
        again(mine),
        Spec(
            "fcl-tui, the same over SSH",
            mine.words,
            OVERVIEW_SHOWN,
            environment=there,
            home=mine.home,
        ),
        Spec("fcl-tui demo, as typed", typed, OVERVIEW_SHOWN, keys=False, home=home.path),
        Spec("fcl-tui, the home screen", alone, "Client Overview", keys=False, home=home.path),
    ]
