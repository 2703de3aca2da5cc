"""The demo tells a story: one authority on two working days, and what a night changed between them."""

from datetime import date

import polars as pl
import pytest

from data.demo import DemoSource, generate
from data.demo.day_before import BEGINS, day_before
from data.schema.tables import fields
from fcl_tui.cli.asking.session import answer
from fcl_tui.cli.demo import made as command

DAY, EVE = date(2026, 11, 27), date(2026, 11, 26)


@pytest.fixture(scope="module")
def tables():
    return generate(300, 1, DAY)


@pytest.fixture(scope="module")
def eve(tables):
    return day_before(tables, EVE)


def test_the_evening_before_has_the_same_children_and_nothing_of_the_day(tables, eve):
    assert eve["person"]["pers_person_id"].equals(tables["person"]["pers_person_id"])
    assert eve["person"]["pers_surname"].equals(tables["person"]["pers_surname"])
    for name, column in BEGINS.items():
        assert eve[name].columns == tables[name].columns
        assert eve[name].filter(pl.col(column) > EVE).is_empty(), name
    later = pl.col("cine_close_date") > EVE
    assert eve["cin_episodes"].filter(later | (pl.col("cine_referral_date") > EVE)).is_empty()


def test_a_night_is_a_small_change_with_all_that_a_night_has(tables, eve):
    for name in ("cin_episodes", "cin_assessments", "cin_visits", "cp_visits", "cla_visits", "involvements"):
        more = tables[name].height - eve[name].height
        assert 1 <= more <= 40, (name, more)
    still = pl.col("invo_involvement_end_date").is_null()
    assert (
        eve["involvements"]
        .filter(still)
        .join(tables["involvements"].filter(still.not_()), on="invo_involvements_id")
        .height
    )  # a worker changed


def test_no_row_of_the_evening_refers_to_one_that_comes_later(tables, eve):
    for name, frame in eve.items():
        for field in fields(name):
            table, _, column = field.foreign_key.partition(".")
            if not column or table == name:
                continue
            lost = tables[table].select(column).join(eve[table], on=column, how="anti")[column].drop_nulls()
            assert frame.filter(pl.col(field.name).is_in(lost.implode())).is_empty(), (name, field.name)


def test_factors_come_with_the_assessment_that_found_them(eve):
    open_still = eve["cin_assessments"].filter(pl.col("cina_assessment_auth_date").is_null())
    found = eve["assessment_factors"].join(
        open_still, left_on="cinf_assessment_id", right_on="cina_assessment_id"
    )
    assert found.is_empty()


def test_two_sources_of_one_authority_make_its_tables_once(monkeypatch):
    from data.demo import authority

    made, calls = {}, []
    real = authority.district_tables
    monkeypatch.setattr(authority, "district_tables", lambda *told: calls.append(1) or real(*told))
    first = DemoSource(60, 1, DAY, evening=EVE, made=made)
    second = DemoSource(60, 1, DAY, made=made)
    batches = [list(source.batches(lambda *_: None)) for source in (first, second)]
    rows = [sum(batch.frame.height for batch in each) for each in batches]
    assert len(calls) == 1
    assert rows[0] < rows[1]
    assert (first.data_date(), second.data_date()) == (EVE, DAY)
    assert first.checksum() != second.checksum()


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 28), date(2026, 11, 27)),  # a Saturday
        (date(2026, 11, 27), date(2026, 11, 27)),
        (date(2026, 12, 28), date(2026, 12, 24)),  # Boxing Day's substitute
        (date(2027, 1, 3), date(2026, 12, 31)),
    ],
)
def test_the_demo_is_of_a_working_day(day, working):
    assert command.working_day(day) == working


def test_what_changed_overnight_is_tens_of_lines(tmp_path):
    command.demonstrate(tmp_path, children=150, seed=1, as_at=DAY, write=None, open_it=False)
    rows = answer(tmp_path, "work-changes", {}, as_at=DAY).rows
    assert 3 <= rows.height < 100
    mine = answer(tmp_path, "my-day", {}, as_at=DAY).rows
    assert 3 <= mine.height < 150
