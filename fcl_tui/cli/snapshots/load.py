"""What `fcl-tui load` says: progress while it works, questions in doubt, and the account at the end."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fcl_tui.cli.snapshots.progress import Silent, progress_shown

if TYPE_CHECKING:
    from datetime import date

    from fcl_tui.loading.summary import LoadResult


def tell_result(result: "LoadResult") -> None:
    """Say what came in, what went out, and what was wrong, by kind."""
    from widgets.cells.plain import plain

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


def loss_confirmed(sentence: str, progress: Silent) -> bool:
    """Ask the person at the terminal, if there is one, whether a loss is right."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    from widgets.cells.plain import plain

    with progress.paused():
        print(f"{plain(sentence)}\nPut it in use all the same? [y/N] ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().lower() in ("y", "yes")


def load_and_tell(
    home: Path,
    sources: list[str],
    *,
    schema: str | None,
    data_date: "date | None",
    accept: bool = False,
    progress_lines: bool = False,
) -> None:
    """Load, with progress, and print the summary.

    Raises:
        StoppedError: it was asked to stop.
        DataError: a source cannot be read, or the snapshot cannot be written; the last one stays in use.
    """
    from fcl_tui.config.settings import read
    from fcl_tui.loading.load import load
    from fcl_tui.terminal import kept_page

    settings = read(home)
    with progress_shown(progress_lines) as progress:
        result = load(
            sources,
            home,
            progress=progress,
            schema=schema,
            data_date=data_date,
            rules_path=settings.rules_path,
            closures=settings.closures,
            keep=settings.keep_snapshots,
            max_loss=settings.max_loss,
            accept=lambda sentence: accept or loss_confirmed(sentence, progress),
        )
    kept_page.forget(home)  # children may be on it whom the new data does not have
    tell_result(result)
