"""The options that many commands share, and the home they are told of."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from data.errors import DataError
from fcl_tui.config.date_input import FIRST, LAST

DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
"""How a day may be written"""

Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Where fcl-tui keeps what it writes. Default: $FCL_HOME."),
]
AsAt = Annotated[
    datetime | None, typer.Option("--as-at", formats=DAYS, metavar="DATE", help="Default: today.")
]
Publish = Annotated[
    bool,
    typer.Option("--publish", help="For publication: counts of 1 to 5, and what would give one away, as c."),
]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here.")]
Format = Annotated[
    str, typer.Option("--format", metavar="table|text|csv|json|xlsx|docx|ics", help="How to write it.")
]


def home_told(context: typer.Context, home: Path | None) -> Path:
    """The home given with the command, else with a command above it, else the default."""
    from fcl_tui.config.settings import home_directory

    return home_directory(home if home is not None else context.obj)


def day_told(value: datetime | None) -> date | None:
    """The day of an option, without its midnight. Raises DataError for one that no record can have."""
    if value is None:
        return None
    day = value.date()
    if not FIRST <= day <= LAST:
        raise DataError(
            f"{day:%d/%m/%Y} is not a day that can be used. Give one from {FIRST:%d/%m/%Y} to "
            f"{LAST:%d/%m/%Y}."
        )
    return day
