"""The demo authority written as a census and read again: the same answers where a census has the facts."""

from datetime import date

import polars as pl
import pytest

from data.demo import DemoSource
from data.demo.files.cin_census import FILE_NAME, SOFTWARE, write_cin_census
from data.errors import DataError
from data.snapshots.reader import open_current
from data.sources.cin_census import CinCensus, looks_like
from data.sources.xml.stream import XmlRecords
from fcl_tui.loading.load import load
from tests.asking import asked
from tests.data.annex_a_by_hand import AS_AT as BY_HAND_AS_AT
from tests.data.annex_a_by_hand import tables as by_hand
from tests.data.cin_by_hand import Read

AS_AT = date(2026, 11, 23)


@pytest.fixture(scope="module")
def authority():
    return DemoSource(children=150, seed=11, as_at=AS_AT)


@pytest.fixture(scope="module")
def demo(authority, tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    load([authority], home, data_date=AS_AT)
    return home


@pytest.fixture(scope="module")
def written(authority, tmp_path_factory):
    return write_cin_census(authority.tables(), tmp_path_factory.mktemp("census"), AS_AT)


@pytest.fixture(scope="module")
def loaded(written):
    return load([CinCensus(written, children=100)], written.parent / "home")


@pytest.fixture(scope="module")
def census(written, loaded):
    return written.parent / "home"


def rows(home, report: str, **more) -> pl.DataFrame:
    return asked(home, report, as_at=AS_AT, **more).rows


def test_it_is_a_census_of_the_day_without_a_single_row_held(written, loaded):
    assert written.name == FILE_NAME
    assert looks_like(written)
    assert loaded.data_date == AS_AT
    for place in loaded.places[FILE_NAME]:
        assert place.rows_in == place.rows_used > 0, place
    assert not {severity for severity, _ in loaded.issues} & {"error"}


@pytest.mark.parametrize("rule", ["assessment_45wd", "icpc_15wd", "cp_review_first", "cp_review_later"])
def test_the_same_due_dates(demo, census, rule):
    columns = ["person_id", "due_date", "state", "days"]
    ours, theirs = (
        rows(home, "client-overview").filter(pl.col("rule") == rule).select(columns).sort(columns)
        for home in (demo, census)
    )
    assert ours.height
    assert ours.equals(theirs)


def test_what_it_says_of_the_past_is_true(demo, census):
    columns = ["person_id", "rule", "started", "due_date", "done_date", "state"]
    ours, theirs = (rows(home, "due-items", history=True).select(columns) for home in (demo, census))
    assert theirs.height > 100
    assert theirs.join(ours, on=columns, how="anti", nulls_equal=True).is_empty()


def test_children_on_plans_are_the_same(demo, census):
    ours, theirs = (
        rows(home, "client-overview", by="child")
        .filter(pl.col("status") == "child_protection")
        .select("person_id", "age")
        .sort("person_id")
        for home in (demo, census)
    )
    assert ours.height
    assert ours.equals(theirs)


def test_assessments_are_counted_the_same(demo, census):
    columns = ["person_id", "start_date", "authorised_date", "working_days", "in_time"]
    ours, theirs = (
        rows(home, "assessments", detail=True).select(columns).sort(columns) for home in (demo, census)
    )
    assert ours.height
    assert ours.equals(theirs)


def test_what_a_census_cannot_tell_is_said(census):
    rules = open_current(census).scan("rules").collect()
    silent_rules = set(rules.filter(~pl.col("available"))["rule"])
    assert {
        "cin_visit",
        "cp_visit",
        "s47_15wd",
        "cla_visit",
        "cla_review_first",
        "pa_contact",
    } <= silent_rules
    in_need = rows(census, "client-overview", by="child")
    assert in_need["not_known"].str.contains("not in this source").all()
    assert not set(rows(census, "client-overview")["rule"]) & silent_rules


def test_the_same_children_after_a_second_load_have_the_same_numbers(written, census, tmp_path):
    load([CinCensus(written)], tmp_path)
    for table in ("cin_episodes", "cin_assessments", "s47_enquiry", "cp_plans", "cp_reviews"):
        ours, theirs = (open_current(home).scan(table).collect() for home in (census, tmp_path))
        assert ours.equals(theirs)


def test_by_hand(tmp_path):
    path = write_cin_census(by_hand(), tmp_path / "made" / "up.xml", BY_HAND_AS_AT)
    read = Read(tmp_path, path.read_bytes())
    tables = by_hand()
    referred = tables["cin_episodes"].filter(
        (pl.col("cine_referral_date") <= BY_HAND_AS_AT) & (pl.col("cine_referral_nfa") != "Y").fill_null(True)
    )
    assert set(referred["cine_person_id"]) - {None} <= set(read["person"]["pers_person_id"])
    known = tables["person"].select("pers_person_id", "pers_dob", "pers_ethnicity")
    told = read["person"].select("pers_person_id", "pers_dob", "pers_ethnicity")
    born = told.filter(pl.col("pers_dob").is_not_null())
    assert born.height
    assert born.join(known, on=born.columns, how="anti", nulls_equal=True).is_empty()


def test_text_that_is_markup_is_written_as_text(tmp_path):
    tables = {
        "person": pl.DataFrame({"pers_person_id": ["<&1>"]}),
        "cin_episodes": pl.DataFrame(
            {
                "cine_referral_id": ["1"],
                "cine_person_id": ["<&1>"],
                "cine_referral_date": [AS_AT],
                "cine_referral_source_code": ["]]>"],
            }
        ),
    }
    from data.schema.tables import polars_schema

    whole = {
        name: frame.select(
            pl.col(column) if column in frame.columns else pl.lit(None, kind).alias(column)
            for column, kind in polars_schema(name).items()
        )
        for name, frame in tables.items()
    }
    read = Read(tmp_path, write_cin_census(whole, tmp_path, AS_AT).read_bytes())
    assert read["cin_episodes"].select("cine_person_id", "cine_referral_source_code").rows() == [
        ("<&1>", "]]>")
    ]


@pytest.mark.parametrize(
    ("as_at", "closed", "there"),
    [
        (date(2026, 3, 31), date(2025, 4, 1), True),
        (date(2026, 3, 31), date(2025, 3, 31), False),
        (date(2024, 2, 28), date(2023, 2, 28), True),
        (date(2024, 2, 28), date(2023, 2, 27), False),
        (date(2024, 2, 29), date(2023, 3, 1), True),
        (date(2024, 2, 29), date(2023, 2, 28), False),
    ],
)
def test_the_year_that_ends_on_the_day(tmp_path, as_at, closed, there):
    from tests.data.annex_a_by_hand import table

    tables = {
        "cin_episodes": table(
            "cin_episodes",
            {"cine_person_id": "A1", "cine_referral_date": date(2022, 1, 1), "cine_close_date": closed},
        )
    }
    path = write_cin_census(tables, tmp_path, as_at)
    assert [each.key for each in XmlRecords(path, {"child"})] == ["child"] * there


def test_a_census_of_somebodys_own_is_never_overwritten(tmp_path):
    own = tmp_path / FILE_NAME
    own.write_text("<Message/>", encoding="utf-8")
    with pytest.raises(DataError, match="is there already"):
        write_cin_census({}, tmp_path, AS_AT)
    assert own.read_text(encoding="utf-8") == "<Message/>"
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_its_own_is(tmp_path):
    first = write_cin_census({}, tmp_path, AS_AT).read_text(encoding="utf-8")
    assert SOFTWARE in first
    assert write_cin_census({}, tmp_path, date(2025, 3, 31)).read_text(encoding="utf-8") != first


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="could not be written"):
        write_cin_census({}, tmp_path / "file" / "folder", AS_AT)
