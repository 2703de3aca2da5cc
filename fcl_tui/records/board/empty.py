"""The tables of the office that the Board is made of, where there are none: their columns."""

from typing import Any

import polars as pl

_KEPT = {"seq": pl.Int64, "made_by": pl.String, "made_at": pl.Datetime("us")}
_FIGURES = {"value": pl.Float64, "numerator": pl.Float64, "denominator": pl.Float64}
_FILE = {"file_sha256": pl.String, "file_row": pl.Int64}
TABLES: dict[str, dict[str, Any]] = {
    "values": {
        "value_id": pl.String,
        "no": pl.Int64,
        "definition_version": pl.Int64,
        "period": pl.String,
        "period_end": pl.Date,
        **_FIGURES,
        "status": pl.String,
        "origin": pl.String,
        "source": pl.String,
        "published_on": pl.Date,
        "note": pl.String,
        **_FILE,
        "supersedes": pl.String,
        **_KEPT,
    },
    "targets": {
        "no": pl.Int64,
        "year": pl.String,
        "period": pl.String,
        "green": pl.Float64,
        "amber": pl.Float64,
        "rationale": pl.String,
        "benchmark_used": pl.String,
        "approved_by": pl.String,
        **_KEPT,
    },
    "benchmarks": {
        "no": pl.Int64,
        "period": pl.String,
        "geography": pl.String,
        "value": pl.Float64,
        "source": pl.String,
        "published_on": pl.Date,
        **_FILE,
        **_KEPT,
    },
    "events": {
        "event_id": pl.String,
        "kind": pl.String,
        "subject": pl.String,
        "no": pl.Int64,
        "period": pl.String,
        "event": pl.String,
        "body": pl.String,
        **_KEPT,
    },
    "frozen": {
        "meeting": pl.String,
        "no": pl.Int64,
        "definition_version": pl.Int64,
        "period": pl.String,
        "period_end": pl.Date,
        **_FIGURES,
        "status": pl.String,
        "green": pl.Float64,
        "amber": pl.Float64,
        "rag": pl.String,
        "snapshot_id": pl.String,
        **_KEPT,
    },
    "items": {
        "register": pl.String,
        "reference": pl.String,
        "title": pl.String,
        "owner": pl.String,
        "received": pl.Date,
        "due": pl.Date,
        "done": pl.Date,
        "rating": pl.String,
        "note": pl.String,
        **_FILE,
        **_KEPT,
    },
}
"""By the names and columns of `data.office.board`"""
