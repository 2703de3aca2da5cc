"""Further commands of `audits`: registers, themes, and what other agencies give back."""

from pathlib import Path
from typing import Annotated

import typer

from fcl_tui.cli.options import AsAt, Format, Home, Output, day_told, home_told
from fcl_tui.cli.practice.audits import Period, audits_app, desk_of, put

__all__ = ["audits_app"]
"""The commands of both modules"""


@audits_app.command("import")
def import_(
    context: typer.Context,
    register: Annotated[
        str,
        typer.Argument(
            metavar="REGISTER",
            help="observations, feedback, learning_reviews, complaints, recommendations or learning_points.",
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV; the columns are in the guidance.")],
    home: Home = None,
    save: Annotated[bool, typer.Option("--save", help="Save them; without it they are only shown.")] = False,
) -> None:
    """Show the rows of a file for a register, and with --save save all of them or none."""
    from fcl_tui.access.quality.registers import enter
    from fcl_tui.config.registers import read

    _, desk = desk_of(home_told(context, home), None)
    rows = read(register, file)
    if save:
        enter(desk, register, rows)
    print(f"Saved: {len(rows)}." if save else f"Nothing saved yet: {len(rows)} to save. Add --save to save.")


@audits_app.command()
def register(
    context: typer.Context,
    register: Annotated[str, typer.Argument(metavar="REGISTER", help="As for import.")],
    home: Home = None,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """List a register, newest first."""
    from fcl_tui.access.quality.registers import listed
    from fcl_tui.export import write

    session, desk = desk_of(home_told(context, home), None)
    rows = listed(desk, register)
    told = session.answer("audits", f"Register: {register.replace('_', ' ')}", rows.lazy())
    write(told, format_, output)


@audits_app.command()
def theme(
    context: typer.Context,
    title: Annotated[str, typer.Argument(help="The theme, as the round is called.")],
    period: Period,
    report: Annotated[
        str, typer.Option(help="The report that lists its children; --view narrows it.")
    ] = "client-overview",
    view: Annotated[str | None, typer.Option(metavar="NAME", help="A saved view of that report.")] = None,
    cases: Annotated[int, typer.Option(min=1, max=100, help="How many are audited.")] = 12,
    agency: Annotated[
        list[str] | None,
        typer.Option(metavar="AGENCY=LEAD", help="police, health, education, social_care, youth_justice."),
    ] = None,
    tool: Annotated[str | None, typer.Option(help="Its audit tool; none: the usual one.")] = None,
    home: Home = None,
    as_at: AsAt = None,
) -> None:
    """Begin a thematic audit, or with --agency a multi-agency one, of children that a report lists."""
    from fcl_tui.access.quality.themes import begin
    from fcl_tui.cli.asking.session import answer

    place, day = home_told(context, home), day_told(as_at)
    _, desk = desk_of(place, day)
    rows = answer(place, report, {}, as_at=day, view=view).rows
    people = rows["person_id"].drop_nulls().to_list() if "person_id" in rows.columns else []
    agencies = dict(one.partition("=")[::2] for one in agency or ())
    drawn, left_out = begin(desk, title, period, people, places=cases, agencies=agencies, tool=tool)
    print(f"{drawn} cases drawn of {len(set(people))} children.")
    for reason, count in left_out.items():
        print(f"  {count} left out: {reason}")


Round = Annotated[str, typer.Argument(metavar="ROUND", help="The round, by its name.")]
Agency = Annotated[str, typer.Argument(metavar="AGENCY", help="police, health, education ...")]


@audits_app.command("export-returns")
def export_returns(
    context: typer.Context,
    round_: Round,
    agency: Agency,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Write here.")],
    home: Home = None,
) -> None:
    """Write the form that an agency fills in: pseudonyms, no name and no number."""
    from fcl_tui.access.quality.themes import form_for
    from fcl_tui.export.returns import form

    _, desk = desk_of(home_told(context, home), None)
    tool, cases = form_for(desk, round_, agency)
    put(form(tool, agency, round_, cases), output, binary=True)


@audits_app.command("import-returns")
def import_returns(
    context: typer.Context,
    round_: Round,
    agency: Agency,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The form as it came back.")],
    home: Home = None,
    save: Annotated[bool, typer.Option("--save", help="Save it; without it it is only checked.")] = False,
) -> None:
    """Check a form that came back, and with --save save all of it or nothing."""
    from fcl_tui.access.quality.themes import round_of, take
    from fcl_tui.access.quality.tools import of_round
    from fcl_tui.export.returns import read

    _, desk = desk_of(home_told(context, home), None)
    told = round_of(desk, round_)
    body, rows = read(file, of_round(desk, told["tool_id"]))
    if save:
        take(desk, round_, agency, body, rows)
    print(f"Saved: {len(rows)}." if save else f"Nothing saved yet: {len(rows)} to save. Add --save to save.")


@audits_app.command()
def recommendation(
    context: typer.Context,
    recommendation: Annotated[str, typer.Argument(help="Its id, or as much of it as no other has.")],
    what: Annotated[str, typer.Argument(metavar="done|verified|not_done|progress")],
    note: Annotated[str, typer.Argument(help="What shows it, in a sentence.")],
    home: Home = None,
) -> None:
    """Say of a recommendation how it is now; the Board's register follows it."""
    from fcl_tui.access.quality.registers import end

    _, desk = desk_of(home_told(context, home), None)
    end(desk, recommendation, what, note)
    print("Saved.")
