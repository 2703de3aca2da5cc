"""What the command line asks about problems in the data: the report Data Quality, and `fcl-tui check`."""

from pathlib import Path
from typing import Any

import polars as pl

from fcl_tui.asked import Asked, Request, choice, one_of, told
from fcl_tui.export import Answer
from fcl_tui.reports.choices import workers
from fcl_tui.reports.frames import collect


def _known(*names: pl.Series) -> list[str]:
    """Names that somebody may ask for: a team without problems is a team."""
    return sorted({name for series in names for name in series if name is not None})


def data_quality(asked: Asked, request: Request) -> Answer:
    """The report Data Quality, as the screen shows it."""
    from data.before import snapshot_before
    from fcl_tui.reports import data_quality as quality

    by = choice(request.by, ("kind", "team", "worker", "severity", "source"), "kind")
    issues, earlier = asked.scan("issues"), snapshot_before(asked.snapshot)
    before = None if earlier is None else earlier.scan("issues")
    team = worker = None
    if request.team is not None or request.worker is not None:
        holders = collect(quality.data_quality(issues, asked.scan, asked.as_at, by="worker"))
        clients = collect(workers(asked.scan, asked.as_at))
        team = one_of(request.team, _known(holders["team"], clients["team"]), "team")
        worker = one_of(request.worker, _known(holders["worker"], clients["worker"]), "worker")
    scope: dict[str, Any] = {
        "before": before,
        "team": team,
        "worker": worker,
        "person_ids": [request.client] if request.client else None,
    }
    if request.detail:
        rows = quality.detail(issues, asked.scan, asked.as_at, **scope).select(quality.FIX_COLUMNS)
    else:
        rows = quality.data_quality(issues, asked.scan, asked.as_at, by=by, **scope).drop("row_key")  # type: ignore[arg-type]
    compared = "nothing earlier" if earlier is None else f"data of {earlier.manifest.data_date:%d/%m/%Y}"
    return asked.answer(
        "data-quality",
        "Data Quality",
        rows,
        parameters=told(request, team=team, worker=worker, compared_with=compared),
    )


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
    from fcl_tui.reports.caseload import described_at
    from fcl_tui.rules_told import team_notes

    asked = Asked(home, None)
    asked.door.require("check")
    order = {"error": 0, "warning": 1, "note": 2}
    own = team_notes(home, asked.scan("allocations")).lazy()
    rows = pl.concat([asked.scan("issues"), own])
    severity = one_of(severity, order, "severity")
    if severity is not None:
        rows = rows.filter(pl.col("severity") == severity)
    if rule is not None:
        rule = one_of(rule, sorted(collect(rows.select("rule").unique())["rule"]), "rule broken")
        rows = rows.filter(pl.col("rule") == rule)
    if team is not None:
        children = rows.select("person_id").drop_nulls().unique()
        held = collect(described_at(asked.scan, asked.as_at, children).select("person_id", "team"))
        clients = collect(workers(asked.scan, asked.as_at))
        team = one_of(team, _known(held["team"], clients["team"]), "team")
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
    answer = asked.answer(
        "check",
        "Problems in the data",
        rows,
        parameters={name: value for name, value in chosen.items() if value is not None},
    )
    return answer, int(answer.rows.filter(pl.col("severity") == "error").height)
