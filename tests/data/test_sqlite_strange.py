"""SQLite files with what a database may hold besides tables: nothing of it acts."""

import sqlite3

import pytest

from data.errors import DataError
from data.sources.base import silent
from data.sources.ssd.database import SsdDatabase


def made(path, *statements):
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()
    return f"sqlite:///{path}"


def numbers(url):
    batches = [batch for batch in SsdDatabase(url).batches(silent) if batch.table == "person"]
    return [one for batch in batches for one in batch.frame["pers_person_id"]]


@pytest.mark.parametrize(
    "asked",
    ["load_extension('/tmp/x')", "readfile('/etc/passwd')", "writefile('{0}/made', 'x')", "edit('x')"],
)
def test_a_view_that_asks_for_files_gets_none(tmp_path, asked):
    view = f"CREATE VIEW ssd_person AS SELECT {asked.format(tmp_path)} AS pers_person_id"
    with pytest.raises(DataError) as refused:
        numbers(made(tmp_path / "a.db", view))
    assert "\n" not in str(refused.value)
    assert "root:" not in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


def test_a_trigger_is_not_fired_and_nothing_is_written(tmp_path):
    url = made(
        tmp_path / "a.db",
        "CREATE TABLE ssd_person (pers_person_id)",
        "CREATE TABLE fired (x)",
        "INSERT INTO ssd_person VALUES ('1'), ('2')",
        "CREATE TRIGGER one AFTER INSERT ON ssd_person BEGIN INSERT INTO fired VALUES (1); END",
        "CREATE TRIGGER two AFTER UPDATE ON ssd_person BEGIN DELETE FROM ssd_person; END",
    )
    before = (tmp_path / "a.db").read_bytes()
    assert numbers(url) == ["1", "2"]
    assert (tmp_path / "a.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


def test_a_thousand_other_tables_and_a_text_index_stand_in_nobodys_way(tmp_path):
    others = (f"CREATE TABLE t{at} (x)" for at in range(1_000))
    index = "CREATE VIRTUAL TABLE words USING fts5(x)"
    with sqlite3.connect(":memory:") as trial:
        try:
            trial.execute(index)
        except sqlite3.OperationalError:
            index = "CREATE TABLE words (x)"
    table = ("CREATE TABLE ssd_person (pers_person_id)", "INSERT INTO ssd_person VALUES ('1')")
    assert numbers(made(tmp_path / "a.db", "BEGIN", *others, index, *table, "COMMIT")) == ["1"]
