"""The commands `access` and `audit`: who may see what, and who saw what."""

from datetime import date, datetime
from typing import Annotated

import typer

from fcl_tui.cli.options import DAYS, Home, Output, home_told

NAMES = {"help_option_names": ["-h", "--help"]}
access_app = typer.Typer(context_settings=NAMES, no_args_is_help=True)
audit_app = typer.Typer(
    context_settings=NAMES,
    no_args_is_help=True,
)

User = Annotated[str, typer.Argument(metavar="USER", help="As marks and the log name them.")]
Number = Annotated[str, typer.Argument(metavar="PERSON", help="The child's number.")]
From = Annotated[datetime, typer.Option("--from", formats=DAYS, metavar="DATE", help="The first day.")]
Until = Annotated[datetime, typer.Option(formats=DAYS, metavar="DATE", help="The last day.")]
MaybeDay = Annotated[datetime | None, typer.Option(formats=DAYS, metavar="DATE", help="The last day.")]


def _tell(lines: list[str], *, well: bool = True) -> None:
    from widgets.cells.plain import plain

    for line in lines:
        print(plain(line))
    if not well:
        raise typer.Exit(1)


@access_app.command("list")
def list_(context: typer.Context, home: Home = None) -> None:
    """List who may come in, what they see, who is deputy or covers, and restricted records."""
    from fcl_tui.access.readers import access_list, sign_in, validation

    place = home_told(context, home)
    sign_in.administering(place)
    found = access_list.read(place) or access_list.Roster()
    _tell(
        validation.listed(place, found, date.today()) or ["No one is listed: there is no access.toml here."]
    )


@access_app.command()
def add(
    context: typer.Context,
    user: User,
    role: Annotated[
        str,
        typer.Option(
            help="business support officer, social worker, front-line manager, senior manager, analyst "
            "or administrator."
        ),
    ],
    team: Annotated[list[str] | None, typer.Option(metavar="TEAM", help="As often as needed.")] = None,
    worker: Annotated[list[str] | None, typer.Option(metavar="WORKER", help="As often as needed.")] = None,
    everyone: Annotated[bool, typer.Option("--all", help="Every child.")] = False,
    duty: Annotated[
        list[str] | None,
        typer.Option(metavar="board|kpi_owner|qa", help="Beside the role; as often as needed."),
    ] = None,
    until: MaybeDay = None,
    home: Home = None,
) -> None:
    """Put a person on the list, or change their entry."""
    from fcl_tui.access.readers import access_list, administration

    person = access_list.Person(
        user,
        role,
        everyone,
        tuple(team or ()),
        tuple(worker or ()),
        until.date() if until else None,
        tuple(dict.fromkeys(duty or ())),
    )
    _tell(administration.add(home_told(context, home), person, date.today()))


@access_app.command()
def remove(context: typer.Context, user: User, home: Home = None) -> None:
    """Take a person off the list, with their cover and deputies."""
    from fcl_tui.access.readers import administration

    _tell(administration.remove(home_told(context, home), user, date.today()))


@access_app.command()
def cover(
    context: typer.Context,
    user: User,
    team: Annotated[str, typer.Option(metavar="TEAM", help="The other team.")],
    start: From,
    until: Until,
    home: Home = None,
) -> None:
    """Let a person see another team for some days, both included."""
    from fcl_tui.access.readers import access_list, administration

    entry = access_list.Cover(user, team, start.date(), until.date())
    _tell(administration.cover(home_told(context, home), entry, date.today()))


@access_app.command()
def deputy(
    context: typer.Context,
    user: User,
    other: Annotated[str, typer.Option("--for", metavar="USER", help="The user they are deputy for.")],
    start: From,
    until: Until,
    home: Home = None,
) -> None:
    """Let a person act for another for some days, both included: they see what the other sees."""
    from fcl_tui.access.readers import access_list, administration

    entry = access_list.Deputy(user, other, start.date(), until.date())
    _tell(administration.deputy(home_told(context, home), entry, date.today()))


@access_app.command()
def end(
    context: typer.Context,
    user: User,
    team: Annotated[str | None, typer.Option(metavar="TEAM", help="Only cover of this team.")] = None,
    other: Annotated[str | None, typer.Option("--for", metavar="USER", help="Only for this user.")] = None,
    home: Home = None,
) -> None:
    """End a person's cover, and their acting for others, before its last day."""
    from fcl_tui.access.readers import administration

    _tell(administration.end_early(home_told(context, home), user, team=team, stands_for=other))


@access_app.command()
def restrict(
    context: typer.Context,
    person: Number,
    owner: Annotated[str, typer.Option(metavar="USER", help="Responsible for it; sees who opened it.")],
    may_open: Annotated[list[str] | None, typer.Option(metavar="USER", help="As often as needed.")] = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; no names.")] = "",
    home: Home = None,
) -> None:
    """Restrict a record to named people, or change who they are."""
    from fcl_tui.access.readers import administration
    from fcl_tui.access.seen import restricted_records

    seal = restricted_records.Seal(" ".join(reason.split()), owner, tuple(may_open or ()))
    _tell(administration.restrict(home_told(context, home), person.strip(), seal))


@access_app.command()
def unrestrict(context: typer.Context, person: Number, home: Home = None) -> None:
    """Open a restricted record to everyone in whose remit the child is."""
    from fcl_tui.access.readers import administration

    _tell(administration.unrestrict(home_told(context, home), person.strip()))


@access_app.command()
def check(context: typer.Context, home: Home = None) -> None:
    """Hold the list against the snapshot in use. Exit 1 when something is wrong."""
    from fcl_tui.access.readers import sign_in, validation

    place = home_told(context, home)
    sign_in.administering(place)
    told, well = validation.checked(place, date.today())
    _tell(told, well=well)


@audit_app.command()
def verify(context: typer.Context, home: Home = None) -> None:
    """Verify the log from its first row. Exit 1, with the first bad row, when it is not intact."""
    from fcl_tui.access.audit import verified

    told, well = verified(home_told(context, home))
    _tell(told, well=well)


@audit_app.command("list")
def list_log(
    context: typer.Context,
    who: Annotated[str | None, typer.Option(metavar="USER", help="What this user did.")] = None,
    client: Annotated[str | None, typer.Option(metavar="ID", help="What was done with this child.")] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=DAYS, metavar="DATE", help="The first day (UTC).")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=DAYS, metavar="DATE", help="The last day (UTC).")
    ] = None,
    owner: Annotated[
        str | None, typer.Option(metavar="USER", help="Only this user's restricted records; me: yours.")
    ] = None,
    home: Home = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="table|csv|json|xlsx", help="How to write it.")
    ] = "table",
    output: Output = None,
) -> None:
    """List who did what, newest first."""
    from fcl_tui.access.audit import listed
    from fcl_tui.export import write

    answer = listed(
        home_told(context, home),
        who=who,
        client=client,
        first=first.date() if first else None,
        last=last.date() if last else None,
        owner=owner,
    )
    write(answer, format_, output)
