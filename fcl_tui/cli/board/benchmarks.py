"""The command `benchmarks`: load published figures of other areas, and show what is known of them."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fcl_tui.cli.options import DAYS, Format, Home, Output, day_told, home_told

if TYPE_CHECKING:
    from data.benchmarks.read import Passed, Read
    from data.office.benchmarks import Saved
    from fcl_tui.config.settings import Settings
    from fcl_tui.reports.answer import Answer

benchmarks_app = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@benchmarks_app.callback()
def benchmarks(context: typer.Context, home: Home = None) -> None:
    """Published figures of other areas, the population, the statistical neighbours."""
    context.obj = home if home is not None else context.obj


@benchmarks_app.command(name="load")
def load_(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Files as the Department published them, or their folder."),
    ],
    home: Home = None,
    published: Annotated[
        datetime | None,
        typer.Option("--published", formats=DAYS, metavar="DATE", help="The day they were published."),
    ] = None,
) -> None:
    """Read published files: all of them or none. A value that was revised is kept beside the old one."""
    from data.benchmarks.read import read as read_files
    from data.office import benchmarks as kept
    from fcl_tui.access.board.comparators import authority_of
    from fcl_tui.access.context_sources import figures
    from fcl_tui.access.office import office_of
    from fcl_tui.access.readers.sign_in import at_the_door
    from fcl_tui.config.settings import read

    place = home_told(context, home)
    at_the_door(place).require_loading()
    settings = read(place)
    demo = is_demo(settings)
    files, passed = read_files(paths, authority_of(figures(settings), demo=demo))
    _tell(files, kept.save(office_of(settings, demo=demo), files, settings.who, day_told(published)), passed)


def is_demo(settings: "Settings") -> bool:
    """Whether the demo authority is in use in this home: what is published is then kept with its marks."""
    from data.errors import DataError
    from fcl_tui.config.current_snapshot import snapshot_in_use

    try:
        return snapshot_in_use(settings).manifest.demo
    except DataError:  # nothing is loaded yet
        return False


def _tell(files: "list[Read]", saved: "list[Saved]", passed: "list[Passed]") -> None:
    from widgets.cells.plain import plain

    for file, one in zip(files, saved, strict=True):
        if one.added:
            revised = f", {one.revised:,} of them beside an earlier value" if one.revised else ""
            told = f"{one.added:,} of {one.figures:,} figures added{revised}"
        else:
            told = f"nothing new in {one.figures:,} figures"
        left = "; ".join(file.figures.left_out) if file.figures is not None else ""
        print(plain(f"{one.name}: {one.title}: {told}." + (f" Not used: {left}." if left else "")))
    for other in passed:
        print(plain(f"{other.name}: not read: it {other.why}."))


@benchmarks_app.command()
def show(
    context: typer.Context,
    home: Home = None,
    key: Annotated[str | None, typer.Option(help="A measure, such as cla_rate.")] = None,
    area: Annotated[
        str | None, typer.Option(metavar="CODE", help="An area by its code, such as E06000043, or its name.")
    ] = None,
    history: Annotated[
        bool, typer.Option("--history", help="With every value that was later revised.")
    ] = False,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """List published figures: value or symbol, the year, the file."""
    from fcl_tui.export import write

    write(shown(home_told(context, home), key, area, history=history), format_, output)


def shown(home: Path, key: str | None, area: str | None, *, history: bool = False) -> "Answer":
    """The published figures of a key and an area.

    Raises:
        DataError: no figure of that key or area is loaded, or they cannot be read.
    """
    from data.office import access_log as log
    from fcl_tui.access.office import office_of
    from fcl_tui.access.readers.sign_in import at_the_door
    from fcl_tui.config.settings import read
    from fcl_tui.definitions.figures.comparators import POPULATION
    from fcl_tui.reports.answer import Answer
    from fcl_tui.reports.measured.published import COLUMNS, listed, to_read, wanted

    class Published(Answer):
        """Published figures are of no snapshot."""

        @property
        def headline(self) -> str:
            told = "".join(f" · {name}: {value}" for name, value in self.parameters.items())
            return f"{self.title}{told} · as known on {self.as_at:%d/%m/%Y}"

    from data.office import benchmarks as kept

    settings = read(home)
    door = at_the_door(home, settings)
    office = office_of(settings, demo=is_demo(settings))
    known = kept.read(office, keys=wanted(key))
    if key is not None and set(known.values["key"]) <= {POPULATION}:  # the sentence names those that are near
        known = kept.read(office)
    rows = listed(known.values.lazy(), known.areas, key, area, history=history)
    chosen = {name: value for name, value in (("key", key), ("area", area)) if value is not None}
    door.record(log.PRINTED, report="benchmarks", detail=f"{', '.join(chosen.values())}; {rows.height} rows")
    today = date.today()
    return Published(
        "benchmarks",
        "Published figures",
        today,
        "",
        today,
        rows,
        parameters=chosen,
        table=COLUMNS,
        shown=to_read(rows),
    )
