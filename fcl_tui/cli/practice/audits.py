"""The command `audits`: draw cases, list and show audits, exchange returns with other agencies."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fcl_tui.cli.options import AsAt, Format, Home, Output, day_told, home_told

if TYPE_CHECKING:
    from datetime import date

    from fcl_tui.access.quality.desk import Desk
    from fcl_tui.cli.asking.session import CommandSession

audits_app = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Period = Annotated[str, typer.Option("--period", metavar="QUARTER", help="The quarter: 2026-27Q1.")]


@audits_app.callback()
def audits(context: typer.Context, home: Home = None) -> None:
    """Audits of practice: draw cases, list and show them. The log of who looked is: fcl-tui audit."""
    context.obj = home if home is not None else context.obj


def desk_of(home: Path, as_at: "date | None") -> "tuple[CommandSession, Desk]":
    """The session of a command, and its reader at the quality assurance of the home."""
    from fcl_tui.access.quality.desk import REPORT, Desk
    from fcl_tui.cli.asking.session import CommandSession

    session = CommandSession(home, as_at)
    session.door.require(REPORT)
    return session, Desk(session.door, session.as_at, session.snapshot.manifest.demo)


@audits_app.command()
def draw(
    context: typer.Context,
    period: Period,
    home: Home = None,
    as_at: AsAt = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Show who would be drawn; keep nothing.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Draw again from its snapshot and compare.")
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why a second draw is made.")] = "",
    format_: Format = "table",
    output: Output = None,
) -> None:
    """Draw the cases of a quarter, the same on every machine; everyone left out is listed with the reason."""
    from fcl_tui.access.quality import drawing

    session, desk = desk_of(home_told(context, home), day_told(as_at))
    if verify:
        _verified(drawing.verify(desk, period))
        return
    told = drawing.preview(desk, period)
    if not preview:
        drawing.keep(desk, told, reason)
    _drawn(session, desk, told, format_, output, kept=not preview)


def _drawn(session, desk, told, format_, output, *, kept) -> None:  # type: ignore[no-untyped-def]
    import polars as pl

    from fcl_tui.access.quality import drawing
    from fcl_tui.export import write
    from fcl_tui.quality.sampling import COLUMNS

    rows = drawing.shown(desk, told.draw.rows).select(*COLUMNS)
    left_out = pl.LazyFrame(
        [{"reason": why, "count": count, "what": "children"} for why, count in told.draw.excluded.items()],
        schema={"reason": pl.String, "count": pl.Int64, "what": pl.String},
    )
    parameters = {
        "period": told.period,
        "draw": str(told.number),
        "seed": told.draw.seed,
        "drawn": f"{told.draw.selected} of {told.draw.rows.height}",
        "sha256": told.draw.sha256,
        "kept": "yes" if kept else "no, this is a preview",
    }
    answer = session.answer("audits", "Audits: draw", rows.lazy(), parameters=parameters, left_out=left_out)
    write(answer, format_, output)


def _verified(told: list[tuple[str, bool]]) -> None:
    from widgets.cells.plain import plain

    for sentence, _ in told:
        print(plain(sentence))
    if not all(well for _, well in told):
        raise typer.Exit(1)


@audits_app.command("list")
def list_(
    context: typer.Context,
    home: Home = None,
    as_at: AsAt = None,
    round_: Annotated[
        str | None, typer.Option("--round", help="One round by name; none: the newest.")
    ] = None,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """List the audits of a round that you see case by case; the same as: report audits --by case."""
    from fcl_tui.cli.asking.session import answer
    from fcl_tui.export import write

    typed = {"by": "case"} | ({"round": round_} if round_ is not None else {})
    write(answer(home_told(context, home), "audits", typed, as_at=day_told(as_at)), format_, output)


@audits_app.command()
def show(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The audit's id, or as much of it as no other has.")],
    home: Home = None,
    as_at: AsAt = None,
) -> None:
    """Print one audit: grades, words, actions and history."""
    from fcl_tui.access.quality.printed import printed
    from widgets.cells.plain import plain

    _, desk = desk_of(home_told(context, home), day_told(as_at))
    for line in printed(desk, case):
        print(plain(line) if line else "")


@audits_app.command()
def assign(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The audit's id, or as much of it as no other has.")],
    auditor: Annotated[str, typer.Argument(help="The account the auditor signs in with.")],
    home: Home = None,
    as_at: AsAt = None,
    moderator: Annotated[str, typer.Option(help="Who moderates; none: the manager of the pod.")] = "",
    reason: Annotated[str, typer.Option(help="Why it goes to another auditor.")] = "",
) -> None:
    """Give an audit to an auditor."""
    from fcl_tui.access.quality import steps
    from fcl_tui.access.quality.cases import case_of
    from fcl_tui.access.quality.printed import full_id

    _, desk = desk_of(home_told(context, home), day_told(as_at))
    steps.assign(desk, case_of(desk, full_id(desk, case)), auditor, moderator=moderator, reason=reason)
    print("Assigned.")


@audits_app.command()
def consistency(context: typer.Context, period: Period, home: Home = None, as_at: AsAt = None) -> None:
    """Begin the yearly check of a quarter: you grade its audits again, without their grades."""
    from fcl_tui.access.quality.again import check_consistency

    _, desk = desk_of(home_told(context, home), day_told(as_at))
    print(f"{check_consistency(desk, period)} audits to grade again: see Yours to do in Audits of Practice.")


@audits_app.command()
def briefing(
    context: typer.Context,
    period: Period,
    audience: Annotated[str, typer.Option(metavar="social_work|slt|board", help="For whom.")] = "slt",
    home: Home = None,
    as_at: AsAt = None,
    freeze: Annotated[bool, typer.Option("--freeze", help="Keep it as it is now, first.")] = False,
    format_: Annotated[str, typer.Option("--format", metavar="docx|xlsx|json|text")] = "text",
    output: Output = None,
) -> None:
    """Write the quarter's briefing: the newest frozen one, or a draft of the figures of now."""
    from fcl_tui.access.quality import briefings
    from fcl_tui.export.briefing import written

    session, desk = desk_of(home_told(context, home), day_told(as_at))
    briefings.audience_of(audience)
    if freeze:
        briefings.freeze(desk, period, audience)
    told = briefings.given(desk, period, audience)
    settings = session.settings
    body = written(
        told,
        format_,
        authority=settings.authority_name or "",
        marking=settings.protective_marking or "",
    )
    put(body, output, binary=format_ in ("docx", "xlsx"))


def put(body: bytes, output: Path | None, *, binary: bool) -> None:
    """Write a file, or print it; a binary one never to a terminal."""
    import sys

    from data.errors import DataError
    from fcl_tui.export import save

    if output is not None:
        save(body, output)
        print(f"Written: {output}", file=sys.stderr)
    elif binary and sys.stdout.isatty():
        raise DataError("This file cannot be shown here; say where to write it with -o FILE.")
    else:
        sys.stdout.buffer.write(body)
        sys.stdout.flush()


@audits_app.command()
def verify(context: typer.Context, home: Home = None) -> None:
    """Follow the chain of every record of quality assurance: whether any was changed, removed or moved."""
    from data.office.quality.store import verify as followed
    from fcl_tui.access.readers.duties import require_duty
    from fcl_tui.access.readers.roles import QA

    _, desk = desk_of(home_told(context, home), None)
    require_duty(desk.door, QA, to="verify the records")
    count, faults = followed(desk.office)
    _verified(
        [(f"Records intact: {count:,} rows.", True)] if not faults else [(one, False) for one in faults]
    )
