"""Asking reports in tests: of a home as the command line does, of hand-made frames as a screen does."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

import polars as pl
import pytest

from data.office.office import schema
from fcl_tui.cli.asking.session import CommandSession, answer
from fcl_tui.reports.answer import Answer
from fcl_tui.reports.catalogue import load
from fcl_tui.reports.context import Context, Earlier
from fcl_tui.reports.measured.measure import chosen
from fcl_tui.reports.official.asked import Official, figures, official
from fcl_tui.reports.question.query import Drill, Query
from fcl_tui.reports.question.resolve import resolve
from fcl_tui.reports.run import Result, into, parts_of, run
from tests.reports.by_hand import AS_AT, CALENDAR


def asked(
    home: Any,
    report: str,
    *,
    as_at: date | None = None,
    break_glass: str | None = None,
    format_: str = "table",
    **typed: Any,
) -> Answer:
    """A report of a home, as `fcl-tui report` gives it. `from_` and `to_` are the period."""
    values = {name.rstrip("_"): value for name, value in typed.items()}
    return answer(home, report, values, as_at=as_at, break_glass=break_glass, format_=format_)


@contextmanager
def one_session() -> Iterator[None]:
    """Within it the questions of each day are asked in one session, as screens do, not each in its own.

    What a reader sees of a snapshot is then worked out once. Who the reader is must not change meanwhile.
    """
    kept = cache(CommandSession)
    with pytest.MonkeyPatch.context() as patch:
        for module in ("session", "lookups", "check"):
            patch.setattr(f"fcl_tui.cli.asking.{module}.CommandSession", kept)
        yield


def context(scan: Any, as_at: date = AS_AT, **more: Any) -> Context:
    """The context of hand-made frames: no marks, no leave, nothing earlier."""
    given: dict[str, Any] = {
        "scan": scan,
        "scan_open": scan,
        "calendar": CALENDAR,
        "as_at": as_at,
        "data_date": as_at,
        "user": "me",
        "settings": {"assessment_target": 90.0},
        "restricted": frozenset(),
        "marks": lambda: pl.LazyFrame(schema=schema()),
        "leave": lambda: pl.DataFrame(schema={"worker": pl.String, "first": pl.Date, "last": pl.Date}),
        "previous": lambda: None,
        "last_visit": lambda: Earlier(scan, as_at, "compared with today"),
        "log": lambda: (pl.DataFrame(), pl.DataFrame()),
    }
    return Context(**given | more)


def ask(
    report: str,
    scan: Any,
    *,
    as_at: date = AS_AT,
    drill: Drill | None = None,
    known: dict[str, Any] | None = None,
    **typed: Any,
) -> Result:
    """A report of hand-made frames; with `drill` the rows behind a figure.

    known: fields of the context other than the usual ones.
    """
    declared, told = load(report), context(scan, as_at, **(known or {}))
    query = resolve(declared, {name.rstrip("_"): value for name, value in typed.items()}, told)
    if drill is not None:
        query = into(declared, query, drill)
    return run(declared, told, query)


def measured(
    scan: Any,
    keys: Sequence[str],
    as_at: date = AS_AT,
    by: str | None = None,
    known: dict[str, Any] | None = None,
    **values: Any,
) -> dict[str, dict[str | None, tuple[float | None, float | None, float | None]]]:
    """Official figures of hand-made frames: by key and group (numerator, denominator, value)."""
    found: dict[str, dict[str | None, tuple[float | None, float | None, float | None]]] = {}
    told = context(scan, as_at, **(known or {}))
    by_family: dict[int, list[Official]] = {}
    for one in chosen(list(keys), official(keys)):
        assert isinstance(one, Official)
        by_family.setdefault(id(one.report), []).append(one)
    for those in by_family.values():
        rows = figures(those, told, Query("x", "x", {k.rstrip("_"): v for k, v in values.items()}), by)
        for row in rows.collect().to_dicts():
            parts = (row["numerator"], row["denominator"], row["value"])
            found.setdefault(row["key"], {})[row["group"]] = parts
    return found


def lazily(
    report: str, scan: Any, as_at: date = AS_AT, known: dict[str, Any] | None = None, **typed: Any
) -> pl.LazyFrame:
    """The rows of a report before they are collected."""
    declared, told = load(report), context(scan, as_at, **(known or {}))
    return parts_of(declared, told, resolve(declared, typed, told)).rows
