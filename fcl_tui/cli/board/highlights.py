"""The command `highlights`: comment on an indicator of the Monthly Highlights, freeze a month."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from fcl_tui.cli.options import AsAt, Home, day_told, home_told

highlights_app = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@highlights_app.callback()
def highlights(context: typer.Context, home: Home = None) -> None:
    """Monthly Highlights: comments, and the figures as they are reported."""
    context.obj = home if home is not None else context.obj


@highlights_app.command()
def comment(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The indicator, such as rereferral_pct.")],
    text: Annotated[str, typer.Argument(help="What is to be said of it.")],
    home: Home = None,
    as_at: AsAt = None,
) -> None:
    """Write the comment on an indicator of the month that is over on the as-at day."""
    month = commented(home_told(context, home), key, text, day_told(as_at))
    print(f"Saved: the comment on {key}, {month:%B %Y}.")


@highlights_app.command()
def freeze(context: typer.Context, home: Home = None, as_at: AsAt = None) -> None:
    """Keep the month's figures as they are reported; from then on it takes no comments."""
    month, many = frozen(home_told(context, home), day_told(as_at))
    print(f"Frozen: {many} indicators of {month:%B %Y}.")


def commented(home: Path, key: str, text: str, as_at: date | None) -> date:
    """Save a comment. Returns the month's last day.

    Raises:
        DataError: there is no such indicator on the page, or `access.board.highlights.comment` refuses.
    """
    from data.errors import DataError
    from fcl_tui.access.board import highlights as kept
    from fcl_tui.access.office import office_of
    from fcl_tui.cli.asking.session import CommandSession
    from fcl_tui.definitions.days.window import month_over
    from fcl_tui.reports.strategic.highlight.indicators import INDICATORS

    session = CommandSession(home, as_at)
    named = session.settings.highlights or INDICATORS
    if key not in named:
        raise DataError(f"{key!r} is not on the page. There are: {', '.join(named)}.")
    month = month_over(session.as_at)
    office = office_of(session.settings, demo=session.snapshot.manifest.demo)
    kept.comment(session.door, office, month, key, text)
    return month


def frozen(home: Path, as_at: date | None) -> tuple[date, int]:
    """Freeze a month. Returns its last day, and how many indicators it has.

    Raises:
        DataError: `access.board.highlights.freeze` refuses.
    """
    from fcl_tui.access.board import highlights as kept
    from fcl_tui.access.office import office_of
    from fcl_tui.cli.asking.session import CommandSession
    from fcl_tui.definitions.days.window import month_over
    from fcl_tui.reports import catalogue
    from fcl_tui.reports.question.resolve import resolve
    from fcl_tui.reports.run import run

    session = CommandSession(home, as_at)
    session.door.require(kept.REPORT)
    report, context = catalogue.load(kept.REPORT), session.context()
    rows = run(report, context, resolve(report, {}, context)).rows
    month = month_over(session.as_at)
    office = office_of(session.settings, demo=session.snapshot.manifest.demo)
    kept.freeze(session.door, office, month, kept.figures_of(rows), session.snapshot.id)
    return month, rows.height
