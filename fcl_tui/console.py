"""What long commands say while they work: a progress bar on a terminal, plain lines elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.sources.base import Progress

if TYPE_CHECKING:
    from datetime import date

    from fcl_tui.load_account import LoadResult


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Give a function that takes (what, rows done, rows in all or None) and shows it on stderr."""
    if not sys.stderr.isatty():

        def silent(what: str, done: int, total: int | None) -> None:
            """Nothing to draw on: the summary at the end tells the whole."""

        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    from widgets.plain import plain

    with Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        refresh_per_second=4,
    ) as bar:
        task = bar.add_task("Reading", total=None)

        def shown(what: str, done: int, total: int | None) -> None:
            bar.update(task, description=Text(plain(what)).plain, completed=done, total=total)

        yield shown


def tell_result(result: "LoadResult") -> None:
    """Say what came in, what went out, and what was wrong, by kind."""
    from widgets.plain import plain

    print(
        f"Snapshot {result.snapshot} is in use ({result.seconds:.1f} s, data of {result.data_date:%d/%m/%Y})."
    )
    for source, places in result.places.items():
        print()
        print(f"{plain(source):<44.44}{'rows in':>10}{'used':>10}{'held':>8}")
        for place in (one for one in places if one.rows_in):
            counts = f"{place.rows_in:>10,}{place.rows_used:>10,}{place.rows_held:>8,}"
            print(f"  {plain(place.place):<42.42}{counts}")
    print()
    for note in result.notes:
        print(plain(note))
    if not result.issues:
        print("No problems in the data.")
        return
    print("Problems in the data (fcl-tui check lists them):")
    for (severity, rule), count in sorted(result.issues.items()):
        print(f"  {severity:<9}{plain(rule.replace('_', ' ')):<40}{count:>8,}")


def load_and_tell(
    home: Path,
    sources: list[str],
    *,
    schema: str | None,
    data_date: "date | None",
) -> None:
    """Load, with progress, and print the summary.

    Raises:
        DataError: a source cannot be read, or the snapshot cannot be written; the last one stays in use.
    """
    from fcl_tui.load import load
    from fcl_tui.settings import read

    settings = read(home)
    with progress_shown() as progress:
        result = load(
            sources,
            home,
            progress=progress,
            schema=schema,
            data_date=data_date,
            rules_path=settings.rules_path,
            closures=settings.closures,
            keep=settings.keep_snapshots,
        )
    tell_result(result)
