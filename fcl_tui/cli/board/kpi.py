"""The command `kpi`: values and targets of the Board's indicators, entered, loaded, listed, due."""

import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fcl_tui.cli.options import DAYS, AsAt, Format, Home, Output, day_told, home_told

if TYPE_CHECKING:
    from fcl_tui.access.board.kpi_check import Checked
    from fcl_tui.cli.asking.session import CommandSession

kpi_app = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
File = Annotated[Path, typer.Argument(metavar="FILE", help="CSV or xlsx; kpi template gives one to fill in.")]
Number = Annotated[int, typer.Argument(metavar="NO", help="The indicator's number, 1 to 51.")]
Preview = Annotated[bool, typer.Option("--preview", help="Say what it would do; save nothing.")]


@kpi_app.callback()
def kpi(context: typer.Context, home: Home = None) -> None:
    """Enter, load and list the values and targets of the Performance Board's 51 indicators."""
    context.obj = home if home is not None else context.obj


def _session(context: typer.Context, home: Path | None, as_at: datetime | None = None) -> "CommandSession":
    from fcl_tui.cli.asking.session import CommandSession

    session = CommandSession(home_told(context, home), day_told(as_at))
    session.door.require("board")
    return session


@kpi_app.command()
def template(context: typer.Context, home: Home = None, as_at: AsAt = None, output: Output = None) -> None:
    """Print a file of values to fill in: a row for each value that is due."""
    from fcl_tui.access.board.kpi import template as filled
    from fcl_tui.export import save
    from fcl_tui.reports.question.query import Query
    from fcl_tui.reports.run import run
    from fcl_tui.reports.strategic.board.report import REPORT

    session = _session(context, home, as_at)
    text = filled(run(REPORT, session.context(), Query("board", "due")).rows)
    if output is None:
        sys.stdout.write(text)
    else:
        save(text.encode("utf-8-sig"), output)
        print(f"Written: {output}", file=sys.stderr)


@kpi_app.command()
def load(context: typer.Context, file: File, home: Home = None, preview: Preview = False) -> None:
    """Load values (or, with a column geography, comparators): all of the file or none of it."""
    from fcl_tui.access.board import kpi as entry

    session = _session(context, home)
    demo = session.snapshot.manifest.demo
    found = entry.load(session.door, file, session.as_at, demo=demo)
    if not preview and not found.refused:
        entry.save(session.door, found, demo=demo)
    _tell(found, saved=not preview and not found.refused)


def _tell(found: "Checked", *, saved: bool) -> None:
    from widgets.cells.plain import plain

    for row in found.changed:
        before = "no value" if row["before"] is None else f"{row['before']:g}"
        now = "no value" if row["value"] is None else f"{row['value']:g}"
        print(
            plain(f"changed: indicator {row['no']}, {row['period']}: {before} becomes {now} ({row['note']})")
        )
    for sentence in found.warnings:
        print(plain(sentence), file=sys.stderr)
    for sentence in found.refused:
        print(plain(sentence), file=sys.stderr)
    print(f"{found.counts}. {'Saved.' if saved else 'Nothing was saved.'}")
    if found.refused:
        raise typer.Exit(1)


@kpi_app.command(name="set")
def set_(
    context: typer.Context,
    no: Number,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="2026-09, 2026-27Q2, 2026-27FY ...")],
    value: Annotated[
        str, typer.Argument(metavar="[VALUE]", help="The value; none with numbers or a status.")
    ] = "",
    home: Home = None,
    numerator: Annotated[str, typer.Option(metavar="NUMBER", help="The upper part.")] = "",
    denominator: Annotated[str, typer.Option(metavar="NUMBER", help="What it is out of.")] = "",
    status: Annotated[str, typer.Option(metavar="STATUS", help="final, provisional, not_published ...")] = "",
    source: Annotated[str, typer.Option(help="Where it is from.")] = "",
    published_on: Annotated[str, typer.Option(metavar="DATE", help="When it was published.")] = "",
    note: Annotated[str, typer.Option(help="Why it changes, if one is held already.")] = "",
    preview: Preview = False,
) -> None:
    """Enter one value."""
    from fcl_tui.access.board import kpi as entry

    session = _session(context, home)
    demo = session.snapshot.manifest.demo
    cells = {
        "kpi": str(no), "period": period, "value": value, "numerator": numerator, "denominator": denominator,
        "status": status, "source": source, "published_on": published_on, "note": note,
    }  # fmt: skip
    found = entry.preview(session.door, entry.TYPED, [(1, cells)], session.as_at, demo=demo)
    if not preview:
        entry.save(session.door, found, demo=demo)
    _tell(found, saved=not preview)


