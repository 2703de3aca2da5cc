"""The command `audits`: draw cases, list and show audits, exchange returns with other agencies."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fcl_tui.cli.options import AsAt, Format, Home, Output, day_told, home_told

if TYPE_CHECKING:
    from datetime import date

    from fcl_tui.access.quality.desk import Desk
    from fcl_tui.cli.session import CommandSession

audits_app = typer.Typer(
    help="Audits of practice: draw cases, list and show them. The log of who looked is: fcl-tui audit.",
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
    from fcl_tui.cli.session import CommandSession

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
