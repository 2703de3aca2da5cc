"""The demo authority as its own tables and as an Annex A: the same children, holders and due dates."""

from datetime import date

import polars as pl
import pytest

from data.demo import generate
from data.demo.annex_a import write_annex_a
from data.issues import model as issues
from data.schema.tables import names, polars_schema
from data.sources.annex_a import AnnexA
from data.sources.base import coverage_schema, silent
from fcl_tui.definitions.caseload import clients_at
from fcl_tui.definitions.days.calendar import Calendar
from fcl_tui.prepared.prepare import prepared
from fcl_tui.records.client_overview import client_overview
from fcl_tui.timescales.rulebook.packaged import load_rules

AS_AT = date(2026, 3, 31)
SAME_RULES = [
    "cp_visit", "cp_review_first", "cp_review_later", "cla_review_first", "health_initial", "health_review",
    "dental_check", "pa_contact", "pathway_review", "pathway_assessment",
]  # fmt: skip
"""Rules that need no more than the latest event."""


def answers(tables, coverage):
    """Who is open on the day and what is due, from tables."""
    calendar, rules = Calendar.england(2010, 2030), load_rules()
    frames = dict(tables) | {"coverage": coverage, "issues": issues.frame()}

    def scan(name):
        return frames[name].lazy()

    frames |= {name: frame.collect() for name, frame in prepared(scan, rules, calendar).items()}
    return clients_at(scan, AS_AT).collect(), client_overview(scan, calendar, AS_AT).collect()


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    given = generate(children=300, seed=3, as_at=AS_AT)
    source = AnnexA(write_annex_a(given, tmp_path_factory.mktemp("demo"), AS_AT))
    empty = {name: pl.DataFrame(schema=polars_schema(name)) for name in names()}
    read = empty | {batch.table: batch.frame for batch in source.batches(silent)}
    assert all(count.rows_held == 0 for count in source.places())
    full = pl.DataFrame(
        [(name, "full", False, "", "") for name in names()], schema=coverage_schema(), orient="row"
    )
    return answers(given, full), answers(read, source.coverage())


def rows(frame, *columns):
    return sorted(frame.select(columns).rows(), key=repr)


def test_the_same_children_are_open_with_the_same_people(both):
    (ours, _), (theirs, _) = both
    columns = ["person_id", "date_of_birth", "status", "team", "worker", "personal_adviser"]
    assert rows(theirs, *columns) == rows(ours, *columns)
    assert ours.height > 250


@pytest.mark.parametrize("rule", SAME_RULES)
def test_what_rests_on_the_latest_event_is_due_on_the_same_day(both, rule):
    (_, ours), (_, theirs) = both
    columns = ["person_id", "rule", "due_date", "last_date", "state", "days"]
    assert rows(theirs.filter(rule=rule), *columns) == rows(ours.filter(rule=rule), *columns)


def test_a_rule_whose_table_annex_a_does_not_hold_is_not_guessed(both):
    (_, ours), (_, theirs) = both
    for rule in ("cin_visit", "return_interview", "sdq"):
        assert theirs.filter(rule=rule).is_empty()
    assert ours.filter(rule="cin_visit").height