@kpi_app.command()
def targets(
    context: typer.Context,
    no: Annotated[int | None, typer.Argument(metavar="[NO]", help="Set a target of this indicator.")] = None,
    year: Annotated[str, typer.Argument(metavar="[YEAR]", help="2026-27FY, or 2025/26AY.")] = "",
    home: Home = None,
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="Load targets, all or none.")] = None,
    green: Annotated[str, typer.Option(metavar="NUMBER", help="From here on it is green.")] = "",
    amber: Annotated[str, typer.Option(metavar="NUMBER", help="From here on it is amber.")] = "",
    tolerance: Annotated[float | None, typer.Option(help="Amber as so much less than green.")] = None,
    rationale: Annotated[str, typer.Option(help="Why this is the target.")] = "",
    benchmark: Annotated[str, typer.Option(help="The comparator it was taken from.")] = "",
    approved_by: Annotated[str, typer.Option(help="Who approved it.")] = "",
    period: Annotated[str, typer.Option(help="A milestone: for this period of the year alone.")] = "",
    format_: Format = "table",
    output: Output = None,
) -> None:
    """List the targets of every year, or set one."""
    from fcl_tui.access.board import kpi as entry

    session = _session(context, home)
    demo = session.snapshot.manifest.demo
    if file is not None:
        rows = entry.targets_in(file)
        entry.save_targets(session.door, rows, demo=demo)
        print(f"Saved: {len(rows)} targets.")
    elif no is None:
        _listed(session, "targets", format_, output)
    else:
        cells = {
            "kpi": str(no), "year": year, "period": period, "green": green,
            "amber": _by_tolerance(no, green, amber, tolerance), "rationale": rationale,
            "benchmark_used": benchmark, "approved_by": approved_by,
        }  # fmt: skip
        row = entry.target(entry.TYPED, 1, cells)
        entry.save_targets(session.door, [row], demo=demo)
        bound = "" if row["amber"] is None else f", amber to {row['amber']:g}"
        print(f"Saved: indicator {no}, {row['period'] or row['year']}: green from {row['green']:g}{bound}.")


def _by_tolerance(no: int, green: str, amber: str, tolerance: float | None) -> str:
    """The amber value that a tolerance comes to; what was typed where none is given."""
    from data.errors import DataError
    from fcl_tui.definitions.board import indicators

    if tolerance is None or not indicators.of(no):
        return amber
    if amber or tolerance < 0:
        raise DataError("Give amber as a value, or as a tolerance from 0 up, not both.")
    try:
        base = float(green)
    except ValueError:
        return amber  # green itself is refused
    low = indicators.of(no)[-1].polarity == "low"
    return f"{base + tolerance if low else base - tolerance:g}"


@kpi_app.command()
def due(
    context: typer.Context,
    home: Home = None,
    as_at: AsAt = None,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """List the values that are due and not entered."""
    from fcl_tui.cli.asking.session import answer
    from fcl_tui.export import write

    found = answer(home_told(context, home), "board", {"by": "due"}, as_at=day_told(as_at))
    columns = ["no", "name", "due_period", "due_on", "days_late", "newest", "source_name", "owner"]
    write(replace(found, rows=found.rows.select(columns), shown=None), format_, output)


@kpi_app.command()
def show(
    context: typer.Context,
    no: Annotated[int | None, typer.Argument(metavar="[NO]", help="Of this indicator alone.")] = None,
    home: Home = None,
    as_at: AsAt = None,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """List every value: entered or computed, those superseded too."""
    from fcl_tui.cli.asking.session import answer
    from fcl_tui.export import write

    if no is None:
        _listed(_session(context, home, as_at), "values", format_, output)
        return
    typed: dict[str, Any] = {"by": "one", "kpi": str(no)}
    found = answer(home_told(context, home), "board", typed, as_at=day_told(as_at))
    write(found, format_, output)


@kpi_app.command()
def owner(
    context: typer.Context,
    no: Number,
    user: Annotated[str, typer.Argument(help="Who writes for it from now on.")],
    home: Home = None,
) -> None:
    """Say who owns an indicator: they, and the Board's duty, write for it."""
    from fcl_tui.access.board.acts import BoardActs

    session = _session(context, home)
    BoardActs(session.door, demo=session.snapshot.manifest.demo, as_at=session.as_at).own(no, user)
    print(f"Indicator {no} is owned by {user}.")


@kpi_app.command()
def rebase(
    context: typer.Context,
    no: Number,
    start: Annotated[datetime, typer.Argument(formats=DAYS, metavar="DATE", help="From this day on.")],
    reason: Annotated[str, typer.Argument(help="Which known change it was.")],
    home: Home = None,
) -> None:
    """Begin the control chart of an indicator anew at a known change."""
    from fcl_tui.access.board.acts import BoardActs

    session = _session(context, home)
    acts = BoardActs(session.door, demo=session.snapshot.manifest.demo, as_at=session.as_at)
    acts.rebase(no, day_told(start) or date.today(), reason)
    print(f"The control chart of indicator {no} begins anew on {start:%d/%m/%Y}.")


def _listed(session: "CommandSession", table: str, format_: str, output: Path | None) -> None:
    """Every row that the office keeps of values or targets, in the order saved."""
    from fcl_tui.access.board.rows import board_rows
    from fcl_tui.export import write

    rows = board_rows(session.door, session.snapshot.id, demo=session.snapshot.manifest.demo)
    frame = rows.values if table == "values" else rows.targets
    title = "Values of indicators" if table == "values" else "Targets of indicators"
    write(session.answer("board", title, frame, parameters={"shown": table}), format_, output)
