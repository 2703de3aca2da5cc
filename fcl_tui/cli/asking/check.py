"""The answer to `fcl-tui check`: the problems in the data of the snapshot in use."""

from pathlib import Path

import polars as pl

from data.frames import collect
from fcl_tui.cli.asking.session import CommandSession
from fcl_tui.definitions.choices import workers
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.question.resolve import match_name


def _known(*names: pl.Series) -> list[str]:
    """Names that may be asked for: a team without problems is a team."""
    return sorted({name for series in names for name in series if name is not None})


def problems(
    home: Path, *, severity: str | None = None, team: str | None = None, rule: str | None = None
) -> tuple[Answer, int]:
    """The problems in the data of the current snapshot, and how many of those listed are errors.

    Args:
        severity, rule: list these only.
        team: list those of children whose case the team holds today.

    Raises:
        DataError: there is no such severity, rule or team in the snapshot.
    """
    from fcl_tui.cli.asking.rules import team_notes
    from fcl_tui.definitions.caseload import described_at

    session = CommandSession(home, None)
    session.door.require("check")
    order = {"error": 0, "warning": 1, "note": 2}
    own = team_notes(home, session.scan("allocations")).lazy()
    rows = pl.concat([session.scan("issues"), own])
    severity = match_name(severity, order, "severity") if severity is not None else None
    if severity is not None:
        rows = rows.filter(pl.col("severity") == severity)
    if rule is not None:
        rule = match_name(rule, sorted(collect(rows.select("rule").unique())["rule"]), "rule broken")
        rows = rows.filter(pl.col("rule") == rule)
    if team is not None:
        children = rows.select("person_id").drop_nulls().unique()
        held = collect(described_at(session.scan, session.as_at, children).select("person_id", "team"))
        clients = collect(workers(session.scan, session.as_at))
        team = match_name(team, _known(held["team"], clients["team"]), "team")
        theirs = held.lazy().filter(pl.col("team") == team)
        rows = rows.join(theirs.select("person_id"), on="person_id", how="semi")
    rows = rows.sort(
        pl.col("severity").replace_strict(order, default=3, return_dtype=pl.Int8),
        "rule",
        "source",
        "place",
        "row",
        nulls_last=True,
    )
    chosen = {"severity": severity, "team": team, "rule": rule}
    answer = session.answer(
        "check",
        "Problems in the data",
        rows,
        parameters={name: value for name, value in chosen.items() if value is not None},
    )
    return answer, int(answer.rows.filter(pl.col("severity") == "error").height)
