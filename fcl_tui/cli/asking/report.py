"""The command `report`: its options are the parameters that reports declare."""

import inspect
from datetime import date, datetime
from typing import Annotated, Any

import typer

from fcl_tui.cli.options import DAYS, AsAt, Format, Home, Output, Publish, day_told, home_told
from fcl_tui.reports.parameters.parameter import Parameter
from fcl_tui.reports.parameters.shared import ALL
from fcl_tui.reports.question.resolve import option_of


def _complete_report(incomplete: str) -> list[tuple[str, str]]:
    from fcl_tui.reports.catalogue import every

    return [(one.key, one.summary) for one in every() if one.key.startswith(incomplete)]


def _completer(parameter: Parameter) -> Any:
    """Completes the names in the data that the reader may see; what fails completes nothing."""

    def complete(context: typer.Context, incomplete: str) -> list[str]:
        from fcl_tui.cli.asking.session import CommandSession
        from fcl_tui.reports.question.query import Query
        from fcl_tui.reports.question.resolve import names_of

        try:
            session = CommandSession(home_told(context, context.params.get("home")), None)
            known = names_of(parameter, session.context(), Query("", ""))
        except Exception:
            return []  # a shell waits for it, and has nowhere to show a sentence
        return [name for name in known if name.casefold().startswith(incomplete.casefold())]

    return complete


def _python_name(parameter: Parameter) -> str:
    return f"{parameter.name}_"  # some are words of the language: from


def _option(parameter: Parameter) -> inspect.Parameter:
    """The option of the command line that a parameter declares."""
    name = option_of(parameter.name)
    told: dict[str, Any] = {"help": parameter.help}
    wanted: Any
    default: Any = None
    if parameter.kind == "flag":
        wanted, default = bool, False
    elif parameter.kind == "date":
        wanted, told = datetime | None, told | {"formats": DAYS}
    else:
        wanted = str | None
    if parameter.metavar is not None:
        told["metavar"] = parameter.metavar
    if parameter.names is not None:
        told["autocompletion"] = _completer(parameter)
    return inspect.Parameter(
        _python_name(parameter),
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[wanted, typer.Option(name, **told)],
    )


def _report(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            help="Which report: client-overview, caseload ...; none lists them.",
            autocompletion=_complete_report,
        ),
    ] = None,
    home: Home = None,
    as_at: AsAt = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="VIEW", help="Which view of the report: item, child, team ..."),
    ] = None,
    detail: Annotated[bool, typer.Option("--detail", help="The rows behind the figures.")] = False,
    view: Annotated[
        str | None, typer.Option("--view", metavar="NAME", help="Narrow as this saved view does.")
    ] = None,
    break_glass: Annotated[
        str | None,
        typer.Option(
            "--break-glass", metavar="REASON", help="Open a restricted record; its owner reads the reason."
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="all|A,B", help="Every column, or these by name."),
    ] = None,
    publish: Publish = False,
    format_: Format = "table",
    output: Output = None,
    **values: Any,
) -> None:
    """Print or write one report; without a name, list the reports and what each takes."""
    if name is None:
        for line in listed():
            typer.echo(line)
        return
    from dataclasses import replace

    from fcl_tui.cli.asking.session import answer
    from fcl_tui.export import write

    given = {parameter.name: _given(values.get(_python_name(parameter))) for parameter in ALL}
    typed = {key: value for key, value in given.items() if value not in (None, False)}
    found = answer(
        home_told(context, home),
        name,
        typed | ({"by": by} if by is not None else {}) | ({"detail": True} if detail else {}),
        as_at=day_told(as_at),
        view=view,
        break_glass=break_glass,
        format_=format_,
        publish=publish,
    )
    write(replace(found, chosen_columns=columns), format_, output)


def _given(value: Any) -> str | date | bool | None:
    return value.date() if isinstance(value, datetime) else value


def listed() -> list[str]:
    """The reports, the question each answers, and the options it takes."""
    from fcl_tui.reports.catalogue import every, load
    from fcl_tui.reports.question.resolve import options_of

    lines: list[str] = []
    for entry in every():
        lines += [f"{entry.key}: {entry.summary}", f"    {' '.join(options_of(load(entry.key)))}".rstrip()]
    return lines


def add_to(app: typer.Typer) -> None:
    """Put the command into the command line, with an option for each parameter."""
    signature = inspect.signature(_report)
    fixed = [one for one in signature.parameters.values() if one.kind is not inspect.Parameter.VAR_KEYWORD]
    own = {one.name: one.annotation for one in fixed}
    options = [_option(parameter) for parameter in ALL]

    def report(context: typer.Context, **values: Any) -> None:
        _report(context, **values)

    told: Any = report
    told.__doc__ = _report.__doc__
    told.__signature__ = inspect.Signature(
        [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in fixed[:1]]
        + [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in fixed[1:2]]
        + options
        + [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in fixed[2:]]
    )
    told.__annotations__ = own | {one.name: one.annotation for one in options}
    app.command("report")(report)
