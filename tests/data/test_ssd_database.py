"""An SSD database as a source, on real SQLite files and a real PostgreSQL server."""

import decimal
import uuid
from datetime import date, datetime

import polars as pl
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mssql, postgresql

from data.errors import DataError
from data.schema.convert import as_text
from data.schema.tables import names, polars_schema
from data.sources import open_source
from data.sources.base import silent
from data.sources.ssd.database import SsdDatabase, frame_of, select
from tests.authority import ROWS, run, write


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The small authority in a real database."""
    address = (
        f"sqlite:///{tmp_path}/a b.db" if request.param == "sqlite" else request.getfixturevalue("postgres")
    )
    return write(address)


def read(url, **options):
    """Every table that came, whole, all the issues, and the source."""
    source = SsdDatabase(url, **options)
    batches = list(source.batches(silent))
    tables = {}
    for batch in batches:
        assert dict(batch.frame.schema) == polars_schema(batch.table)
        tables.setdefault(batch.table, []).append(batch.frame)
    issues = pl.concat([batch.issues for batch in batches])
    for place in source.places():
        assert place.rows_in == place.rows_used + place.rows_held
    return {table: pl.concat(frames) for table, frames in tables.items()}, issues, source


def test_every_row_arrives_in_the_standards_types(url):
    tables, issues, source = read(url)
    assert {table: len(frame) for table, frame in tables.items() if len(frame)} == {
        table: len(rows) for table, rows in ROWS.items()
    }
    people = tables["person"].sort("pers_person_id")
    assert people["pers_dob"].to_list() == [date(2012, 2, 29), date(2016, 5, 1), None]
    assert people["pers_forename"].to_list() == ["[red]Zo\u00eb", "Jos\u00e9\x1b[2J", None]
    assert people["pers_sex"].to_list() == ["F", "M", None]
    assert people["source_row"].to_list() == ["ssd_person/1", "ssd_person/2", "ssd_person/3"]
    assert tables["missing"]["miss_missing_episode_start_date"].to_list() == [datetime(2025, 1, 2, 23, 30)]
    assert tables["cp_plans"]["cppl_cp_plan_initial_category"].to_list() == ["NEG"]
    assert tables["professionals"]["prof_full_time_equivalency"].to_list() == [0.6]
    assert issues.filter(pl.col("severity") != "note").is_empty()
    assert {place.place: place.rows_in for place in source.places()}["ssd_person"] == 3


def test_batches_are_small_and_lose_nothing(url):
    whole, _, first = read(url)
    told = []
    source = SsdDatabase(url, batch=1)
    parts = [batch for batch in source.batches(lambda *what: told.append(what)) if len(batch.frame)]
    assert {len(batch.frame) for batch in parts} == {1}
    assert sum(len(batch.frame) for batch in parts) == sum(len(frame) for frame in whole.values())
    assert source.checksum() == first.checksum()
    assert ("Reading ssd_person", 3, 3) in told


def test_the_checksum_follows_the_content(url):
    _, _, before = read(url)
    run(url, "UPDATE ssd_person SET pers_sex = 'M' WHERE pers_person_id = '1'")
    _, _, after = read(url)
    assert before.checksum() != after.checksum()


def test_coverage_has_every_table_and_says_what_is_not_there(url):
    run(url, "DROP TABLE ssd_cla_visits", "ALTER TABLE ssd_cp_plans DROP COLUMN cppl_cp_plan_ola")
    _, issues, source = read(url)
    coverage = {row["table"]: row for row in source.coverage().iter_rows(named=True)}
    assert tuple(coverage) == names()
    assert coverage["person"]["coverage"] == "full"
    assert coverage["cla_visits"]["coverage"] == "none"
    assert (coverage["cp_plans"]["coverage"], coverage["cp_plans"]["missing_columns"]) == (
        "partial",
        "cppl_cp_plan_ola",
    )
    assert coverage["s47_enquiry"]["note"] == "the table is there but empty"
    told = {(row["place"], row["column"], row["rule"]) for row in issues.iter_rows(named=True)}
    assert ("ssd_cla_visits", None, "missing_table") in told
    assert ("ssd_cp_plans", "cppl_cp_plan_ola", "missing_column") in told


def test_tables_without_the_prefix_in_any_case_views_and_more_columns(tmp_path):
    url = write(f"sqlite:///{tmp_path}/x.db")
    run(
        url,
        "ALTER TABLE ssd_cp_visits RENAME TO CP_Visits",
        "ALTER TABLE CP_Visits RENAME COLUMN cppv_cp_visit_date TO CPPV_CP_VISIT_DATE",
        "ALTER TABLE ssd_person RENAME TO all_people",
        "ALTER TABLE all_people ADD COLUMN pers_shoe_size TEXT",
        "CREATE VIEW person AS SELECT * FROM all_people WHERE pers_person_id < '3'",
        "CREATE TABLE ssd_api_staging (x INTEGER)",
        "CREATE TABLE department (id INTEGER, boss TEXT)",
        "DROP TABLE ssd_department",
    )
    tables, issues, _ = read(url)
    assert tables["cp_visits"]["cppv_cp_visit_date"].to_list() == [date(2024, 2, 9), date(2024, 2, 19)]
    assert len(tables["person"]) == 2
    told = {(row["place"], row["column"], row["rule"]) for row in issues.iter_rows(named=True)}
    assert ("person", "pers_shoe_size", "unused_column") in told
    assert ("ssd_api_staging", None, "unused_table") in told
    assert ("department", None, "wrong_shape") in told


def test_a_named_schema_is_found_alone_or_by_name(postgres):
    write(postgres, schema="Social Care")
    tables, _, source = read(postgres)
    assert len(tables["person"]) == 3
    assert source.checksum() == read(postgres, schema="social care")[2].checksum()
    write(postgres, schema="archive")
    with pytest.raises(DataError, match="several schemas: Social Care, archive.*--schema"):
        read(postgres)
    with pytest.raises(DataError, match="no schema called ssd"):
        read(postgres, schema="ssd")


def test_a_visit_that_names_only_its_plan_finds_its_child(url):
    run(
        url,
        "ALTER TABLE ssd_cin_visits DROP COLUMN cinv_person_id",
        "ALTER TABLE ssd_cin_visits ADD COLUMN cinv_cin_plan_id INTEGER",
        "ALTER TABLE ssd_cin_plans RENAME COLUMN cinp_cin_plan_id TO cin_plan_id",
        "INSERT INTO ssd_cin_plans (cin_plan_id, cinp_person_id) VALUES ('7', '1')",
        "INSERT INTO ssd_cin_visits (cinv_cin_visit_id, cinv_cin_plan_id)"
        " VALUES ('A', 7), ('B', 8), ('C', NULL)",
    )
    tables, issues, source = read(url)
    visits = tables["cin_visits"].sort("cinv_cin_visit_id")
    assert visits["cinv_person_id"].to_list() == ["1", None, None]
    assert tables["cin_plans"]["cinp_cin_plan_id"].to_list() == ["7"]
    missing = source.coverage().filter(table="cin_visits")["missing_columns"].item()
    assert missing == ""
    assert issues.filter(place="ssd_cin_visits", rule="missing_column").is_empty()


def test_local_names_are_known(tmp_path):
    url = write(f"sqlite:///{tmp_path}/x.db")
    run(
        url,
        "DROP TABLE ssd_cp_reviews",
        "CREATE TABLE ssd_cp_reviews (cppr_cp_review_id, person_id TEXT, due_date TEXT, actual_date TEXT)",
        "INSERT INTO ssd_cp_reviews VALUES (12.0, '1', '01/05/2024', '2024-05-02 00:00:00.000')",
        "ALTER TABLE ssd_person RENAME COLUMN pers_single_unique_id TO x",
        "UPDATE ssd_person SET pers_common_child_id = 'NHS ' || pers_person_id",
    )
    tables, _, _ = read(url)
    review = tables["cp_reviews"].row(0, named=True)
    assert (review["cppr_cp_review_id"], review["cppr_person_id"]) == ("12", "1")
    assert (review["cppr_cp_review_due"], review["cppr_cp_review_date"]) == (
        date(2024, 5, 1),
        date(2024, 5, 2),
    )
    assert tables["person"].sort("pers_person_id")["pers_single_unique_id"].to_list() == [
        "NHS 1",
        "NHS 2",
        "NHS 3",
    ]


def test_a_column_of_mixed_types_loses_no_value(tmp_path):
    url = write(f"sqlite:///{tmp_path}/x.db")
    run(
        url,
        "DROP TABLE ssd_sdq_scores",
        "CREATE TABLE ssd_sdq_scores"
        " (csdq_table_id, csdq_person_id, csdq_sdq_completed_date, csdq_sdq_score)",
        "INSERT INTO ssd_sdq_scores VALUES"
        " (1, 2, '2024-01-01', 12), ('B', 2, 45292, '13'), (3.0, '2', 'soon', 'n/k')",
        "INSERT INTO ssd_sdq_scores VALUES (4, x'32', x'ff', NULL)",
    )
    tables, issues, _ = read(url)
    assert tables["sdq_scores"]["csdq_table_id"].to_list() == ["1", "B", "3", "4"]
    assert tables["sdq_scores"]["csdq_sdq_score"].to_list() == [12, 13, None, None]
    assert tables["sdq_scores"]["csdq_sdq_completed_date"].to_list()[:3] == [
        date(2024, 1, 1),
        date(2024, 1, 1),
        None,
    ]
    held = issues.filter(pl.col("severity") == "error")
    assert {"n/k", "soon"} <= set(held["value"])


def test_text_that_is_not_unicode_does_not_stop_a_load(tmp_path):
    url = write(f"sqlite:///{tmp_path}/x.db")
    run(url, "UPDATE ssd_person SET pers_surname = CAST(x'4Dfc' AS TEXT)")
    tables, _, _ = read(url)
    assert set(tables["person"]["pers_surname"]) == {"M\ufffd"}


def test_what_a_driver_may_hand_over():
    number = uuid.uuid4()
    rows = [
        (decimal.Decimal("12345678901234567890.00"), number, None, {"a": 1}, b"M\xc3\xbc", 1),
        (decimal.Decimal("1.50"), None, None, {"b": "\u00e9"}, memoryview(b"\xff"), "x"),
        (None, None, None, None, None, None),
    ]
    frame = frame_of(["decimal", "uuid", "none", "json", "bytes", "mixed"], rows)
    assert as_text(frame["decimal"]).to_list() == ["12345678901234567890", "1.50", None]
    assert frame["uuid"].to_list() == [str(number), None, None]
    assert frame["json"].to_list() == ['{"a": 1}', '{"b": "\u00e9"}', None]
    assert frame["bytes"].to_list() == ["M\u00fc", "\ufffd", None]
    assert frame["mixed"].to_list() == ["1", "x", None]
    assert frame_of(["a"], []).columns == ["a"]


def test_json_columns_and_zoned_times_of_a_real_server(postgres):
    write(postgres)
    run(
        postgres,
        "ALTER TABLE ssd_assessment_factors ALTER cinf_assessment_factors_json TYPE jsonb USING NULL",
        """INSERT INTO ssd_assessment_factors VALUES ('F', 'A', '["1A", "16A"]'), ('G', 'B', '{"1A": 1}')""",
        "ALTER TABLE ssd_missing ALTER miss_missing_episode_start_date TYPE timestamptz"
        " USING timestamptz '2025-07-01 23:30:00+00'",
        "ALTER TABLE ssd_missing ALTER miss_missing_episode_end_date TYPE date USING date '2025-07-03'",
        "ALTER TABLE ssd_person ALTER pers_dob TYPE text",
        "ALTER TABLE ssd_person ALTER pers_person_id TYPE numeric(9) USING pers_person_id::numeric",
    )
    tables, issues, _ = read(postgres)
    assert tables["assessment_factors"]["cinf_assessment_factors_json"].to_list() == [
        '["1A", "16A"]',
        '{"1A": 1}',
    ]
    assert tables["missing"]["miss_missing_episode_start_date"].to_list() == [datetime(2025, 7, 2, 0, 30)]
    assert tables["missing"]["miss_missing_episode_end_date"].to_list() == [datetime(2025, 7, 3)]
    people = tables["person"].sort("pers_person_id")
    assert people["pers_person_id"].to_list() == ["1", "2", "3"]
    assert people["pers_dob"].to_list() == [date(2012, 2, 29), date(2016, 5, 1), None]
    assert issues.filter(severity="error").is_empty()


def test_the_query_compiles_for_sql_server_and_quotes_what_it_must():
    query = select("ssd_cp visits]", "HDM.local", ["cppv_cp_visit_date", "Order"])
    text = str(query.compile(dialect=mssql.dialect()))
    assert text.replace(
        "\n", ""
    ) == "SELECT cppv_cp_visit_date, [Order] FROM [HDM].[local].[ssd_cp visits]]]" or (
        "[Order]" in text and "[ssd_cp visits]]]" in text
    )
    assert '"Order"' in str(select("t", None, ["Order"]).compile(dialect=postgresql.dialect()))


def test_what_others_write_meanwhile_is_left_for_the_next_load(url):
    if url.startswith("sqlite"):
        run(url, "PRAGMA journal_mode=WAL")
    batches = SsdDatabase(url).batches(silent)
    before = next(batch for batch in batches if len(batch.frame))
    assert before.table == "person"
    run(url, "DELETE FROM ssd_cp_visits", "INSERT INTO ssd_cp_plans (cppl_cp_plan_id) VALUES ('new')")
    rest = {batch.table: len(batch.frame) for batch in batches}
    assert (rest["cp_visits"], rest["cp_plans"]) == (2, 1)


def test_a_server_never_sees_a_write(postgres):
    write(postgres)
    source = SsdDatabase(postgres)
    with source._connection() as connection, pytest.raises(sa.exc.SQLAlchemyError, match="read-only"):
        connection.execution_options(stream_results=False).exec_driver_sql("DELETE FROM ssd_person")


# What is wrong with a database, in a sentence.


def refused(url, **options):
    with pytest.raises(DataError) as caught:
        list(open_source(url, **options).batches(silent))
    text = str(caught.value)
    assert "hunter2" not in text
    assert "sekret_user" not in text
    assert "Traceback" not in text
    assert "\n" not in text
    return text


def test_no_such_file_is_not_made(tmp_path):
    path = tmp_path / "nothing.db"
    assert "There is no file" in refused(f"sqlite:///{path}")
    assert not path.exists()


def test_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir or Madam, this is a letter.")
    assert "is not a SQLite database" in refused(f"sqlite:///{path}")
    assert "neither" in refused(str(path))
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert "damaged or not a SQLite database" in refused(
        f"sqlite:///{path}"
    ) or "could not be read" in refused(str(path))
    assert "is a folder" in refused(f"sqlite:///{tmp_path}")


def test_an_empty_database(tmp_path, postgres):
    (tmp_path / "empty.db").touch()
    assert "holds no SSD tables" in refused(f"sqlite:///{tmp_path}/empty.db")
    assert "holds no SSD tables" in refused(postgres)


def test_tables_of_the_wrong_shape(tmp_path):
    url = f"sqlite:///{tmp_path}/shop.db"
    run(url, "CREATE TABLE person (id INTEGER, name TEXT)", "CREATE TABLE contacts (id INTEGER)")
    assert "without the standard's columns" in refused(url)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "://x",
        "postgresql://sekret_user:p@hunter2@h/d",
        "oracle+nonsense://sekret_user:hunter2@h/d",
    ],
)
def test_urls_that_lead_nowhere(url):
    assert refused(url)


def test_a_driver_that_is_not_installed_is_named():
    assert "fcl-tui[mssql]" in refused("mssql://sekret_user:hunter2@server/hdm")
    assert "mysql" in refused("mysql://sekret_user:hunter2@server/hdm")


def test_a_server_that_does_not_answer(postgres):
    assert "no computer called" in refused("postgresql://sekret_user:hunter2@no-such-host.invalid/ssd")
    assert "No database server answers" in refused("postgresql://sekret_user:hunter2@127.0.0.1:1/ssd")
    wrong = sa.make_url(postgres).set(database="no_such_db").render_as_string(hide_password=False)
    assert "no database called no_such_db" in refused(wrong)


def test_a_table_one_may_not_read(postgres):
    write(postgres)
    run(postgres, "DROP ROLE IF EXISTS sekret_user", "CREATE ROLE sekret_user LOGIN PASSWORD 'hunter2'")
    other = sa.make_url(postgres).set(username="sekret_user", password="hunter2")
    assert "no permission to read" in refused(other.render_as_string(hide_password=False))
    run(postgres, "DROP ROLE sekret_user")


def test_a_password_that_is_wrong_is_said_without_saying_it():
    class Refusal(Exception):
        sqlstate = "28P01"

    error = sa.exc.OperationalError("", {}, Refusal('password authentication failed for user "sekret_user"'))
    told = str(SsdDatabase("postgresql://sekret_user:hunter2@db.example/ssd")._database.explain(error))
    assert told.startswith("db.example refused the user name or password")
    assert "sekret_user" not in told
    assert SsdDatabase("postgresql://sekret_user:hunter2@db.example/ssd").name == "postgresql db.example/ssd"


def test_the_kinds_of_paths(tmp_path):
    assert "There is no file" in refused(str(tmp_path / "nothing.xlsx"))
    assert "no workbook" in refused(str(tmp_path))
    write(f"sqlite:///{tmp_path}/a.sqlite3")
    assert open_source(str(tmp_path / "a.sqlite3")).name == "SQLite a.sqlite3"
