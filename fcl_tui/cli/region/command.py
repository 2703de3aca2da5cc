"""The command `region`: figures of many authorities, each worked out where its snapshot is."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fcl_tui.cli.options import DAYS, AsAt, Format, Output, day_told

if TYPE_CHECKING:
    from fcl_tui.reports.answer import Answer
    from widgets.cells.column import Column

region_app = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@region_app.callback()
def region() -> None:
    """Figures of many authorities, worked out where each snapshot is."""


@region_app.command()
def measure(
    keys: Annotated[list[str], typer.Argument(metavar="KEY...", help="As fcl-tui measure has them.")],
    from_: Annotated[
        list[str],
        typer.Option(
            "--from",
            metavar="[NAME=]PLACE",
            help="An authority: the home of its fcl-tui, or s3://bucket/folder. Once for each.",
        ),
    ],
    by: Annotated[
        str | None, typer.Option("--by", metavar="authority", help="Each authority too, ranked.")
    ] = None,
    as_at: AsAt = None,
    first: Annotated[
        datetime | None, typer.Option("--first", formats=DAYS, metavar="DATE", help="Of a period.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--last", formats=DAYS, metavar="DATE", help="Of a period.")
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="local|ray", help="Who works them out.")
    ] = "local",
    address: Annotated[
        str | None, typer.Option("--address", metavar="HOST:PORT", help="Of the Ray cluster.")
    ] = None,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """Print figures of authorities, all together and ranked; numbers of 1 to 5 never leave an authority."""
    from data.errors import DataError
    from fcl_tui.export import write

    if by not in (None, "authority"):
        raise DataError(f"--by {by}: a region's figures can be had by authority.")
    day = day_told(as_at) or date.today()
    asked: dict[str, Any] = {"keys": list(dict.fromkeys(keys)), "as_at": day.isoformat()}
    asked |= {"first": _iso(day_told(first)), "last": _iso(day_told(last))}
    requests = [{**asked, "name": name, "place": place} for name, place in map(named, from_)]
    write(answered(requests, day, engine, address, every=by is not None), format_, output)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def named(told: str) -> tuple[str | None, str]:
    """The name and the place of NAME=PLACE; without a name, None."""
    name, sign, place = told.partition("=")
    return (name.strip(), place) if sign and "/" not in name else (None, told)


def answered(
    requests: "list[dict[str, Any]]", day: date, engine: str, address: str | None, *, every: bool
) -> "Answer":
    """The figures of authorities as an answer; those that cannot answer are named and counted.

    Raises:
        DataError: no authority could answer, two have one name, or the engine cannot be used.
    """
    import polars as pl

    from data.errors import DataError
    from fcl_tui.cli.region.engines import asked
    from fcl_tui.records.region import LEAVES, TOTAL, united
    from fcl_tui.reports.answer import Answer

    given: list[tuple[str, pl.DataFrame]] = []
    left: list[dict[str, Any]] = []
    days: list[date] = []
    for request, answer in zip(requests, asked(requests, engine, address), strict=True):
        name = answer.get("name") or request["name"] or Path(request["place"].rstrip("/")).name
        if "error" in answer:
            left.append({"reason": f"{name}: {answer['error']}", "count": 1, "what": "authority"})
            continue
        if name in {one for one, _ in given}:
            raise DataError(f"Two authorities are called {name}. Say --from NAME=PLACE.")
        given.append((name, pl.DataFrame(answer["figures"], schema=LEAVES)))
        days.append(date.fromisoformat(answer["data_date"]))
    if not given:
        raise DataError(f"No authority answered. {left[0]['reason']}" if left else "Say --from PLACE.")
    rows = united(given)
    return Answer(
        report="region",
        title="Region",
        as_at=day,
        snapshot_id=f"{len(given)} of {len(requests)} authorities",
        data_date=min(days),
        rows=rows if every else rows.filter(pl.col("authority") == TOTAL),
        parameters={"measures": ", ".join(requests[0]["keys"])},
        left_out=left,
        table=_columns(),
    )


def _columns() -> "tuple[Column, ...]":
    from widgets.cells.column import Column

    return (
        Column("key", "Key", 24, frozen=True),
        Column("authority", "Authority", 24, stretch=True),
        Column("group", "Group", 18, priority=3),
        Column("value", "Value", 9, align="right"),
        Column("unit", "Unit", 14, priority=2),
        Column("rank", "Rank", 4, align="right"),
        Column("ranked", "Of", 3, align="right", priority=1),
        Column("numerator", "Counted", 9, align="right", priority=4),
        Column("denominator", "Out of", 9, align="right", priority=4),
        Column("held_back", "Held back", 9, priority=1),
    )
