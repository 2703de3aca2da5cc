"""The demo authority as extracts: every row of every table, and nobody's own files overwritten."""

from datetime import date

import polars as pl
import pytest

from data.demo import generate, write_extracts
from data.demo.files.writing import MARK
from data.errors import DataError
from data.schema.tables import names, polars_schema
from data.sources import open_source
from data.sources.base import silent


@pytest.fixture(scope="module")
def tables():
    return generate(children=25, seed=3, as_at=date(2026, 3, 31))


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_every_row_of_every_table_comes_back(tables, tmp_path, kind):
    assert len(write_extracts(tables, tmp_path, kind)) == len(names())
    source = open_source(str(tmp_path))
    frames, told = {}, []
    for batch in source.batches(silent):
        frames.setdefault(batch.table, []).append(batch.frame)
        told.append(batch.issues)
    for table, wanted in tables.items():
        found = pl.concat(frames[table]) if table in frames else wanted.clear()
        columns = list(polars_schema(table, provenance=False))
        spaced = pl.selectors.string().str.strip_chars()
        assert found.select(columns).equals(wanted.select(columns).with_columns(spaced)), table
    assert pl.concat(told).select("rule", "place").rows() == [("unused_file", MARK)]


def test_a_demo_replaces_a_demo_and_nothing_else(tables, tmp_path):
    write_extracts(tables, tmp_path, "csv")
    write_extracts(tables, tmp_path, "parquet")
    assert not list(tmp_path.glob("*.csv"))
    (tmp_path / MARK).unlink()
    before = (tmp_path / "ssd_person.parquet").read_bytes()
    with pytest.raises(DataError, match="is not the demo authority's"):
        write_extracts(tables, tmp_path, "csv")
    assert (tmp_path / "ssd_person.parquet").read_bytes() == before
    assert not list(tmp_path.glob("*.csv"))


def test_a_folder_that_cannot_be_written(tables, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataError, match="could not be written"):
        write_extracts(tables, tmp_path / "file" / "in", "csv")
