"""The demo authority through each source: the same answers wherever the source carries the facts."""

from datetime import date
from functools import cache

import polars as pl
import pytest

from data.demo import generate, write_annex_a, write_database, write_extracts
from data.snapshots.reader import open_current
from data.sources.base import silent
from fcl_tui.cli.demo.made import demonstrate
from fcl_tui.loading.load import load
from tests.asking import asked
from tests.postgres import postgres, postgres_server

__all__ = ["postgres", "postgres_server"]

AS_AT = date(2026, 11, 23)
SIZE = {"children": 400, "seed": 11, "as_at": AS_AT}


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    home = tmp_path_factory.mktemp("demo")
    demonstrate(home, **SIZE, write=None, open_it=False)
    return home


@pytest.fixture(scope="module")
def authority():
    return generate(**SIZE)


@cache
def answered(home, report, **typed):
    """An answer from a home; the same question is asked of the demo for every source, and answered once."""
    return asked(home, report, as_at=AS_AT, **typed)


def rows(home, report: str, **more) -> pl.DataFrame:
    return answered(home, report, **more).rows


def same_answers(demo, home, *beside: str) -> None:
    """Every report gives the same rows; only where a row came from may be worded differently."""
    for report, more in [
        ("client-overview", {}),
        ("client-overview", {"by": "child"}),
        ("leaving-care", {}),
        ("assessments", {}),
        ("assessments", {"by": "worker"}),
        ("assessments", {"by": "outcome"}),
        ("assessments", {"by": "month"}),
        ("due-items", {"history": True}),
    ]:
        ours, theirs = rows(demo, report, **more), rows(home, report, **more)
        assert ours.height
        assert ours.equals(theirs), (report, more)
    people = rows(demo, "client-overview", by="child")["person_id"]
    for person in people.sample(25, seed=3):
        one = {"client": person, "everything": True}
        ours, theirs = answered(demo, "client-summary", **one), answered(home, "client-summary", **one)
        apart = {"source", "restricted", *beside}
        assert {k: v for k, v in ours.parts["overview"].items() if k not in apart} == {
            k: v for k, v in theirs.parts["overview"].items() if k not in apart
        }
        for part in ("chronology", "relationships", "assessments", "due"):
            mine, other = ours.parts[part], theirs.parts[part]
            assert mine.drop(apart, strict=False).equals(other.drop(apart, strict=False)), part


