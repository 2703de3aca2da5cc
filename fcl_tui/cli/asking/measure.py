"""The command `measure`: any figure of any report by its key, for scripts and for looking one up."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fcl_tui.cli.options import DAYS, AsAt, Format, Home, Output, Publish, day_told, home_told
from fcl_tui.reports.parameters.shared import FROM, TEAM, TO
from fcl_tui.reports.question.resolve import option_of

if TYPE_CHECKING:
    import polars as pl

    from fcl_tui.reports.answer import Answer
    from fcl_tui.reports.measured.measure import Named
    from widgets.cells.column import Column


def _complete_key(incomplete: str) -> list[tuple[str, str]]:
    known = _every()
    return [(one.key, one.measure.label) for one in known if one.key.startswith(incomplete)]


def _measure(
    context: typer.Context,
    keys: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KEY]...",
            help="Which figures: percent_in_time, caseload.children ...; none lists them.",
            autocompletion=_complete_key,
        ),
    ] = None,
    home: Home = None,
    as_at: AsAt = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="DIM", help="For each team, worker, month, quarter ...")
    ] = None,
    from_: Annotated[
        datetime | None,
        typer.Option(option_of(FROM.name), formats=DAYS, metavar=FROM.metavar, help=FROM.help),
    ] = None,
    to_: Annotated[
        datetime | None, typer.Option(option_of(TO.name), formats=DAYS, metavar=TO.metavar, help=TO.help)
    ] = None,
    team: Annotated[str | None, typer.Option(option_of(TEAM.name), help=TEAM.help)] = None,
    rows: Annotated[bool, typer.Option("--rows", help="The records behind the figures.")] = False,
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="all|A,B", help="In a table: every column, or these by name."),
    ] = None,
    publish: Publish = False,
    format_: Format = "table",
    output: Output = None,
) -> None:
    """Print figures of the reports by their keys; without one, list them with their definitions."""
    from dataclasses import replace

    from fcl_tui.export import write

    typed = {FROM.name: day_told(from_), TO.name: day_told(to_), TEAM.name: team}
    found = measured(
        home_told(context, home),
        keys or [],
        as_at=day_told(as_at),
        by=by,
        rows=rows,
        typed=typed,
        publish=publish,
    )
    write(replace(found, chosen_columns=columns), format_, output)


def measured(
    home: Path,
    keys: list[str],
    *,
    as_at: date | None = None,
    by: str | None = None,
    rows: bool = False,
    typed: dict[str, Any] | None = None,
    publish: bool = False,
) -> "Answer":
    """The figures of these keys, or the list of all that the reader's role may have.

    Args:
        typed: from, to, team, as the reports that have the measures take them.
        publish: hide small numbers; refused for the records behind.

    Raises:
        DataError: there is no such measure, dimension or team; a report is not for the reader.
    """
    from data.errors import DataError
    from fcl_tui.cli.asking.session import CommandSession

    given = {name: value for name, value in (typed or {}).items() if value is not None}
    if not keys:
        asked = [*map(option_of, given), *(["--by"] if by else []), *(["--rows"] if rows else [])]
        if asked:
            raise DataError(f"{', '.join(asked)}: say of which measure. fcl-tui measure lists them.")
        return _list(CommandSession(home, as_at), _every())
    picked = picked_of(keys)
    session = CommandSession(home, as_at)
    for report in dict.fromkeys(one.report.key for one in picked):
        session.door.require(report)
    if publish and rows:
        raise DataError("The records behind a figure are not for publication: leave out --rows.")
    return _answer(session, picked, by, given, rows=rows, publish=publish)


def picked_of(keys: list[str]) -> "list[Named]":
    """The measures of these keys.

    Raises:
        DataError: there is no such measure; the sentence names those that are near.
    """
    from fcl_tui.reports.measured.measure import chosen
    from fcl_tui.reports.official.asked import official
    from fcl_tui.reports.strategic.page_keys import parts

    named = parts(keys)
    if len(named) == len({key.strip().lower() for key in keys}):
        return chosen(keys, named)
    of_these = (*named, *official(keys))
    known = {one.key for one in of_these}
    return chosen(keys, of_these if all(key.strip().lower() in known for key in keys) else _every())


def _every() -> "tuple[Named, ...]":
    """Every measure there is: the official ones, then those of the reports."""
    from fcl_tui.reports import catalogue
    from fcl_tui.reports.measured.measure import every
    from fcl_tui.reports.official.asked import official
    from fcl_tui.reports.strategic.page_keys import parts

    known = (*official(), *parts())
    reports = (catalogue.load(entry.key) for entry in catalogue.every())
    return (*known, *every(reports, besides=(one.key for one in known)))


def _list(session: Any, named: Any) -> "Answer":
    from fcl_tui.reports.measured.measure import listed, never_counted
    from widgets.cells.column import Column

    allowed = [one for one in named if session.door.allows(one.report.key)]
    table = (
        Column("key", "Key", 26, frozen=True),
        Column("definition", "What it counts", 40, stretch=True),
        Column("unit", "Unit", 12, priority=3),
        Column("window", "When", 7, priority=2),
        Column("by", "By", 24, priority=4),
        Column("source", "Source", 30, priority=5),
    )
    answer: Answer = session.answer(
        "measure", "Measures", listed(allowed).lazy(), table=table, left_out=never_counted().lazy()
    )
    return answer


def _answer(
    session: Any, picked: Any, by: str | None, given: dict[str, Any], *, rows: bool, publish: bool
) -> "Answer":
    from dataclasses import replace

    import polars as pl

    from data.errors import DataError
    from fcl_tui.reports.measured.measure import figures, not_here, rows_behind
    from fcl_tui.reports.measured.population import in_words
    from fcl_tui.reports.official import asked
    from fcl_tui.reports.question.resolve import resolve
    from fcl_tui.reports.run import LEFT_OUT, parts_of
    from fcl_tui.reports.strategic.page_keys import PAGE, Part

    told = session.context()
    frames: list[pl.LazyFrame] = []
    left: list[pl.LazyFrame] = [pl.LazyFrame(schema=LEFT_OUT)]
    words: dict[str, str] = {"measures": ", ".join(one.key for one in picked)}
    if any(one.measure.statistic == "rate" for one in picked):
        words["population"] = in_words(told, told.as_at)
    if by is not None:
        words["by"] = by
    if rows:
        words["rows"] = "true"
    for report in {id(one.report): one.report for one in picked}.values():
        those = [one for one in picked if one.report is report and not isinstance(one, Part)]
        pages = [one for one in picked if one.report is report and isinstance(one, Part)]
        for one in pages:
            if by not in (None, PAGE) or rows or publish:
                raise DataError(
                    f"{one.key} has the rows of its page and no others, and is not for publication: leave "
                    "out --by, --rows and --publish, or ask for its figures by their own keys."
                )
            frames.append(one.figures(told, resolve(report, given, told)))
        if not those:
            continue
        views = [one.breakdown(by).key for one in those]
        query = replace(resolve(report, given, told), view=views[0])
        over_time = isinstance(those[0], asked.Official)
        work = rows_behind if rows else asked.figures if over_time else figures
        frames.append(work(those, told, query, by))
        left += [not_here(those, told, by)]
        beside = parts_of(report, told, query).left_out
        if beside is not None:
            left.append(beside.select(pl.col(name).cast(kind) for name, kind in LEFT_OUT.items()))
        words |= {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in query.values.items()
        }
    body = pl.concat(frames, how="diagonal_relaxed")
    lines = pl.concat(left).unique(maintain_order=True)
    if publish:
        body, lines = _published(picked, body, lines)
        words["publish"] = "true"
    answer: Answer = session.answer("measure", "Measures", body, parameters=words, left_out=lines)
    if rows:
        return answer
    return replace(answer, shown=_read(answer.rows), table=_columns())


def _published(
    picked: Any, body: "pl.LazyFrame", lines: "pl.LazyFrame"
) -> "tuple[pl.LazyFrame, pl.LazyFrame]":
    """The figures with small numbers hidden, and a line that says how many are."""
    import polars as pl

    from data.frames import collect
    from fcl_tui.reports.publishing.publish import WHY, published_measures
    from fcl_tui.reports.run import LEFT_OUT

    told, count = published_measures(collect(body), {one.key: one.measure.statistic for one in picked})
    line = pl.LazyFrame({"reason": [WHY], "count": [count], "what": ["figures"]}, schema=LEFT_OUT)
    return told.lazy(), pl.concat([lines, line]) if count else lines


def _columns() -> "tuple[Column, ...]":
    from widgets.cells.column import Column

    return (
        Column("key", "Key", 24, frozen=True, stretch=True),
        Column("group", "Group", 24, priority=1, stretch=True),
        Column("value", "Value", 9, align="right"),
        Column("unit", "Unit", 14, priority=2),
        Column("numerator", "Counted", 9, align="right", priority=3),
        Column("denominator", "Out of", 9, align="right", priority=3),
        Column("period", "Period", 21, priority=4),
    )


def _read(rows: "pl.DataFrame") -> "pl.DataFrame":
    """The figures as text for a table: whole numbers without a decimal, others with one."""
    import polars as pl

    from fcl_tui.definitions.figures.suppression import MARK

    def read(name: str) -> pl.Expr:
        whole = pl.col(name) == pl.col(name).round(0)
        told = pl.when(whole).then(pl.col(name).cast(pl.Int64, strict=False).cast(pl.String))
        text = told.otherwise(pl.col(name).round(1).cast(pl.String))
        if "hidden" in rows.columns:
            text = pl.when(pl.col("hidden")).then(pl.lit(MARK)).otherwise(text)
        return text.alias(name)

    return rows.with_columns(read("value"), read("numerator"))


def add_to(app: typer.Typer) -> None:
    """Put the command into the command line."""
    app.command("measure")(_measure)
