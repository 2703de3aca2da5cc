"""`fcl-tui demo`: make the demo authority, keep it apart from real data, open it."""

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import DataError
from data.snapshots.directory import write_text
from fcl_tui.access import DEMO_LIST
from fcl_tui.cli.demo.size import expected
from fcl_tui.cli.snapshots.load import tell_result
from fcl_tui.cli.snapshots.progress import progress_shown
from fcl_tui.config.settings import read

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.loading.summary import LoadResult

PARAMETERS = "demo.txt"
DEMO_BENCHMARKS = "demo-benchmarks"
"""The folder of the files that the demo compares itself with"""
TOLD_AS_STORY = 10_000
"""Children up to which the day before is made as well: it takes as long as the day itself"""


def demo_home(home: Path) -> Path:
    """Where a demo snapshot goes: this home, unless real data is in use there; then a room beside it."""
    from data.snapshots.reader import open_current

    try:
        return home if open_current(home).manifest.demo else home / "demo"
    except DataError:
        return home / "demo" if (home / "snapshots" / "current").exists() else home


def demonstrate(
    home: Path,
    *,
    children: int,
    seed: int,
    as_at: date | None,
    write: str | None,
    layout: str | None = None,
    open_it: bool,
) -> int:
    """Make the demo authority as a snapshot or, with `write`, as a database or files that can be loaded.

    Raises:
        DataError: the target cannot be written, or holds something that is not a demo.
    """
    today, place = date.today(), demo_home(home)
    day = as_at or _told_today(place, today) or working_day(today)
    if write is not None:
        _write(write, layout, children=children, seed=seed, as_at=day)
        if not open_it:
            return 0
    if place != home:
        print(
            f"Your own snapshot in {home} stays in use; the demo is kept apart in {place}.", file=sys.stderr
        )
    made = f"{children} {seed} {day.isoformat()}"
    if not _already(place, made):
        result = _make(place, children=children, seed=seed, as_at=day)
        if not open_it:
            tell_result(result)
        write_text(place / PARAMETERS, made if as_at is not None else f"{made} {today.isoformat()}")
    if not open_it:
        return 0
    from fcl_tui.terminal.launch import open_application

    shown = as_at or (day if day != today else None)  # None: stays today when midnight passes
    return open_application(place, shown, first="client-overview")


def _told_today(home: Path, today: date) -> date | None:
    """The last working day, where the demo was made today: that library is slow to import."""
    try:
        *_, day, made = (home / PARAMETERS).read_text(encoding="utf-8").split()
        return date.fromisoformat(day) if date.fromisoformat(made) == today else None
    except (OSError, ValueError):
        return None


def working_day(day: date) -> date:
    """The day itself, or the last working day of England before it."""
    from holidays import country_holidays

    free = country_holidays("GB", subdiv="ENG", years=(day.year - 1, day.year))
    while day.weekday() >= 5 or day in free:
        day -= timedelta(days=1)
    return day


def _already(home: Path, made: str) -> bool:
    """The same demo is there already: opening it again need not make it again."""
    from data.snapshots.reader import open_current

    try:
        kept = (home / PARAMETERS).read_text(encoding="utf-8").split()
        return open_current(home).manifest.demo and kept[:3] == made.split()
    except (DataError, OSError, ValueError):
        return False


def _write(target: str, layout: str | None, *, children: int, seed: int, as_at: date) -> None:
    from data.demo import generate, write_database
    from data.demo.files.layouts import ANNEX_A, write_layout

    url = "://" in target
    if url and layout is not None:
        raise DataError("--as is for files in a folder; a database is always written as an SSD database.")
    tables = generate(children=children, seed=seed, as_at=as_at)
    with progress_shown() as progress:
        if url:
            write_database(tables, target, progress)
            print("Written as an SSD database. Read it with: fcl-tui load URL")
        else:
            written = write_layout(tables, Path(target), layout or ANNEX_A, as_at)
            what = str(written[0]) if len(written) == 1 else f"{len(written)} files in {target}"
            print(f"Written: {what}. Read it with: fcl-tui load {'FILE' if len(written) == 1 else 'FOLDER'}")


def _make(home: Path, *, children: int, seed: int, as_at: date) -> "LoadResult":
    from data.demo import DemoSource
    from fcl_tui.cli.demo.board import fill
    from fcl_tui.config.carers import DEMO_FILE
    from fcl_tui.config.supervision import DEMO_FILE as DEMO_SUPERVISIONS
    from fcl_tui.loading.load import load
    from fcl_tui.prepared.prepare import prepared

    settings = read(home)
    made: dict[int, dict[str, pl.DataFrame]] | None = {} if children <= TOLD_AS_STORY else None
    source = DemoSource(children=children, seed=seed, as_at=as_at, made=made)
    size = expected(children)
    size.check_room(home)
    print(f"Making the demo authority{size.words()} ...", file=sys.stderr, flush=True)
    with progress_shown(lines=size.is_long) as progress:
        told: dict[str, Any] = {
            "progress": progress,
            "demo": True,
            "rules_path": settings.rules_path,
            "closures": settings.closures,
            "keep": max(2, settings.keep_snapshots),
        }
        if made is not None:  # what has changed overnight is the best part of My day
            eve = working_day(as_at - timedelta(days=1))
            before = DemoSource(children=children, seed=seed, as_at=as_at, evening=eve, made=made)
            # it is only compared with: no figures by month
            load([before], home, data_date=eve, prepare=prepared, **told)
        result = load([source], home, data_date=as_at, **told)
    _make_audits(home, as_at, seed)
    write_text(home / DEMO_LIST, source.sealed().write_csv())
    write_text(home / DEMO_FILE, source.carers().write_csv())
    write_text(home / DEMO_SUPERVISIONS, source.supervisions().write_csv())
    fill(home, as_at, seed)
    _compare(home, children, as_at)
    return result


def _make_audits(home: Path, as_at: date, seed: int) -> None:
    """Six quarters of audits of practice in the demo's own office database."""
    from data.snapshots.reader import open_current
    from fcl_tui.access.quality.demo import make_audits

    make_audits(read(home), open_current(home), as_at, seed)


def _compare(home: Path, children: int, as_at: date) -> None:
    """Load what is published beside the demo authority: published values, and made-up files of its size."""
    from data.benchmarks.read import read as read_files
    from data.demo.benchmarks import write_files
    from data.office.benchmarks import save
    from fcl_tui.access.board.comparators import DEMO_AUTHORITY
    from fcl_tui.access.office import office_of

    settings = read(home)
    files, _ = read_files([write_files(home / DEMO_BENCHMARKS, children, as_at)], DEMO_AUTHORITY)
    save(office_of(settings, demo=True), files, "demo", None)
