"""The command `supervision`: enter supervisions of staff, one by one or from a file."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fcl_tui.cli.options import DAYS, Home, day_told, home_told

if TYPE_CHECKING:
    import polars as pl

    from data.office.supervisions import Supervision

supervision_app = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@supervision_app.callback()
def supervision(context: typer.Context, home: Home = None) -> None:
    """Enter supervisions of staff: who, when, which children; never what was said."""
    context.obj = home if home is not None else context.obj


@supervision_app.command(name="import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV; the columns are in the guidance.")],
    home: Home = None,
    save: Annotated[bool, typer.Option("--save", help="Save them; without it they are only shown.")] = False,
) -> None:
    """Show the supervisions of a file, and with --save save all of them or none."""
    from fcl_tui.config.supervision import read

    _entered(home_told(context, home), file, read(file), save=save)


@supervision_app.command()
def add(
    context: typer.Context,
    worker: Annotated[str, typer.Argument(help="Name or number as in the case system.")],
    on: Annotated[datetime, typer.Option("--on", formats=DAYS, metavar="DATE", help="The day.")],
    home: Home = None,
    kind: Annotated[str, typer.Option(metavar="personal|case|group", help="Which kind.")] = "personal",
    state: Annotated[str, typer.Option(metavar="held|booked|cancelled", help="How it stands.")] = "held",
    child: Annotated[list[str] | None, typer.Option(help="A child discussed; can be repeated.")] = None,
    supervisor: Annotated[str | None, typer.Option(help="Who supervised; without it: you.")] = None,
) -> None:
    """Enter one supervision of a worker."""
    from fcl_tui.access.supervision import enter_one
    from fcl_tui.cli.asking.session import CommandSession

    session = CommandSession(home_told(context, home), None)
    demo, day = session.snapshot.manifest.demo, day_told(on) or on.date()
    made = enter_one(session.door, session.scan, worker, day, kind, state, child or (), supervisor, demo=demo)
    _tell(made, date.today(), saved=True)


def _entered(home: Path, path: Path, rows: "pl.DataFrame", *, save: bool) -> None:
    from fcl_tui.access.supervision import REPORT, checked, enter
    from fcl_tui.cli.asking.session import CommandSession

    session = CommandSession(home, None)
    session.door.require(REPORT)
    made = checked(session.door, session.scan, path, rows)
    if save:
        enter(session.door, made, demo=session.snapshot.manifest.demo)
    _tell(made, date.today(), saved=save)


def _tell(made: "list[Supervision]", today: date, *, saved: bool) -> None:
    from widgets.cells.plain import plain

    for one in made:
        late = " (that day is still to come)" if one.state == "held" and one.day > today else ""
        told = f"{one.day:%d/%m/%Y}  {one.worker}: {one.kind}, {one.state}, by {one.supervisor}"
        print(plain(f"{told}, {len(one.children)} children{late}"))
    print(f"Saved: {len(made)}." if saved else f"Nothing saved yet: {len(made)} to save. Add --save to save.")
