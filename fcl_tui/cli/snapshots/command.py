"""The command `snapshots`: list, compare, restore, verify, publish."""

from typing import Annotated

import typer

from fcl_tui.cli.options import Home, Output, home_told

snapshots_app = typer.Typer(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Format = Annotated[str, typer.Option("--format", metavar="table|csv|json|xlsx", help="How to write it.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="Its id, or how that begins.")]
MaybeId = Annotated[str | None, typer.Argument(metavar="[ID]", help="Its id, or how that begins.")]


@snapshots_app.callback()
def snapshots(
    context: typer.Context, home: Home = None, format_: Format = "table", output: Output = None
) -> None:
    """List the snapshots, newest first."""
    context.obj = home if home is not None else context.obj
    from fcl_tui.access.readers.sign_in import at_the_door

    at_the_door(home_told(context, context.obj)).require_loading()
    if context.invoked_subcommand is None:
        from fcl_tui.cli.snapshots.shown import listed
        from fcl_tui.export import write

        write(listed(home_told(context, context.obj)), format_, output)


@snapshots_app.command()
def compare(
    context: typer.Context,
    first: MaybeId = None,
    second: MaybeId = None,
    home: Home = None,
    by: Annotated[str | None, typer.Option(help="One row per table|child|rule.")] = None,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """Say what changed: children in and out, rows of tables, problems. Without ids, the last two."""
    from fcl_tui.cli.snapshots.shown import compared
    from fcl_tui.export import write

    write(compared(home_told(context, home), first, second, by), format_, output)


@snapshots_app.command()
def restore(context: typer.Context, snapshot: Id, home: Home = None) -> None:
    """Put an older snapshot in use, if it is intact."""
    from fcl_tui.cli.snapshots.shown import restored
    from widgets.cells.plain import plain

    for line in restored(home_told(context, home), snapshot):
        print(plain(line))


@snapshots_app.command()
def verify(context: typer.Context, snapshot: MaybeId = None, home: Home = None) -> None:
    """Read every file and hold it against its checksum. Exit 1 when one is not as it was written."""
    from fcl_tui.cli.snapshots.shown import verified
    from widgets.cells.plain import plain

    told, whole = verified(home_told(context, home), snapshot)
    for line in told:
        print(plain(line))
    if not whole:
        raise typer.Exit(1)


@snapshots_app.command()
def publish(
    context: typer.Context,
    place: Annotated[str, typer.Argument(metavar="URL", help="As s3://bucket/folder.")],
    home: Home = None,
) -> None:
    """Copy the snapshot in use into an object store, for hosts that read and do not load."""
    from fcl_tui.cli.snapshots.shown import published

    print(published(home_told(context, home), place))
