"""The demo authority as a source, and written to databases and read back."""

import sqlite3
from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa

from data.demo import DemoSource, generate, write_database
from data.errors import DataError
from data.schema.tables import PREFIX, key_of, names, polars_schema
from data.sources import open_source
from data.sources.base import silent

AS_AT = date(2026, 11, 23)


@pytest.fixture(scope="module")
def demo():
    return generate(120, 4, AS_AT)


def read(url):
    source = open_source(url)
    parts = {name: [pl.DataFrame(schema=polars_schema(name))] for name in names()}
    for batch in source.batches(silent):
        parts[batch.table].append(batch.frame)
    return {name: pl.concat(frames) for name, frames in parts.items()}


def same(demo, back):
    """Every value came back, but for spaces around names, which a reader trims."""
    for name, frame in demo.items():
        key = key_of(name)
        expected = frame.drop("source").sort(key)
        if name == "person":
            expected = expected.with_columns(pl.col("pers_forename", "pers_surname").str.strip_chars())
        assert expected.equals(back[name].drop("source").sort(key)), name


def test_a_sqlite_database_holds_every_row_and_reads_back(demo, tmp_path):
    told = []
    write_database(demo, f"sqlite:///{tmp_path}/demo.db", lambda *what: told.append(what))
    same(demo, read(f"sqlite:///{tmp_path}/demo.db"))
    done = {what: (rows, total) for what, rows, total in told}
    assert done["Writing ssd_cp_visits"] == (demo["cp_visits"].height,) * 2


def test_a_postgresql_database_holds_every_row_and_reads_back(demo, postgres):
    write_database(demo, postgres, silent)
    write_database(demo, postgres, silent)
    same(demo, read(postgres))


def test_dates_are_datetimes_as_the_deployed_tables_have_them(demo, tmp_path):
    path = tmp_path / "demo.db"
    write_database(demo, f"sqlite:///{path}", silent)
    engine = sa.create_engine(f"sqlite:///{path}")
    columns = {column["name"]: column["type"] for column in sa.inspect(engine).get_columns("ssd_cp_plans")}
    assert isinstance(columns["cppl_cp_plan_start_date"], sa.DATETIME)
    with engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT min(cppl_cp_plan_start_date) FROM ssd_cp_plans").scalar()
    assert stored.endswith(" 00:00:00.000000")
    engine.dispose()


def test_an_earlier_demo_is_replaced(demo, tmp_path):
    url = f"sqlite:///{tmp_path}/demo.db"
    write_database(generate(30, 9, AS_AT), url, silent)
    write_database(demo, url, silent)
    same(demo, read(url))


def test_a_database_with_real_rows_is_refused_and_left_alone(demo, tmp_path):
    path = tmp_path / "real.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE ssd_person (pers_person_id TEXT)")
        connection.execute("INSERT INTO ssd_person VALUES ('1')")
    connection.close()
    with pytest.raises(DataError, match="not a demo's"):
        write_database(demo, f"sqlite:///{path}", silent)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT * FROM ssd_person").fetchall() == [("1",)]
    connection.close()


def test_empty_tables_of_the_standard_may_be_taken_over(demo, tmp_path):
    path = tmp_path / "empty.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE ssd_person (pers_person_id TEXT)")
    connection.execute("CREATE TABLE other (kept TEXT)")
    connection.commit()
    connection.close()
    write_database(demo, f"sqlite:///{path}", silent)
    same(demo, read(f"sqlite:///{path}"))
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM other").fetchone() == (0,)
    connection.close()


def test_a_write_that_fails_leaves_the_last_demo_as_it_was(demo, tmp_path):
    url = f"sqlite:///{tmp_path}/demo.db"
    write_database(demo, url, silent)
    broken = dict(demo) | {
        "involvements": demo["involvements"].with_columns(pl.lit("1").alias("invo_involvements_id"))
    }
    with pytest.raises(DataError):
        write_database(broken, url, silent)
    same(demo, read(url))


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all/demo.db", "sqlite:///{folder}", "nonsense", "oracle9://x/y"]
)
def test_a_place_that_cannot_be_written_is_said_in_a_sentence(demo, tmp_path, url):
    with pytest.raises(DataError):
        write_database(demo, url.format(folder=tmp_path), silent)


def test_the_demo_is_a_source_like_any_other(demo):
    source = DemoSource(children=120, seed=4, as_at=AS_AT)
    batches = {batch.table: batch for batch in source.batches(silent)}
    assert list(batches) == list(names())
    assert all(batch.issues.is_empty() for batch in batches.values())
    assert batches["person"].frame.equals(demo["person"])
    assert sum(place.rows_used for place in source.places()) == sum(frame.height for frame in demo.values())
    assert {place.place for place in source.places()} == {PREFIX + name for name in names()}
    assert set(source.coverage()["coverage"]) == {"full"}
    assert source.coverage().height == 47
    assert source.data_date() == AS_AT
    assert source.kind == "demo"


def test_the_checksum_is_that_of_the_parameters():
    one = DemoSource(children=120, seed=4, as_at=AS_AT).checksum()
    assert one == DemoSource(children=120, seed=4, as_at=AS_AT).checksum()
    assert one != DemoSource(children=120, seed=5, as_at=AS_AT).checksum()