@pytest.fixture(scope="module")
def sqlite(authority, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sqlite")
    url = f"sqlite:///{folder / 'ssd.db'}"
    write_database(authority, url, silent)
    load([url], folder / "home", data_date=AS_AT)
    return folder / "home"


def test_through_sqlite(demo, sqlite):
    same_answers(demo, sqlite)


@pytest.mark.parametrize(
    "report",
    [
        "fostering-overview",
        "caseload",
        "visits",
        "reviews",
        "missing-children",
        "my-day",
        "chasing",
        "planner",
    ],
)
def test_a_report_of_the_same_rows_is_the_same_after_a_load(demo, sqlite, report):
    ours = rows(demo, report)
    assert ours.equals(rows(sqlite, report))
    assert ours.height or report == "missing-children"


@pytest.mark.parametrize(
    "report", ["looked-after", "front-door", "child-protection", "children-in-need", "care-leavers", "chat"]
)
def test_official_figures_are_the_same_after_a_load(demo, sqlite, report):
    """But rates: the population that they need comes with the demo, and is loaded by a command of its own."""
    figures = ["numerator", "denominator", "value"]
    more = ["year_value"] if report == "chat" else ["year_ago", "change", "trend"]
    ours, theirs = (rows(home, report).select(*figures, *more) for home in (demo, sqlite))
    rate = ours["numerator"].is_not_null() & theirs["numerator"].is_null()
    assert ours.filter(rate)["denominator"].n_unique() <= 1, "children in the area"
    assert ours.filter(~rate).equals(theirs.filter(~rate))
    assert (~rate).sum() > 10


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_through_extracts(demo, authority, tmp_path, kind):
    write_extracts(authority, tmp_path / "extracts", kind)
    load([str(tmp_path / "extracts")], tmp_path / "home", data_date=AS_AT)
    same_answers(demo, tmp_path / "home", "source_row")


def test_through_a_real_postgresql(demo, authority, tmp_path, postgres):  # noqa: F811
    write_database(authority, postgres, silent)
    load([postgres], tmp_path / "home", data_date=AS_AT)
    same_answers(demo, tmp_path / "home")


@pytest.fixture(scope="module")
def annex_a(authority, tmp_path_factory):
    folder = tmp_path_factory.mktemp("annex")
    path = write_annex_a(authority, folder, AS_AT)
    load([str(path)], folder / "home", data_date=AS_AT)
    return folder / "home"


CARRIED = (
    "cp_visit", "cp_review_first", "cp_review_later", "cla_visit", "cla_review_first", "dental_check",
    "health_initial", "health_review", "pa_contact", "pathway_review",
)  # fmt: skip
"""Rules of which Annex A carries all that their open date rests on."""


def test_an_annex_a_workbook_gives_the_same_clients(demo, annex_a):
    columns = ["person_id", "age", "status", "team", "worker"]
    ours = rows(demo, "client-overview", by="child").select(columns).sort("person_id")
    theirs = rows(annex_a, "client-overview", by="child").select(columns).sort("person_id")
    assert ours.equals(theirs)


@pytest.mark.parametrize("rule", CARRIED)
def test_an_annex_a_workbook_gives_the_same_due_dates(demo, annex_a, rule):
    columns = ["person_id", "due_date", "state", "days"]
    # A care order that a placement order has replaced is not in a workbook: the same visit by another rule.
    rules = [rule, "cla_visit_care_order_home"] if rule == "cla_visit" else [rule]
    ours, theirs = (
        rows(home, "client-overview").filter(pl.col("rule").is_in(rules)).select(columns).sort("person_id")
        for home in (demo, annex_a)
    )
    assert ours.height
    assert ours.equals(theirs)


def test_no_due_date_of_an_annex_a_workbook_is_later_than_the_true_one(demo, annex_a):
    """Where a workbook knows less, what it gives is as early as the truth or earlier, never later."""
    keys = ["person_id", "rule"]
    ours, theirs = (
        rows(home, "client-overview").group_by(keys).agg(pl.col("due_date").min()) for home in (demo, annex_a)
    )
    both = ours.join(theirs, on=keys, suffix="_annex_a")
    assert both.filter(pl.col("due_date_annex_a") > pl.col("due_date")).is_empty()


def test_what_a_workbook_cannot_tell_is_said_and_never_shown_as_nothing_due(annex_a):
    rules = open_current(annex_a).scan("rules").collect()
    silent_rules = set(rules.filter(~pl.col("available"))["rule"])
    assert {"cin_visit", "sdq", "return_interview"} <= silent_rules
    in_need = rows(annex_a, "client-overview", by="child").filter(pl.col("status") == "child_in_need")
    assert in_need["not_known"].is_not_null().all()
    assert not set(rows(annex_a, "client-overview")["rule"]) & silent_rules


def test_leaving_care_from_a_workbook(demo, annex_a):
    columns = [
        "person_id", "eligibility", "in_touch", "latest_contact", "contact_due", "pathway_plan_date",
        "pathway_review_due", "accommodation", "accommodation_suitable", "activity", "eet", "state",
    ]  # fmt: skip
    ours = rows(demo, "leaving-care").select(columns).sort("person_id")
    theirs = rows(annex_a, "leaving-care").select(columns).sort("person_id")
    assert ours.equals(theirs)


def test_no_assessment_from_a_workbook_is_counted_from_a_referral_of_years_ago(demo, annex_a):
    """A further assessment of an old case has lost its forerunners; its own start is taken, and said."""
    columns = ["person_id", "start_date", "authorised_date", "working_days", "in_time"]
    ours, theirs = (rows(home, "assessments", detail=True).select(columns) for home in (demo, annex_a))
    both = ours.join(theirs, on=["person_id", "start_date"], suffix="_annex_a")
    assert both.height
    assert both.filter(pl.col("working_days_annex_a") > pl.col("working_days")).is_empty()
    wrong = both.filter(pl.col("in_time").ne_missing(pl.col("in_time_annex_a")))
    assert wrong.height <= both.height // 50
