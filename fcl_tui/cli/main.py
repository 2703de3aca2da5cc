"""The command line: the same reports as the screens, through the same functions.

Nothing heavy is imported until a command needs it, so that `--help` answers at once.
Exit codes: 0 done; 1 the data or the request was wrong (told on stderr); 2 usage; 128 and the signal's
number when stopped (130 ctrl+c, 143 SIGTERM, 129 SIGHUP).
"""

from datetime import datetime
from typing import Annotated, Any

import typer

from data.errors import DataError
from fcl_tui import __version__
from fcl_tui.cli.asking import measure as cli_measure
from fcl_tui.cli.asking import report as cli_report
from fcl_tui.cli.errors import guarded
from fcl_tui.cli.fast_options import leave_plain_values_as_they_are
from fcl_tui.cli.groups import LateGroups
from fcl_tui.cli.options import DAYS, AsAt, Format, Home, Output, day_told, home_told
from fcl_tui.cli.readers import ssh as cli_ssh
from fcl_tui.cli.sending import command as cli_digest

app = typer.Typer(
    name="fcl-tui",
    cls=LateGroups,
    help="Children's services reports in a terminal. Without a command it opens on the current snapshot.",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

cli_ssh.add_to(app)
cli_report.add_to(app)
cli_measure.add_to(app)
cli_digest.add_to(app)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"fcl-tui {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _open(
    context: typer.Context,
    home: Home = None,
    as_at: AsAt = None,
    view: Annotated[str | None, typer.Option(metavar="NAME", help="Open on this saved view.")] = None,
    _version_wanted: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    context.obj = home
    if context.invoked_subcommand is None:
        from fcl_tui.terminal.launch import open_application

        raise typer.Exit(open_application(home_told(context, home), day_told(as_at), view=view))


@app.command()
def demo(
    context: typer.Context,
    home: Home = None,
    children: Annotated[int, typer.Option(min=1, max=5_000_000, help="Open children.")] = 2_000,
    seed: Annotated[int, typer.Option(help="Another number makes another authority.")] = 1,
    as_at: AsAt = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Make it, do not open it.")] = False,
    write: Annotated[
        str | None,
        typer.Option(
            metavar="URL|DIR", help="Write it as an SSD database, or as files into a folder (see --as)."
        ),
    ] = None,
    layout: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="LAYOUT",
            help="annex-a (default), ssda903, ssda903-xml, cin-census, ssd-csv or ssd-parquet.",
        ),
    ] = None,
) -> None:
    """Make a demo authority (no real child in it) and open it."""
    from fcl_tui.cli.demo.made import demonstrate

    code = demonstrate(
        home_told(context, home),
        children=children,
        seed=seed,
        as_at=day_told(as_at),
        write=write,
        layout=layout,
        open_it=not no_open,
    )
    raise typer.Exit(code)


@app.command()
def load(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="A database URL, a file, or a folder or zip of files."),
    ],
    home: Home = None,
    schema: Annotated[str | None, typer.Option(help="The database schema that holds the SSD tables.")] = None,
    data_date: Annotated[
        datetime | None,
        typer.Option(formats=DAYS, metavar="DATE", help="The date of the data, if the source does not say."),
    ] = None,
    accept: Annotated[
        bool,
        typer.Option(
            "--accept", help="Load even if more than max_loss % of children or open cases would go."
        ),
    ] = False,
    progress: Annotated[bool, typer.Option("--progress", help="Print progress into a log too.")] = False,
) -> None:
    """Read sources into the next snapshot."""
    from fcl_tui.access.readers.sign_in import at_the_door
    from fcl_tui.cli.snapshots.load import load_and_tell

    at_the_door(home_told(context, home)).require_loading()
    load_and_tell(
        home_told(context, home),
        sources,
        schema=schema,
        data_date=day_told(data_date),
        accept=accept,
        progress_lines=progress,
    )


@app.command()
def find(
    context: typer.Context,
    text: Annotated[
        list[str], typer.Argument(help="Name in any order, part of it, number or date of birth.")
    ],
    home: Home = None,
    as_at: AsAt = None,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """Find clients by name, number or date of birth."""
    from fcl_tui.cli.asking.lookups import found
    from fcl_tui.export import write

    answer = found(home_told(context, home), " ".join(text), day_told(as_at))
    if answer.rows.is_empty() and format_ in ("table", "text"):
        raise DataError("No one found: no name, number or date of birth here fits what you typed.")
    write(answer, format_, output)
    if answer.rows.is_empty():
        raise typer.Exit(1)


@app.command()
def why(
    context: typer.Context,
    client: Annotated[str, typer.Argument(help="The client's number.")],
    item: Annotated[str, typer.Argument(help="The item's id or its rule, such as cp_visit.")],
    home: Home = None,
    as_at: AsAt = None,
) -> None:
    """Explain how a due date was worked out."""
    from fcl_tui.cli.asking.lookups import reasons
    from widgets.cells.plain import plain

    for line in reasons(home_told(context, home), client, item, day_told(as_at)):
        print(plain(line) if line else "")


@app.command()
def rules(
    context: typer.Context,
    home: Home = None,
    as_at: AsAt = None,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """Print the timescales in force on a day, and where each comes from."""
    from fcl_tui.cli.asking.rules import rules_told
    from fcl_tui.export import write

    write(rules_told(home_told(context, home), day_told(as_at)), format_, output)


@app.command()
def check(
    context: typer.Context,
    home: Home = None,
    severity: Annotated[str | None, typer.Option(metavar="error|warning|note", help="These only.")] = None,
    team: Annotated[str | None, typer.Option(help="Children whose case this team holds.")] = None,
    rule: Annotated[str | None, typer.Option(help="One kind of problem, as end_before_start.")] = None,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """List the problems in the data of the current snapshot. Exit 1 when errors are listed."""
    from fcl_tui.cli.asking.check import problems
    from fcl_tui.export import write

    answer, errors = problems(home_told(context, home), severity=severity, team=team, rule=rule)
    write(answer, format_, output)
    if errors:
        raise typer.Exit(1)


@app.command()
def marks(
    context: typer.Context,
    home: Home = None,
    history: Annotated[bool, typer.Option("--history", help="Every mark ever made.")] = False,
    as_at: AsAt = None,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """List what is marked on due items, by whom and when."""
    from fcl_tui.cli.asking.marks import marks_listed
    from fcl_tui.export import write

    write(marks_listed(home_told(context, home), day_told(as_at), history=history), format_, output)


@app.command()
def views(context: typer.Context, home: Home = None) -> None:
    """List the saved views: your own, and those shared with teams."""
    from fcl_tui.cli.asking.session import CommandSession
    from fcl_tui.cli.asking.views import listed
    from widgets.cells.plain import plain

    for line in listed(CommandSession(home_told(context, home), None)):
        print(plain(line))


@app.command()
def doctor(context: typer.Context, home: Home = None) -> None:
    """Examine this installation, terminal, permissions and snapshot."""
    from fcl_tui.cli.doctor import examine

    raise typer.Exit(examine(home_told(context, home)))


def main() -> Any:
    """Run, and turn every failure into one sentence and an exit code; never a traceback."""
    leave_plain_values_as_they_are()
    return guarded(app)


if __name__ == "__main__":
    main()
