"""A small made-up authority through the whole: what is true of every report, whatever the rows."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.demo import generate
from data.frames import collect
from data.issues import model as issues
from data.schema import tables
from fcl_tui.definitions.caseload import clients_at
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.prepared.assessments import RULE, as_known
from fcl_tui.prepared.prepare import NAMES, prepared
from fcl_tui.records import client_overview, leaving_care
from fcl_tui.records.child import summary as client_summary
from fcl_tui.records.find.find import find
from fcl_tui.reports.question.query import Drill
from fcl_tui.timescales.rulebook.packaged import load_rules
from fcl_tui.timescales.state import at
from tests.asking import ask

AS_AT = date(2026, 3, 31)
CALENDAR = Calendar.england(2000, 2036)


class City:
    def __init__(self):
        self.frames = {name: frame.lazy() for name, frame in generate(150, 7, AS_AT).items()}
        for name in tables.names():
            self.frames.setdefault(name, pl.DataFrame(schema=tables.polars_schema(name)).lazy())
        count = len(tables.names())
        self.frames["coverage"] = pl.LazyFrame(
            {
                "table": list(tables.names()),
                "coverage": ["full"] * count,
                "latest_only": [False] * count,
                "missing_columns": [""] * count,
                "note": [""] * count,
            }
        )
        self.frames["issues"] = issues.frame().lazy()
        made = prepared(self.scan, load_rules(), CALENDAR)
        self.frames |= {name: collect(frame).lazy() for name, frame in made.items()}

    def scan(self, name):
        return self.frames[name]


@pytest.fixture(scope="module")
def city():
    return City()


def test_every_prepared_frame_is_there_and_says_the_same_each_time(city):
    again = prepared(city.scan, load_rules(), CALENDAR)
    assert tuple(again) == NAMES
    for name in ("people", "statuses", "allocations", "events", "assessments"):
        assert collect(again[name]).equals(collect(city.scan(name))), name


@pytest.mark.parametrize("as_at", [AS_AT, AS_AT - timedelta(days=400)])
def test_each_client_once_and_the_same_total_everywhere(city, as_at):
    clients = collect(clients_at(city.scan, as_at))
    assert clients.height > 20
    assert clients["person_id"].is_unique().all()
    assert clients["team"].null_count() == clients["worker"].null_count() == 0
    by_child = collect(client_overview.client_overview(city.scan, CALENDAR, as_at, by="child"))
    assert sorted(by_child["person_id"]) == sorted(clients["person_id"])
    items = collect(client_overview.client_overview(city.scan, CALENDAR, as_at))
    assert items["item_id"].is_unique().all()
    required = items.filter(pl.col("state").fill_null("") != "not_required")
    assert by_child["items"].sum() == required.height
    totals = collect(client_overview.totals(city.scan, CALENDAR, as_at))
    assert totals["items"][0] == totals["items"][1:].sum() == required.height
    assert totals["overdue"][0] == (items["state"] == "overdue").sum() == by_child["overdue"].sum()
    overdue = client_overview.client_overview(city.scan, CALENDAR, as_at, overdue_only=True)
    assert collect(overdue).height == totals["overdue"][0]


def test_reading_only_what_is_unfinished_leaves_nothing_out(city):
    every = collect(at(city.scan("due_items"), city.scan("rules"), CALENDAR, AS_AT).filter(pl.col("open")))
    clients = collect(clients_at(city.scan, AS_AT))
    shown = collect(client_overview.client_overview(city.scan, CALENDAR, AS_AT))
    expected = every.join(clients, on="person_id", how="semi")
    assert set(expected["item_id"]) == set(
        shown.filter(pl.col("state").fill_null("") != "not_required")["item_id"]
    )


def test_one_child_alone_says_the_same_as_in_the_whole_list(city):
    whole = collect(client_overview.client_overview(city.scan, CALENDAR, AS_AT))
    person = whole["person_id"][0]
    alone = collect(client_overview.client_overview(city.scan, CALENDAR, AS_AT, person_ids=[person]))
    assert alone.equals(whole.filter(pl.col("person_id") == person))
    due = collect(client_summary.due(city.scan, CALENDAR, AS_AT, person))
    assert due["item_id"].to_list() == alone["item_id"].to_list()


def test_an_assessment_has_its_clock_also_where_its_timescale_is_off(city):
    rules = load_rules()
    off = {key: replace(rule, on=rule.on and key != RULE) for key, rule in rules.rules.items()}
    without = prepared(city.scan, replace(rules, rules=off), CALENDAR)
    assert collect(without["due_items"].filter(pl.col("rule") == RULE)).is_empty()
    assert_frame_equal(collect(without["assessments"]), collect(city.scan("assessments")))


def test_an_assessment_has_the_due_date_that_the_timescales_give_it(city):
    rows = collect(city.scan("assessments")).filter(pl.col("due_date").is_not_null())
    items = collect(city.scan("due_items").filter(pl.col("rule") == "assessment_45wd"))
    both = rows.join(
        items.with_columns(assessment_id=pl.col("source_rows").str.extract(r"cin_assessments/([^;]+)")),
        on=["person_id", "assessment_id"],
        suffix="_item",
    )
    assert both.height == rows.height > 50
    assert (both["due_date"] == both["due_date_item"]).all()
    assert (rows["in_time"].drop_nulls() == (rows.drop_nulls("in_time")["working_days"] <= 45)).all()


def test_teams_workers_outcomes_and_months_add_up_to_the_same(city):
    sums = [
        ask("assessments", city.scan, by=by).rows[column].sum()
        for by, column in (
            ("team", "completed"),
            ("worker", "completed"),
            ("outcome", "count"),
            ("month", "completed"),
        )
    ]
    listed = ask("assessments", city.scan, drill=Drill("team", "completed")).rows
    assert sums == [listed.height] * 4
    assert listed.height > 10


def test_every_care_leaver_on_the_list_is_a_client(city):
    rows = collect(leaving_care.leaving_care(city.scan, CALENDAR, AS_AT))
    assert rows["person_id"].is_unique().all()
    clients = collect(clients_at(city.scan, AS_AT))
    assert set(rows["person_id"]) >= set(clients.filter(pl.col("status") == "care_leaver")["person_id"])
    assert set(rows["person_id"]) <= set(clients["person_id"])
    assert ((rows["score"] > 0) == rows["concerns"].is_not_null()).all()


def test_everyone_is_found_by_their_own_number_and_name(city):
    people = collect(clients_at(city.scan, AS_AT)).drop_nulls("name").head(15)
    for person, name in people.select("person_id", "name").iter_rows():
        assert collect(find(city.scan, person, AS_AT))["person_id"][0] == person
        assert person in collect(find(city.scan, name.upper(), AS_AT, None))["person_id"].to_list()


def test_all_events_are_before_the_day(city):
    person = collect(clients_at(city.scan, AS_AT))["person_id"][0]
    shown = collect(client_summary.chronology(city.scan, AS_AT, person))
    assert shown["date"].drop_nulls().is_sorted()
    assert shown["date"].max() <= AS_AT


@pytest.mark.parametrize("since", [AS_AT - timedelta(days=200), AS_AT, AS_AT + timedelta(days=30)])
@pytest.mark.parametrize("as_at", [AS_AT, AS_AT - timedelta(days=100)])
def test_assessments_since_a_day_leave_out_those_authorised_before_it_alone(city, as_at, since):
    whole = collect(as_known(city.scan, CALENDAR, as_at))
    some = collect(as_known(city.scan, CALENDAR, as_at, since))
    before = (pl.col("state") == "completed") & (pl.col("authorised_date") < since)
    kept = whole.filter(~before.fill_null(value=False))
    assert_frame_equal(some, kept, check_row_order=False)
    assert 0 < some.height < whole.height
