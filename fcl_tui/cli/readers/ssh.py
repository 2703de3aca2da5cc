"""The commands `session`, `fetch`, `ssh` and `purge`: sessions over SSH, and what has to go in time."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from fcl_tui.cli.options import Home, home_told

ssh_app = typer.Typer(
    context_settings={"help_option_names": ["-h", "--help"]},
)


@ssh_app.command("authorized-keys")
def authorized_keys(
    context: typer.Context,
    user: Annotated[str, typer.Argument(metavar="USER", help="Who this is, as marks and the log name them.")],
    key_file: Annotated[Path, typer.Argument(metavar="KEYFILE", help="Their public key (.pub).")],
    home: Home = None,
    program: Annotated[
        Path | None,
        typer.Option("--program", metavar="PATH", help="The fcl-tui to start: default this."),
    ] = None,
) -> None:
    """Print the line of authorized_keys by which a person's key opens their session, and nothing else."""
    from fcl_tui.ssh.authorized import key_line
    from fcl_tui.ssh.shell import shell_fault

    print(key_line(user, key_file, home_told(context, home), program))
    if fault := shell_fault():
        print(fault, file=sys.stderr)


@ssh_app.command("host")
def host(context: typer.Context, home: Home = None) -> None:
    """Keep a process ready from which sessions open sooner; run by systemd (docs/session-host.md)."""
    from fcl_tui.cli.errors import guarded
    from fcl_tui.ssh.host.serve import serve
    from fcl_tui.ssh.session import open_screens

    place = home_told(context, home)
    serve(
        place,
        lambda user, told: guarded(lambda: open_screens(user, told)),
        lambda: print(f"Sessions of {place} open through this process.", file=sys.stderr, flush=True),
    )


def session(
    context: typer.Context,
    user: Annotated[str, typer.Option("--user", metavar="NAME", help="Who reads.")],
    home: Home = None,
) -> None:
    """A session over SSH: started by the SSH server, never by hand."""
    from fcl_tui.ssh.session import begin, place_of, screens

    asked, place = begin(user), home_told(context, home)
    if not asked:
        raise typer.Exit(screens(place))
    commands = context.find_root().command
    commands.main(args=["--home", str(place_of(place)), *asked], prog_name="fcl-tui")


def fetch(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, as shown when it was exported.")],
    home: Home = None,
) -> None:
    """Write a file you exported to standard output: ssh HOST fetch NAME > NAME."""
    from fcl_tui.export.folder import fetch as fetched

    fetched(home_told(context, home), name)


Days = Annotated[float | None, typer.Option(min=0, metavar="N", help="Default: as in the settings.")]


def purge(
    context: typer.Context,
    home: Home = None,
    snapshots_days: Annotated[
        float | None, typer.Option(min=0, metavar="N", help="Also snapshots older than this.")
    ] = None,
    exports_days: Days = None,
    notes_days: Days = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go; remove nothing.")] = False,
) -> None:
    """Remove old snapshots and exported files, the words of expired notes, and those of audits long over."""
    from datetime import datetime

    from fcl_tui.cli.readers.purge import Retention
    from fcl_tui.cli.readers.purge import purge as purged

    wanted = Retention(exports_days, notes_days, snapshots_days, dry_run)
    for line in purged(home_told(context, home), wanted, datetime.now()):
        print(line)


def add_to(app: typer.Typer) -> None:
    """Hang these commands into the command line."""
    app.command()(session)
    app.command()(fetch)
    app.command()(purge)
