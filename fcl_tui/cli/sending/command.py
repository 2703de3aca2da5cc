"""The command `digest`."""

from typing import Annotated

import typer

from fcl_tui.cli.options import AsAt, Home, day_told, home_told


def digest(
    context: typer.Context,
    team: Annotated[str, typer.Option(help="The team, by name.")],
    home: Home = None,
    mail_to: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Send it there; the server is [mail] in settings.toml."),
    ] = None,
    as_at: AsAt = None,
) -> None:
    """Print or mail what a team has to chase, by initials and number only."""
    from fcl_tui.cli.sending.digest import told

    typer.echo(told(home_told(context, home), team, day_told(as_at), mail_to))


def add_to(app: typer.Typer) -> None:
    """Hang the command into the command line."""
    app.command()(digest)
