"""The command `digest`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer


def digest(
    context: typer.Context,
    team: Annotated[str, typer.Option(help="The team, by name.")],
    home: Annotated[Path | None, typer.Option("--home", metavar="DIR", help="Default: $FCL_HOME.")] = None,
    mail_to: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Send it there; the server is [mail] in settings.toml."),
    ] = None,
    as_at: Annotated[
        datetime | None,
        typer.Option("--as-at", formats=["%Y-%m-%d", "%d/%m/%Y"], metavar="DATE", help="Default: today."),
    ] = None,
) -> None:
    """Print or mail what a team has to chase, by initials and number only."""
    from fcl_tui.digest import told
    from fcl_tui.settings import home_directory

    place = home_directory(home if home is not None else context.find_root().obj)
    typer.echo(told(place, team, as_at.date() if as_at is not None else None, mail_to))


def add_to(app: typer.Typer) -> None:
    """Hang the command into the command line."""
    app.command()(digest)
