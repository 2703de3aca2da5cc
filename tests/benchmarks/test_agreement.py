"""The benchmark's two formulations give the same due dates, and its copies are new children each."""

import polars as pl
import pytest

from tests.benchmarks import due_items, replicas

pytest.importorskip("duckdb")


def test_the_engine_and_the_sql_agree_on_every_due_date(tmp_path, monkeypatch):
    monkeypatch.setattr(replicas, "BASE", 60)
    replicas.make(tmp_path, 120)
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for out in (ours, theirs):
        out.mkdir()
    due_items.three(tmp_path, 120, 60, ours)
    due_items.sql(tmp_path, 120, 60, theirs)
    compared, different = due_items.disagreements(tmp_path, ours, theirs)
    assert compared > 3000
    assert different == 0
    parts = [pl.read_parquet(part) for part in sorted(ours.glob("*.parquet"))]
    assert len(parts) == 2
    assert parts[0].height == parts[1].height
    assert pl.concat(parts)["item_id"].is_unique().all()


def test_a_difference_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(replicas, "BASE", 30)
    replicas.make(tmp_path, 30)
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for out in (ours, theirs):
        out.mkdir()
    due_items.three(tmp_path, 30, 30, ours)
    due_items.sql(tmp_path, 30, 30, theirs)
    answer = theirs / "00000.parquet"
    pl.read_parquet(answer).with_columns(pl.col("due") + pl.duration(days=1)).write_parquet(answer)
    assert due_items.disagreements(tmp_path, ours, theirs)[1] > 0
